//! The code of the room: shown where the activity is held, good for a minute or two, so that a photo of it is worth
//! nothing. A keyed hash (HMAC-SHA256, RFC 2104) over the activity and the minute; the key is the activity's own.

use kernel::{Instant, PersonId};
use sha2::{Digest, Sha256};

use crate::ActivityId;

/// How long one code is shown, in microseconds. It is taken while it is shown and while the next one is.
pub const SLOT: i64 = 60 * 1_000_000;
/// How many slots somebody who scanned a good code has for pressing the button.
pub const PATIENCE: i64 = 10;
const BLOCK: usize = 64;

/// HMAC-SHA256 of RFC 2104.
fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut block = [0_u8; BLOCK];
    if key.len() > BLOCK {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let inner = Sha256::new().chain_update(block.map(|b| b ^ 0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(block.map(|b| b ^ 0x5c)).chain_update(inner).finalize().into()
}

/// The first eight bytes as text.
fn short(hash: [u8; 32]) -> String {
    hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Compares without telling by its time where two texts differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |all, (x, y)| all | (x ^ y)) == 0
}

/// The slot of an instant.
pub fn slot(now: Instant) -> i64 {
    now.0.div_euclid(SLOT)
}

/// The code of a slot: 16 hexadecimal digits.
pub fn code(secret: &str, id: &ActivityId, slot: i64) -> String {
    short(hmac(secret.as_bytes(), format!("room {id} {slot}").as_bytes()))
}

/// Whether a code is that of this slot or of the one before it.
pub fn is_good(secret: &str, id: &ActivityId, given: &str, now: Instant) -> bool {
    let now = slot(now);
    [now, now - 1].into_iter().any(|slot| same(&code(secret, id, slot), given))
}

/// What shows that somebody scanned a good code in a slot; it is theirs alone.
pub fn ticket(secret: &str, id: &ActivityId, person: &PersonId, slot: i64) -> String {
    short(hmac(secret.as_bytes(), format!("ticket {id} {person} {slot}").as_bytes()))
}

/// Whether a ticket is somebody's and not older than [`PATIENCE`] slots.
pub fn admits(secret: &str, id: &ActivityId, (person, slot, given): (&PersonId, i64, &str), now: Instant) -> bool {
    let now = self::slot(now);
    (now - PATIENCE..=now).contains(&slot) && same(&ticket(secret, id, person, slot), given)
}

/// The code of a person at an activity in a slot: who it is of, unreadable without the key, and what shows it. Each slot
/// has another one, and none tells the person's id to who photographs it.
pub fn pass(secret: &str, id: &ActivityId, person: &PersonId, slot: i64) -> String {
    let shown = short(hmac(secret.as_bytes(), format!("pass {id} {person} {slot}").as_bytes()));
    let veil = hmac(secret.as_bytes(), format!("veil {id} {shown}").as_bytes());
    // an id is shorter than the veil; a longer one would be cut and be nobody's
    let veiled = person.as_str().bytes().zip(veil).map(|(byte, veil)| byte ^ veil);
    shown.chars().chain(veiled.flat_map(|byte| format!("{byte:02x}").chars().collect::<Vec<_>>())).collect()
}

/// Whose code of this slot or of the one before it is given; none where it is nobody's or older.
pub fn passes(secret: &str, id: &ActivityId, given: &str, now: Instant) -> Option<PersonId> {
    let given = given.trim();
    if !(18..=80).contains(&given.len()) || !given.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let (shown, veiled) = given.split_at(16);
    let veil = hmac(secret.as_bytes(), format!("veil {id} {shown}").as_bytes());
    let mut person = String::new();
    for (at, veil) in (0..veiled.len() / 2).zip(veil) {
        let byte = u8::from_str_radix(veiled.get(at * 2..at * 2 + 2)?, 16).ok()?;
        person.push(char::from(byte ^ veil));
    }
    let person: PersonId = person.parse().ok()?;
    let now = slot(now);
    [now, now - 1].into_iter().any(|slot| same(&pass(secret, id, &person, slot), given)).then_some(person)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn the_hash_is_that_of_the_standard() {
        // RFC 4231, test cases 1, 2 and 6
        for (key, message, want) in [
            (vec![0x0b; 20], "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                b"Jefe".to_vec(),
                "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                vec![0xaa; 131],
                "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ] {
            assert_eq!(hex(&hmac(&key, message.as_bytes())), want);
        }
    }

    #[test]
    fn a_code_is_good_for_its_minute_and_the_next() {
        let id: ActivityId = "1-0123456789abcdefghjk".parse().unwrap();
        let start = Instant(1_795_312_800_000_000);
        let given = code("key", &id, slot(start));
        for (seconds, good) in [(0, true), (59, true), (119, true), (120, false), (86_400, false), (-1, false)] {
            assert_eq!(is_good("key", &id, &given, Instant(start.0 + seconds * 1_000_000)), good, "{seconds}");
        }
        assert!(!is_good("other", &id, &given, start), "of another activity");
        assert!(!is_good("key", &id, "", start));
        let (me, you): (PersonId, PersonId) =
            ("1-0123456789abcdefghjm".parse().unwrap(), "1-0123456789abcdefghjn".parse().unwrap());
        let mine = ticket("key", &id, &me, slot(start));
        assert!(admits("key", &id, (&me, slot(start), &mine), Instant(start.0 + 9 * SLOT)));
        assert!(!admits("key", &id, (&you, slot(start), &mine), start), "somebody else's");
        assert!(!admits("key", &id, (&me, slot(start), &mine), Instant(start.0 + 11 * SLOT)), "too late");
        assert!(!admits("key", &id, (&me, slot(start) + 1, &mine), start), "from tomorrow");
    }

    #[test]
    fn a_persons_code_is_theirs_alone_and_good_for_two_minutes() {
        let id: ActivityId = "1-0123456789abcdefghjk".parse().unwrap();
        let (me, you): (PersonId, PersonId) =
            ("1-0123456789abcdefghjm".parse().unwrap(), "1-0123456789abcdefghjn".parse().unwrap());
        let start = Instant(1_795_312_800_000_000);
        let given = pass("key", &id, &me, slot(start));
        for (seconds, good) in [(0, true), (59, true), (119, true), (120, false), (86_400, false), (-1, false)] {
            let found = passes("key", &id, &given, Instant(start.0 + seconds * 1_000_000));
            assert_eq!(found.as_ref() == Some(&me), good, "{seconds}");
        }
        assert_eq!(passes("key", &id, &pass("key", &id, &you, slot(start)), start), Some(you));
        assert_eq!(passes("other", &id, &given, start), None, "of another activity");
        assert!(!given.contains(me.as_str()));
        // one digit more, less, or another one is nobody's; so is whatever else somebody types
        for at in 0..given.len() {
            let mut other = given.clone().into_bytes();
            other[at] = if other[at] == b'0' { b'1' } else { b'0' };
            assert_eq!(passes("key", &id, &String::from_utf8(other).unwrap(), start), None, "{at}");
            assert_eq!(passes("key", &id, &given[..at], start), None, "{at}");
        }
        for text in ["", "x", &"f".repeat(80), &"0".repeat(200), "二维码", &format!("{given}00")] {
            assert_eq!(passes("key", &id, text, start), None, "{text}");
        }
    }
}
