//! Where something is, for the question who may do it, and for lists of everything below a place.

use db::{Fault, Snapshot};
use kernel::{Context, Kind, PlaceId, Refusal, Site, Source};
use rights::{Action, authorize};

/// The place with all above it.
///
/// # Errors
/// Refusal `place-not-found`; database faults.
pub(crate) fn site_of(s: &mut Snapshot<'_>, place: &PlaceId) -> Result<Site, Fault> {
    Ok(places::site(s, place)?.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
}

/// The way down from the root as places keep it: ids joined with `/`, the root's first.
pub(crate) fn path_of(site: &Site) -> String {
    let way: Vec<&str> = site.above.iter().rev().chain([&site.place]).map(PlaceId::as_str).collect();
    way.join("/")
}

/// Whoever does something for somebody else must be one who may, there.
///
/// # Errors
/// Refusal `not-allowed`.
pub(crate) fn may_act_for(cx: &Context, site: &Site) -> Result<(), Refusal> {
    // a child for a parent needs no office: the door lets only a recorded consent through
    let at_desk = cx.behalf.as_ref().is_some_and(|behalf| behalf.source != Source::Web);
    if at_desk { authorize(&cx.actor, Action::EnterForAnother, site).map(|_| ()) } else { Ok(()) }
}

/// The bounds of [`path_of`] for a place and everything below it: the first path and the first one that is beyond.
/// Everything, without a place.
pub(crate) fn below(path: Option<&str>) -> (String, String) {
    // '0' is the character after '/', and ids are of one length, so nothing else lies between
    path.map_or_else(|| (String::new(), "~".to_owned()), |path| (path.to_owned(), format!("{path}0")))
}
