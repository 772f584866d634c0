//! Those on the roll who have an account and have not voted are reminded, once, before the last day. Who was reminded
//! stands in their message alone: no page, no list and no entry of the log tells it, and the words do not say that
//! somebody has not voted.

use db::{DbError, Fault, Tx};
use kernel::{Actor, Context, Instant};
use ledger::entry::{Draft, append};
use people::VoterKey;
use rights::{Action, authorize};
use serde::{Deserialize, Serialize};
use serde_json::json;
use ui::{Civil, Words};
use work::{
    calendar::midnight,
    jobs::{Failure, Handler, Job, New, Outcome, enqueue},
    messages::{self, Message},
};

use super::store;
use crate::{
    Poll, PollId, State, queries,
    rules::{REMIND_HOUR, remind_day},
};

/// The kind of job that reminds who has not voted.
pub const REMIND: &str = "poll.remind";
/// Rows that one transaction looks at.
const PAGE: i64 = 100;

/// What a job of [`REMIND`] does.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Reminding {
    poll: PollId,
    /// Behind this voter, in hexadecimal; empty at the beginning.
    after: String,
}

/// Asks for the reminder, unless its hour is over.
pub(super) fn ask(tx: &mut Tx<'_>, cx: &mut Context, poll: &Poll) -> Result<(), DbError> {
    let Some(day) = remind_day(poll) else { return Ok(()) };
    let at = Instant(midnight(&day, cx.offset_minutes).0.saturating_add(REMIND_HOUR * 3_600_000_000));
    if at <= cx.now {
        return Ok(());
    }
    let payload = Reminding { poll: poll.id.clone(), after: String::new() };
    let once = poll.id.to_string();
    let new = New { home: poll.id.home(), kind: REMIND, payload: &payload, dedup: Some(&once), run_at: Some(at) };
    enqueue(tx, cx, &new).map(|_| ())
}

/// The handler of [`REMIND`].
pub struct Remind;

impl Handler for Remind {
    fn kind(&self) -> &'static str {
        REMIND
    }

    fn run(&self, job: &Job) -> Result<Outcome, Failure> {
        let asked: Reminding = job.read()?;
        Ok(Outcome::Keep(Box::new(move |tx, cx| remind(tx, cx, &asked))))
    }
}

/// A page of the roll in the transaction that ends the job; the next page is another job.
fn remind(tx: &mut Tx<'_>, cx: &mut Context, asked: &Reminding) -> Result<(), Fault> {
    let poll = queries::poll(tx, &asked.poll)?;
    if poll.state != State::Open || cx.day > poll.closes_day {
        return Ok(());
    }
    if asked.after.is_empty() {
        let permit = authorize(&Actor::Operator, Action::RunSeason, &queries::site(tx, &poll)?)?;
        let told = json!({});
        append(
            tx,
            cx,
            &permit,
            &Draft { kind: "poll.reminded", subject: poll.id.as_str(), public: &told, private: None },
        )?;
    }
    let after = VoterKey::from_hex(&asked.after);
    let page = store::unvoted(tx, &poll.id, poll.source, after.as_ref().map_or(&[], |key| &key.0), PAGE)?;
    let mut last: Option<VoterKey> = None;
    for row in &page {
        // the first of somebody's contacts; a page may end between two of them, which the key of the message outlasts
        if last == Some(row.voter) {
            continue;
        }
        last = Some(row.voter);
        let Some(to) = row.to.clone() else { continue };
        let once = format!("{}/{}", poll.id, row.voter.to_hex());
        messages::send(tx, cx, poll.id.home(), &said(Words::of(row.locale), to, &poll), Some(&once))?;
    }
    if let Some(last) = last.filter(|_| i64::try_from(page.len()).is_ok_and(|n| n >= PAGE)) {
        let payload = Reminding { after: last.to_hex(), ..asked.clone() };
        let next = New { home: poll.id.home(), kind: REMIND, payload: &payload, dedup: None, run_at: None };
        enqueue(tx, cx, &next)?;
    }
    Ok(())
}

fn said(w: Words, to: messages::Contact, poll: &Poll) -> Message {
    let day = Civil::from(&poll.closes_day).full(w.locale());
    let title: String = poll.title.chars().take(60).collect();
    let key = if poll.takes_papers() { "poll-reminder" } else { "poll-reminder-desk" };
    let text = w.t_with(key, &[("title", (&title).into()), ("day", (&day).into())]);
    Message { to, kind: "poll-reminder".into(), subject: w.t("poll-reminder-subject").to_owned(), text }
}
