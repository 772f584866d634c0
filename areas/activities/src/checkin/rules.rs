//! Facts in, a reasoned answer out.

use kernel::Instant;

use super::Doubt;
use crate::Activity;

/// Check-ins of one sending at most.
pub const MAX_ROWS: usize = 200;
/// People of a paper list that are told by their number at most.
pub const MAX_PAPER: u32 = 300;
/// A check-in counts from so long before the start, in microseconds: who comes early helps with the chairs.
pub const EARLY: i64 = 30 * 60 * 1_000_000;
/// A check-in counts until so long after the end, in microseconds.
pub const LATE: i64 = 60 * 60 * 1_000_000;
/// A device's clock may be off by so many seconds; its time is set right by that. Beyond it an officer looks.
pub const MAX_SKEW: i64 = 600;
/// Milliseconds since 1970 that a device may say: 2000-01-01 to 2100-01-01.
pub const DEVICE_TIMES: std::ops::RangeInclusive<i64> = 946_684_800_000..=4_102_444_800_000;

/// When somebody came, by what a device says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// When, the clock of the device set right.
    pub at: Instant,
    /// Seconds by which the device's clock is ahead.
    pub skew: i64,
    /// Whether the clock is off by more than [`MAX_SKEW`], or says what cannot be.
    pub wrong: bool,
}

/// Reads the time of a tap. `at` and `sent` are what the device's clock said at the tap and at the sending, in milliseconds
/// since 1970; `now` is the server's. The difference of `sent` to `now` is that of the clocks, by which `at` is set right. A
/// tap of which no sending is told, from after `now`, is that of a clock which is ahead.
pub fn told(at: Option<i64>, sent: Option<i64>, now: Instant) -> Told {
    let micros = |ms: i64| ms.saturating_mul(1_000);
    let Some(at) = at else { return Told { at: now, skew: 0, wrong: false } };
    let ahead = match sent {
        Some(sent) => micros(sent).saturating_sub(now.0),
        None => micros(at).saturating_sub(now.0).max(0),
    };
    // a tap cannot be later than its sending
    let impossible = sent.is_some_and(|sent| at > sent.saturating_add(1_000));
    let came = Instant(micros(at).saturating_sub(ahead));
    let skew = ahead / 1_000_000;
    Told { at: came, skew, wrong: impossible || skew.abs() > MAX_SKEW }
}

/// What somebody has to look at, apart from what the database alone knows.
pub fn doubts(activity: &Activity, told: Told, fits: bool) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if told.wrong {
        doubts.push(Doubt::Clock);
    }
    if told.at.0 < activity.starts_at.0.saturating_sub(EARLY) {
        doubts.push(Doubt::BeforeStart);
    }
    if told.at.0 > activity.ends_at.0.saturating_add(LATE) {
        doubts.push(Doubt::AfterEnd);
    }
    if !fits {
        doubts.push(Doubt::BeyondCapacity);
    }
    doubts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-22T02:00:00Z in milliseconds.
    const NOW: i64 = 1_795_312_800_000;
    const MINUTE: i64 = 60_000;
    const DAY: i64 = 24 * 60 * MINUTE;

    #[test]
    fn the_devices_clock_is_set_right_or_doubted() {
        let now = Instant(NOW * 1_000);
        for (at, sent, minutes_ago, skew, wrong) in [
            // no word of time: now
            (None, None, 0, 0, false),
            // kept for two hours without network, the clock right
            (Some(NOW - 120 * MINUTE), Some(NOW), 120, 0, false),
            // three minutes ahead: tapped ten minutes ago
            (Some(NOW - 7 * MINUTE), Some(NOW + 3 * MINUTE), 10, 180, false),
            // ten minutes are the most
            (Some(NOW + 10 * MINUTE), Some(NOW + 10 * MINUTE), 0, 600, false),
            (Some(NOW + 11 * MINUTE), Some(NOW + 11 * MINUTE), 0, 660, true),
            // wrong by a day, either way; set right all the same
            (Some(NOW + DAY - 5 * MINUTE), Some(NOW + DAY), 5, 86_400, true),
            (Some(NOW - DAY - 5 * MINUTE), Some(NOW - DAY), 5, -86_400, true),
            // a tap from tomorrow of which no sending is told
            (Some(NOW + DAY), None, 0, 86_400, true),
            // later than its own sending
            (Some(NOW + 2 * MINUTE), Some(NOW), -2, 0, true),
        ] {
            let told = told(at, sent, now);
            let ago = (now.0 - told.at.0) / 1_000 / MINUTE;
            assert_eq!((ago, told.skew, told.wrong), (minutes_ago, skew, wrong), "{at:?} {sent:?}");
        }
        // nothing that a device says overflows
        for extreme in [i64::MIN, i64::MAX] {
            let _ = (told(Some(extreme), Some(-extreme.max(i64::MIN + 1)), now), told(Some(extreme), None, now));
        }
    }
}
