//! Days of the calendar.

use crate::locale::Locale;
use crate::words::Words;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Civil {
    /// Year, such as 2026.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

impl From<&kernel::Day> for Civil {
    fn from(day: &kernel::Day) -> Civil {
        let (year, month, day) = day.parts();
        let small = |n: i8| u8::try_from(n).unwrap_or(0);
        Civil::new(i32::from(year), small(month), small(day))
    }
}

impl Civil {
    /// A day. Nothing is checked: a month outside 1–12 is shown as digits.
    #[must_use]
    pub const fn new(year: i32, month: u8, day: u8) -> Civil {
        Civil { year, month, day }
    }

    /// ISO 8601, for `<time datetime>`: `2024-09-18`.
    #[must_use]
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// In full: `2024年9月18日`, `18 September 2024`, `2024년 9월 18일`.
    #[must_use]
    pub fn long(self, locale: Locale) -> String {
        let Civil { year, month, day } = self;
        match locale {
            Locale::ZhHans | Locale::ZhHant => format!("{year}年{month}月{day}日"),
            Locale::Ko => format!("{year}년 {month}월 {day}일"),
            Locale::En => match month_name(month) {
                Some(name) => format!("{day} {name} {year}"),
                None => self.iso(),
            },
        }
    }

    /// Without the year: `9月18日`, `18 Sep`, `9월 18일`.
    #[must_use]
    pub fn short(self, locale: Locale) -> String {
        let Civil { month, day, .. } = self;
        match locale {
            Locale::ZhHans | Locale::ZhHant => format!("{month}月{day}日"),
            Locale::Ko => format!("{month}월 {day}일"),
            Locale::En => match month_name(month) {
                Some(name) => format!("{day} {}", &name[..3]),
                None => self.iso(),
            },
        }
    }

    /// The day of an ISO 8601 text such as `2026-09-18`; `None` for anything else, also for a 30 February.
    #[must_use]
    pub fn parse(text: &str) -> Option<Civil> {
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |part: &str, wide: usize| part.len() == wide && part.bytes().all(|byte| byte.is_ascii_digit());
        if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
            return None;
        }
        let found = Civil::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        (Civil::of_number(found.number()) == found).then_some(found)
    }

    /// Days since 1970-01-01 in the Gregorian calendar; negative before. Works for any year; a month outside 1–12 is
    /// taken as the nearest one.
    #[must_use]
    pub fn number(self) -> i64 {
        // The year begins in March, so that the leap day is its last: every month before it has a fixed place.
        let month = i64::from(self.month.clamp(1, 12));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The day with this [`Civil::number`]; years beyond `i32` stop at its ends.
    #[must_use]
    pub fn of_number(number: i64) -> Civil {
        let shifted = number.saturating_add(719_468);
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = (from_march + 2) % 12 + 1;
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        let least = i64::from(i32::MIN);
        let year = i32::try_from(year.clamp(least, i64::from(i32::MAX))).unwrap_or(i32::MAX);
        Civil::new(year, u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
    }

    /// Days from `today` to this day: 0 today, 1 tomorrow, negative when it is past.
    #[must_use]
    pub fn days_after(self, today: Civil) -> i64 {
        self.number() - today.number()
    }

    /// The day of the week: `星期五`, `Friday`, `금요일`.
    #[must_use]
    pub fn weekday(self, locale: Locale) -> &'static str {
        // 1970-01-01 was a Thursday.
        let at = usize::try_from((self.number() + 3).rem_euclid(7)).unwrap_or(0);
        let names = match locale {
            Locale::ZhHans | Locale::ZhHant => ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
            Locale::En => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
            Locale::Ko => ["월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"],
        };
        names[at]
    }

    /// In full with the day of the week: `2024年9月18日 星期三`, `Wednesday, 18 September 2024`,
    /// `2024년 9월 18일 수요일`.
    #[must_use]
    pub fn full(self, locale: Locale) -> String {
        let (day, weekday) = (self.long(locale), self.weekday(locale));
        match locale {
            Locale::En => format!("{weekday}, {day}"),
            _ => format!("{day} {weekday}"),
        }
    }
}

fn month_name(month: u8) -> Option<&'static str> {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.get(usize::from(month).checked_sub(1)?).copied()
}

/// A day as seen from `today`: `今天`, `明天`, `昨天`, `还剩 3 天`, `逾期 2 天`. For days that something is due; what
/// has merely happened is told by its date.
#[must_use]
pub fn when(w: Words, day: Civil, today: Civil) -> String {
    match day.days_after(today) {
        0 => w.t("when-today").to_owned(),
        1 => w.t("when-tomorrow").to_owned(),
        left if left > 0 => w.n("when-days-left", left),
        past => w.n("when-days-late", past.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_in_each_language() {
        let day = Civil::new(2024, 9, 18);
        let all: Vec<_> = Locale::ALL.iter().map(|locale| (day.long(*locale), day.short(*locale))).collect();
        let want = [
            ("2024年9月18日", "9月18日"),
            ("2024年9月18日", "9月18日"),
            ("18 September 2024", "18 Sep"),
            ("2024년 9월 18일", "9월 18일"),
        ];
        assert!(all.iter().map(|(a, b)| (a.as_str(), b.as_str())).eq(want));
        assert_eq!(Civil::new(2024, 13, 1).long(Locale::En), "2024-13-01");
    }

    #[test]
    fn days_are_counted_as_the_calendar_counts_them() {
        for (text, number, weekday) in [
            ("1970-01-01", 0, "Thursday"),
            ("1969-12-31", -1, "Wednesday"),
            ("2000-02-29", 11_016, "Tuesday"),
            ("2000-03-01", 11_017, "Wednesday"),
            ("2026-11-22", 20_779, "Sunday"),
        ] {
            let day = Civil::parse(text).expect(text);
            assert_eq!((day.number(), day.weekday(Locale::En)), (number, weekday), "{text}");
            assert_eq!(Civil::of_number(number), day);
        }
        for text in ["2023-02-29", "2100-02-29", "2024-13-01", "2024-00-10", "2024-1-01", "20240101", "", "+024-01-01"]
        {
            assert_eq!(Civil::parse(text), None, "{text}");
        }
        // Each day is the one after the day before, over 800 years.
        let mut before = Civil::new(1899, 12, 31);
        for number in before.number() + 1..before.number() + 292_194 {
            let day = Civil::of_number(number);
            assert!(day > before && day.number() == number, "{number}");
            let first = day.day == 1 && (day.month != before.month);
            assert!(first || day.day == before.day + 1, "{day:?} after {before:?}");
            before = day;
        }
    }

    #[test]
    fn what_is_due_is_told_from_today() {
        let today = Civil::new(2026, 2, 28);
        let zh = |month, day| when(Words::of(Locale::ZhHans), Civil::new(2026, month, day), today);
        assert_eq!(zh(2, 28), "今天");
        assert_eq!(zh(3, 1), "明天");
        assert_eq!(zh(3, 3), "还剩 3 天");
        assert_eq!(zh(2, 26), "逾期 2 天");
        assert_eq!(when(Words::of(Locale::En), Civil::new(2026, 2, 27), today), "1 day late");
        assert_eq!(Civil::new(2024, 9, 18).full(Locale::ZhHans), "2024年9月18日 星期三");
        assert_eq!(Civil::new(2024, 9, 18).full(Locale::En), "Wednesday, 18 September 2024");
    }
}
