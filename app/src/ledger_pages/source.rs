//! Licence and source of the running program.

use axum::response::Response;
use ui::{
    html,
    parts::{Head, head, pairs},
};
use web::{Section, Visit};

/// `GET /source`: no statement.
pub(super) async fn show(visit: Visit) -> Response {
    let w = visit.words;
    let body = html! {
        (head(&Head { title: w.t("source-title"), lead: w.t("source-lead"), ..Head::default() }))
        div.stack.flow {
            (pairs(&[
                (w.t("source-program"), html! { "Linli 邻里" }),
                (w.t("source-version"), html! { span.num { (env!("CARGO_PKG_VERSION")) } }),
                (w.t("source-licence"), html! { "AGPL-3.0-or-later" }),
            ]))
            p { (w.t("source-where")) }
            p { (w.t("source-right")) }
        }
    };
    visit.page(Section::Other, w.t("source-title"), &body)
}
