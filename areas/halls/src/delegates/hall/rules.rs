//! Rules of halls.

use kernel::{Kind, Refusal};

use super::{Hall, MAX_SEATS};

/// Whether a hall may have these seats: 1 to [`MAX_SEATS`] in all.
///
/// # Errors
/// Refusal `hall-seats` with the limit.
pub fn seats(elected: u32, recommended: u32, drawn: u32) -> Result<(), Refusal> {
    let all = elected.saturating_add(recommended).saturating_add(drawn);
    if (1..=MAX_SEATS).contains(&all) {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "hall-seats").with_int("most", MAX_SEATS.into()))
}

/// Whether the seats may become others: as long as nobody sits and no lot runs, for numbers of seats mean something then.
///
/// # Errors
/// Refusal `hall-has-delegates`.
pub fn may_renumber(hall: &Hall, (elected, recommended, drawn): (u32, u32, u32), in_use: bool) -> Result<(), Refusal> {
    let same = (hall.elected, hall.recommended, hall.drawn) == (elected, recommended, drawn);
    if same || !in_use { Ok(()) } else { Err(Refusal::new(Kind::Conflict, "hall-has-delegates")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hall_has_one_to_a_hundred_seats() {
        for (seats_by_way, fits) in [
            ((0, 0, 0), false),
            ((1, 0, 0), true),
            ((40, 30, 30), true),
            ((40, 30, 31), false),
            ((u32::MAX, 1, 0), false),
        ] {
            let (a, b, c) = seats_by_way;
            assert_eq!(seats(a, b, c).is_ok(), fits, "{seats_by_way:?}");
        }
    }
}
