//! The officer's page of a vote: who may vote, letters with codes, the close and the count. Counts only, no names but on
//! letters.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::{Fault, Snapshot};
use kernel::{Kind, Refusal, Site};
use programmes::{
    Phase, Season, SeasonId, Template,
    page::{self, Line},
    season::{queries::season as season_of, queries::site, web::shown},
    template::queries::of_season,
};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, format, html,
    parts::{
        Figure, Head, Input, Tone, Weight, acts, breadcrumb, button, figures, flash, fold, head, notice, paper,
        print_button, qr, sheet, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use crate::commands::{
    self,
    enrol_residents::enrol_residents,
    letters::{self as drawing, Letter},
};

/// Chunks of one press: some thousands of residents, within a request's time.
const CHUNKS: usize = 30;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Done {
    new: Option<u64>,
}

/// Where the next residents begin, and which flats are meant.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct From {
    flat: String,
    after_flat: String,
    after_row: String,
}

struct Facts {
    season: Season,
    template: Template,
    site: Site,
    voters: u64,
    voted: u64,
    codes: u64,
}

fn facts(s: &mut Snapshot<'_>, id: &SeasonId, visit: &Visit) -> Result<Facts, Fault> {
    let season = season_of(s, id)?;
    let site = site(s, &season)?;
    if !may(&visit.actor, Action::Enrol, &site) {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    let template = of_season(s, &season)?;
    // walks the roll: for the few who keep it
    let (voters, voted) = people::store::count(s, id.home(), id.as_str())?;
    let codes = people::store::count_codes(s, id.home(), id.as_str())?;
    Ok(Facts { season, template, site, voters, voted, codes })
}

async fn answer(
    rim: &Rim,
    visit: &Visit,
    id: &SeasonId,
    (note, refusal): (&Markup, Option<&Refusal>),
) -> Result<Response, Problem> {
    let (key, who) = (id.clone(), visit.clone());
    let facts = rim.db.read(move |s| facts(s, &key, &who)).await?;
    let w = visit.words;
    let here = format!("/seasons/{id}");
    let vote = format!("{here}/vote");
    let body = html! {
        (breadcrumb(
            w,
            &[("/seasons", w.t("nav-seasons")), (&here, &facts.season.name), (&vote, w.t("ballot-title"))],
            w.t("vote-roll-title"),
        ))
        (head(&Head { title: w.t("vote-roll-title"), lead: w.t("vote-roll-lead"), ..Head::default() }))
        (shown::tabs(w, &facts.season, &facts.template, "vote"))
        div.stack {
            (note)
            (told(w, refusal))
            (counted(visit, &facts))
            @if facts.season.phase < Phase::Closed { (listing(visit, &facts)) (writing(visit, &facts)) }
            (ending(visit, &facts))
        }
    };
    Ok(page::page(visit, w.t("vote-roll-title"), &body, refusal))
}

fn counted(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let (voters, voted) = (format::count(facts.voters), format::count(facts.voted));
    let (codes, turnout) = (format::count(facts.codes), format::percent(facts.voted, facts.voters));
    let plain = Figure::default();
    html! {
        (figures(&[
            Figure { label: w.t("season-roll"), value: &voters, ..plain },
            Figure { label: w.t("vote-letters-count"), value: &codes, ..plain },
            Figure { label: w.t("season-ballots"), value: &voted, ..plain },
            Figure { label: w.t("turnout-label"), value: &turnout, ..plain },
        ]))
        p.small.soft { (w.t("vote-roll-counts")) }
    }
}

fn listing(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let here = format!("/seasons/{}/vote/roll", facts.season.id);
    sheet(
        w.t("vote-enrol-all-title"),
        &html! {
            p { (w.t("vote-enrol-all-note")) }
            (page::press(visit, &here, &[], Weight::First, w.t("vote-enrol-all")))
        },
    )
}

fn writing(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let flat = Line {
        name: "flat",
        label: w.t("vote-letters-flat"),
        hint: w.t("vote-letters-flat-hint"),
        value: "",
        input: Input::Line,
        most: 40,
        required: false,
    };
    let body = html! {
        p { (w.t("vote-letters-note")) }
        (flat.show(w, None))
        (acts(&[button(Weight::Plain, w.t("vote-letters"))]))
    };
    let to = format!("/seasons/{}/vote/letters", facts.season.id);
    sheet(w.t("vote-letters-title"), &page::form(visit, &to, &[], &body))
}

/// The close and the count, for who runs the season.
fn ending(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let base = format!("/seasons/{}/vote", facts.season.id);
    let runs = may(&visit.actor, Action::RunSeason, &facts.site);
    let publishes = may(&visit.actor, Action::PublishVerdict, &facts.site);
    html! {
        @if facts.season.phase == Phase::Voting && runs {
            // it cannot be undone, so the button is not where a hand slips
            (fold(w.t("vote-close-title"), &html! {
                p { (w.t("vote-close-note")) }
                p { a href={ (base) "/papers" } { (w.t("papers-title")) } }
                (page::press(visit, &format!("{base}/close"), &[], Weight::Danger, w.t("vote-close")))
            }))
        }
        @if facts.season.phase == Phase::Closed && publishes {
            (sheet(w.t("vote-count-title"), &html! {
                p { (w.t("vote-count-note")) }
                (page::press(visit, &format!("{base}/publish"), &[], Weight::First, w.t("vote-count")))
            }))
        }
    }
}

/// `GET /seasons/{season}/vote/roll`: six statements.
pub(crate) async fn show(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let note = match done.new {
        Some(new) => flash(Tone::Ok, &visit.words.n("vote-enrolled", u32::try_from(new).unwrap_or(u32::MAX))),
        None => html! {},
    };
    answer(&rim, &visit, &id, (&note, None)).await
}

/// `POST /seasons/{season}/vote/roll`: puts the residents of the place on the roll, chunk by chunk. Pressed again, it
/// begins again and finds those who are there.
pub(crate) async fn enrol(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(from): Fields<From>,
) -> Result<Response, Problem> {
    let (mut after, mut new) = ((from.after_flat, from.after_row), 0);
    for _ in 0..CHUNKS {
        let (season, at) = (id.clone(), after.clone());
        let done = page::act(&rim, &visit, move |tx, cx| enrol_residents(tx, cx, &season, (&at.0, &at.1))).await;
        let chunk = match page::shown(done)? {
            Ok(chunk) => chunk,
            Err(refusal) => return answer(&rim, &visit, &id, (&html! {}, Some(&refusal))).await,
        };
        new += chunk.new;
        match chunk.after {
            Some(next) => after = next,
            None => return Ok(page::to(&format!("/seasons/{id}/vote/roll?new={new}"))),
        }
    }
    let w = visit.words;
    let hidden = [("after_flat", after.0.as_str()), ("after_row", after.1.as_str())];
    let here = format!("/seasons/{id}/vote/roll");
    let note = notice(
        w,
        Tone::Due,
        "",
        &html! {
            p { (w.n("vote-enrolled", u32::try_from(new).unwrap_or(u32::MAX))) " " (w.t("vote-enrol-more")) }
            (page::press(&visit, &here, &hidden, Weight::First, w.t("vote-enrol-go-on")))
        },
    );
    answer(&rim, &visit, &id, (&note, None)).await
}

/// `POST /seasons/{season}/vote/letters`: a page of letters for the printer. The codes stand here and nowhere else, so
/// that there is nothing to come back to: the page drawn again has other codes.
pub(crate) async fn letters(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(from): Fields<From>,
) -> Result<Response, Problem> {
    let (season, at) = (id.clone(), from.clone());
    let cx = rim.context_of(&visit);
    let drawn = rim
        .db
        .write(move |tx| drawing::letters(tx, &mut cx.clone(), &season, &at.flat, (&at.after_flat, &at.after_row)));
    let list = match page::shown(drawn.await)? {
        Ok(list) => list,
        Err(refusal) => return answer(&rim, &visit, &id, (&html! {}, Some(&refusal))).await,
    };
    let key = id.clone();
    let season = rim.db.read(move |s| season_of(s, &key)).await?;
    let body = printed(&visit, &season, &from, &list);
    Ok(page::page(&visit, visit.words.t("vote-letters-title"), &body, None))
}

fn printed(visit: &Visit, season: &Season, from: &From, list: &[Letter]) -> Markup {
    let w = visit.words;
    let vote = format!("/seasons/{}/vote", season.id);
    let roll = format!("{vote}/roll");
    let url = format!("{}{vote}", visit.origin);
    let full = i64::try_from(list.len()).is_ok_and(|n| n >= drawing::PAGE);
    html! {
        (breadcrumb(w, &[(&vote, &season.name), (&roll, w.t("vote-roll-title"))], w.t("vote-letters-title")))
        (head(&Head { title: w.t("vote-letters-title"), lead: w.t("vote-letters-once"), ..Head::default() }))
        div.stack {
            @if list.is_empty() { (notice(w, Tone::Due, "", &html! { p { (w.t("vote-letters-none")) } })) }
            (acts(&[print_button(w)]))
            @for letter in list { (of_one(visit, season, &url, letter)) }
            @if let Some(last) = list.last().filter(|_| full) {
                @let hidden = [("flat", from.flat.as_str()), ("after_flat", &last.to.flat), ("after_row", last.to.row.as_str())];
                (page::press(visit, &format!("{vote}/letters"), &hidden, Weight::Plain, w.t("vote-letters-next")))
            }
        }
    }
}

fn of_one(visit: &Visit, season: &Season, url: &str, letter: &Letter) -> Markup {
    let w = visit.words;
    let to = [
        (w.t("vote-letter-to"), html! { (letter.to.place) " " (letter.to.flat) " " (letter.to.name) }),
        (w.t("vote-code"), html! { strong.num translate="no" { (letter.code) } }),
    ];
    paper(
        w.t("vote-letter-title"),
        &season.name,
        &to,
        &html! {
            p { (w.t("vote-letter-how")) }
            div.find { (qr(url, w.t("vote-go"))) p.small { span.url translate="no" { (url) } } }
            p.small { (w.t("vote-letter-secret")) }
        },
    )
}

/// `POST /seasons/{season}/vote/close`.
pub(crate) async fn close(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(From { .. }): Fields<From>,
) -> Result<Response, Problem> {
    let season = id.clone();
    let cx = rim.context_of(&visit);
    let done = rim.db.write(move |tx| commands::close::close(tx, &mut cx.clone(), &season)).await;
    match page::shown(done)? {
        Ok(()) => Ok(page::to(&format!("/seasons/{id}/vote/roll"))),
        Err(refusal) => answer(&rim, &visit, &id, (&html! {}, Some(&refusal))).await,
    }
}

/// `POST /seasons/{season}/vote/publish`: counts and publishes, then to the result.
pub(crate) async fn publish(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<SeasonId>,
    Fields(From { .. }): Fields<From>,
) -> Result<Response, Problem> {
    match page::shown(crate::api::count_and_publish(&rim, &visit, &id).await)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{id}/result"))),
        Err(refusal) => answer(&rim, &visit, &id, (&html! {}, Some(&refusal))).await,
    }
}
