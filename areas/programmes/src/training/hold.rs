//! Put down a training.

use db::{DbError, Fault, Tx};
use kernel::{Context, Day, Kind, Refusal, Shape};
use ledger::entry::{self, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;
use work::calendar::add_days;

use super::{MAX_MATERIALS, MAX_TRAININGS, Material, Training, store};
use crate::{
    SeasonId,
    running::{closing::report::is_link, rules},
    season,
};

/// Days that a training may lie ahead or behind at most.
const FAR: i32 = 366;

/// A training as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct HoldTraining {
    /// 1 to 80 characters.
    pub title: String,
    /// `YYYY-MM-DD`, within a year before and after today.
    pub day: String,
    /// Where, 1 to 80 characters.
    pub room: String,
    /// Who teaches, by trade and not by name: 1 to 80 characters.
    pub teacher: String,
    /// What it is about, at most 2,000 characters.
    pub about: String,
    /// One material a line, at most 10: its name, a space, its `https` link.
    pub materials: String,
    /// A text the sender makes up for this one training, at most 64 characters, so that sending twice puts it down once.
    pub once: String,
}

/// Puts the training down. The same `once` again answers with the one that is already there.
///
/// # Errors
/// Refusals `invalid-input` (`title`, `day`, `room`, `teacher`, `about`, `materials`), `season-not-found`, `wrong-stage`
/// before the approval, `too-many-trainings`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn hold(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId, input: &HoldTraining) -> Result<Training, Fault> {
    let season = season::queries::season(tx, id)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &season::queries::site(tx, &season)?)?;
    rules::begun(&season)?;
    let mut shape = Shape::new();
    let mut training = Training {
        id: cx.id(id.home()),
        season: id.clone(),
        number: 0,
        title: shape.line("title", &input.title, 80),
        day: day(&mut shape, &input.day, &cx.day),
        room: shape.line("room", &input.room, 80),
        teacher: shape.line("teacher", &input.teacher, 80),
        about: shape.optional_prose("about", &input.about, 2_000),
        materials: materials(&mut shape, &input.materials),
        recorded_by: cx.actor.person().cloned(),
    };
    let once = shape.optional_line("once", &input.once, 64);
    let once = shape.finish(once)?;
    let once = match (once.as_str(), cx.actor.person()) {
        ("", _) => training.id.to_string(),
        // two people may make up the same text
        (once, Some(person)) => format!("{person}/{once}"),
        (once, None) => once.to_owned(),
    };
    if let Some(there) = store::once(tx, id, &once)? {
        return Ok(there);
    }
    training.number = store::next_number(tx, id)?;
    if training.number > MAX_TRAININGS {
        let limit = i64::from(MAX_TRAININGS);
        return Err(Refusal::new(Kind::LimitReached, "too-many-trainings").with_int("limit", limit).into());
    }
    match store::insert(tx, &permit, &training, &once) {
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    let public = json!({ "training": training.id, "number": training.number, "on": training.day.as_str() });
    let private = json!({
        "title": training.title, "room": training.room, "teacher": training.teacher, "about": training.about,
        "materials": training.materials, "by": training.recorded_by,
    });
    let draft = entry::Draft { kind: "training.held", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(training)
}

fn day(shape: &mut Shape, text: &str, today: &Day) -> Day {
    match Day::parse(text.trim()) {
        None if text.trim().is_empty() => shape.error("day", "required"),
        None => shape.error("day", "not-a-date"),
        Some(day) if day > add_days(today, FAR) => shape.error("day", "day-too-late"),
        Some(day) if day < add_days(today, -FAR) => shape.error("day", "day-too-early"),
        Some(day) => return day,
    }
    today.clone()
}

/// A line is a name and, after its last space, a link.
fn materials(shape: &mut Shape, text: &str) -> Vec<Material> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() > MAX_MATERIALS {
        shape.error("materials", "too-long-a-list");
    }
    let mut read = Vec::new();
    for line in lines.into_iter().take(MAX_MATERIALS) {
        match line.rsplit_once(char::is_whitespace) {
            Some((name, link)) if is_link(link) && link.chars().count() <= 300 => {
                read.push(Material { name: shape.line("materials", name, 80), link: link.to_owned() });
            }
            _ => shape.error("materials", "name-and-link"),
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_material_is_a_name_and_a_link() {
        let told = |text: &str| {
            let mut shape = Shape::new();
            let read = materials(&mut shape, text);
            shape.finish(read).map_err(|no| no.fields.iter().map(|f| f.code).collect::<Vec<_>>())
        };
        let one = |name: &str, link: &str| Material { name: name.into(), link: link.into() };
        assert_eq!(told(""), Ok(vec![]));
        assert_eq!(
            told("讲义 第一讲 https://example.org/1\n\n 录像 https://example.org/v "),
            Ok(vec![one("讲义 第一讲", "https://example.org/1"), one("录像", "https://example.org/v")])
        );
        assert_eq!(told("讲义"), Err(vec!["name-and-link"]));
        assert_eq!(told("讲义 http://example.org/"), Err(vec!["name-and-link"]));
        assert_eq!(told("https://example.org/"), Err(vec!["name-and-link"]));
        assert_eq!(told(&"a https://example.org/\n".repeat(11)), Err(vec!["too-long-a-list"]));
    }
}
