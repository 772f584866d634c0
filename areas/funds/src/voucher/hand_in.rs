//! Hand a voucher in.

use db::{DbError, Fault, Tx};
use kernel::{Arg, Context, Day, FieldError, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use programmes::SeasonId;
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;
use work::files::{self, FileId};

use super::{
    MAX_VOUCHERS, State, Voucher, VoucherKind,
    rules::{self, Asked, Bounds},
    store,
};
use crate::{
    agreement::{Agreement, queries as agreements, store as accounts, store::Part},
    case::{Case, expect_approved, expect_not_stopped},
    typed,
};

/// A voucher as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct HandIn {
    /// The number of the budget line.
    pub line: String,
    /// `invoice`, `receipt`, `transport`, `meal`, `phone` or `pay`.
    pub kind: String,
    /// The number printed on it, 1 to 40 characters.
    pub paper: String,
    /// The day printed on it, `YYYY-MM-DD`.
    pub day: String,
    /// In whole units with up to two decimals.
    pub amount: String,
    /// Person-times of a refund, pieces of equipment, 1 to 10,000; empty means 1.
    pub count: String,
    /// Who was paid, 1 to 60 characters.
    pub payee: String,
    /// Something when the payee is a person: then the public sees the name masked.
    pub payee_is_person: String,
    /// Something when the payee is a volunteer of the project.
    pub volunteer: String,
    /// What for, 1 to 200 characters.
    pub purpose: String,
    /// Who spent it, 1 to 40 characters.
    pub handler: String,
    /// Who witnessed it, 1 to 40 characters: somebody else.
    pub witness: String,
    /// The id of a photo that the same person added before and that belongs to nothing yet: one.
    pub files: Vec<String>,
    /// A text the sender makes up for this one voucher, at most 64 characters, so that sending twice hands in once.
    pub once: String,
}

/// Hands a voucher in: the project's side, or the office for it. It is stopped with the reason where it pays what the
/// agreement does not allow, or was seen before; else it takes its part of the budget line and waits for a decision.
/// The same `once` again answers with what is there.
///
/// # Errors
/// Refusals `invalid-input` (with the codes of [`rules::stops`], `money-seen-before`, `money-picture-seen`),
/// `season-not-found`, `season-without-funds`, `wrong-stage`, `agreement-not-found`, `agreement-not-signed`,
/// `agreement-ended`, `too-many-vouchers`, `file-not-found`, `file-in-use`, `changed-meanwhile`, `not-allowed`; database
/// faults.
pub fn hand_in(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, project): (&SeasonId, u32),
    input: &HandIn,
) -> Result<Voucher, Fault> {
    let case = Case::of(tx, season)?;
    let agreement = agreements::optional(tx, season, project)?;
    let permit = permit(cx, &case, agreement.as_ref())?;
    let agreement = agreement.ok_or_else(|| Refusal::new(Kind::NotFound, "agreement-not-found"))?;
    expect_approved(&case.season)?;
    agreements::expect_running(&agreement)?;
    expect_not_stopped(tx, season, project)?;
    let mut draft = draft(cx, (season, project), input)?;
    let once = match (draft.once.as_str(), cx.actor.person()) {
        ("", _) => draft.voucher.id.to_string(),
        // two people may make up the same text
        (once, Some(person)) => format!("{person}/{once}"),
        (once, None) => once.to_owned(),
    };
    if let Some(there) = store::once(tx, season, &once)? {
        return Ok(there);
    }
    stop(tx, cx, (&case, &agreement), &draft)?;
    let ids = (season, project);
    draft.voucher.number = accounts::count_voucher(tx, &permit, ids, MAX_VOUCHERS)?.ok_or_else(|| {
        Refusal::new(Kind::LimitReached, "too-many-vouchers").with_int("limit", i64::from(MAX_VOUCHERS))
    })?;
    let voucher = draft.voucher;
    // between the check above and here somebody else may have taken the rest of the line
    if !accounts::part(tx, &permit, (season, project, voucher.line), Part::Take, voucher.amount)? {
        return Err(changed());
    }
    taken(store::insert(tx, &permit, &voucher, &once))?;
    known(tx, &permit, (&voucher, "paper"), &rules::mark_of_paper(&voucher.paper, voucher.amount, &voucher.payee))?;
    let file = files::attach(tx, cx, &permit, &draft.file, voucher.id.as_str())?;
    known(tx, &permit, (&voucher, "files"), &rules::mark_of_picture(&file.blob.sha256))?;
    let told = json!({
        "project": project, "voucher": voucher.id, "number": voucher.number, "line": voucher.line,
        "kind": voucher.kind, "amount": voucher.amount, "on": voucher.day.as_str(),
    });
    let words = json!({
        "paper": voucher.paper, "payee": voucher.payee, "purpose": voucher.purpose, "handler": voucher.handler,
        "witness": voucher.witness, "by": voucher.handed_by, "photo": file.id,
    });
    let entry = Draft { kind: "voucher.handed-in", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    Ok(voucher)
}

/// The right of the project's side, else of the office.
fn permit(cx: &Context, case: &Case, agreement: Option<&Agreement>) -> Result<Permit, Refusal> {
    let own = agreement.and_then(|agreement| agreement.party.permit(&cx.actor, &case.site).ok());
    own.map_or_else(|| authorize(&cx.actor, Action::RunSeason, &case.site), Ok)
}

fn changed() -> Fault {
    Refusal::new(Kind::Conflict, "changed-meanwhile").into()
}

fn taken(done: Result<(), DbError>) -> Result<(), Fault> {
    match done {
        Err(DbError::Unique(_)) => Err(changed()),
        other => Ok(other?),
    }
}

/// Keeps what makes it known again, or says which voucher it was seen with.
fn known(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (voucher, field): (&Voucher, &'static str),
    mark: &str,
) -> Result<(), Fault> {
    if let Some((project, number)) = store::marked(tx, permit, mark)? {
        let code = if field == "files" { "money-picture-seen" } else { "money-seen-before" };
        let of = |n: u32| Arg::Int(i64::from(n));
        let args = vec![("project", of(project)), ("number", of(number))];
        return Err(Refusal::invalid(vec![FieldError { field, code, args }]).into());
    }
    taken(store::mark(tx, permit, voucher, mark))
}

struct Typed {
    voucher: Voucher,
    volunteer: bool,
    file: FileId,
    once: String,
}

fn draft(cx: &mut Context, (season, project): (&SeasonId, u32), input: &HandIn) -> Result<Typed, Refusal> {
    let mut shape = Shape::new();
    let line = chosen(&mut shape, "line", &input.line, |text| text.parse().ok()).unwrap_or(0);
    let kind = chosen(&mut shape, "kind", &input.kind, |text| text.parse::<VoucherKind>().ok());
    let count = match input.count.trim() {
        "" => 1,
        text => match text.parse::<u32>() {
            Ok(count @ 1..=10_000) => count,
            Ok(_) | Err(_) => {
                shape.error("count", "not-a-count");
                1
            }
        },
    };
    let (paper, amount) = (shape.line("paper", &input.paper, 40), typed::amount(&mut shape, "amount", &input.amount));
    let day: Day = typed::day(&mut shape, "day", &input.day, &cx.day);
    let (handler, witness) = (shape.line("handler", &input.handler, 40), shape.line("witness", &input.witness, 40));
    if !handler.is_empty() && typed::plain(&handler) == typed::plain(&witness) {
        shape.error("witness", "money-witness");
    }
    let files: Vec<&String> = input.files.iter().filter(|id| !id.is_empty()).collect();
    let file: Option<FileId> = match files.as_slice() {
        [one] => one.parse().ok(),
        _ => None,
    };
    if file.is_none() {
        shape.error("files", "money-photo");
    }
    let voucher = Voucher {
        id: cx.id(season.home()),
        season: season.clone(),
        project,
        number: 0,
        line,
        kind: kind.unwrap_or(VoucherKind::Invoice),
        paper,
        day,
        amount,
        count,
        payee: shape.line("payee", &input.payee, 60),
        payee_is_person: !input.payee_is_person.trim().is_empty(),
        purpose: shape.line("purpose", &input.purpose, 200),
        handler,
        witness,
        state: State::Waiting,
        reason: String::new(),
        handed_by: cx.actor.person().cloned(),
        handed: cx.day.clone(),
        decided_by: None,
        decided: None,
    };
    let once = shape.optional_line("once", &input.once, 64);
    let (voucher, once) = shape.finish((voucher, once))?;
    let file = file.ok_or_else(|| Refusal::invalid(vec![FieldError::new("files", "money-photo")]))?;
    Ok(Typed { voucher, volunteer: !input.volunteer.trim().is_empty(), file, once })
}

fn chosen<T>(shape: &mut Shape, field: &'static str, text: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let text = text.trim();
    let found = read(text);
    if found.is_none() {
        shape.error(field, if text.is_empty() { "required" } else { "unknown-choice" });
    }
    found
}

/// Refuses with everything that stops it.
fn stop(tx: &mut Tx<'_>, cx: &Context, (case, agreement): (&Case, &Agreement), draft: &Typed) -> Result<(), Fault> {
    let voucher = &draft.voucher;
    let lines = agreements::lines(tx, &case.season.id, agreement.project)?;
    let line = lines.iter().find(|line| line.number == voucher.line);
    let line = line.ok_or_else(|| Refusal::invalid(vec![FieldError::new("line", "unknown-choice")]))?;
    let asked = Asked {
        kind: voucher.kind,
        day: voucher.day.clone(),
        amount: voucher.amount,
        count: voucher.count,
        volunteer: draft.volunteer,
    };
    let bounds = Bounds {
        line,
        budget: &case.template.budget,
        funds: &case.funds,
        term: (&agreement.from, &agreement.until),
        today: &cx.day,
    };
    let faults = rules::stops(&asked, bounds);
    if faults.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults).into()) }
}
