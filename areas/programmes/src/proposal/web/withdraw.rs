//! Take a proposal back, once it was said twice.

use axum::{extract::State as Shared, response::Response};
use kernel::{Kind, Refusal};
use ui::{
    html,
    parts::{Confirm, confirm},
};
use web::{Fields, PathId, Problem, Rim, SignedIn};

use super::{facts, page_of, show, state, way};
use crate::{
    SeasonId, page,
    proposal::{ProposalId, withdraw as withdrawing},
};

type Ids = (SeasonId, ProposalId);

/// `GET /seasons/{season}/proposals/{proposal}/withdraw`: what would happen. Four statements.
pub(crate) async fn asked(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId((season, id)): PathId<Ids>,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let facts = rim.db.read(move |s| facts(s, (&season, &id), &actor)).await?;
    if !facts.standing.writes {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    let (w, p, here) = (visit.words, &facts.proposal, page_of(&facts));
    if !show::may_withdraw(&facts) {
        return Ok(page::to(&here));
    }
    let number = w.t_with("proposal-number", &[("n", p.number.into())]);
    let body = html! {
        (way(w, &facts, w.t("proposal-withdraw")))
        (confirm(w, &Confirm {
            title: w.t("proposal-withdraw"),
            facts: &[
                html! { span.num { (number) } " " (p.typed.title) " " (state(w, p.state)) },
                html! { (w.t("proposal-withdraw-hint")) },
            ],
            action: &format!("{here}/withdraw"),
            hidden: &[],
            fields: visit.csrf_field(),
            label: w.t("proposal-withdraw-now"),
            danger: true,
            back: &here,
        }))
    };
    Ok(page::page(&visit, w.t("proposal-withdraw"), &body, None))
}

/// `POST …/withdraw`: it happens.
pub(crate) async fn withdraw(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(ids): PathId<Ids>,
    Fields(_): Fields<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (season, id) = ids.clone();
    let done = page::act(&rim, &visit, move |tx, cx| withdrawing::withdraw(tx, cx, (&season, &id))).await;
    match page::shown(done)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{}/proposals/{}?done=withdraw", ids.0, ids.1))),
        Err(refusal) => show::again(&rim, &visit, &ids, &refusal).await,
    }
}
