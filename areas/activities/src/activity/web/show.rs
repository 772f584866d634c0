//! One activity: when and where, how to come along, how many came, what they thought.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::Refusal;
use matters::attendance::{
    Figures,
    queries::{EventAt, event_figures},
};
use programmes::page::{act, errors, form as page_form, press, shown, to};
use serde::Deserialize;
use ui::{
    Markup, Words, format, html,
    parts::{
        CheckList, Choice, Field, Figure, Head, Input, Tone, Weight, acts, button, checks, cols, figures, head,
        link_button, notice, pairs, prose, section, sheet, text, textarea, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use crate::{
    ActivityId,
    activity::EVENT,
    checkin::{
        State as CheckState,
        queries::{self as check_ins, Tally},
    },
    feedback::{self, Grades, rate::Rate},
    page::{self, One},
    photo::{self, Photo},
    signup::{self, SignUp, State as Standing},
};

struct Facts {
    one: One,
    figures: Figures,
    tally: Tally,
    grades: Grades,
    photos: Vec<Photo>,
    mine: Option<SignUp>,
    came: bool,
    said: Option<(u32, String)>,
    over: bool,
}

/// `GET /activities/{activity}`: a fixed number of statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<ActivityId>,
) -> Result<Response, Problem> {
    again(&rim, &visit, &id, Again::default()).await
}

/// What was typed into one of the page's forms, and why it was refused.
#[derive(Clone, Copy, Default)]
pub(crate) struct Again<'a> {
    pub heads: &'a str,
    pub rate: Option<&'a TypedRate>,
    pub sign_up: Option<&'a Refusal>,
    pub feedback: Option<&'a Refusal>,
}

async fn facts(rim: &Rim, visit: &Visit, id: &ActivityId) -> Result<Facts, Problem> {
    let (cx, id, offset) = (rim.context_of(visit), id.clone(), rim.settings.offset_minutes);
    let read = rim.db.read(move |s| {
        let one = One::read(s, &cx.actor, (&id, offset))?;
        let at =
            EventAt { home: id.home(), path: one.place.path.clone(), kind: EVENT.to_owned(), event: id.to_string() };
        let me = cx.author();
        let mine = me.map(|me| signup::queries::of_person(s, &id, me)).transpose()?.flatten();
        let came = me.map(|me| check_ins::of_person(s, &id, me)).transpose()?.flatten();
        let said = me.map(|me| feedback::queries::own(s, &id, me)).transpose()?.flatten();
        Ok::<_, Fault>(Facts {
            figures: event_figures(s, &at)?,
            tally: if one.checks { check_ins::tally(s, &id)? } else { Tally::default() },
            grades: feedback::queries::grades(s, &id)?,
            photos: photo::queries::photos(s, &id, one.checks)?,
            mine: mine.filter(|row| row.state != Standing::Out),
            came: came.is_some_and(|check| check.state != CheckState::LeftOut),
            said,
            over: cx.now >= one.activity.ends_at,
            one,
        })
    });
    Ok(read.await?)
}

/// The page, with a form as it was refused.
pub(crate) async fn again(rim: &Rim, visit: &Visit, id: &ActivityId, again: Again<'_>) -> Result<Response, Problem> {
    let facts = facts(rim, visit, id).await?;
    let w = visit.words;
    let one = &facts.one;
    let share =
        w.t_with("activity-share", &[("title", (&one.activity.title).into()), ("place", (&one.place.shown).into())]);
    let kicker = [html! { (w.t(&format!("activity-theme-{}", one.activity.theme))) }, page::state(w, &one.activity)];
    let body = html! {
        (ui::parts::breadcrumb(w, &[("/activities", w.t("activities-title"))], &one.activity.title))
        (head(&Head { kicker: &kicker, title: &one.activity.title, ..Head::default() }))
        @if one.activity.cancelled_at.is_some() {
            (notice(w, Tone::Due, w.t("activity-is-cancelled"), &html! { p { (one.activity.cancelled_reason) } }))
        }
        (cols(
            &html! {
                (pairs(&about(w, one)))
                div.flow { (prose(&one.activity.about)) }
                (came(w, &facts))
                (photo::web::gallery(w, &one.here(), &facts.photos))
                (thought(w, &facts.grades))
            },
            &html! {
                (sign_up(visit, &facts, &again))
                @if facts.came { (feedback_sheet(visit, &facts, &again)) }
                @if one.checks { (inside(w, &facts)) }
                (take_along(w, one))
                (visit.share("share", &share, &one.here()))
            },
        ))
    };
    Ok(page::page(visit, &one.activity.title, &body, again.sign_up.or(again.feedback)))
}

fn about(w: Words, one: &One) -> Vec<(&'static str, Markup)> {
    let a = &one.activity;
    let spot = html! {
        a href={ "/activities?place=" (one.place.id) } { (one.place.shown) }
        @if !a.spot.is_empty() { " · " (a.spot) }
    };
    let mut list = vec![(w.t("activity-when"), page::when(w, a, one.offset)), (w.t("activity-where"), spot)];
    if let (Some((season, project)), Some(id), Some(number)) = (&one.belongs, &a.season, a.project) {
        list.push((
            w.t("activity-of-project"),
            html! {
                a href={ "/activities?season=" (id) "&project=" (number) } { (project) }
                " · " a href={ "/seasons/" (id) } { (season) }
            },
        ));
    }
    if a.capacity > 0 {
        list.push((w.t("activity-field-capacity"), html! { (w.n("activity-places", a.capacity)) }));
    }
    list
}

/// How many came: counted and estimated apart. Each number leads to its rows where the reader may see them.
fn came(w: Words, facts: &Facts) -> Markup {
    let f = &facts.figures;
    if f.visits == 0 && f.estimates == 0 {
        return html! {};
    }
    let rows = format!("{}/checks", facts.one.here());
    let href = facts.one.checks.then_some(rows.as_str());
    let direct = format::Count::exact(f.direct_visits).attendances(w);
    let indirect = format::Count::exact(f.estimated_indirect).attendances(w);
    let guessed = format::Count::exact(f.estimated_direct).attendances(w);
    let plain = Figure::default();
    let mut list = vec![Figure { label: w.t("activities-direct"), value: &direct, href, ..plain }];
    if f.estimated_direct > 0 {
        list.push(Figure {
            label: w.t("activity-direct-estimated"),
            value: &guessed,
            note: w.t("activities-estimated"),
            ..plain
        });
    }
    if f.estimated_indirect > 0 {
        list.push(Figure {
            label: w.t("activities-indirect"),
            value: &indirect,
            note: w.t("activities-estimated"),
            ..plain
        });
    }
    section(w.t("activity-came"), &figures(&list))
}

fn thought(w: Words, grades: &Grades) -> Markup {
    let Some(tenths) = grades.tenths() else {
        return html! { @if grades.answers > 0 { p.small.soft { (w.n("feedback-too-few", grades.answers)) } } };
    };
    let mean = format!("{}.{}", tenths / 10, tenths % 10);
    section(
        w.t("feedback-title"),
        &html! {
            p { (w.t_with("feedback-mean", &[("mean", mean.as_str().into()), ("n", grades.answers.into())])) }
            ul.plain {
                @for (grade, n) in [1_u32, 2, 3, 4, 5].into_iter().zip(grades.by_grade).rev() {
                    li { (w.t_with("feedback-row", &[("grade", grade.into()), ("n", n.into())])) }
                }
            }
        },
    )
}

fn take_along(w: Words, one: &One) -> Markup {
    let here = one.here();
    acts(&[
        link_button(Weight::Plain, &format!("{here}/calendar.ics"), w.t("activity-calendar")),
        link_button(Weight::Plain, &format!("{here}/poster"), w.t("activity-poster")),
    ])
}

/// What those who hold it can do.
fn inside(w: Words, facts: &Facts) -> Markup {
    let (one, here) = (&facts.one, facts.one.here());
    let link = |part: &str, label: &str| html! { li { a href={ (here) "/" (part) } { (label) } } };
    sheet(
        w.t("activity-inside"),
        &html! {
            @if facts.tally.open > 0 {
                p { a href={ (here) "/checks" } { (w.n("check-open-n", facts.tally.open)) } }
            }
            ul.links {
                (link("list", w.t("sign-ups-title")))
                (link("checks", w.t("checks-title")))
                (link("room", w.t("room-title")))
                (link("paper", w.t("paper-title")))
                (link("photos", w.t("activity-photos")))
                @if one.holds { (link("change", w.t("activity-change"))) }
            }
        },
    )
}

fn sign_up(visit: &Visit, facts: &Facts, again: &Again<'_>) -> Markup {
    let (w, one) = (visit.words, &facts.one);
    if one.activity.cancelled_at.is_some() || (facts.over && facts.mine.is_none()) {
        return html! {};
    }
    let here = one.here();
    let body = match &facts.mine {
        Some(row) => {
            let key = if row.state == Standing::Waiting { "sign-up-waiting" } else { "sign-up-in" };
            html! {
                p { (w.n(key, row.heads)) }
                @if !facts.over {
                    (link_button(Weight::First, &format!("{here}/code"), w.t("own-code-title")))
                    (press(visit, &format!("{here}/step-back"), &[], Weight::Plain, w.t("sign-up-step-back")))
                }
            }
        }
        None => sign_up_form(visit, &here, again.heads, again.sign_up),
    };
    let free = match one.activity.free() {
        None => String::new(),
        Some(_) if one.activity.waiting > 0 => w.n("sign-up-line", one.activity.waiting),
        Some(free) => w.n("sign-up-free", free),
    };
    sheet(
        w.t("sign-up-title"),
        &html! {
            @if !free.is_empty() { p { (free) } }
            (body)
        },
    )
}

fn sign_up_form(visit: &Visit, here: &str, heads: &str, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let field = Field {
        name: "heads",
        label: w.t("sign-up-heads"),
        hint: w.t("sign-up-heads-hint"),
        value: if heads.is_empty() { "1" } else { heads },
        error: errors(w, refusal).of("heads"),
        required: true,
    };
    page_form(
        visit,
        &format!("{here}/sign-up"),
        &[],
        &html! {
            (told(w, refusal))
            (text(w, &field, Input::Number, Some(2)))
            (acts(&[button(Weight::First, w.t("sign-up-join"))]))
        },
    )
}

fn feedback_sheet(visit: &Visit, facts: &Facts, again: &Again<'_>) -> Markup {
    let w = visit.words;
    let (grade, words) = match (again.rate, &facts.said) {
        (Some(typed), _) => (typed.grade.clone(), typed.words.clone()),
        (None, Some((grade, words))) => (grade.to_string(), words.clone()),
        (None, None) => (String::new(), String::new()),
    };
    let form = feedback_form(w, (&grade, &words), again.feedback);
    sheet(w.t("feedback-yours"), &page_form(visit, &format!("{}/feedback", facts.one.here()), &[], &form))
}

/// The fields of feedback with their button.
pub(crate) fn feedback_form(w: Words, (grade, words): (&str, &str), refusal: Option<&Refusal>) -> Markup {
    let labels: Vec<(String, &str)> =
        (1..=5).rev().map(|n: u32| (n.to_string(), w.t(&format!("feedback-grade-{n}")))).collect();
    let choices: Vec<Choice<'_>> = labels.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let error = errors(w, refusal).of("grade");
    let field = Field { name: "grade", label: w.t("feedback-grade"), error, required: true, ..Field::default() };
    let said = Field {
        name: "words",
        label: w.t("feedback-words"),
        hint: w.t("feedback-words-hint"),
        value: words,
        error: errors(w, refusal).of("words"),
        ..Field::default()
    };
    html! {
        (told(w, refusal))
        (checks(w, &CheckList { field, choices: &choices, chosen: &[grade], one: true }))
        (textarea(w, &said, 3, Some(500)))
        (acts(&[button(Weight::Plain, w.t("feedback-send"))]))
    }
}

/// What the form of feedback sends.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct TypedRate {
    pub grade: String,
    pub words: String,
}

/// `POST /activities/{activity}/feedback`.
pub(super) async fn rate(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
    Fields(typed): Fields<TypedRate>,
) -> Result<Response, Problem> {
    let (of, input) = (id.clone(), Rate { grade: page::number(&typed.grade), words: typed.words.clone() });
    match shown(act(&rim, &visit, move |tx, cx| feedback::rate::rate(tx, cx, &of, &input)).await)? {
        Ok(()) => Ok(to(&format!("/activities/{id}"))),
        Err(refusal) => {
            let filled = Again { rate: Some(&typed), feedback: Some(&refusal), ..Again::default() };
            again(&rim, &visit, &id, filled).await
        }
    }
}
