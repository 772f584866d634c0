//! The page of a place's rule set: what holds there, since when, and for officers the form that sets it.

use axum::{Router, extract::State, response::Response, routing::get};
use consent::Rules;
use db::{Fault, Snapshot};
use kernel::{Kind, PlaceId, Refusal};
use places::Place;
use rights::{Action, may};
use ui::{
    Civil, Markup, Words, html,
    parts::{
        Choice, Field, Head, Tone, Weight, acts, breadcrumb, button, code, fold, head, notice, select, sheet, textarea,
        told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use super::{
    Law, queries,
    set::{self, SetLaw},
};
use crate::{
    page::{self, Typed, field, typed},
    round::OWN_RULES,
};

/// The routes of the page.
pub fn routes() -> Router<Rim> {
    Router::new().route("/places/{place}/owner-rules", get(show).post(keep))
}

/// A rule set with the name of the place for which it was set.
#[derive(Debug)]
pub(crate) struct Told {
    pub law: Law,
    name: String,
}

impl Told {
    /// Two statements, one where none is set.
    pub fn read(s: &mut Snapshot<'_>, site: &kernel::Site) -> Result<Option<Told>, Fault> {
        let Some(law) = queries::at(s, site)? else { return Ok(None) };
        let name = places::queries::show(s, &law.place)?.map(|place| place.shown).unwrap_or_default();
        Ok(Some(Told { law, name }))
    }

    /// Which set, for which place, since when.
    pub fn says(&self, w: Words) -> String {
        let (rules, since) = (w.t(&format!("round-rules-{}", self.law.rules)), Civil::from(&self.law.set_day));
        let since = since.long(w.locale());
        let args = [("rules", rules.into()), ("place", self.name.as_str().into()), ("day", since.as_str().into())];
        w.t_with("law-holds", &args)
    }
}

struct Facts {
    place: Place,
    told: Option<Told>,
    sets: bool,
}

async fn facts(rim: &Rim, visit: &Visit, id: &PlaceId) -> Result<Facts, Problem> {
    let (id, actor) = (id.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let place = places::queries::show(s, &id)?;
        let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
        let site = place.site()?;
        let sets = may(&actor, Action::ChangePlaces, &site);
        Ok::<_, Fault>(Facts { told: Told::read(s, &site)?, place, sets })
    });
    Ok(read.await?)
}

/// `GET /places/{place}/owner-rules`: three statements.
async fn show(State(rim): State<Rim>, visit: Visit, PathId(id): PathId<PlaceId>) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id).await?;
    Ok(shown(&visit, &facts, (None, None)))
}

fn shown(visit: &Visit, f: &Facts, again: (Option<&Typed>, Option<&Refusal>)) -> Response {
    let w = visit.words;
    let rounds = format!("/rounds?place={}", f.place.id);
    let body = html! {
        (breadcrumb(w, &[(&rounds, w.t("rounds-title"))], w.t("law-title")))
        (head(&Head {
            kicker: &[html! { a href={ "/places/" (f.place.id) } { (f.place.shown) } }],
            title: w.t("law-title"),
            lead: w.t("law-lead"),
            ..Head::default()
        }))
        div.stack {
            (told(w, again.1))
            @match &f.told {
                None => (notice(w, Tone::Plain, "", &html! { p { (w.t("law-none")) } })),
                Some(told) => {
                    (notice(w, Tone::Ok, "", &html! { p { strong { (told.says(w)) } } }))
                    @if told.law.rules == OWN_RULES { (fold(w.t("law-text"), &code(&told.law.rules_text))) }
                }
            }
            @if f.sets { (sheet(w.t("law-set"), &form(visit, f, again))) }
        }
    };
    page::page(visit, w.t("law-title"), &body, again.1)
}

fn form(visit: &Visit, f: &Facts, (fields, refusal): (Option<&Typed>, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let own = f.told.as_ref().map(|told| &told.law).filter(|law| law.place == f.place.id);
    let (rules, text) = match (fields, own) {
        (Some(fields), _) => (typed(fields, "rules"), typed(fields, "rules_text")),
        (None, Some(law)) => (law.rules.as_str(), law.rules_text.as_str()),
        (None, None) => ("", ""),
    };
    let sets = Rules::builtin_names().chain([OWN_RULES]).map(|value| Choice {
        value,
        label: w.t(&format!("round-rules-{value}")),
        more: "",
    });
    let choices: Vec<Choice<'_>> = sets.collect();
    let asked: Field<'_> = field(w, ("rules", "round-field-rules", "law-set-hint"), rules, (false, refusal));
    let file =
        field(w, ("rules_text", "round-field-rules-text", "round-field-rules-text-hint"), text, (false, refusal));
    let inner = html! {
        (select(w, &asked, &choices))
        (textarea(w, &file, 3, None))
        (acts(&[button(Weight::First, w.t("law-set"))]))
    };
    page::form(visit, &format!("/places/{}/owner-rules", f.place.id), &[], &inner)
}

/// `POST /places/{place}/owner-rules`.
async fn keep(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PlaceId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = SetLaw { rules: typed(&fields, "rules").into(), rules_text: typed(&fields, "rules_text").into() };
    let of = id.clone();
    match page::shown(page::act(&rim, &visit, move |tx, cx| set::set(tx, cx, &of, &input)).await)? {
        Ok(_) => Ok(page::to(&format!("/places/{id}/owner-rules"))),
        Err(refusal) => {
            let facts = facts(&rim, &visit, &id).await?;
            Ok(shown(&visit, &facts, (Some(&fields), Some(&refusal))))
        }
    }
}
