//! Put voters on the roll of a vote.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, PlaceId, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, Resource, authorize};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{PersonId, VoterKey, store};

/// Voters one command takes; longer rolls come in several.
pub const MAX_CHUNK: usize = 500;

/// A voter to be enrolled.
#[derive(Debug, Clone)]
pub struct Voter {
    /// The key made of the voter's code; [`VoterKey::of_person`] for a person without one.
    pub key: VoterKey,
    /// Who it is, when the roll knows.
    pub person: Option<PersonId>,
}

impl Voter {
    /// A voter with a code as somebody typed it, read as it will be read when the ballot is cast.
    pub fn with_code(scope: &str, typed: &str, person: Option<PersonId>) -> Voter {
        Voter { key: VoterKey::of_typed(scope, typed), person }
    }

    /// The key of the voter's row, and the code that leads there where it is another one. A person's row is always the
    /// same, so that whoever has a code and an account has one ballot.
    fn row(&self, scope: &str) -> (VoterKey, Option<VoterKey>) {
        match &self.person {
            None => (self.key, None),
            Some(person) => {
                let own = VoterKey::of_person(scope, person);
                (own, (self.key != own).then_some(self.key))
            }
        }
    }
}

/// Enrols voters for the vote `scope` and answers how many were new. A voter who is already there stays as they are; a
/// person who comes with another code than before votes with the new one.
///
/// The log gets one entry: how many, and a digest over their salted commitments, so that nobody who reads the
/// log can try codes against it.
///
/// # Errors
/// Refusals `roll-too-large`, `code-taken`, `not-allowed`; database faults.
pub fn enrol<'a>(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    on: impl Into<Resource<'a>>,
    scope: &str,
    voters: &[Voter],
) -> Result<u64, Fault> {
    let permit = authorize(&cx.actor, Action::Enrol, on)?;
    let listed: Vec<Listed<'_>> = voters.iter().map(|voter| Listed { voter, part: None }).collect();
    list(tx, cx, &permit, scope, &listed)
}

/// A voter with the part of the vote's place in which they live.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// The voter.
    pub voter: &'a Voter,
    /// The part, where it is known; turnout is told by parts.
    pub part: Option<&'a PlaceId>,
}

/// The same with parts, for who has the permit already.
///
/// # Errors
/// Refusals `roll-too-large`, `code-taken`; database faults.
pub fn list(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    scope: &str,
    voters: &[Listed<'_>],
) -> Result<u64, Fault> {
    if voters.len() > MAX_CHUNK {
        return Err(Refusal::new(Kind::LimitReached, "roll-too-large").with_int("limit", 500).into());
    }
    let (mut new, mut n_codes, mut digest) = (0_u64, 0_u64, Sha256::new());
    for Listed { voter, part } in voters {
        let salt = cx.chance.bytes32();
        let (key, code) = voter.row(scope);
        let row = store::NewVoter { scope, key, person: voter.person.as_ref(), salt, part: *part };
        if store::enrol(tx, permit, &row)? {
            new += 1;
            digest.update(ledger::erase::commit(&salt, &key.0).as_bytes());
        }
        if let Some(code) = code {
            n_codes += u64::from(give_code(tx, permit, scope, (key, code))?);
        }
    }
    if new > 0 || n_codes > 0 {
        let digest = ledger::tree::Hash(digest.finalize().into()).to_string();
        let mut public = json!({ "season": scope, "voters": new, "digest": digest });
        if n_codes > 0 {
            public["codes"] = json!(n_codes);
        }
        append(tx, cx, permit, &Draft { kind: "roll.enrolled", subject: scope, public: &public, private: None })?;
    }
    Ok(new)
}

/// Lets a code lead to the voter's row; false when it does already. A code that leads to somebody else is refused: whose
/// it was would have two ballots.
fn give_code(
    tx: &mut Tx<'_>,
    permit: &Permit,
    scope: &str,
    (voter, code): (VoterKey, VoterKey),
) -> Result<bool, Fault> {
    let taken = || Refusal::new(Kind::Conflict, "code-taken");
    match store::holder(tx, permit.home(), scope, code)? {
        Some(holder) if holder == voter => return Ok(false),
        Some(_) => return Err(taken().into()),
        None => {}
    }
    match store::set_code(tx, permit, scope, voter, code) {
        Err(DbError::Unique(_)) => Err(taken().into()),
        done => Ok(done.map(|()| true)?),
    }
}
