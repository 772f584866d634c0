//! Join several places into one.

use db::{Fault, Tx};
use kernel::{Context, Day, PlaceId, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::Permit;
use serde::Deserialize;
use serde_json::json;

use super::{MAX_NAME, add::new_place, changeable, changed_meanwhile, code_of, day_of, shown_below, taken};
use crate::{Code, Followers, Place, Reason, rules, store};

/// Places of a merger at most.
pub const MAX_PLACES: usize = 20;

/// Which places become one, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct MergePlaces {
    /// 2 to 20 places of one level in one place.
    #[schema(value_type = Vec<String>)]
    pub places: Vec<PlaceId>,
    /// The one of them that goes on and takes the others in; absent for a new place.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub into: Option<PlaceId>,
    /// The full name of the one place, 1 to 80 characters.
    pub name: String,
    /// Its code; absent to keep that of `into`.
    #[serde(default)]
    pub code: Option<String>,
    /// From which day; absent for today. Not later than today.
    #[serde(default)]
    pub day: Option<String>,
}

/// Joins the places: all but the one that goes on end, and everything below them lies in it from now on. What was
/// recorded at those that ended stays recorded at them; the paths that `followers` keep of what lay below follow.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `place-closed`, `not-siblings`, `day-before-version`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn merge(tx: &mut Tx<'_>, cx: &mut Context, followers: Followers, input: &MergePlaces) -> Result<Place, Fault> {
    let mut all = Vec::new();
    // in one order, so that two who do this at once do not wait for each other
    let mut ids: Vec<&PlaceId> = input.places.iter().take(MAX_PLACES + 1).collect();
    ids.sort();
    ids.dedup();
    for id in ids {
        all.push(changeable(tx, cx, id)?);
    }
    let places: Vec<&Place> = all.iter().map(|(place, _)| place).collect();
    let (Some(first), Some((_, permit))) = (places.first(), all.first()) else { return Err(few(0).into()) };
    let (name, code, day) = shaped(cx, first, places.len(), input)?;
    rules::may_merge(&places, input.into.as_ref())?;
    for place in &places {
        rules::may_change_on(store::versions(tx, &place.id, 1)?.first(), &day)?;
    }
    let ending: Vec<&Place> = places.iter().filter(|p| input.into.as_ref() != Some(&p.id)).copied().collect();
    for place in &ending {
        if !store::close(tx, permit, place, &day)? {
            return Err(changed_meanwhile());
        }
    }
    let one = match places.iter().find(|p| input.into.as_ref() == Some(&p.id)) {
        Some(place) => go_on(tx, permit, place, (name, code), &day)?,
        None => begin(tx, cx, permit, (first, name, code), &day)?,
    };
    for place in &ending {
        store::adopt(tx, permit, (place, &one), (&day, Reason::Moved))?;
        followers.call(tx, cx, permit, (place, &one.path))?;
        store::line(tx, permit, &place.id, &one.id, (&day, Reason::Merged))?;
    }
    let told = json!({
        "place": one.id, "name": one.name, "code": one.code, "day": day.as_str(),
        "ended": ending.iter().map(|p| json!({"place": p.id, "name": p.name, "code": p.code})).collect::<Vec<_>>(),
    });
    let subject = one.id.as_str();
    append(tx, cx, permit, &Draft { kind: "places.merged", subject, public: &told, private: None })?;
    Ok(one)
}

fn few(n: usize) -> Refusal {
    let mut shape = Shape::new();
    shape.number("places", i64::try_from(n).unwrap_or(i64::MAX), 2..=20);
    shape.finish(()).err().unwrap_or_else(|| Refusal::invalid(Vec::new()))
}

fn shaped(cx: &Context, first: &Place, n: usize, input: &MergePlaces) -> Result<(String, Option<Code>, Day), Refusal> {
    if !(2..=MAX_PLACES).contains(&n) {
        return Err(few(n));
    }
    let mut shape = Shape::new();
    let name = shape.line("name", &input.name, MAX_NAME);
    let code = code_of(&mut shape, input.code.as_deref(), first.level);
    let day = day_of(&mut shape, cx, input.day.as_deref());
    shape.finish((name, code, day))
}

fn go_on(
    tx: &mut Tx<'_>,
    permit: &Permit,
    place: &Place,
    (name, code): (String, Option<Code>),
    day: &Day,
) -> Result<Place, Fault> {
    let shown = shown_below(tx, place.parent.as_ref(), place.id.as_str(), (place.level, &name))?;
    let change = store::Change { name, shown, code: code.or(place.code), parent: place.parent.clone() };
    if !store::revise(tx, permit, place, &change, (day, Reason::Merged)).map_err(taken)? {
        return Err(changed_meanwhile());
    }
    let store::Change { name, shown, code, .. } = change;
    Ok(Place { name, shown, code, version: place.version + 1, ..place.clone() })
}

/// A new place in the home of the first of the joined ones.
fn begin(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (first, name, code): (&Place, String, Option<Code>),
    day: &Day,
) -> Result<Place, Fault> {
    let parent = match &first.parent {
        Some(parent) => store::hold(tx, parent)?,
        None => None,
    };
    let shown = shown_below(tx, first.parent.as_ref(), "", (first.level, &name))?;
    let new = new_place(cx, first.home, parent.as_ref(), (first.level, name, shown));
    let coming = store::Coming { place: Place { code, valid_from: Some(day.clone()), ..new }, reason: Reason::Merged };
    store::insert(tx, permit, &coming, cx.now).map_err(taken)?;
    Ok(coming.place)
}
