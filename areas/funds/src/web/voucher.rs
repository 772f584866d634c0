//! A voucher's page with its photo, and the decision on it.

use axum::{extract::State, response::Response};
use db::{Fault, Snapshot};
use kernel::{Actor, Kind, Refusal};
use programmes::{SeasonId, page, web::shown};
use ui::{
    Markup, html,
    parts::{
        Field, Head, Input, Tone, Weight, acts, breadcrumb, button_named, head, notice, pairs, print_button, section,
        sheet, told,
    },
};
use web::{Fields, PathId, Problem, Rim, Visit, photos};
use work::files::{File, FileId};

use super::{Typed, money, project, typed};
use crate::{
    agreement::queries as agreements,
    case::Case,
    voucher::{
        State as VoucherState, Voucher, VoucherId,
        decide::{self, RefuseVoucher},
        queries,
    },
};

struct Facts {
    case: Case,
    voucher: Voucher,
    photos: Vec<File>,
    inside: bool,
}

/// The voucher as this reader may see it: whoever is not of the project, the office or the oversight sees approved ones
/// alone, without photo and with persons masked.
fn seen(
    s: &mut Snapshot<'_>,
    actor: &Actor,
    (season, number): (&SeasonId, u32),
    id: &VoucherId,
) -> Result<(Case, Voucher, bool), Fault> {
    let case = Case::of(s, season)?;
    let voucher = queries::voucher(s, (season, number), id)?;
    let agreement = agreements::agreement(s, season, number)?;
    let inside = case.sees_all(actor) || agreement.party.is(actor, &case.site);
    if inside || voucher.state == VoucherState::Approved {
        return Ok((case, voucher, inside));
    }
    Err(Refusal::new(Kind::NotFound, "voucher-not-found").into())
}

async fn facts(rim: &Rim, visit: &Visit, (season, number, id): (SeasonId, u32, VoucherId)) -> Result<Facts, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let (case, voucher, inside) = seen(s, &actor, (&season, number), &id)?;
        let photos = if inside { queries::photos(s, &voucher)? } else { Vec::new() };
        Ok::<_, Fault>(Facts { case, voucher, photos, inside })
    });
    Ok(read.await?)
}

/// `GET …/money/vouchers/{voucher}`: five statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(ids): PathId<(SeasonId, u32, VoucherId)>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, ids).await?;
    Ok(shown_page(&visit, &facts, ("", None)))
}

fn shown_page(visit: &Visit, f: &Facts, form: (&str, Option<&Refusal>)) -> Response {
    let w = visit.words;
    let v = &f.voucher;
    let base = format!("/seasons/{}", f.case.season.id);
    let this = format!("{base}/projects/{}/money", v.project);
    let project = w.n("money-project-n", v.project);
    let title = w.n("money-voucher-n", v.number);
    let way = [("/seasons", w.t("nav-seasons")), (&*base, &*f.case.season.name), (&*this, &*project)];
    let payee = if f.inside { v.payee.clone() } else { v.public_payee() };
    let mut facts = vec![
        (w.t("word-status"), project::state(w, v.state)),
        (w.t("money-amount"), html! { (money(w, &f.case.season, v.amount)) }),
        (w.t("money-field-day"), shown::day(w, &v.day)),
        (w.t("money-field-kind"), html! { (w.t(&format!("money-voucher-{}", v.kind.as_str()))) }),
        (w.t("money-field-payee"), html! { (payee) }),
        (w.t("money-field-purpose"), html! { (v.purpose) }),
        (w.t("money-line"), html! { a href={ (this) "#lines" } { (v.line) } }),
    ];
    if v.count > 1 {
        facts.push((w.t("money-field-count"), html! { (v.count) }));
    }
    if f.inside {
        facts.push((w.t("money-field-paper"), html! { (v.paper) }));
        facts.push((w.t("money-field-handler"), html! { (v.handler) }));
        facts.push((w.t("money-field-witness"), html! { (v.witness) }));
        facts.push((w.t("money-handed"), shown::day(w, &v.handed)));
    }
    if let Some(day) = &v.decided {
        facts.push((w.t("money-decided"), shown::day(w, day)));
    }
    let served = format!("{this}/vouchers/{}", v.id);
    let decides = f.case.is_office(&visit.actor)
        && v.state == VoucherState::Waiting
        && visit.actor.person().is_some_and(|me| Some(me) != v.handed_by.as_ref());
    let body = html! {
        (breadcrumb(w, &way, &title))
        (head(&Head { title: &title, lead: &v.purpose, acts: &[print_button(w)], ..Head::default() }))
        (told(w, form.1))
        @if f.inside && v.state == VoucherState::Refused {
            (notice(w, Tone::Due, w.t("money-voucher-refused"), &html! { p { (v.reason) } }))
        }
        div.stack {
            (pairs(&facts))
            @if f.inside {
                (section(w.t("money-field-files"), &photos::side_by_side(w, &served, f.photos.iter())))
            } @else { p.small.soft { (w.t("money-photo-inside")) } }
            @if decides { (decide_form(visit, &served, form)) }
        }
    };
    page::page(visit, &title, &body, form.1)
}

fn decide_form(visit: &Visit, served: &str, (reason, refusal): (&str, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let field = Field {
        name: "reason",
        label: w.t("money-field-reason"),
        hint: w.t("money-refuse-hint"),
        value: reason,
        error: page::errors(w, refusal).of("reason"),
        required: false,
    };
    let body = html! {
        p { (w.t("money-decide-note")) }
        (ui::parts::text(w, &field, Input::Line, Some(300)))
        (acts(&[
            button_named(Weight::First, "act", "approve", w.t("money-approve")),
            button_named(Weight::Plain, "act", "refuse", w.t("money-refuse")),
        ]))
    };
    sheet(w.t("money-decide"), &page::form(visit, &format!("{served}/decide"), &[], &body))
}

/// `POST …/money/vouchers/{voucher}/decide`: `act` is `approve` or `refuse`.
pub(super) async fn decide(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, number, id)): PathId<(SeasonId, u32, VoucherId)>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let (of, voucher) = (season.clone(), id.clone());
    let yes = typed(&fields, "act") == "approve";
    let input = RefuseVoucher { reason: typed(&fields, "reason").to_owned() };
    let done = page::act(&rim, &visit, move |tx, cx| {
        if yes {
            decide::approve(tx, cx, (&of, number), &voucher)
        } else {
            decide::refuse(tx, cx, (&of, number), (&voucher, &input))
        }
    });
    match page::shown(done.await)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{season}/projects/{number}/money/vouchers/{id}"))),
        Err(refusal) => {
            let facts = facts(&rim, &visit, (season, number, id)).await?;
            Ok(shown_page(&visit, &facts, (typed(&fields, "reason"), Some(&refusal))))
        }
    }
}

/// `GET …/files/{file}`: the photo, for those who see the voucher whole.
pub(super) async fn whole(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, number, id, file)): PathId<(SeasonId, u32, VoucherId, FileId)>,
) -> Result<Response, Problem> {
    serve(&rim, &visit, (season, number, id), (file, false)).await
}

/// `GET …/files/{file}/small`: its small picture.
pub(super) async fn small(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, number, id, file)): PathId<(SeasonId, u32, VoucherId, FileId)>,
) -> Result<Response, Problem> {
    serve(&rim, &visit, (season, number, id), (file, true)).await
}

async fn serve(
    rim: &Rim,
    visit: &Visit,
    (season, number, id): (SeasonId, u32, VoucherId),
    (file, small): (FileId, bool),
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let (_, voucher, inside) = seen(s, &actor, (&season, number), &id)?;
        if !inside {
            return Err(Refusal::new(Kind::NotFound, "file-not-found").into());
        }
        queries::photo(s, &voucher, &file)
    });
    photos::serve(rim, &read.await?, small).await
}
