//! Reminders 提醒: who has a place is told on the day before. The telephone is asked for when the message is made, and stands
//! nowhere else than in it.

use db::{DbError, Fault, Tx};
use kernel::{Context, Instant, local_time};
use serde::{Deserialize, Serialize};
use ui::{Civil, Words};
use work::{
    jobs::{Failure, Handler, Job, New, Outcome, enqueue},
    messages::{self, Message},
};

use crate::{Activity, ActivityId, activity::queries, signup};

/// The kind of job that reminds who signed up.
pub const REMIND: &str = "activity.remind";
/// So long before the start, in microseconds.
pub const AHEAD: i64 = 24 * 60 * 60 * 1_000_000;
/// Who is told less than this before the start is not told at all: they have just signed up.
pub const LATEST: i64 = 2 * 60 * 60 * 1_000_000;

/// What a job of [`REMIND`] does.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Reminding {
    activity: ActivityId,
    /// When it begins; a job for another time has nothing to do.
    starts: i64,
    /// Behind this number of the list.
    after: u32,
}

/// Asks for the reminder of an activity that begins later than in two hours.
///
/// # Errors
/// [`DbError`] of the statement.
pub(crate) fn ask(tx: &mut Tx<'_>, cx: &mut Context, activity: &Activity) -> Result<(), DbError> {
    let starts = activity.starts_at.0;
    if starts.saturating_sub(LATEST) <= cx.now.0 {
        return Ok(());
    }
    let payload = Reminding { activity: activity.id.clone(), starts, after: 0 };
    let run_at = Some(Instant(starts.saturating_sub(AHEAD).max(cx.now.0)));
    let once = format!("{}/{starts}", activity.id);
    enqueue(tx, cx, &New { home: activity.id.home(), kind: REMIND, payload: &payload, dedup: Some(&once), run_at })?;
    Ok(())
}

/// The handler of [`REMIND`].
pub struct Remind {
    /// Minutes east of UTC of the jurisdiction's clock.
    pub offset_minutes: i32,
}

impl Handler for Remind {
    fn kind(&self) -> &'static str {
        REMIND
    }

    fn run(&self, job: &Job) -> Result<Outcome, Failure> {
        let (asked, offset_minutes): (Reminding, _) = (job.read()?, self.offset_minutes);
        Ok(Outcome::Keep(Box::new(move |tx, cx| remind(tx, cx, offset_minutes, &asked))))
    }
}

/// A page of the list in the transaction that ends the job; the next page is another job.
fn remind(tx: &mut Tx<'_>, cx: &mut Context, offset_minutes: i32, asked: &Reminding) -> Result<(), Fault> {
    let activity = queries::activity(tx, &asked.activity)?;
    let over = activity.cancelled_at.is_some() || activity.starts_at.0 != asked.starts || asked.starts <= cx.now.0;
    if over {
        return Ok(());
    }
    let page = signup::queries::list(tx, &activity.id, asked.after)?;
    for row in page.iter().filter(|row| row.state == signup::State::In) {
        let Some(person) = &row.person else { continue };
        let Some((locale, to)) = people::account::queries::reach(tx, person)? else { continue };
        let message = said(Words::of(locale), to, (&activity, offset_minutes));
        let once = format!("{}/{}", activity.id, row.id);
        messages::send(tx, cx, activity.id.home(), &message, Some(&once))?;
    }
    if let Some(last) = page.last().filter(|_| i64::try_from(page.len()).is_ok_and(|n| n >= signup::queries::PAGE)) {
        let payload = Reminding { after: last.number, ..asked.clone() };
        let next = New { home: activity.id.home(), kind: REMIND, payload: &payload, dedup: None, run_at: None };
        enqueue(tx, cx, &next)?;
    }
    Ok(())
}

fn said(w: Words, to: messages::Contact, (activity, offset): (&Activity, i32)) -> Message {
    let day = Civil::from(&activity.day).full(w.locale());
    let time = local_time(activity.starts_at, offset);
    let title: String = activity.title.chars().take(60).collect();
    let about = [("title", (&title).into()), ("day", (&day).into()), ("time", (&time).into())];
    let text = match activity.spot.as_str() {
        "" => w.t_with("activity-reminder", &about),
        spot => {
            let [title, day, time] = about;
            w.t_with("activity-reminder-at", &[title, day, time, ("spot", spot.into())])
        }
    };
    Message { to, kind: "activity-reminder".into(), subject: w.t("activity-reminder-subject").to_owned(), text }
}
