//! Letters with codes for the printer, building by building, and a code for one person at the desk.

use axum::{
    extract::{Query, State as From},
    response::Response,
};
use db::Fault;
use kernel::{Kind, Refusal};
use people::VoterKey;
use serde::Deserialize;
use ui::{
    Markup, Words, format, html,
    parts::{
        Column, Field, Figure, Input, Table, Tone, Weight, acts, button, empty, figures, flash, link_button, notice,
        paper, print_button, qr, sheet, table, text, told,
    },
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit,
    page::{act, form, press, shown, to},
};

use super::{One, answer, one, result::top};
use crate::{
    PollId, State, queries,
    roll::{
        Listed,
        letters::{self as drawing, Letter, PAGE, To},
        returned as returning,
        store::Building,
    },
};

/// What the page is asked for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// Set when a letter was just noted as having come back.
    noted: String,
    /// Behind which returned letter the list begins.
    after_flat: String,
    after: String,
}

/// Where the next letters begin, and who is meant: a building, flats, or one voter.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    /// `building`: who was sent none there; `all`: anywhere; else flats.
    without: String,
    building: String,
    flat: String,
    after_flat: String,
    after: String,
    voter: String,
}

struct Facts {
    one: One,
    buildings: Vec<Building>,
    returned: Vec<Listed>,
}

/// `GET /polls/{poll}/letters`: four statements.
pub(crate) async fn show(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    page(&rim, &visit, &id, (&asked, None)).await
}

async fn page(
    rim: &Rim,
    visit: &Visit,
    id: &PollId,
    (asked, refusal): (&Asked, Option<&Refusal>),
) -> Result<Response, Problem> {
    let (key, actor) = (id.clone(), visit.actor.clone());
    let (after, flat) = (VoterKey::from_hex(&asked.after), asked.after_flat.clone());
    let facts = rim.db.read(move |s| {
        let one = One::inside(s, &actor, &key)?;
        let behind: (&str, &[u8]) = after.as_ref().map_or(("", &[]), |voter| (&flat, &voter.0));
        let (buildings, returned) = (queries::letters(s, &key)?, queries::returned_letters(s, &key, behind)?);
        Ok::<_, Fault>(Facts { one, buildings, returned })
    });
    let facts = facts.await?;
    let w = visit.words;
    let open = matches!(facts.one.poll.state, State::Roll | State::Open);
    let body = html! {
        (top(&facts.one, w, (w.t("vote-letters-title"), w.t("poll-letters-lead"))))
        div.stack {
            @if !asked.noted.is_empty() { (flash(Tone::Ok, w.t("poll-letter-noted"))) }
            (told(w, refusal))
            (counted(w, &facts.one.here(), &facts.buildings))
            @if open {
                (by_building(visit, &facts))
                (again(visit, &facts))
            }
            (came_back(visit, &facts, open))
        }
    };
    Ok(answer(visit, w.t("vote-letters-title"), &body, refusal))
}

/// How many letters there are; each figure leads to the page of letters.
pub(super) fn counted(w: Words, here: &str, buildings: &[Building]) -> Markup {
    let sum = |of: fn(&Building) -> u64| format::count(buildings.iter().map(of).sum::<u64>());
    let values = [sum(|b| b.printed), sum(|b| b.again), sum(|b| b.returned), sum(|b| b.without)];
    let labels = ["poll-letters-printed", "poll-letters-again", "poll-letters-returned", "poll-letters-without"];
    let (list, back) = (format!("{here}/letters#buildings"), format!("{here}/letters#returned"));
    let links = [&list, &list, &back, &list];
    let all: Vec<Figure<'_>> = (labels.iter().zip(&values).zip(links))
        .map(|((key, value), href)| Figure { label: w.t(key), value, href: Some(href), ..Figure::default() })
        .collect();
    figures(&all)
}

fn by_building(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let to = format!("{}/letters", facts.one.here());
    let columns = [
        Column::text(w.t("poll-letters-building")),
        Column::number(w.t("poll-voters")),
        Column::number(w.t("poll-letters-printed")),
        Column::number(w.t("poll-letters-returned")),
        Column::number(w.t("poll-letters-without")),
        Column::text(w.t("poll-letters-print")),
    ];
    let row = |building: &Building| -> Vec<Markup> {
        let name = if building.name.is_empty() { w.t("poll-letters-no-building") } else { &building.name };
        let hidden = [("without", "building"), ("building", building.name.as_str())];
        let now = i64::try_from(building.without).unwrap_or(i64::MAX).min(PAGE);
        vec![
            html! { (name) },
            html! { (format::count(building.voters)) },
            html! { (format::count(building.printed)) },
            html! { (format::count(building.returned)) },
            html! { (format::count(building.without)) },
            html! {
                @if now == 0 { (w.t("poll-letters-done")) }
                @else { (press(visit, &to, &hidden, Weight::Plain, &w.n("poll-letters-print-n", now))) }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = facts.buildings.iter().map(row).collect();
    let caption = w.t("poll-letters-buildings");
    html! {
        div id="buildings" {
            @if rows.is_empty() { (empty(w.t("vote-letters-none"), "", None)) }
            @else { (table(w, &Table { id: "by-building", caption, columns: &columns, rows: &rows })) }
        }
    }
}

/// Letters anew for flats, whoever had one.
fn again(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let flat = Field {
        name: "flat",
        label: w.t("vote-letters-flat"),
        hint: w.t("vote-letters-flat-hint"),
        ..Field::default()
    };
    let fields = html! {
        p { (w.t("poll-letters-again-note")) }
        (text(w, &flat, Input::Line, Some(80)))
        (acts(&[button(Weight::Plain, w.t("vote-letters"))]))
    };
    sheet(w.t("poll-letters-again-title"), &form(visit, &format!("{}/letters", facts.one.here()), &[], &fields))
}

/// Letters that came back, a page of them.
fn came_back(visit: &Visit, facts: &Facts, open: bool) -> Markup {
    let w = visit.words;
    let here = format!("{}/letters", facts.one.here());
    let full = i64::try_from(facts.returned.len()).is_ok_and(|n| n >= queries::PAGE);
    let title = w.t("poll-letters-came-back");
    html! {
        div id="returned" {
            @if facts.returned.is_empty() {
                (empty(w.t("poll-letters-came-back-none"), w.t("poll-letters-came-back-none-hint"), None))
            } @else {
                (sheet(title, &html! {
                    @for row in &facts.returned {
                        @let voter = row.voter.to_hex();
                        p { (row.flat) " " (row.name) @if row.voted { " · " (w.t("poll-has-voted")) } }
                        @if open && !row.voted {
                            (press(visit, &here, &[("voter", &voter)], Weight::Plain, w.t("poll-letter-print-one")))
                        }
                    }
                    @if let Some(last) = facts.returned.last().filter(|_| full) {
                        @let next = format!("{here}?after_flat={}&after={}#returned", web::in_query(&last.flat), last.voter.to_hex());
                        (acts(&[link_button(Weight::Plain, &next, w.t("poll-letters-next"))]))
                    }
                }))
            }
        }
    }
}

/// `POST /polls/{poll}/letters`: a page of letters. The codes stand here and nowhere else, so that there is nothing to come
/// back to: the page drawn again has other codes.
pub(crate) async fn letters(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(which): Fields<Which>,
) -> Result<Response, Problem> {
    let none = || Refusal::new(Kind::NotFound, "not-on-the-roll");
    let voter = match which.voter.as_str() {
        "" => None,
        text => Some(VoterKey::from_hex(text).ok_or_else(none)?),
    };
    let (poll, asked, cx) = (id.clone(), which.clone(), rim.context_of(&visit));
    let drawn = rim.db.write(move |tx| {
        let after = VoterKey::from_hex(&asked.after);
        let behind: (&str, &[u8]) = match &after {
            Some(key) => (&asked.after_flat, &key.0),
            None => ("", &[]),
        };
        let to = match asked.without.as_str() {
            _ if voter.is_some() => voter.map_or(To::Without(None), To::One),
            "building" => To::Without(Some(&asked.building)),
            "all" => To::Without(None),
            _ => To::Flats(asked.flat.trim(), behind),
        };
        drawing::letters(tx, &mut cx.clone(), &poll, to)
    });
    let list = match shown(drawn.await)? {
        Ok(list) => list,
        // there is one form for each person: what is refused is said on the roll's page
        Err(refusal) if refusal.code == "already-voted" => return Ok(to(&format!("/polls/{id}/roll"))),
        Err(refusal) => return Err(refusal.into()),
    };
    let one = one(&rim, &visit, &id).await?;
    let body = printed(&visit, &one, &which, &list);
    Ok(answer(&visit, visit.words.t("vote-letters-title"), &body, None))
}

/// A letter that came back, as the form of the roll's page sends it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Returned {
    voter: String,
}

/// `POST /polls/{poll}/letters/returned`.
pub(crate) async fn returned(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(sent): Fields<Returned>,
) -> Result<Response, Problem> {
    let none = || Refusal::new(Kind::NotFound, "not-on-the-roll");
    let voter = VoterKey::from_hex(&sent.voter).ok_or_else(none)?;
    let poll = id.clone();
    let done = act(&rim, &visit, move |tx, cx| returning::returned(tx, cx, &poll, voter)).await;
    match shown(done)? {
        Ok(()) => Ok(to(&format!("/polls/{id}/letters?noted=1"))),
        Err(refusal) if refusal.code == "not-allowed" => Err(refusal.into()),
        Err(refusal) => page(&rim, &visit, &id, (&Asked::default(), Some(&refusal))).await,
    }
}

fn printed(visit: &Visit, one: &One, which: &Which, list: &[Letter]) -> Markup {
    let w = visit.words;
    let url = format!("{}{}/vote", visit.origin, one.here());
    let n = i64::try_from(list.len()).unwrap_or(i64::MAX);
    let lead = w.n("poll-letters-batch", n);
    let back = format!("{}/letters", one.here());
    html! {
        (top(one, w, (w.t("vote-letters-title"), &lead)))
        div.stack {
            @if list.is_empty() { (notice(w, Tone::Due, "", &html! { p { (w.t("vote-letters-none")) } })) }
            (acts(&[print_button(w), link_button(Weight::Plain, &back, w.t("btn-back"))]))
            @for letter in list { (of_one(visit, one, &url, letter)) }
            @if let Some(last) = list.last().filter(|_| n >= PAGE) {
                @let voter = last.to.voter.to_hex();
                @let hidden = [
                    ("without", which.without.as_str()), ("building", &which.building), ("flat", &which.flat),
                    ("after_flat", &last.to.flat), ("after", &voter),
                ];
                (press(visit, &back, &hidden, Weight::Plain, w.t("poll-letters-next")))
            }
        }
    }
}

fn of_one(visit: &Visit, one: &One, url: &str, letter: &Letter) -> Markup {
    let w = visit.words;
    let to = [
        (w.t("vote-letter-to"), html! { (letter.to.flat) " " (letter.to.name) }),
        (w.t("vote-code"), html! { strong.num translate="no" { (letter.code) } }),
    ];
    paper(
        w.t("vote-letter-title"),
        &one.poll.title,
        &to,
        &html! {
            p { (w.t(if one.poll.takes_papers() { "poll-letter-how" } else { "poll-letter-how-desk" })) }
            div.find { (qr(url, w.t("vote-go"))) p.small { span.url translate="no" { (url) } } }
            p.small { (w.t("vote-letter-secret")) }
        },
    )
}
