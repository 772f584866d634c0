//! Facts in, a reasoned answer out.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Day, Fen, FieldError, Refusal};
use work::calendar::{add_days, days_between};

use super::{Line, MAX_LINES, MAX_MONTHS, Month, Plan, Sums, Typed, TypedLine, TypedMonth, names};
use crate::running::MonthDone;

/// Days that a plan may take at most.
const LONGEST: i32 = 730;
/// Activities of a month at most.
const MAX_ACTIVITIES: u32 = 1_000;
/// Visits of a month at most.
const MAX_PEOPLE: u32 = 1_000_000;

/// The month of a day: `YYYY-MM`.
pub fn month_of(day: &Day) -> &str {
    day.as_str().get(..7).unwrap_or_default()
}

/// The months from one to another, both included, [`MAX_MONTHS`] at most.
pub fn months(from: &Day, until: &Day) -> Vec<String> {
    let (year, month, _) = from.parts();
    let (mut year, mut month) = (i32::from(year), i32::from(month));
    let mut list = Vec::new();
    while list.len() < MAX_MONTHS {
        let here = format!("{year:04}-{month:02}");
        if here.as_str() > month_of(until) && !list.is_empty() {
            break;
        }
        list.push(here);
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    list
}

/// The plan that was typed, for a project that began on a day and may cost so much, with everything that is wrong.
///
/// # Errors
/// `invalid-input`: `month-<n>-<part>`, `line-<n>-<part>`, `months`, `lines`, `ends`.
pub fn read(typed: &Typed, begun: &Day, cost: Fen) -> Result<Plan, Refusal> {
    let mut faults = Vec::new();
    let last = add_days(begun, LONGEST);
    let ends = match Day::parse(typed.ends.trim()) {
        None if typed.ends.trim().is_empty() => Err("required"),
        None => Err("not-a-date"),
        Some(day) if day <= *begun => Err("day-too-early"),
        Some(day) if day > last => Err("day-too-late"),
        Some(day) => Ok(day),
    };
    let ends = ends.unwrap_or_else(|code| {
        faults.push(FieldError::new("ends", code));
        last
    });
    let within = (month_of(begun), month_of(&ends));
    let mut months = Vec::new();
    for (row, typed) in (1..).zip(typed.months.iter().take(MAX_MONTHS)) {
        months.extend(month(&mut faults, row, typed, within));
    }
    let named: BTreeSet<&str> = months.iter().map(|month| month.month.as_str()).collect();
    if named.len() < months.len() {
        faults.push(FieldError::new("months", "said-twice"));
    }
    months.sort_by(|a, b| a.month.cmp(&b.month));
    let mut lines = Vec::new();
    for (row, typed) in (1..).zip(typed.lines.iter().take(MAX_LINES)) {
        lines.extend(line(&mut faults, row, typed));
    }
    if typed.months.len() > MAX_MONTHS {
        faults.push(FieldError::new("months", "too-many").with_limit(i64::try_from(MAX_MONTHS).unwrap_or(i64::MAX)));
    }
    if typed.lines.len() > MAX_LINES {
        faults.push(FieldError::new("lines", "too-many").with_limit(i64::try_from(MAX_LINES).unwrap_or(i64::MAX)));
    }
    let plan = Plan { months, lines, ends: ends.to_string() };
    let sums = sums(&plan);
    if faults.is_empty() && sums.activities == 0 {
        faults.push(FieldError::new("months", "plan-without-activities"));
    }
    for (field, sum) in [("months", sums.money), ("lines", budget(&plan))] {
        if sum > cost {
            faults.push(FieldError::new(field, "above-the-grant").with_limit(cost.0 / 100));
        }
    }
    if faults.is_empty() { Ok(plan) } else { Err(Refusal::invalid(faults)) }
}

fn month(faults: &mut Vec<FieldError>, row: usize, typed: &TypedMonth, (first, last): (&str, &str)) -> Option<Month> {
    let parts = [&typed.activities, &typed.people, &typed.money];
    if parts.iter().all(|part| part.trim().is_empty()) {
        return None;
    }
    let before = faults.len();
    let mut number = |part: usize, most: u32| match parts[part].trim() {
        "" => 0,
        text => match text.parse::<u32>() {
            Ok(n) if n <= most => n,
            Ok(_) => {
                faults.push(FieldError::new(names::month(row, part), "too-large").with_limit(i64::from(most)));
                0
            }
            Err(_) => {
                faults.push(FieldError::new(names::month(row, part), "not-a-count"));
                0
            }
        },
    };
    let (activities, people) = (number(0, MAX_ACTIVITIES), number(1, MAX_PEOPLE));
    let money = amount(faults, names::month(row, 2), &typed.money);
    let named = Day::parse(&format!("{}-01", typed.month)).is_some();
    if !named || typed.month.as_str() < first || typed.month.as_str() > last {
        faults.push(FieldError::new(names::month(row, 0), "month-outside"));
    }
    let month = Month { month: typed.month.clone(), activities, people, money };
    (faults.len() == before).then_some(month)
}

fn line(faults: &mut Vec<FieldError>, row: usize, typed: &TypedLine) -> Option<Line> {
    let what = typed.what.trim();
    if what.is_empty() && typed.sum.trim().is_empty() {
        return None;
    }
    let before = faults.len();
    if what.is_empty() {
        faults.push(FieldError::new(names::line(row, 0), "required"));
    } else if what.chars().count() > 60 {
        faults.push(FieldError::new(names::line(row, 0), "too-long").with_limit(60));
    } else if what.chars().any(char::is_control) {
        faults.push(FieldError::new(names::line(row, 0), "control-characters"));
    }
    let sum = amount(faults, names::line(row, 1), &typed.sum);
    if sum == Fen(0) && faults.len() == before {
        faults.push(FieldError::new(names::line(row, 1), "amount-zero"));
    }
    (faults.len() == before).then(|| Line { what: what.to_owned(), sum })
}

fn amount(faults: &mut Vec<FieldError>, field: &'static str, text: &str) -> Fen {
    match text.trim() {
        "" => Fen(0),
        text => match Fen::parse(text) {
            // far below where sums could overflow
            Ok(sum) if sum.0 <= 10_000_000_000_000 => sum,
            _ => {
                faults.push(FieldError::new(field, "not-an-amount"));
                Fen(0)
            }
        },
    }
}

/// What a plan adds up to.
pub fn sums(plan: &Plan) -> Sums {
    plan.months.iter().fold(Sums::default(), |sums, month| Sums {
        activities: sums.activities + u64::from(month.activities),
        people: sums.people + u64::from(month.people),
        money: Fen(sums.money.0.saturating_add(month.money.0)),
    })
}

/// What its lines add up to.
pub fn budget(plan: &Plan) -> Fen {
    Fen(plan.lines.iter().fold(0, |sum: i64, line| sum.saturating_add(line.sum.0)))
}

/// A plan back as somebody would type it, with a row for each of these months.
pub fn typed(plan: &Plan, months: &[String]) -> Typed {
    let number = |n: u32| if n == 0 { String::new() } else { n.to_string() };
    let row = |name: &String| {
        let there = plan.months.iter().find(|month| month.month == *name);
        there.map_or_else(
            || TypedMonth { month: name.clone(), ..TypedMonth::default() },
            |month| TypedMonth {
                month: name.clone(),
                activities: number(month.activities),
                people: number(month.people),
                money: if month.money == Fen(0) { String::new() } else { month.money.to_string() },
            },
        )
    };
    Typed {
        months: months.iter().map(row).collect(),
        lines: plan.lines.iter().map(|l| TypedLine { what: l.what.clone(), sum: l.sum.to_string() }).collect(),
        ends: plan.ends.clone(),
    }
}

/// What a form begins with where no plan was set: what the proposal expects, spread evenly over the months from its
/// begin to its end. What does not divide comes to the last month; how many activities nobody has said in numbers.
pub fn spread(months: &[String], people: u32, (cost, ends): (Fen, &Day), lines: Vec<Line>) -> Typed {
    let n = u32::try_from(months.len()).unwrap_or(u32::MAX).max(1);
    let share = Fen(cost.0 / i64::from(n));
    let row = |(at, month): (u32, &String)| {
        let is_last = at + 1 == n;
        let money = if is_last { Fen(cost.0 - share.0 * i64::from(n - 1)) } else { share };
        let people = if is_last { people - people / n * (n - 1) } else { people / n };
        TypedMonth {
            month: month.clone(),
            activities: String::new(),
            people: people.to_string(),
            money: money.to_string(),
        }
    };
    Typed {
        months: (0..).zip(months).map(row).collect(),
        lines: lines.into_iter().map(|line| TypedLine { what: line.what, sum: line.sum.to_string() }).collect(),
        ends: ends.to_string(),
    }
}

/// A month with what was planned and what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// `YYYY-MM`.
    pub month: String,
    /// Activities planned and held.
    pub activities: (u32, u32),
    /// Visits planned and counted.
    pub people: (u32, u64),
    /// Money planned and spent.
    pub money: (Fen, Fen),
}

/// Plan and record of each month that has either, in order, 60 at most.
pub fn beside(plan: &Plan, done: &[MonthDone]) -> Vec<Beside> {
    let mut all: BTreeMap<&str, Beside> = BTreeMap::new();
    let blank =
        |month: &str| Beside { month: month.to_owned(), activities: (0, 0), people: (0, 0), money: (Fen(0), Fen(0)) };
    for month in &plan.months {
        let row = all.entry(&month.month).or_insert_with(|| blank(&month.month));
        (row.activities.0, row.people.0, row.money.0) = (month.activities, month.people, month.money);
    }
    for month in done {
        let row = all.entry(&month.month).or_insert_with(|| blank(&month.month));
        (row.activities.1, row.people.1, row.money.1) = (month.activities, month.visits, month.spent);
    }
    all.into_values().take(60).collect()
}

/// Activities that were planned up to the end of the month before a day's.
pub fn due(plan: &Plan, today: &Day) -> u64 {
    let before = plan.months.iter().filter(|month| month.month.as_str() < month_of(today));
    before.map(|month| u64::from(month.activities)).sum()
}

/// Whether a project has fallen behind its plan: at least two activities should have been by now, and less than half of
/// them were.
pub fn behind(plan: &Plan, held: u64, today: &Day) -> bool {
    let due = due(plan, today);
    due >= 2 && held * 2 < due
}

/// Days that are over and all days, from the begin to the planned end.
pub fn time(plan: &Plan, begun: &Day, today: &Day) -> (u64, u64) {
    let Some(ends) = Day::parse(&plan.ends) else { return (0, 0) };
    let whole = u64::try_from(days_between(begun, &ends)).unwrap_or(0);
    (u64::try_from(days_between(begun, today)).unwrap_or(0).min(whole), whole)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn row(month: &str, activities: &str, people: &str, money: &str) -> TypedMonth {
        TypedMonth { month: month.into(), activities: activities.into(), people: people.into(), money: money.into() }
    }

    fn told(months: Vec<TypedMonth>, lines: &[(&str, &str)], ends: &str) -> Result<Plan, Vec<String>> {
        let lines = lines.iter().map(|(what, sum)| TypedLine { what: (*what).into(), sum: (*sum).into() }).collect();
        let typed = Typed { months, lines, ends: ends.into() };
        read(&typed, &day("2024-07-01"), Fen(1_000_000))
            .map_err(|no| no.fields.iter().map(|f| format!("{} {}", f.field, f.code)).collect())
    }

    #[test]
    fn a_plan_is_read_whole_and_keeps_to_the_grant() {
        let good = vec![row("2024-08", "2", "40", "1200.50"), row("2024-07", "", "", ""), row("2024-09", "1", "", "")];
        let plan = told(good, &[("材料", "800"), ("", "")], "2024-12-31").unwrap();
        assert_eq!((plan.months.len(), plan.lines.len()), (2, 1));
        assert_eq!(sums(&plan), Sums { activities: 3, people: 40, money: Fen(120_050) });
        for (months, lines, ends, codes) in [
            (vec![], vec![], "2024-12-31", vec!["months plan-without-activities"]),
            (vec![row("2024-08", "1", "", "")], vec![], "", vec!["ends required"]),
            (vec![row("2024-08", "1", "", "")], vec![], "2024-07-01", vec!["ends day-too-early"]),
            (vec![row("2024-08", "1", "", "")], vec![], "2027-01-01", vec!["ends day-too-late"]),
            (vec![row("2025-01", "1", "", "")], vec![], "2024-12-31", vec!["month-1-activities month-outside"]),
            (vec![row("2024-13", "1", "", "")], vec![], "2024-12-31", vec!["month-1-activities month-outside"]),
            (
                vec![row("2024-08", "-1", "x", "1.234")],
                vec![],
                "2024-12-31",
                vec!["month-1-activities not-a-count", "month-1-people not-a-count", "month-1-money not-an-amount"],
            ),
            (vec![row("2024-08", "1", "", "10000.01")], vec![], "2024-12-31", vec!["months above-the-grant"]),
            (vec![row("2024-08", "1", "", "")], vec![("灯", "10000.01")], "2024-12-31", vec!["lines above-the-grant"]),
            (
                vec![row("2024-08", "1", "", "")],
                vec![("灯", "0"), ("", "1")],
                "2024-12-31",
                vec!["line-1-sum amount-zero", "line-2-what required"],
            ),
            (
                vec![row("2024-08", "1", "", ""), row("2024-08", "2", "", "")],
                vec![],
                "2024-12-31",
                vec!["months said-twice"],
            ),
        ] {
            assert_eq!(told(months, &lines, ends).unwrap_err(), codes);
        }
    }

    #[test]
    fn months_run_over_the_turn_of_a_year_and_end() {
        assert_eq!(months(&day("2024-11-30"), &day("2025-02-01")), ["2024-11", "2024-12", "2025-01", "2025-02"]);
        assert_eq!(months(&day("2024-11-30"), &day("2024-01-01")), ["2024-11"]);
        assert_eq!(months(&day("2024-01-01"), &day("2030-01-01")).len(), MAX_MONTHS);
    }

    #[test]
    fn less_than_half_of_what_was_due_is_behind() {
        let months = [("2024-07", 2), ("2024-08", 2), ("2024-09", 4)];
        let month =
            |(month, activities): (&str, u32)| Month { month: month.into(), activities, people: 0, money: Fen(0) };
        let plan = Plan { months: months.map(month).into(), lines: vec![], ends: "2024-12-31".into() };
        for (held, today, is_behind) in [
            (0, "2024-07-31", false),
            (0, "2024-08-01", true),
            (1, "2024-08-31", false),
            (1, "2024-09-01", true),
            (2, "2024-09-30", false),
            (3, "2024-10-01", true),
            (4, "2024-10-01", false),
        ] {
            assert_eq!(behind(&plan, held, &day(today)), is_behind, "{held} {today}");
        }
        assert_eq!(time(&plan, &day("2024-07-01"), &day("2024-10-01")), (92, 183));
        assert_eq!(time(&plan, &day("2024-07-01"), &day("2025-10-01")), (183, 183));
    }

    proptest! {
        /// What the proposal expects is spread without losing a person or a fen.
        #[test]
        fn spreading_loses_nothing(n in 1_usize..=24, people in 0_u32..1_000_000, cost in 0_i64..10_000_000_000) {
            let until = add_days(&day("2024-01-01"), i32::try_from(n * 30).unwrap());
            let months = months(&day("2024-01-01"), &until);
            let typed = spread(&months, people, (Fen(cost), &until), Vec::new());
            let heads: u32 = typed.months.iter().map(|m| m.people.parse::<u32>().unwrap()).sum();
            let money: i64 = typed.months.iter().map(|m| Fen::parse(&m.money).unwrap().0).sum();
            prop_assert_eq!((heads, money), (people, cost));
        }
    }
}
