//! The pages of polls.

mod ballot;
mod edit;
mod hanging;
mod import;
mod letters;
mod list;
mod mine;
mod names;
mod office;
mod papers;
mod phone;
mod published;
mod receipt;
mod result;
mod rule;
mod show;
mod verify;
mod vote;

pub(crate) use office::counted;

use ::web::{Problem, Rim, Section, Upload, Visit, page};
use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use db::{Fault, Snapshot};
use kernel::{Actor, Kind, Refusal};
use places::Place;
use rights::{Action, may};
use ui::{
    Markup, Words,
    parts::{Tone, breadcrumb, tag},
    words::key_of,
};

use crate::{Poll, PollId, State, queries};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/polls", get(list::list).post(edit::draft))
        .route("/polls/new", get(edit::blank))
        .route("/polls/{poll}", get(show::show))
        .route("/polls/{poll}/change", get(edit::change_form).post(edit::change))
        .route("/polls/{poll}/vote", get(vote::show).post(vote::cast))
        .route("/polls/{poll}/vote/review", post(vote::review))
        .route("/polls/{poll}/vote/verify", get(verify::begin))
        .route("/polls/oidc/callback", get(verify::callback))
        .route("/polls/{poll}/vote/withdraw", post(mine::withdraw))
        .route("/polls/{poll}/mine", get(mine::mine))
        .route("/polls/{poll}/ballots", get(published::list))
        .route("/polls/{poll}/receipt/{ballot}", get(receipt::show))
        .route("/polls/{poll}/roll", get(office::show).post(office::residents))
        .route("/polls/{poll}/roll/import", Upload::route(get(import::ask).post(import::look)))
        .route("/polls/{poll}/roll/import/take", post(import::take))
        .route("/polls/{poll}/roll/strike", post(office::strike))
        .route("/polls/{poll}/roll/freeze", post(office::freeze))
        .route("/polls/{poll}/roll/thaw", post(office::thaw))
        .route("/polls/{poll}/letters", get(letters::show).post(letters::letters))
        .route("/polls/{poll}/letters/returned", post(letters::returned))
        .route("/polls/{poll}/open", post(office::open))
        .route("/polls/{poll}/close", post(office::close))
        .route("/polls/{poll}/publish", post(office::publish))
        .route("/polls/{poll}/names", get(names::names))
        .route("/polls/{poll}/answers.csv", post(names::answers))
        .route("/polls/{poll}/papers", get(papers::show).post(papers::read))
        .route("/polls/{poll}/papers/give", post(papers::give))
        .route("/polls/{poll}/papers/print", post(papers::print))
        .route("/polls/{poll}/papers/discard", post(papers::discard))
        .route("/polls/{poll}/phone", get(phone::show).post(phone::enter))
        .route("/polls/{poll}/phone/revoke", post(phone::revoke))
}

/// A poll as its pages need it.
pub(crate) struct One {
    pub poll: Poll,
    pub place: Place,
    /// Keeps the roll and works at the desk.
    pub keeps: bool,
    /// Opens and closes.
    pub runs: bool,
    /// Publishes.
    pub publishes: bool,
}

impl One {
    /// Reads it: two statements. A draft is there for the office alone.
    pub fn read(s: &mut Snapshot<'_>, actor: &Actor, id: &PollId) -> Result<One, Fault> {
        let poll = queries::poll(s, id)?;
        let place = places::queries::show(s, &poll.place)?;
        let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
        let site = place.site()?;
        let keeps = may(actor, Action::Enrol, &site);
        if poll.state == State::Draft && !keeps {
            return Err(Refusal::new(Kind::NotFound, "poll-not-found").into());
        }
        let (runs, publishes) = (may(actor, Action::RunSeason, &site), may(actor, Action::PublishVerdict, &site));
        Ok(One { poll, place, keeps, runs, publishes })
    }

    /// For the office, and nobody else.
    pub fn inside(s: &mut Snapshot<'_>, actor: &Actor, id: &PollId) -> Result<One, Fault> {
        let one = One::read(s, actor, id)?;
        if one.keeps { Ok(one) } else { Err(Refusal::new(Kind::Forbidden, "not-allowed").into()) }
    }

    pub fn here(&self) -> String {
        format!("/polls/{}", self.poll.id)
    }

    /// The way to a page of the poll.
    pub fn way(&self, w: Words, here: &str) -> Markup {
        breadcrumb(w, &[("/polls", w.t("polls-title")), (&self.here(), &self.poll.title)], here)
    }
}

/// Reads a poll for whoever asks.
pub(crate) async fn one(rim: &Rim, visit: &Visit, id: &PollId) -> Result<One, Problem> {
    let (actor, id) = (visit.actor.clone(), id.clone());
    Ok(rim.db.read(move |s| One::read(s, &actor, &id)).await?)
}

/// Where a poll stands, in a word.
pub(crate) fn state(w: Words, poll: &Poll) -> Markup {
    let tone = match poll.state {
        State::Draft | State::Published => Tone::Plain,
        State::Roll | State::Closed => Tone::Due,
        State::Open => Tone::Ok,
    };
    tag(tone, w.t(&key_of("poll-state", poll.state.as_str())))
}

/// A page, with the status of what was refused on it.
pub(crate) fn answer(visit: &Visit, title: &str, body: &Markup, refusal: Option<&Refusal>) -> Response {
    page::answer(visit, Section::Other, title, (body, refusal))
}
