//! The form of a draft.

use axum::{
    extract::{Query, State},
    response::Response,
};
use consent::{Item, Rules};
use db::Fault;
use kernel::Refusal;
use places::Level;
use rights::Action;
use serde::Deserialize;
use ui::{
    html,
    parts::{
        Choice, Head, Input, Tone, Weight, acts, breadcrumb, button, head, notice, select, sheet, text, textarea, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit, optional_id};

use super::{
    super::{
        Later, Meeting, OWN_RULES, Round, RoundId, State as Standing, Terms,
        draft::{self, DraftRound},
        rules,
    },
    One,
};
use crate::{
    law::web::Told,
    page::{self, Typed, field, typed},
};

/// Where the form is asked from.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct From {
    place: String,
}

/// `GET /rounds/new`.
pub(super) async fn blank(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Query(from): Query<From>,
) -> Result<Response, Problem> {
    let first = [("rules", "cn"), ("later", "refuse"), ("item", "use-fund"), ("meeting", "regular")];
    let mut fields: Typed = first.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    fields.insert("place".to_owned(), from.place);
    let law = law(&rim, typed(&fields, "place")).await?;
    let rules = law.as_ref().map_or(("cn", ""), |told| (&told.law.rules, &told.law.rules_text));
    fields.insert("closes".to_owned(), usual_end(&rim, &visit, rules)?);
    fields.insert("once".to_owned(), rim.once());
    form(&rim, &visit, (&fields, None)).await
}

/// The rules that are set for a place.
async fn law(rim: &Rim, place: &str) -> Result<Option<Told>, Problem> {
    let Some(place) = optional_id::<kernel::PlaceNoun>(Some(place.trim())) else { return Ok(None) };
    let read = rim.db.read(move |s| match places::queries::site(s, &place)? {
        Some(site) => Told::read(s, &site),
        None => Ok::<_, Fault>(None),
    });
    Ok(read.await?)
}

/// The last day with which the form begins.
fn usual_end(rim: &Rim, visit: &Visit, rules: (&str, &str)) -> Result<String, Problem> {
    let today = rim.context_of(visit).day;
    let terms = Terms::by(rules, Meeting::Regular, &today).map_err(Fault::from)?;
    Ok(terms.usual_end(&today).to_string())
}

/// The places that the form offers: estates and what holds them.
async fn choices(rim: &Rim, visit: &Visit, asked: &str) -> Result<Vec<(String, String)>, Problem> {
    let (asked, actor) = (asked.to_owned(), visit.actor.clone());
    let found = rim.db.read(move |s| places::offered(s, &actor, Action::MoveMatter, &asked)).await?;
    let found = found.into_iter().filter(|place| place.level <= Level::Estate);
    Ok(found.map(|place| (place.id.to_string(), place.shown)).collect())
}

async fn form(rim: &Rim, visit: &Visit, (fields, refusal): (&Typed, Option<&Refusal>)) -> Result<Response, Problem> {
    let places = choices(rim, visit, typed(fields, "place")).await?;
    let law = law(rim, typed(fields, "place")).await?;
    let w = visit.words;
    let places: Vec<Choice<'_>> = places.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let inner = html! {
        (told(w, refusal))
        (select(w, &field(w, ("place", "round-field-place", ""), typed(fields, "place"), (true, refusal)), &places))
        (body(visit, (fields, refusal), law.as_ref()))
        (acts(&[button(Weight::First, w.t("round-draft"))]))
    };
    let body = html! {
        (breadcrumb(w, &[("/rounds", w.t("rounds-title"))], w.t("round-new")))
        (head(&Head { title: w.t("round-new"), lead: w.t("round-new-lead"), ..Head::default() }))
        (sheet("", &page::form(visit, "/rounds", &[("once", typed(fields, "once"))], &inner)))
    };
    Ok(page::page(visit, w.t("round-new"), &body, refusal))
}

/// Everything but the place.
fn body(visit: &Visit, (fields, refusal): (&Typed, Option<&Refusal>), law: Option<&Told>) -> ui::Markup {
    let w = visit.words;
    let of = |name: &'static str, label, hint, required| {
        field(w, (name, label, hint), typed(fields, name), (required, refusal))
    };
    let items: Vec<(String, &str)> =
        Item::ALL.iter().map(|item| (item.name().to_owned(), w.t(&format!("consent-item-{}", item.name())))).collect();
    let items: Vec<Choice<'_>> = items.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let rules = Rules::builtin_names().chain([OWN_RULES]);
    let rules: Vec<Choice<'_>> =
        rules.map(|value| Choice { value, label: w.t(&format!("round-rules-{value}")), more: "" }).collect();
    let later = Later::ALL.iter().map(|later| Choice {
        value: later.as_str(),
        label: w.t(&format!("round-later-{}", later.as_str())),
        more: "",
    });
    let later: Vec<Choice<'_>> = later.collect();
    let meetings = Meeting::ALL.iter().map(|meeting| Choice {
        value: meeting.as_str(),
        label: w.t(&format!("round-meeting-{}", meeting.as_str())),
        more: "",
    });
    let meetings: Vec<Choice<'_>> = meetings.collect();
    html! {
        (text(w, &of("title", "round-field-title", "round-field-title-hint", true), Input::Line, Some(80)))
        (select(w, &of("item", "round-field-item", "round-field-item-hint", true), &items))
        (textarea(w, &of("question", "round-field-question", "round-field-question-hint", true), 5, Some(2_000)))
        (text(w, &of("cost", "round-field-cost", "round-field-cost-hint", false), Input::Number, Some(20)))
        (textarea(w, &of("buildings", "round-field-buildings", "round-field-buildings-hint", false), 2, Some(1_300)))
        @if let Some(told) = law { (notice(w, Tone::Plain, w.t("round-field-rules"), &html! { p { (told.says(w)) } })) }
        @else {
            (select(w, &of("rules", "round-field-rules", "round-field-rules-hint", true), &rules))
            (textarea(w, &of("rules_text", "round-field-rules-text", "round-field-rules-text-hint", false), 3, None))
        }
        (select(w, &of("meeting", "round-field-meeting", "round-field-meeting-hint", true), &meetings))
        (select(w, &of("later", "round-field-later", "round-field-later-hint", true), &later))
        (text(w, &of("closes", "round-field-closes", "round-field-closes-hint", true), Input::Day, Some(10)))
        (text(w, &of("law_day", "round-field-law-day", "round-field-law-day-hint", false), Input::Day, Some(10)))
        (text(w, &of("matter", "round-field-matter", "round-field-matter-hint", false), Input::Line, Some(40)))
    }
}

fn input(fields: &Typed) -> DraftRound {
    let of = |name: &str| typed(fields, name).to_owned();
    DraftRound {
        place: of("place"),
        item: of("item"),
        title: of("title"),
        question: of("question"),
        cost: of("cost"),
        buildings: of("buildings"),
        rules: of("rules"),
        rules_text: of("rules_text"),
        later: of("later"),
        meeting: of("meeting"),
        law_day: of("law_day"),
        closes: of("closes"),
        matter: of("matter"),
        once: of("once"),
    }
}

/// `POST /rounds`.
pub(super) async fn draft(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let mut new = input(&fields);
    // chosen before the place was
    if law(&rim, &new.place).await?.is_some() {
        new.rules.clear();
    }
    match page::shown(page::act(&rim, &visit, move |tx, cx| draft::draft(tx, cx, &new)).await)? {
        Ok(round) => Ok(page::to(&format!("/rounds/{}", round.id))),
        Err(refusal) => form(&rim, &visit, (&fields, Some(&refusal))).await,
    }
}

async fn one(rim: &Rim, visit: &Visit, id: &RoundId) -> Result<(One, String, Option<Told>), Problem> {
    let (id, actor) = (id.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?.for_office(&actor)?;
        rules::expect(&one.round, &[Standing::Draft])?;
        let matter = match &one.round.matter {
            Some(matter) => matters::matter::queries::matter(s, matter)?.number,
            None => String::new(),
        };
        let law = Told::read(s, &one.place.site()?)?;
        Ok::<_, Fault>((one, matter, law))
    });
    Ok(read.await?)
}

/// `GET /rounds/{round}/change`.
pub(super) async fn again(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<RoundId>,
) -> Result<Response, Problem> {
    let (one, matter, law) = one(&rim, &visit, &id).await?;
    let usual = usual_end(&rim, &visit, (&one.round.rules, &one.round.rules_text))?;
    let fields = kept(&one.round, matter, usual);
    Ok(change_page(&visit, (&one, law.as_ref()), (&fields, None)))
}

fn kept(round: &Round, matter: String, usual: String) -> Typed {
    let closes = round.closes.day.as_ref().map_or(usual, ToString::to_string);
    let fields = [
        ("item", round.item.name().to_owned()),
        ("title", round.title.clone()),
        ("question", round.question.clone()),
        ("cost", round.cost.map(|cost| cost.to_string()).unwrap_or_default()),
        ("buildings", round.buildings.join("\n")),
        ("rules", round.rules.clone()),
        ("rules_text", round.rules_text.clone()),
        ("later", round.later.as_str().to_owned()),
        ("meeting", round.meeting.as_str().to_owned()),
        ("law_day", round.law_day.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("closes", closes),
        ("matter", matter),
    ];
    fields.map(|(name, value)| (name.to_owned(), value)).into()
}

fn change_page(
    visit: &Visit,
    (one, law): (&One, Option<&Told>),
    (fields, refusal): (&Typed, Option<&Refusal>),
) -> Response {
    let w = visit.words;
    let inner = html! {
        (told(w, refusal))
        (body(visit, (fields, refusal), law))
        (acts(&[button(Weight::First, w.t("round-keep"))]))
    };
    let body = html! {
        (one.way(w, w.t("round-change")))
        (head(&Head { title: w.t("round-change"), ..Head::default() }))
        (sheet("", &page::form(visit, &format!("{}/change", one.here()), &[], &inner)))
    };
    page::page(visit, w.t("round-change"), &body, refusal)
}

/// `POST /rounds/{round}/change`.
pub(super) async fn change(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<RoundId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let (new, of) = (input(&fields), id.clone());
    match page::shown(page::act(&rim, &visit, move |tx, cx| draft::change(tx, cx, &of, &new)).await)? {
        Ok(_) => Ok(page::to(&format!("/rounds/{id}"))),
        Err(refusal) => {
            let (one, _, law) = one(&rim, &visit, &id).await?;
            Ok(change_page(&visit, (&one, law.as_ref()), (&fields, Some(&refusal))))
        }
    }
}
