//! Codes of places.

use std::{fmt, str::FromStr};

use db::{DbError, Param, Row};

use crate::Level;

/// A code: the twelve digits of the national statistical division codes, or `L` and twelve digits for a place that is
/// still without one. A local code is temporary: its letter marks it wherever it is shown.
///
/// The twelve digits are province 2, city 2, district 2, subdistrict 3, community 3 (国统字〔2009〕91号). Files write
/// the higher levels shorter: `1101` is `110100000000`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    digits: [u8; LEN],
    is_local: bool,
}

const LEN: usize = 12;
/// How many digits name a place of each level.
const LEVELS: [(usize, Level); 5] =
    [(2, Level::Province), (4, Level::City), (6, Level::District), (9, Level::Subdistrict), (12, Level::Community)];

/// Why a text is not a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a code: expected 2, 4, 6, 9 or 12 digits, or L and 12 digits")]
pub struct CodeError;

impl Code {
    /// Whether the code is a local, temporary one.
    pub fn is_local(self) -> bool {
        self.is_local
    }

    /// The level that the code itself tells: by its last digits that are not zero. `None` for local codes, and for
    /// codes that stop inside a level.
    pub fn level(self) -> Option<Level> {
        if self.is_local {
            return None;
        }
        LEVELS.iter().find(|(n, _)| self.digits[*n..].iter().all(|d| *d == b'0')).map(|(_, level)| *level)
    }

    /// Whether the official code `self` begins with the significant digits of `above`, which has the level `level`.
    /// Local codes lie wherever they are said to lie.
    pub fn is_below(self, above: Code, level: Level) -> bool {
        if self.is_local || above.is_local {
            return true;
        }
        let n = LEVELS.iter().find(|(_, l)| *l == level).map_or(LEN, |(n, _)| *n);
        self.digits[..n] == above.digits[..n]
    }

    /// The digits that say something: `1101` for `110100000000`. Local codes are given whole.
    pub fn short(self) -> String {
        let whole = self.to_string();
        let n = self.level().and_then(|level| LEVELS.iter().find(|(_, l)| *l == level)).map_or(LEN, |(n, _)| *n);
        if self.is_local { whole } else { whole.get(..n).unwrap_or(&whole).to_owned() }
    }
}

impl FromStr for Code {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let (digits, is_local) = match text.strip_prefix('L') {
            Some(rest) if rest.len() == LEN => (rest, true),
            Some(_) => return Err(CodeError),
            None => (text, false),
        };
        let sized = LEVELS.iter().any(|(n, _)| *n == digits.len());
        if !sized || !digits.bytes().all(|b| b.is_ascii_digit()) || digits.starts_with("00") {
            return Err(CodeError);
        }
        let mut code = Code { digits: [b'0'; LEN], is_local };
        code.digits[..digits.len()].copy_from_slice(digits.as_bytes());
        Ok(code)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.is_local { "L" } else { "" };
        write!(f, "{mark}{}", std::str::from_utf8(&self.digits).unwrap_or_default())
    }
}

/// The code in column `i` of a row.
pub(crate) fn cell(row: &Row<'_>, i: usize) -> Result<Option<Code>, DbError> {
    let text: Option<String> = row.get(i)?;
    text.map(|t| t.parse().map_err(|e| DbError::Data(format!("column {i}: {e}")))).transpose()
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A code as a parameter borrows its text.
pub(crate) fn param(text: Option<&String>) -> Param<'_> {
    text.map_or(Param::Null, |t| Param::Text(t))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(text: &str) -> Code {
        text.parse().unwrap()
    }

    #[test]
    fn codes_of_every_level_are_read_and_padded() {
        for (text, whole, level) in [
            ("11", "110000000000", Level::Province),
            ("1101", "110100000000", Level::City),
            ("110114", "110114000000", Level::District),
            ("110114012", "110114012000", Level::Subdistrict),
            ("110114012006", "110114012006", Level::Community),
            ("110114000000", "110114000000", Level::District),
        ] {
            let code = code(text);
            assert_eq!((code.to_string().as_str(), code.level()), (whole, Some(level)), "{text}");
            assert_eq!(code.short().parse(), Ok(code));
        }
        let local = code("L110114012901");
        assert_eq!((local.is_local(), local.level(), local.to_string().as_str()), (true, None, "L110114012901"));
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for text in ["", "1", "110", "00", "1101140120060", "11011401200x", "L11", "l110114012901", " 11", "１１", "-1"]
        {
            assert_eq!(text.parse::<Code>(), Err(CodeError), "{text}");
        }
    }

    #[test]
    fn a_code_lies_below_those_it_begins_with() {
        let (city, other) = (code("1101"), code("310115004032"));
        let here = code("110114012006");
        assert!(here.is_below(city, Level::City) && here.is_below(code("110114012"), Level::Subdistrict));
        assert!(!other.is_below(city, Level::City) && !here.is_below(code("110114011"), Level::Subdistrict));
        assert!(code("L999999999999").is_below(city, Level::City));
    }

    proptest! {
        #[test]
        fn any_text_is_a_code_that_prints_back_or_no_code(text in "\\PC{0,14}") {
            if let Ok(code) = text.parse::<Code>() {
                prop_assert_eq!(code.to_string().parse::<Code>(), Ok(code));
            }
        }
    }
}
