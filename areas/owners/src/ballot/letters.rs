//! Letters with codes 投票信: for owners who have no account, printed by building, or drawn for one at the desk. A code casts the
//! ballot of its unit online where the rules admit that, and answers the intent survey.

use db::{Fault, Snapshot, Tx};
use kernel::{Context, FieldError, Kind, Refusal};
use ledger::entry::{Draft, append};
use people::{VoterKey, letter_code};
use rights::{Action, authorize};
use serde_json::json;

use super::{Door, no_door, store};
use crate::{
    register::site,
    round::{Later, Round, RoundId, State, not_found, rules, store as rounds},
};

/// Letters of one page.
pub const PAGE: i64 = 40;
/// Characters of a typed code at most.
pub const MAX_CODE: usize = 64;

/// A letter: to which door, and the code. The code exists here and on the paper, and nowhere else.
#[derive(Clone)]
pub struct Letter {
    /// To which door.
    pub door: Door,
    /// Sixteen letters and digits in groups of four.
    pub code: String,
}

impl std::fmt::Debug for Letter {
    /// Without the code.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Letter({})", self.door.unit)
    }
}

/// Who gets a letter.
#[derive(Debug, Clone, Copy)]
pub enum To<'a> {
    /// The doors of a building behind a number.
    Building(&'a str, u32),
    /// One unit, whose owner the desk has before it.
    One(&'a str),
}

/// Draws a code for each, [`PAGE`] of them. A code drawn again makes the earlier one worthless. A unit that has voted gets none
/// where its ballot stays as it is.
///
/// # Errors
/// Refusals `round-not-found`, `round-wrong-state`, `door-not-found`, `unit-has-voted`, `not-allowed`; database faults.
pub fn letters(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId, to: To<'_>) -> Result<Vec<Letter>, Fault> {
    let round = rounds::held(tx, id)?.ok_or_else(not_found)?;
    let permit = authorize(&cx.actor, Action::Enrol, &site(tx, &round.place)?)?;
    rules::expect(&round, &[State::Roll, State::Notice, State::Open])?;
    let done = |door: &Door| door.ballots > 0 && round.later == Later::Refuse;
    let doors = match to {
        To::Building(building, after) => {
            let found = store::doors_behind(tx, id, (building, after), PAGE)?;
            found.into_iter().filter(|door| !done(door)).collect()
        }
        To::One(unit) => {
            let door = store::door_of(tx, id, unit.trim())?.ok_or_else(no_door)?;
            if done(&door) {
                return Err(Refusal::new(Kind::Conflict, "unit-has-voted").into());
            }
            vec![door]
        }
    };
    let letters: Vec<Letter> =
        doors.into_iter().map(|door| Letter { door, code: letter_code(cx.chance.bits128()) }).collect();
    if letters.is_empty() {
        return Ok(letters);
    }
    let digest = |letter: &Letter| (letter.door.number, VoterKey::of_typed(id.as_str(), &letter.code));
    let codes: Vec<(u32, VoterKey)> = letters.iter().map(digest).collect();
    store::set_codes(tx, &permit, id, &codes)?;
    let units: Vec<&str> = letters.iter().map(|letter| letter.door.unit.as_str()).collect();
    let (public, private) =
        (json!({ "round": id, "letters": letters.len() }), json!({ "units": units, "by": cx.actor.person() }));
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "round.letters-printed", subject: id.as_str(), public: &public, private: Some(&private) },
    )?;
    Ok(letters)
}

/// The door to which a typed code leads.
///
/// # Errors
/// Refusal `invalid-input` with `code`: `too-long`, `code-unknown`; database faults.
pub(crate) fn door_of(s: &mut Snapshot<'_>, round: &Round, typed: &str) -> Result<Door, Fault> {
    let wrong = |error: FieldError| Fault::from(Refusal::invalid(vec![error]));
    if typed.chars().nth(MAX_CODE).is_some() {
        let limit = i64::try_from(MAX_CODE).unwrap_or(0);
        return Err(wrong(FieldError::new("code", "too-long").with_limit(limit)));
    }
    let key = VoterKey::of_typed(round.id.as_str(), typed);
    store::door_by_code(s, &round.id, key)?.ok_or_else(|| wrong(FieldError::new("code", "code-unknown")))
}
