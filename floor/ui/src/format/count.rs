//! Counts of people and of attendances, as a report tells them: 人 are different people, 人次 are attendances; the two
//! are never added. 余 says that the true number is larger than the printed one, and is said only then.

use super::number::{count, group_digits};
use crate::locale::Locale;
use crate::words::Words;

/// A count as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The printed number.
    printed: u64,
    /// The true number is larger than the printed one.
    more: bool,
}

impl Count {
    /// The number itself.
    #[must_use]
    pub const fn exact(n: u64) -> Count {
        Count { printed: n, more: false }
    }

    /// What a source says as "more than `n`", such as 2000余人, whose true number nobody knows.
    #[must_use]
    pub const fn more_than(n: u64) -> Count {
        Count { printed: n, more: true }
    }

    /// `n` cut (never rounded up) to a multiple of `step`; says 余 only when something was cut off. A step of 0 or 1
    /// cuts nothing.
    #[must_use]
    pub const fn cut(n: u64, step: u64) -> Count {
        if step < 2 {
            return Count::exact(n);
        }
        let printed = n - n % step;
        // A cut that leaves nothing would say "more than 0".
        if printed == 0 { Count::exact(n) } else { Count { printed, more: printed != n } }
    }

    /// The number without a unit: `2,000 余`, `over 2,000`; the exact number alone where nothing was cut off.
    #[must_use]
    pub fn short(self, w: Words) -> String {
        let number = self.number(w.locale());
        let said = if self.more { w.t_with("count-more", &[("n", number.as_str().into())]) } else { number };
        said.replace("万 ", "万").replace("萬 ", "萬")
    }

    /// Whether the true number is larger than the printed one.
    #[must_use]
    pub const fn is_more(self) -> bool {
        self.more
    }

    /// Different people: `2,000 余人`, `more than 2,000 people`.
    #[must_use]
    pub fn people(self, w: Words) -> String {
        self.say(w, "count-people", "count-people-more")
    }

    /// Attendances: `2,000 余人次`. The same person on two days counts twice.
    #[must_use]
    pub fn attendances(self, w: Words) -> String {
        self.say(w, "count-attendances", "count-attendances-more")
    }

    fn say(self, w: Words, exact: &str, more: &str) -> String {
        let number = self.number(w.locale());
        let said = match (self.more, i64::try_from(self.printed)) {
            (true, _) => w.t_with(more, &[("n", number.as_str().into())]),
            // Small numbers go in as numbers, for the plural.
            (false, Ok(n)) if n < 10_000 => w.n(exact, n),
            (false, _) => w.t_with(exact, &[("n", number.as_str().into())]),
        };
        // Between a figure and a unit stands a space, between 万 and 余 or 人 none.
        said.replace("万 ", "万").replace("萬 ", "萬")
    }

    /// The number alone: `7.3 万` where 万 says it fully and the language counts so, `73,456` elsewhere.
    fn number(self, locale: Locale) -> String {
        let n = self.printed;
        if locale == Locale::En || n < 10_000 || !n.is_multiple_of(1_000) {
            return count(n);
        }
        let (whole, part) = (group_digits(&(n / 10_000).to_string()), n % 10_000 / 1_000);
        let part = if part == 0 { String::new() } else { format!(".{part}") };
        match locale {
            Locale::ZhHant => format!("{whole}{part} 萬"),
            Locale::Ko => format!("{whole}{part}만"),
            _ => format!("{whole}{part} 万"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_is_said_only_when_something_was_cut() {
        let zh = Words::of(Locale::ZhHans);
        for (count, want) in [
            (Count::exact(2_000), "2,000 人"),
            (Count::cut(2_000, 1_000), "2,000 人"),
            (Count::cut(2_024, 1_000), "2,000 余人"),
            (Count::cut(73_999, 1_000), "7.3 万余人"),
            (Count::cut(73_000, 1_000), "7.3 万人"),
            (Count::cut(70_000, 1_000), "7 万人"),
            (Count::exact(73_456), "73,456 人"),
            (Count::cut(999, 1_000), "999 人"),
            (Count::cut(7, 0), "7 人"),
            (Count::more_than(2_000), "2,000 余人"),
        ] {
            assert_eq!(count.people(zh), want, "{count:?}");
        }
        assert_eq!(Count::cut(14_321, 1_000).attendances(zh), "1.4 万余人次");
        assert_eq!(Count::exact(1).people(Words::of(Locale::En)), "1 person");
        assert_eq!(Count::cut(14_321, 1_000).people(Words::of(Locale::En)), "more than 14,000 people");
        assert_eq!(Count::cut(u64::MAX, 1).people(Words::of(Locale::Ko)), "18,446,744,073,709,551,615명");
    }

    proptest::proptest! {
        #[test]
        fn a_cut_count_is_never_above_the_true_one(n: u64, step: u64) {
            let cut = Count::cut(n, step);
            proptest::prop_assert!(cut.printed <= n);
            proptest::prop_assert_eq!(cut.more, cut.printed < n);
        }
    }
}
