//! Whether an author means it who takes an idea back.

use axum::{extract::State as Shared, response::Response};
use db::Fault;
use kernel::{Kind, Refusal};
use ui::{
    html,
    parts::{Confirm, breadcrumb, confirm},
};
use web::{PathId, Problem, Rim, SignedIn};

use crate::{
    SeasonId,
    idea::{Idea, IdeaId, State, queries},
    page::{page, to},
    season::queries as seasons,
};

/// Whether it can be taken back as it stands.
pub(super) fn may_withdraw(idea: &Idea) -> bool {
    matches!(idea.state, State::Shown | State::Waiting | State::Hidden)
}

/// `GET /seasons/{season}/ideas/{idea}/withdraw`: what would happen. Two statements, one more for who holds a post.
pub(super) async fn asked(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId((season, id)): PathId<(SeasonId, IdeaId)>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let read = rim.db.read(move |s| {
        let season = seasons::season(s, &season)?;
        let (idea, _) = queries::seen(s, &cx, &season, &id)?;
        if idea.person.is_none() || idea.person.as_ref() != cx.author() {
            return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
        }
        Ok::<_, Fault>((season, idea))
    });
    let (season, idea) = read.await?;
    let (w, here) = (visit.words, format!("/seasons/{}", season.id));
    let (list, shown) = (format!("{here}/ideas"), format!("{here}/ideas/{}", idea.id));
    if !may_withdraw(&idea) {
        return Ok(to(&shown));
    }
    let way = [
        ("/seasons", w.t("nav-seasons")),
        (&*here, &*season.name),
        (&*list, w.t("ideas-title")),
        (&*shown, &*idea.title),
    ];
    let body = html! {
        (breadcrumb(w, &way, w.t("idea-withdraw")))
        (confirm(w, &Confirm {
            title: w.t("idea-withdraw"),
            facts: &[html! { strong { (idea.title) } }, html! { (w.t("idea-withdraw-hint")) }],
            action: &format!("{shown}/withdraw"),
            hidden: &[],
            fields: visit.csrf_field(),
            label: w.t("idea-withdraw-now"),
            danger: true,
            back: &shown,
        }))
    };
    Ok(page(&visit, w.t("idea-withdraw"), &body, None))
}
