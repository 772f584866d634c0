//! Object to a notice.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind as No, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Notice, NoticeId, Objection, ObjectionState, owe, queries, rules, store};
use crate::site::{may_act_for, site_of};

/// An objection as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct NewObjection {
    /// What is wrong: 1 to 2,000 characters. Shown to the author and to those who answer only.
    #[serde(default)]
    pub words: String,
    /// How the author wants to be called in public, at most 30 characters; empty means without a name.
    #[serde(default)]
    pub shown_as: String,
    /// A text the sender makes up for this one objection, at most 64 characters, so that sending twice objects once.
    #[serde(default)]
    pub once: String,
}

/// Makes the objection, up to the end of the notice's last day, and gives the office the duty to answer it. By a verified person, or for somebody at the desk. The
/// same `once` again answers with the objection that is already there.
///
/// # Errors
/// Refusals `invalid-input`, `notice-not-found`, `notice-wrong-state`, `objections-closed`, `too-many-objections`,
/// `changed-meanwhile`, `sign-in-first`, `verify-first`, `not-allowed`; database faults.
pub fn object(tx: &mut Tx<'_>, cx: &mut Context, id: &NoticeId, input: &NewObjection) -> Result<Objection, Fault> {
    let notice = queries::notice(tx, id)?;
    let site = site_of(tx, &notice.place)?;
    let permit = authorize(&cx.actor, Action::Object, &site)?;
    may_act_for(cx, &site)?;
    let (mut objection, mut once) = shaped(cx, &notice, input)?;
    if once.is_empty() {
        once = objection.id.to_string();
    } else if let Some(there) = store::objection_once(tx, id, &once)? {
        // somebody else's text by chance or by guessing tells nothing
        let own = there.author.as_ref() == cx.author();
        return if own { Ok(there) } else { Err(Refusal::new(No::Conflict, "changed-meanwhile").into()) };
    }
    if !store::count_objection(tx, &permit, id, &cx.day, rules::MAX_OBJECTIONS)? {
        rules::may_object(&queries::notice(tx, id)?, &cx.day)?;
        return Err(Refusal::new(No::Conflict, "changed-meanwhile").into());
    }
    let calendar = queries::calendar(tx)?;
    let due = rules::answer_due(&calendar, &cx.day, owe::answer_days(&notice, cx));
    (objection.due_day, objection.due_provisional) = (due.day, due.provisional);
    match store::insert_objection(tx, &permit, &objection, &once) {
        // the twin of a double click, at the same instant
        Err(DbError::Unique(_)) => return Err(Refusal::new(No::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    let told = json!({
        "objection": objection.id, "version": objection.version, "due": objection.due_day.as_str(),
        "source": cx.source(),
    });
    let words = json!({
        "author": objection.author, "entered_by": cx.entered_by(), "shown_as": objection.shown_as,
        "words": objection.words,
    });
    let draft = Draft { kind: "objection.made", subject: id.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &draft)?;
    owe::owe(tx, cx, &calendar, &permit, (&notice, &objection))?;
    Ok(objection)
}

fn shaped(cx: &mut Context, notice: &Notice, input: &NewObjection) -> Result<(Objection, String), Refusal> {
    let mut shape = Shape::new();
    let words = shape.prose("words", &input.words, 2_000);
    let shown_as = shape.optional_line("shown_as", &input.shown_as, 30);
    let once = shape.optional_line("once", &input.once, 64);
    let objection = Objection {
        id: cx.id(notice.id.home()),
        notice: notice.id.clone(),
        version: notice.version,
        author: cx.author().cloned(),
        shown_as,
        words,
        state: ObjectionState::Open,
        due_day: cx.day.clone(),
        due_provisional: false,
        answer: String::new(),
        answered_by: None,
        answered_day: None,
        corrected_in: None,
        made_at: cx.now,
        made_day: cx.day.clone(),
    };
    shape.finish((objection, once))
}
