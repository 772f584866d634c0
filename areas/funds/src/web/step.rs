//! What waits for a second person: said on the page of the money it is about, confirmed or taken back there.

use axum::{extract::State, response::Response};
use programmes::{Season, SeasonId, page, web::shown};
use ui::{
    Markup, html,
    parts::{Weight, acts, button_named, sheet},
};
use web::{Fields, PathId, Problem, Rim, Visit};

use super::{
    Typed, money,
    project::{self, Which},
    season, typed,
};
use crate::ending::{Step, StepId, StepKind, confirm, queries};

/// `POST /seasons/{season}/money/steps/{step}`: `act` is `confirm` or `recall`.
pub(super) async fn decide(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, step)): PathId<(SeasonId, StepId)>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let (of, recalls) = ((id.clone(), step.clone()), typed(&fields, "act") == "recall");
    let verb = if recalls { confirm::recall } else { confirm::confirm };
    let done = page::act(&rim, &visit, move |tx, cx| verb(tx, cx, (&of.0, &of.1))).await;
    match page::shown(done)? {
        Ok(step) => {
            let lapsed = step.kind == StepKind::Lapsed && !recalls;
            let said = if lapsed { format!("?lapsed={}", step.amount.0) } else { String::new() };
            Ok(page::to(&format!("{}{said}", step.page(&id))))
        }
        Err(refusal) => {
            let of = id.clone();
            let step = rim.db.read(move |s| queries::step(s, &of, &step)).await?;
            if step.project == 0 {
                return season::again(&rim, &visit, id, (&fields, &refusal)).await;
            }
            let facts = project::facts(&rim, &visit, (id, step.project), Which::default()).await?;
            Ok(project::shown_page(&visit, &facts, Which::default(), ("step", &fields, Some(&refusal))))
        }
    }
}

/// A step that waits, with what the reader can do about it.
pub(super) fn waits(visit: &Visit, season: &Season, step: &Step) -> Markup {
    let w = visit.words;
    let (amount, borne) = (money(w, season, step.amount), money(w, season, step.borne));
    let said = w.t_with(
        &format!("money-step-{}", step.kind.as_str()),
        &[("amount", (&amount).into()), ("borne", (&borne).into())],
    );
    let me = visit.actor.person();
    let checker = me.is_some() && me != step.proposed_by.as_ref();
    let action = format!("/seasons/{}/money/steps/{}", season.id, step.id);
    sheet(
        w.t("money-step-waits"),
        &html! {
            p { (said) }
            @if !step.reason.is_empty() { p { (w.t("money-field-reason")) " · " (step.reason) } }
            p.small.soft { (shown::day(w, &step.proposed)) " · "
                (w.t(if checker { "money-step-check" } else { "money-step-yours" })) }
            (page::form(visit, &action, &[], &acts(&[
                html! { @if checker { (button_named(Weight::First, "act", "confirm", w.t("money-step-confirm"))) } },
                button_named(Weight::Quiet, "act", "recall", w.t("money-recall")),
            ])))
        },
    )
}
