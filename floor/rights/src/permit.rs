//! The proof that an actor may.

use kernel::{Actor, Home, Kind, OrgId, PersonId, PlaceId, Principal, Refusal, Site};

use crate::{Action, engine::ENGINE};

/// Proof that an actor may do an action in a home. It can be made only by [`authorize`], and every writing function
/// of a store asks for one, so that neither a forgotten check nor a swapped home compiles or passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permit {
    action: Action,
    home: Home,
}

impl Permit {
    /// What was permitted.
    pub fn action(&self) -> Action {
        self.action
    }

    /// Where it was permitted.
    pub fn home(&self) -> Home {
        self.home
    }
}

/// What is acted on: where it lies, whose it is, who made the change, who is in conflict.
#[derive(Debug, Clone, Copy)]
pub struct Resource<'a> {
    pub(crate) home: Home,
    pub(crate) site: Option<&'a Site>,
    pub(crate) owner: Option<&'a PersonId>,
    pub(crate) organisation: Option<&'a OrgId>,
    pub(crate) conflict: &'a [PersonId],
    pub(crate) maker: Option<&'a PersonId>,
}

impl<'a> Resource<'a> {
    /// Something that lies at no place of the tree: roles do not reach it, ownership does.
    pub fn of(home: Home) -> Resource<'a> {
        Resource { home, site: None, owner: None, organisation: None, conflict: &[], maker: None }
    }

    /// Something at a place.
    pub fn at(site: &'a Site) -> Resource<'a> {
        Resource { site: Some(site), ..Resource::of(site.home) }
    }

    /// Whose it is.
    #[must_use]
    pub fn owned_by(self, owner: Option<&'a PersonId>) -> Self {
        Resource { owner, ..self }
    }

    /// Which organisation's it is.
    #[must_use]
    pub fn of_organisation(self, organisation: Option<&'a OrgId>) -> Self {
        Resource { organisation, ..self }
    }

    /// Who has a conflict of interest in it.
    #[must_use]
    pub fn in_conflict(self, conflict: &'a [PersonId]) -> Self {
        Resource { conflict, ..self }
    }

    /// Who made the change that is to be approved.
    #[must_use]
    pub fn made_by(self, maker: Option<&'a PersonId>) -> Self {
        Resource { maker, ..self }
    }
}

impl From<Home> for Resource<'_> {
    fn from(home: Home) -> Self {
        Resource::of(home)
    }
}

impl<'a> From<&'a Site> for Resource<'a> {
    fn from(site: &'a Site) -> Self {
        Resource::at(site)
    }
}

/// Deny by default: only what a sentence in `policies/` allows.
///
/// # Errors
/// [`Kind::Forbidden`]: `sign-in-first` for who has not signed in, `verify-first` for a person who could do it with a
/// verified telephone, else `not-allowed`.
pub fn authorize<'a>(actor: &Actor, action: Action, on: impl Into<Resource<'a>>) -> Result<Permit, Refusal> {
    let on = on.into();
    if ENGINE.allows(actor, action, &on) {
        return Ok(Permit { action, home: on.home });
    }
    let code = match actor {
        Actor::Visitor => "sign-in-first",
        Actor::Person(principal) if !principal.verified => {
            let verified = Principal { verified: true, ..(**principal).clone() };
            let could = ENGINE.allows(&Actor::Person(verified.into()), action, &on);
            if could { "verify-first" } else { "not-allowed" }
        }
        _ => "not-allowed",
    };
    Err(Refusal::new(Kind::Forbidden, code))
}

/// Whether [`authorize`] would allow it: for pages that show a button only to those who may press it.
pub fn may<'a>(actor: &Actor, action: Action, on: impl Into<Resource<'a>>) -> bool {
    ENGINE.allows(actor, action, &on.into())
}

/// The places where a person may do something by their roles; it may be done there and everywhere below. For lists:
/// a row is shown when its place's path begins with one of these (SQL), which is what [`authorize`] would say of it.
/// Ownership and conflicts are not counted. At most 100 places, which is more posts than anybody holds.
pub fn reach(principal: &Principal, action: Action) -> Vec<PlaceId> {
    let posts = principal.posts.iter().filter(|post| ENGINE.role_allows(post.role, action));
    let mut places: Vec<PlaceId> = posts.map(|post| post.place.clone()).collect();
    places.sort();
    places.dedup();
    places.truncate(100);
    places
}
