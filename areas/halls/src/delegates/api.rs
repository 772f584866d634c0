//! Json.

pub fn routes() -> utoipa_axum::router::OpenApiRouter<web::Rim> {
    utoipa_axum::router::OpenApiRouter::new()
}
