//! Numbers of receipts: short, without meaning, good on the telephone.

use std::{fmt, str::FromStr};

use kernel::Home;
use sha2::{Digest, Sha256};

use super::DeskId;

/// The number of a receipt: `3-48372-91506-K`. First the shard, then ten digits made from the desk entry's id, then a
/// check letter: one wrong digit, or any two digits in each other's place, never give another number that is right.
///
/// The letter is the sum of the digits, from the right, times 1, 2, 3, …, modulo 23 (a prime above every digit's
/// difference and above the number of places). Dashes, spaces and small letters do not matter when it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReceiptNumber {
    /// The shard.
    pub home: Home,
    /// 0 to 9,999,999,999.
    pub digits: u64,
}

/// Why a text is not a receipt's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a receipt's number")]
pub struct NumberError;

const DIGITS: u64 = 10_000_000_000;
/// Without I, O and Q, which are taken for 1 and 0.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPRSTUVWXYZ";

impl ReceiptNumber {
    /// The number of a desk entry; with `turn` 1, 2, … the next ones, for when it is taken.
    pub fn of(entry: &DeskId, turn: u32) -> ReceiptNumber {
        let text = format!("linli.receipt/v1 {turn} {entry}");
        let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        let first = digest.iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        ReceiptNumber { home: entry.home(), digits: first % DIGITS }
    }

    fn letter(self) -> char {
        let text = format!("{}{:010}", self.home, self.digits);
        let values = text.bytes().rev().map(|b| u64::from(b.saturating_sub(b'0')));
        let sum: u64 = values.zip(1_u64..).map(|(digit, place)| digit * place).sum();
        let at = usize::try_from(sum % 23).unwrap_or(0);
        char::from(LETTERS[at])
    }
}

impl fmt::Display for ReceiptNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (high, low) = (self.digits / 100_000, self.digits % 100_000);
        write!(f, "{}-{high:05}-{low:05}-{}", self.home, self.letter())
    }
}

impl FromStr for ReceiptNumber {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        if text.len() > 60 {
            return Err(NumberError);
        }
        let bare: Vec<u8> = text.bytes().filter(|b| !b" -".contains(b)).map(|b| b.to_ascii_uppercase()).collect();
        let (letter, digits) = bare.split_last().ok_or(NumberError)?;
        if !digits.iter().all(u8::is_ascii_digit) || !(11..=20).contains(&digits.len()) {
            return Err(NumberError);
        }
        let (home, digits) = digits.split_at(digits.len() - 10);
        let number = |bytes: &[u8]| std::str::from_utf8(bytes).ok().and_then(|t| t.parse::<u64>().ok());
        let shard = number(home).and_then(|n| u32::try_from(n).ok()).ok_or(NumberError)?;
        let found = ReceiptNumber { home: Home(shard), digits: number(digits).ok_or(NumberError)? };
        let canonical = shard.to_string().as_bytes() == home;
        if canonical && found.letter() == char::from(*letter) { Ok(found) } else { Err(NumberError) }
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Chance, Id};

    use super::*;

    fn numbers() -> impl Iterator<Item = ReceiptNumber> {
        let shards = [0, 1, 7, 23, 480, 99_999, u32::MAX].into_iter().cycle();
        (0..200_u64).zip(shards).map(|(seed, home)| {
            let entry: DeskId = Id::random(Home(home), &mut Chance::seeded(seed));
            ReceiptNumber::of(&entry, 0)
        })
    }

    #[test]
    fn a_number_comes_back_however_it_is_typed() {
        for number in numbers() {
            let text = number.to_string();
            for typed in
                [text.clone(), text.replace('-', " "), text.replace('-', "").to_lowercase(), format!(" {text} ")]
            {
                assert_eq!(typed.parse(), Ok(number), "{typed}");
            }
        }
    }

    #[test]
    fn one_wrong_digit_and_two_in_each_others_place_are_found() {
        for text in numbers().map(|n| n.to_string().replace('-', "")) {
            let bytes = text.as_bytes();
            for at in 0..bytes.len() - 1 {
                for digit in b'0'..=b'9' {
                    let mut wrong = bytes.to_vec();
                    wrong[at] = digit;
                    let read: Result<ReceiptNumber, _> = std::str::from_utf8(&wrong).unwrap().parse();
                    assert_eq!(read.is_ok(), digit == bytes[at], "{text}");
                }
                for other in at + 1..bytes.len() - 1 {
                    let mut wrong = bytes.to_vec();
                    wrong.swap(at, other);
                    let read: Result<ReceiptNumber, _> = std::str::from_utf8(&wrong).unwrap().parse();
                    assert_eq!(read.is_ok(), wrong == bytes, "{text}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "K", "3-48372-91506", "48372-91506-K", "x-48372-91506-K", "99999999999-48372-91506-A", "三"] {
            assert_eq!(text.parse::<ReceiptNumber>(), Err(NumberError), "{text}");
        }
        assert_eq!("1".repeat(1_000_000).parse::<ReceiptNumber>(), Err(NumberError));
    }

    #[test]
    fn a_taken_number_has_a_next_one() {
        let entry: DeskId = Id::random(Home(3), &mut Chance::seeded(1));
        assert_ne!(ReceiptNumber::of(&entry, 0), ReceiptNumber::of(&entry, 1));
    }
}
