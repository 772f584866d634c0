//! What people type as the same is the same: full-width forms, spaces, invisible characters. And the order of numbers
//! inside names.

use std::borrow::Cow;
use std::cmp::Ordering;

/// Characters of a text that an error repeats at most.
const SHOWN: usize = 60;

/// A cell or name in its plain form.
///
/// Full-width letters, digits and signs become ASCII; control characters count as spaces; invisible characters go;
/// spaces at the ends go, those inside become one, and those beside a Chinese character go: 张　三 is 张三.
pub(crate) fn tidy(text: &str) -> Cow<'_, str> {
    // nearly every cell: nothing to change, nothing to copy
    let n_plain = text.bytes().take_while(u8::is_ascii_graphic).count();
    // a prefix of ASCII ends between characters
    if text.get(n_plain..).unwrap_or(text).chars().all(|c| c.is_ascii_graphic() || is_chinese(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars().filter(|c| !is_invisible(*c)).map(narrow) {
        if c.is_whitespace() || c.is_control() {
            space = true;
            continue;
        }
        if space && out.chars().next_back().is_some_and(|before| !is_chinese(before)) && !is_chinese(c) {
            out.push(' ');
        }
        space = false;
        out.push(c);
    }
    Cow::Owned(out)
}

/// A text as an error repeats it: short, and without characters that would move the terminal's cursor.
pub(crate) fn shown(text: &str) -> String {
    let mut out: String =
        text.chars().map(|c| if c.is_control() || is_invisible(c) { '�' } else { c }).take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        out.push('…');
    }
    out
}

/// A message of several lines in one, at most 200 characters.
pub(crate) fn shown_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !is_invisible(*c)).take(200).collect()
}

fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

/// Characters of no width, and those that turn the direction of writing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The co-owners of a unit as one key: each name once, in order, joined by `+`; empty if nobody is named.
pub(crate) fn co_owners(owner: &str) -> Cow<'_, str> {
    let plain = tidy(owner);
    if !plain.contains('+') {
        return plain;
    }
    let mut names: Vec<&str> = plain.split('+').map(str::trim).filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    Cow::Owned(names.join("+"))
}

/// The order in which people list buildings, floors and units: runs of digits by their value, a minus sign at the
/// beginning as below zero, the rest by character; total, so that different texts are never equal.
pub(crate) fn natural(a: &str, b: &str) -> Ordering {
    let below = |text: &str| text.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    match (below(a), below(b)) {
        (true, false) => return Ordering::Less,
        (false, true) => return Ordering::Greater,
        (true, true) => return runs(b, a).then_with(|| a.cmp(b)),
        (false, false) => {}
    }
    runs(a, b).then_with(|| a.cmp(b))
}

fn runs(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (digits_a, digits_b) = (leading_digits(a), leading_digits(b));
        let order = if digits_a.is_empty() || digits_b.is_empty() {
            let (mut rest_a, mut rest_b) = (a.chars(), b.chars());
            let (first_a, first_b) = (rest_a.next(), rest_b.next());
            if first_a.is_none() && first_b.is_none() {
                return Ordering::Equal;
            }
            (a, b) = (rest_a.as_str(), rest_b.as_str());
            first_a.cmp(&first_b)
        } else {
            (a, b) = (a.strip_prefix(digits_a).unwrap_or(a), b.strip_prefix(digits_b).unwrap_or(b));
            let (value_a, value_b) = (digits_a.trim_start_matches('0'), digits_b.trim_start_matches('0'));
            value_a.len().cmp(&value_b.len()).then_with(|| value_a.cmp(value_b))
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn leading_digits(text: &str) -> &str {
    text.get(..text.bytes().take_while(u8::is_ascii_digit).count()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_same_to_a_reader_is_the_same() {
        for (typed, plain) in [
            ("1-101", "1-101"),
            (" 1-101\t", "1-101"),
            ("１－１０１", "1-101"),
            ("\u{FEFF}1-101\u{200B}", "1-101"),
            ("张　三", "张三"),
            ("张 三", "张三"),
            ("Li  Na", "Li Na"),
            ("3 号楼", "3号楼"),
            ("Tower\r\n2", "Tower 2"),
            ("　", ""),
            ("", ""),
        ] {
            assert_eq!(tidy(typed), plain, "{typed:?}");
        }
        for (owner, key) in [
            ("乙+甲", "乙+甲"),
            ("甲＋乙", "乙+甲"),
            ("甲 + 乙", "乙+甲"),
            ("甲+甲", "甲"),
            ("+甲+", "甲"),
            ("+", ""),
            ("甲", "甲"),
        ] {
            assert_eq!(co_owners(owner), key, "{owner}");
        }
        assert_eq!(shown("a\u{1b}[2Jb"), "a�[2Jb");
        assert_eq!(shown(&"x".repeat(61)), format!("{}…", "x".repeat(60)));
    }

    #[test]
    fn numbers_inside_names_count_by_value() {
        let sorted = ["-2", "-1", "1", "2", "2-9", "2-10", "007", "7", "10", "A2", "A10", "B1", "二"];
        for (at, a) in sorted.iter().enumerate() {
            for (other, b) in sorted.iter().enumerate() {
                assert_eq!(natural(a, b), at.cmp(&other), "{a} {b}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_plain_form_is_its_own_plain_form(text in "\\PC{0,12}|[ 　a１＋+张\u{200B}\n-]{0,12}") {
            let once = tidy(&text).into_owned();
            prop_assert_eq!(tidy(&once), once.as_str());
            let owners = co_owners(&text).into_owned();
            prop_assert_eq!(co_owners(&owners), owners.as_str());
        }

        #[test]
        fn the_order_is_total(a in "[-a-b0-2]{0,5}", b in "[-a-b0-2]{0,5}", c in "[-a-b0-2]{0,5}") {
            prop_assert_eq!(natural(&a, &b), natural(&b, &a).reverse());
            prop_assert_eq!(natural(&a, &b) == Ordering::Equal, a == b);
            if natural(&a, &b) != Ordering::Greater && natural(&b, &c) != Ordering::Greater {
                prop_assert_ne!(natural(&a, &c), Ordering::Greater);
            }
        }
    }
}
