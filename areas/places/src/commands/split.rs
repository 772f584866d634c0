//! Divide one place into several.

use db::{Fault, Tx};
use kernel::{Context, Day, Kind, PlaceId, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::Permit;
use serde::Deserialize;
use serde_json::json;

use super::{MAX_NAME, add::new_place, changeable, changed_meanwhile, code_of, day_of, relocate, shown_below, taken};
use crate::{Code, Followers, Place, Reason, rules, store};

/// Parts of a split at most.
pub const MAX_PARTS: usize = 20;
/// Places below that one split hands over at most.
pub const MAX_HANDED: usize = 200;

/// How a place is divided, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct SplitPlace {
    /// 2 to 20 parts.
    pub parts: Vec<Part>,
    /// From which day; absent for today. Not later than today.
    #[serde(default)]
    pub day: Option<String>,
}

/// One part.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = PlacePart)]
pub struct Part {
    /// Its full name, 1 to 80 characters.
    pub name: String,
    /// Its code, if it has one already; `L` and 12 digits for a temporary one.
    #[serde(default)]
    pub code: Option<String>,
    /// True for the part that goes on as the place itself: at most one. Without one the place ends.
    #[serde(default)]
    pub stays: bool,
    /// Places below the divided one that lie in this part from now on.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub takes: Vec<PlaceId>,
}

/// A part with its shape checked.
struct Shaped<'a> {
    name: String,
    code: Option<Code>,
    typed: &'a Part,
}

/// Divides the place. Everything that was recorded at it stays recorded at it; the new places name it as the one they
/// came from, and what is handed over takes along the paths that `followers` keep. Answers with the parts in their
/// order.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `place-closed`, `children-left`, `not-below`, `day-before-version`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn split(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    followers: Followers,
    id: &PlaceId,
    input: &SplitPlace,
) -> Result<Vec<Place>, Fault> {
    let (place, permit) = changeable(tx, cx, id)?;
    let (parts, day) = shaped(cx, &place, input)?;
    rules::may_change_on(store::versions(tx, id, 1)?.first(), &day)?;
    let stays = input.parts.iter().any(|part| part.stays);
    let handed: usize = input.parts.iter().filter(|part| !part.stays).map(|part| part.takes.len()).sum();
    if !stays {
        let left = store::count_below(tx, id)? - i64::try_from(handed).unwrap_or(i64::MAX);
        if left > 0 {
            return Err(Refusal::new(Kind::Conflict, "children-left").with_int("left", left).into());
        }
        if !store::close(tx, &permit, &place, &day)? {
            return Err(changed_meanwhile());
        }
    }
    let mut made = Vec::with_capacity(parts.len());
    // the part that stays gives up its code and its name before the others take theirs
    for part in parts.iter().filter(|part| part.typed.stays) {
        made.push((part, go_on(tx, &permit, &place, part, &day)?));
    }
    for part in parts.iter().filter(|part| !part.typed.stays) {
        let new = begin(tx, cx, &permit, (&place, part), &day)?;
        made.push((part, new));
    }
    hand_over(tx, cx, followers, (&place, &made), &day)?;
    let told = json!({
        "place": id, "ended": !stays, "day": day.as_str(),
        "parts": made.iter().map(|(_, p)| json!({"place": p.id, "name": p.name, "code": p.code})).collect::<Vec<_>>(),
    });
    append(tx, cx, &permit, &Draft { kind: "place.split", subject: id.as_str(), public: &told, private: None })?;
    let in_order = parts.iter().filter_map(|part| made.iter().find(|(of, _)| std::ptr::eq(*of, part)));
    Ok(in_order.map(|(_, place)| place.clone()).collect())
}

fn shaped<'a>(cx: &Context, place: &Place, input: &'a SplitPlace) -> Result<(Vec<Shaped<'a>>, Day), Refusal> {
    let mut shape = Shape::new();
    let day = day_of(&mut shape, cx, input.day.as_deref());
    let (n, staying) = (input.parts.len(), input.parts.iter().filter(|part| part.stays).count());
    let handed: usize = input.parts.iter().map(|part| part.takes.len()).sum();
    if n < 2 {
        shape.number("parts", i64::try_from(n).unwrap_or(0), 2..=20);
    } else if n > MAX_PARTS || handed > MAX_HANDED || staying > 1 {
        shape.error("parts", "too-many-parts");
    }
    let parts = input.parts.iter().take(MAX_PARTS).map(|typed| {
        let name = shape.line("name", &typed.name, MAX_NAME);
        Shaped { name, code: code_of(&mut shape, typed.code.as_deref(), place.level), typed }
    });
    let parts: Vec<Shaped<'a>> = parts.collect();
    shape.finish((parts, day))
}

/// The part that is the place itself.
fn go_on(tx: &mut Tx<'_>, permit: &Permit, place: &Place, part: &Shaped<'_>, day: &Day) -> Result<Place, Fault> {
    let shown = shown_below(tx, place.parent.as_ref(), place.id.as_str(), (place.level, &part.name))?;
    let code = part.code.or(place.code);
    let change = store::Change { name: part.name.clone(), shown, code, parent: place.parent.clone() };
    if !store::revise(tx, permit, place, &change, (day, Reason::Split)).map_err(taken)? {
        return Err(changed_meanwhile());
    }
    let store::Change { name, shown, code, .. } = change;
    Ok(Place { name, shown, code, version: place.version + 1, ..place.clone() })
}

/// A part that is a new place beside the divided one, in the same home.
fn begin(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (place, part): (&Place, &Shaped<'_>),
    day: &Day,
) -> Result<Place, Fault> {
    let parent = match &place.parent {
        Some(parent) => store::hold(tx, parent)?,
        None => None,
    };
    let shown = shown_below(tx, place.parent.as_ref(), "", (place.level, &part.name))?;
    let new = new_place(cx, place.home, parent.as_ref(), (place.level, part.name.clone(), shown));
    let new = Place { code: part.code, valid_from: Some(day.clone()), ..new };
    let coming = store::Coming { place: new, reason: Reason::Split };
    store::insert(tx, permit, &coming, cx.now).map_err(taken)?;
    store::line(tx, permit, &place.id, &coming.place.id, (day, Reason::Split))?;
    Ok(coming.place)
}

fn hand_over(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    followers: Followers,
    (place, made): (&Place, &[(&Shaped<'_>, Place)]),
    day: &Day,
) -> Result<(), Fault> {
    for (part, new) in made.iter().filter(|(part, _)| !part.typed.stays) {
        for child in &part.typed.takes {
            let found = store::by_id(tx, child)?;
            if found.and_then(|child| child.parent).as_ref() != Some(&place.id) {
                return Err(Refusal::new(Kind::Conflict, "not-below").with_text("place", &*place.name).into());
            }
            let to = relocate::MovePlace { parent: new.id.clone(), day: Some(day.to_string()) };
            relocate::relocate(tx, cx, followers, child, &to)?;
        }
    }
    Ok(())
}
