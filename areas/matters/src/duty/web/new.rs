//! The form that gives a duty in a matter.

use axum::{
    extract::{Query, State as Shared},
    response::{IntoResponse, Redirect, Response},
};
use db::Fault;
use kernel::{FieldError, Refusal};
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{
        CheckList, Choice, Errors, Field, Head, Weight, acts, breadcrumb, button, checks, form, head, select, sheet,
    },
};
use web::{Fields, Problem, Rim, Section, SignedIn, Visit, optional_id};
use work::clock::Reckoner;

use super::show::{line, may_give, taker_field, takers};
use crate::{
    duty::give::{self, GiveDuty},
    matter::{self, Matter, MatterId},
    shown,
};

/// What is typed; of the address, the matter.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    matter: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    rule: String,
    #[serde(default)]
    by_answer: String,
    #[serde(default)]
    once: String,
}

struct Facts {
    matter: Matter,
    others: Vec<(String, String)>,
}

async fn facts(rim: &Rim, visit: &Visit, typed: &Typed) -> Result<Facts, Problem> {
    let (cx, w) = (rim.context_of(visit), visit.words);
    let id: Option<MatterId> = optional_id(Some(&typed.matter));
    let read = rim.db.read(move |s| {
        let id = id.clone().ok_or_else(|| Refusal::new(kernel::Kind::NotFound, "matter-not-found"))?;
        let matter = matter::queries::matter(s, &id)?;
        may_give(&cx.actor, &matter.site()?)?;
        let others = takers(s, &matter.place, &cx.day)?.into_iter().map(|(value, role, name)| {
            (value, format!("{} {}", shown::role(w, role.as_str()), name.unwrap_or_default()))
        });
        Ok::<_, Fault>(Facts { others: others.collect(), matter })
    });
    Ok(read.await?)
}

/// `GET /duties/new?matter=`.
pub(super) async fn blank(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    Query(mut typed): Query<Typed>,
) -> Result<Response, Problem> {
    let f = facts(&rim, &visit, &typed).await?;
    typed.once = rim.once();
    "1".clone_into(&mut typed.by_answer);
    if typed.title.is_empty() {
        typed.title.clone_from(&f.matter.title);
    }
    Ok(visit.page(Section::Matters, visit.words.t("matter-give-duty"), &page(&visit, &f, (&typed, None))))
}

/// `POST /duties/new`: back to the matter.
pub(super) async fn send(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let f = facts(&rim, &visit, &typed).await?;
    let id = f.matter.id.clone();
    let (cx, offset_minutes) = (rim.context_of(&visit), rim.settings.offset_minutes);
    let (place, sent) = (f.matter.place.clone(), typed.clone());
    let write = rim.db.write(move |tx| {
        let to = sent.to.parse().map_err(|_| Refusal::invalid(vec![FieldError::new("to", "unknown-choice")]))?;
        let by_answer = !sent.by_answer.is_empty();
        let input = GiveDuty {
            place: place.clone(),
            matter: Some(id.clone()),
            title: sent.title.clone(),
            kind: if by_answer { "answer" } else { "task" }.to_owned(),
            by_answer,
            holder: to,
            rule: sent.rule.clone(),
            may_extend: 1,
            words: String::new(),
            once: sent.once.clone(),
            page: String::new(),
        };
        let calendar = work::queries::calendar(tx)?;
        give::give(tx, &mut cx.clone(), &Reckoner { calendar: &calendar, offset_minutes }, &input)
    });
    match write.await {
        Ok(_) => Ok(Redirect::to(&format!("/matters/{}", f.matter.id)).into_response()),
        Err(Fault::Refused(refusal)) => {
            let body = page(&visit, &f, (&typed, Some(&refusal)));
            let response = visit.page(Section::Matters, visit.words.t("matter-give-duty"), &body);
            Ok(shown::refused(response, Some(&refusal)))
        }
        Err(fault) => Err(fault.into()),
    }
}

fn page(visit: &Visit, f: &Facts, (typed, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    const NONE: &[FieldError] = &[];
    let w = visit.words;
    let errors = Errors::new(w, refusal.map_or(NONE, |r| &r.fields));
    let rules = [("workdays:2", 2_u32), ("workdays:5", 5), ("workdays:10", 10), ("workdays:15", 15)];
    let labels = rules.map(|(_, n)| w.n("duty-rule-workdays", n));
    let mut choices: Vec<Choice<'_>> =
        rules.iter().zip(&labels).map(|((value, _), label)| Choice { value, label, ..Choice::default() }).collect();
    let day = w.n("duty-rule-hours", 24_u32);
    choices.push(Choice { value: "hours:24", label: &day, ..Choice::default() });
    let rule = Field {
        name: "rule",
        label: w.t("duty-rule"),
        value: &typed.rule,
        error: errors.of("rule"),
        required: true,
        ..Field::default()
    };
    let body = html! {
        (visit.csrf_field())
        (line(w, "title", w.t("duty-field-title"), (&typed.title, errors.of("title"))))
        (taker_field(w, "to", &f.others, errors.of("to")))
        (select(w, &rule, &choices))
        (checks(w, &CheckList {
            field: Field { name: "by_answer", label: w.t("duty-field-by-answer"), ..Field::default() },
            choices: &[Choice { value: "1", label: w.t("duty-by-answer-choice"), ..Choice::default() }],
            chosen: if typed.by_answer.is_empty() { &[] } else { &["1"] },
            one: false,
        }))
        (acts(&[button(Weight::First, w.t("matter-give-duty"))]))
    };
    let back = format!("/matters/{}", f.matter.id);
    html! {
        (breadcrumb(w, &[("/matters", w.t("matters-title")), (&back, &f.matter.number)], w.t("matter-give-duty")))
        (head(&Head { title: w.t("matter-give-duty"), lead: &f.matter.title, ..Head::default() }))
        (shown::told(w, refusal))
        (sheet("", &form("/duties/new", &[("matter", &typed.matter), ("once", &typed.once)], &body)))
    }
}
