//! What each side does on the page of a project's money.

use axum::{extract::State, response::Response};
use db::{Fault, Tx};
use kernel::{Context, Refusal};
use programmes::{SeasonId, page};
use ui::{
    Markup, html,
    parts::{Field, Input, Weight, acts, apart, button, button_named, fold, sheet},
};
use web::{Fields, PathId, Problem, Rim, Visit};

use super::{
    Typed,
    project::{self, Facts, Which},
    typed,
};
use crate::{
    agreement::{
        Agreement, State as AgreementState, Tranche, TrancheState,
        draft::{self, DraftAgreement},
        sign::{self, Side},
    },
    book::AccountKind,
    ending::{
        end::{self, Terminate},
        give_back::{self, GiveBack},
    },
    tranche::{propose, release},
};

/// Runs a verb of a form: to the page, or the page again with what was typed and why not.
async fn done<T: Send + 'static>(
    (rim, visit): (&Rim, &Visit),
    (season, number): (SeasonId, u32),
    (form, fields): (&str, &Typed),
    verb: impl Fn(&mut Tx<'_>, &mut Context, (&SeasonId, u32)) -> Result<T, Fault> + Clone + Send + 'static,
) -> Result<Response, Problem> {
    let id = season.clone();
    match page::shown(page::act(rim, visit, move |tx, cx| verb(tx, cx, (&id, number))).await)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{season}/projects/{number}/money"))),
        Err(refusal) => {
            let facts = project::facts(rim, visit, (season, number), Which::default()).await?;
            Ok(project::shown_page(visit, &facts, Which::default(), (form, fields, Some(&refusal))))
        }
    }
}

/// `POST …/money/agreement`.
pub(super) async fn draft(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(ids): PathId<(SeasonId, u32)>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = |name| typed(&fields, name).to_owned();
    let input = DraftAgreement { from: of("from"), until: of("until"), person: of("person"), org: of("org") };
    done((&rim, &visit), ids, ("agreement", &fields), move |tx, cx, ids| draft::draft(tx, cx, ids, &input)).await
}

/// `POST …/money/sign`.
pub(super) async fn sign(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(ids): PathId<(SeasonId, u32)>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let side = if typed(&fields, "side") == "team" { Side::Team } else { Side::Office };
    done((&rim, &visit), ids, ("sign", &fields), move |tx, cx, ids| sign::sign(tx, cx, ids, side)).await
}

/// `POST …/money/tranches/{tranche}`: `act` is `propose`, `recall` or `release`.
pub(super) async fn tranche(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, number, tranche)): PathId<(SeasonId, u32, u32)>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let act = typed(&fields, "act").to_owned();
    let verb = move |tx: &mut Tx<'_>, cx: &mut Context, (season, number): (&SeasonId, u32)| match act.as_str() {
        "release" => release::release(tx, cx, (season, number, tranche)),
        "recall" => propose::recall(tx, cx, (season, number, tranche)),
        _ => propose::propose(tx, cx, (season, number, tranche)),
    };
    done((&rim, &visit), (season, number), ("tranche", &fields), verb).await
}

/// `POST …/money/returns`.
pub(super) async fn returns(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(ids): PathId<(SeasonId, u32)>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = GiveBack { amount: typed(&fields, "amount").to_owned(), once: typed(&fields, "once").to_owned() };
    done((&rim, &visit), ids, ("returns", &fields), move |tx, cx, ids| give_back::give_back(tx, cx, ids, &input)).await
}

/// `POST …/money/settle`.
pub(super) async fn settle(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(ids): PathId<(SeasonId, u32)>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    done((&rim, &visit), ids, ("settle", &fields), end::settle).await
}

/// `POST …/money/terminate`.
pub(super) async fn terminate(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(ids): PathId<(SeasonId, u32)>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = Terminate { reason: typed(&fields, "reason").to_owned() };
    done((&rim, &visit), ids, ("terminate", &fields), move |tx, cx, ids| end::terminate(tx, cx, ids, &input)).await
}

fn base(f: &Facts) -> String {
    format!("/seasons/{}/projects/{}/money", f.case.season.id, f.project.number)
}

/// The buttons of those who have not signed.
pub(super) fn sign_forms(visit: &Visit, f: &Facts, agreement: &Agreement) -> Markup {
    let w = visit.words;
    let action = format!("{}/sign", base(f));
    html! {
        @if agreement.state == AgreementState::Draft {
            @if f.office && agreement.office.is_none() {
                (page::press(visit, &action, &[("side", "office")], Weight::Plain, w.t("money-sign-office")))
            }
            @if f.team && agreement.team.is_none() {
                (page::press(visit, &action, &[("side", "team")], Weight::First, w.t("money-sign-team")))
            }
        }
    }
}

/// The buttons of a tranche: propose, release, take back.
pub(super) fn tranche_forms(
    visit: &Visit,
    f: &Facts,
    agreement: &Agreement,
    (tranche, holds): (&Tranche, bool),
) -> Markup {
    let w = visit.words;
    let action = format!("{}/tranches/{}", base(f), tranche.number);
    let me = visit.actor.person();
    let checker = me.is_some() && me != tranche.proposed_by.as_ref();
    let before = f.tranches.iter().all(|(t, _)| t.number >= tranche.number || t.state == TrancheState::Released);
    html! {
        @if f.office && agreement.state == AgreementState::Signed && holds && before {
            @match tranche.state {
                TrancheState::Planned =>
                    (page::press(visit, &action, &[("act", "propose")], Weight::Plain, w.t("money-propose"))),
                TrancheState::Proposed => (page::form(visit, &action, &[], &acts(&[
                    html! { @if checker { (button_named(Weight::First, "act", "release", w.t("money-release"))) } },
                    button_named(Weight::Quiet, "act", "recall", w.t("money-recall")),
                ]))),
                TrancheState::Released => {}
            }
        }
    }
}

/// The other forms of the office: the agreement while there is none; returns, settling and terminating afterwards.
pub(super) fn forms(visit: &Visit, f: &Facts, form: (&str, &Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    if !f.office || !f.approved {
        return html! {};
    }
    let Some(agreement) = &f.agreement else { return sheet(w.t("money-draft"), &draft_form(visit, f, form)) };
    if f.waiting.is_some() {
        // one after the other
        return html! {};
    }
    let to_return = f.sums.of(AccountKind::Held).0 + f.sums.of(AccountKind::Claim).0 > 0;
    html! {
        @if to_return { (part(visit, f, "returns", "money-returns", form)) }
        @if agreement.state == AgreementState::Signed {
            (fold(w.t("money-settle"), &html! {
                p { (w.t("money-settle-note")) }
                (page::press(visit, &format!("{}/settle", base(f)), &[], Weight::Plain, w.t("money-settle-do")))
            }))
            (part(visit, f, "terminate", "money-terminate", form))
        }
    }
}

fn field<'a>(
    visit: &Visit,
    name: &'a str,
    (shown, fields, refusal): (bool, &'a Typed, Option<&Refusal>),
    (hint, required): (&'a str, bool),
) -> Field<'a> {
    let w = visit.words;
    Field {
        name,
        label: w.t(&format!("money-field-{name}")),
        hint: if hint.is_empty() { "" } else { w.t(hint) },
        value: if shown { typed(fields, name) } else { "" },
        error: page::errors(w, refusal.filter(|_| shown)).of(name),
        required,
    }
}

fn draft_form(visit: &Visit, f: &Facts, (_, fields, refusal): (&str, &Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let of = |name: &'static str, hint, required| field(visit, name, (true, fields, refusal), (hint, required));
    let body = html! {
        p { (w.t("money-draft-note")) }
        (ui::parts::text(w, &of("from", "", true), Input::Day, Some(10)))
        (ui::parts::text(w, &of("until", "", true), Input::Day, Some(10)))
        @if f.applied.is_none() {
            (ui::parts::text(w, &of("org", "money-field-party-hint", false), Input::Line, Some(60)))
            (ui::parts::text(w, &of("person", "", false), Input::Line, Some(60)))
        }
        (acts(&[button(Weight::First, w.t("money-draft-do"))]))
    };
    page::form(visit, &format!("{}/agreement", base(f)), &[], &body)
}

/// A folded form of one field, open where it was just refused.
fn part(
    visit: &Visit,
    f: &Facts,
    route: &str,
    key: &str,
    (form, fields, refusal): (&str, &Typed, Option<&Refusal>),
) -> Markup {
    let w = visit.words;
    let mine = form == route;
    let once = if mine || form.is_empty() { typed(fields, "once") } else { "" };
    let input = match route {
        "returns" => {
            ui::parts::money(w, &field(visit, "amount", (mine, fields, refusal), ("", true)), w.t("money-unit"))
        }
        _ => {
            let reason = field(visit, "reason", (mine, fields, refusal), ("money-field-reason-hint", true));
            ui::parts::text(w, &reason, Input::Line, Some(300))
        }
    };
    let weight = if route == "terminate" { Weight::Danger } else { Weight::Plain };
    let body = html! {
        p { (w.t(&format!("{key}-note"))) }
        (input)
        (acts(&[button(weight, w.t(&format!("{key}-do")))]))
    };
    let shown = apart(route, &page::form(visit, &format!("{}/{route}", base(f)), &[("once", once)], &body));
    if mine && refusal.is_some() { sheet(w.t(key), &shown) } else { fold(w.t(key), &shown) }
}
