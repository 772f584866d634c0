//! Handing over all that a post owes: a look at what it is, then the doing.

use axum::{
    extract::{Query, State as Shared},
    response::{IntoResponse, Redirect, Response},
};
use db::Fault;
use kernel::{FieldError, Kind, Refusal};
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{Errors, Head, Weight, acts, button, empty, form, head, sheet},
};
use web::{Fields, Problem, Rim, Section, SignedIn, Visit};

use super::show::{taker_field, takers};
use crate::{
    duty::{
        Duty, Holder,
        hand_over::{self as handing, HandOver},
        holder, queries,
    },
    shown::{self, date},
};

/// Transactions of one sending; what is left is shown again.
const ROUNDS: usize = 20;

/// From whom, to whom, why.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    words: String,
}

struct Facts {
    n: u64,
    first: Vec<Duty>,
    others: Vec<(String, String)>,
}

fn from(typed: &Typed) -> Result<Holder, Refusal> {
    typed.from.parse().map_err(|_| Refusal::new(Kind::NotFound, "duty-not-found"))
}

async fn facts(rim: &Rim, visit: &Visit, typed: &Typed) -> Result<Facts, Problem> {
    let (from, cx, w) = (from(typed)?, rim.context_of(visit), visit.words);
    let read = rim.db.read(move |s| {
        let (n, first) = queries::of_holder(s, &from)?;
        let Some(one) = first.first() else {
            holder::permit_idle(s, &cx, &from)?;
            return Ok(Facts { n, first, others: Vec::new() });
        };
        holder::permit(s, &cx, rights::Action::HandOverDuty, &from, &one.site()?)?;
        let others = takers(s, &one.place, &cx.day)?;
        let others = others.into_iter().filter(|(value, ..)| *value != from.to_string());
        let others = others.map(|(value, role, name)| {
            (value, format!("{} {}", shown::role(w, role.as_str()), name.unwrap_or_default()))
        });
        let others = others.collect();
        Ok::<_, Fault>(Facts { n, first, others })
    });
    Ok(read.await?)
}

/// `GET /due/hand-over?from=post:…`
pub(super) async fn preview(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    Query(typed): Query<Typed>,
) -> Result<Response, Problem> {
    let f = facts(&rim, &visit, &typed).await?;
    Ok(visit.page(Section::Due, visit.words.t("duty-hand-all"), &page(&visit, &f, (&typed, None))))
}

/// `POST /due/hand-over`: a hundred a transaction.
pub(super) async fn send(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let holder = from(&typed)?;
    let refusal = match typed.to.parse::<Holder>() {
        Err(_) => Refusal::invalid(vec![FieldError::new("to", "unknown-choice")]),
        Ok(to) => match all(&rim, &visit, &holder, &HandOver { to, words: typed.words.clone() }).await {
            Ok(()) => return Ok(Redirect::to("/due").into_response()),
            Err(Fault::Refused(refusal)) => refusal,
            Err(fault) => return Err(fault.into()),
        },
    };
    let f = facts(&rim, &visit, &typed).await?;
    let body = page(&visit, &f, (&typed, Some(&refusal)));
    Ok(shown::refused(visit.page(Section::Due, visit.words.t("duty-hand-all"), &body), Some(&refusal)))
}

async fn all(rim: &Rim, visit: &Visit, from: &Holder, input: &HandOver) -> Result<(), Fault> {
    for _ in 0..ROUNDS {
        let (cx, from, input) = (rim.context_of(visit), from.clone(), input.clone());
        let handed = rim.db.write(move |tx| handing::hand_over_all(tx, &mut cx.clone(), &from, &input)).await?;
        if handed.left == 0 {
            break;
        }
    }
    Ok(())
}

fn page(visit: &Visit, f: &Facts, (typed, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    const NONE: &[FieldError] = &[];
    let w = visit.words;
    let errors = Errors::new(w, refusal.map_or(NONE, |r| &r.fields));
    let body = html! {
        (visit.csrf_field())
        (taker_field(w, "to", &f.others, errors.of("to")))
        (acts(&[button(Weight::First, w.t("duty-hand-all"))]))
    };
    html! {
        (head(&Head { title: w.t("duty-hand-all"), lead: w.t("duty-hand-all-lead"), ..Head::default() }))
        (shown::told(w, refusal))
        @if f.n == 0 { (empty(w.t("due-none"), "", Some(("/due", w.t("due-title"))))) }
        @else {
            (sheet(&w.n("duty-hand-all-n", f.n), &html! {
                ul.plain {
                    @for duty in &f.first {
                        li { (duty.title) @if let Some(due) = &duty.deadline { " · " (date(w, &due.day)) } }
                    }
                }
            }))
            (sheet("", &form("/due/hand-over", &[("from", &typed.from)], &body)))
        }
    }
}
