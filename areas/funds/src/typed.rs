//! Amounts and days as people type them.

use kernel::{Day, Fen, Shape};

use crate::book::MAX_MONEY;

/// An amount in whole units with up to two decimals, above nothing and at most [`MAX_MONEY`]. Commas, full-width digits and
/// a unit at the end are read as people write them.
pub(crate) fn amount(shape: &mut Shape, field: &'static str, text: &str) -> Fen {
    match read(text) {
        Ok(fen) => fen,
        Err(code) => {
            shape.error(field, code);
            Fen(0)
        }
    }
}

fn read(text: &str) -> Result<Fen, &'static str> {
    let text = text.trim().trim_start_matches(['¥', '￥']).trim_end_matches('元').trim();
    let plain: String = (text.chars().filter(|c| !matches!(c, ',' | '，' | ' ')))
        .map(|c| match c {
            '。' => '.',
            '−' => '-',
            other => narrow(other),
        })
        .collect();
    if plain.is_empty() {
        return Err("required");
    }
    if plain.starts_with('-') {
        return Err("money-below-nothing");
    }
    if !parts_thousands(text) {
        return Err("money-comma");
    }
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match plain.split_once('.') {
        Some((whole, part)) if digits(whole) && digits(part) && part.len() > 2 => return Err("money-below-a-fen"),
        None if digits(&plain) && plain.len() > 15 => return Err("money-too-much"),
        _ => {}
    }
    match Fen::parse(&plain) {
        Err(_) => Err("not-an-amount"),
        Ok(Fen(0)) => Err("money-of-nothing"),
        Ok(fen) if fen.0 > MAX_MONEY => Err("money-too-much"),
        Ok(fen) => Ok(fen),
    }
}

/// Whether each comma stands between whole groups of three digits: `1,204.50` is an amount, `0,50` might be fifty.
fn parts_thousands(text: &str) -> bool {
    let digit = |c: char| narrow(c).is_ascii_digit();
    let whole = text.split(['.', '．', '。']).next().unwrap_or(text);
    let mut groups = whole.split([',', '，']);
    let first = groups.next().map_or(0, |group| group.chars().filter(|c| digit(*c)).count());
    let rest: Vec<usize> = groups.map(|group| group.chars().filter(|c| digit(*c)).count()).collect();
    let after = text.len() > whole.len() && text[whole.len()..].contains([',', '，']);
    !after && (rest.is_empty() || ((1..=3).contains(&first) && rest.iter().all(|n| *n == 3)))
}

/// A full-width form as a Chinese keyboard writes it, in its usual width.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - u32::from('！') + u32::from('!')).unwrap_or(c),
        other => other,
    }
}

/// A number or a name as it is compared: without blanks and characters that nobody sees, half-width, in small letters, each
/// dash the same. Dashes stay: flat 1-1101 is not flat 11-101.
pub(crate) fn plain(text: &str) -> String {
    let seen = |c: &char| {
        let unseen = matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}');
        !c.is_whitespace() && !c.is_control() && !unseen
    };
    let one = |c: char| match c {
        '−' | '–' | '—' | '‐' | '‑' | '―' | 'ー' => '-',
        other => narrow(other),
    };
    text.chars().filter(seen).map(one).flat_map(char::to_lowercase).collect()
}

/// A day of the calendar from 2000 on.
pub(crate) fn day(shape: &mut Shape, field: &'static str, text: &str, or: &Day) -> Day {
    match Day::parse(text.trim()) {
        _ if text.trim().is_empty() => shape.error(field, "required"),
        None => shape.error(field, "not-a-date"),
        Some(day) if day.parts().0 < 2_000 => shape.error(field, "day-too-early"),
        Some(day) => return day,
    }
    or.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_exactly_or_refused_with_the_reason() {
        for (text, want) in [
            ("12", Ok(1_200)),
            (" 1,204.50 元", Ok(120_450)),
            ("￥１２．５", Ok(1_250)),
            ("0.01", Ok(1)),
            ("1000000000", Ok(MAX_MONEY)),
            ("1000000000.01", Err("money-too-much")),
            ("99999999999999999999999", Err("money-too-much")),
            ("0.001", Err("money-below-a-fen")),
            ("0", Err("money-of-nothing")),
            ("0.00", Err("money-of-nothing")),
            ("-5", Err("money-below-nothing")),
            ("−5", Err("money-below-nothing")),
            ("", Err("required")),
            ("abc", Err("not-an-amount")),
            ("1e3", Err("not-an-amount")),
            ("1.2.3", Err("not-an-amount")),
            ("1，204，000", Ok(120_400_000)),
            ("0,50", Err("money-comma")),
            ("1,5", Err("money-comma")),
            ("12,34.5", Err("money-comma")),
            ("1.204,50", Err("money-comma")),
            ("1234,567", Err("money-comma")),
        ] {
            assert_eq!(read(text).map(|fen| fen.0), want, "{text}");
        }
    }
}
