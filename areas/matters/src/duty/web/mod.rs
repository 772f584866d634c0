//! Pages: what is due, one duty with its forms, handing all over, the list as a file, the calendar.

mod acts;
mod due;
mod file;
mod hand_over;
mod new;
mod show;

use axum::{
    Router,
    routing::{get, post},
};
use web::Rim;

pub use file::cell;

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/due", get(due::show))
        .route("/due/list.csv", get(file::csv))
        .route("/due/calendar", post(file::make))
        .route("/due/calendar/{token}", get(file::calendar))
        .route("/due/hand-over", get(hand_over::preview).post(hand_over::send))
        .route("/duties/new", get(new::blank).post(new::send))
        .route("/duties/{duty}", get(show::show))
        .route("/duties/{duty}/meet", post(acts::meet))
        .route("/duties/{duty}/extend", post(acts::extend))
        .route("/duties/{duty}/pause", post(acts::pause))
        .route("/duties/{duty}/resume", post(acts::resume))
        .route("/duties/{duty}/cancel", post(acts::cancel))
        .route("/duties/{duty}/hand-over", post(acts::hand_over))
}
