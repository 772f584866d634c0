//! The rounds of a place.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::{Kind, PlaceId, Refusal};
use places::{Place, web::Listing};
use rights::{Action, may, reach};
use serde::Deserialize;
use ui::{
    Civil, Markup, format, html,
    parts::{Card, Tone, Weight, day, link_button, tag},
};
use web::{Problem, Rim, Visit, optional_id};

use super::{
    super::{
        Round, RoundId, RoundNoun, State as Standing,
        queries::{self, PAGE},
    },
    state,
};
use crate::{law::web::Told, page};

/// Which list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    place: String,
    before: String,
}

/// `GET /rounds`: one statement, two with a place.
pub(super) async fn list(
    State(rim): State<Rim>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let (asked, actor) = (which.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let place: Option<PlaceId> = optional_id(Some(&asked.place));
        let place = match place {
            Some(id) => {
                let found = places::queries::show(s, &id)?;
                Some(found.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
            }
            None => None,
        };
        // at a place, who may there; elsewhere nobody's drafts
        let mine = match &place {
            Some(place) => may(&actor, Action::SeeDuties, &place.site()?),
            None => false,
        };
        let before: Option<RoundId> = optional_id::<RoundNoun>(Some(&asked.before));
        let path = place.as_ref().map(|place| place.path.as_str());
        let list = queries::rounds(s, path, (None, before.as_ref()), mine)?;
        let law = match &place {
            Some(place) => Told::read(s, &place.site()?)?,
            None => None,
        };
        Ok::<_, Fault>((place, law, list))
    });
    let (place, law, list) = read.await?;
    let w = visit.words;
    let says = law.map(|told| told.says(w)).unwrap_or_default();
    Ok(page::page(&visit, w.t("rounds-title"), &listed(&visit, (place.as_ref(), &which, &says), &list), None))
}

/// `says`: by which rules they decide at the place.
fn listed(visit: &Visit, (place, which, says): (Option<&Place>, &Which, &str), list: &[Round]) -> Markup {
    let w = visit.words;
    let works = match place {
        Some(place) => place.site().is_ok_and(|site| may(&visit.actor, Action::MoveMatter, &site)),
        None => visit.actor.principal().is_some_and(|me| !reach(me, Action::MoveMatter).is_empty()),
    };
    let of = place.map_or("", |place| place.id.as_str());
    let new = link_button(Weight::First, &format!("/rounds/new?place={of}"), w.t("round-new"));
    let register = link_button(Weight::Plain, &format!("/registers/{of}"), w.t("register-title"));
    let law = link_button(Weight::Quiet, &format!("/places/{of}/owner-rules"), w.t("law-title"));
    let lead = format!("{} {says}", w.t("rounds-lead"));
    let acts = match (works, place) {
        (true, Some(_)) => vec![new, register, law],
        (true, None) => vec![new],
        (false, Some(_)) => vec![law],
        (false, None) => Vec::new(),
    };
    let hrefs: Vec<String> = list.iter().map(|round| format!("/rounds/{}", round.id)).collect();
    let excerpts: Vec<String> = list.iter().map(|round| format::excerpt(&round.question, 100)).collect();
    let metas: Vec<Vec<Markup>> = (list.iter())
        .map(|round| {
            let mut meta = vec![html! { (w.t(&format!("consent-item-{}", round.item.name()))) }];
            if let Some(outcome) = &round.outcome {
                let (tone, key) =
                    if outcome.passed { (Tone::Ok, "round-passed") } else { (Tone::Plain, "round-failed") };
                meta.push(tag(tone, w.t(key)));
            }
            if round.frozen.units > 0 {
                meta.push(html! { (w.n("round-units-n", round.frozen.units)) });
            }
            if let Some(last) = round.closes.day.as_ref().filter(|_| round.state == Standing::Open) {
                let told = Civil::from(last).long(w.locale());
                meta.push(html! { (w.t_with("round-until-short", &[("day", told.as_str().into())])) });
            }
            meta.push(day(w, round.days.closed.as_ref().or(round.days.opened.as_ref()).unwrap_or(&round.made_day)));
            meta
        })
        .collect();
    let rows = list.iter().enumerate().map(|(at, round)| Card {
        title: &round.title,
        href: &hrefs[at],
        tag: state(w, round.state),
        meta: &metas[at],
        excerpt: &excerpts[at],
    });
    let full = i64::try_from(list.len()).is_ok_and(|n| n >= PAGE);
    let listing = Listing {
        at: "/rounds",
        title: w.t("rounds-title"),
        lead: lead.trim(),
        none: (w.t("rounds-none"), ""),
        place,
        acts: &acts,
        rows: &rows.collect::<Vec<_>>(),
        behind: ("before", &which.before),
        last: list.last().filter(|_| full).map(|last| last.id.to_string()),
    };
    listing.shown(w)
}
