//! Facts in, a reasoned answer out.

use kernel::{FieldError, Kind, Refusal, Shape};

use super::{Account, Contact, Reached, VerifiedHow, store};

/// Characters of a name.
pub const MAX_NAME: usize = 60;
/// Characters of a shown name.
pub const MAX_SHOWN: usize = 30;
/// Characters of a password (NIST SP 800-63B-4, 3.1.1.2: at least 8 where it is the only one asked for is 15; here a
/// code to the telephone is always the other way in, and the tries are few).
pub const PASSWORD: std::ops::RangeInclusive<usize> = 8..=128;
/// Contacts of one person.
pub const MAX_CONTACTS: usize = 6;

/// The commonest passwords of eight characters and more, in small letters.
const COMMONEST: [&str; 40] = [
    "password",
    "password1",
    "password123",
    "passw0rd",
    "p@ssw0rd",
    "12345678",
    "123456789",
    "1234567890",
    "0123456789",
    "11111111",
    "00000000",
    "88888888",
    "66666666",
    "12341234",
    "11223344",
    "12344321",
    "87654321",
    "98765432",
    "987654321",
    "9876543210",
    "123123123",
    "147258369",
    "123456789a",
    "a123456789",
    "a12345678",
    "12345678a",
    "1qaz2wsx",
    "qwertyui",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm123",
    "qwerty123",
    "1q2w3e4r",
    "abcd1234",
    "abc12345",
    "iloveyou",
    "5201314520",
    "woaini1314",
    "woaini520",
    "woaini123",
];

/// A contact as somebody typed it.
///
/// # Errors
/// `invalid-input`: `required`, `not-a-contact`.
pub fn contact(field: &'static str, typed: &str) -> Result<Contact, Refusal> {
    let code = if typed.trim().is_empty() { "required" } else { "not-a-contact" };
    Contact::parse(typed).ok_or_else(|| Refusal::invalid(vec![FieldError::new(field, code)]))
}

/// Six digits as somebody typed them.
pub(super) fn code(field: &'static str, typed: &str) -> Result<String, Refusal> {
    let digit = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    let text: String = typed.chars().take(40).map(digit).filter(|c| !c.is_whitespace() && *c != '-').collect();
    if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(text);
    }
    let why = if typed.trim().is_empty() { "required" } else { "not-six-digits" };
    Err(Refusal::invalid(vec![FieldError::new(field, why)]))
}

/// A new password: 8 to 128 characters, not one of the commonest, not the contact.
///
/// # Errors
/// `invalid-input`: `too-short`, `too-long`, `password-common`, `password-is-contact`.
pub fn password(field: &'static str, typed: &str, contacts: &[Reached]) -> Result<(), Refusal> {
    let n = typed.chars().take(PASSWORD.end() + 1).count();
    let small = typed.to_lowercase();
    let bare: String = small.chars().filter(|c| !c.is_whitespace()).collect();
    let same = small.chars().collect::<std::collections::BTreeSet<_>>().len() == 1;
    let is_contact = contacts.iter().any(|r| {
        let text = r.contact.as_str();
        bare == text || text.split('@').next() == Some(bare.as_str()) || bare == format!("+86{text}")
    });
    let limit = |n: &usize| i64::try_from(*n).unwrap_or(0);
    let error = if n < *PASSWORD.start() {
        FieldError::new(field, "too-short").with_limit(limit(PASSWORD.start()))
    } else if n > *PASSWORD.end() {
        FieldError::new(field, "too-long").with_limit(limit(PASSWORD.end()))
    } else if same || COMMONEST.contains(&bare.as_str()) {
        FieldError::new(field, "password-common")
    } else if is_contact {
        FieldError::new(field, "password-is-contact")
    } else {
        return Ok(());
    };
    Err(Refusal::invalid(vec![error]))
}

/// The names of a person: what they are called, how they appear.
///
/// # Errors
/// `invalid-input`.
pub(super) fn names(name: &str, shown: &str) -> Result<(String, String), Refusal> {
    let mut shape = Shape::new();
    let names = (shape.line("name", name, MAX_NAME), shape.optional_line("shown-name", shown, MAX_SHOWN));
    shape.finish(names)
}

/// How far somebody is verified after a contact of this kind was.
pub(super) fn verified_by(contact: &Contact, before: VerifiedHow) -> VerifiedHow {
    match (contact.kind(), before) {
        (_, VerifiedHow::Desk) => VerifiedHow::Desk,
        (super::ContactKind::Phone, _) => VerifiedHow::Phone,
        (super::ContactKind::Email, VerifiedHow::No) => VerifiedHow::Email,
        (super::ContactKind::Email, before) => before,
    }
}

/// How far somebody is verified with these contacts, when the desk's word no longer holds.
pub(super) fn verified_with(contacts: &[Reached]) -> VerifiedHow {
    if store::has_verified_phone(contacts) {
        VerifiedHow::Phone
    } else if contacts.iter().any(|r| r.verified_day.is_some()) {
        VerifiedHow::Email
    } else {
        VerifiedHow::No
    }
}

/// One who has an account keeps a way into it.
pub(super) fn may_remove(account: &Account, contacts: &[Reached], gone: &Contact) -> Result<(), Refusal> {
    let left = contacts.iter().any(|r| r.verified_day.is_some() && r.contact != *gone);
    if left || account.erasure_asked.is_some() { Ok(()) } else { Err(Refusal::new(Kind::Conflict, "last-contact")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_and_no_common_ones() {
        let reached = [
            Reached { contact: Contact::parse("13900000001").unwrap(), verified_day: None },
            Reached { contact: Contact::parse("wangfang8@example.org").unwrap(), verified_day: None },
        ];
        let why = |typed: &str| password("password", typed, &reached).err().map(|r| r.fields[0].code);
        for (typed, wanted) in [
            ("", Some("too-short")),
            ("1234567", Some("too-short")),
            (&"长".repeat(129), Some("too-long")),
            (&"x".repeat(1_000_000), Some("too-long")),
            ("PassWord", Some("password-common")),
            ("zzzzzzzzzz", Some("password-common")),
            ("1qaz2wsx", Some("password-common")),
            ("13900000001", Some("password-is-contact")),
            ("+86 139 0000 0001", Some("password-is-contact")),
            ("WangFang8@example.org", Some("password-is-contact")),
            ("wangfang8", Some("password-is-contact")),
            ("槐树下的老井", Some("too-short")),
            ("槐树下的老井很甜", None),
            (" spaces count too ", None),
        ] {
            assert_eq!(why(typed), wanted, "{}", typed.chars().take(40).collect::<String>());
        }
        assert!(COMMONEST.iter().all(|p| p.len() >= 8 && p.to_lowercase() == **p));
    }

    #[test]
    fn a_code_is_six_digits_however_they_are_typed() {
        for typed in ["012345", " 012 345 ", "012-345", "０１２３４５"] {
            assert_eq!(code("code", typed).unwrap(), "012345");
        }
        for typed in ["", "12345", "1234567", "abcdef", &"1".repeat(10_000)] {
            assert!(code("code", typed).is_err());
        }
    }

    #[test]
    fn a_mail_address_tells_nothing_of_who_it_is() {
        let (phone, mail) = (Contact::parse("13900000001").unwrap(), Contact::parse("a@b.cn").unwrap());
        use VerifiedHow::{Desk, Email, No, Phone};
        for (before, by_phone, by_mail) in
            [(No, Phone, Email), (Email, Phone, Email), (Phone, Phone, Phone), (Desk, Desk, Desk)]
        {
            assert_eq!((verified_by(&phone, before), verified_by(&mail, before)), (by_phone, by_mail));
        }
        assert!(!Email.is_verified() && !No.is_verified() && Phone.is_verified() && Desk.is_verified());
    }
}
