//! One matter: its seals, its thread, who has it until when, and what can be done.

use axum::{
    extract::{Query, State as Shared},
    response::{IntoResponse, Redirect, Response},
};
use db::Fault;
use kernel::{FieldError, Instant, Refusal};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        self, CheckList, Choice, Errors, Event, Field, Head, Input, Seal, Stage as When, Tone, Weight, acts, apart,
        breadcrumb, button, checks, cols, fold, form, form_with_files, head, link_button, notice, pairs, receipt,
        seals, section, select, sheet, sheet_needs_you, text, textarea, thread,
    },
};
use web::{PathId, Problem, Rim, Section, Visit};

use super::{
    acts::{Again, Typed, Which},
    list::state_tag,
    photos,
};
use crate::{
    duty::{self, queries::Named},
    matter::{
        Grade, Matter, MatterId, Outcome, Part, Stage, State, Step, queries, rules,
        store::{Member, Shown},
    },
    shown::{self, date, prose, said},
};

/// What the address says besides.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Said {
    opened: Option<String>,
    stay: Option<String>,
}

struct Facts {
    shown: Shown,
    steps: Vec<Step>,
    duties: Vec<Named>,
    /// First author's name as this reader may see it; empty for none.
    author: String,
    n_authors: usize,
    part: Option<Part>,
    /// As what this reader may grade the answer.
    grades_as: Option<Part>,
    mine: Option<(Grade, String)>,
    grades: [u64; 3],
    /// Photos and documents that belong to it.
    files: Vec<work::files::File>,
    office: bool,
    now: Instant,
    offset_minutes: i32,
}

/// `GET /matters/{matter}`: at most ten statements, whatever the length of the thread. One that was joined leads to
/// where it goes on.
pub(super) async fn show(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<MatterId>,
    Query(said): Query<Said>,
) -> Result<Response, Problem> {
    if said.stay.is_none() {
        let here = id.clone();
        let matter = rim.db.read(move |s| queries::matter(s, &here)).await?;
        if let Some(into) = matter.joined_into {
            return Ok(Redirect::to(&format!("/matters/{into}")).into_response());
        }
    }
    page(&rim, &visit, &id, (said.opened.is_some(), None)).await
}

async fn facts(rim: &Rim, visit: &Visit, id: &MatterId) -> Result<Facts, Problem> {
    let (cx, id, offset_minutes) = (rim.context_of(visit), id.clone(), rim.settings.offset_minutes);
    let read = rim.db.read(move |s| {
        let shown = queries::shown(s, &id)?;
        let matter = &shown.matter;
        let office = may(&cx.actor, Action::MoveMatter, &matter.site()?);
        let steps = queries::thread(s, &id, u32::MAX, office)?;
        let duties = duty::queries::of_matter(s, &id)?;
        let authors = queries::authors(s, &id)?;
        let author = name(s, matter, &authors, office)?;
        let (mut part, mut grades_as, mut mine) = (None, None, None);
        if let Some(person) = cx.author() {
            part = queries::part_of(s, &id, person)?;
            grades_as = queries::grades_as(s, &id, person)?;
            mine = queries::grade_of(s, matter, person)?;
        }
        let grades = queries::grades(s, matter)?;
        let files = work::files::of_subject(s, id.home(), id.as_str())?;
        let n_authors = authors.len();
        Ok::<_, Fault>(Facts {
            shown,
            steps,
            duties,
            author,
            n_authors,
            part,
            grades_as,
            mine,
            grades,
            files,
            office,
            now: cx.now,
            offset_minutes,
        })
    });
    Ok(read.await?)
}

/// The author's name: outside the office masked, or not at all; inside masked when the author asked for it.
fn name(s: &mut db::Snapshot<'_>, matter: &Matter, authors: &[Member], office: bool) -> Result<String, Fault> {
    let Some(author) = &matter.author else { return Ok(String::new()) };
    let anonymous = authors.iter().find(|m| m.person == *author).is_none_or(|m| m.anonymous);
    if anonymous && !office {
        return Ok(String::new());
    }
    let name = duty::store::name(s, author)?.unwrap_or_default();
    Ok(if anonymous || !office { rules::masked(&name) } else { name })
}

/// The page, with a form that was refused if there is one.
pub(super) async fn page(
    rim: &Rim,
    visit: &Visit,
    id: &MatterId,
    (opened, again): (bool, Option<&Again>),
) -> Result<Response, Problem> {
    let f = facts(rim, visit, id).await?;
    let w = visit.words;
    let m = &f.shown.matter;
    let first = html! {
        (shown::told(w, again.map(|a| &a.refusal)))
        @if m.state == State::Closed { (grading(visit, &f, again)) }
        (section(w.t("thread-title"), &events(w, &f)))
    };
    let aside = html! {
        (has_it(w, &f))
        @if opened { (slip(visit, &f)) }
        @if f.office || matches!(f.part, Some(Part::Author | Part::Credited)) { (work(visit, &f, again)) }
        (following(visit, &f))
        (for_the_group(visit, &f))
        p.small { a href={ "/ledger?about=" (m.id) } { (w.t("matter-ledger")) } }
    };
    let body = html! {
        (breadcrumb(w, &[("/matters", w.t("matters-title"))], &m.number))
        (head(&Head { kicker: &kicker(w, &f), title: &m.title, ..Head::default() }))
        @if opened { (notice(w, Tone::Ok, w.t("matter-thanks"), &html! { p { (w.t("matter-thanks-more")) } })) }
        (five(w, m))
        (cols(&first, &aside))
    };
    let response = visit.page(Section::Matters, &m.title, &body);
    Ok(shown::refused(response, again.map(|a| &a.refusal)))
}

fn kicker(w: Words, f: &Facts) -> Vec<Markup> {
    let m = &f.shown.matter;
    let by = if f.author.is_empty() {
        w.t("matter-by-resident").to_owned()
    } else {
        w.t_with("matter-by", &[("name", (&f.author).into())])
    };
    let mut facts = vec![
        html! { (m.number) },
        html! { (said(w, "matter-kind", &m.kind)) },
        html! { (f.shown.place) },
        html! { (by) },
        html! { (date(w, &m.opened_day)) },
        state_tag(w, &f.shown),
    ];
    if f.n_authors > 1 {
        facts.insert(4, html! { (w.n("matter-authors", f.n_authors)) });
    }
    facts
}

fn five(w: Words, m: &Matter) -> Markup {
    let seal = |stage: Stage| {
        let when = match (m.stage.cmp(&stage), m.state) {
            (std::cmp::Ordering::Greater, _) => When::Past,
            (std::cmp::Ordering::Equal, State::Joined) => When::Past,
            (std::cmp::Ordering::Equal, _) if m.grade.is_some() => When::Past,
            (std::cmp::Ordering::Equal, _) => When::Now,
            (std::cmp::Ordering::Less, _) => When::Next,
        };
        Seal { stage: when, note: "" }
    };
    seals(w, &[Stage::Collect, Stage::Deliberate, Stage::Do, Stage::Supervise, Stage::Appraise].map(seal))
}

fn events(w: Words, f: &Facts) -> Markup {
    let whens: Vec<String> = f.steps.iter().map(|s| ui::Civil::from(&s.day).short(w.locale())).collect();
    let titles: Vec<String> = f.steps.iter().map(|s| title(w, s)).collect();
    let list: Vec<Event<'_>> = f
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| Event {
            stage: When::Past,
            when: &whens[at],
            datetime: step.day.as_str(),
            title: &titles[at],
            href: step.link.as_deref(),
            body: body(w, f, step),
        })
        .collect();
    thread(w, &list)
}

fn title(w: Words, step: &Step) -> String {
    match step.kind.as_str() {
        "moved" => {
            let stage = w.t(&format!("seal-{}", step.stage.as_str()));
            w.t_with("matter-step-moved", &[("stage", stage.into())])
        }
        "joined" => w.t_with("matter-step-joined", &[("number", (&step.words).into())]),
        "took-in" => w.t_with("matter-step-took-in", &[("number", (&step.words).into())]),
        kind => said(w, "matter-step", kind).to_owned(),
    }
}

fn body(w: Words, f: &Facts, step: &Step) -> Markup {
    let about = step.duty.as_ref().and_then(|id| f.duties.iter().find(|named| named.duty.id == *id));
    let links = matches!(step.kind.as_str(), "joined" | "took-in");
    html! {
        @if !links { (prose(&step.words)) }
        (photos::of_step(w, &f.shown.matter.id, &f.files, step))
        @if let Some(named) = about {
            p { (shown::holder(w, named)) " · " (shown::rule(w, &named.duty.rule)) }
        }
        @if !step.role.is_empty() { p.small.soft { (shown::role(w, &step.role)) } }
        @if !step.shown { p.small { (parts::tag(Tone::Plain, w.t("matter-inner"))) } }
    }
}

/// Who has it now and until when, and what comes next.
fn has_it(w: Words, f: &Facts) -> Markup {
    let m = &f.shown.matter;
    let open: Vec<&Named> = f.duties.iter().filter(|named| named.duty.state.is_open()).collect();
    let next = match m.state {
        State::Open => w.t(&format!("matter-next-{}", m.stage.as_str())),
        State::Closed => w.t("matter-next-closed"),
        State::Joined => w.t("matter-next-joined"),
    };
    let body = html! {
        @for named in &open {
            p {
                strong { (shown::holder(w, named)) } br;
                (shown::due_or_state(w, &named.duty, f.now, f.offset_minutes))
                @if f.office { " " a href={ "/duties/" (named.duty.id) } { (w.t("btn-details")) } }
            }
        }
        @if open.is_empty() && m.state == State::Open { p { (w.t("matter-nobody-yet")) } }
        p.soft { (next) }
    };
    sheet(w.t("matter-who-has-it"), &body)
}

fn slip(visit: &Visit, f: &Facts) -> Markup {
    let (w, m) = (visit.words, &f.shown.matter);
    let url = if visit.origin.is_empty() { String::new() } else { format!("{}/matters/{}", visit.origin, m.id) };
    let facts =
        [(w.t("word-date"), html! { (date(w, &m.opened_day)) }), (w.t("matter-field-title"), html! { (m.title) })];
    receipt(
        w,
        &parts::Receipt {
            title: w.t("matter-receipt"),
            number: &m.number,
            issuer: &f.shown.place,
            facts: &facts,
            url: &url,
            note: w.t("matter-receipt-note"),
        },
    )
}

fn typed_in(again: Option<&Again>, which: Which) -> (&str, &[FieldError]) {
    const NONE: &[FieldError] = &[];
    match again {
        Some(Again { which: form, typed: Typed { words, .. }, refusal: Refusal { fields, .. } }) if *form == which => {
            (words, fields)
        }
        _ => ("", NONE),
    }
}

/// The field for words: whether they are asked for, and how many characters, as the command behind it has it.
fn words_field<'a>(
    w: Words,
    label: &'a str,
    (required, most): (bool, u32),
    (value, list): (&'a str, &'a [FieldError]),
) -> Markup {
    let error = Errors::new(w, list).of("words");
    textarea(w, &Field { name: "words", label, value, error, required, ..Field::default() }, 3, Some(most))
}

/// The question whether it is good now, and how it was graded.
fn grading(visit: &Visit, f: &Facts, again: Option<&Again>) -> Markup {
    let w = visit.words;
    let m = &f.shown.matter;
    let labels = Grade::ALL.iter().map(|g| w.t(&format!("matter-grade-{}", g.as_str())));
    let told: Vec<(&str, Markup)> = labels.clone().zip(f.grades).map(|(l, n)| (l, html! { (n) })).collect();
    let outcome = m.outcome.map_or("", |o| w.t(&format!("matter-outcome-{}", o.as_str())));
    let choices: Vec<Choice<'_>> = Grade::ALL
        .iter()
        .zip(labels)
        .map(|(grade, label)| Choice { value: grade.as_str(), label, ..Choice::default() })
        .collect();
    let given = f.mine.as_ref().map(|(grade, _)| grade.as_str());
    let (typed, list) = typed_in(again, Which::Grade);
    let kept = if typed.is_empty() { f.mine.as_ref().map_or("", |(_, words)| words) } else { typed };
    let may_send_back = m.round < rules::MAX_ROUNDS && f.grades_as != Some(Part::Follower);
    let ask = html! {
        (visit.csrf_field())
        (checks(w, &CheckList {
            field: Field { name: "grade", label: w.t("matter-grade-ask"), required: true, error: Errors::new(w, list).of("grade"), ..Field::default() },
            choices: &choices,
            chosen: &given.into_iter().collect::<Vec<_>>(),
            one: true,
        }))
        (words_field(w, w.t("matter-grade-words"), (false, 500), (kept, list)))
        @if may_send_back {
            (checks(w, &CheckList {
                field: Field { name: "send_back", label: w.t("matter-send-back-label"), ..Field::default() },
                choices: &[Choice { value: "1", label: w.t("matter-send-back"), more: w.t("matter-send-back-more") }],
                chosen: &[],
                one: false,
            }))
        }
        (acts(&[button(Weight::First, w.t("matter-grade-send"))]))
    };
    html! {
        (section(w.t("matter-answered"), &html! {
            @if !outcome.is_empty() { p { strong { (outcome) } } }
            (pairs(&told))
        }))
        @if f.grades_as.is_some() {
            (sheet_needs_you(w.t("matter-grade-title"), &apart("grade", &form(&format!("/matters/{}/grade", m.id), &[], &ask))))
        }
    }
}

/// What the office does with it; of its author, a note.
fn work(visit: &Visit, f: &Facts, again: Option<&Again>) -> Markup {
    let w = visit.words;
    let m = &f.shown.matter;
    let of = |which| typed_in(again, which);
    let put = |act: &str, body: &Markup, label: &str| {
        let body = html! { (visit.csrf_field()) (body) (acts(&[button(Weight::Plain, label)])) };
        apart(act, &form(&format!("/matters/{}/{act}", m.id), &[], &body))
    };
    let put_with_photos = |(act, which): (&str, Which), body: &Markup, label: &str| {
        let again = again.filter(|again| again.which == which);
        let kept = again.map_or(&[][..], |again| &again.typed.files);
        let refusal = again.map(|again| &again.refusal);
        let photos = web::photos::field(w, &format!("photo-{act}"), photos::TAKES, kept, refusal);
        let body = html! { (visit.csrf_field()) (body) (photos) (acts(&[button(Weight::Plain, label)])) };
        apart(act, &form_with_files(&format!("/matters/{}/{act}", m.id), &[], &body))
    };
    let said_inner = again.is_some_and(|again| again.which == Which::Note && !again.typed.inner.is_empty());
    let inner = html! {
        @if f.office {
            (checks(w, &CheckList {
                field: Field { name: "inner", label: w.t("matter-note-who"), ..Field::default() },
                choices: &[Choice { value: "1", label: w.t("matter-inner"), ..Choice::default() }],
                chosen: if said_inner { &["1"] } else { &[] },
                one: false,
            }))
        }
    };
    let note = html! { (words_field(w, w.t("matter-note-words"), (true, 2_000), of(Which::Note))) (inner) };
    let stages: Vec<Choice<'_>> = rules::ways(m.stage)
        .map(|(to, _)| Choice { value: to.as_str(), label: w.t(&format!("seal-{}", to.as_str())), ..Choice::default() })
        .collect();
    let to = Field { name: "to", label: w.t("matter-move-to"), required: true, ..Field::default() };
    let shift = html! { (select(w, &to, &stages)) (words_field(w, w.t("matter-move-words"), (false, 2_000), of(Which::Stage))) };
    let outcomes: Vec<Choice<'_>> = Outcome::ALL
        .iter()
        .map(|o| Choice {
            value: o.as_str(),
            label: w.t(&format!("matter-outcome-{}", o.as_str())),
            ..Choice::default()
        })
        .collect();
    let came = again.filter(|again| again.which == Which::Answer).map_or("", |again| &again.typed.outcome);
    let outcome =
        Field { name: "outcome", label: w.t("matter-outcome"), value: came, required: true, ..Field::default() };
    let answer = html! { (select(w, &outcome, &outcomes)) (words_field(w, w.t("matter-answer-words"), (true, 4_000), of(Which::Answer))) };
    let error = Errors::new(w, of(Which::Join).1).of("into");
    let into = Field { name: "into", label: w.t("matter-join-number"), error, required: true, ..Field::default() };
    html! {
        @if m.state == State::Open {
            (sheet(w.t("matter-do-title"), &html! {
                (fold(w.t("matter-note"), &put_with_photos(("note", Which::Note), &note, w.t("btn-save"))))
                @if f.office {
                    (fold(w.t("matter-move"), &put("stage", &shift, w.t("matter-move"))))
                    (fold(w.t("matter-answer"), &put_with_photos(("answer", Which::Answer), &answer, w.t("matter-answer-send"))))
                    (fold(w.t("matter-give-duty"), &html! {
                        (link_button(Weight::Plain, &format!("/duties/new?matter={}", m.id), w.t("matter-give-duty")))
                    }))
                    (fold(w.t("matter-join"), &put("join", &text(w, &into, Input::Line, Some(20)), w.t("matter-join"))))
                }
            }))
        }
    }
}

fn following(visit: &Visit, f: &Facts) -> Markup {
    let w = visit.words;
    let (act, label) = match f.part {
        None => ("follow", "matter-follow"),
        Some(Part::Follower) => ("unfollow", "matter-unfollow"),
        Some(Part::Author | Part::Credited) => return html! {},
    };
    let body = html! { (visit.csrf_field()) (button(Weight::Plain, w.t(label))) };
    form(&format!("/matters/{}/{act}", f.shown.matter.id), &[], &body)
}

/// A text for the neighbours' group, without anybody's name.
fn for_the_group(visit: &Visit, f: &Facts) -> Markup {
    let (w, m) = (visit.words, &f.shown.matter);
    let stage = w.t(&format!("seal-{}", m.stage.as_str()));
    let text = w.t_with(
        "matter-share",
        &[
            ("number", (&m.number).into()),
            ("place", (&f.shown.place).into()),
            ("stage", stage.into()),
            ("title", (&m.title).into()),
        ],
    );
    visit.share("matter-share", &text, &format!("/matters/{}", m.id))
}
