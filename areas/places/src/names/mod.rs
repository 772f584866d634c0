//! Names: official ones as people say them, and in which order siblings stand.

mod keys;
mod readings;

use std::collections::{HashMap, HashSet};

pub(crate) use keys::keys_of;
pub use keys::{Key, fold, forms};

use crate::{Code, Level};

/// Endings of the names of communities and villages, and what stays of each, longest first.
///
/// A village's committee leaves the village: 大稿村委会 is 大稿村. A neighbourhood's leaves nothing.
const COMMUNITY: [(&str, &str); 13] = [
    ("社区居民委员会", ""),
    ("社区村民委员会", ""),
    ("居民委员会", ""),
    ("村民委员会", "村"),
    ("社区居委会", ""),
    ("社区村委会", ""),
    ("居委会", ""),
    ("家委会", ""),
    ("村委会", "村"),
    ("居民区", ""),
    ("社区居委", ""),
    ("居委", ""),
    ("社区", ""),
];
/// Endings of subdistricts' offices.
const OFFICES: [(&str, &str); 6] = [
    ("街道办事处", "街道"),
    ("地区办事处", "地区"),
    ("镇人民政府", "镇"),
    ("乡人民政府", "乡"),
    ("民族乡人民政府", "民族乡"),
    ("街道办", "街道"),
];
/// Names of levels that stand only in the codes (国家统计局 统计用区划代码).
const FILLERS: [&str; 4] = ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"];

/// Whether a city or district of this name is a level that stands only in the codes.
pub fn is_filler(level: Level, name: &str) -> bool {
    matches!(level, Level::City | Level::District) && FILLERS.contains(&name)
}

/// A name as a word of an address: its short form without the kind of place, in Latin letters: `beiyuan` for 北苑街道.
/// Empty where it has no reading.
pub fn latin(level: Level, name: &str) -> String {
    let short = shorten(level, name);
    let bare = ["街道", "地区"].iter().find_map(|kind| short.strip_suffix(kind).filter(|rest| !rest.is_empty()));
    readings::latin(bare.unwrap_or(&short))
}

/// A full name without its ending; the name itself where it has none, or where nothing that tells places apart would
/// be left (东社区, 第一社区).
pub fn shorten(level: Level, name: &str) -> String {
    let endings: &[(&str, &str)] = match level {
        Level::Community => &COMMUNITY,
        Level::Subdistrict => &OFFICES,
        _ => &[],
    };
    let cut = |(ending, stays): &(&str, &str)| {
        let rest = name.strip_suffix(ending)?;
        let rest = if stays.is_empty() || rest.ends_with(stays) { rest.to_owned() } else { format!("{rest}{stays}") };
        tells(&rest).then_some(rest)
    };
    endings.iter().find_map(cut).unwrap_or_else(|| name.to_owned())
}

/// Two characters and not only an ordinal number.
fn tells(rest: &str) -> bool {
    let numeral = |c: char| "第一二三四五六七八九十百〇0123456789".contains(c);
    rest.chars().nth(1).is_some() && !rest.chars().all(numeral)
}

/// From the shortest name to the full one: what may be shown, in this order of preference.
pub(crate) fn ladder(level: Level, name: &str) -> [String; 3] {
    let short = shorten(level, name);
    let kind = if short.ends_with('村') || name == short { String::new() } else { kind_of(name).to_owned() };
    let longer = format!("{short}{kind}");
    [short, longer, name.to_owned()]
}

/// The word that says whose committee it is.
fn kind_of(name: &str) -> &'static str {
    if name.contains("社区") {
        "社区"
    } else if name.contains("居民区") {
        "居民区"
    } else {
        "居委会"
    }
}

/// The names as people say them, in the order of `names`, for siblings: never empty, and two are alike only where the
/// full names are. Where two would be, both keep more of their ending. `taken` are names that siblings have already.
pub fn shown_among(names: &[(Level, &str)], taken: &HashSet<String>) -> Vec<String> {
    let ladders: Vec<[String; 3]> = names.iter().map(|(level, name)| ladder(*level, name)).collect();
    let mut step = vec![0_usize; ladders.len()];
    loop {
        let mut seen: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, ladder) in ladders.iter().enumerate() {
            seen.entry(&ladder[step[at]]).or_default().push(at);
        }
        let clashes = |name: &str, who: &[usize]| {
            let alike = who.iter().any(|at| names[*at].1 != names[who[0]].1);
            alike || taken.contains(name)
        };
        let climbing: Vec<usize> =
            seen.iter().filter(|(name, who)| clashes(name, who)).flat_map(|(_, who)| who.clone()).collect();
        let mut moved = false;
        for at in climbing {
            if step[at] < 2 {
                step[at] += 1;
                moved = true;
            }
        }
        if !moved {
            return ladders.into_iter().zip(step).map(|(mut ladder, at)| std::mem::take(&mut ladder[at])).collect();
        }
    }
}

/// The order among siblings: by code, then by name with numbers by their size (2号楼 before 10号楼).
pub fn sort_key(code: Option<Code>, name: &str) -> String {
    if let Some(code) = code {
        return code.to_string();
    }
    let mut key = String::from("~");
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 {
            key.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            let (number, after) = rest.split_at(digits);
            key.push_str(&format!("{:0>8}", number.trim_start_matches('0')));
            rest = after;
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn endings_go_and_what_tells_places_apart_stays() {
        for (level, name, shown) in [
            (Level::Community, "龙泽苑社区居委会", "龙泽苑"),
            (Level::Community, "泉东第二居委会", "泉东第二"),
            (Level::Community, "潍坊八村居委会", "潍坊八村"),
            (Level::Community, "三里屯社区居民委员会", "三里屯"),
            (Level::Community, "古美居民委员会", "古美"),
            (Level::Community, "杨家渡居民区", "杨家渡"),
            (Level::Community, "程庄路16号院社区", "程庄路16号院"),
            (Level::Community, "大稿村委会", "大稿村"),
            (Level::Community, "大稿村村委会", "大稿村"),
            (Level::Community, "向阳村民委员会", "向阳村"),
            (Level::Community, "新村委会", "新村"),
            (Level::Community, "东社区居委会", "东社区"),
            (Level::Community, "第一社区居委会", "第一社区"),
            (Level::Community, "第一居委会", "第一居委会"),
            (Level::Community, "西铁营村", "西铁营村"),
            (Level::Community, "社区", "社区"),
            (Level::Subdistrict, "北苑街道", "北苑街道"),
            (Level::Subdistrict, "北苑街道办事处", "北苑街道"),
            (Level::Subdistrict, "宋庄镇人民政府", "宋庄镇"),
            (Level::District, "朝阳区", "朝阳区"),
            (Level::Estate, "社区花园社区", "社区花园社区"),
        ] {
            assert_eq!(shorten(level, name), shown, "{name}");
        }
    }

    #[test]
    fn siblings_that_would_be_called_the_same_keep_more_of_their_names() {
        let community = |name| (Level::Community, name);
        let none = HashSet::new();
        let names =
            [community("大井村委会"), community("大井社区居委会"), community("大井居委会"), community("果园社区")];
        assert_eq!(shown_among(&names, &none), ["大井村", "大井社区", "大井居委会", "果园"]);
        let twins = [community("果园居委会"), community("果园居委会")];
        assert_eq!(shown_among(&twins, &none), ["果园", "果园"], "the full names are alike");
        let taken = HashSet::from(["果园".to_owned()]);
        assert_eq!(shown_among(&[community("果园社区居委会")], &taken), ["果园社区"]);
    }

    #[test]
    fn siblings_stand_by_code_then_by_name_with_numbers_by_size() {
        let mut names = ["10号楼", "2号楼", "甲2号楼", "02号楼", "1号楼"];
        names.sort_by_key(|name| sort_key(None, name));
        assert_eq!(names, ["1号楼", "2号楼", "02号楼", "10号楼", "甲2号楼"]);
        assert!(sort_key("110114012006".parse().ok(), "龙泽苑") < sort_key("L110114012001".parse().ok(), "x"));
        assert!(sort_key("L110114012001".parse().ok(), "x") < sort_key(None, "0"));
    }

    proptest! {
        #[test]
        fn a_shortened_name_is_never_empty_and_shortening_it_again_only_shortens(
            stem in "[一-龥0-9]{1,6}",
            ending in prop::sample::select(COMMUNITY.iter().map(|(e, _)| *e).collect::<Vec<_>>()),
        ) {
            let name = format!("{stem}{ending}");
            let shown = shorten(Level::Community, &name);
            prop_assert!(!shown.is_empty());
            prop_assert!(shown.chars().count() <= name.chars().count());
        }

        #[test]
        fn siblings_are_alike_only_where_their_full_names_are(
            names in prop::collection::vec("[东西]{1,2}(社区居委会|居委会|村委会|村村委会|社区|居民区|居民委员会|村)", 1..12),
        ) {
            let list: Vec<(Level, &str)> = names.iter().map(|name| (Level::Community, name.as_str())).collect();
            let shown = shown_among(&list, &HashSet::new());
            for (a, b) in (0..names.len()).flat_map(|a| (0..a).map(move |b| (a, b))) {
                prop_assert!(!shown[a].is_empty());
                prop_assert!(shown[a] != shown[b] || names[a] == names[b], "{} {}", names[a], names[b]);
            }
        }
    }
}
