//! What stops a voucher, each with its reason.

use kernel::{Arg, Day, Fen, FieldError};
use programmes::template::{Budget, Funds, Pays};
use sha2::{Digest, Sha256};

use super::VoucherKind;
use crate::{agreement::Line, typed};

/// What a voucher asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What kind of paper.
    pub kind: VoucherKind,
    /// The day printed on it.
    pub day: Day,
    /// How much.
    pub amount: Fen,
    /// Person-times of a refund, pieces of equipment; else 1.
    pub count: u32,
    /// It pays a volunteer.
    pub volunteer: bool,
}

/// What it must keep to.
#[derive(Debug, Clone, Copy)]
pub struct Bounds<'a> {
    /// Its budget line.
    pub line: &'a Line,
    /// The programme's budget.
    pub budget: &'a Budget,
    /// The programme's rules of money.
    pub funds: &'a Funds,
    /// The first and the last day whose vouchers count.
    pub term: (&'a Day, &'a Day),
    /// Today.
    pub today: &'a Day,
}

impl Bounds<'_> {
    fn pays(&self) -> Pays {
        let kind = self.budget.lines.iter().find(|kind| kind.key == self.line.kind);
        kind.map_or(Pays::Use, |kind| kind.pays)
    }

    /// A volunteer's refund at most, for one person-time; none where nothing is refunded.
    fn cap(&self, kind: VoucherKind) -> Option<Fen> {
        let own = match kind {
            VoucherKind::Transport => self.funds.transport_cap,
            VoucherKind::Meal => self.funds.meal_cap,
            VoucherKind::Phone => self.funds.phone_cap,
            _ => None,
        };
        own.or(self.budget.volunteer_limit).filter(|cap| cap.0 > 0)
    }
}

/// Everything that stops it, in the order of the form.
pub fn stops(asked: &Asked, bounds: Bounds<'_>) -> Vec<FieldError> {
    let mut faults = Vec::new();
    let pays = bounds.pays();
    let times = |limit: Fen| Fen(limit.0.saturating_mul(i64::from(asked.count)));
    // unpaid is what the word means (Regulations on Volunteer Service, article 2); costs may be refunded
    if (pays == Pays::Volunteers || asked.volunteer) && !asked.kind.is_refund() {
        faults.push(FieldError::new("kind", "money-pays-volunteer"));
    } else if asked.kind.is_refund() && pays != Pays::Volunteers {
        faults.push(FieldError::new("line", "money-not-for-volunteers"));
    }
    if asked.kind.is_refund() {
        match bounds.cap(asked.kind) {
            None => faults.push(FieldError::new("kind", "money-no-refund")),
            Some(cap) if asked.amount > times(cap) => faults.push(told("amount", "money-over-cap", times(cap))),
            Some(_) => {}
        }
    }
    let piece = bounds.budget.asset_limit.unwrap_or_default();
    if pays == Pays::Assets && asked.amount > times(piece) {
        faults.push(told("amount", "money-over-piece", piece));
    }
    if let Some(limit) = bounds.funds.voucher_limit.filter(|limit| asked.amount > *limit) {
        faults.push(told("amount", "money-over-voucher", limit));
    }
    if asked.amount > bounds.line.left() {
        faults.push(told("line", "money-over-line", bounds.line.left()));
    }
    let (from, until) = bounds.term;
    if asked.day > *bounds.today {
        faults.push(FieldError::new("day", "in-the-future"));
    } else if asked.day < *from || asked.day > *until {
        let mut fault = FieldError::new("day", "money-outside-term");
        fault.args.push(("from", Arg::Text(from.to_string())));
        fault.args.push(("until", Arg::Text(until.to_string())));
        faults.push(fault);
    }
    faults
}

fn told(field: &'static str, code: &'static str, limit: Fen) -> FieldError {
    FieldError { field, code, args: vec![("limit", Arg::Text(limit.to_string()))] }
}

/// What makes a paper known again: its number, amount and payee, without spaces, and with letters and digits of one width.
pub fn mark_of_paper(paper: &str, amount: Fen, payee: &str) -> String {
    // a number is the same with or without its dashes
    let (paper, payee) = (typed::plain(paper).replace('-', ""), typed::plain(payee));
    format!("paper-{}", hex(&Sha256::digest(format!("{paper}\n{}\n{payee}", amount.0))))
}

/// What makes a picture known again.
pub fn mark_of_picture(sha256: &[u8; 32]) -> String {
    format!("picture-{}", hex(sha256))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use programmes::template::{LineKind, Names};

    use super::*;

    fn kinds() -> Budget {
        let kind = |key: &str, pays| LineKind { key: key.into(), name: Names::default(), pays, share: None };
        Budget {
            lines: vec![
                kind("materials", Pays::Use),
                kind("volunteers", Pays::Volunteers),
                kind("equipment", Pays::Assets),
                kind("staff", Pays::Staff),
            ],
            asset_limit: Some(Fen(100_000)),
            volunteer_limit: Some(Fen(5_000)),
            ..Budget::default()
        }
    }

    fn found(line: &str, asked: &Asked) -> Vec<String> {
        let funds = Funds {
            tranches: Vec::new(),
            voucher_limit: Some(Fen(500_000)),
            transport_cap: Some(Fen(2_000)),
            meal_cap: None,
            phone_cap: None,
            carry_over: false,
        };
        let line = Line {
            number: 1,
            kind: line.into(),
            what: String::new(),
            planned: Fen(600_000),
            spent: Fen(50_000),
            waiting: Fen(10_000),
        };
        let day = |text| Day::parse(text).unwrap();
        let (from, until, today) = (day("2024-03-01"), day("2024-11-30"), day("2024-08-15"));
        let bounds = Bounds { line: &line, budget: &kinds(), funds: &funds, term: (&from, &until), today: &today };
        stops(asked, bounds).iter().map(|fault| format!("{}: {}", fault.field, fault.code)).collect()
    }

    #[test]
    fn each_thing_that_stops_a_voucher_is_told() {
        use VoucherKind::{Invoice, Meal, Pay, Phone, Receipt, Transport};
        let asked = |kind, day: &str, amount, count| Asked {
            kind,
            day: Day::parse(day).unwrap(),
            amount: Fen(amount),
            count,
            volunteer: false,
        };
        let d = "2024-05-05";
        for (line, asked, want) in [
            ("materials", asked(Invoice, d, 100, 1), vec![]),
            ("materials", asked(Invoice, d, 500_000, 1), vec![]),
            ("materials", asked(Invoice, d, 500_001, 1), vec!["amount: money-over-voucher"]),
            ("materials", asked(Invoice, d, 540_001, 1), vec!["amount: money-over-voucher", "line: money-over-line"]),
            ("materials", Asked { volunteer: true, ..asked(Pay, d, 100, 1) }, vec!["kind: money-pays-volunteer"]),
            ("materials", asked(Pay, d, 100, 1), vec![]),
            ("volunteers", asked(Pay, d, 100, 1), vec!["kind: money-pays-volunteer"]),
            ("volunteers", asked(Invoice, d, 100, 1), vec!["kind: money-pays-volunteer"]),
            ("volunteers", asked(Transport, d, 6_000, 3), vec![]),
            ("volunteers", asked(Transport, d, 6_001, 3), vec!["amount: money-over-cap"]),
            ("volunteers", asked(Meal, d, 5_000, 1), vec![]),
            ("volunteers", asked(Phone, d, 5_001, 1), vec!["amount: money-over-cap"]),
            ("materials", asked(Meal, d, 100, 1), vec!["line: money-not-for-volunteers"]),
            ("equipment", asked(Receipt, d, 200_000, 2), vec![]),
            ("equipment", asked(Receipt, d, 200_001, 2), vec!["amount: money-over-piece"]),
            ("materials", asked(Invoice, "2024-02-29", 100, 1), vec!["day: money-outside-term"]),
            ("materials", asked(Invoice, "2024-03-01", 100, 1), vec![]),
            ("materials", asked(Invoice, "2024-08-16", 100, 1), vec!["day: in-the-future"]),
        ] {
            assert_eq!(found(line, &asked), want, "{line} {asked:?}");
        }
    }

    #[test]
    fn a_paper_is_known_again_however_it_is_typed() {
        let mark = mark_of_paper("NO 12a", Fen(100), "东门五金店");
        assert_eq!(mark_of_paper("ＮＯ１２Ａ", Fen(100), "东门 五金店"), mark);
        assert_eq!(mark_of_paper("NO\u{200b}12a", Fen(100), "东门五金店\u{feff}"), mark);
        assert_eq!(mark_of_paper("NO-12a", Fen(100), "东门五金店"), mark);
        for (paper, amount, payee) in
            [("NO12b", 100, "东门五金店"), ("NO12a", 101, "东门五金店"), ("NO12a", 100, "西门")]
        {
            assert_ne!(mark_of_paper(paper, Fen(amount), payee), mark);
        }
    }
}
