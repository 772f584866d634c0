//! Facts in, a reasoned answer out.

use std::ops::RangeInclusive;

use kernel::Instant;

/// Visits of one sending at most.
pub const MAX_ROWS: usize = 200;
/// What a device may say its clock shows, in milliseconds: 2000 to 2100.
pub const DEVICE_TIMES: RangeInclusive<i64> = 946_684_800_000..=4_102_444_800_000;
/// Visits are entered within so many days: what waited longer on a device is entered with its day at the desk.
pub const KEPT_DAYS: i64 = 400;

/// When a visit was: the device's time set right by what its clock said at the sending, never after now and never before
/// [`KEPT_DAYS`]. `at` and `sent` in milliseconds.
pub fn when(at: Option<i64>, sent: Option<i64>, now: Instant) -> Instant {
    let ago = match (at, sent) {
        (Some(at), Some(sent)) => sent.saturating_sub(at),
        (Some(at), None) => (now.0 / 1_000).saturating_sub(at),
        (None, _) => 0,
    };
    Instant(now.0 - ago.clamp(0, KEPT_DAYS * 86_400_000) * 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_goes_wrong_does_not_move_a_visit() {
        let now = Instant(1_795_312_800_000_000);
        let ms = now.0 / 1_000;
        assert_eq!(when(None, None, now), now);
        // an hour ago, by a clock that is a day behind
        assert_eq!(when(Some(ms - 86_400_000 - 3_600_000), Some(ms - 86_400_000), now).0, now.0 - 3_600_000_000);
        assert_eq!(when(Some(ms - 60_000), None, now).0, now.0 - 60_000_000);
        assert_eq!(when(Some(ms + 60_000), None, now), now, "nothing is visited in the future");
    }
}
