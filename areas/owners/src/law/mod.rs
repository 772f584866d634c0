//! The rule set 规则 of a place: by which rules the owners there decide. An officer sets it for a place; it holds for the places
//! below, and the nearest one wins. Where one is set, no round chooses another.

pub mod api;
pub mod queries;
pub mod set;
pub mod store;
pub mod web;

use kernel::{Day, PersonId, PlaceId};

/// The rule set of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Law {
    /// The place for which it was set.
    pub place: PlaceId,
    /// The rule set: one that comes along, or [`crate::round::OWN_RULES`].
    pub rules: String,
    /// The text of a rule set of one's own; else empty.
    pub rules_text: String,
    /// Who set it.
    pub set_by: Option<PersonId>,
    /// Since when.
    pub set_day: Day,
}
