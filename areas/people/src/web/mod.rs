//! Pages: signing in, one's own account, acting for one another, the roll and its file.

mod devices;
mod family;
pub mod file_page;
mod me;
mod roll;
mod roll_import;
mod shown;
mod sign_in;

use axum::{
    Router,
    routing::{get, post},
};
use web::{Rim, Upload};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/sign-in", get(sign_in::ask).post(sign_in::send))
        .route("/sign-in/code", post(sign_in::prove))
        .route("/sign-in/who", post(sign_in::who))
        .route("/sign-in/password", get(sign_in::password).post(sign_in::by_password))
        .route("/sign-out", get(sign_in::leave).post(sign_in::left))
        .route("/me", get(me::show))
        .route("/me/names", post(me::names))
        .route("/me/view", post(me::view))
        .route("/me/contacts", post(me::send))
        .route("/me/contacts/code", post(me::prove))
        .route("/me/contacts/remove", post(me::remove))
        .route("/me/password", get(me::password).post(me::set_password))
        .route("/me/data.json", get(me::data_file))
        .route("/me/erasure", post(me::erasure))
        .route("/me/devices", get(devices::list).post(devices::end))
        .route("/me/family", get(family::show).post(family::send))
        .route("/me/family/code", post(family::prove))
        .route("/me/family/act", post(family::act))
        .route("/me/family/show", post(family::agree_to_show))
        .route("/me/family/end", post(family::end))
        .route("/residents/{place}", get(roll::list).post(roll::reveal))
        .route("/residents/{place}/import", Upload::route(get(roll_import::ask).post(roll_import::look)))
        .route("/residents/{place}/import/take", Upload::route(post(roll_import::take)))
}
