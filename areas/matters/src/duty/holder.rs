//! Who owes a duty: a post, a person, or an organisation.

use std::{fmt, str::FromStr};

use db::{Fault, Snapshot, Tx};
use kernel::{Actor, Context, Day, Home, OrgId, PersonId, Site};
use people::{
    account, org,
    post::{self, Appointment, PostId},
};
use rights::{Action, Permit, Resource, authorize};

use crate::site::site_of;

/// Who owes it. As text: `post:` and so on, and the id.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Holder {
    /// Whoever holds the post, and their stand-ins; it goes with the post.
    Post(PostId),
    /// A person.
    Person(PersonId),
    /// An organisation, through those who hold its seats.
    Org(OrgId),
}

/// Why a text is no holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HolderError;

impl fmt::Display for HolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a holder: expected post, person or org, a colon and an id")
    }
}

impl std::error::Error for HolderError {}

impl Holder {
    /// `post`, `person` or `org`.
    pub fn kind(&self) -> &'static str {
        match self {
            Holder::Post(_) => "post",
            Holder::Person(_) => "person",
            Holder::Org(_) => "org",
        }
    }

    /// The id, whatever its noun.
    pub fn id(&self) -> &str {
        match self {
            Holder::Post(id) => id.as_str(),
            Holder::Person(id) => id.as_str(),
            Holder::Org(id) => id.as_str(),
        }
    }

    /// The shard of the holder's own record.
    pub fn home(&self) -> Home {
        match self {
            Holder::Post(id) => id.home(),
            Holder::Person(id) => id.home(),
            Holder::Org(id) => id.home(),
        }
    }

    /// A stored kind and id.
    pub(crate) fn of(kind: &str, id: &str) -> Result<Holder, HolderError> {
        match kind {
            "post" => id.parse().map(Holder::Post).map_err(|_| HolderError),
            "person" => id.parse().map(Holder::Person).map_err(|_| HolderError),
            "org" => id.parse().map(Holder::Org).map_err(|_| HolderError),
            _ => Err(HolderError),
        }
    }

    /// Whether whoever signs in with these posts and seats owes it.
    pub(crate) fn is_of(&self, mine: &Mine) -> bool {
        mine.0.contains(self)
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind(), self.id())
    }
}

impl FromStr for Holder {
    type Err = HolderError;
    fn from_str(text: &str) -> Result<Holder, HolderError> {
        let (kind, id) = text.trim().split_once(':').ok_or(HolderError)?;
        Holder::of(kind, id)
    }
}

impl serde::Serialize for Holder {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Holder {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// All that somebody owes as: themselves, their posts and those they stand in for, their organisations. At most 64.
#[derive(Debug, Clone, Default)]
pub struct Mine(pub(crate) Vec<Holder>);

/// What the actor owes duties as today: one statement.
///
/// # Errors
/// Database faults.
pub(crate) fn mine(s: &mut Snapshot<'_>, actor: &Actor, day: &Day) -> Result<Mine, Fault> {
    let Some(principal) = actor.principal() else { return Ok(Mine::default()) };
    let mut mine = vec![Holder::Person(principal.person.clone())];
    mine.extend(principal.seats.iter().cloned().map(Holder::Org));
    let posts = post::queries::of_person(s, &principal.person)?.into_iter().map(|held| held.post);
    mine.extend(posts.filter(|post| post.is_in_force(day)).map(owes_as));
    mine.truncate(64);
    Ok(Mine(mine))
}

/// A stand-in meets the duties of the post and holds none.
fn owes_as(post: Appointment) -> Holder {
    Holder::Post(post.stand_in_for.unwrap_or(post.id))
}

/// Whether the actor may do something with a duty: by community work at its place, or because it is theirs.
///
/// # Errors
/// Refusals of rights; database faults.
pub(crate) fn permit(
    s: &mut Snapshot<'_>,
    cx: &Context,
    action: Action,
    holder: &Holder,
    site: &Site,
) -> Result<Permit, Fault> {
    let refused = match authorize(&cx.actor, action, site) {
        Ok(permit) => return Ok(permit),
        Err(refusal) => refusal,
    };
    match (holder, cx.actor.person()) {
        (Holder::Org(org), _) => Ok(authorize(&cx.actor, action, Resource::at(site).of_organisation(Some(org)))?),
        (Holder::Person(owner), _) => Ok(authorize(&cx.actor, action, Resource::at(site).owned_by(Some(owner)))?),
        (Holder::Post(_), Some(person)) if holder.is_of(&mine(s, &cx.actor, &cx.day)?) => {
            Ok(authorize(&cx.actor, action, Resource::at(site).owned_by(Some(person)))?)
        }
        _ => Err(refused.into()),
    }
}

/// Whether the actor may hand over what somebody owes who owes nothing: by community work where the holder belongs, or
/// because it is them. That somebody owes nothing is not for everybody to know either.
///
/// # Errors
/// Refusals of rights, `post-not-found`, `org-not-found`, `place-not-found`; database faults.
pub(crate) fn permit_idle(s: &mut Snapshot<'_>, cx: &Context, holder: &Holder) -> Result<Permit, Fault> {
    let site = match holder {
        Holder::Post(id) => {
            let held = post::queries::post(s, id)?;
            Some(site_of(s, &held.place)?)
        }
        Holder::Org(id) => {
            let org = org::queries::org(s, id)?;
            Some(site_of(s, &org.place)?)
        }
        Holder::Person(id) => account::queries::site_of(s, id)?,
    };
    match site {
        Some(site) => permit(s, cx, Action::HandOverDuty, holder, &site),
        // nobody of this installation, or nobody any more
        None => {
            let owner = match holder {
                Holder::Person(person) => Some(person),
                Holder::Post(_) | Holder::Org(_) => None,
            };
            Ok(authorize(&cx.actor, Action::HandOverDuty, Resource::of(holder.home()).owned_by(owner))?)
        }
    }
}

/// Counts a duty at its holder, where the holder keeps count so that it cannot end meanwhile.
pub(crate) fn hold(tx: &mut Tx<'_>, permit: &Permit, holder: &Holder, day: &Day) -> Result<(), Fault> {
    match holder {
        Holder::Post(id) => post::hold_duty(tx, permit, id, day),
        Holder::Org(id) => org::hold_duty(tx, permit, id),
        Holder::Person(_) => Ok(()),
    }
}

/// Counts it no longer.
pub(crate) fn release(tx: &mut Tx<'_>, permit: &Permit, holder: &Holder) -> Result<(), Fault> {
    match holder {
        Holder::Post(id) => post::release_duty(tx, permit, id),
        Holder::Org(id) => org::release_duty(tx, permit, id),
        Holder::Person(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_go_there_and_back() {
        for text in ["post:1-0123456789abcdefghjk", "person:1-0123456789abcdefghjk", "org:2-0123456789abcdefghjk"] {
            assert_eq!(text.parse::<Holder>().unwrap().to_string(), text);
        }
        for text in ["", "post:", "1-0123456789abcdefghjk", "office:1-0123456789abcdefghjk", "post:x"] {
            assert_eq!(text.parse::<Holder>(), Err(HolderError), "{text}");
        }
    }
}
