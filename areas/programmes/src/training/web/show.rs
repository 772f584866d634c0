//! One training: what it is, who signs up, who came, what they say.

use axum::{extract::State, response::Response};
use db::{Fault, Tx};
use kernel::{Context, Day, Refusal};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, format, html,
    parts::{
        self, CheckList, Choice, Field, Figure, Head, Input, Weight, acts, apart, breadcrumb, button, checks, cols,
        figures, head, pairs, section, select, sheet, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use crate::{
    Season, SeasonId,
    page::{self, Line},
    season,
    season::web::shown,
    training::{
        Said, Signup, Trainee, Training, TrainingId, queries,
        rate::{self, Rate},
        sign_in::{self, SignIn},
        sign_up::{self, SignUp},
    },
    visit::queries::communities,
};

type Of = (SeasonId, TrainingId);

/// What was typed into a form of this page.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    number: String,
    came: Vec<String>,
    projects: Vec<String>,
    others: String,
    grade: String,
    words: String,
}

struct Facts {
    season: Season,
    training: Training,
    attendance: u64,
    trainees: Vec<Trainee>,
    signups: Vec<Signup>,
    said: Option<(Said, Vec<String>)>,
    /// What they said themselves.
    own: Option<(u32, String)>,
    office: bool,
    /// They do community work somewhere in the season's area.
    works: bool,
    today: Day,
}

/// A form that was refused.
type Refused<'a> = Option<(&'static str, &'a Typed, &'a Refusal)>;

/// `GET /seasons/{season}/trainings/{training}`.
pub(crate) async fn show(State(rim): State<Rim>, visit: Visit, PathId(of): PathId<Of>) -> Result<Response, Problem> {
    whole(&rim, &visit, of, None).await
}

async fn whole(rim: &Rim, visit: &Visit, (id, of): Of, refused: Refused<'_>) -> Result<Response, Problem> {
    let (actor, today) = (visit.actor.clone(), rim.context_of(visit).day);
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &id)?;
        let training = queries::training(s, &id, &of)?;
        let counted = queries::trainings(s, &id)?;
        let attendance = counted.iter().find(|one| one.id == of).map_or(0, |one| one.attendance);
        let office = may(&actor, Action::MoveMatter, &season::queries::site(s, &season)?);
        let me = actor.person();
        let mut works = office;
        if me.is_some() && !works {
            for place in communities(s, &season)? {
                works |= may(&actor, Action::MoveMatter, &place.site()?);
            }
        }
        let trainees = if me.is_some() { queries::trainees(s, &id)? } else { Vec::new() };
        let own = match me {
            Some(me) => queries::rated(s, &of, me)?,
            None => None,
        };
        Ok::<_, Fault>(Facts {
            signups: queries::signups(s, &of)?,
            said: queries::said(s, &of)?,
            today: today.clone(),
            season,
            training,
            attendance,
            trainees,
            own,
            office,
            works,
        })
    });
    let facts = read.await?;
    let w = visit.words;
    let Facts { season, training, .. } = &facts;
    let (here, list) = (format!("/seasons/{}", season.id), format!("/seasons/{}/trainings", season.id));
    let way = [("/seasons", w.t("nav-seasons")), (&*here, &*season.name), (&list, w.t("trainings-title"))];
    let refusal = refused.map(|(_, _, refusal)| refusal);
    let body = html! {
        (breadcrumb(w, &way, &training.title))
        (head(&Head { kicker: &[shown::day(w, &training.day)], title: &training.title, ..Head::default() }))
        (told(w, refusal))
        (cols(
            &html! {
                (about(w, training))
                (counts(w, &facts))
                (said(w, &facts))
            },
            &html! {
                (joining(visit, &facts))
                (rating(visit, &facts, refused))
                (list_form(visit, &facts, refused))
            },
        ))
    };
    Ok(page::page(visit, &training.title, &body, refusal))
}

fn base(facts: &Facts) -> String {
    format!("/seasons/{}/trainings/{}", facts.season.id, facts.training.id)
}

fn about(w: Words, training: &Training) -> Markup {
    let list = [
        (w.t("training-field-day"), shown::day(w, &training.day)),
        (w.t("training-field-room"), html! { (training.room) }),
        (w.t("training-field-teacher"), html! { (training.teacher) }),
    ];
    html! {
        (pairs(&list))
        @if !training.about.is_empty() { div.flow { (shown::prose(&training.about)) } }
        @if !training.materials.is_empty() {
            (section(w.t("training-field-materials"), &html! {
                ul.links {
                    @for one in &training.materials {
                        li { a href=(one.link) rel="noopener noreferrer" { (one.name) } }
                    }
                }
            }))
        }
    }
}

fn counts(w: Words, facts: &Facts) -> Markup {
    let signed = format::count(u64::try_from(facts.signups.len()).unwrap_or(u64::MAX));
    let came = format::count(facts.attendance);
    let over = facts.training.day <= facts.today;
    let mut list = vec![Figure { label: w.t("training-signed"), value: &signed, ..Figure::default() }];
    if over {
        list.push(Figure { label: w.t("training-came"), value: &came, ..Figure::default() });
    }
    figures(&list)
}

fn said(w: Words, facts: &Facts) -> Markup {
    if facts.training.day > facts.today {
        return html! {};
    }
    section(
        w.t("training-said"),
        &match &facts.said {
            None => html! { p.soft { (w.t("training-said-few")) } },
            Some((said, words)) => html! {
                (figures(&[Figure {
                    label: w.t("training-content"),
                    value: &format::percent(said.content, said.answers),
                    note: &w.t_with("training-answers", &[("n", said.answers.into())]),
                    ..Figure::default()
                }]))
                ul.plain { @for one in words { li { (one) } } }
            },
        },
    )
}

/// Sign up, or step back.
fn joining(visit: &Visit, facts: &Facts) -> Markup {
    let (w, me) = (visit.words, visit.actor.principal());
    let Some(me) = me.filter(|_| facts.training.day >= facts.today) else { return html! {} };
    let own = facts.signups.iter().find(|one| one.person == me.person);
    let base = base(facts);
    let mut choices: Vec<(String, &str)> = (facts.trainees.iter())
        .filter(|one| one.author.as_ref() == Some(&me.person) || one.org.as_ref().is_some_and(|o| me.seats.contains(o)))
        .map(|one| (one.number.to_string(), one.name.as_str()))
        .collect();
    if facts.works {
        choices.push(("0".to_owned(), w.t("training-as-worker")));
    }
    let boxes: Vec<Choice<'_>> = choices.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let field = Field { name: "number", label: w.t("training-for"), required: true, ..Field::default() };
    match own {
        Some(_) => sheet(
            w.t("training-you-signed"),
            &page::press(visit, &format!("{base}/signups/leave"), &[], Weight::Plain, w.t("training-leave")),
        ),
        None if boxes.is_empty() => html! {},
        None => sheet(
            w.t("training-sign-up"),
            &page::form(
                visit,
                &format!("{base}/signups"),
                &[],
                &html! {
                    (select(w, &field, &boxes))
                    (acts(&[button(Weight::First, w.t("training-sign-up"))]))
                },
            ),
        ),
    }
}

/// Those who were there say what it was worth.
fn rating(visit: &Visit, facts: &Facts, refused: Refused<'_>) -> Markup {
    let w = visit.words;
    let me = visit.actor.person();
    if !facts.signups.iter().any(|one| one.came && Some(&one.person) == me) {
        return html! {};
    }
    let refused = refused.filter(|(form, ..)| *form == "rate");
    let refusal = refused.map(|(.., refusal)| refusal);
    let there = facts.own.clone().map(|(grade, words)| (grade.to_string(), words)).unwrap_or_default();
    let (grade, words) = match refused {
        Some((_, typed, _)) => (typed.grade.as_str(), typed.words.as_str()),
        None => (there.0.as_str(), there.1.as_str()),
    };
    let choices =
        [("5", "run-grade-5"), ("4", "run-grade-4"), ("3", "run-grade-3"), ("2", "run-grade-2"), ("1", "run-grade-1")];
    let choices = choices.map(|(value, key)| Choice { value, label: w.t(key), ..Choice::default() });
    let error = |name| page::errors(w, refusal).of(name);
    let field = Field {
        name: "grade",
        label: w.t("training-grade"),
        value: grade,
        error: error("grade"),
        required: true,
        ..Field::default()
    };
    let more = Field {
        name: "words",
        label: w.t("training-words"),
        hint: w.t("training-words-hint"),
        value: words,
        error: error("words"),
        required: false,
    };
    let body = html! {
        (select(w, &field, &choices))
        (parts::textarea(w, &more, 3, Some(500)))
        (acts(&[button(Weight::Plain, w.t("run-grade-send"))]))
    };
    let form = page::form(visit, &format!("{}/feedback", base(facts)), &[], &body);
    sheet(w.t("training-rate"), &apart("rate", &form))
}

/// What the office takes over from the signed list.
fn list_form(visit: &Visit, facts: &Facts, refused: Refused<'_>) -> Markup {
    let w = visit.words;
    if !facts.office || facts.training.day > facts.today {
        return html! {};
    }
    let refused = refused.filter(|(form, ..)| *form == "attendance");
    let refusal = refused.map(|(.., refusal)| refusal);
    let error = |name| page::errors(w, refusal).of(name);
    let name = |number: u32| facts.trainees.iter().find(|one| one.number == number).map(|one| one.name.as_str());
    let ids: Vec<String> = facts.signups.iter().map(|one| one.person.to_string()).collect();
    let people: Vec<Choice<'_>> = (facts.signups.iter().zip(&ids))
        .map(|(one, id)| Choice { value: id, label: name(one.number).unwrap_or(w.t("training-a-worker")), more: "" })
        .collect();
    let there: Vec<&str> =
        facts.signups.iter().zip(&ids).filter(|(one, _)| one.came).map(|(_, id)| id.as_str()).collect();
    let (came, ticked, others): (Vec<&str>, Vec<&str>, &str) = match refused {
        Some((_, typed, _)) => (
            typed.came.iter().map(String::as_str).collect(),
            typed.projects.iter().map(String::as_str).collect(),
            &typed.others,
        ),
        None => (there, Vec::new(), ""),
    };
    let numbers: Vec<String> = facts.trainees.iter().map(|one| one.number.to_string()).collect();
    let projects: Vec<Choice<'_>> = (facts.trainees.iter().zip(&numbers))
        .map(|(one, value)| Choice { value, label: &one.name, more: "" })
        .collect();
    let field = |name, label: &str, hint: &str| Field {
        name,
        label: w.t(label),
        hint: w.t(hint),
        error: error(name),
        ..Field::default()
    };
    let rest = Line {
        name: "others",
        label: w.t("training-others"),
        hint: w.t("training-others-hint"),
        value: others,
        input: Input::Number,
        most: 3,
        required: false,
    };
    let body = html! {
        @if !people.is_empty() {
            (checks(w, &CheckList {
                field: field("came", "training-who-came", "training-who-came-hint"),
                choices: &people,
                chosen: &came,
                one: false,
            }))
        }
        (rest.show(w, refusal))
        @let of = checks(w, &CheckList {
            field: field("projects", "training-of-projects", "training-of-projects-hint"),
            choices: &projects,
            chosen: &ticked,
            one: false,
        });
        (parts::fold(w.t("training-of-projects"), &of))
        (acts(&[button(Weight::Plain, w.t("btn-save"))]))
    };
    let form = page::form(visit, &format!("{}/attendance", base(facts)), &[], &body);
    sheet(w.t("training-list"), &apart("attendance", &form))
}

/// Runs a form's command and goes back to the training, or shows the page again.
async fn done<T: Send + 'static>(
    (rim, visit): (&Rim, &Visit),
    of: Of,
    (form, typed): (&'static str, &Typed),
    command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Clone + Send + 'static,
) -> Result<Response, Problem> {
    match page::shown(page::act(rim, visit, command).await)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{}/trainings/{}", of.0, of.1))),
        Err(refusal) => whole(rim, visit, of, Some((form, typed, &refusal))).await,
    }
}

/// `POST /seasons/{season}/trainings/{training}/signups`.
pub(crate) async fn sign_up(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    // what is no number is no project
    let input = SignUp { number: typed.number.trim().parse().unwrap_or(u32::MAX) };
    let at = of.clone();
    let command = move |tx: &mut Tx<'_>, cx: &mut Context| sign_up::sign_up(tx, cx, (&at.0, &at.1), input);
    done((&rim, &visit), of, ("sign-up", &typed), command).await
}

/// `POST /seasons/{season}/trainings/{training}/signups/leave`.
pub(crate) async fn leave(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let at = of.clone();
    let command = move |tx: &mut Tx<'_>, cx: &mut Context| sign_up::step_back(tx, cx, (&at.0, &at.1));
    done((&rim, &visit), of, ("leave", &typed), command).await
}

/// `POST /seasons/{season}/trainings/{training}/attendance`.
pub(crate) async fn sign_in(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let others = typed.others.trim();
    let input = SignIn {
        came: typed.came.clone(),
        // what is no number is no project and no number of people
        projects: typed.projects.iter().map(|number| number.parse().unwrap_or(u32::MAX)).collect(),
        others: if others.is_empty() { 0 } else { others.parse().unwrap_or(u32::MAX) },
    };
    let at = of.clone();
    let command = move |tx: &mut Tx<'_>, cx: &mut Context| sign_in::sign_in(tx, cx, (&at.0, &at.1), &input);
    done((&rim, &visit), of, ("attendance", &typed), command).await
}

/// `POST /seasons/{season}/trainings/{training}/feedback`.
pub(crate) async fn rate(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(of): PathId<Of>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    // what is no number is out of range
    let input = Rate { grade: typed.grade.trim().parse().unwrap_or(0), words: typed.words.clone() };
    let at = of.clone();
    let command = move |tx: &mut Tx<'_>, cx: &mut Context| rate::rate(tx, cx, (&at.0, &at.1), &input);
    done((&rim, &visit), of, ("rate", &typed), command).await
}
