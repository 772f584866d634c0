//! The door: who enters with a session's token.

use std::{
    sync::mpsc::{SyncSender, sync_channel},
    thread,
};

use db::{Db, DbError, Snapshot};
use kernel::{Behalf, Day, Instant, Principal, Source};
use web::Entry;

use super::{rules, seen, store};
use crate::account::VerifiedHow;

/// First uses of the day that wait to be noted; more are let go, and noted at the next page of the same session.
const WAITING: usize = 256;

/// Finds who a session belongs to, and notes the day of its last use behind the reader's back: the door itself only
/// reads.
pub struct Door {
    used: SyncSender<([u8; 32], Day)>,
}

impl Door {
    /// A door over a database, with a thread that notes uses until the door is dropped.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn new(db: &Db) -> std::io::Result<Door> {
        let (used, uses) = sync_channel::<([u8; 32], Day)>(WAITING);
        let db = db.clone();
        thread::Builder::new().name("sessions".into()).spawn(move || {
            for (digest, day) in uses {
                // what fails is noted at the next page
                let _ = db.write_wait(move |tx| seen::seen(tx, &digest, &day));
            }
        })?;
        Ok(Door { used })
    }
}

impl web::Door for Door {
    /// Three statements; two and an end where the session is unknown or its person is gone.
    fn enter(&self, s: &mut Snapshot<'_>, token: &[u8; 32], now: Instant, day: &Day) -> Result<Option<Entry>, DbError> {
        let Some((entry, seen_day)) = entry(s, token, now, day)? else { return Ok(None) };
        if seen_day < *day {
            // a full queue is no reason to wait
            let _ = self.used.try_send((*token, day.clone()));
        }
        Ok(Some(entry))
    }
}

/// Who enters with the token of this SHA-256, and when the session was last used.
fn entry(s: &mut Snapshot<'_>, digest: &[u8; 32], now: Instant, day: &Day) -> Result<Option<(Entry, Day)>, DbError> {
    let Some(store::Owned { session, person }) = store::by_token(s, digest)? else { return Ok(None) };
    let Some((name, verified, elder)) = store::who(s, &person)? else { return Ok(None) };
    let (posts, seats) = store::held(s, &person, day)?;
    if !rules::is_good(&session, &posts, now, day) {
        return Ok(None);
    }
    let how: VerifiedHow = verified.parse().map_err(|()| DbError::Data(format!("verified {verified}")))?;
    let behalf = session.behalf.map(|person| Behalf { person, source: Source::Web });
    let principal = Principal { person, verified: how.is_verified(), posts, seats };
    Ok(Some((Entry { principal, name, behalf, elder }, session.seen_day)))
}
