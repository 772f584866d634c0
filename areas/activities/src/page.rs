//! What the pages of all nouns share.

use axum::response::Response;
use db::{Fault, Snapshot};
use kernel::{Actor, Kind, Refusal, local_time};
use places::Place;
use ui::{
    Civil, Markup, Words, html,
    parts::{Tone, breadcrumb, tag},
};
use web::{Problem, Rim, Visit};

use crate::{Activity, ActivityId, activity::queries};

/// An activity as its pages need it.
pub(crate) struct One {
    pub activity: Activity,
    pub place: Place,
    /// The season and the project it belongs to, by name.
    pub belongs: Option<(String, String)>,
    pub holds: bool,
    pub checks: bool,
    pub offset: i32,
}

impl One {
    /// Reads it: two statements, four where it belongs to a project.
    pub fn read(s: &mut Snapshot<'_>, actor: &Actor, (id, offset): (&ActivityId, i32)) -> Result<One, Fault> {
        let activity = queries::activity(s, id)?;
        let place = places::queries::show(s, &activity.place)?;
        let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
        let site = place.site()?;
        let belongs = match (&activity.season, activity.project) {
            (Some(season), Some(project)) => {
                let project = programmes::project::queries::project(s, season, project)?;
                Some((programmes::season::queries::season(s, season)?.name, project.name))
            }
            _ => None,
        };
        let (holds, checks) = (queries::holds(actor, &activity, &site), queries::checks(actor, &activity, &site));
        Ok(One { activity, place, belongs, holds, checks, offset })
    }

    pub fn here(&self) -> String {
        format!("/activities/{}", self.activity.id)
    }

    /// The way to a page of the activity.
    pub fn way(&self, w: Words, here: &str) -> Markup {
        let own = self.here();
        breadcrumb(w, &[("/activities", w.t("activities-title")), (&own, &self.activity.title)], here)
    }

    /// Whoever takes the check-ins, and nobody else.
    pub fn inside(self) -> Result<One, Problem> {
        if self.checks { Ok(self) } else { Err(Refusal::new(Kind::Forbidden, "not-allowed").into()) }
    }
}

/// Reads an activity for whoever asks.
pub(crate) async fn one(rim: &Rim, visit: &Visit, id: &ActivityId) -> Result<One, Problem> {
    let (actor, id, offset) = (visit.actor.clone(), id.clone(), rim.settings.offset_minutes);
    Ok(rim.db.read(move |s| One::read(s, &actor, (&id, offset))).await?)
}

/// Day and hours of an activity.
pub(crate) fn when(w: Words, activity: &Activity, offset: i32) -> Markup {
    let end = match local_time(activity.ends_at, offset) {
        // midnight is the end of the day, not its beginning
        end if end == "00:00" => "24:00".to_owned(),
        end => end,
    };
    html! {
        time datetime=(activity.day) { (Civil::from(&activity.day).full(w.locale())) }
        " " (local_time(activity.starts_at, offset)) "–" (end)
    }
}

/// Whether it is cancelled or full.
pub(crate) fn state(w: Words, activity: &Activity) -> Markup {
    if activity.cancelled_at.is_some() {
        return tag(Tone::Due, w.t("activity-cancelled"));
    }
    match activity.free() {
        Some(0) => tag(Tone::Plain, w.t("activity-full")),
        _ => html! {},
    }
}

/// A page, with the status of what was refused on it.
pub(crate) fn page(visit: &Visit, title: &str, body: &Markup, refusal: Option<&Refusal>) -> Response {
    programmes::page::page(visit, title, body, refusal)
}

/// A refusal with what was typed into fields for numbers: of what is no whole number it says so, and not that it is too large.
pub(crate) fn whole(mut refusal: Refusal, typed: &[(&str, &str)]) -> Refusal {
    for field in refusal.fields.iter_mut().filter(|field| matches!(field.code, "too-large" | "too-small")) {
        let text = typed.iter().find(|(name, _)| *name == field.field).map_or("", |(_, text)| text.trim());
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            field.code = "whole-number";
        }
    }
    refusal
}

/// A whole number of a form; empty is 0, and what is none is larger than anything allowed.
pub(crate) fn number(text: &str) -> u32 {
    let text = text.trim();
    if text.is_empty() { 0 } else { text.parse().unwrap_or(u32::MAX) }
}

#[cfg(test)]
mod tests {
    use kernel::{FieldError, Refusal};

    use super::{number, whole};

    #[test]
    fn what_is_no_whole_number_is_told_so() {
        for (text, code) in [
            ("-5", "whole-number"),
            ("1.5", "whole-number"),
            ("abc", "whole-number"),
            ("五", "whole-number"),
            ("21", "too-large"),
            ("99999999999", "too-large"),
        ] {
            assert!(number(text) > 20, "{text}");
            let refusal = Refusal::invalid(vec![FieldError::new("heads", "too-large").with_limit(20)]);
            let told = whole(refusal, &[("heads", text)]);
            assert_eq!((told.fields[0].code, told.fields[0].args.len()), (code, 1), "{text}");
        }
    }
}
