//! What is done on the page of an idea: each goes back to it, or shows it again with the reason why not.

use axum::{extract::State as Shared, response::Response};
use db::{Fault, Tx};
use kernel::Context;
use serde::Deserialize;
use web::{Fields, PathId, Problem, Rim, SignedIn};

use super::show::{self, Again};
use crate::{
    SeasonId,
    idea::{
        CommentId, IdeaId,
        answer::{self as answering, AnswerIdea},
        comment::{self as commenting, NewComment},
        hide::{self as hiding, Why},
        show_it,
        split::{self as splitting, Part, SplitIdea},
        support as supporting, withdraw as withdrawing,
    },
    page::{act, shown, to},
};

/// What any of the forms sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub words: String,
    pub outcome: String,
    pub reason: String,
    pub into: String,
    pub to: String,
    pub nameless: String,
    pub once: String,
    pub part_title: Vec<String>,
    pub part_body: Vec<String>,
}

type Form = (Shared<Rim>, SignedIn, PathId<(SeasonId, IdeaId)>, Fields<Typed>);

async fn run(
    (Shared(rim), SignedIn(visit), PathId((season, idea)), Fields(typed)): Form,
    (which, anchor): (&'static str, &'static str),
    command: impl Fn(&mut Tx<'_>, &mut Context, (&SeasonId, &IdeaId), &Typed) -> Result<(), Fault> + Clone + Send + 'static,
) -> Result<Response, Problem> {
    let (s, i, sent) = (season.clone(), idea.clone(), typed.clone());
    match shown(act(&rim, &visit, move |tx, cx| command(tx, cx, (&s, &i), &sent)).await)? {
        Ok(()) => Ok(to(&format!("/seasons/{season}/ideas/{idea}{anchor}"))),
        Err(refusal) => show::again(&rim, &visit, (season, idea), &Again { which, typed, refusal }).await,
    }
}

macro_rules! acts {
    ($($(#[doc = $doc:literal])* $name:ident $which:literal $anchor:literal $command:expr;)+) => {
        $(
            $(#[doc = $doc])*
            pub(super) async fn $name(
                rim: Shared<Rim>,
                visit: SignedIn,
                ids: PathId<(SeasonId, IdeaId)>,
                form: Fields<Typed>,
            ) -> Result<Response, Problem> {
                run((rim, visit, ids, form), ($which, $anchor), $command).await
            }
        )+
    };
}

acts! {
    /// `POST …/answer`.
    answer "answer" "" |tx, cx, on, typed| {
        let input = AnswerIdea { outcome: typed.outcome.clone(), words: typed.words.clone() };
        answering::answer(tx, cx, on, &input).map(|_| ())
    };
    /// `POST …/hide`.
    hide "hide" "" |tx, cx, on, typed| hiding::hide(tx, cx, on, &Why { reason: typed.reason.clone() }).map(|_| ());
    /// `POST …/show`.
    show "show" "" |tx, cx, on, _| show_it::show(tx, cx, on).map(|_| ());
    /// `POST …/split`: parts without a word are none.
    split "split" "" |tx, cx, on, typed| {
        let all = typed.part_title.iter().zip(&typed.part_body);
        let parts = all.filter(|(title, body)| !title.trim().is_empty() || !body.trim().is_empty());
        let parts = parts.map(|(title, body)| Part { title: title.clone(), body: body.clone(), ..Part::default() });
        splitting::split(tx, cx, on, &SplitIdea { parts: parts.collect(), reason: typed.reason.clone() }).map(|_| ())
    };
    /// `POST …/withdraw`.
    withdraw "withdraw" "" |tx, cx, on, _| withdrawing::withdraw(tx, cx, on).map(|_| ());
    /// `POST …/support`.
    support "support" "" |tx, cx, on, _| supporting::support(tx, cx, on);
    /// `POST …/unsupport`.
    unsupport "unsupport" "" |tx, cx, on, _| supporting::unsupport(tx, cx, on);
    /// `POST …/comments`.
    comment "comments" "" |tx, cx, on, typed| {
        let input = NewComment {
            words: typed.words.clone(),
            to: typed.to.clone(),
            nameless: !typed.nameless.is_empty(),
            once: typed.once.clone(),
        };
        commenting::comment(tx, cx, on, &input).map(|_| ())
    };
}

/// `POST …/comments/{comment}/hide`.
pub(super) async fn hide_comment(
    rim: Shared<Rim>,
    visit: SignedIn,
    PathId((season, idea, comment)): PathId<(SeasonId, IdeaId, CommentId)>,
    form: Fields<Typed>,
) -> Result<Response, Problem> {
    run((rim, visit, PathId((season, idea)), form), ("comment-hide", ""), move |tx, cx, (season, idea), typed| {
        hiding::hide_comment(tx, cx, (season, idea, &comment), &Why { reason: typed.reason.clone() })
    })
    .await
}
