//! One workshop.

use axum::{extract::State, response::Response};
use db::{Fault, Tx};
use kernel::{Context, FieldError, Refusal};
use matters::attendance::Figures;
use places::Place;
use rights::{Action, may};
use ui::{
    Markup, html,
    parts::{
        self, Choice, Field, Figure, Head, Input, Tone, Weight, acts, apart, breadcrumb, button, cols, figures, fold,
        head, link_button, section, sheet, tag, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit as Asker};

use super::{
    super::{
        Card, Question, Taken, Workshop, WorkshopId,
        ask::{self, AskQuestion, TakeUp},
        attend::{self, Attend},
        card::{self, AddCards},
        queries,
    },
    Typed, of,
};
use crate::{
    Season, SeasonId, Stage,
    page::{self, Line},
    season,
    season::web::shown,
};

type Ids = (SeasonId, WorkshopId);

/// What is shown.
struct Facts {
    season: Season,
    workshop: Workshop,
    cards: Vec<Card>,
    questions: Vec<Question>,
    place: Option<Place>,
    figures: Figures,
    inside: bool,
    once: String,
}

/// A form that was refused: its action, what was typed, why.
type Refused<'a> = Option<(&'a str, &'a Typed, &'a Refusal)>;

/// `GET /seasons/{season}/workshops/{workshop}`: seven statements.
pub(crate) async fn show(State(rim): State<Rim>, asker: Asker, PathId(ids): PathId<Ids>) -> Result<Response, Problem> {
    whole(&rim, &asker, ids, None).await
}

async fn whole(rim: &Rim, asker: &Asker, (season, id): Ids, refused: Refused<'_>) -> Result<Response, Problem> {
    let (actor, once) = (asker.actor.clone(), rim.once());
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &season)?;
        let workshop = queries::workshop(s, &season.id, &id)?;
        let place = places::queries::show(s, &workshop.place)?;
        let site = place.as_ref().map(Place::site).transpose()?;
        let path = place.as_ref().map_or("", |place| &place.path);
        Ok::<_, Fault>(Facts {
            cards: queries::cards(s, &workshop)?,
            questions: queries::questions(s, &workshop)?,
            figures: queries::figures(s, &workshop, path)?,
            inside: site.is_some_and(|site| may(&actor, Action::MoveMatter, &site)),
            place,
            workshop,
            season,
            once: once.clone(),
        })
    });
    let facts = read.await?;
    let w = asker.words;
    let Facts { season, workshop, .. } = &facts;
    let (here, list) = (format!("/seasons/{}", season.id), format!("/seasons/{}/workshops", season.id));
    let way = [("/seasons", w.t("nav-seasons")), (&*here, &*season.name), (&list, w.t("workshops-title"))];
    let at = facts.place.as_ref().map_or("", |place| &place.shown);
    let refusal = refused.map(|(_, _, refusal)| refusal);
    let body = html! {
        (breadcrumb(w, &way, &workshop.title))
        (head(&Head {
            kicker: &[html! { (at) }, shown::day(w, &workshop.day)],
            title: &workshop.title,
            ..Head::default()
        }))
        (told(w, refusal))
        (cols(
            &html! {
                @if !workshop.summary.is_empty() { div.flow { (shown::prose(&workshop.summary)) } }
                (card_list(asker, &facts, refused))
                (question_list(asker, &facts, refused))
            },
            &came(asker, &facts, refused),
        ))
    };
    Ok(page::page(asker, &workshop.title, &body, refusal))
}

/// Whether somebody works on the workshop, and it is not too late.
fn open(facts: &Facts) -> bool {
    facts.inside && facts.season.stage < Stage::Approved
}

fn base(facts: &Facts) -> String {
    format!("/seasons/{}/workshops/{}", facts.season.id, facts.workshop.id)
}

/// What was typed into a form that was refused.
fn kept<'a>(refused: Refused<'a>, action: &str) -> (Option<&'a Typed>, Option<&'a Refusal>) {
    match refused {
        Some((at, typed, refusal)) if at == action => (Some(typed), Some(refusal)),
        _ => (None, None),
    }
}

fn card_list(asker: &Asker, facts: &Facts, refused: Refused<'_>) -> Markup {
    let w = asker.words;
    let ideas = format!("/seasons/{}/ideas", facts.season.id);
    let (typed, refusal) = kept(refused, "cards");
    let field = Field {
        name: "cards",
        label: w.t("workshop-field-cards"),
        hint: w.t("workshop-field-cards-hint"),
        value: typed.map_or("", |typed| of(typed, "cards")),
        error: page::errors(w, refusal).of("cards"),
        required: true,
    };
    section(
        w.t("workshop-cards"),
        &html! {
            @if facts.cards.is_empty() { p.soft { (w.t("workshop-no-cards")) } }
            ol.plain {
                @for card in &facts.cards {
                    li {
                        p { (card.body) }
                        @if let Some(idea) = &card.idea {
                            p.small { (tag(Tone::Ok, w.t("workshop-card-is-idea"))) " "
                                a href={ (ideas) "/" (idea) } { (w.t("workshop-see-idea")) } }
                        } @else if facts.inside {
                            @if facts.season.stage == Stage::Ideas {
                                @let to = format!("{}/cards/{}/idea", base(facts), card.number);
                                (acts(&[link_button(Weight::Plain, &to, w.t("workshop-card-post"))]))
                            }
                            (fold(w.t("workshop-card-link"), &link_form(asker, facts, card, refused)))
                        }
                    }
                }
            }
            @if open(facts) {
                (page::form(asker, &format!("{}/cards", base(facts)), &[], &html! {
                    (parts::textarea(w, &field, 4, Some(20_000)))
                    (acts(&[button(Weight::Plain, w.t("workshop-add-cards"))]))
                }))
            }
        },
    )
}

fn link_form(asker: &Asker, facts: &Facts, card: &Card, refused: Refused<'_>) -> Markup {
    let w = asker.words;
    let (typed, refusal) = kept(refused, &format!("card-{}", card.number));
    let line = Line {
        name: "idea",
        label: w.t("workshop-field-idea"),
        hint: w.t("workshop-field-idea-hint"),
        value: typed.map_or("", |typed| of(typed, "idea")),
        input: Input::Line,
        most: 200,
        required: true,
    };
    let body = html! {
        (line.show(w, refusal))
        (acts(&[
            button(Weight::Plain, w.t("workshop-card-link")),
            link_button(Weight::Quiet, &format!("/seasons/{}/ideas", facts.season.id), w.t("ideas-title")),
        ]))
    };
    let form = page::form(asker, &format!("{}/cards/{}", base(facts), card.number), &[], &body);
    apart(&format!("card-{}", card.number), &form)
}

fn question_list(asker: &Asker, facts: &Facts, refused: Refused<'_>) -> Markup {
    let w = asker.words;
    section(
        w.t("workshop-questions"),
        &html! {
            @if facts.questions.is_empty() { p.soft { (w.t("workshop-no-questions")) } }
            @for question in &facts.questions {
                section.sheet.stack {
                    h3 { (question.question) }
                    p.small.soft { (question.expert) }
                    div.flow { (shown::prose(&question.advice)) }
                    p {
                        (tag(tone(question.taken), w.t(&format!("workshop-taken-{}", question.taken.as_str()))))
                        @if !question.taken_note.is_empty() { " " (question.taken_note) }
                    }
                    @if facts.inside {
                        (fold(w.t("workshop-take-up"), &take_up_form(asker, facts, question, refused)))
                    }
                }
            }
            @if open(facts) { (sheet(w.t("workshop-ask"), &ask_form(asker, facts, refused))) }
        },
    )
}

fn tone(taken: Taken) -> Tone {
    match taken {
        Taken::Yes => Tone::Ok,
        Taken::Partly => Tone::Due,
        Taken::Open | Taken::No => Tone::Plain,
    }
}

fn ask_form(asker: &Asker, facts: &Facts, refused: Refused<'_>) -> Markup {
    let w = asker.words;
    let (typed, refusal) = kept(refused, "questions");
    let value = |name| typed.map_or("", |typed| of(typed, name));
    let line = |name, label: &str, hint: &str, most| {
        Line { name, label: w.t(label), hint, value: value(name), input: Input::Line, most, required: true }
            .show(w, refusal)
    };
    let advice = Field {
        name: "advice",
        label: w.t("workshop-field-advice"),
        value: value("advice"),
        error: page::errors(w, refusal).of("advice"),
        required: true,
        ..Field::default()
    };
    let body = html! {
        (line("question", "workshop-field-question", "", 300))
        (line("expert", "workshop-field-expert", w.t("workshop-field-expert-hint"), 60))
        (parts::textarea(w, &advice, 4, Some(2_000)))
        (acts(&[button(Weight::Plain, w.t("btn-save"))]))
    };
    page::form(asker, &format!("{}/questions", base(facts)), &[], &body)
}

fn take_up_form(asker: &Asker, facts: &Facts, question: &Question, refused: Refused<'_>) -> Markup {
    let w = asker.words;
    let scope = format!("question-{}", question.number);
    let (typed, refusal) = kept(refused, &scope);
    let value = |name, there| typed.map_or(there, |typed| of(typed, name));
    let labels: Vec<String> = Taken::ALL.iter().map(|t| format!("workshop-taken-{}", t.as_str())).collect();
    let choices: Vec<Choice<'_>> = (Taken::ALL.iter().zip(&labels))
        .map(|(taken, label)| Choice { value: taken.as_str(), label: w.t(label), more: "" })
        .collect();
    let taken = Field {
        name: "taken",
        label: w.t("workshop-field-taken"),
        value: value("taken", question.taken.as_str()),
        error: page::errors(w, refusal).of("taken"),
        required: true,
        ..Field::default()
    };
    let note = Line {
        name: "note",
        label: w.t("workshop-field-note"),
        hint: w.t("workshop-field-note-hint"),
        value: value("note", &question.taken_note),
        input: Input::Line,
        most: 400,
        required: false,
    };
    let body = html! {
        (parts::select(w, &taken, &choices))
        (note.show(w, refusal))
        (acts(&[button(Weight::Plain, w.t("btn-save"))]))
    };
    apart(&scope, &page::form(asker, &format!("{}/questions/{}", base(facts), question.number), &[], &body))
}

/// How many came: rows of the list, and estimates beside them.
fn came(asker: &Asker, facts: &Facts, refused: Refused<'_>) -> Markup {
    let w = asker.words;
    let Figures { visits, persons, estimated_direct, .. } = facts.figures;
    let [visits, persons, estimated] = [visits, persons, estimated_direct].map(ui::format::count);
    let mut list = vec![Figure { label: w.t("attendance-visits"), value: &visits, ..Figure::default() }];
    if facts.figures.persons > 0 {
        list.push(Figure { label: w.t("attendance-persons"), value: &persons, ..Figure::default() });
    }
    if facts.figures.estimates > 0 {
        list.push(Figure { label: w.t("workshop-estimated"), value: &estimated, ..Figure::default() });
    }
    sheet(
        w.t("attendance-title"),
        &html! {
            (figures(&list))
            @if facts.inside { (came_form(asker, facts, refused)) }
        },
    )
}

fn came_form(asker: &Asker, facts: &Facts, refused: Refused<'_>) -> Markup {
    let w = asker.words;
    let (typed, refusal) = kept(refused, "attendance");
    let value = |name| typed.map_or("", |typed| of(typed, name));
    let line = |name, label: &str, hint: &str, (input, most)| {
        Line { name, label: w.t(label), hint: w.t(hint), value: value(name), input, most, required: false }
            .show(w, refusal)
    };
    let body = html! {
        (line("rows", "workshop-field-rows", "workshop-field-rows-hint", (Input::Number, 3)))
        (line("headcount", "workshop-field-headcount", "workshop-field-headcount-hint", (Input::Number, 7)))
        (line("basis", "workshop-field-basis", "workshop-field-basis-hint", (Input::Line, 400)))
        (acts(&[button(Weight::Plain, w.t("btn-save"))]))
    };
    let once = typed.map_or(&*facts.once, |typed| of(typed, "once"));
    page::form(asker, &format!("{}/attendance", base(facts)), &[("once", once)], &body)
}

/// Runs a form's command and goes back to the workshop, or shows the page again.
async fn done<T: Send + 'static>(
    (rim, asker): (&Rim, &Asker),
    ids: Ids,
    (form, typed): (&str, &Typed),
    command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Clone + Send + 'static,
) -> Result<Response, Problem> {
    match page::shown(page::act(rim, asker, command).await)? {
        Ok(_) => Ok(page::to(&format!("/seasons/{}/workshops/{}", ids.0, ids.1))),
        Err(refusal) => whole(rim, asker, ids, Some((form, typed, &refusal))).await,
    }
}

/// `POST /seasons/{season}/workshops/{workshop}/cards`: one card a line.
pub(crate) async fn add_cards(
    State(rim): State<Rim>,
    SignedIn(asker): SignedIn,
    PathId(ids): PathId<Ids>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let lines = of(&typed, "cards").lines().map(str::trim).filter(|line| !line.is_empty());
    let input = AddCards { cards: lines.take(super::super::MAX_AT_ONCE + 1).map(str::to_owned).collect() };
    let of = ids.clone();
    done((&rim, &asker), ids, ("cards", &typed), move |tx, cx| card::add(tx, cx, (&of.0, &of.1), &input)).await
}

/// `POST /seasons/{season}/workshops/{workshop}/cards/{number}`: the idea that the card became.
pub(crate) async fn link_card(
    State(rim): State<Rim>,
    SignedIn(asker): SignedIn,
    PathId((season, id, number)): PathId<(SeasonId, WorkshopId, u32)>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let (ids, idea) = ((season.clone(), id.clone()), of(&typed, "idea").to_owned());
    done((&rim, &asker), (season, id), (&format!("card-{number}"), &typed), move |tx, cx| {
        // who may not is told so before what is wrong with the field
        card::at(tx, cx, (&ids.0, &ids.1))?;
        card::link(tx, cx, (&ids.0, &ids.1, number), &card::typed_idea(&idea)?)
    })
    .await
}

/// `POST /seasons/{season}/workshops/{workshop}/questions`.
pub(crate) async fn ask(
    State(rim): State<Rim>,
    SignedIn(asker): SignedIn,
    PathId(ids): PathId<Ids>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let [question, expert, advice] = ["question", "expert", "advice"].map(|name| of(&typed, name).to_owned());
    let (at, input) = (ids.clone(), AskQuestion { question, expert, advice });
    done((&rim, &asker), ids, ("questions", &typed), move |tx, cx| ask::ask(tx, cx, (&at.0, &at.1), &input)).await
}

/// `POST /seasons/{season}/workshops/{workshop}/questions/{number}`: whether the advice was taken up.
pub(crate) async fn take_up(
    State(rim): State<Rim>,
    SignedIn(asker): SignedIn,
    PathId((season, id, number)): PathId<(SeasonId, WorkshopId, u32)>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let ids = (season.clone(), id.clone());
    let (taken, note) = (of(&typed, "taken").parse().ok(), of(&typed, "note").to_owned());
    done((&rim, &asker), (season, id), (&format!("question-{number}"), &typed), move |tx, cx| {
        let wrong = || Refusal::invalid(vec![FieldError::new("taken", "unknown-choice")]);
        card::at(tx, cx, (&ids.0, &ids.1))?;
        let input = TakeUp { taken: taken.ok_or_else(wrong)?, note: note.clone() };
        ask::take_up(tx, cx, (&ids.0, &ids.1, number), &input)
    })
    .await
}

/// `POST /seasons/{season}/workshops/{workshop}/attendance`: how many rows the signed list has, or an estimate.
pub(crate) async fn attend(
    State(rim): State<Rim>,
    SignedIn(asker): SignedIn,
    PathId(ids): PathId<Ids>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = match counted(&typed) {
        Ok(input) => input,
        Err(refusal) => return whole(&rim, &asker, ids, Some(("attendance", &typed, &refusal))).await,
    };
    let at = ids.clone();
    let form = ("attendance", &typed);
    done((&rim, &asker), ids, form, move |tx, cx| attend::attend(tx, cx, (&at.0, &at.1), &input)).await
}

fn counted(typed: &Typed) -> Result<Attend, Refusal> {
    Ok(Attend {
        rows: number(typed, "rows")?,
        headcount: number(typed, "headcount")?,
        basis: of(typed, "basis").to_owned(),
        once: of(typed, "once").to_owned(),
    })
}

fn number(typed: &Typed, name: &'static str) -> Result<Option<u32>, Refusal> {
    match of(typed, name).trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Refusal::invalid(vec![FieldError::new(name, "not-a-number")])),
    }
}
