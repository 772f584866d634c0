//! Put voters on the roll of a vote.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Resource, authorize};
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
    if voters.len() > MAX_CHUNK {
        return Err(Refusal::new(Kind::LimitReached, "roll-too-large").with_int("limit", 500).into());
    }
    let permit = authorize(&cx.actor, Action::Enrol, on)?;
    let (mut new, mut digest) = (0_u64, Sha256::new());
    for voter in voters {
        let salt = cx.chance.bytes32();
        let row = store::NewVoter { scope, key: voter.key, person: voter.person.as_ref(), salt };
        if store::enrol(tx, &permit, &row)? {
            new += 1;
            digest.update(ledger::erase::commit(&salt, &voter.key.0).as_bytes());
        }
    }
    if new > 0 {
        let digest = ledger::tree::Hash(digest.finalize().into()).to_string();
        let public = json!({ "season": scope, "voters": new, "digest": digest });
        append(tx, cx, &permit, &Draft { kind: "roll.enrolled", subject: scope, public: &public, private: None })?;
    }
    Ok(new)
}
