//! All SQL of verification.

use db::{DbError, Snapshot, Tx, params};
use kernel::Instant;
use people::VoterKey;
use rights::Permit;
use sha2::{Digest, Sha256};

use super::{Back, Errand, Subject};
use crate::PollId;

db::statements! {
    STATEMENTS:
    PUT = "INSERT INTO poll_verifications (home, state, browser, poll, issuer, nonce, verifier, made_at) \
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    /// What is used is gone: a state is good for one coming back.
    TAKE = "DELETE FROM poll_verifications WHERE home = ?1 AND state = ?2 AND browser = ?3 AND poll = ?4 \
            RETURNING issuer, nonce, verifier, made_at";
    FORGET = "DELETE FROM poll_verifications WHERE home = ?1 AND state IN (SELECT state FROM poll_verifications \
              WHERE home = ?1 AND made_at < ?2 ORDER BY made_at LIMIT 100)";
    OF_SUBJECT = "SELECT v.voter, r.voted_day IS NOT NULL FROM poll_voters v \
                  JOIN roll r ON r.home = v.home AND r.season = v.poll AND r.voter = v.voter \
                  WHERE v.home = ?1 AND v.poll = ?2 AND v.subject = ?3";
    ANY = "SELECT v.voter FROM poll_voters v WHERE v.home = ?1 AND v.poll = ?2 AND v.subject IS NOT NULL LIMIT 1";
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

pub(super) fn put(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (poll, issuer): (&PollId, &str),
    errand: &Errand,
    now: Instant,
) -> Result<(), DbError> {
    let (state, browser) = (digest(&errand.state), digest(&errand.browser));
    let params = params![permit.home(), &state, &browser, poll, issuer, &errand.nonce, &errand.verifier, now];
    tx.execute(&PUT, params).map(|_| ())
}

/// What was kept, and when; gone with that.
pub(super) fn take(
    tx: &mut Tx<'_>,
    permit: &Permit,
    poll: &PollId,
    (state, browser): (&str, &str),
) -> Result<Option<(Back, Instant)>, DbError> {
    let (state, browser) = (digest(state), digest(browser));
    let row: Option<(String, String, String, Instant)> =
        tx.optional(&TAKE, params![permit.home(), &state, &browser, poll])?;
    Ok(row.map(|(issuer, nonce, verifier, made_at)| (Back { issuer, nonce, verifier }, made_at)))
}

/// Forgets a hundred of those who did not come back.
pub(super) fn forget(tx: &mut Tx<'_>, permit: &Permit, before: Instant) -> Result<(), DbError> {
    tx.execute(&FORGET, params![permit.home(), before]).map(|_| ())
}

/// The row at which a digest stands, and whether its vote is cast.
pub(super) fn of_subject(
    s: &mut Snapshot<'_>,
    poll: &PollId,
    subject: Subject,
) -> Result<Option<(VoterKey, bool)>, DbError> {
    let row: Option<([u8; 32], bool)> = s.optional(&OF_SUBJECT, params![poll.home(), poll, &subject.0])?;
    Ok(row.map(|(voter, voted)| (VoterKey(voter), voted)))
}

/// Whether a provider can find anybody on this roll.
pub(crate) fn any(s: &mut Snapshot<'_>, poll: &PollId) -> Result<bool, DbError> {
    Ok(s.optional::<([u8; 32],)>(&ANY, params![poll.home(), poll])?.is_some())
}
