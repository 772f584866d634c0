//! Hand the answers of a survey to who publishes it.

use db::{Db, DbError, Fault};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde_json::json;

use crate::{
    Choice, PollId, PollKind, State, Weighed, queries,
    rules::expect,
    survey::{Ask, Question, numbered},
};

/// Ballots read in one piece.
const PAGE: i64 = 2_000;

/// An export that is asked for; [`Answers::run`] does it, on a thread that may wait.
pub struct Answers {
    db: Db,
    cx: Context,
    id: PollId,
}

/// The answers of a closed survey as CSV in UTF-8: a row a ballot in the order of random ids, a column a question. Neither
/// name nor time is in it; what people wrote is. The log says that they were taken, and by whom.
pub fn answers(db: &Db, cx: &Context, id: &PollId) -> Answers {
    Answers { db: db.clone(), cx: cx.clone(), id: id.clone() }
}

impl Answers {
    /// Writes the entry, then reads the ballots page by page.
    ///
    /// # Errors
    /// Refusals `poll-not-found`, `wrong-poll-state`, `wrong-ballot` for a poll that is no survey, `not-allowed`; database
    /// faults.
    pub fn run(self) -> Result<String, Fault> {
        let Answers { db, cx, id } = self;
        let key = id.clone();
        let poll = db.write_wait(move |tx| {
            let mut cx = cx.clone();
            let poll = queries::poll(tx, &key)?;
            let permit = authorize(&cx.actor, Action::PublishVerdict, &queries::site(tx, &poll)?)?;
            expect(&poll, &[State::Closed, State::Published])?;
            if poll.kind != PollKind::Survey {
                return Err(Fault::from(Refusal::new(Kind::Invalid, "wrong-ballot")));
            }
            let (public, private) = (json!({}), json!({ "by": cx.actor.person() }));
            let draft =
                Draft { kind: "poll.answers-taken", subject: key.as_str(), public: &public, private: Some(&private) };
            append(tx, &mut cx, &permit, &draft)?;
            Ok(poll)
        })?;
        let mut writer = csv::Writer::from_writer(Vec::new());
        let questions = &poll.definition.questions;
        let wrong = |e: csv::Error| Fault::from(DbError::Data(e.to_string()));
        writer.write_record(questions.iter().map(|question| safe(&question.text))).map_err(wrong)?;
        let mut after = String::new();
        loop {
            let (key, from) = (id.clone(), after.clone());
            let page = db.read_wait(move |s| ballots::store::page(s, key.home(), key.as_str(), &from, PAGE))?;
            let Some(last) = page.last() else { break };
            after = last.id.to_string();
            for ballot in &page {
                let Some(Weighed { choice: Choice::Survey(salted), .. }) = Weighed::parse(poll.kind, &ballot.says)
                else {
                    continue;
                };
                let cell = |(number, question): (u32, &Question)| {
                    safe(&told(question, salted.answers.get(&number).map_or(&[][..], Vec::as_slice)))
                };
                writer.write_record(numbered(questions).map(cell)).map_err(wrong)?;
            }
        }
        let bytes = writer.into_inner().map_err(|e| DbError::Data(e.to_string()))?;
        // spreadsheets take it for UTF-8 by its mark
        Ok(format!("\u{feff}{}", String::from_utf8_lossy(&bytes)))
    }
}

fn told(question: &Question, given: &[String]) -> String {
    let offered = match &question.ask {
        Ask::One { offered } | Ask::Several { offered, .. } => offered.as_slice(),
        Ask::Scale | Ask::Number { .. } | Ask::Text => return given.join("; "),
    };
    let word = |answer: &String| answer.parse().ok().and_then(|n| offered.get(crate::choice::index(n))).cloned();
    given.iter().filter_map(word).collect::<Vec<_>>().join("; ")
}

/// A cell that a spreadsheet does not take for a formula.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '@', '\t', '\r']) || (text.starts_with('-') && text.parse::<i64>().is_err()) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
