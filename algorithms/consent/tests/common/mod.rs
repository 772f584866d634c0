//! Shared by the tests: small estates, and a deliberately plain count straight from the definitions.
#![allow(dead_code, clippy::unwrap_used, clippy::allow_attributes, reason = "each test uses its part, and may fall")]

use std::collections::{BTreeMap, BTreeSet};

use consent::{Area, Ballot, Channel, Choice, Item, Question, Report, Roll, Rules, Status, Unit, count};

pub const AFTER: &str = "2024-06-01";
pub const BEFORE: &str = "2019-06-01";

pub fn unit(unit: &str, building: &str, owner: &str, area: u64, status: Status) -> Unit {
    let (unit, building, owner) = (unit.to_owned(), building.to_owned(), owner.to_owned());
    Unit { unit, building, floor: "1".to_owned(), owner, area: Area(area), status }
}

pub fn ballot(unit: &str, choice: Choice, channel: Channel) -> Ballot {
    Ballot { unit: unit.to_owned(), choice, channel, instructed: true, line: 0 }
}

pub fn question(item: Item, on: &str) -> Question {
    Question { item, on: on.parse().unwrap(), buildings: None }
}

pub fn verdict(units: &[Unit], ballots: &[Ballot], question: &Question) -> Report {
    count(&Roll::new(units.to_vec()).unwrap(), ballots, &Rules::builtin("cn").unwrap(), question).unwrap()
}

/// Heads with one unit each: how many, their area together in 0.01 m², what they cast.
pub fn estate(parts: &[(u64, u64, Option<Choice>)]) -> (Vec<Unit>, Vec<Ballot>) {
    let (mut units, mut ballots) = (Vec::new(), Vec::new());
    for &(heads, area, choice) in parts {
        for n in 0..heads {
            let name = format!("{}", units.len() + 1);
            let own = if n == 0 { area - area / heads * (heads - 1) } else { area / heads };
            units.push(unit(&name, "1", &format!("owner {name}"), own, Status::Sold));
            ballots.extend(choice.map(|choice| ballot(&name, choice, Channel::Paper)));
        }
    }
    (units, ballots)
}

/// What the definitions say: who took part and who agreed, in 0.01 m² and heads, and what there is of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plain {
    pub all: (u64, u64),
    pub took_part: (u64, u64),
    pub agree: (u64, u64),
}

/// A head took part when any of its ballots was cast and agrees only if all its ballots agree; area counts as cast.
pub fn plain(units: &[Unit], ballots: &[Ballot], scope: Option<&[&str]>) -> Plain {
    let rows = |unit: &Unit| -> Vec<Choice> {
        let admitted = |b: &&Ballot| b.unit == unit.unit && (b.channel != Channel::Proxy || b.instructed);
        ballots.iter().filter(admitted).map(|b| b.choice).collect()
    };
    let key = |unit: &Unit| {
        let names: BTreeSet<&str> = unit.owner.split('+').map(str::trim).filter(|name| !name.is_empty()).collect();
        match (unit.status, names.is_empty()) {
            (Status::Unsold | Status::Undelivered, _) => "the developer".to_owned(),
            (Status::Sold, true) => format!("unnamed {}", unit.unit),
            (Status::Sold, false) => format!("{names:?}"),
        }
    };
    let agrees = |rows: &[Choice]| !rows.is_empty() && rows.iter().all(|choice| *choice == Choice::Agree);
    let mut heads: BTreeMap<String, Vec<Choice>> = BTreeMap::new();
    let mut found = Plain { all: (0, 0), took_part: (0, 0), agree: (0, 0) };
    for unit in units.iter().filter(|unit| scope.is_none_or(|scope| scope.contains(&unit.building.as_str()))) {
        let rows = rows(unit);
        found.all.0 += unit.area.0;
        found.took_part.0 += if rows.is_empty() { 0 } else { unit.area.0 };
        found.agree.0 += if agrees(&rows) { unit.area.0 } else { 0 };
        heads.entry(key(unit)).or_default().extend(rows);
    }
    found.all.1 = heads.len() as u64;
    found.took_part.1 = heads.values().filter(|rows| !rows.is_empty()).count() as u64;
    found.agree.1 = heads.values().filter(|rows| agrees(rows)).count() as u64;
    found
}

/// The article and the one before it, written out.
pub fn plain_passes(found: Plain, item: Item, before_2021: bool) -> bool {
    let both =
        |test: &dyn Fn(u64, u64) -> bool, part: (u64, u64), of: (u64, u64)| test(part.0, of.0) && test(part.1, of.1);
    let two_thirds = |x: u64, n: u64| 3 * x >= 2 * n;
    let majority = |x: u64, n: u64| 2 * x > n;
    let three_quarters = |x: u64, n: u64| 4 * x >= 3 * n;
    if before_2021 {
        return match item {
            Item::UseFund | Item::RaiseFund | Item::Rebuild => both(&two_thirds, found.agree, found.all),
            _ => both(&majority, found.agree, found.all),
        };
    }
    both(&two_thirds, found.took_part, found.all)
        && match item {
            Item::RaiseFund | Item::Rebuild | Item::ChangeUse => both(&three_quarters, found.agree, found.took_part),
            _ => both(&majority, found.agree, found.took_part),
        }
}
