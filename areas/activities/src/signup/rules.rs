//! Facts in, a reasoned answer out; and how a list from a chat group is read.

use kernel::{Instant, Kind, Refusal};

use crate::Activity;

/// Heads of one sign-up at most.
pub const MAX_HEADS: u32 = 20;
/// Sign-ups of an activity at most, those who stepped back included.
pub const MAX_SIGN_UPS: u32 = 5_000;
/// Characters of a name at most.
pub const MAX_NAME: usize = 30;
/// Lines of a pasted list at most.
pub const MAX_LINES: usize = 300;
/// Characters of a pasted list at most.
pub const MAX_TEXT: usize = 20_000;

/// Nobody signs up for what is cancelled or over.
///
/// # Errors
/// Refusals `activity-cancelled`, `sign-up-over`, `too-many-sign-ups`.
pub fn may_sign_up(activity: &Activity, numbers: u32, now: Instant) -> Result<(), Refusal> {
    crate::activity::rules::expect_held(activity)?;
    if now >= activity.ends_at {
        return Err(Refusal::new(Kind::Conflict, "sign-up-over"));
    }
    if numbers >= MAX_SIGN_UPS {
        return Err(Refusal::new(Kind::LimitReached, "too-many-sign-ups").with_int("limit", i64::from(MAX_SIGN_UPS)));
    }
    Ok(())
}

/// Heads that one sign-up may have: no more than ever fit in.
pub fn most_heads(activity: &Activity) -> u32 {
    if activity.capacity == 0 { MAX_HEADS } else { MAX_HEADS.min(activity.capacity) }
}

/// A line of a pasted list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// 1, 2, 3, … in the text.
    pub at: usize,
    /// As it was pasted.
    pub text: String,
    /// The name and how many come, or the code of what is wrong: `row-without-number`, `row-without-name`,
    /// `name-too-long`, `phone-in-list`, `heads-out-of-range`, `name-said-twice`.
    pub read: Result<(String, u32), &'static str>,
}

/// Reads a list as chat groups make it (接龙): what stands before the first numbered line is its heading; `1. 张三 2人`,
/// `2、李四+1`, `③王五一家三口`, `4）赵六（2大1小）` are rows. `most` is how many one row may bring.
pub fn read(text: &str, most: u32) -> Vec<Line> {
    let mut rows: Vec<Line> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let (at, line) = (at + 1, line.trim());
        if line.is_empty() {
            continue;
        }
        let read = match after_number(line) {
            // the heading: what it is about, when, where
            None if rows.is_empty() => continue,
            None => Err("row-without-number"),
            Some(rest) => row(rest, most),
        };
        let read = read.and_then(|(name, heads)| {
            if names.contains(&name) {
                return Err("name-said-twice");
            }
            names.push(name.clone());
            Ok((name, heads))
        });
        rows.push(Line { at, text: line.chars().take(100).collect(), read });
    }
    rows
}

/// What follows the number of a row and the mark behind it; `None` where there is no number.
fn after_number(line: &str) -> Option<&str> {
    let first = line.chars().next()?;
    let rest = if matches!(first, '①'..='⑳') {
        &line[first.len_utf8()..]
    } else {
        let end = line.char_indices().find(|(_, c)| digit(*c).is_none()).map_or(line.len(), |(at, _)| at);
        if end == 0 {
            return None;
        }
        &line[end..]
    };
    Some(rest.trim_start_matches(|c: char| c.is_whitespace() || ".．。、,，)）:：-".contains(c)))
}

fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => c.to_digit(10),
    }
}

fn row(rest: &str, most: u32) -> Result<(String, u32), &'static str> {
    let digits_in_a_row = rest.split(|c| digit(c).is_none()).map(|run| run.chars().count()).max().unwrap_or(0);
    if digits_in_a_row >= 7 {
        return Err("phone-in-list");
    }
    let (name, heads) = name_and_heads(rest);
    let name = name.trim_matches(|c: char| c.is_whitespace() || "，,、。.:：；;-—（(".contains(c)).to_owned();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err("row-without-name");
    }
    if name.chars().count() > MAX_NAME {
        return Err("name-too-long");
    }
    if heads == 0 || heads > most {
        return Err("heads-out-of-range");
    }
    Ok((name, heads))
}

/// Splits `张三 2人` into the name and the number; one head where nothing is said of it.
fn name_and_heads(rest: &str) -> (&str, u32) {
    let inner = rest.trim_end_matches(|c: char| c.is_whitespace() || "）)。.!！~".contains(c));
    // 2大1小
    if let Some(stem) = inner.strip_suffix('小').or(inner.strip_suffix("小孩")).or(inner.strip_suffix("孩"))
        && let Some((before, small)) = number_at_end(stem)
        && let Some(before) = before.trim_end().strip_suffix('大').or(before.trim_end().strip_suffix("大人"))
        && let Some((name, big)) = number_at_end(before)
    {
        return (name, big.saturating_add(small));
    }
    for unit in ["个人", "人", "位", "名", "口", "个", "大"] {
        if let Some(stem) = inner.strip_suffix(unit)
            && let Some((name, heads)) = number_at_end(stem)
        {
            return (plus_or_times(name, heads), heads_with(name, heads));
        }
    }
    match number_at_end(inner) {
        // 张三+1, 李四x2, 王五 2; but 张三2 may be a name with a number in it, such as that of a door
        Some((name, heads)) if name.ends_with(['+', '＋', 'x', 'X', '×', '*', ' ', '\t', '　', '（', '(']) => {
            (plus_or_times(name, heads), heads_with(name, heads))
        }
        _ => (inner, 1),
    }
}

fn plus_or_times(name: &str, _: u32) -> &str {
    name.trim_end().trim_end_matches(['+', '＋', 'x', 'X', '×', '*', '共'])
}

/// `+1` is one more than the one who writes.
fn heads_with(name: &str, heads: u32) -> u32 {
    if name.trim_end().ends_with(['+', '＋']) { heads.saturating_add(1) } else { heads }
}

/// A number at the end of a text, in digits or as `三` or `两`, with what stands before it.
fn number_at_end(text: &str) -> Option<(&str, u32)> {
    let text = text.trim_end();
    let start = text.char_indices().rev().take_while(|(_, c)| digit(*c).is_some()).last().map(|(at, _)| at);
    if let Some(start) = start {
        let number = text[start..].chars().filter_map(digit).fold(0_u32, |n, d| n.saturating_mul(10).saturating_add(d));
        return Some((&text[..start], number));
    }
    let last = text.chars().last()?;
    let number = "一二三四五六七八九十".chars().position(|c| c == last).and_then(|at| u32::try_from(at + 1).ok());
    let number = if last == '两' { Some(2) } else { number }?;
    Some((&text[..text.len() - last.len_utf8()], number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Result<(String, u32), &'static str> {
        read(line, MAX_HEADS).remove(0).read
    }

    #[test]
    fn rows_are_read_as_chat_groups_write_them() {
        for (line, name, heads) in [
            ("1. 远山 2人", "远山", 2),
            ("1.远山2人", "远山", 2),
            ("2、近水", "近水", 1),
            ("3 听雪 3位", "听雪", 3),
            ("４）映月 ２", "映月", 2),
            ("5. 无痕+1", "无痕", 2),
            ("5. 无痕 +2人", "无痕", 3),
            ("6: 长风 x2", "长风", 2),
            ("⑦青禾一家三口", "青禾一家", 3),
            ("8. 白露（2大1小）", "白露", 3),
            ("9. 白露两人", "白露", 2),
            ("10. 小满 共4人", "小满", 4),
            ("11. 2号楼小满", "2号楼小满", 1),
            ("12. 3号楼小满 2个人", "3号楼小满", 2),
            ("13. 小满302", "小满302", 1),
        ] {
            assert_eq!(one(line), Ok((name.to_owned(), heads)), "{line}");
        }
    }

    #[test]
    fn what_cannot_be_a_row_is_said_by_its_line() {
        for (line, code) in [
            ("1.", "row-without-name"),
            ("1. 2人", "row-without-name"),
            ("1. 远山 13900001717", "phone-in-list"),
            ("1. 远山 21人", "heads-out-of-range"),
            ("1. 远山 0人", "heads-out-of-range"),
            (&format!("1. {}", "山".repeat(31)), "name-too-long"),
        ] {
            assert_eq!(one(line), Err(code), "{line}");
        }
        let list = "#接龙\n周六上午写春联\n\n1. 远山 2人\n2. 近水\n谁带墨？\n3. 远山\n";
        let rows: Vec<_> = read(list, 5).into_iter().map(|line| (line.at, line.read)).collect();
        assert_eq!(
            rows,
            [
                (4, Ok(("远山".into(), 2))),
                (5, Ok(("近水".into(), 1))),
                (6, Err("row-without-number")),
                (7, Err("name-said-twice")),
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_is_pasted_breaks_it(text in "[0-9０-９①②a-z张人小大两三+（） \n.、]{0,200}") {
            for line in read(&text, MAX_HEADS) {
                if let Ok((name, heads)) = line.read {
                    proptest::prop_assert!(!name.is_empty() && name.chars().count() <= MAX_NAME);
                    proptest::prop_assert!((1..=MAX_HEADS).contains(&heads));
                }
            }
        }
    }
}
