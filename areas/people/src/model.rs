//! Persons and voters.

use kernel::PersonId;
use sha2::{Digest, Sha256};

/// What a roll keeps of a voter: a digest of the vote's id and the voter's code, so that a copied roll opens no ballot
/// paper and the same code in two votes is two keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct VoterKey(pub [u8; 32]);

impl VoterKey {
    /// The key of `code` in the vote `scope`.
    pub fn of(scope: &str, code: &str) -> VoterKey {
        let mut hasher = Sha256::new();
        for part in ["linli.voter/v1", scope, code.trim()] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        VoterKey(hasher.finalize().into())
    }

    /// The key of a registered person in the vote `scope`: always the same, so that whoever is put on a roll twice is on
    /// it once, and whoever votes by letter does not vote by account as well.
    pub fn of_person(scope: &str, person: &PersonId) -> VoterKey {
        let mut hasher = Sha256::new();
        for part in ["linli.voter.person/v1", scope, person.as_str()] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        VoterKey(hasher.finalize().into())
    }

    /// The key of a row of a file, by its flat and name: the same row again is the same voter. Nobody can type it as a code.
    pub fn of_row(scope: &str, flat: &str, name: &str) -> VoterKey {
        let mut hasher = Sha256::new();
        for part in ["linli.voter.row/v1", scope, flat, name] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        VoterKey(hasher.finalize().into())
    }

    /// 64 hexadecimal digits, for forms of the office.
    pub fn to_hex(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Back from [`VoterKey::to_hex`]; nothing for another text.
    pub fn from_hex(text: &str) -> Option<VoterKey> {
        let mut key = [0; 32];
        let plain = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        for (byte, at) in key.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(text.get(at..at + 2).filter(|_| plain)?, 16).ok()?;
        }
        Some(VoterKey(key))
    }

    /// The key of a code as somebody typed it. Codes of letters are sixteen letters and digits in groups of four; they
    /// may be typed in small letters, with or without what stands between the groups, and with O for 0, I and L for 1.
    /// Other codes are taken as they stand.
    pub fn of_typed(scope: &str, typed: &str) -> VoterKey {
        let letters: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').take(17).collect();
        let letters = letters.to_ascii_uppercase().replace('O', "0").replace(['I', 'L'], "1");
        let is_letter_code = letters.len() == 16 && letters.bytes().all(|b| CODE_LETTERS.contains(&b));
        VoterKey::of(scope, if is_letter_code { &letters } else { typed })
    }

    /// The keys under which a typed code may stand on a roll, the likelier first: [`VoterKey::of_typed`], and the code as
    /// it stands, which is how rolls kept codes before their letters were read in several ways.
    pub fn typed(scope: &str, typed: &str) -> impl Iterator<Item = VoterKey> + use<> {
        let (read, plain) = (VoterKey::of_typed(scope, typed), VoterKey::of(scope, typed));
        std::iter::once(read).chain((plain != read).then_some(plain))
    }
}

/// Letters and digits of a code that are told apart in print (Crockford's base 32): five bits each.
const CODE_LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code of a letter: 80 bits of chance as sixteen letters and digits, in groups of four.
pub fn letter_code(bits: u128) -> String {
    let letters = (0..16).map(|n| char::from(CODE_LETTERS[usize::try_from(bits >> (5 * n) & 31).unwrap_or(0)]));
    let mut code = String::with_capacity(19);
    for (n, letter) in letters.enumerate() {
        if n > 0 && n % 4 == 0 {
            code.push('-');
        }
        code.push(letter);
    }
    code
}

/// A voter's mark in the roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The voter's salt, from which the commitment in the log is made.
    pub salt: [u8; 32],
    /// The voter's key.
    pub key: VoterKey,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_a_letter_is_typed_in_many_ways() {
        let code = letter_code(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
        assert_eq!(code.len(), 19);
        let key = VoterKey::of_typed("1-a", &code);
        for typed in [code.to_lowercase(), code.replace('-', ""), code.replace('-', " "), format!("  {code} ")] {
            assert_eq!(VoterKey::of_typed("1-a", &typed), key, "{typed}");
        }
        assert_eq!(VoterKey::of_typed("1-a", "1111-0000-1111-0000"), VoterKey::of_typed("1-a", "lIiL oOOo 11l1 0o0O"));
        assert_ne!(letter_code(1), letter_code(2));
        // whatever is no code of a letter stands as it is
        for typed in ["CODE-000001", "code-of-letter-1", "", "十六个字的口令不是信里的编号呀对吧"] {
            assert_eq!(VoterKey::of_typed("1-a", typed), VoterKey::of("1-a", typed), "{typed}");
        }
    }

    #[test]
    fn a_row_of_a_file_is_no_code_and_comes_back_from_its_digits() {
        let row = VoterKey::of_row("1-a", "1-101", "张三");
        assert_eq!(VoterKey::from_hex(&row.to_hex()), Some(row));
        assert_ne!(row, VoterKey::of_row("1-a", "1-10", "1张三"));
        assert!(VoterKey::typed("1-a", "1-101张三").all(|key| key != row));
        for wrong in ["", "ab", &"g".repeat(64), &"中".repeat(22)] {
            assert_eq!(VoterKey::from_hex(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_code_is_another_key_in_another_vote() {
        assert_eq!(VoterKey::of("1-a", "K7Q2"), VoterKey::of("1-a", " K7Q2 "));
        assert_ne!(VoterKey::of("1-a", "K7Q2"), VoterKey::of("1-b", "K7Q2"));
        assert_ne!(VoterKey::of("1-a", "bc"), VoterKey::of("1-ab", "c"));
    }
}
