//! placeholder
pub fn routes() -> axum::Router<web::Rim> {
    axum::Router::new()
}
