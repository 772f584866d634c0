//! Take back a source that was entered by mistake.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use programmes::SeasonId;
use serde::Deserialize;
use serde_json::json;

use super::{Source, queries, store};
use crate::{
    agreement,
    book::{self, Account, AccountKind, Why, queries as books},
    case::{Case, Party},
};

/// Why a source is taken back.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct WithdrawSource {
    /// 1 to 300 characters, shown beside the source.
    pub reason: String,
}

/// Takes the whole of a source back out of the book, by another person than who entered it. It stays on the list with the
/// reason, and counts nowhere. One that was taken back is answered as it is.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `season-without-funds`, `wrong-stage`, `source-not-found`, `source-used`
/// where a part of its money has been paid out or went back, `agreement-ended` where the account of its project is closed,
/// `second-person-needed`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn withdraw(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, number): (&SeasonId, u32),
    input: &WithdrawSource,
) -> Result<Source, Fault> {
    let (case, office) = Case::office(tx, cx, season)?;
    let mut shape = Shape::new();
    let reason = shape.line("reason", &input.reason, 300);
    let reason = shape.finish(reason)?;
    book::hold(tx, &office, season)?;
    let mut source = queries::source(tx, season, number)?;
    if source.withdrawn.is_some() {
        return Ok(source);
    }
    let maker = store::added_by(tx, season, number)?;
    let permit = case.checker(cx, &Party::default(), maker.as_ref())?;
    let from = match source.project {
        None => Account::of(AccountKind::Bank, number),
        Some(project) => {
            if agreement::queries::agreement(tx, season, project)?.ended.is_some() {
                return Err(Refusal::new(Kind::Conflict, "agreement-ended").into());
            }
            Account::of(AccountKind::Used, project)
        }
    };
    if books::balance(tx, season, from)? < source.amount {
        return Err(Refusal::new(Kind::Conflict, "source-used").into());
    }
    let transfer = book::transfer(book::pair(Account::of(AccountKind::Back, number), from, source.amount))?;
    let (subject, once) = (number.to_string(), format!("source-{number}-withdrawn"));
    let entry = book::Entry { season, why: Why::Withdrawn, project: source.project, subject: &subject, once: &once };
    let posted = book::post(tx, cx, &permit, &entry, &transfer)?;
    (source.withdrawn, source.withdrawn_why) = (Some(cx.day.clone()), reason);
    if !store::withdraw(tx, &permit, season, &source)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let told = json!({ "source": number, "amount": source.amount, "transfer": posted });
    let words = json!({ "reason": source.withdrawn_why, "by": cx.actor.person() });
    let draft = Draft { kind: "fund.withdrawn", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &draft)?;
    Ok(source)
}
