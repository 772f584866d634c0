//! From what was typed to what it means, with everything that is missing or wrong.

use kernel::{Fen, FieldError};

use super::{
    Typed, TypedLine,
    budget::{self, Line, MAX_PRICE, MAX_QUANTITY, Purse, Sums},
    names,
};
use crate::template::{Entry, EntryKind, Template, Term};

/// What could be read of a proposal.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// The lines that could be read.
    pub lines: Vec<Line>,
    /// What these add up to.
    pub sums: Sums,
    /// What is missing or wrong, in the order of the form.
    pub faults: Vec<FieldError>,
}

impl Read {
    /// Faults in what was filled in; what is only missing is left out, as long as somebody is still writing.
    pub fn wrong(&self) -> Vec<FieldError> {
        let missing = ["required", "budget-empty", "grant-empty"];
        self.faults.iter().filter(|fault| !missing.contains(&fault.code)).cloned().collect()
    }
}

/// Reads a proposal by its template.
pub fn read(typed: &Typed, template: &Template) -> Read {
    let mut read = Read::default();
    let faults = &mut read.faults;
    for (field, text) in [("title", &typed.title), ("summary", &typed.summary), ("place", &typed.place)] {
        require(faults, field, text);
    }
    chosen(faults, "field", &typed.field, (&keys(&template.fields), true));
    let tiers: Vec<&str> = template.tiers.iter().map(|tier| tier.key.as_str()).collect();
    chosen(faults, "tier", &typed.tier, (&tiers, true));
    chosen(faults, "group", &typed.group, (&keys(&template.groups), false));
    for (row, entry) in (1..).zip(&template.form) {
        answer(faults, row, entry, typed.answers.get(&entry.key).map_or("", String::as_str));
    }
    for (row, line) in (1..).zip(&typed.lines) {
        read.lines.extend(line_of(faults, row, line, template));
    }
    let mut funds: i64 = 0;
    for (row, fund) in (1..).zip(&typed.funds) {
        require(faults, names::fund(row, 0), &fund.whom);
        let amount = amount(faults, names::fund(row, 1), &fund.amount, MAX_PRICE);
        funds = funds.saturating_add(amount.map_or(0, |amount| amount.0));
    }
    read.sums = budget::sums(&read.lines);
    faults.extend(budget::check(&read.lines, &template.budget, (template.cap(&typed.tier), Fen(funds))));
    read
}

fn keys(terms: &[Term]) -> Vec<&str> {
    terms.iter().map(|term| term.key.as_str()).collect()
}

fn require(faults: &mut Vec<FieldError>, field: &'static str, text: &str) -> bool {
    if text.is_empty() {
        faults.push(FieldError::new(field, "required"));
    }
    !text.is_empty()
}

fn chosen(faults: &mut Vec<FieldError>, field: &'static str, key: &str, (keys, required): (&[&str], bool)) {
    if key.is_empty() {
        if required && !keys.is_empty() {
            faults.push(FieldError::new(field, "required"));
        }
    } else if !keys.contains(&key) {
        faults.push(FieldError::new(field, "unknown-choice"));
    }
}

fn answer(faults: &mut Vec<FieldError>, row: usize, entry: &Entry, text: &str) {
    let field = names::answer(row);
    if text.is_empty() {
        if entry.required {
            faults.push(FieldError::new(field, "required"));
        }
    } else if entry.kind == EntryKind::Number {
        match plain(text).parse::<u64>() {
            Ok(number) if number > u64::from(entry.most) => {
                faults.push(FieldError::new(field, "too-large").with_limit(i64::from(entry.most)));
            }
            Ok(_) => {}
            Err(_) => faults.push(FieldError::new(field, "not-a-number")),
        }
    }
}

/// A line without faults of its own; lines with faults are not added up.
fn line_of(faults: &mut Vec<FieldError>, row: usize, line: &TypedLine, template: &Template) -> Option<Line> {
    let before = faults.len();
    let kinds: Vec<&str> = template.budget.lines.iter().map(|kind| kind.key.as_str()).collect();
    chosen(faults, names::line(row, 0), &line.kind, (&kinds, true));
    require(faults, names::line(row, 1), &line.what);
    let quantity = quantity(faults, names::line(row, 2), &line.quantity);
    let price = amount(faults, names::line(row, 3), &line.price, MAX_PRICE);
    let purse = match line.from.as_str() {
        "" | "grant" => Purse::Grant,
        "own" => Purse::Own,
        _ => {
            faults.push(FieldError::new(names::line(row, 4), "unknown-choice"));
            Purse::Grant
        }
    };
    if faults.len() > before {
        return None;
    }
    Some(Line { row, kind: line.kind.clone(), quantity: quantity?, price: price?, purse })
}

fn quantity(faults: &mut Vec<FieldError>, field: &'static str, text: &str) -> Option<i64> {
    if !require(faults, field, text) {
        return None;
    }
    let text = plain(text);
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let fault = match text.parse::<i64>() {
        Ok(number) if digits && (1..=MAX_QUANTITY).contains(&number) => return Some(number),
        Ok(0) if digits => FieldError::new(field, "too-small").with_limit(1),
        Ok(_) if digits => FieldError::new(field, "too-large").with_limit(MAX_QUANTITY),
        // digits, and more of them than a number holds
        _ if digits => FieldError::new(field, "too-large").with_limit(MAX_QUANTITY),
        _ => FieldError::new(field, "not-a-count"),
    };
    faults.push(fault);
    None
}

fn amount(faults: &mut Vec<FieldError>, field: &'static str, text: &str, most: i64) -> Option<Fen> {
    if !require(faults, field, text) {
        return None;
    }
    let fault = match Fen::parse(&plain(text)) {
        Ok(amount) if (1..=most).contains(&amount.0) => return Some(amount),
        Ok(Fen(0)) => FieldError::new(field, "amount-zero"),
        Ok(_) => FieldError::new(field, "too-large").with_limit(most / 100),
        Err(_) => FieldError::new(field, "not-an-amount"),
    };
    faults.push(fault);
    None
}

/// A number as keyboards for Chinese type it: full-width digits, commas between thousands, the unit behind it.
fn plain(text: &str) -> String {
    let text = text.trim().trim_end_matches('元').trim_end();
    let plain = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).map(|c| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '．' | '。' => '.',
        other => other,
    });
    plain.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::bundled;

    fn template() -> &'static Template {
        bundled("self-governance-fund").unwrap()
    }

    fn line(kind: &str, quantity: &str, price: &str) -> TypedLine {
        let (kind, quantity, price) = (kind.into(), quantity.into(), price.into());
        TypedLine { kind, what: "彩笔".into(), quantity, price, from: String::new() }
    }

    fn codes(typed: &Typed) -> Vec<String> {
        read(typed, template()).faults.iter().map(|f| format!("{}: {}", f.field, f.code)).collect()
    }

    #[test]
    fn letters_instead_of_numbers_are_told_in_their_row() {
        for (quantity, price, want) in [
            ("10", "5", &[][..]),
            ("１０", "1，000元", &[]),
            ("ten", "5", &["line-1-quantity: not-a-count"]),
            ("2.5", "5", &["line-1-quantity: not-a-count"]),
            ("+3", "5", &["line-1-quantity: not-a-count"]),
            ("0", "5", &["line-1-quantity: too-small"]),
            ("100001", "5", &["line-1-quantity: too-large"]),
            ("99999999999999999999", "5", &["line-1-quantity: too-large"]),
            ("1", "五块", &["line-1-price: not-an-amount"]),
            ("1", "-5", &["line-1-price: not-an-amount"]),
            ("1", "1.005", &["line-1-price: not-an-amount"]),
            ("1", "0", &["line-1-price: amount-zero"]),
            ("1", "10000001", &["line-1-price: too-large"]),
            ("", "", &["line-1-quantity: required", "line-1-price: required"]),
        ] {
            let typed = Typed { lines: vec![line("activity", quantity, price)], ..Typed::default() };
            let found = codes(&typed);
            let found: Vec<&str> = found.iter().filter(|f| f.starts_with("line")).map(String::as_str).collect();
            assert_eq!(found, want, "{quantity} × {price}");
        }
    }

    #[test]
    fn a_blank_proposal_misses_what_the_template_requires() {
        let found = codes(&Typed::default());
        let want = [
            "title: required",
            "summary: required",
            "place: required",
            "field: required",
            "tier: required",
            "answer-1: required",
            "answer-2: required",
            "answer-3: required",
            "answer-4: required",
            "answer-5: required",
            "answer-6: required",
            "budget: budget-empty",
        ];
        assert_eq!(found, want);
        assert!(read(&Typed::default(), template()).wrong().is_empty(), "nothing is wrong yet");
        let typed = Typed { field: "x".into(), tier: "y".into(), group: "z".into(), ..Typed::default() };
        let found = read(&typed, template()).wrong();
        assert_eq!(
            found.iter().map(|f| (f.field, f.code)).collect::<Vec<_>>(),
            [("field", "unknown-choice"), ("tier", "unknown-choice"), ("group", "unknown-choice")]
        );
    }

    #[test]
    fn bounds_refuse_what_no_draft_may_hold() {
        let long = Typed { title: "长".repeat(61), ..Typed::default() };
        let refusal = long.bounded(template()).unwrap_err();
        assert_eq!((refusal.fields[0].field, refusal.fields[0].code), ("title", "too-long"));
        let many = Typed { lines: vec![line("activity", "1", "1"); 61], ..Typed::default() };
        assert_eq!(many.bounded(template()).unwrap_err().fields[0].code, "too-many-lines");
        let mut blank = Typed { lines: vec![TypedLine::default(); 70], ..Typed::default() };
        blank.lines.push(line("activity", " 1 ", "1"));
        let kept = blank.bounded(template()).unwrap();
        assert_eq!((kept.lines.len(), kept.lines[0].quantity.as_str()), (1, "1"), "blank rows are no lines");
        let strange = Typed { answers: [("nonsense".to_owned(), String::new())].into(), ..Typed::default() };
        assert_eq!(strange.bounded(template()).unwrap_err().fields[0].field, "answers");
    }
}
