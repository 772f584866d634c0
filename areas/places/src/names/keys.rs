//! What can be typed to find a place: the same text on both sides, made by the same functions.

use std::collections::BTreeSet;

use super::{COMMUNITY, OFFICES, readings, shorten, tells};
use crate::Level;

/// Characters of a key at most; what is typed beyond them is not looked at.
const LONGEST: usize = 40;
/// Where a name's inside can be found: at its first characters.
const INSIDES: usize = 12;

/// One key of a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// 0: begins a name. 1: stands inside one.
    pub tier: u8,
    /// Folded text.
    pub key: String,
}

/// Text as it is compared: Simplified characters, small letters, half width, numbers from 1 to 99 in characters, no
/// 第 before a number, and neither blanks nor punctuation.
pub fn fold(text: &str) -> String {
    let plain: String = text.chars().take(200).map(half_width).filter(|c| c.is_alphanumeric()).collect();
    let plain = hanconv::t2s(plain.to_lowercase());
    let numbered = numbers(&plain);
    let mut folded = String::with_capacity(numbered.len());
    for c in numbered.chars() {
        // however many stand there, so that folding what is folded changes nothing
        while is_numeral(c) && folded.ends_with('第') {
            folded.pop();
        }
        folded.push(c);
    }
    folded.chars().take(LONGEST).collect()
}

fn half_width(c: char) -> char {
    match u32::from(c) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

/// `2号` becomes `二号`, `16号` `十六号`; longer numbers, and those that begin with 0, stay.
fn numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let n = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (digits, after) = rest.split_at(n);
        match digits.parse::<u8>() {
            Ok(number @ 1..=99) if !digits.starts_with('0') => out.push_str(&numeral(number)),
            _ if n > 0 => out.push_str(digits),
            _ => {
                out.push(first);
                rest = &rest[first.len_utf8()..];
                continue;
            }
        }
        rest = after;
    }
    out
}

fn numeral(number: u8) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (usize::from(number / 10), DIGITS[usize::from(number % 10)]);
    match tens {
        0 => ones.to_owned(),
        1 => format!("十{ones}"),
        _ => format!("{}十{ones}", DIGITS[tens]),
    }
}

/// Endings that people leave out, beside those of [`shorten`].
const SPOKEN: [&str; 8] = ["自治区", "街道", "地区", "镇", "乡", "区", "县", "市"];

/// A folded name without its ending.
fn stem(level: Level, folded: &str) -> String {
    let short = shorten(level, folded);
    if level >= Level::Community {
        return short;
    }
    let cut = |ending: &&str| short.strip_suffix(*ending).filter(|rest| tells(rest)).map(str::to_owned);
    SPOKEN.iter().find_map(cut).unwrap_or(short)
}

/// What is looked for when somebody types `typed`: the folded text, without an ending if it has one, and in Latin
/// letters if some were typed. At most three, none empty.
pub fn forms(typed: &str) -> Vec<String> {
    let folded = fold(typed);
    let mut forms = vec![folded.clone()];
    let endings = COMMUNITY.iter().filter(|(_, stays)| stays.is_empty()).chain(&OFFICES).map(|(ending, _)| *ending);
    if let Some(short) = endings.filter_map(|e| folded.strip_suffix(e)).find(|rest| tells(rest)) {
        forms.push(short.to_owned());
    }
    if folded.chars().any(|c| c.is_ascii_alphabetic()) && !folded.is_ascii() {
        forms.extend(readings::readings(&folded).first().map(|way| way.concat()));
    }
    let mut seen = BTreeSet::new();
    forms.retain(|form| !form.is_empty() && seen.insert(form.clone()));
    forms
}

/// All keys of a place: of its name and of its aliases.
pub(crate) fn keys_of(level: Level, name: &str, aliases: &[String]) -> Vec<Key> {
    let mut keys = BTreeSet::new();
    for name in std::iter::once(name).chain(aliases.iter().map(String::as_str)) {
        let full = fold(name);
        let stem = stem(level, &full);
        add(&mut keys, 0, &full);
        for (way, syllables) in readings::readings(&stem).iter().enumerate() {
            let initials: String = syllables.iter().filter_map(|s| s.chars().next()).collect();
            add(&mut keys, 0, &syllables.concat());
            add(&mut keys, 0, &initials);
            // 绿 is typed lv, and by many lu
            if way == 0 && syllables.iter().any(|s| s.contains('v')) {
                add(&mut keys, 0, &syllables.concat().replace('v', "u"));
            }
        }
        for (at, (byte, _)) in stem.char_indices().enumerate().take(INSIDES) {
            add(&mut keys, u8::from(at > 0), &stem[byte..]);
        }
    }
    keys.into_iter().collect()
}

fn add(keys: &mut BTreeSet<Key>, tier: u8, key: &str) {
    let key: String = key.chars().take(LONGEST).collect();
    if !key.is_empty() {
        keys.insert(Key { tier, key });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn both_sides_fold_to_the_same() {
        for (typed, folded) in [
            ("龍澤苑", "龙泽苑"),
            ("泉东第二居委会", "泉东二居委会"),
            ("天通苑西四社區", "天通苑西四社区"),
            (" Quan  Dong ", "quandong"),
            ("quan'dong", "quandong"),
            ("ＱＤ", "qd"),
            ("潍坊2村", "潍坊二村"),
            ("程庄路16号院", "程庄路十六号院"),
            ("20号", "二十号"),
            ("768厂", "768厂"),
            ("030院", "030院"),
            ("第一社区", "一社区"),
            ("第第二社区", "二社区"),
            ("第三者", "三者"),
            ("等第", "等第"),
            ("中国矿业大学（北京）", "中国矿业大学北京"),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
    }

    #[test]
    fn typed_text_is_looked_for_with_and_without_its_ending() {
        assert_eq!(forms("泉东二居民区"), ["泉东二居民区", "泉东二"]);
        assert_eq!(forms("龍澤苑"), ["龙泽苑"]);
        assert_eq!(forms("quandong二"), ["quandong二", "quandonger"]);
        assert_eq!(forms("（）"), Vec::<String>::new());
        assert_eq!(forms("社区"), ["社区"]);
    }

    #[test]
    fn a_name_is_found_by_its_beginning_its_inside_its_sound_and_its_initials() {
        let keys = keys_of(Level::Community, "泉东第二居委会", &[]);
        for (tier, key) in [(0, "泉东二居委会"), (0, "泉东二"), (1, "东二"), (1, "二"), (0, "quandonger"), (0, "qde")]
        {
            assert!(keys.contains(&Key { tier, key: key.into() }), "{key} is not among {keys:?}");
        }
        let keys = keys_of(Level::Subdistrict, "长安街道", &["老街".to_owned()]);
        for key in ["长安街道", "长安", "changan", "zhangan", "ca", "laojie"] {
            assert!(keys.contains(&Key { tier: 0, key: key.into() }), "{key} is not among {keys:?}");
        }
    }

    /// The readings of districts and streets that somebody else wrote down.
    #[test]
    fn districts_and_streets_of_two_cities_are_read_as_a_list_of_readings_has_them() {
        let list = include_str!("../../data/level4_pinyin_bj_sh.csv").trim_start_matches('\u{feff}');
        let mut wrong = Vec::new();
        let mut read = 0;
        for line in list.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').map(|cell| cell.trim_matches('"')).collect();
            let (name, sound) = (cells[3], cells[5].replace(' ', ""));
            read += 1;
            if !readings::readings(name).iter().any(|way| way.concat() == sound) {
                wrong.push(name);
            }
        }
        assert!(read > 500, "{read}");
        assert_eq!(wrong, Vec::<&str>::new());
    }

    proptest! {
        #[test]
        fn any_text_has_few_and_short_keys(text in "[\\PC]{0,60}") {
            let once = fold(&text);
            prop_assert!(once.chars().count() <= LONGEST);
            prop_assert!(forms(&text).len() <= 3);
            prop_assert!(keys_of(Level::Community, &text, &[]).len() <= INSIDES + 2 * readings::MOST + 3);
        }

        #[test]
        fn a_name_is_found_by_its_own_full_name(text in "[一-龥]{2,12}(社区居委会|村委会|居民区|)") {
            let keys = keys_of(Level::Community, &text, &[]);
            let found = forms(&text).iter().any(|form| keys.iter().any(|key| key.tier == 0 && key.key == *form));
            prop_assert!(found, "{} {:?}", text, keys);
        }
    }
}
