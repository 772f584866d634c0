//! Numbers of certificates: eight drawn characters and two check characters by ISO/IEC 7064 MOD 1271-36, so that one
//! wrong character, or two that changed places, is told from a number that was never given.

use kernel::Chance;

/// What is drawn: without letters that look like digits.
const DRAWN: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ALL: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DRAWN_LENGTH: usize = 8;

fn value(c: u8) -> Option<u64> {
    ALL.iter().position(|known| *known == c).and_then(|at| u64::try_from(at).ok())
}

fn modulo(text: &[u8]) -> Option<u64> {
    text.iter().try_fold(0, |sum, c| Some((sum * 36 + value(*c)?) % 1_271))
}

/// A new number.
pub fn draw(chance: &mut Chance) -> String {
    let mut text: Vec<u8> = Vec::with_capacity(DRAWN_LENGTH + 2);
    for _ in 0..DRAWN_LENGTH {
        let at = usize::try_from(chance.below(32)).unwrap_or(0);
        text.push(DRAWN[at % DRAWN.len()]);
    }
    let rest = modulo(&text).unwrap_or(0) * 1_296 % 1_271;
    let check = usize::try_from((1_271 + 1 - rest) % 1_271).unwrap_or(0);
    text.push(ALL[check / 36]);
    text.push(ALL[check % 36]);
    text.iter().map(|c| char::from(*c)).collect()
}

/// A number as somebody typed it, in capitals and without dashes and spaces; none where its check characters do not fit.
pub fn read(typed: &str) -> Option<String> {
    let text: String = typed
        .chars()
        .take(40)
        .filter(|c| !matches!(c, '-' | ' ' | '　' | '－'))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    (text.len() == DRAWN_LENGTH + 2 && modulo(text.as_bytes()) == Some(1)).then_some(text)
}

/// The number as it is printed: `7QK2-M9DX-4T`.
pub fn printed(number: &str) -> String {
    let mut out = String::with_capacity(12);
    for (at, c) in number.chars().enumerate() {
        if at == 4 || at == DRAWN_LENGTH {
            out.push('-');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_standard_s_example_fits() {
        // ISO/IEC 7064, MOD 1271-36: the string ISO79 has the check characters 3W
        assert_eq!(modulo(b"ISO793W"), Some(1));
    }

    proptest! {
        #[test]
        fn a_drawn_number_is_read_and_a_wrong_one_is_not(seed: u64, at in 0_usize..10, other in 0_usize..36) {
            let number = draw(&mut Chance::seeded(seed));
            prop_assert_eq!(read(&printed(&number).to_lowercase()), Some(number.clone()));
            let mut wrong = number.clone().into_bytes();
            wrong[at] = ALL[other];
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert_eq!(read(&wrong).is_some(), wrong == number);
        }

        #[test]
        fn two_neighbours_that_changed_places_are_noticed(seed: u64, at in 0_usize..9) {
            let number = draw(&mut Chance::seeded(seed));
            let mut wrong = number.clone().into_bytes();
            wrong.swap(at, at + 1);
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert_eq!(read(&wrong).is_some(), wrong == number);
        }
    }
}
