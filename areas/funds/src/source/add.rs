//! Enter a source.

use db::{DbError, Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use programmes::SeasonId;
use serde::Deserialize;
use serde_json::json;

use super::{MAX_SOURCES, Source, SourceKind, store};
use crate::{
    agreement,
    book::{self, Account, AccountKind, Why},
    case::Case,
    typed,
};

/// A source as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AddSource {
    /// `public`, `donor`, `own` or `in-kind`.
    pub kind: String,
    /// Who gave it, 1 to 60 characters.
    pub name: String,
    /// Something when the name is a person's: then the public sees it masked.
    pub is_person: String,
    /// In whole units with up to two decimals.
    pub amount: String,
    /// How a gift in kind was valued, 1 to 300 characters; empty for money.
    pub basis: String,
    /// The number of the project, for `own` and `in-kind`; empty for the others.
    pub project: String,
    /// A text the sender makes up for this one source, at most 64 characters, so that sending twice enters once.
    pub once: String,
}

/// Enters what a source gave: money of the public and of donors lies in the bank from then on, own money and gifts in
/// kind count as used by their project. The same `once` again answers with what is there.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `season-without-funds`, `wrong-stage`, `too-many-sources`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn add(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &AddSource) -> Result<Source, Fault> {
    let (case, permit) = Case::office(tx, cx, season)?;
    let (mut source, once) = draft(cx, input)?;
    if let Some(project) = source.project {
        let Some(agreement) = agreement::store::agreement(tx, season, project)? else {
            return Err(Refusal::invalid(vec![FieldError::new("project", "money-project-unknown")]).into());
        };
        if agreement.ended.is_some() {
            return Err(Refusal::new(Kind::Conflict, "agreement-ended").into());
        }
    }
    book::hold(tx, &permit, season)?;
    let once = match once.as_str() {
        "" => cx.id::<()>(permit.home()).to_string(),
        once => once.to_owned(),
    };
    if let Some(there) = store::once(tx, season, &once)? {
        return Ok(there);
    }
    let Some(number) = store::next(tx, &permit, season, MAX_SOURCES)? else {
        return Err(Refusal::new(Kind::LimitReached, "too-many-sources").with_int("limit", MAX_SOURCES).into());
    };
    source.number = number;
    match store::insert(tx, &permit, season, &source, (cx.actor.person(), &once)) {
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    let (why, to) = match source.project {
        None => (Why::Received, Account::of(AccountKind::Bank, number)),
        Some(project) => (Why::Contributed, Account::of(AccountKind::Used, project)),
    };
    let transfer = book::transfer(book::pair(to, Account::of(AccountKind::Source, number), source.amount))?;
    let (subject, once) = (number.to_string(), format!("source-{number}"));
    let entry = book::Entry { season, why, project: source.project, subject: &subject, once: &once };
    let posted = book::post(tx, cx, &permit, &entry, &transfer)?;
    let told = json!({
        "source": number, "kind": source.kind, "amount": source.amount, "project": source.project, "transfer": posted,
    });
    let words = json!({ "name": source.name, "basis": source.basis });
    let draft = Draft { kind: "fund.received", subject: case.season.id.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &draft)?;
    Ok(source)
}

fn draft(cx: &Context, input: &AddSource) -> Result<(Source, String), Refusal> {
    let mut shape = Shape::new();
    let kind = input.kind.trim().parse::<SourceKind>();
    if kind.is_err() {
        shape.error("kind", if input.kind.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    let kind = kind.unwrap_or(SourceKind::Public);
    let name = shape.line("name", &input.name, 60);
    let amount = typed::amount(&mut shape, "amount", &input.amount);
    let basis = match kind {
        SourceKind::InKind => shape.line("basis", &input.basis, 300),
        _ => shape.optional_line("basis", &input.basis, 300),
    };
    let project = match (input.project.trim(), kind.is_banked()) {
        ("", true) => None,
        ("", false) => {
            shape.error("project", "required");
            None
        }
        (_, true) => {
            shape.error("project", "money-project-none");
            None
        }
        (number, false) => {
            let number = number.parse().ok();
            if number.is_none() {
                shape.error("project", "money-project-unknown");
            }
            number
        }
    };
    let once = shape.optional_line("once", &input.once, 64);
    let is_person = !input.is_person.trim().is_empty();
    let day = cx.day.clone();
    shape.finish((
        Source {
            number: 0,
            kind,
            name,
            is_person,
            amount,
            basis,
            project,
            day,
            withdrawn: None,
            withdrawn_why: String::new(),
        },
        once,
    ))
}
