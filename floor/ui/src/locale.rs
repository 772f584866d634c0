//! The four languages of the house.

/// A language in which every page exists. The first is the language of the house and the last resort for words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Locale {
    /// Simplified Chinese, the first language.
    #[default]
    ZhHans,
    /// Traditional Chinese.
    ZhHant,
    /// English.
    En,
    /// Korean.
    Ko,
}

/// An `Accept-Language` header is read up to this many bytes and this many entries; the rest is not looked at.
const LONGEST_HEADER: usize = 1_000;
const MOST_ENTRIES: usize = 32;

impl Locale {
    /// All languages, in the order of the switcher.
    pub const ALL: [Locale; 4] = [Locale::ZhHans, Locale::ZhHant, Locale::En, Locale::Ko];

    /// BCP 47 tag (RFC 5646), used for `lang`, `hreflang`, `?lang=` and as the folder name in `locales/`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Locale::ZhHans => "zh-Hans",
            Locale::ZhHant => "zh-Hant",
            Locale::En => "en",
            Locale::Ko => "ko",
        }
    }

    /// The language's name in the language itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Locale::ZhHans => "简体中文",
            Locale::ZhHant => "繁體中文",
            Locale::En => "English",
            Locale::Ko => "한국어",
        }
    }

    /// A short name for the narrow top bar, still in the language itself.
    #[must_use]
    pub const fn short_name(self) -> &'static str {
        match self {
            Locale::ZhHans => "简体",
            Locale::ZhHant => "繁體",
            Locale::En => "English",
            Locale::Ko => "한국어",
        }
    }

    /// Position in [`Locale::ALL`].
    pub(crate) const fn index(self) -> usize {
        self as usize
    }

    /// The language of a BCP 47 tag, in any case and with `_` for `-`. Regions stand for scripts (`zh-TW` and `zh-HK`
    /// are Traditional), other subtags are ignored (`en-GB`, `ko-KR`). `None` for languages the house does not speak.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Locale> {
        let mut parts = tag.trim().split(['-', '_']);
        let is = |part: &str, name: &str| part.eq_ignore_ascii_case(name);
        let language = parts.next()?;
        if is(language, "en") {
            return Some(Locale::En);
        }
        if is(language, "ko") {
            return Some(Locale::Ko);
        }
        if !is(language, "zh") && !is(language, "cmn") && !is(language, "yue") {
            return None;
        }
        for part in parts {
            if is(part, "hans") {
                return Some(Locale::ZhHans);
            }
            if ["hant", "tw", "hk", "mo"].iter().any(|name| is(part, name)) {
                return Some(Locale::ZhHant);
            }
        }
        Some(if is(language, "yue") { Locale::ZhHant } else { Locale::ZhHans })
    }

    /// The best language for an `Accept-Language` header (RFC 9110, 12.5.4): highest weight first, then the order of
    /// the header. `q=0` refuses a language. Nothing known, or a malformed header, gives [`Locale::default`].
    #[must_use]
    pub fn negotiate(header: &str) -> Locale {
        let mut best: Option<(u16, Locale)> = None;
        for entry in cut(header, LONGEST_HEADER).split(',').take(MOST_ENTRIES) {
            let mut parts = entry.split(';');
            let Some(locale) = parts.next().and_then(Locale::from_tag) else { continue };
            let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(Some(1000), thousandths);
            let Some(weight) = weight.filter(|weight| *weight > 0) else { continue };
            if best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, locale));
            }
        }
        best.map_or_else(Locale::default, |(_, locale)| locale)
    }
}

/// At most `most` bytes of `text`, cut at a character's edge.
fn cut(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A weight such as `0.8` in thousandths; `None` where it is not one.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if part.len() > 3 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part: u16 = format!("{part:0<3}").parse().ok()?;
    match whole {
        "1" if part == 0 => Some(1000),
        "0" => Some(part),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_name_languages_and_regions_stand_for_scripts() {
        for (tag, want) in [
            ("zh", Some(Locale::ZhHans)),
            ("zh-CN", Some(Locale::ZhHans)),
            ("ZH_hans_SG", Some(Locale::ZhHans)),
            ("zh-TW", Some(Locale::ZhHant)),
            ("zh-Hant-HK", Some(Locale::ZhHant)),
            ("zh-Hans-TW", Some(Locale::ZhHans)),
            ("yue", Some(Locale::ZhHant)),
            ("en-GB", Some(Locale::En)),
            ("ko-KR", Some(Locale::Ko)),
            ("kok", None),
            ("fr", None),
            ("", None),
        ] {
            assert_eq!(Locale::from_tag(tag), want, "{tag}");
        }
        for locale in Locale::ALL {
            assert_eq!(Locale::from_tag(locale.tag()), Some(locale));
        }
    }

    #[test]
    fn the_header_is_read_by_weight_then_order() {
        for (header, want) in [
            ("", Locale::ZhHans),
            ("fr-FR,fr;q=0.9", Locale::ZhHans),
            ("fr, en;q=0.5, ko;q=0.7", Locale::Ko),
            ("en-US,en;q=0.9,zh;q=0.9", Locale::En),
            ("en;q=0, ko;q=0.001", Locale::Ko),
            ("en;q=2, ko;q=0.1", Locale::Ko),
            ("en;q=0.12345, zh-TW;q=0.1", Locale::ZhHant),
            ("*;q=0.5", Locale::ZhHans),
            (",;;=,,", Locale::ZhHans),
        ] {
            assert_eq!(Locale::negotiate(header), want, "{header}");
        }
        assert_eq!(Locale::negotiate(&format!("{}ko", "中,".repeat(5_000))), Locale::ZhHans);
    }
}
