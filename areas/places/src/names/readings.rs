//! How place names are read aloud.

use pinyin::ToPinyin;

/// Characters that place names read otherwise than other words do, or in several ways: the usual reading of place
/// names first (现代汉语词典, 7th edition). All others have the one reading of the crate `pinyin`.
const OF_PLACES: [(char, &[&str]); 48] = [
    ('长', &["chang", "zhang"]),
    ('朝', &["chao", "zhao"]),
    ('都', &["du", "dou"]),
    ('行', &["xing", "hang"]),
    ('莘', &["xin", "shen"]),
    ('堡', &["bao", "pu", "bu"]),
    ('大', &["da", "dai"]),
    ('什', &["shi", "shen"]),
    ('刹', &["cha", "sha"]),
    ('劲', &["jin", "jing"]),
    ('佛', &["fo", "fu"]),
    ('厦', &["xia", "sha"]),
    ('乐', &["le", "yue", "lao"]),
    ('重', &["chong", "zhong"]),
    ('绿', &["lv", "lu"]),
    ('六', &["liu", "lu"]),
    ('单', &["dan", "shan"]),
    ('曾', &["zeng", "ceng"]),
    ('盛', &["sheng", "cheng"]),
    ('尉', &["wei", "yu"]),
    ('会', &["hui", "kuai"]),
    ('番', &["fan", "pan"]),
    ('蔚', &["wei", "yu"]),
    ('解', &["jie", "xie"]),
    ('浒', &["hu", "xu"]),
    ('泊', &["bo", "po"]),
    ('阿', &["a", "e"]),
    ('圩', &["wei", "xu"]),
    ('埔', &["pu", "bu"]),
    ('涌', &["yong", "chong"]),
    ('柏', &["bai", "bo"]),
    ('曲', &["qu"]),
    ('洞', &["dong", "tong"]),
    ('栅', &["zha", "shi", "shan"]),
    ('栏', &["lan"]),
    ('车', &["che", "ju"]),
    ('弄', &["long", "nong"]),
    ('育', &["yu"]),
    ('宁', &["ning"]),
    ('铺', &["pu"]),
    ('白', &["bai", "bo"]),
    ('百', &["bai"]),
    ('万', &["wan"]),
    ('调', &["diao", "tiao"]),
    ('校', &["xiao", "jiao"]),
    ('仇', &["qiu", "chou"]),
    ('覃', &["qin", "tan"]),
    ('澄', &["cheng", "deng"]),
];
/// Readings of one name that are kept: the first characters with several readings count.
pub(super) const MOST: usize = 4;

/// The syllables of each character, for every way to read the name; letters and digits are themselves.
pub(super) fn readings(text: &str) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    for c in text.chars() {
        let ways = ways(c);
        let room = MOST / all.len();
        let kept = &ways[..ways.len().min(room.max(1))];
        all = (all.iter())
            .flat_map(|before| kept.iter().map(|way| before.iter().chain([way]).cloned().collect()))
            .collect();
    }
    all
}

/// The name in Latin letters and digits, as it is usually read; nothing for what has no such reading.
pub(super) fn latin(text: &str) -> String {
    let first = readings(text).into_iter().next().unwrap_or_default();
    let letters = first.iter().flat_map(|syllable| syllable.chars());
    letters.filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

fn ways(c: char) -> Vec<String> {
    if let Some((_, ways)) = OF_PLACES.iter().find(|(of, _)| *of == c) {
        return ways.iter().map(|way| (*way).to_owned()).collect();
    }
    let one = c.to_pinyin().map_or_else(|| c.to_string(), |way| way.plain().replace('ü', "v"));
    vec![one]
}
