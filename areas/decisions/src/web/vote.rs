//! The ballot on a phone: choose, look once more, send; and change it until the close.

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use db::{Fault, Snapshot};
use kernel::{Actor, FieldError, Kind, Refusal};
use people::{
    VoterKey,
    resident::queries::lives_at,
    store::{has_voted, has_voted_with},
};
use programmes::{
    MAX_PROJECTS, Phase, Project, Season, SeasonId, Template, page, season::queries::site,
    template::queries::with_season,
};
use rights::{Action, may};
use serde::Deserialize;
use ui::Markup;
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit, in_query, problem};

use super::vote_shown;
use crate::{
    Ballot, BallotKey,
    commands::{
        cast::{self, Coded},
        change::change,
        enrol_self::enrol_self,
    },
    paper::office,
    rules, store,
};

/// By which way somebody wants to vote.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct By {
    by: String,
}

/// A ballot as the form sends it.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    /// Numbers of projects.
    pub choice: Vec<String>,
    /// A code from a letter or the desk.
    pub code: String,
    /// The secret of a ballot that is being changed.
    pub key: String,
    /// The secret that a new ballot gets; the same form again finds it by this.
    pub once: String,
    pub act: String,
}

impl Typed {
    /// The numbers; what is no number names no project.
    fn numbers(&self) -> Vec<u32> {
        self.choice.iter().map(|n| n.parse().unwrap_or(0)).collect()
    }
}

/// How the visitor may vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// With a code.
    Code,
    /// By account: on the roll.
    Account,
    /// By account, after putting oneself on the roll.
    Enrol,
    /// The account's ballot is cast.
    Voted,
}

/// What the page shows.
pub(crate) struct Facts {
    pub season: Season,
    pub template: Template,
    pub projects: Vec<Project>,
    pub way: Way,
    /// Whether the visitor keeps the roll.
    pub keeps: bool,
    /// Whether the visitor gives out papers.
    pub desk: bool,
}

impl Facts {
    /// The address of the page.
    pub(crate) fn here(&self) -> String {
        format!("/seasons/{}/vote", self.season.id)
    }

    /// The projects that were ticked.
    pub(crate) fn chosen(&self, typed: &Typed) -> Vec<&Project> {
        let numbers = typed.numbers();
        self.projects.iter().filter(|project| numbers.contains(&project.number)).collect()
    }
}

fn way_of(s: &mut Snapshot<'_>, visit: &Visit, season: &Season) -> Result<Way, Fault> {
    let Some(me) = visit.actor.principal().filter(|me| me.verified && visit.behalf.is_none()) else {
        return Ok(Way::Code);
    };
    let scope = season.id.as_str();
    let key = VoterKey::of_person(scope, &me.person);
    Ok(match has_voted(s, season.id.home(), scope, key)? {
        Some(true) => Way::Voted,
        Some(false) => Way::Account,
        None if lives_at(s, &me.person, &season.place)?.is_some() => Way::Enrol,
        None => Way::Code,
    })
}

fn is_desk(s: &mut Snapshot<'_>, visit: &Visit, season: &Season) -> Result<bool, Fault> {
    match office(s, &visit.actor, season) {
        Ok(_) => Ok(true),
        Err(Fault::Refused(_)) => Ok(false),
        Err(fault) => Err(fault),
    }
}

async fn facts(rim: &Rim, visit: &Visit, id: &SeasonId, by_code: bool) -> Result<Facts, Problem> {
    let (visit, id) = (visit.clone(), id.clone());
    let read = rim.db.read(move |s| {
        let (season, template) = with_season(s, &id)?;
        // a ballot paper shows everything that can be ticked: MAX_PROJECTS at most
        let projects = programmes::project::queries::projects(s, &id, 0, i64::from(MAX_PROJECTS))?;
        let way = if by_code { Way::Code } else { way_of(s, &visit, &season)? };
        let keeps = may(&visit.actor, Action::Enrol, &site(s, &season)?);
        let desk =
            keeps || (visit.actor.principal().is_some_and(|me| !me.posts.is_empty()) && is_desk(s, &visit, &season)?);
        Ok::<_, Fault>(Facts { season, template, projects, way, keeps, desk })
    });
    Ok(read.await?)
}

/// `GET /seasons/{season}/vote`: the ballot paper, six statements at most.
pub(crate) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Query(by): Query<By>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id, by.by == "code").await?;
    Ok(answer(&visit, &vote_shown::ballot(&visit, &facts, &Typed::default(), None), None))
}

fn answer(visit: &Visit, body: &Markup, refusal: Option<&Refusal>) -> Response {
    page::page(visit, visit.words.t("ballot-title"), body, refusal)
}

/// `POST /seasons/{season}/vote/review`: what was chosen, once more, before it is sent.
pub(crate) async fn review(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let by_code = !typed.code.trim().is_empty();
    let facts = facts(&rim, &visit, &id, by_code).await?;
    let checked = check(&rim, &facts, &typed).await?;
    if let Err(refusal) = checked {
        return Ok(answer(&visit, &vote_shown::ballot(&visit, &facts, &typed, Some(&refusal)), Some(&refusal)));
    }
    let typed = Typed { once: rim.once(), ..typed };
    Ok(answer(&visit, &vote_shown::review(&visit, &facts, &typed), None))
}

/// What would be refused is said before the last step.
async fn check(rim: &Rim, facts: &Facts, typed: &Typed) -> Result<Result<(), Refusal>, Problem> {
    let season = &facts.season;
    if let Err(refusal) = programmes::expect_phase(season, Phase::Voting) {
        return Ok(Err(refusal));
    }
    if let Err(refusal) = rules::choices(season, &typed.numbers()) {
        return Ok(Err(refusal));
    }
    let code = typed.code.trim().to_owned();
    if !typed.key.is_empty() || (code.is_empty() && facts.way == Way::Account) {
        return Ok(Ok(()));
    }
    if code.is_empty() || code.chars().count() > 128 {
        let wrong = if code.is_empty() { "required" } else { "too-long" };
        return Ok(Err(Refusal::invalid(vec![FieldError::new("code", wrong)])));
    }
    let id = season.id.clone();
    let voted = rim.db.read(move |s| has_voted_with(s, id.home(), id.as_str(), &code)).await?;
    Ok(match voted {
        Some(false) => Ok(()),
        Some(true) => Err(Refusal::new(Kind::Conflict, "already-voted")),
        None => Err(Refusal::invalid(vec![FieldError::new("code", "not-on-the-roll")])),
    })
}

/// `POST /seasons/{season}/vote`: casts or changes the ballot, then to the page of the ballot. A form that is sent twice
/// comes to the same ballot.
pub(crate) async fn cast(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let by_code = !typed.code.trim().is_empty();
    if typed.act == "back" {
        let facts = facts(&rim, &visit, &id, by_code).await?;
        return Ok(answer(&visit, &vote_shown::ballot(&visit, &facts, &typed, None), None));
    }
    let secret = if typed.key.is_empty() { &typed.once } else { &typed.key };
    let mine = format!("/seasons/{id}/vote/mine?key={}", in_query(secret));
    let done = match send(&rim, &visit, &id, &typed).await {
        Err(fault) if fault.is_refusal("changed-meanwhile") => send(&rim, &visit, &id, &typed).await,
        done => done,
    };
    let refusal = match done {
        Ok(_) => return Ok(page::to(&mine)),
        Err(Fault::Refused(refusal)) if refusal.code != "season-not-found" => refusal,
        Err(fault) => return Err(fault.into()),
    };
    if refusal.code == "already-voted" && ballot_of(&rim, &id, secret).await?.is_some() {
        return Ok(page::to(&mine));
    }
    let facts = facts(&rim, &visit, &id, by_code).await?;
    Ok(answer(&visit, &vote_shown::ballot(&visit, &facts, &typed, Some(&refusal)), Some(&refusal)))
}

async fn send(rim: &Rim, visit: &Visit, id: &SeasonId, typed: &Typed) -> Result<Ballot, Fault> {
    let (season, chosen) = (id.clone(), typed.numbers());
    let gone = || Refusal::new(Kind::NotFound, "no-such-ballot");
    // a ballot that comes with a code or a link has nothing to do with who is signed in
    let cx = rim.context(Actor::Voter);
    if !typed.key.is_empty() {
        let key = BallotKey::of(id.as_str(), &typed.key).ok_or_else(gone)?;
        return rim.db.write(move |tx| change(tx, &mut cx.clone(), &season, key, &chosen)).await;
    }
    let key = BallotKey::of(id.as_str(), &typed.once).ok_or_else(|| Refusal::new(Kind::Conflict, "key-taken"))?;
    let code = typed.code.trim();
    if code.is_empty() {
        let cx = rim.context_of(visit);
        let mine = move |tx: &mut db::Tx<'_>| cast::cast_mine(tx, &mut cx.clone(), &season, &chosen, Some(key));
        return rim.db.write(mine).await;
    }
    let code: String = code.chars().take(128).collect();
    let new = move |tx: &mut db::Tx<'_>| {
        cast::cast_code(tx, &mut cx.clone(), &season, &Coded { code: &code, chosen: &chosen, key: Some(key) })
    };
    rim.db.write(new).await
}

/// `POST /seasons/{season}/vote/enrol`: puts oneself on the roll.
pub(crate) async fn enrol(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(_): Fields<By>,
) -> Result<Response, Problem> {
    let season = id.clone();
    match page::shown(page::act(&rim, &visit, move |tx, cx| enrol_self(tx, cx, &season)).await)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{id}/vote"))),
        Err(refusal) => {
            let facts = facts(&rim, &visit, &id, false).await?;
            let body = vote_shown::ballot(&visit, &facts, &Typed::default(), Some(&refusal));
            Ok(answer(&visit, &body, Some(&refusal)))
        }
    }
}

/// The secret of a ballot, in the voter's link.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Opened {
    key: String,
}

async fn ballot_of(rim: &Rim, id: &SeasonId, secret: &str) -> Result<Option<Ballot>, Problem> {
    let Some(key) = BallotKey::of(id.as_str(), secret) else { return Ok(None) };
    let id = id.clone();
    Ok(rim.db.read(move |s| store::keyed(s, &id, key)).await?)
}

/// `GET /seasons/{season}/vote/mine`: the ballot that a link opens, its receipt, and the way to change it.
pub(crate) async fn mine(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Query(opened): Query<Opened>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id, false).await?;
    let found = ballot_of(&rim, &id, &opened.key).await?;
    let Some(ballot) = found.filter(|_| facts.season.phase == Phase::Voting) else {
        let mut response = answer(&visit, &vote_shown::no_ballot(&visit, &facts), None);
        if facts.season.phase == Phase::Voting {
            *response.status_mut() = problem::status_of(&Refusal::new(Kind::NotFound, "no-such-ballot"));
        } else {
            *response.status_mut() = StatusCode::OK;
        }
        return Ok(response);
    };
    Ok(answer(&visit, &vote_shown::mine(&visit, &facts, &ballot, &opened.key), None))
}
