//! Who bears how much: a sum over flats by their exclusive area, to the last fen.
//!
//! Costs of what is owned in common follow the agreement of the owners, and without one the share of each exclusive area
//! (Civil Code of China, article 283; how the owners decide, article 278). Money of the special maintenance fund is drawn
//! by area too, and what was not sold or not delivered is borne by the developer (住宅专项维修资金管理办法, articles 20
//! and 21). No law says who bears the last fen; so that anybody comes to the same, one of two rules is stated:
//!
//! - **largest**: each flat bears its share rounded down; the fen that are left go one each to the flats with the largest
//!   remainders, of equal ones to the larger area, then to the one that stands first in the roll;
//! - **one**: each flat bears its share rounded down, and one stated flat bears all fen that are left.

use std::cmp::Reverse;

use kernel::{Fen, FieldError};

use crate::typed;

/// The dated name of these rules.
pub const RULE_SET: &str = "apportionment/2026-11";
/// Flats of a roll at most.
pub const MAX_FLATS: usize = 5_000;
/// Bytes of a roll at most: a quarter of a mebibyte, as much as a form may hold.
pub const MAX_BYTES: usize = 256 << 10;
/// The largest area of a flat, in hundredths of a square metre: a square kilometre.
pub const MAX_AREA: i64 = 100_000_000;

kernel::words! {
    /// What becomes of the fen that no whole share holds.
    Rest {
        /// One each to the largest remainders.
        Largest "largest",
        /// All to one stated flat.
        One "one",
    }
}

/// A flat with its area.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Flat(
    /// Its number, such as `1-2-301`, unique in the roll.
    pub String,
    /// Its owner's name; empty where it was not sold or not delivered: then the developer bears its share.
    pub String,
    /// Its exclusive area in hundredths of a square metre, 1 to [`MAX_AREA`].
    pub i64,
);

/// The share of each area of a total, in their order; `bearer` is the place of who bears what is left, none where the
/// largest remainders do. They always add up to the total. None without an area, or with one that is not above nothing.
pub fn shares(Fen(total): Fen, areas: &[i64], bearer: Option<usize>) -> Option<Vec<Fen>> {
    let sum: i128 = areas.iter().copied().map(i128::from).sum();
    if sum <= 0 || total < 0 || areas.iter().any(|area| *area <= 0) || bearer.is_some_and(|at| at >= areas.len()) {
        return None;
    }
    let parts: Vec<(i128, i128)> = areas
        .iter()
        .map(|area| i128::from(total) * i128::from(*area))
        .map(|product| (product / sum, product % sum))
        .collect();
    let mut shares = Vec::with_capacity(areas.len());
    for (whole, _) in &parts {
        shares.push(Fen(i64::try_from(*whole).ok()?));
    }
    // below the number of areas, for each remainder is below one fen
    let left = total - shares.iter().map(|share| share.0).sum::<i64>();
    if let Some(at) = bearer {
        shares[at].0 += left;
        return Some(shares);
    }
    let mut order: Vec<usize> = (0..areas.len()).collect();
    order.sort_by_key(|at| (Reverse(parts[*at].1), Reverse(areas[*at]), *at));
    for at in order.into_iter().take(usize::try_from(left).ok()?) {
        shares[at].0 += 1;
    }
    Some(shares)
}

/// The text over which a digest is taken: everything that decides the shares, and nothing else.
pub fn inputs(Fen(total): Fen, rest: Rest, bearer: &str, flats: &[Flat]) -> String {
    let mut text = format!("{RULE_SET}\n{total}\n{}\n{bearer}\n", rest.as_str());
    for Flat(unit, owner, area) in flats {
        text.push_str(&format!("{unit}\t{owner}\t{area}\n"));
    }
    text
}

/// Reads a roll: a line a flat, `flat,owner,area`, parted by commas or tabulators, with or without a first line of
/// headings. The flats come back in the order of their names, numbers as numbers.
///
/// # Errors
/// What is wrong with the first line that cannot be taken, as an error of the field `flats`.
pub fn parse(text: &str) -> Result<Vec<Flat>, FieldError> {
    if text.len() > MAX_BYTES {
        return Err(FieldError::new("flats", "flats-too-large"));
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    let tabbed = text.lines().next().is_some_and(|line| line.contains('\t'));
    // commas as a Chinese keyboard writes them
    let text = if tabbed || text.contains(',') { text.to_owned() } else { text.replace('，', ",") };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(if tabbed { b'\t' } else { b',' })
        .from_reader(text.as_bytes());
    let (mut flats, mut seen) = (Vec::new(), std::collections::BTreeSet::new());
    for (at, record) in reader.records().enumerate() {
        let wrong = |code| {
            let line = i64::try_from(at + 1).unwrap_or(0);
            FieldError { field: "flats", code, args: vec![("line", kernel::Arg::Int(line))] }
        };
        let record = record.map_err(|_| wrong("flats-line-cells"))?;
        let cell = |n: usize| record.get(n).unwrap_or("").trim();
        if record.iter().all(|cell| cell.trim().is_empty()) || (at == 0 && is_heading(&record)) {
            continue;
        }
        if flats.len() == MAX_FLATS {
            return Err(FieldError::new("flats", "flats-too-many").with_limit(MAX_FLATS as i64));
        }
        if record.len() != 3 {
            return Err(wrong("flats-line-cells"));
        }
        let plain = |text: &str, most: usize| text.chars().count() <= most && !text.chars().any(char::is_control);
        if cell(0).is_empty() || !plain(cell(0), 40) || !plain(cell(1), 60) {
            return Err(wrong("flats-line-name"));
        }
        let area = area(cell(2)).ok_or_else(|| wrong("flats-line-area"))?;
        if !seen.insert(typed::plain(cell(0))) {
            return Err(wrong("flats-line-twice"));
        }
        flats.push(Flat(cell(0).to_owned(), cell(1).to_owned(), area));
    }
    flats.sort_by_cached_key(|flat| natural(&flat.0));
    if flats.is_empty() { Err(FieldError::new("flats", "required")) } else { Ok(flats) }
}

/// A line of headings has no digit anywhere: a flat always has one, in its number or its area.
fn is_heading(line: &csv::StringRecord) -> bool {
    !line.iter().any(|cell| cell.chars().any(|c| typed::narrow(c).is_ascii_digit()))
}

/// An area in square metres with up to two decimals.
fn area(text: &str) -> Option<i64> {
    let text = ["平方米", "㎡", "m²", "m2"].iter().fold(text, |text, unit| text.trim_end_matches(unit)).trim();
    let text: String = text.chars().map(typed::narrow).collect();
    Fen::parse(&text).ok().map(|Fen(area)| area).filter(|area| (1..=MAX_AREA).contains(area))
}

/// A name with its numbers padded, so that flat 2 stands before flat 10.
fn natural(text: &str) -> String {
    let (mut out, mut digits) = (String::new(), String::new());
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            out.push_str(&format!("{digits:0>40}"));
            digits.clear();
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(total: i64, areas: &[i64], bearer: Option<usize>) -> Vec<i64> {
        shares(Fen(total), areas, bearer).unwrap().into_iter().map(|share| share.0).collect()
    }

    #[test]
    fn the_last_fen_goes_where_the_rule_says() {
        // three equal flats and a fen that nobody bears a third of: the first in the roll
        assert_eq!(of(100, &[5_000, 5_000, 5_000], None), [34, 33, 33]);
        assert_eq!(of(101, &[5_000, 5_000, 5_000], None), [34, 34, 33]);
        // by the largest remainder: 100 over 1:2:4 is 14.28…, 28.57…, 57.14…
        assert_eq!(of(100, &[1, 2, 4], None), [14, 29, 57]);
        // equal remainders: the larger area first. 1 over 1:1:2 is .25, .25, .5; 2 over 1:3:4 is .25, .75, 1
        assert_eq!(of(1, &[1, 1, 2], None), [0, 0, 1]);
        // 3 over 1:2:3 is .5, 1, 1.5
        assert_eq!(of(3, &[1, 2, 3], None), [0, 1, 2]);
        // a stated flat bears it all
        assert_eq!(of(101, &[5_000, 5_000, 5_000], Some(2)), [33, 33, 35]);
        assert_eq!(of(0, &[7, 9], None), [0, 0]);
        assert_eq!(shares(Fen(1), &[], None), None);
        assert_eq!(shares(Fen(1), &[1, 0], None), None);
        assert_eq!(shares(Fen(1), &[1], Some(1)), None);
    }

    #[test]
    fn rolls_are_read_in_the_order_of_flats_or_refused_with_the_line() {
        let roll = parse("房号,业主,面积\n1-10,乙,90.5\n1-2,\"甲, 丙\",89.53㎡\n1-3,,1００\n").unwrap();
        let want = [("1-2", "甲, 丙", 8_953), ("1-3", "", 10_000), ("1-10", "乙", 9_050)];
        assert_eq!(roll, want.map(|(unit, owner, area)| Flat(unit.into(), owner.into(), area)));
        assert_eq!(parse("1\t甲\t80\n2\t乙，丙\t80").unwrap().len(), 2);
        assert_eq!(parse("1，甲，80").unwrap()[0].2, 8_000);
        assert_eq!(parse("1-1101,甲,80\n11-101,乙,80").unwrap().len(), 2, "two flats of two buildings");
        for (text, code) in [
            ("", "required"),
            ("房号,业主,面积", "required"),
            ("1,甲", "flats-line-cells"),
            ("1,甲,80,x", "flats-line-cells"),
            ("1,甲,80\n1,乙,80", "flats-line-twice"),
            ("1-101,甲,80\n１－101,乙,80", "flats-line-twice"),
            ("1-101,甲,80\n1-101\u{200b},乙,80", "flats-line-twice"),
            // no heading: a flat whose area is written in words
            ("101,甲,八十点五\n102,乙,80", "flats-line-area"),
            (",甲,80", "flats-line-name"),
            ("1,甲,0", "flats-line-area"),
            ("1,甲,-8", "flats-line-area"),
            ("1,甲,8.123", "flats-line-area"),
            ("1,甲,1000000.01", "flats-line-area"),
        ] {
            assert_eq!(parse(text).unwrap_err().code, code, "{text}");
        }
        let many: String = (0..=MAX_FLATS).map(|n| format!("{n},,8\n")).collect();
        assert_eq!(parse(&many).unwrap_err().code, "flats-too-many");
        assert_eq!(parse(&"x".repeat(MAX_BYTES + 1)).unwrap_err().code, "flats-too-large");
    }

    proptest! {
        #[test]
        fn shares_add_up_and_none_is_off_by_a_fen(
            total in 0..=100_000_000_000_i64,
            areas in prop::collection::vec(1..=MAX_AREA, 1..300),
            pick in any::<prop::sample::Index>(),
        ) {
            let sum: i128 = areas.iter().copied().map(i128::from).sum();
            let largest = shares(Fen(total), &areas, None).unwrap();
            prop_assert_eq!(largest.iter().map(|share| share.0).sum::<i64>(), total);
            for (share, area) in largest.iter().zip(&areas) {
                let exact = i128::from(total) * i128::from(*area);
                let off = (i128::from(share.0) * sum - exact).abs();
                prop_assert!(off < sum, "{} for {area} of {sum}", share.0);
            }
            // a larger flat never bears less
            for (i, j) in (0..areas.len()).zip(1..areas.len()) {
                prop_assert!(areas[i] <= areas[j] || largest[i] >= largest[j]);
                prop_assert!(areas[i] >= areas[j] || largest[i] <= largest[j]);
            }
            let at = pick.index(areas.len());
            let one = shares(Fen(total), &areas, Some(at)).unwrap();
            prop_assert_eq!(one.iter().map(|share| share.0).sum::<i64>(), total);
            for (n, (share, area)) in one.iter().zip(&areas).enumerate() {
                let floor = i128::from(total) * i128::from(*area) / sum;
                prop_assert!(n == at || i128::from(share.0) == floor);
            }
        }
    }
}
