//! From a roll and ballots to a verdict.

use std::collections::HashSet;

use thiserror::Error;

use crate::area::Ratio;
use crate::ballot::{Ballot, Choice};
use crate::cast::{Cast, Scope, cast};
use crate::day::Day;
use crate::heads::Heads;
use crate::places::{Places, Run};
use crate::report::{ByBasis, Gate, GateCode, Group, Reason, Report, Shares, Sums, sentence};
use crate::roll::Roll;
use crate::rules::{Item, Of, Period, Rule, Rules};
use crate::text::{natural, shown, tidy};

/// Ballots at most, duplicates included.
pub const MAX_BALLOTS: usize = 2_000_000;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The kind of decision.
    pub item: Item,
    /// The day of the decision, on which the vote closed: its law applies.
    pub on: Day,
    /// The buildings that pay and vote; `None` means the whole roll.
    pub buildings: Option<Vec<String>>,
}

/// Why there is no verdict.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "each variant is told by its message")]
pub enum CountError {
    #[error("the rules `{rules}` say nothing about {on}: they hold {known}")]
    NoPeriod { rules: String, on: Day, known: String },
    #[error("the rules `{rules}` have no rule for `{item}` on {on}")]
    NoRule { rules: String, item: Item, on: Day },
    #[error("no unit of the roll lies in the building `{building}`; the roll has {known}")]
    UnknownBuilding { building: String, known: String },
    #[error("the scope names no building: leave it out to ask everybody")]
    EmptyScope,
    #[error("more than {MAX_BALLOTS} ballots")]
    TooManyBallots,
}

/// Counts: every threshold is compared in integers, and the report tells each figure.
///
/// # Errors
/// [`CountError`] if the rules do not reach to that day, or the scope names what is not there.
pub fn count(roll: &Roll, ballots: &[Ballot], rules: &Rules, question: &Question) -> Result<Report, CountError> {
    let (period, rule) = rule_for(rules, question, ballots)?;
    let named = question.plain_buildings();
    let scope = scope(roll, named.as_deref())?;
    let Cast { choices, counts, mut notes } = cast(roll, &scope, period, ballots);
    let places = Places::of(roll, &scope);
    let heads = Heads::of(roll, &places.order, period, &mut notes);
    let rows = rows(roll, &places.order, &choices, &heads);
    let mut tally = Tally::new(heads.n, period, rule.approval.of);
    let sums = tally.sums(&rows);
    let gates = gates(rule, &sums);
    let (notes, notes_left_out) = notes.finish();
    Ok(Report {
        passed: gates.iter().all(|gate| gate.met),
        sums,
        rule: rule.id.clone(),
        source: rule.source.clone(),
        reason: Reason::of(&gates),
        sentence: sentence(&gates, rule.approval.of),
        item: question.item,
        on: question.on,
        rules: rules.name.clone(),
        law: period.source.clone(),
        approval_of: rule.approval.of,
        scope: scope.is_some().then(|| places.buildings.iter().map(|name| (*name).to_owned()).collect()),
        gates,
        ballots: counts,
        buildings: groups(&places, false, &rows, &mut tally),
        floors: groups(&places, true, &rows, &mut tally),
        notes,
        notes_left_out,
    })
}

impl Question {
    /// The names of the scope in plain form.
    pub(crate) fn plain_buildings(&self) -> Option<Vec<String>> {
        self.buildings.as_ref().map(|named| named.iter().map(|name| tidy(name).into_owned()).collect())
    }
}

pub(crate) fn rule_for<'a>(
    rules: &'a Rules,
    question: &Question,
    ballots: &[Ballot],
) -> Result<(&'a Period, &'a Rule), CountError> {
    let &Question { item, on, .. } = question;
    if ballots.len() > MAX_BALLOTS {
        return Err(CountError::TooManyBallots);
    }
    let period = rules.on(on).ok_or_else(|| {
        let spans = rules.periods.iter().take(10).map(|period| match period.until {
            Some(until) => format!("from {} to {until}", period.from),
            None => format!("from {}", period.from),
        });
        CountError::NoPeriod { rules: rules.name.clone(), on, known: spans.collect::<Vec<_>>().join(", ") }
    })?;
    let rule = period.rule(item).ok_or_else(|| CountError::NoRule { rules: rules.name.clone(), item, on })?;
    Ok((period, rule))
}

pub(crate) fn scope<'a>(roll: &Roll, named: Option<&'a [String]>) -> Result<Scope<'a>, CountError> {
    let Some(named) = named else { return Ok(None) };
    if named.is_empty() {
        return Err(CountError::EmptyScope);
    }
    let there: HashSet<&str> = roll.units().iter().map(|unit| unit.building.as_str()).collect();
    if let Some(unknown) = named.iter().find(|name| !there.contains(name.as_str())) {
        let mut known: Vec<&str> = there.into_iter().collect();
        known.sort_unstable_by(|a, b| natural(a, b));
        let mut list = known.iter().take(10).map(|name| shown(name)).collect::<Vec<_>>().join(", ");
        if known.len() > 10 {
            list.push_str(", …");
        }
        return Err(CountError::UnknownBuilding { building: shown(unknown), known: list });
    }
    Ok(Some(named.iter().map(String::as_str).collect()))
}

/// The four comparisons in the order of the law: first who took part, then who agreed.
fn gates(rule: &Rule, sums: &ByBasis) -> Vec<Gate> {
    let mut gates = Vec::with_capacity(4);
    if let Some(needs) = rule.participation {
        gates.push(Gate::new(GateCode::ParticipationArea, sums.participation.area, needs.area));
        gates.push(Gate::new(GateCode::ParticipationHeads, sums.participation.heads, needs.heads));
    }
    gates.push(Gate::new(GateCode::ApprovalArea, sums.approval.area, rule.approval.area));
    gates.push(Gate::new(GateCode::ApprovalHeads, sums.approval.heads, rule.approval.heads));
    gates
}

/// The units asked, in the order of their places.
fn rows(roll: &Roll, order: &[usize], choices: &[Option<Choice>], heads: &Heads) -> Vec<Row> {
    let row = |at: &usize| {
        let said = choices.get(*at)?.map_or(0, Choice::bit);
        Some(Row { area: roll.units().get(*at)?.area.0, head: heads.of_unit(*at)?, said })
    };
    order.iter().filter_map(row).collect()
}

/// The figures of each building, or of each floor of each building.
fn groups(places: &Places<'_>, by_floor: bool, rows: &[Row], tally: &mut Tally) -> Vec<Group> {
    let mut rest = rows;
    let group = |run: Run<'_>| {
        let (set, after) = rest.split_at(run.units.len().min(rest.len()));
        rest = after;
        let floor = by_floor.then(|| run.floor.to_owned());
        Group { building: run.building.to_owned(), floor, sums: tally.sums(set) }
    };
    places.runs(by_floor).map(group).collect()
}

/// A unit as it is added up.
struct Row {
    area: u64,
    head: usize,
    /// The bit of its choice, or 0.
    said: u8,
}

/// Adds up sets of units.
struct Tally {
    takes_part: u8,
    of: Of,
    /// For each head: seen in this set, and the bits of what it said.
    said: Vec<(bool, u8)>,
    /// The heads of this set.
    seen: Vec<usize>,
}

impl Tally {
    fn new(n_heads: usize, period: &Period, of: Of) -> Self {
        let takes_part = period.takes_part.iter().fold(0, |mask, choice| mask | choice.bit());
        Self { takes_part, of, said: vec![(false, 0); n_heads], seen: Vec::new() }
    }

    fn sums(&mut self, set: &[Row]) -> ByBasis {
        let (mut units, mut area, mut heads) = (Sums::default(), Sums::default(), Sums::default());
        for row in set {
            units.add(1, row.said, self.takes_part);
            area.add(row.area, row.said, self.takes_part);
            let Some(said) = self.said.get_mut(row.head) else { continue };
            if !said.0 {
                said.0 = true;
                self.seen.push(row.head);
            }
            said.1 |= row.said;
        }
        for head in self.seen.drain(..) {
            if let Some(said) = self.said.get_mut(head) {
                heads.add(1, said.1, self.takes_part);
                *said = (false, 0);
            }
        }
        let share = |sums: &Sums| Ratio { part: sums.took_part, of: sums.all };
        let agreed = |sums: &Sums| {
            let of = if self.of == Of::All { sums.all } else { sums.took_part };
            Ratio { part: sums.agree, of }
        };
        ByBasis {
            participation: Shares { area: share(&area), heads: share(&heads) },
            approval: Shares { area: agreed(&area), heads: agreed(&heads) },
            units,
            area,
            heads,
        }
    }
}

impl Sums {
    /// Adds a unit, its area or a head that said what the bits tell. Ballots that are no taking part do not speak for a
    /// head beside those that are.
    fn add(&mut self, amount: u64, bits: u8, takes_part: u8) {
        self.all += amount;
        let part = bits & takes_part;
        if part != 0 {
            self.took_part += amount;
        }
        let bits = if part != 0 { part } else { bits };
        let slot = match Choice::ALL.into_iter().find(|choice| choice.bit() == bits) {
            Some(Choice::Agree) => &mut self.agree,
            Some(Choice::Disagree) => &mut self.disagree,
            Some(Choice::Abstain) => &mut self.abstain,
            Some(Choice::Invalid) => &mut self.invalid,
            None if bits != 0 => &mut self.mixed,
            None => return,
        };
        *slot += amount;
    }
}
