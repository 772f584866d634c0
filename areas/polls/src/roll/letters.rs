//! Draw codes for letters, or for one person at the desk.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use people::{VoterKey, letter_code, store::set_code};
use rights::{Action, authorize};
use serde_json::json;

use super::{Listed, store};
use crate::{PollId, State, queries, rules::expect, store as polls};

/// Letters that are printed at a time: as many as one takes from the printer and folds before the next.
pub const PAGE: i64 = 200;

/// A letter: to whom, and the code. The code exists here and on the paper, and nowhere else.
#[derive(Debug, Clone)]
pub struct Letter {
    /// To whom.
    pub to: Listed,
    /// Sixteen letters and digits in groups of four.
    pub code: String,
}

/// Who gets a letter.
#[derive(Debug, Clone, Copy)]
pub enum To<'a> {
    /// Whose flat begins with this, behind a flat and a voter, whether they were sent one before or not.
    Flats(&'a str, (&'a str, &'a [u8])),
    /// Who was sent none: of this building, or of all.
    Without(Option<&'a str>),
    /// One person, whom the desk has checked.
    One(VoterKey),
}

/// Draws a code for each, [`PAGE`] of them. A code drawn again makes the earlier one worthless. To see the names is part
/// of the act, and the log says how many letters there were, and how many of them not for the first time. Who has voted
/// gets none.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `not-on-the-roll`, `already-voted`, `not-allowed`; database faults.
pub fn letters(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, to: To<'_>) -> Result<Vec<Letter>, Fault> {
    let poll = queries::poll(tx, id)?;
    let permit = authorize(&cx.actor, Action::Enrol, &queries::site(tx, &poll)?)?;
    expect(&poll, &[State::Roll, State::Open])?;
    let found = match to {
        To::Flats(flat, after) => store::to_flats(tx, id, flat, after, PAGE)?,
        To::Without(building) => store::without(tx, id, building, PAGE)?,
        To::One(voter) => {
            let row = polls::voter(tx, id, voter)?;
            let row = row.ok_or_else(|| Refusal::new(Kind::NotFound, "not-on-the-roll"))?;
            if row.voted {
                return Err(Refusal::new(Kind::Conflict, "already-voted").into());
            }
            vec![row]
        }
    };
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let mut letters = Vec::with_capacity(found.len());
    for to in found {
        let code = letter_code(cx.chance.bits128());
        set_code(tx, &permit, id.as_str(), to.voter, VoterKey::of_typed(id.as_str(), &code))?;
        store::note_letter(tx, cx, &permit, id, to.voter)?;
        letters.push(Letter { to, code });
    }
    let flats: Vec<&str> = letters.iter().map(|letter| letter.to.flat.as_str()).collect();
    let again = letters.iter().filter(|letter| letter.to.letters > 0).count();
    let public = json!({ "letters": letters.len(), "again": again });
    let private = json!({ "flats": flats, "by": cx.actor.person() });
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "roll.letters-printed", subject: id.as_str(), public: &public, private: Some(&private) },
    )?;
    Ok(letters)
}
