//! The page on which a jury or the residents choose an award: what is nominated, the ballot, and what the office does.

use axum::{
    Router,
    extract::{Query, State as Shared},
    response::Response,
    routing::{get, post},
};
use db::{Fault, Snapshot, Tx};
use kernel::{Actor, Context, Day, Kind, PersonId, Refusal};
use people::{Candidate, account::MAX_PERSONS};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Head, Tone, Weight, acts, breadcrumb, empty, flash, head, link_button, notice, pairs, section, sheet, tag, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::certificate;
use crate::{
    Season, SeasonId,
    award::choice::{
        Choice, Nominated, State,
        cast::{self, Cast},
        count::{self, Count},
        invite::{self, Invite},
        open::{self, OpenChoice},
        queries, rules,
    },
    page, season,
    season::web::shown,
    template::{self, AwardTerm, Decides},
};

mod forms;

/// The routes of the pages.
pub(super) fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/awards/{category}/choice", get(show))
        .route("/seasons/{season}/awards/{category}/choice/jury", post(jury))
        .route("/seasons/{season}/awards/{category}/choice/open", post(opened))
        .route("/seasons/{season}/awards/{category}/choice/ballot", post(ballot))
        .route("/seasons/{season}/awards/{category}/choice/count", post(counted))
}

/// Who decides on an award, in a sentence.
pub(crate) fn by(w: Words, term: &AwardTerm) -> String {
    match term.decide {
        Decides::Office => w.t("award-way-office").to_owned(),
        Decides::Jury => w.n("award-way-jury", term.places),
        Decides::Vote => w.n("award-way-vote", term.places),
    }
}

/// Where a choice stands, in a word.
pub(super) fn state(w: Words, choice: Option<&Choice>, today: &Day) -> Markup {
    match choice {
        None => tag(Tone::Plain, w.t("award-choice-state-before")),
        Some(choice) if choice.state == State::Counted => tag(Tone::Ok, w.t("award-choice-state-counted")),
        Some(choice) if choice.is_over(today) => tag(Tone::Due, w.t("award-choice-state-over")),
        Some(_) => tag(Tone::Due, w.t("award-choice-state-open")),
    }
}

/// The address of a choice.
pub(super) fn page_of(season: &SeasonId, category: &str) -> String {
    format!("/seasons/{season}/awards/{category}/choice")
}

type Of = (SeasonId, String);
type Pairs = Vec<(String, String)>;

/// What is asked of the page.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Asked {
    find: String,
    done: String,
}

/// What the page shows.
struct Facts {
    season: Season,
    term: AwardTerm,
    choice: Option<Choice>,
    nominated: Vec<Nominated>,
    /// Who is invited, with their names: for the office.
    jurors: Vec<(PersonId, String)>,
    found: Vec<Candidate>,
    runs: bool,
    approves: bool,
    /// Why whoever looks hands nothing in; none where they may.
    barred: Option<Refusal>,
    mine: Option<Vec<u32>>,
    /// What the ballots come to, for the office once the choice is over and enough came.
    outcome: Option<rules::Outcome>,
    today: Day,
}

impl Facts {
    fn here(&self) -> String {
        page_of(&self.season.id, &self.term.key)
    }
}

/// Six statements; some more for the jury, the residents and the office.
fn facts(
    s: &mut Snapshot<'_>,
    (id, category): &Of,
    (actor, today, find): (&Actor, &Day, &str),
) -> Result<Facts, Fault> {
    let (season, template) = template::queries::with_season(s, id)?;
    let term = rules::chosen(template.award(category));
    // what the office decides has no such page
    let term = term.map_err(|_| Refusal::new(Kind::NotFound, "award-not-found"))?.clone();
    let site = season::queries::site(s, &season)?;
    let (runs, approves) = (may(actor, Action::RunSeason, &site), may(actor, Action::Approve, &site));
    let choice = queries::choice(s, id, category)?;
    let nominated = if runs || choice.is_some() { queries::nominated(s, id, category)? } else { Vec::new() };
    let mut jurors = Vec::new();
    if runs && choice.is_none() && term.decide == Decides::Jury {
        for persons in queries::jurors(s, id, category)?.chunks(MAX_PERSONS) {
            jurors.extend(people::account::queries::names(s, persons)?);
        }
    }
    let found = if runs { people::candidates(s, id.home(), (find.trim(), None))? } else { Vec::new() };
    let (mut barred, mut mine, mut outcome) = (None, None, None);
    if let Some(choice) = choice.as_ref().filter(|choice| choice.state == State::Open) {
        match actor.principal() {
            None => barred = Some(Refusal::new(Kind::Forbidden, "sign-in-first")),
            Some(me) if !me.verified => barred = Some(Refusal::new(Kind::Forbidden, "verify-first")),
            Some(me) => {
                match queries::entitled(s, (&site, choice), (&me.person, &me.seats)) {
                    Err(Fault::Refused(refusal)) => barred = Some(refusal),
                    other => other?,
                }
                mine = queries::mine(s, choice, &me.person)?;
            }
        }
        if approves && rules::may_count(choice, today).is_ok() {
            outcome = Some(queries::outcome(s, choice, (&nominated, term.places))?);
        }
    }
    let today = today.clone();
    Ok(Facts { season, term, choice, nominated, jurors, found, runs, approves, barred, mine, outcome, today })
}

/// `GET /seasons/{season}/awards/{category}/choice`.
async fn show(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(of): PathId<Of>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    whole(&rim, &visit, of, (&asked, &Vec::new(), None)).await
}

async fn whole(
    rim: &Rim,
    visit: &Visit,
    of: Of,
    (asked, typed, refusal): (&Asked, &Pairs, Option<&Refusal>),
) -> Result<Response, Problem> {
    let (actor, today, find) = (visit.actor.clone(), rim.context_of(visit).day, asked.find.clone());
    let facts = rim.db.read(move |s| facts(s, &of, (&actor, &today, &find))).await?;
    let w = visit.words;
    let name = facts.term.name.of(w.locale());
    let (season, awards) = (format!("/seasons/{}", facts.season.id), format!("/seasons/{}/awards", facts.season.id));
    let way = [("/seasons", w.t("nav-seasons")), (&*season, &*facts.season.name), (&*awards, w.t("awards-title"))];
    let kicker = [state(w, facts.choice.as_ref(), &facts.today)];
    let lead = by(w, &facts.term);
    let body = html! {
        (breadcrumb(w, &way, name))
        (head(&Head { kicker: &kicker, title: name, lead: &lead, ..Head::default() }))
        div.stack {
            @if asked.done == "ballot" { (flash(Tone::Ok, w.t("award-ballot-kept"))) }
            (told(w, refusal))
            @match &facts.choice {
                Some(choice) => (stands(w, &facts, choice)),
                None => (notice(w, Tone::Plain, "", &html! { p { (w.t("award-choice-before")) } })),
            }
            (forms::ballot(visit, &facts, (typed, refusal)))
            (nominated(w, &facts))
            (forms::office(visit, &facts, (&asked.find, typed, refusal)))
        }
    };
    Ok(page::page(visit, name, &body, refusal))
}

/// How far it is, and what came of it.
fn stands(w: Words, facts: &Facts, choice: &Choice) -> Markup {
    let needed = rules::needed(choice.way, choice.jurors);
    let mut list = vec![
        (w.t("award-choice-closes"), shown::day(w, &choice.closes)),
        (w.t("award-choice-needed"), html! { (needed) }),
    ];
    if choice.way == Decides::Jury {
        list.push((w.t("award-choice-jurors"), html! { (choice.jurors) }));
    }
    // how many, from the end on; before it would move people to come or to stay away
    if choice.is_over(&facts.today) || choice.state == State::Counted {
        list.push((w.t("award-choice-ballots"), html! { (choice.ballots) }));
    }
    if let Some(day) = &choice.counted {
        list.push((w.t("award-choice-counted-day"), shown::day(w, day)));
    }
    html! {
        (pairs(&list))
        @if !choice.reason.is_empty() {
            (sheet(w.t("award-tie-reason"), &html! { (shown::prose(&choice.reason)) }))
        }
        @if let Some(verdict) = &choice.verdict {
            (acts(&[link_button(Weight::Plain, &format!("/verdicts/{verdict}"), w.t("award-choice-verdict"))]))
        }
        p.small.soft { (w.t("award-choice-secret")) }
    }
}

/// The projects among which is chosen; once it is counted, with how many approved, most first.
fn nominated(w: Words, facts: &Facts) -> Markup {
    let mut list: Vec<&Nominated> = facts.nominated.iter().collect();
    list.sort_by_key(|one| (std::cmp::Reverse(one.approvals.unwrap_or(0)), one.number));
    let counted = facts.choice.as_ref().is_some_and(|choice| choice.state == State::Counted);
    section(
        w.t("award-choice-nominated"),
        &html! {
            @if list.is_empty() { (empty(w.t("award-choice-nobody"), w.t("award-choice-nobody-hint"), None)) }
            @for one in list {
                (sheet(&format!("{}. {}", one.number, one.name), &html! {
                    @if counted {
                        p {
                            @if one.certificate.is_some() { (tag(Tone::Ok, w.t("award-state-given"))) }
                            @else { (tag(Tone::Plain, w.t("award-state-refused"))) }
                            " " (w.n("award-approvals", i64::try_from(one.approvals.unwrap_or(0)).unwrap_or(i64::MAX)))
                        }
                    }
                    div.flow { (shown::prose(&one.words)) }
                    p { a href={ "/seasons/" (facts.season.id) "/projects/" (one.number) "/running" } {
                        (w.t("run-way-progress"))
                    } }
                    @if let Some(number) = &one.certificate {
                        p { a href={ "/certificates/" (number) } {
                            (w.t_with("certificate-number", &[("number", (&certificate::printed(number)).into())]))
                        } }
                    }
                }))
            }
        },
    )
}

fn text<'a>(typed: &'a Pairs, name: &str) -> &'a str {
    typed.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

/// The numbers that were ticked under a name; what is no number is none of the nominated.
fn ticked(typed: &Pairs, name: &str) -> Vec<u32> {
    let values = typed.iter().filter(|(key, _)| key == name);
    values.map(|(_, value)| value.trim().parse().unwrap_or(0)).collect()
}

/// Runs a verb; then the page anew, or again with what was typed.
async fn done<T: Send + 'static>(
    (rim, visit): (&Rim, &Visit),
    of: Of,
    (typed, after): (Pairs, &str),
    verb: impl Fn(&mut Tx<'_>, &mut Context, &SeasonId) -> Result<T, Fault> + Clone + Send + 'static,
) -> Result<Response, Problem> {
    let season = of.0.clone();
    match page::shown(page::act(rim, visit, move |tx, cx| verb(tx, cx, &season)).await)? {
        Ok(_) => Ok(page::to(&format!("{}{after}", page_of(&of.0, &of.1)))),
        Err(refusal) if refusal.code == "not-allowed" => Err(refusal.into()),
        Err(refusal) => whole(rim, visit, of, (&Asked::default(), &typed, Some(&refusal))).await,
    }
}

/// `POST …/jury`: invites, or takes an invitation back.
async fn jury(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Fields(typed): Fields<Pairs>,
) -> Result<Response, Problem> {
    let input = Invite { category: of.1.clone(), person: text(&typed, "person").to_owned() };
    let leaves = text(&typed, "act") == "leave";
    let verb = move |tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId| {
        if leaves { invite::uninvite(tx, cx, season, &input) } else { invite::invite(tx, cx, season, &input) }
    };
    done((&rim, &visit), of, (typed, ""), verb).await
}

/// `POST …/open`: opens it, or gives it more days.
async fn opened(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Fields(typed): Fields<Pairs>,
) -> Result<Response, Problem> {
    let input = OpenChoice { category: of.1.clone(), closes: text(&typed, "closes").to_owned() };
    done((&rim, &visit), of, (typed, ""), move |tx, cx, season| open::open(tx, cx, season, &input)).await
}

/// `POST …/ballot`.
async fn ballot(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Fields(typed): Fields<Pairs>,
) -> Result<Response, Problem> {
    let input = Cast { category: of.1.clone(), approved: ticked(&typed, "for") };
    done((&rim, &visit), of, (typed, "?done=ballot"), move |tx, cx, season| cast::cast(tx, cx, season, &input)).await
}

/// `POST …/count`.
async fn counted(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Fields(typed): Fields<Pairs>,
) -> Result<Response, Problem> {
    let input =
        Count { category: of.1.clone(), chosen: ticked(&typed, "chosen"), reason: text(&typed, "reason").to_owned() };
    done((&rim, &visit), of, (typed, ""), move |tx, cx, season| count::count(tx, cx, season, &input)).await
}
