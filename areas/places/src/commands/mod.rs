//! One verb a file, one transaction each.

pub mod add;
pub mod alias;
pub mod import;
pub mod merge;
pub mod relocate;
pub mod rename;
pub mod split;

use db::{DbError, Fault, Snapshot, Tx};
use kernel::{Context, Day, FieldError, Kind, PlaceId, Refusal, Shape};
use rights::{Action, Permit, authorize};

use crate::{Code, Level, Place, names, rules, store};

/// Characters of a name at most.
pub const MAX_NAME: usize = 80;

/// The name by which a place is shown among its siblings. `but` is the place's own id, if it is there already.
fn shown_below(
    s: &mut Snapshot<'_>,
    parent: Option<&PlaceId>,
    but: &str,
    (level, name): (Level, &str),
) -> Result<String, DbError> {
    let ladder = names::ladder(level, name);
    let taken = match parent {
        Some(parent) => store::taken(s, parent, but, name, &ladder)?,
        None => Vec::new(),
    };
    let free = ladder.iter().find(|step| !taken.contains(step)).or(ladder.last());
    Ok(free.cloned().unwrap_or_else(|| name.to_owned()))
}

/// A place in force that the actor may change.
fn changeable(tx: &mut Tx<'_>, cx: &Context, id: &PlaceId) -> Result<(Place, Permit), Fault> {
    let found = store::by_id(tx, id)?;
    let place = found.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let permit = authorize(&cx.actor, Action::ChangePlaces, &place.site()?)?;
    rules::in_force(&place)?;
    Ok((place, permit))
}

/// The day from which a change holds: today where none is named, never later, never before the version it ends.
fn day_of(shape: &mut Shape, cx: &Context, text: Option<&str>) -> Day {
    let Some(text) = text.filter(|t| !t.is_empty()) else { return cx.day.clone() };
    match Day::parse(text) {
        Some(day) if day <= cx.day => day,
        Some(_) => {
            shape.error("day", "day-to-come");
            cx.day.clone()
        }
        None => {
            shape.error("day", "not-a-date");
            cx.day.clone()
        }
    }
}

/// A code as typed; nothing where none was.
fn code_of(shape: &mut Shape, text: Option<&str>, level: Level) -> Option<Code> {
    let text = text.map(str::trim).filter(|t| !t.is_empty())?;
    match text.parse::<Code>() {
        Ok(code) if code.level().is_none_or(|told| told == level) => Some(code),
        Ok(_) => {
            shape.error("code", "level-does-not-fit");
            None
        }
        Err(_) => {
            shape.error("code", "not-a-code");
            None
        }
    }
}

fn changed_meanwhile() -> Fault {
    Refusal::new(Kind::Conflict, "changed-meanwhile").into()
}

/// A code that another place in force has is told as that.
fn taken(error: DbError) -> Fault {
    match error {
        DbError::Unique(_) => Refusal::invalid(vec![FieldError::new("code", "code-taken")]).into(),
        error => error.into(),
    }
}
