//! Consents noted at the desk: who may act for whoever sits there, and what may be shown of them.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use db::Fault;
use kernel::{Kind, PersonId, Refusal};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{CheckList, Choice, Errors, Field, Head, Weight, acts, button, checks, head, sheet},
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit, optional_id};

use super::{
    super::{DeskId, consents},
    form, read_entry,
};
use crate::{
    consent::{ConsentId, Purpose, queries::Bound},
    find::{self, Candidate},
    shown,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    find: String,
    /// To whom; empty for everybody.
    person: String,
    purpose: String,
    consent: String,
}

/// `GET /desk/{desk}/consents`.
pub(super) async fn show(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<DeskId>,
    Query(typed): Query<Typed>,
) -> Result<Response, Problem> {
    consents_page(&rim, &visit, (id, &typed), None).await
}

async fn consents_page(
    rim: &Rim,
    visit: &Visit,
    (id, typed): (DeskId, &Typed),
    refusal: Option<&Refusal>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(visit);
    let worker = cx.actor.person().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let (desk, asked) = (id.clone(), shown::asked_for(&typed.find, &typed.person));
    let read = rim.db.read(move |s| {
        let (entry, person, place) = read_entry(s, &desk, &worker, cx.now)?;
        let given = consents::given(s, &cx, &desk)?;
        let mut found = find::at_desk(s, place.home, (&asked.0, asked.1.as_ref()))?;
        found.retain(|candidate| candidate.id != entry.person && candidate.id != worker);
        Ok::<_, Fault>((person.name, place, given, found))
    });
    let (giver, place, given, found) = read.await?;
    let w = visit.words;
    let here = format!("/desk/{id}/consents");
    let body = html! {
        (shown::way(w, &place, w.t("desk-title")))
        (head(&Head {
            title: &w.t_with("desk-consents-of", &[("name", (&giver).into())]),
            lead: w.t("desk-consents-lead"),
            ..Head::default()
        }))
        div.stack {
            (shown::refused(w, refusal, &[("person", w.t("person-choose"))]))
            (sheet(w.t("desk-consents-given"), &listed(visit, &here, (&given, &giver))))
            (form::who(w, (&here, &[]), &typed.find))
            @if !typed.find.trim().is_empty() || !typed.person.is_empty() {
                (sheet(w.t("purpose-act-for"), &act_for(visit, &here, (&found, &giver), refusal)))
            }
            (sheet(w.t("desk-consents-show"), &to_show(visit, &here, &given)))
            (acts(&[ui::parts::link_button(Weight::Plain, &format!("/desk/{id}"), w.t("btn-back"))]))
        }
    };
    Ok(shown::page(visit, w.t("desk-consents"), &body, refusal))
}

/// One button.
fn press(visit: &Visit, action: &str, hidden: &[(&str, &str)], label: &str) -> Markup {
    let body = html! { (visit.csrf_field()) (acts(&[button(Weight::Plain, label)])) };
    ui::parts::form(action, hidden, &body)
}

/// What was agreed to: both names, so that neither is taken for the other.
fn said(w: Words, bound: &Bound, giver: &str) -> String {
    match bound.consent.purpose {
        Purpose::ActFor => {
            w.t_with("desk-consent-act-for", &[("giver", giver.into()), ("taker", (&bound.name).into())])
        }
        purpose => w.t(&format!("purpose-{}-text", purpose.as_str())).to_owned(),
    }
}

fn listed(visit: &Visit, here: &str, (given, giver): (&[Bound], &str)) -> Markup {
    let (w, end) = (visit.words, format!("{here}/end"));
    html! {
        @if given.is_empty() { p { (w.t("family-none")) } }
        ul {
            @for bound in given {
                li {
                    (said(w, bound, giver)) " " (bound.consent.given_day)
                    (press(visit, &end, &[("consent", bound.consent.id.as_str())], w.t("family-end")))
                }
            }
        }
    }
}

fn act_for(visit: &Visit, here: &str, (found, giver): (&[Candidate], &str), refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    if found.is_empty() {
        return ui::parts::empty(w.t("person-none-found"), w.t("person-none-found-hint"), None);
    }
    let errors = Errors::new(w, refusal.map_or(&[], |r| &r.fields));
    // the sentence is the label: the worker reads it aloud with both names
    let labels: Vec<String> = found
        .iter()
        .map(|c| w.t_with("desk-consent-act-for", &[("giver", giver.into()), ("taker", (&c.name).into())]))
        .collect();
    let choices = found.iter().zip(&labels).map(|(c, label)| Choice { value: c.id.as_str(), label, more: &c.place });
    let field = Field {
        name: "person",
        label: w.t("person-choose"),
        error: errors.of("person"),
        required: true,
        ..Field::default()
    };
    let list = CheckList { field, choices: &choices.collect::<Vec<_>>(), chosen: &[], one: true };
    let body = html! {
        (visit.csrf_field())
        p.small { (w.t("purpose-act-for-text")) }
        (checks(w, &list))
        (acts(&[button(Weight::First, w.t("desk-consent-note"))]))
    };
    ui::parts::form(here, &[("purpose", Purpose::ActFor.as_str())], &body)
}

fn to_show(visit: &Visit, here: &str, given: &[Bound]) -> Markup {
    let w = visit.words;
    let open = |purpose: Purpose| given.iter().all(|bound| bound.consent.purpose != purpose);
    html! {
        @for purpose in Purpose::all().filter(|purpose| !purpose.is_to_one() && open(*purpose)) {
            p { (w.t(&format!("purpose-{}-text", purpose.as_str()))) }
            (press(visit, here, &[("purpose", purpose.as_str())], w.t("desk-consent-note")))
        }
    }
}

/// `POST /desk/{desk}/consents`.
pub(super) async fn give(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<DeskId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let purpose: Purpose = typed.purpose.parse().map_err(|()| Refusal::new(Kind::Conflict, "wrong-purpose"))?;
    let taker: Option<PersonId> = optional_id(Some(typed.person.trim()));
    if purpose.is_to_one() && taker.is_none() {
        let refusal = Refusal::invalid(vec![kernel::FieldError::new("person", "required")]);
        return consents_page(&rim, &visit, (id, &typed), Some(&refusal)).await;
    }
    let (cx, desk) = (rim.context_of(&visit), id.clone());
    let given = rim.db.write(move |tx| consents::give(tx, &mut cx.clone(), &desk, (purpose, taker.clone()))).await;
    after(&rim, &visit, (id, &typed), given).await
}

/// `POST /desk/{desk}/consents/end`.
pub(super) async fn end(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<DeskId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let consent: ConsentId = typed.consent.parse().map_err(|_| Refusal::new(Kind::NotFound, "consent-not-found"))?;
    let (cx, desk) = (rim.context_of(&visit), id.clone());
    let ended = rim.db.write(move |tx| consents::end(tx, &mut cx.clone(), &desk, &consent)).await;
    after(&rim, &visit, (id, &typed), ended).await
}

/// Back to the page, with the reason where it was refused.
async fn after(
    rim: &Rim,
    visit: &Visit,
    (id, typed): (DeskId, &Typed),
    answer: Result<(), Fault>,
) -> Result<Response, Problem> {
    match answer {
        Ok(()) => Ok(Redirect::to(&format!("/desk/{id}/consents")).into_response()),
        // an entry that is over has no page to go back to
        Err(Fault::Refused(refusal)) if refusal.kind == Kind::Forbidden || refusal.kind == Kind::Invalid => {
            consents_page(rim, visit, (id, typed), Some(&refusal)).await
        }
        Err(fault) => Err(fault.into()),
    }
}
