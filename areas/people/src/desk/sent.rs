//! What was sent with a desk entry's id, kept so that only the same again is answered with the receipt.

use sha2::{Digest, Sha256};

/// A digest of what was typed: the kind of thing and its fields, in an order of their own, each behind its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent(pub(super) [u8; 32]);

impl Sent {
    /// The digest of a kind and its fields. What only tells one sending of a form from another is no field here.
    pub fn of<'a>(thing: &'a str, fields: impl IntoIterator<Item = &'a str>) -> Sent {
        let mut hasher = Sha256::new();
        for part in ["linli.desk-sent/v1", thing].into_iter().chain(fields) {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
        Sent(hasher.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_in_one_field_is_not_what_is_typed_in_two() {
        assert_eq!(Sent::of("idea", ["路灯", "坏了"]), Sent::of("idea", ["路灯", "坏了"]));
        for (thing, fields) in [("idea", ["路灯坏了", ""]), ("idea", ["坏了", "路灯"]), ("matter", ["路灯", "坏了"])]
        {
            assert_ne!(Sent::of("idea", ["路灯", "坏了"]), Sent::of(thing, fields));
        }
    }
}
