//! Put voters on the roll of a vote.

use db::{Fault, Tx};
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
    /// The key made of the voter's code.
    pub key: VoterKey,
    /// Who it is, when the roll knows.
    pub person: Option<PersonId>,
}

/// Enrols voters for the vote `scope` and answers how many were new. A voter who is already there stays as they are.
///
/// The log gets one entry: how many, and a digest over their salted commitments, so that nobody who reads the
/// log can try codes against it.
///
/// # Errors
/// Refusals `roll-too-large`, `not-allowed`; database faults.
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
/// Refusal `roll-too-large`; database faults.
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
    let (mut new, mut digest) = (0_u64, Sha256::new());
    for Listed { voter, part } in voters {
        let salt = cx.chance.bytes32();
        let row = store::NewVoter { scope, key: voter.key, person: voter.person.as_ref(), salt, part: *part };
        if store::enrol(tx, permit, &row)? {
            new += 1;
            digest.update(ledger::erase::commit(&salt, &voter.key.0).as_bytes());
        }
    }
    if new > 0 {
        let digest = ledger::tree::Hash(digest.finalize().into()).to_string();
        let public = json!({ "season": scope, "voters": new, "digest": digest });
        append(tx, cx, permit, &Draft { kind: "roll.enrolled", subject: scope, public: &public, private: None })?;
    }
    Ok(new)
}
