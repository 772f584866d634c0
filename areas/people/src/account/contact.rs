//! Telephone numbers and mail addresses: one spelling each.

use std::fmt;

use db::DbError;

/// Characters a typed contact may have.
pub const MAX_TYPED: usize = 120;
/// Bytes of a mail address; longer ones are refused.
const MAX_EMAIL: usize = 120;
/// Bytes of a mail address before the `@` (RFC 5321, 4.5.3.1.1).
const MAX_LOCAL: usize = 64;

/// By which way a contact is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ContactKind {
    /// A mobile telephone of the mainland's numbering plan: 11 digits that begin with 13 to 19.
    Phone,
    /// A mail address.
    Email,
}

impl ContactKind {
    /// The word in the database, the API and the message keys (`contact-<word>`).
    pub fn as_str(self) -> &'static str {
        match self {
            ContactKind::Phone => "phone",
            ContactKind::Email => "email",
        }
    }
}

/// A contact in its one spelling: 11 digits, or an address in lower case.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Contact {
    kind: ContactKind,
    text: String,
}

impl Contact {
    /// Reads what somebody typed. Spaces, dashes, brackets, full-width characters and the prefix `+86` are taken away;
    /// letters of a mail address become small ones. `None` for anything that can be neither.
    pub fn parse(typed: &str) -> Option<Contact> {
        if typed.chars().nth(MAX_TYPED).is_some() {
            return None;
        }
        let text: String = typed.chars().map(narrow).filter(|c| !c.is_whitespace()).collect();
        if text.contains('@') { email(&text) } else { phone(&text) }
    }

    /// A stored contact.
    ///
    /// # Errors
    /// [`DbError::Data`] when it is none.
    pub(crate) fn stored(kind: &str, text: &str) -> Result<Contact, DbError> {
        let found = Contact::parse(text).filter(|contact| contact.kind.as_str() == kind);
        found.ok_or_else(|| DbError::Data(format!("a contact of kind {kind}")))
    }

    /// By which way it is reached.
    pub fn kind(&self) -> ContactKind {
        self.kind
    }

    /// Its one spelling.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Enough to recognise one's own, too little for anybody else: `139****0001`, `w***@example.org`.
    pub fn masked(&self) -> String {
        match self.kind {
            ContactKind::Phone => mask_phone(&self.text),
            ContactKind::Email => {
                let (local, domain) = self.text.split_once('@').unwrap_or((&self.text, ""));
                let first: String = local.chars().take(1).collect();
                format!("{first}***@{domain}")
            }
        }
    }
}

impl fmt::Debug for Contact {
    /// Masked, so that no log holds it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// The first three and the last four digits of a number of eleven; nothing of any other.
pub fn mask_phone(digits: &str) -> String {
    match (digits.get(..3), digits.get(7..)) {
        (Some(first), Some(last)) if digits.len() == 11 => format!("{first}****{last}"),
        _ => "****".to_owned(),
    }
}

/// Full-width characters (U+FF01 to U+FF5E) are what a Chinese keyboard gives for the narrow ones.
fn narrow(c: char) -> char {
    match u32::from(c) {
        n @ 0xff01..=0xff5e => char::from_u32(n - 0xfee0).unwrap_or(c),
        0x2010..=0x2015 => '-',
        0x3002 => '.',
        _ => c,
    }
}

fn phone(text: &str) -> Option<Contact> {
    let bare: String = text.chars().filter(|c| !"-().".contains(*c)).collect();
    let long = bare.strip_prefix("+86").or_else(|| bare.strip_prefix("0086"));
    let digits = long.or_else(|| bare.strip_prefix("86").filter(|rest| rest.len() == 11)).unwrap_or(&bare);
    let known = digits.len() == 11
        && digits.bytes().all(|b| b.is_ascii_digit())
        && digits.starts_with('1')
        && digits.as_bytes().get(1).is_some_and(|b| (b'3'..=b'9').contains(b));
    known.then(|| Contact { kind: ContactKind::Phone, text: digits.to_owned() })
}

fn email(text: &str) -> Option<Contact> {
    let text = text.to_ascii_lowercase();
    let (local, domain) = text.split_once('@')?;
    let atom = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-.".contains(&b);
    let good_local = !local.is_empty()
        && local.len() <= MAX_LOCAL
        && local.bytes().all(atom)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let label = |l: &str| {
        let inside = l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        inside && !l.is_empty() && l.len() <= 63 && !l.starts_with('-') && !l.ends_with('-')
    };
    let good_domain = domain.contains('.') && domain.split('.').all(label);
    (good_local && good_domain && text.len() <= MAX_EMAIL).then_some(Contact { kind: ContactKind::Email, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_one_spelling() {
        for typed in [
            "13900000001",
            " 139 0000 0001 ",
            "139-0000-0001",
            "+86 139 0000 0001",
            "+86-13900000001",
            "0086 13900000001",
            "8613900000001",
            "＋８６　１３９ ００００ ０００１",
            "（139）0000－0001",
        ] {
            let found = Contact::parse(typed);
            assert_eq!(found.as_ref().map(Contact::as_str), Some("13900000001"), "{typed}");
        }
        assert_eq!(Contact::parse("１３９０００００００１").unwrap().as_str(), "13900000001");
    }

    #[test]
    fn what_can_be_neither_is_none() {
        let long = "1".repeat(10_000);
        for typed in ["", "1", "12900000001", "1390000000", "139000000012", "+1 139 0000 0001", "abc", &long, "138 x"] {
            assert!(Contact::parse(typed).is_none(), "{typed}");
        }
        for typed in ["a@b", "@b.cn", "a@@b.cn", "a b@", ".a@b.cn", "a..b@b.cn", "a@-b.cn", "a@b..cn", "a\n\u{0}@b.cn"]
        {
            assert!(Contact::parse(typed).is_none(), "{typed}");
        }
        assert!(Contact::parse(&format!("{}@example.org", "a".repeat(65))).is_none());
    }

    #[test]
    fn a_mail_address_is_small_letters_and_masks_hide() {
        let mail = Contact::parse(" Wang.Fang+1@Example.ORG ").unwrap();
        assert_eq!((mail.as_str(), mail.kind()), ("wang.fang+1@example.org", ContactKind::Email));
        assert_eq!(mail.masked(), "w***@example.org");
        let phone = Contact::parse("13900000001").unwrap();
        assert_eq!((phone.masked().as_str(), format!("{phone:?}").as_str()), ("139****0001", "139****0001"));
        assert_eq!(mask_phone("1"), "****");
    }
}
