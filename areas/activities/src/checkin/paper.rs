//! Type in what was on paper: names, a number of people, or an estimate with what it rests on.

use db::{Fault, Tx};
use kernel::{Context, Instant, Shape};
use matters::attendance::{
    Attendance, Way,
    estimate::{Estimate, estimate_under},
};
use serde::Deserialize;

use super::{Check, rules, rules::Told, store, take};
use crate::{ActivityId, activity::EVENT, signup::rules::MAX_NAME};

/// A paper list as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct PaperList {
    /// Names, one a line, 200 at most, each of at most 30 characters. A name that stands alone among the sign-ups is that
    /// sign-up, so that nobody is counted twice.
    pub names: String,
    /// How many came whose names are not typed in, 0 to 300.
    pub heads: u32,
    /// A text the sender makes up for this one list, at most 40 characters, so that sending twice counts once.
    pub once: String,
}

/// Records them with the source `paper`; a name that is there already is not recorded again.
///
/// # Errors
/// Refusals `invalid-input`, `activity-not-found`, `activity-cancelled`, `changed-meanwhile`, `not-allowed`; database
/// faults.
pub fn paper(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    id: &ActivityId,
    input: &PaperList,
) -> Result<Vec<(Check, bool)>, Fault> {
    let (activity, site, permit) = take::permit(tx, cx, id)?;
    let (names, once) = read(input)?;
    // nobody wrote down when: at the start, or now where it has not begun
    let told = Told { at: Instant(activity.starts_at.0.min(cx.now.0)), skew: 0, wrong: false };
    let mut coming = Vec::new();
    for name in names {
        let (who, person, signup) = match &store::named(tx, id, &name)?[..] {
            [(signup, Some(person))] => (format!("p:{person}"), Some(person.clone()), Some(signup.clone())),
            [(signup, None)] => (format!("s:{signup}/1"), None, Some(signup.clone())),
            _ => (format!("n:{name}"), None, None),
        };
        coming.push(take::Coming { who, person, signup, name, way: Way::Paper, told, beyond: false });
    }
    let once = if once.is_empty() { format!("{:032x}", cx.chance.bits128()) } else { once };
    for n in 1..=input.heads {
        let who = format!("h:{once}/{n}");
        let (name, way) = (String::new(), Way::Paper);
        coming.push(take::Coming { who, person: None, signup: None, name, way, told, beyond: false });
    }
    take::keep(tx, cx, &permit, (&activity, &site), coming)
}

fn read(input: &PaperList) -> Result<(Vec<String>, String), kernel::Refusal> {
    let mut shape = Shape::new();
    let text = shape.optional_prose("names", &input.names, (MAX_NAME + 2) * rules::MAX_ROWS);
    let names: Vec<String> = text.lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if names.len() > rules::MAX_ROWS {
        shape.error("names", "names-too-many");
    }
    if names.iter().any(|name| name.chars().count() > MAX_NAME) {
        shape.error("names", "names-too-long");
    }
    shape.number("heads", i64::from(input.heads), 0..=i64::from(rules::MAX_PAPER));
    let once = shape.optional_line("once", &input.once, 40);
    if text.is_empty() && input.heads == 0 {
        shape.error("names", "required");
    }
    shape.finish((names, once))
}

/// An estimate as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Guess {
    /// How many, 1 to 1,000,000.
    pub headcount: u32,
    /// True for those who took part without signing in, false for those it reached otherwise.
    pub direct: bool,
    /// What it rests on, such as "chairs counted at 10:00": 1 to 400 characters, without names.
    pub basis: String,
    /// A text the sender makes up for this one estimate, at most 40 characters, so that sending twice estimates once.
    pub once: String,
}

/// Keeps an estimate beside what was counted; it never adds to persons.
///
/// # Errors
/// Refusals `invalid-input`, `activity-not-found`, `activity-cancelled`, `changed-meanwhile`, `not-allowed`; database
/// faults.
pub fn guess(tx: &mut Tx<'_>, cx: &mut Context, id: &ActivityId, input: &Guess) -> Result<Attendance, Fault> {
    let (activity, site, permit) = take::permit(tx, cx, id)?;
    crate::activity::rules::expect_held(&activity)?;
    let typed = Estimate {
        event_kind: EVENT.to_owned(),
        event: id.to_string(),
        headcount: input.headcount,
        direct: input.direct,
        basis: input.basis.clone(),
        day: activity.day.to_string(),
        once: input.once.clone(),
        ..Estimate::default()
    };
    estimate_under(tx, cx, (&permit, &site), &typed)
}
