//! Take check-ins from the list on a worker's device, also those that waited there for the network.

use std::collections::BTreeMap;

use db::{DbError, Fault, Tx};
use kernel::{Context, FieldError, Instant, Kind, PersonId, Refusal, Shape, Site};
use ledger::entry::{Draft, append};
use matters::attendance::{Way, record::NewAttendance, record_list::record_all_under};
use rights::{Action, Permit, authorize};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Check, Doubt, State, rules, rules::Told, store};
use crate::{
    Activity, ActivityId,
    activity::{EVENT, queries, rules as activities, store as held},
    signup::{
        SignUpId,
        rules::{MAX_HEADS, MAX_NAME},
        store as signups,
    },
};

/// Check-ins as a device sends them.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct CheckIn {
    /// What the device's clock says at the sending, in milliseconds since 1970. With it the times of the taps are set right.
    pub sent: Option<i64>,
    /// The taps, 200 at most.
    pub rows: Vec<Arrival>,
}

/// One tap.
#[derive(Debug, Clone, Default, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Arrival {
    /// The id of a sign-up; empty for somebody who comes without one.
    pub sign_up: String,
    /// Which head of the sign-up: 1 is whoever signed up, 2 to 20 whom they bring. 0 means 1. More than the sign-up says wait
    /// for an officer.
    pub nth: u32,
    /// Without a sign-up: a name, at most 30 characters; may be empty.
    pub name: String,
    /// Without a sign-up: a text that the device makes up for this one tap, 1 to 40 characters, so that sending it twice
    /// counts once.
    pub client: String,
    /// What the device's clock said at the tap, in milliseconds since 1970; none is now.
    pub at: Option<i64>,
}

/// Somebody who comes, as the ways of checking in tell it.
pub(super) struct Coming {
    pub who: String,
    pub person: Option<PersonId>,
    pub signup: Option<SignUpId>,
    pub name: String,
    pub way: Way,
    pub told: Told,
    /// More than the sign-up says.
    pub beyond: bool,
}

/// Who may take check-ins: whoever holds the activity, or may record attendance there. The activity is held meanwhile.
///
/// # Errors
/// Refusals `activity-not-found`, `not-allowed`; database faults.
pub(crate) fn permit(tx: &mut Tx<'_>, cx: &Context, id: &ActivityId) -> Result<(Activity, Site, Permit), Fault> {
    let activity = held::held(tx, id)?.ok_or_else(queries::not_found)?;
    let site = queries::site(tx, &activity)?;
    let permit = match authorize(&cx.actor, Action::HoldActivity, activity.resource(&site)) {
        Ok(permit) => permit,
        Err(_) => authorize(&cx.actor, Action::RecordAttendance, &site)?,
    };
    Ok((activity, site, permit))
}

/// Takes all of them or none, in the order in which they come; each is answered, with whether it is new. The same head of a
/// sign-up, the same person and the same tap are one check-in however often they are sent.
///
/// # Errors
/// Refusals `invalid-input`, `too-many-at-once`, `not-signed-up`, `activity-not-found`, `activity-cancelled`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn take(tx: &mut Tx<'_>, cx: &mut Context, id: &ActivityId, input: &CheckIn) -> Result<Vec<(Check, bool)>, Fault> {
    let (activity, site, permit) = permit(tx, cx, id)?;
    if input.rows.len() > rules::MAX_ROWS {
        let limit = i64::try_from(rules::MAX_ROWS).unwrap_or(i64::MAX);
        return Err(Refusal::new(Kind::LimitReached, "too-many-at-once").with_int("limit", limit).into());
    }
    let mut coming = Vec::with_capacity(input.rows.len());
    for row in &input.rows {
        coming.push(read(tx, cx, id, (row, input.sent))?);
    }
    keep(tx, cx, &permit, (&activity, &site), coming)
}

fn read(tx: &mut Tx<'_>, cx: &Context, id: &ActivityId, (row, sent): (&Arrival, Option<i64>)) -> Result<Coming, Fault> {
    let mut shape = Shape::new();
    for (field, time) in [("at", row.at), ("sent", sent)] {
        if time.is_some_and(|time| !rules::DEVICE_TIMES.contains(&time)) {
            shape.error(field, "not-a-time");
        }
    }
    let told = rules::told(row.at, sent, cx.now);
    if row.sign_up.trim().is_empty() {
        let name = shape.optional_line("name", &row.name, MAX_NAME);
        let client = shape.line("client", &row.client, 40);
        let (name, client) = shape.finish((name, client))?;
        return Ok(Coming {
            who: format!("c:{client}"),
            person: None,
            signup: None,
            name,
            way: Way::Web,
            told,
            beyond: false,
        });
    }
    let of: Option<SignUpId> = row.sign_up.trim().parse().ok();
    shape.finish(())?;
    let nobody = || Refusal::new(Kind::NotFound, "not-signed-up");
    let signup = signups::sign_up(tx, id, &of.ok_or_else(nobody)?)?.ok_or_else(nobody)?;
    let nth = row.nth.max(1);
    if nth > MAX_HEADS {
        return Err(Refusal::invalid(vec![FieldError::new("nth", "too-large").with_limit(i64::from(MAX_HEADS))]).into());
    }
    // whoever signed up by themselves is a person; whom they bring is not
    let person = signup.person.filter(|_| nth == 1);
    let who = person.as_ref().map_or_else(|| format!("s:{}/{nth}", signup.id), |person| format!("p:{person}"));
    let beyond = nth > signup.heads;
    Ok(Coming { who, person, signup: Some(signup.id), name: signup.name, way: Way::Web, told, beyond })
}

/// Writes what comes: beyond doubt as attendance, else for the officer.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (activity, site): (&Activity, &Site),
    coming: Vec<Coming>,
) -> Result<Vec<(Check, bool)>, Fault> {
    let asked: Vec<&str> = coming.iter().map(|one| one.who.as_str()).collect();
    let mut known = store::by_whos(tx, &activity.id, &asked)?;
    let mut answers: Vec<(Check, bool)> = Vec::with_capacity(coming.len());
    let mut fresh: Vec<(usize, String)> = Vec::new();
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut counted = activity.checked;
    for one in coming {
        // twice in one sending: the answer is that of the first
        if let Some(at) = first.get(&one.who) {
            answers.push((answers[*at].0.clone(), false));
            continue;
        }
        first.insert(one.who.clone(), answers.len());
        if let Some(there) = known.remove(&one.who) {
            answers.push((there, false));
            continue;
        }
        activities::expect_held(activity)?;
        let fits = activity.capacity == 0 || counted < activity.capacity;
        let (check, who) = draft(tx, cx, permit, (activity, fits), one)?;
        counted = counted.saturating_add(u32::from(check.state == State::Counted));
        fresh.push((answers.len(), who));
        answers.push((check, true));
    }
    let new: Vec<usize> = fresh.iter().map(|(at, _)| *at).filter(|at| answers[*at].0.state == State::Counted).collect();
    attend(tx, cx, permit, (activity, site), (&mut answers, &new))?;
    let rows: Vec<(&Check, &str)> = fresh.iter().map(|(at, who)| (&answers[*at].0, who.as_str())).collect();
    match store::insert_all(tx, permit, &activity.id, &rows) {
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    tell(tx, cx, permit, activity, &answers)?;
    Ok(answers)
}

/// A check-in as it is to be kept, with what makes it the same one.
fn draft(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (activity, fits): (&Activity, bool),
    one: Coming,
) -> Result<(Check, String), Fault> {
    let mut doubts = rules::doubts(activity, one.told, fits);
    if one.beyond {
        doubts.push(Doubt::BeyondSignUp);
    }
    // they stay until the end unless they check out
    let until = Instant(activity.ends_at.0.max(one.told.at.0.saturating_add(1)));
    let other = match &one.person {
        Some(person) => store::elsewhere(tx, permit, (person, &activity.id), (one.told.at, until))?,
        None => None,
    };
    if other.is_some() {
        doubts.push(Doubt::Elsewhere);
    }
    let check = Check {
        id: cx.id(permit.home()),
        person: one.person,
        signup: one.signup,
        name: one.name,
        way: one.way,
        came_at: one.told.at,
        heard_at: cx.now,
        skew: one.told.skew,
        left_at: None,
        state: if doubts.is_empty() { State::Counted } else { State::Open },
        doubts,
        other,
        attendance: None,
        recorded_by: cx.actor.person().cloned(),
        reason: String::new(),
    };
    Ok((check, one.who))
}

/// Makes attendances of check-ins that count.
pub(super) fn attend(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (activity, site): (&Activity, &Site),
    (answers, new): (&mut [(Check, bool)], &[usize]),
) -> Result<(), Fault> {
    if new.is_empty() {
        return Ok(());
    }
    let rows: Vec<NewAttendance<'_>> = new
        .iter()
        .map(|at| NewAttendance {
            site,
            event_kind: EVENT,
            event: activity.id.as_str(),
            person: answers[*at].0.person.as_ref(),
            mark: answers[*at].0.id.as_str(),
            way: answers[*at].0.way,
            day: &activity.day,
        })
        .collect();
    let kept = record_all_under(tx, cx, permit, &rows)?;
    for (at, (row, _)) in new.iter().zip(kept) {
        answers[*at].0.attendance = Some(row.id);
    }
    let more = i64::try_from(new.len()).unwrap_or(i64::MAX);
    if !store::count(tx, permit, &activity.id, more)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    Ok(())
}

/// What waits for the officer has an entry of its own; what counts has that of its attendance.
fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    activity: &Activity,
    answers: &[(Check, bool)],
) -> Result<(), Fault> {
    let open: Vec<&Check> =
        answers.iter().filter(|(check, new)| *new && check.state == State::Open).map(|(check, _)| check).collect();
    if open.is_empty() {
        return Ok(());
    }
    let public = json!({ "activity": activity.id, "rows": open.len() });
    let rows: Vec<_> = open.iter().map(|c| json!([c.id, c.person, c.name, c.doubts, c.other, c.skew])).collect();
    let private = json!({ "rows": rows, "by": cx.actor.person() });
    let subject = activity.id.as_str();
    append(tx, cx, permit, &Draft { kind: "check-in.doubted", subject, public: &public, private: Some(&private) })?;
    Ok(())
}
