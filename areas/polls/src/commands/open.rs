//! Open a poll.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use matters::notice::{self, Notice, State as NoticeState};
use rights::{Action, authorize};
use serde_json::json;

use crate::{Poll, PollId, State, count::Terms, jobs, queries, rules::expect, store};

/// Opens a poll whose roll is frozen and has hung for its days: from now on ballots are taken, from the opening day to the
/// closing day; then it closes by itself ([`jobs`]). What parts ties is drawn now, before anybody has voted, and stands in the log with the terms.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `poll-over`, `roll-still-hangs`, `roll-notice-withdrawn`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn open(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId) -> Result<Poll, Fault> {
    let poll = queries::poll(tx, id)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &queries::site(tx, &poll)?)?;
    if poll.state == State::Open {
        return Ok(poll);
    }
    expect(&poll, &[State::Roll])?;
    if cx.day > poll.closes_day {
        return Err(Refusal::new(Kind::Conflict, "poll-over").with_text("day", poll.closes_day.as_str()).into());
    }
    if let Some(notice) = &poll.notice {
        hung(&notice::queries::notice(tx, notice)?)?;
    }
    let seed = format!("{:032x}", cx.chance.bits128());
    if !store::open(tx, &permit, &poll, &seed)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let poll = queries::poll(tx, id)?;
    let told = json!({
        "place": poll.place, "openness": poll.openness, "opens": poll.opens_day.as_str(),
        "closes": poll.closes_day.as_str(), "terms": Terms::of(&poll),
    });
    append(tx, cx, &permit, &Draft { kind: "poll.opened", subject: id.as_str(), public: &told, private: None })?;
    jobs::opened(tx, cx, &poll)?;
    Ok(poll)
}

/// A roll has hung when its notice has ended: for its whole time, every objection answered.
fn hung(notice: &Notice) -> Result<(), Refusal> {
    match notice.state {
        NoticeState::Ended => Ok(()),
        NoticeState::Withdrawn => Err(Refusal::new(Kind::Conflict, "roll-notice-withdrawn")),
        NoticeState::Draft | NoticeState::Posted => {
            let until = notice.until_day.as_ref().map_or("", kernel::Day::as_str);
            Err(Refusal::new(Kind::Conflict, "roll-still-hangs").with_text("until", until))
        }
    }
}
