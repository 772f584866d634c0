//! The code on one's own telephone, and what takes it.

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use db::Fault;
use kernel::{Kind, Refusal};
use programmes::page::{act, shown, to};
use ui::{
    html,
    parts::{Head, Weight, acts, head, link_button, qr},
};
use web::{Fields, PathId, Problem, Rim, SignedIn};

use crate::{
    ActivityId,
    activity::store as activities,
    checkin::{
        State as Standing, room,
        scan::{self, Scan},
    },
    page,
    signup::web::code_refused,
};

/// How often the page fetches itself anew, in seconds: twice in the life of a code.
const REFRESH: &str = "30";

/// `GET /activities/{activity}/code`: one's own code, another one each minute, to be shown to whoever takes the check-ins.
/// The page fetches itself anew without a script.
pub(super) async fn code(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
) -> Result<Response, Problem> {
    let one = page::one(&rim, &visit, &id).await?;
    let cx = rim.context_of(&visit);
    let person = cx.author().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let of = id.clone();
    let secret = rim.db.read(move |s| Ok::<_, Fault>(activities::secret(s, &of)?)).await?.unwrap_or_default();
    let pass = room::pass(&secret, &id, &person, room::slot(cx.now));
    // whoever takes the check-ins gets their list with the code filled in; whoever else reads it gets nothing
    let url = format!("{}{}/list?code={pass}", visit.origin, one.here());
    let w = visit.words;
    let back = link_button(Weight::Plain, &one.here(), w.t("here-back"));
    let body = html! {
        (one.way(w, w.t("own-code-title")))
        (head(&Head {
            kicker: &[page::when(w, &one.activity, one.offset)],
            title: w.t("own-code-title"),
            lead: w.t("own-code-lead"),
            ..Head::default()
        }))
        @if one.activity.cancelled_at.is_some() { p { (w.t("refusal-activity-cancelled")) } }
        @else { (qr(&url, w.t("own-code-title"))) }
        p.small.soft { (w.t("own-code-hint")) }
        (acts(&[back]))
    };
    let mut response = page::page(&visit, w.t("own-code-title"), &body, None);
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("refresh"), HeaderValue::from_static(REFRESH));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response.into_response())
}

/// `POST /activities/{activity}/list/code`: what was scanned checks in whose code it is.
pub(super) async fn scanned(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
    Fields(input): Fields<Scan>,
) -> Result<Response, Problem> {
    let of = id.clone();
    match shown(act(&rim, &visit, move |tx, cx| scan::scan(tx, cx, &of, &input)).await)? {
        // what is in doubt is seen at once
        Ok((check, _)) if check.state == Standing::Open => Ok(to(&format!("/activities/{id}/checks"))),
        Ok((check, new)) => {
            Ok(to(&format!("/activities/{id}/list?{}={}", if new { "came" } else { "again" }, check.id)))
        }
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => code_refused(&rim, &visit, &id, &refusal).await,
    }
}
