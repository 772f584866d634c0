//! Passwords: hashing outside of transactions, signing in.

use std::sync::LazyLock;

use argon2::{Algorithm, Argon2, Params, Version};
use db::{Db, Fault, Snapshot, Tx};
use kernel::{Chance, Context, Kind, PersonId, Refusal};
use ledger::tree::Hash;
use rights::{Action, authorize};
use tokio::sync::Semaphore;

use super::{Contact, rules, store};
use crate::session::{self, How, Token};

/// Wrong passwords a contact may have within fifteen minutes.
pub const TRIES: u32 = 10;
/// Memory of one hash in KiB, passes, lanes: OWASP's first choice for argon2id.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// Hashes at the same time: so many times 19 MiB at most.
const AT_ONCE: usize = 4;

static ROOM: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(AT_ONCE));

/// A password as the table keeps it: `argon2id$19456$2$1$<salt>$<hash>`, both in hexadecimal.
#[derive(Clone)]
pub struct Hashed(String);

impl Hashed {
    /// The text for the table.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Hashed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hashed")
    }
}

/// Hashes a password: some 20 ms and 19 MiB, on a thread for such work, four at a time.
///
/// # Errors
/// Refusal `busy` when the process is stopping.
pub async fn hash(password: String, chance: &mut Chance) -> Result<Hashed, Refusal> {
    let salt = chance.bytes32();
    let hash = aside(move || argon2id(&password, &salt, COST)).await?.ok_or_else(busy)?;
    let (memory, passes, lanes) = COST;
    Ok(Hashed(format!("argon2id${memory}${passes}${lanes}${}${}", Hash(salt), Hash(hash))))
}

/// Which of the stored passwords the typed one is. Where there is none, one is computed all the same, so that the time
/// this takes does not tell whether the contact is known.
async fn matching(password: String, stored: Vec<(PersonId, String)>) -> Result<Option<PersonId>, Refusal> {
    aside(move || {
        if stored.is_empty() {
            let _ = argon2id(&password, &[0; 32], COST);
        }
        let fits =
            |kept: &str| read(kept).is_some_and(|(cost, salt, hash)| argon2id(&password, &salt, cost) == Some(hash));
        stored.into_iter().find(|(_, kept)| fits(kept)).map(|(person, _)| person)
    })
    .await
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
    let room = ROOM.acquire().await.map_err(|_| busy())?;
    let done = tokio::task::spawn_blocking(work).await.map_err(|_| busy());
    drop(room);
    done
}

fn busy() -> Refusal {
    Refusal::new(Kind::Conflict, "busy")
}

fn argon2id(password: &str, salt: &[u8; 32], cost: (u32, u32, u32)) -> Option<[u8; 32]> {
    let params = Params::new(cost.0, cost.1, cost.2, Some(32)).ok()?;
    let mut hash = [0; 32];
    let engine = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    engine.hash_password_into(password.as_bytes(), salt, &mut hash).ok()?;
    Some(hash)
}

type Kept = ((u32, u32, u32), [u8; 32], [u8; 32]);

fn read(kept: &str) -> Option<Kept> {
    let mut parts = kept.split('$');
    let mut next = || parts.next();
    if next()? != "argon2id" {
        return None;
    }
    let cost = (next()?.parse().ok()?, next()?.parse().ok()?, next()?.parse().ok()?);
    let (salt, hash) = (Hash::from_hex(next()?)?, Hash::from_hex(next()?)?);
    Some((cost, salt.0, hash.0))
}

/// A contact and a password as somebody typed them.
#[derive(Clone)]
pub struct PasswordSignIn {
    /// A mobile telephone number or a mail address.
    pub contact: String,
    /// The password; longer than 128 characters is wrong.
    pub password: String,
    /// The device, as [`session::device`] names it.
    pub device: String,
}

/// Signs in with a password: counts the try, compares outside of any transaction, makes the session.
///
/// # Errors
/// Refusals `invalid-input`, `too-many-tries`, `wrong-password` (also for an unknown contact, and for one without a
/// password); database faults.
pub async fn sign_in(db: &Db, cx: &Context, input: &PasswordSignIn) -> Result<(Token, PersonId), Fault> {
    let contact = rules::contact("contact", &input.contact)?;
    let wrong = || Refusal::new(Kind::Forbidden, "wrong-password");
    if input.password.chars().nth(*rules::PASSWORD.end()).is_some() {
        return Err(wrong().into());
    }
    let (c, at) = (contact.clone(), cx.clone());
    let stored = db.write(move |tx| begin(tx, &at, &c)).await?;
    let found = matching(input.password.clone(), stored).await?;
    let person = found.ok_or_else(wrong)?;
    let (cx, device, key) = (cx.clone(), input.device.clone(), person.clone());
    let token = db.write(move |tx| finish(tx, &mut cx.clone(), &contact, &key, &device)).await?;
    Ok((token, person))
}

/// Counts a try and answers the passwords of those whom the contact serves.
fn begin(tx: &mut Tx<'_>, cx: &Context, contact: &Contact) -> Result<Vec<(PersonId, String)>, Fault> {
    let permit = authorize(&cx.actor, Action::SignIn, store::NOWHERE)?;
    if !store::count_try(tx, &permit, contact, i64::from(TRIES), cx.now)? {
        return Err(Refusal::new(Kind::LimitReached, "too-many-tries").with_int("minutes", 15).into());
    }
    passwords(tx, contact)
}

fn passwords(s: &mut Snapshot<'_>, contact: &Contact) -> Result<Vec<(PersonId, String)>, Fault> {
    let mut found = Vec::new();
    // eight at most
    for served in store::served(s, contact)?.into_iter().filter(|served| served.verified) {
        if let Some(password) = store::password(s, &served.person)? {
            found.push((served.person, password));
        }
    }
    Ok(found)
}

fn finish(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    contact: &Contact,
    person: &PersonId,
    device: &str,
) -> Result<Token, Fault> {
    let permit = authorize(&cx.actor, Action::SignIn, person.home())?;
    store::forget_tries(tx, &permit, contact)?;
    let token = Token(cx.chance.bytes32());
    let new = session::start::New { person, token: &token, device, how: How::Password };
    session::start::start(tx, cx, &permit, &new)?;
    Ok(token)
}

/// Whether the password of whoever has signed in is the typed one; true where they have none yet. Counted as a try.
///
/// # Errors
/// Refusals `sign-in-first`, `too-many-tries`, `wrong-password`; database faults.
pub async fn confirm(db: &Db, cx: &Context, typed: &str) -> Result<(), Fault> {
    let at = cx.clone();
    let stored = db
        .write(move |tx| {
            let (permit, account) = super::mine::mine(tx, &at)?;
            let Some(kept) = store::password(tx, &account.person)? else { return Ok::<_, Fault>(None) };
            if let Some(reached) = store::contacts(tx, &account.person)?.first()
                && !store::count_try(tx, &permit, &reached.contact, i64::from(TRIES), at.now)?
            {
                return Err(Refusal::new(Kind::LimitReached, "too-many-tries").with_int("minutes", 15).into());
            }
            Ok(Some((account.person, kept)))
        })
        .await?;
    let Some(stored) = stored else { return Ok(()) };
    let short: String = typed.chars().take(*rules::PASSWORD.end() + 1).collect();
    match matching(short, vec![stored]).await? {
        Some(_) => Ok(()),
        None => Err(Refusal::new(Kind::Forbidden, "wrong-password").into()),
    }
}
