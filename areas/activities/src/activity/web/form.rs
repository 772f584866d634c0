//! The forms: hold, change, cancel.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::{Kind, Refusal, local_time};
use programmes::{
    page::{act, form as page_form, shown, to},
    project, proposal,
};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        CheckList, Choice, Errors, Field, Head, Input, Weight, acts, breadcrumb, button, checks, fold, head, section,
        select, text, textarea, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit};

use crate::{
    ActivityId,
    activity::{
        THEMES,
        cancel::{self, CancelActivity},
        change::{self, ChangeActivity},
        hold::{self as held, HoldActivity},
    },
    page::{self, One},
};

/// What the form sends.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    season: String,
    project: String,
    place: String,
    theme: String,
    title: String,
    about: String,
    spot: String,
    day: String,
    from: String,
    until: String,
    capacity: String,
    hours: String,
    once: String,
    revision: u32,
}

impl Typed {
    fn input(&self) -> HoldActivity {
        HoldActivity {
            season: self.season.clone(),
            project: page::number(&self.project),
            place: self.place.clone(),
            theme: self.theme.clone(),
            title: self.title.clone(),
            about: self.about.clone(),
            spot: self.spot.clone(),
            day: self.day.clone(),
            from: self.from.clone(),
            until: self.until.clone(),
            capacity: page::number(&self.capacity),
            hours: !self.hours.is_empty(),
            once: self.once.clone(),
        }
    }
}

/// What can be chosen: places, or projects of a season.
struct Choices {
    places: Vec<(String, String)>,
    projects: Vec<(String, String)>,
}

async fn choices(rim: &Rim, visit: &Visit, typed: &Typed) -> Result<Choices, Problem> {
    let (season, place, actor) = (typed.season.clone(), typed.place.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        if let Ok(season) = season.trim().parse() {
            let found = programmes::season::queries::season(s, &season)?;
            let site = programmes::season::queries::site(s, &found)?;
            let office = may(&actor, Action::HoldActivity, &site);
            // a team holds what belongs to its own projects
            let own: Vec<u32> = match office {
                true => Vec::new(),
                false => proposal::queries::mine(s, &season, &actor)?.0.iter().filter_map(|p| p.project).collect(),
            };
            let mut found = project::queries::projects(s, &season, 0, i64::from(programmes::MAX_PROJECTS))?;
            found.retain(|project| office || own.contains(&project.number));
            let projects = found.into_iter().map(|p| (p.number.to_string(), format!("{}. {}", p.number, p.name)));
            return Ok(Choices { places: Vec::new(), projects: projects.collect() });
        }
        let found = places::offered(s, &actor, Action::HoldActivity, &place)?;
        let places = found.into_iter().map(|place| (place.id.to_string(), place.shown)).collect();
        Ok::<_, Fault>(Choices { places, projects: Vec::new() })
    });
    Ok(read.await?)
}

/// Where the form is asked from.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct From {
    season: String,
    project: String,
    place: String,
}

/// `GET /activities/new`.
pub(super) async fn blank(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Query(from): Query<From>,
) -> Result<Response, Problem> {
    let typed = Typed {
        season: from.season,
        project: if from.project == "0" { String::new() } else { from.project },
        place: from.place,
        once: rim.once(),
        ..Typed::default()
    };
    new_page(&rim, &visit, &typed, None).await
}

async fn new_page(rim: &Rim, visit: &Visit, typed: &Typed, refusal: Option<&Refusal>) -> Result<Response, Problem> {
    let choices = choices(rim, visit, typed).await?;
    if choices.places.is_empty() && choices.projects.is_empty() {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    let w = visit.words;
    let whose = html! {
        @if choices.projects.is_empty() {
            (choose(w, ("place", "activity-field-place"), (&choices.places, &typed.place), refusal))
        } @else {
            (choose(w, ("project", "activity-field-project"), (&choices.projects, &typed.project), refusal))
        }
    };
    let fields = html! {
        (told(w, refusal))
        (whose)
        (fields(w, typed, refusal))
        (acts(&[button(Weight::First, w.t("activity-hold"))]))
    };
    let hidden = [("once", &*typed.once), ("season", &*typed.season)];
    let body = html! {
        (breadcrumb(w, &[("/activities", w.t("activities-title"))], w.t("activity-new")))
        (head(&Head { title: w.t("activity-new"), lead: w.t("activity-new-lead"), ..Head::default() }))
        (page_form(visit, "/activities", &hidden, &fields))
    };
    Ok(page::page(visit, w.t("activity-new"), &body, refusal))
}

fn choose(
    w: Words,
    (name, label): (&str, &str),
    (choices, value): (&[(String, String)], &str),
    refusal: Option<&Refusal>,
) -> Markup {
    let list: Vec<Choice<'_>> = choices.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    let error = errors(w, refusal).of(name);
    select(w, &Field { name, label: w.t(label), value, error, required: true, ..Field::default() }, &list)
}

fn errors(w: Words, refusal: Option<&Refusal>) -> Errors<'_> {
    Errors::new(w, refusal.map_or(&[], |refusal| &refusal.fields))
}

/// What an activity says.
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
    let themes: Vec<(String, String)> =
        THEMES.iter().map(|theme| ((*theme).to_owned(), w.t(&format!("activity-theme-{theme}")).to_owned())).collect();
    let about =
        Field { hint: w.t("activity-field-about-hint"), ..line("about", "activity-field-about", &typed.about, false) };
    let capacity = Field {
        hint: w.t("activity-field-capacity-hint"),
        ..line("capacity", "activity-field-capacity", &typed.capacity, false)
    };
    let spot =
        Field { hint: w.t("activity-field-spot-hint"), ..line("spot", "activity-field-spot", &typed.spot, false) };
    let hours = CheckList {
        field: line("hours", "activity-field-hours", "", false),
        choices: &[Choice { value: "yes", label: w.t("activity-field-hours-yes"), more: "" }],
        chosen: if typed.hours.is_empty() { &[] } else { &["yes"] },
        one: false,
    };
    html! {
        (text(w, &line("title", "activity-field-title", &typed.title, true), Input::Line, Some(80)))
        (choose(w, ("theme", "activity-field-theme"), (&themes, &typed.theme), refusal))
        (text(w, &line("day", "activity-field-day", &typed.day, true), Input::Day, None))
        (text(w, &line("from", "activity-field-from", &typed.from, true), Input::Time, None))
        (text(w, &line("until", "activity-field-until", &typed.until, true), Input::Time, None))
        (text(w, &spot, Input::Line, Some(100)))
        (textarea(w, &about, 5, Some(2_000)))
        (text(w, &capacity, Input::Number, Some(6)))
        (checks(w, &hours))
    }
}

/// `POST /activities`.
pub(super) async fn hold(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = typed.input();
    match shown(act(&rim, &visit, move |tx, cx| held::hold(tx, cx, &input)).await)? {
        Ok(activity) => Ok(to(&format!("/activities/{}", activity.id))),
        Err(refusal) if refusal.code == "not-allowed" => Err(refusal.into()),
        Err(refusal) => {
            let refusal = page::whole(refusal, &[("capacity", &typed.capacity)]);
            new_page(&rim, &visit, &typed, Some(&refusal)).await
        }
    }
}

/// `GET /activities/{activity}/change`.
pub(super) async fn change_form(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
) -> Result<Response, Problem> {
    change_page(&rim, &visit, &id, (None, "", None)).await
}

/// What was typed into the form, what into the reason for cancelling, and why it was refused.
type Again<'a> = (Option<Typed>, &'a str, Option<&'a Refusal>);

async fn change_page(
    rim: &Rim,
    visit: &Visit,
    id: &ActivityId,
    (typed, reason, refusal): Again<'_>,
) -> Result<Response, Problem> {
    let one = page::one(rim, visit, id).await?;
    if !one.holds {
        return Err(Refusal::new(Kind::Forbidden, "not-allowed").into());
    }
    let w = visit.words;
    let is_change = typed.is_some();
    let typed = typed.unwrap_or_else(|| filled(&one));
    let here = one.here();
    let revision = typed.revision.to_string();
    let of_change = refusal.filter(|_| is_change);
    let change = html! {
        (told(w, of_change))
        (fields(w, &typed, of_change))
        (acts(&[button(Weight::First, w.t("activity-change"))]))
    };
    let of_cancel = refusal.filter(|_| !is_change);
    let why = Field {
        name: "reason",
        label: w.t("activity-field-reason"),
        hint: w.t("activity-field-reason-hint"),
        value: reason,
        error: errors(w, of_cancel).of("reason"),
        required: true,
    };
    let cancel = html! {
        (told(w, of_cancel))
        (text(w, &why, Input::Line, Some(400)))
        (acts(&[button(Weight::Danger, w.t("activity-cancel"))]))
    };
    let cancel = page_form(visit, &format!("{here}/cancel"), &[], &cancel);
    let body = html! {
        (one.way(w, w.t("activity-change")))
        (head(&Head { title: w.t("activity-change"), lead: w.t("activity-change-lead"), ..Head::default() }))
        @if one.activity.cancelled_at.is_none() {
            (page_form(visit, &format!("{here}/change"), &[("revision", &revision)], &change))
            @if of_cancel.is_some() { (section(w.t("activity-cancel"), &cancel)) }
            @else { (fold(w.t("activity-cancel"), &cancel)) }
        } @else { p { (w.t("refusal-activity-cancelled")) } }
    };
    Ok(page::page(visit, w.t("activity-change"), &body, refusal))
}

fn filled(one: &One) -> Typed {
    let a = &one.activity;
    let until = match local_time(a.ends_at, one.offset) {
        end if end == "00:00" => "24:00".to_owned(),
        end => end,
    };
    Typed {
        theme: a.theme.clone(),
        title: a.title.clone(),
        about: a.about.clone(),
        spot: a.spot.clone(),
        day: a.day.to_string(),
        from: local_time(a.starts_at, one.offset),
        until,
        capacity: if a.capacity == 0 { String::new() } else { a.capacity.to_string() },
        hours: if a.hours { "yes".to_owned() } else { String::new() },
        revision: a.revision,
        ..Typed::default()
    }
}

/// `POST /activities/{activity}/change`.
pub(super) async fn change(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let (of, input) = (id.clone(), ChangeActivity { revision: typed.revision, activity: typed.input() });
    match shown(act(&rim, &visit, move |tx, cx| change::change(tx, cx, &of, &input)).await)? {
        Ok(activity) => Ok(to(&format!("/activities/{}", activity.id))),
        Err(refusal) => {
            let refusal = page::whole(refusal, &[("capacity", &typed.capacity)]);
            change_page(&rim, &visit, &id, (Some(typed), "", Some(&refusal))).await
        }
    }
}

/// `POST /activities/{activity}/cancel`.
pub(super) async fn cancel(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
    Fields(input): Fields<CancelActivity>,
) -> Result<Response, Problem> {
    let (of, reason) = (id.clone(), input.reason.clone());
    match shown(act(&rim, &visit, move |tx, cx| cancel::cancel(tx, cx, &of, &input)).await)? {
        Ok(activity) => Ok(to(&format!("/activities/{}", activity.id))),
        Err(refusal) => change_page(&rim, &visit, &id, (None, &reason, Some(&refusal))).await,
    }
}
