//! Messages to people: asked for in the transaction of the change, handed over by a job.
//!
//! A telephone number or an address is personal: it stands in the job's payload until the message is handed over and
//! in the message itself, and nowhere in a log. `Debug` and `Display` of a [`Contact`] mask it.

mod folder;

use std::fmt;

use db::{Fault, Tx};
use kernel::{Context, Home, Kind, Refusal};
use serde::{Deserialize, Serialize};

use crate::jobs::{Asked, Failure, Handler, Job, New, Outcome, enqueue};

pub use folder::{Delivered, Folder, MAX_PER_CONTACT};

/// The kind of job that hands a message over.
pub const DELIVER: &str = "message.deliver";
/// Characters of a subject at most.
pub const MAX_SUBJECT: usize = 200;
/// Characters of a text at most.
pub const MAX_TEXT: usize = 2_000;

/// Where a message goes.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Contact {
    /// A telephone number: digits, with a `+` before a country's code; 5 to 15 digits (ITU-T E.164).
    Phone(String),
    /// An address of e-mail, at most 254 characters.
    Email(String),
}

impl Contact {
    /// A telephone number as somebody typed it: spaces and dashes are left out.
    ///
    /// # Errors
    /// Refusal `contact-not-valid`.
    pub fn phone(text: &str) -> Result<Contact, Refusal> {
        let plain: String = text.chars().take(40).filter(|c| !matches!(c, ' ' | '-' | '\u{3000}')).collect();
        let digits = plain.strip_prefix('+').unwrap_or(&plain);
        let whole = (5..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if whole && text.chars().nth(40).is_none() { Ok(Contact::Phone(plain)) } else { Err(not_valid()) }
    }

    /// An address of e-mail as somebody typed it; its domain becomes lower case.
    ///
    /// # Errors
    /// Refusal `contact-not-valid`: no `@`, no dot in the domain, white space, or longer than 254 characters.
    pub fn email(text: &str) -> Result<Contact, Refusal> {
        let text = text.trim();
        let (name, domain) = text.rsplit_once('@').ok_or_else(not_valid)?;
        let odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"@".contains(c);
        let dotted = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
        let good = !name.is_empty()
            && name.len() <= 64
            && text.len() <= 254
            && dotted
            && !text.replacen('@', "", 1).contains(odd);
        if good { Ok(Contact::Email(format!("{name}@{}", domain.to_lowercase()))) } else { Err(not_valid()) }
    }

    /// The number or address itself.
    pub fn reveal(&self) -> &str {
        match self {
            Contact::Phone(text) | Contact::Email(text) => text,
        }
    }
}

fn not_valid() -> Refusal {
    Refusal::new(Kind::Invalid, "contact-not-valid")
}

impl fmt::Display for Contact {
    /// Masked: `139****0001`, `l***@example.org`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Contact::Phone(text) => {
                let shown = if text.len() >= 11 { (3, 4) } else { (0, 2) };
                let head = text.get(..shown.0).unwrap_or_default();
                let tail = text.get(text.len().saturating_sub(shown.1)..).unwrap_or_default();
                write!(f, "{head}****{tail}")
            }
            Contact::Email(text) => {
                let (name, domain) = text.rsplit_once('@').unwrap_or_default();
                write!(f, "{}***@{domain}", name.chars().next().unwrap_or('*'))
            }
        }
    }
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What is told to somebody.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// To whom.
    pub to: Contact,
    /// What it is for, such as `sign-in-code`: kebab-case, for whoever hands it on.
    pub kind: String,
    /// Of an e-mail; may be empty. [`MAX_SUBJECT`] characters at most.
    pub subject: String,
    /// 1 to [`MAX_TEXT`] characters.
    pub text: String,
}

impl fmt::Debug for Message {
    /// Without the text, which may hold a code.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({} to {})", self.kind, self.to)
    }
}

/// Asks for a message. With `once`, the same key again sends nothing within a week.
///
/// # Errors
/// Refusal `too-large` for a text over its limit; database faults.
pub fn send(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    home: Home,
    message: &Message,
    once: Option<&str>,
) -> Result<Asked, Fault> {
    let long = |text: &str, max: usize| text.chars().nth(max).is_some();
    if long(&message.text, MAX_TEXT) || long(&message.subject, MAX_SUBJECT) || long(&message.kind, 40) {
        return Err(Refusal::new(Kind::Invalid, "too-large").into());
    }
    Ok(enqueue(tx, cx, &New { home, kind: DELIVER, payload: message, dedup: once, run_at: None })?)
}

/// Whoever hands messages on: a gateway of short messages, a mail server, a folder.
pub trait Post: Send + Sync {
    /// Hands one message over. May be called again with the same id, which must not send it twice where that can be
    /// helped.
    ///
    /// # Errors
    /// A [`Failure`] whose text names neither the contact nor the words.
    fn deliver(&self, id: &str, message: &Message) -> Result<(), Failure>;
}

/// The handler that hands messages to a [`Post`].
pub struct Deliver<P>(pub P);

impl<P: Post> Handler for Deliver<P> {
    fn kind(&self) -> &'static str {
        DELIVER
    }

    fn run(&self, job: &Job) -> Result<Outcome, Failure> {
        self.0.deliver(job.id.as_str(), &job.read()?)?;
        Ok(Outcome::Done)
    }
}

impl<P: Post + ?Sized> Post for std::sync::Arc<P> {
    fn deliver(&self, id: &str, message: &Message) -> Result<(), Failure> {
        (**self).deliver(id, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_read_as_people_type_them_and_masked_where_they_are_shown() {
        for (typed, plain, shown) in [
            ("139 0000 0001", "13900000001", "139****0001"),
            ("+86-139-0000-0001", "+8613900000001", "+86****0001"),
            ("12345", "12345", "****45"),
        ] {
            let contact = Contact::phone(typed).unwrap();
            assert_eq!((contact.reveal(), contact.to_string().as_str()), (plain, shown));
            assert!(!format!("{contact:?}").contains(plain));
        }
        let contact = Contact::email(" Li.Invented@Example.ORG ").unwrap();
        assert_eq!(contact.reveal(), "Li.Invented@example.org");
        assert_eq!(format!("{contact:?}"), "L***@example.org");
        for bad in ["", "1234", "1390000000a", "1234567890123456", "１３９００００００００１", "++8613900000001"]
        {
            assert_eq!(Contact::phone(bad).unwrap_err().code, "contact-not-valid", "{bad}");
        }
        let long = format!("{}@example.org", "a".repeat(65));
        for bad in ["", "a", "@example.org", "a@b", "a@.org", "a b@c.org", "a@b@c.org", "a\n@c.org", long.as_str()] {
            assert_eq!(Contact::email(bad).unwrap_err().code, "contact-not-valid", "{bad}");
        }
    }

    #[test]
    fn a_message_shows_no_words() {
        let to = Contact::phone("13900000001").unwrap();
        let message = Message { to, kind: "sign-in-code".into(), subject: String::new(), text: "code 246810".into() };
        let shown = format!("{message:?}");
        assert!(!shown.contains("246810") && !shown.contains("13900000001"), "{shown}");
    }
}
