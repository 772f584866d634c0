//! The forms: draft a poll, change a draft.

use axum::{
    extract::{Query, State as From},
    response::Response,
};
use kernel::{PlaceId, Refusal};
use rights::Action;
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Card, Choice, Field, Head, Input, Weight, acts, breadcrumb, button, cards, fieldset, head, link_button,
        section, select, sheet, text, textarea, told,
    },
    words::key_of,
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit,
    page::{act, errors, form, shown, to},
};

use super::{One, answer};
use crate::{
    DraftPoll, Openness, Poll, PollId, PollKind, RankedRule, State,
    commands::{
        change::{self, ChangePoll},
        draft as drafting,
    },
    templates::TEMPLATES,
};

/// What the form sends; numbers as they were typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    place: String,
    title: String,
    body: String,
    kind: String,
    openness: String,
    template: String,
    options: String,
    quorum: String,
    quorum_bound: String,
    quorum_of: String,
    threshold: String,
    bound: String,
    base: String,
    abstain: String,
    ranked: String,
    seats: String,
    dots: String,
    cap: String,
    questions: String,
    opens: String,
    closes: String,
    roll_days: String,
    once: String,
    revision: i64,
}

/// A whole number of a form; empty is 0, and what is none is larger than anything allowed.
fn number(text: &str) -> u32 {
    let text = text.trim();
    if text.is_empty() { 0 } else { text.parse().unwrap_or(u32::MAX) }
}

impl Typed {
    fn input(&self) -> DraftPoll {
        let t = self.clone();
        DraftPoll {
            place: t.place,
            title: t.title,
            body: t.body,
            kind: t.kind,
            openness: t.openness,
            template: t.template,
            options: t.options,
            quorum: t.quorum,
            quorum_bound: t.quorum_bound,
            quorum_of: t.quorum_of,
            threshold: t.threshold,
            bound: t.bound,
            base: t.base,
            abstain: t.abstain,
            ranked: t.ranked,
            seats: number(&self.seats),
            dots: number(&self.dots),
            cap: number(&self.cap),
            questions: t.questions,
            opens: t.opens,
            closes: t.closes,
            roll_days: number(&self.roll_days),
            once: t.once,
        }
    }

    /// What a blank form holds.
    fn blank(place: String, kind: PollKind, once: String) -> Typed {
        let s = str::to_owned;
        Typed {
            place,
            once,
            kind: s(kind.as_str()),
            openness: s("secret"),
            template: s("house"),
            quorum: s("1/2"),
            quorum_bound: s("more-than"),
            quorum_of: s("took-part"),
            threshold: s("1/2"),
            bound: s("more-than"),
            base: s("valid"),
            abstain: s("in-base"),
            ranked: s("schulze"),
            seats: s("1"),
            dots: s("5"),
            cap: s("3"),
            roll_days: s("0"),
            ..Typed::default()
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct At {
    place: String,
    kind: String,
}

/// `GET /polls/new`: first how it is asked, then a form with what that needs and nothing else.
pub(crate) async fn blank(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    Query(at): Query<At>,
) -> Result<Response, Problem> {
    let Some(kind) = at.kind.parse().ok() else {
        return kinds_page(&rim, &visit, &at.place).await;
    };
    let typed = Typed::blank(at.place, kind, rim.once());
    new_page(&rim, &visit, &typed, None).await
}

async fn kinds_page(rim: &Rim, visit: &Visit, place: &str) -> Result<Response, Problem> {
    places::web::choices(rim, visit, Action::Enrol, place).await?;
    let w = visit.words;
    let place = place.trim().parse::<PlaceId>().map_or_else(|_| String::new(), |place| place.to_string());
    let hrefs: Vec<String> =
        PollKind::ALL.iter().map(|kind| format!("/polls/new?place={place}&kind={}", kind.as_str())).collect();
    let card = |(kind, href): (PollKind, &'_ String)| {
        let (title, excerpt) =
            (w.t(&key_of("poll-kind", kind.as_str())), w.t(&key_of("poll-kind-about", kind.as_str())));
        cards(&[Card { title, href, tag: Markup::default(), meta: &[], excerpt }])
    };
    let body = html! {
        (breadcrumb(w, &[("/polls", w.t("polls-title"))], w.t("poll-new")))
        (head(&Head { title: w.t("poll-new"), lead: w.t("poll-new-lead"), ..Head::default() }))
        (section(w.t("poll-field-kind"), &html! { @for one in PollKind::ALL.iter().copied().zip(&hrefs) { (card(one)) } }))
        (sheet(w.t("poll-elsewhere-title"), &html! {
            p { (w.t("poll-elsewhere")) }
            (acts(&[link_button(Weight::Plain, "/seasons", w.t("poll-elsewhere-to"))]))
        }))
    };
    Ok(answer(visit, w.t("poll-new"), &body, None))
}

async fn new_page(rim: &Rim, visit: &Visit, typed: &Typed, refusal: Option<&Refusal>) -> Result<Response, Problem> {
    let found = places::web::choices(rim, visit, Action::Enrol, &typed.place).await?;
    let w = visit.words;
    let fields = html! {
        (told(w, refusal))
        (one_of(w, ("place", "poll-place"), (&found, &typed.place), refusal))
        (fields(w, typed, refusal))
        (acts(&[button(Weight::First, w.t("poll-draft"))]))
    };
    let others = format!("/polls/new?place={}", typed.place.trim());
    let title = w.t(&key_of("poll-kind", &typed.kind));
    let body = html! {
        (breadcrumb(w, &[("/polls", w.t("polls-title")), (&others, w.t("poll-new"))], title))
        (head(&Head { title, lead: w.t("poll-new-lead"), ..Head::default() }))
        (form(visit, "/polls", &[("once", &typed.once), ("kind", &typed.kind)], &fields))
    };
    Ok(answer(visit, title, &body, refusal))
}

fn one_of(
    w: Words,
    (name, label): (&str, &str),
    (choices, value): (&[(String, String)], &str),
    refusal: Option<&Refusal>,
) -> Markup {
    let list: Vec<Choice<'_>> = choices.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let error = errors(w, refusal).of(name);
    select(w, &Field { name, label: w.t(label), value, error, required: true, ..Field::default() }, &list)
}

/// Words with what they are called, under a prefix.
fn called(w: Words, prefix: &str, words: &[&str]) -> Vec<(String, String)> {
    words.iter().map(|word| ((*word).to_owned(), w.t(&key_of(prefix, word)).to_owned())).collect()
}

/// What a poll says.
fn fields(w: Words, typed: &Typed, refusal: Option<&Refusal>) -> Markup {
    let errors = errors(w, refusal);
    let line = |name, label: &'static str, value, required| Field {
        name,
        label: w.t(label),
        value,
        error: errors.of(name),
        required,
        ..Field::default()
    };
    let hinted = |hint: &'static str, field| Field { hint: w.t(hint), ..field };
    let words = |list: Vec<&'static str>, prefix| called(w, prefix, &list);
    let openness = words(Openness::ALL.iter().map(|word| word.as_str()).collect(), "poll-openness");
    let kind = typed.kind.parse().ok();
    let offered = TEMPLATES.iter().filter(|template| kind.is_none_or(|kind| template.fits(kind)));
    let templates = words(offered.map(|template| template.word).collect(), "poll-template");
    let body = hinted("poll-body-hint", line("body", "poll-body", &typed.body, false));
    let roll = hinted("poll-roll-days-hint", line("roll_days", "poll-roll-days", &typed.roll_days, false));
    html! {
        (text(w, &line("title", "poll-field-title", &typed.title, true), Input::Line, Some(120)))
        (textarea(w, &body, 6, Some(4_000)))
        @if kind == Some(PollKind::Survey) {
            // answers are told as totals alone
            input type="hidden" name="openness" value=(Openness::Secret.as_str());
        } @else { (one_of(w, ("openness", "poll-openness"), (&openness, &typed.openness), refusal)) }
        (one_of(w, ("template", "poll-template"), (&templates, &typed.template), refusal))
        (text(w, &line("opens", "poll-opens", &typed.opens, true), Input::Day, None))
        (text(w, &line("closes", "poll-closes", &typed.closes, true), Input::Day, None))
        (text(w, &roll, Input::Number, Some(2)))
        @match kind {
            Some(PollKind::Motion) => (fieldset(w.t("poll-of-motion"), w.t("poll-of-motion-hint"), &of_motion(w, typed, refusal))),
            Some(PollKind::Survey) => (fieldset(w.t("poll-of-survey"), "", &of_survey(w, typed, refusal))),
            kind => (fieldset(w.t("poll-options"), "", &of_options(w, (typed, kind == Some(PollKind::Dots)), refusal))),
        }
    }
}

fn of_motion(w: Words, typed: &Typed, refusal: Option<&Refusal>) -> Markup {
    let errors = errors(w, refusal);
    let share = |name, label: &'static str, value| Field {
        name,
        label: w.t(label),
        hint: w.t("poll-share-hint"),
        value,
        error: errors.of(name),
        required: false,
    };
    let threshold = Field { required: true, ..share("threshold", "poll-threshold", &typed.threshold) };
    let bounds = called(w, "poll-bound", &["more-than", "at-least"]);
    html! {
        (text(w, &share("quorum", "poll-quorum", &typed.quorum), Input::Line, Some(9)))
        (one_of(w, ("quorum_bound", "poll-quorum-bound"), (&bounds, &typed.quorum_bound), refusal))
        (one_of(w, ("quorum_of", "poll-quorum-of"), (&called(w, "poll-base", &["took-part", "present"]), &typed.quorum_of), refusal))
        (text(w, &threshold, Input::Line, Some(9)))
        (one_of(w, ("bound", "poll-threshold-bound"), (&bounds, &typed.bound), refusal))
        (one_of(w, ("base", "poll-threshold-base"), (&called(w, "poll-base", &["valid", "took-part", "present", "roll"]), &typed.base), refusal))
        (one_of(w, ("abstain", "poll-abstain"), (&called(w, "poll-abstain", &["in-base", "left-out"]), &typed.abstain), refusal))
    }
}

fn of_options(w: Words, (typed, dots): (&Typed, bool), refusal: Option<&Refusal>) -> Markup {
    let errors = errors(w, refusal);
    let line = |name, label: &'static str, value| Field {
        name,
        label: w.t(label),
        value,
        error: errors.of(name),
        required: true,
        ..Field::default()
    };
    let options = Field { hint: w.t("poll-options-hint"), ..line("options", "poll-options", &typed.options) };
    let rules: Vec<&str> = RankedRule::ALL.iter().map(|rule| rule.as_str()).collect();
    html! {
        (textarea(w, &options, 6, Some(20_000)))
        @if !dots { (one_of(w, ("ranked", "poll-ranked"), (&called(w, "poll-ranked", &rules), &typed.ranked), refusal)) }
        @let hint = if dots { "" } else { w.t("poll-seats-hint") };
        (text(w, &Field { hint, ..line("seats", "poll-seats", &typed.seats) }, Input::Number, Some(2)))
        @if dots {
            (text(w, &line("dots", "poll-dots", &typed.dots), Input::Number, Some(3)))
            (text(w, &line("cap", "poll-cap", &typed.cap), Input::Number, Some(3)))
        }
    }
}

fn of_survey(w: Words, typed: &Typed, refusal: Option<&Refusal>) -> Markup {
    let field = Field {
        name: "questions",
        label: w.t("poll-questions"),
        hint: w.t("poll-questions-hint"),
        value: &typed.questions,
        error: errors(w, refusal).of("questions"),
        required: true,
    };
    html! {
        (textarea(w, &field, 12, Some(20_000)))
        (sheet(w.t("poll-questions-how"), &html! {
            pre { (w.t("poll-questions-example")) }
            p { (w.t("poll-questions-signs")) }
            p { (w.t("poll-questions-group")) }
        }))
    }
}

/// `POST /polls`.
pub(crate) async fn draft(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = typed.input();
    match shown(act(&rim, &visit, move |tx, cx| drafting::draft(tx, cx, &input)).await)? {
        Ok(poll) => Ok(to(&format!("/polls/{}/roll", poll.id))),
        Err(refusal) if refusal.code == "not-allowed" => Err(refusal.into()),
        Err(refusal) => new_page(&rim, &visit, &typed, Some(&refusal)).await,
    }
}

/// `GET /polls/{poll}/change`.
pub(crate) async fn change_form(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
) -> Result<Response, Problem> {
    change_page(&rim, &visit, &id, (None, None)).await
}

async fn change_page(
    rim: &Rim,
    visit: &Visit,
    id: &PollId,
    (typed, refusal): (Option<Typed>, Option<&Refusal>),
) -> Result<Response, Problem> {
    let (actor, key) = (visit.actor.clone(), id.clone());
    let one = rim.db.read(move |s| One::inside(s, &actor, &key)).await?;
    let w = visit.words;
    let typed = typed.unwrap_or_else(|| filled(&one.poll));
    let revision = typed.revision.to_string();
    let body = html! {
        (one.way(w, w.t("poll-change")))
        (head(&Head { title: w.t("poll-change"), lead: w.t("poll-change-lead"), ..Head::default() }))
        @if one.poll.state == State::Draft {
            (form(visit, &format!("{}/change", one.here()), &[("revision", &revision), ("kind", &typed.kind)], &html! {
                (told(w, refusal))
                (fields(w, &typed, refusal))
                (acts(&[button(Weight::First, w.t("poll-change"))]))
            }))
        } @else { p { (w.t("poll-not-a-draft")) } }
    };
    Ok(answer(visit, w.t("poll-change"), &body, refusal))
}

/// A poll as a form holds it.
fn filled(poll: &Poll) -> Typed {
    let definition = &poll.definition;
    let line = |option: &crate::Choosable| match option.about.as_str() {
        "" => option.title.clone(),
        about => format!("{} | {about}", option.title),
    };
    let mut typed = Typed::blank(poll.place.to_string(), poll.kind, String::new());
    typed.title.clone_from(&poll.title);
    typed.body.clone_from(&poll.body);
    poll.openness.as_str().clone_into(&mut typed.openness);
    typed.template.clone_from(&poll.template);
    typed.options = definition.options.iter().map(line).collect::<Vec<_>>().join("\n");
    typed.questions = crate::survey::print(&definition.questions);
    typed.opens = poll.opens_day.to_string();
    typed.closes = poll.closes_day.to_string();
    typed.roll_days = poll.roll_days.to_string();
    typed.revision = poll.revision;
    if let Some(rule) = definition.motion {
        crate::rules::print_motion(&rule, |name, value| match name {
            "quorum" => typed.quorum = value,
            "quorum_bound" => typed.quorum_bound = value,
            "quorum_of" => typed.quorum_of = value,
            "threshold" => typed.threshold = value,
            "bound" => typed.bound = value,
            "base" => typed.base = value,
            _ => typed.abstain = value,
        });
    }
    if let Some(rule) = definition.ranked {
        rule.rule.as_str().clone_into(&mut typed.ranked);
        typed.seats = rule.seats.to_string();
    }
    if let Some(rule) = definition.dots {
        (typed.dots, typed.cap, typed.seats) = (rule.dots.to_string(), rule.cap.to_string(), rule.seats.to_string());
    }
    typed
}

/// `POST /polls/{poll}/change`.
pub(crate) async fn change(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let (of, input) = (id.clone(), ChangePoll { revision: typed.revision, poll: typed.input() });
    match shown(act(&rim, &visit, move |tx, cx| change::change(tx, cx, &of, &input)).await)? {
        Ok(poll) => Ok(to(&format!("/polls/{}", poll.id))),
        Err(refusal) if refusal.code == "not-allowed" => Err(refusal.into()),
        Err(refusal) => change_page(&rim, &visit, &id, (Some(typed), Some(&refusal))).await,
    }
}
