//! People of a file, as `linli sortition` reads it: a row each, a column for each category, one that is unique (a name), and
//! perhaps an address.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Source};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde_json::json;
use sortition::{FileError, PeopleColumns, read_people};

use super::{Lot, LotId, MAX_POOL, Standing, Volunteer, draft::hold, rules, store};
use crate::delegates::hall;

/// Bytes of a file at most.
pub const MAX_BYTES: usize = 400_000;

/// Somebody of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The unique column.
    pub name: String,
    /// The value in each category.
    pub features: Vec<String>,
    /// May be empty.
    pub address: String,
}

/// Reads a file for the quotas of a lot.
///
/// # Errors
/// Refusals `people-unreadable` with the line, `people-too-many`, `people-no-address` where at most one of an address is
/// drawn and the file has no such column.
pub fn read(lot: &Lot, text: &str) -> Result<Vec<Row>, Refusal> {
    let unreadable = |line: u64| {
        Refusal::new(Kind::Conflict, "people-unreadable").with_int("line", i64::try_from(line).unwrap_or(0))
    };
    if text.len() > MAX_BYTES {
        return Err(Refusal::new(Kind::LimitReached, "people-too-many"));
    }
    let head = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    let titles: Vec<&str> = head.split([',', ';', '\t']).map(|title| title.trim().trim_matches('"')).collect();
    let find = |names: &[&str]| titles.iter().find(|title| names.contains(title)).map(|title| (*title).to_owned());
    let address = find(&["address", "地址", "门牌", "household_id", "address_line_1"]);
    if lot.household && address.is_none() {
        return Err(Refusal::new(Kind::Conflict, "people-no-address"));
    }
    let id = find(&["name", "姓名", "id", "编号", "nationbuilder_id", "id_number"]);
    let columns = PeopleColumns { id, address: address.into_iter().collect() };
    let pool = read_people(text.as_bytes(), &lot.quotas, &columns).map_err(|error| match error {
        FileError::Line { line, .. } => unreadable(line),
        FileError::File(_) => unreadable(1),
    })?;
    let rows: Vec<Row> = (pool.people().iter())
        .map(|one| Row {
            name: one.key.chars().take(40).collect(),
            features: one.features.clone(),
            address: one.address.clone().unwrap_or_default().chars().take(80).collect(),
        })
        .collect();
    match u64::try_from(rows.len()) {
        Ok(n) if n <= MAX_POOL => Ok(rows),
        _ => Err(Refusal::new(Kind::LimitReached, "people-too-many")),
    }
}

/// Takes people of a file into the pool: community work. Who came from a file under the same name before stays as they
/// are, so that the same file again doubles nobody. How many were new.
///
/// # Errors
/// Those of [`read`], `lot-not-found`, `lot-wrong-state`, `enrolment-over`, `pool-full`, `address-missing` with the name's
/// row, `not-allowed`; database faults.
pub fn take(tx: &mut Tx<'_>, cx: &mut Context, id: &LotId, text: &str) -> Result<u64, Fault> {
    let (lot, hall, _) = hold(tx, cx, id)?;
    let permit = authorize(&cx.actor, Action::EnterForAnother, &hall::site(tx, &hall.place)?)?;
    let there = store::count(tx, id)?;
    rules::may_enrol(&lot, &cx.day, there)?;
    let rows = read(&lot, text)?;
    if there + rows.len() as u64 > MAX_POOL {
        let most = i64::try_from(MAX_POOL).unwrap_or(i64::MAX);
        return Err(Refusal::new(Kind::LimitReached, "pool-full").with_int("most", most).into());
    }
    if let Some(at) = rows.iter().position(|row| lot.household && super::enrol::same_address(&row.address).is_empty()) {
        let row = i64::try_from(at + 2).unwrap_or(i64::MAX);
        return Err(Refusal::new(Kind::Conflict, "address-missing").with_int("row", row).into());
    }
    let once: Vec<String> = rows.iter().map(|row| format!("file/{}", row.name)).collect();
    let new: Vec<Volunteer> = (rows.into_iter())
        .map(|row| Volunteer {
            id: cx.secret_id(id.home()),
            person: None,
            name: row.name,
            contact: String::new(),
            address: row.address,
            features: row.features,
            source: Source::Import,
            standing: Standing::In,
            number: None,
            made_day: cx.day.clone(),
        })
        .collect();
    let (by, day) = (cx.actor.person().cloned(), cx.day.clone());
    let taken = store::enrol_file(tx, &permit, (id, &new, &once), (by.as_ref(), &day))?;
    if taken > 0 {
        let told = json!({ "lot": id, "people": taken });
        let words = json!({ "by": by });
        append(
            tx,
            cx,
            &permit,
            &Draft { kind: "lot.imported", subject: id.as_str(), public: &told, private: Some(&words) },
        )?;
    }
    Ok(taken)
}
