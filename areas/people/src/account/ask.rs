//! Ask for a one-time code.

use std::net::IpAddr;

use db::{Fault, Tx};
use kernel::{Chance, Context, Instant, Kind, PersonId, Refusal};
use rights::{Action, Permit, Resource, authorize};
use sha2::{Digest, Sha256};
use ui::{Locale, Words};

use super::{Challenge, Contact, outbox, store};

/// Tries a code allows.
pub const TRIES: u32 = 5;
/// Codes a contact gets within an hour, counted from the first of them. Whoever asks for all of them and guesses at all
/// of them has 25 tries an hour and 100 a day at a million numbers.
pub const IN_HOUR: u32 = 5;
/// Codes a contact gets within a day, counted likewise.
pub const IN_DAY: u32 = 20;
/// Of these, codes that are asked for from one network: a neighbour who asks for a code for somebody else again and
/// again leaves some to the person.
pub const FROM_ONE_IN_HOUR: u32 = 3;
/// The same within a day.
pub const FROM_ONE_IN_DAY: u32 = 10;

/// What a code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To sign in, or sign up.
    SignIn,
    /// To add the contact to the account of whoever has signed in.
    AddContact,
    /// So that whoever reads it agrees to something with whoever has signed in.
    Agree,
}

impl Purpose {
    /// The word in the database.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Purpose::SignIn => "sign-in",
            Purpose::AddContact => "add-contact",
            Purpose::Agree => "agree",
        }
    }
}

/// Where a code shall go, as somebody typed it.
#[derive(Debug, Clone)]
pub struct AskCode {
    /// A mobile telephone number or a mail address.
    pub contact: String,
    /// What for.
    pub purpose: Purpose,
    /// The language of the message.
    pub locale: Locale,
    /// The network of the browser that asks ([`web::Visit::network`]); `None` for the machine itself.
    pub network: Option<IpAddr>,
}

/// A code on its way. It is in the memory of this request and in the message, and nowhere else.
#[derive(Clone)]
pub struct Sent {
    /// Where it goes.
    pub contact: Contact,
    /// What the browser that asked, and no other, keeps for the answer.
    pub challenge: Challenge,
    code: String,
}

impl Sent {
    /// The code, for the page of a demonstration, where no message arrives.
    pub fn shown(&self, demo: bool) -> Option<&str> {
        demo.then_some(self.code.as_str())
    }
}

impl std::fmt::Debug for Sent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Sent").field(&self.contact).finish()
    }
}

/// Sends a code of six digits, good for ten minutes and five tries, in the browser that holds the challenge. Codes that
/// others asked for stay what they are. The answer is the same whether anybody here has the contact or not.
///
/// # Errors
/// Refusals `invalid-input` (`not-a-contact`), `too-many-codes`, `sign-in-first`, `not-allowed`; database faults.
pub fn ask(tx: &mut Tx<'_>, cx: &mut Context, input: &AskCode) -> Result<Sent, Fault> {
    let contact = super::rules::contact("contact", &input.contact)?;
    let (permit, asker) = permitted(cx, input.purpose)?;
    if input.purpose == Purpose::Agree && !cx.actor.principal().is_some_and(|principal| principal.verified) {
        return Err(Refusal::new(Kind::Forbidden, "verify-first").into());
    }
    let (code, salt, challenge) = (six_digits(&mut cx.chance), cx.chance.bytes32(), Challenge(cx.chance.bytes32()));
    let new = store::NewCode {
        challenge: kept(&challenge),
        contact: &contact,
        purpose: input.purpose.as_str(),
        asker: asker.as_ref().map_or("", PersonId::as_str),
        salt,
        digest: digest(&salt, &contact, &code),
        tries: i64::from(TRIES),
    };
    count(tx, &contact, input.network, cx.now)?;
    store::put_code(tx, &permit, &new, cx.now)?;
    let from = match (&asker, input.purpose) {
        // a message in the house's name carries no words of a stranger's choosing
        (Some(asker), Purpose::Agree) => {
            Some(crate::resident::mask::name(&store::name(tx, asker)?.unwrap_or_default()))
        }
        _ => None,
    };
    outbox::send(tx, cx, &contact, &outbox::Said { words: Words::of(input.locale), code: &code, from })?;
    Ok(Sent { contact, challenge, code })
}

/// Counts a message: from anywhere, and from this network. A refusal takes both back.
fn count(tx: &mut Tx<'_>, contact: &Contact, network: Option<IpAddr>, now: Instant) -> Result<(), Fault> {
    let from_here = match network {
        Some(network) => {
            let from = asked_from(contact, network);
            store::count_code(tx, contact, &from, (FROM_ONE_IN_HOUR, FROM_ONE_IN_DAY), now)?
        }
        None => true,
    };
    if from_here && store::count_code(tx, contact, "", (IN_HOUR, IN_DAY), now)? {
        return Ok(());
    }
    Err(Refusal::new(Kind::LimitReached, "too-many-codes").into())
}

/// Into how many groups the networks that ask for codes to one contact fall.
const GROUPS: u16 = 1_024;

/// What the table keeps of a network, for a day: the group into which it falls, another for each contact. A whole digest
/// would be the address again, for there are only four thousand million to try; a group is four million of them. That
/// two networks that ask for codes to one contact are counted as one is a matter of one in a thousand.
fn asked_from(contact: &Contact, network: IpAddr) -> String {
    let address = network.to_string();
    let digest = hash("linli.code-from/v2", &[contact.as_str().as_bytes(), address.as_bytes()]);
    (u16::from_be_bytes([digest[0], digest[1]]) % GROUPS).to_string()
}

/// What the table keeps of a challenge.
pub(super) fn kept(challenge: &Challenge) -> [u8; 32] {
    hash("linli.challenge-kept/v1", &[&challenge.0])
}

/// Anybody may sign in; the rest is for one's own account, never for that of somebody one acts for.
pub(super) fn permitted(cx: &Context, purpose: Purpose) -> Result<(Permit, Option<PersonId>), Refusal> {
    if purpose == Purpose::SignIn {
        return Ok((authorize(&cx.actor, Action::SignIn, store::NOWHERE)?, None));
    }
    let me = cx.actor.person().cloned();
    let home = me.as_ref().map_or(store::NOWHERE, PersonId::home);
    let permit = authorize(&cx.actor, Action::KeepOwnAccount, Resource::of(home).owned_by(me.as_ref()))?;
    Ok((permit, me))
}

fn six_digits(chance: &mut Chance) -> String {
    format!("{:06}", chance.below(1_000_000))
}

/// What the table keeps of a code. Six digits are guessed quickly by who has the table; the guard is that a code lives
/// for ten minutes.
pub(super) fn digest(salt: &[u8; 32], contact: &Contact, code: &str) -> [u8; 32] {
    hash("linli.code/v1", &[salt, contact.as_str().as_bytes(), code.as_bytes()])
}

/// SHA-256 over the parts, each behind its length, so that no two lists of parts are the same bytes.
pub(crate) fn hash(domain: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in [domain.as_bytes()].iter().chain(parts) {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_six_digits_and_a_digest_belongs_to_one_contact() {
        let mut chance = Chance::seeded(1);
        for _ in 0..1_000 {
            let code = six_digits(&mut chance);
            assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
        }
        let (one, two) = (Contact::parse("13900000001").unwrap(), Contact::parse("13900000002").unwrap());
        assert_ne!(digest(&[1; 32], &one, "000000"), digest(&[1; 32], &two, "000000"));
        assert_ne!(digest(&[1; 32], &one, "000000"), digest(&[2; 32], &one, "000000"));
    }

    #[test]
    fn what_is_kept_of_a_network_is_that_of_many_others_too() {
        let (one, two) = (Contact::parse("13900000001").unwrap(), Contact::parse("13900000002").unwrap());
        let network = |n: u32| IpAddr::from((0x0a00_0000 + n).to_be_bytes());
        let mut groups = std::collections::BTreeMap::<String, u32>::new();
        for n in 0..65_536 {
            *groups.entry(asked_from(&one, network(n))).or_default() += 1;
        }
        assert_eq!(groups.len(), usize::from(GROUPS));
        assert!(groups.values().all(|n| (16..=160).contains(n)), "64 each, more or less");
        // who has the table of two contacts does not know the networks that they share
        let same = (0..65_536).filter(|n| asked_from(&one, network(*n)) == asked_from(&two, network(*n))).count();
        assert!((16..=160).contains(&same), "{same}");
        assert_eq!(asked_from(&one, network(7)), asked_from(&one, network(7)));
    }
}
