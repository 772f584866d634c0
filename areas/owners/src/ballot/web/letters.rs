//! Letters with codes for the printer, by building; and a code for one unit at the desk.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::Refusal;
use ui::{
    Markup, html,
    parts::{
        Choice, Field, Head, Input, Tone, Weight, acts, button, day, head, notice, paper, print_button, qr, select,
        sheet, text, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::{
    super::letters::{self as drawing, Letter, PAGE, To},
    for_typists,
};
use crate::{
    page::{self, Typed, field, typed},
    round::{RoundId, web::One},
    visit::queries::totals,
};

struct Facts {
    one: One,
    buildings: Vec<String>,
    online: bool,
}

async fn facts(rim: &Rim, visit: &Visit, id: &RoundId) -> Result<Facts, Problem> {
    let one = for_typists(rim, visit, id).await?;
    let (of, today, channels) = (id.clone(), rim.context_of(visit).day, one.round.clone());
    let read = rim.db.read(move |s| {
        let buildings = totals(s, &of)?.into_iter().map(|one| one.building).collect();
        Ok::<_, Fault>((buildings, channels.channels(&today)?.contains(&consent::Channel::Online)))
    });
    let (buildings, online) = read.await?;
    Ok(Facts { one, buildings, online })
}

/// `GET /rounds/{round}/letters`: three statements.
pub(super) async fn ask(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<RoundId>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id).await?;
    Ok(ask_page(&visit, &facts, (&Typed::new(), None)))
}

fn ask_page(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Response {
    let (w, one) = (visit.words, &f.one);
    let here = format!("{}/letters", one.here());
    let names: Vec<Choice<'_>> = f.buildings.iter().map(|name| Choice { value: name, label: name, more: "" }).collect();
    let building = Field {
        name: "building",
        label: w.t("register-building"),
        value: typed(fields, "building"),
        required: true,
        ..Field::default()
    };
    let unit = field(w, ("unit", "register-unit", "letters-one-hint"), typed(fields, "unit"), (true, refusal));
    let many = html! { (select(w, &building, &names)) (acts(&[button(Weight::First, w.t("vote-letters"))])) };
    let desk = html! {
        (text(w, &unit, Input::Line, Some(40)))
        (acts(&[button(Weight::Plain, w.t("poll-desk-code"))]))
    };
    let body = html! {
        (one.way(w, w.t("vote-letters-title")))
        (head(&Head {
            title: w.t("vote-letters-title"),
            lead: w.t(if f.online { "letters-lead" } else { "letters-lead-survey" }),
            ..Head::default()
        }))
        div.stack {
            (told(w, refusal))
            (sheet(w.t("letters-by-building"), &html! {
                p { (w.t("vote-letters-note")) }
                (page::form(visit, &here, &[], &many))
            }))
            (sheet(w.t("letters-one"), &page::form(visit, &here, &[], &desk)))
        }
    };
    page::page(visit, w.t("vote-letters-title"), &body, refusal)
}

/// `POST /rounds/{round}/letters`: a page of letters. The codes stand here and nowhere else, so that there is nothing to come
/// back to: the page drawn again has other codes.
pub(super) async fn draw(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<RoundId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = |name: &str| typed(&fields, name).trim().to_owned();
    let (building, unit) = (of("building"), of("unit"));
    let after: u32 = of("after").parse().unwrap_or(0);
    let (round, cx, asked) = (id.clone(), rim.context_of(&visit), building.clone());
    let drawn = rim.db.write(move |tx| {
        let to = if unit.is_empty() { To::Building(&asked, after) } else { To::One(&unit) };
        drawing::letters(tx, &mut cx.clone(), &round, to)
    });
    // a door that is not there is said on the form, so that what was typed is kept
    let drawn = match drawn.await {
        Err(Fault::Refused(refusal)) if refusal.code == "door-not-found" => Ok(Err(refusal)),
        other => page::shown(other),
    };
    let facts = facts(&rim, &visit, &id).await?;
    Ok(match drawn? {
        Ok(list) => {
            page::page(&visit, visit.words.t("vote-letters-title"), &printed(&visit, &facts, (&building, &list)), None)
        }
        Err(refusal) => ask_page(&visit, &facts, (&fields, Some(&refusal))),
    })
}

fn printed(visit: &Visit, f: &Facts, (building, list): (&str, &[Letter])) -> Markup {
    let (w, one) = (visit.words, &f.one);
    let full = i64::try_from(list.len()).is_ok_and(|n| n >= PAGE);
    html! {
        (one.way(w, w.t("vote-letters-title")))
        (head(&Head { title: w.t("vote-letters-title"), lead: w.t("vote-letters-once"), ..Head::default() }))
        div.stack {
            @if list.is_empty() { (notice(w, Tone::Due, "", &html! { p { (w.t("letters-none")) } })) }
            @else { (acts(&[print_button(w)])) }
            @for letter in list { (of_one(visit, f, letter)) }
            @if let Some(last) = list.last().filter(|_| full) {
                @let after = last.door.number.to_string();
                (page::press(visit, &format!("{}/letters", one.here()), &[("building", building), ("after", &after)],
                    Weight::Plain, w.t("vote-letters-next")))
            }
        }
    }
}

fn of_one(visit: &Visit, f: &Facts, letter: &Letter) -> Markup {
    let (w, one) = (visit.words, &f.one);
    let url = format!("{}{}/{}?by=code", visit.origin, one.here(), if f.online { "vote" } else { "survey" });
    let to = w.t_with("letters-to", &[("unit", letter.door.unit.as_str().into())]);
    let mut facts = vec![
        (w.t("vote-letter-to"), html! { (to) }),
        (w.t("vote-code"), html! { strong.num translate="no" { (letter.code) } }),
    ];
    if let Some(last) = &one.round.closes.day {
        facts.push((w.t("round-vote-until"), day(w, last)));
    }
    let body = html! {
        @if !f.online { p { strong { (w.t("survey-no-vote")) } } }
        p { (one.round.question) }
        p { (w.t(if f.online { "letters-how" } else { "letters-how-survey" })) }
        div.find { (qr(&url, w.t("vote-go"))) p.small { span.url translate="no" { (url) } } }
        p.small { (w.t("vote-letter-secret")) }
    };
    paper(&one.round.title, &one.place.shown, &facts, &body)
}
