//! The form of a new idea, by the author or at the desk.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::{FieldError, Kind, Refusal};
use people::desk;
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        CheckList, Choice, Errors, Field, Input, Tone, Weight, acts, button, checks, form_with_files, link_button,
        notice, select, sheet, text, textarea, told,
    },
};
use web::{PathId, Problem, Rim, Sent, Visit};

use super::{
    list::{self, Facts},
    photos,
};
use crate::{
    Season, SeasonId,
    idea::{
        post::{self, PostIdea},
        post_for,
    },
    page::{act, to},
    season::{queries as seasons, web::shown},
};

/// An idea as it is sent, and the desk entry.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    title: String,
    body: String,
    field: String,
    pub place: String,
    nameless: String,
    /// No form of this site sends it: nobody signs with a name that they type.
    author: String,
    pub once: String,
    /// The desk entry's id, or nothing.
    pub desk: String,
    /// Ids of photos that an earlier sending brought.
    files: Vec<String>,
}

impl Typed {
    /// A form in which nothing is typed yet.
    pub(super) fn fresh(once: String, desk: String, place: String) -> Typed {
        Typed { once, desk, place, ..Typed::default() }
    }

    fn idea(&self) -> PostIdea {
        PostIdea {
            title: self.title.clone(),
            body: self.body.clone(),
            field: self.field.clone(),
            place: self.place.clone(),
            nameless: !self.nameless.is_empty(),
            files: self.files.clone(),
            author: self.author.clone(),
            once: self.once.clone(),
        }
    }
}

/// `POST /seasons/{season}/ideas`: to the list with a word of thanks, or the page again with what was typed.
pub(super) async fn send(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    sent: Sent<Typed>,
) -> Result<Response, Problem> {
    let Sent { fields: mut typed, files, refusal } = sent;
    let done = match take_in(&rim, &visit, &id, (&mut typed, (files, refusal))).await {
        Ok(()) => posted(&rim, &visit, &id, &typed).await,
        Err(fault) => Err(fault),
    };
    match done {
        Ok(path) => Ok(to(&path)),
        Err(Fault::Refused(refusal)) if refusal.kind != Kind::NotFound || refusal.code.starts_with("file-") => {
            list::again(&rim, &visit, id, (&typed, &refusal)).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Photos lie at the season's place.
async fn take_in(
    rim: &Rim,
    visit: &Visit,
    season: &SeasonId,
    (typed, came): (&mut Typed, web::photos::Came),
) -> Result<(), Fault> {
    if came.0.is_empty() && came.1.is_none() {
        return Ok(());
    }
    let id = season.clone();
    let read = rim.db.read(move |s| {
        let season = seasons::season(s, &id)?;
        seasons::site(s, &season)
    });
    web::photos::receive((rim, visit), &read.await?, photos::TAKES, &mut typed.files, came).await
}

/// Where it goes on: the list with a word of thanks, or the receipt of the desk.
async fn posted(rim: &Rim, visit: &Visit, season: &SeasonId, typed: &Typed) -> Result<String, Fault> {
    let (id, input, desk) = (season.clone(), typed.idea(), desk::typed(&typed.desk)?);
    let Some(entry) = desk else {
        let idea = act(rim, visit, move |tx, cx| post::post(tx, cx, &id, &input)).await?;
        return Ok(format!("/seasons/{season}/ideas?posted={}", idea.id));
    };
    let receipt = act(rim, visit, move |tx, cx| post_for::post_for(tx, cx, (&id, &entry), &input)).await?;
    Ok(format!("/receipts/{}", receipt.number))
}

/// The form, or what to do before one may write.
pub(super) fn write(visit: &Visit, f: &Facts, (typed, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    // at the desk it is not the worker who publishes
    let allowed = !typed.desk.is_empty() || may(&visit.actor, Action::PostIdea, f.season.id.home());
    if !allowed && refusal.is_none() {
        return before_writing(visit, &f.season);
    }
    html! {
        section.sheet.stack #idea-form {
            h2 { (w.t("idea-form-title")) }
            (form_with_files(
                &format!("/seasons/{}/ideas", f.season.id),
                &[("once", &typed.once), ("desk", &typed.desk)],
                &fields(visit, f, typed, refusal),
            ))
        }
    }
}

fn fields(visit: &Visit, f: &Facts, typed: &Typed, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    const NONE: &[FieldError] = &[];
    let errors = Errors::new(w, refusal.map_or(NONE, |r| &r.fields));
    let labels = [
        ("title", "idea-field-title"),
        ("body", "idea-field-body"),
        ("field", "idea-field-field"),
        ("place", "idea-field-place"),
        ("author", "idea-field-name"),
    ];
    let labels = labels.map(|(name, key)| (name, w.t(key)));
    let field = |at: usize, hint: &'static str, value, required| {
        let (name, label) = labels[at];
        Field {
            name,
            label,
            hint: if hint.is_empty() { "" } else { w.t(hint) },
            value,
            error: errors.of(name),
            required,
        }
    };
    let choice = |value, label| Choice { value, label, ..Choice::default() };
    let kinds: Vec<Choice<'_>> = f.template.fields.iter().map(|t| choice(&t.key, t.name.of(w.locale()))).collect();
    let mut places: Vec<Choice<'_>> = f.areas.iter().map(|p| choice(p.id.as_str(), &p.shown)).collect();
    if !places.is_empty() {
        places.push(choice(f.season.place.as_str(), w.t("idea-place-whole")));
    }
    html! {
        (visit.csrf_field())
        @if !typed.desk.is_empty() { (notice(w, Tone::Due, "", &html! { p { (w.t("desk-for-another")) } })) }
        (errors.summary(&labels))
        (told(w, refusal))
        (text(w, &field(0, "idea-field-title-hint", &typed.title, true), Input::Line, Some(60)))
        (textarea(w, &field(1, "idea-field-body-hint", &typed.body, true), 6, Some(2_000)))
        @if !kinds.is_empty() { (select(w, &field(2, "", &typed.field, true), &kinds)) }
        @if !places.is_empty() { (select(w, &field(3, "idea-field-place-hint", &typed.place, false), &places)) }
        // what is photographed belongs to whoever photographs: not at the desk
        @if typed.desk.is_empty() { (web::photos::field(w, "photos", photos::TAKES, &typed.files, refusal)) }
        (signature(w, f, typed))
        p.small.soft { (w.t("idea-privacy")) }
        (acts(&[button(Weight::First, w.t("idea-send"))]))
    }
}

/// The name that is shown is the one of the account, or none. At the desk it is the other person's.
fn signature(w: Words, f: &Facts, typed: &Typed) -> Markup {
    let hint = match (typed.desk.is_empty(), f.shown_name.as_str()) {
        (false, _) => w.t("idea-sign-desk").to_owned(),
        (true, "") => w.t("idea-sign-none").to_owned(),
        (true, name) => w.t_with("idea-sign-as", &[("name", name.into())]),
    };
    checks(
        w,
        &CheckList {
            field: Field { name: "nameless", label: w.t("idea-sign"), hint: &hint, ..Field::default() },
            choices: &[Choice { value: "1", label: w.t("idea-nameless"), more: w.t("idea-nameless-more") }],
            chosen: if typed.nameless.is_empty() { &[] } else { &["1"] },
            one: false,
        },
    )
}

/// Who publishes has shown a telephone number or been to the desk (Cybersecurity Law, article 26); the name stays the
/// writer's own business.
fn before_writing(visit: &Visit, season: &Season) -> Markup {
    let w = visit.words;
    let back = format!("/seasons/{}/ideas", season.id);
    let way = match visit.me {
        None => link_button(Weight::First, &format!("/sign-in?next={back}"), w.t("idea-sign-in")),
        Some(_) => link_button(Weight::First, "/me", w.t("account-verify")),
    };
    html! {
        section.sheet.stack #idea-form {
            h2 { (w.t("idea-form-title")) }
            p { (w.t("idea-before")) }
            (acts(&[way]))
            p.small.soft { (w.t("idea-without-phone")) }
        }
    }
}

/// Why there is no form, and whatever somebody typed into one that was still open, so that it is not lost.
pub(super) fn closed(w: Words, typed: &Typed) -> Markup {
    let Typed { title, body, .. } = typed;
    html! {
        (notice(w, Tone::Due, "", &html! { p { (w.t("idea-closed")) } }))
        @if !title.is_empty() || !body.is_empty() {
            (sheet(w.t("idea-kept"), &html! { p { strong { (title) } } (shown::prose(body)) }))
        }
    }
}
