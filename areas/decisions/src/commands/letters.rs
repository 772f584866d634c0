//! Draw codes for letters.

use db::{Fault, Tx};
use kernel::Context;
use ledger::entry::{Draft, append};
use people::{
    VoterKey, letter_code,
    resident::queries::{Dweller, dwellers},
    store::set_code,
};
use programmes::SeasonId;
use serde_json::json;

use super::enrol_residents::{keep, may_enrol};

/// Letters of one page.
pub const PAGE: i64 = 40;

/// A letter: to whom, and the code. The code exists here and on the paper, and nowhere else.
#[derive(Debug, Clone)]
pub struct Letter {
    /// To whom.
    pub to: Dweller,
    /// Sixteen letters and digits in groups of four.
    pub code: String,
}

/// Draws a code for each resident behind `after` whose flat begins with `flat`, [`PAGE`] of them, and puts them on the
/// roll where they are not. A page drawn again has new codes; those of the earlier one are worth nothing then. To see
/// the names is part of the act, and the log says how many letters there were.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `place-not-found`, `not-allowed`; database faults.
pub fn letters(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    season: &SeasonId,
    flat: &str,
    after: (&str, &str),
) -> Result<Vec<Letter>, Fault> {
    let (held, permit) = may_enrol(tx, cx, season)?;
    let found = dwellers(tx, &held.place, flat, after, PAGE)?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    keep(tx, cx, &permit, &held, &found)?;
    let scope = season.as_str();
    let mut letters = Vec::with_capacity(found.len());
    for to in found {
        let code = letter_code(cx.chance.bits128());
        let voter = VoterKey::of_person(scope, &to.person);
        set_code(tx, &permit, scope, voter, VoterKey::of_typed(scope, &code))?;
        letters.push(Letter { to, code });
    }
    let persons: Vec<&str> = letters.iter().map(|letter| letter.to.person.as_str()).collect();
    let (public, private) = (json!({ "letters": letters.len() }), json!({ "persons": persons }));
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "roll.letters-printed", subject: scope, public: &public, private: Some(&private) },
    )?;
    Ok(letters)
}
