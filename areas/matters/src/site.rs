//! Where something is, for the question who may do it, and for lists of everything below a place.

use db::{DbError, Fault, Snapshot};
use kernel::{Context, Home, Id, Kind, PlaceId, Refusal, Site, Source};
use rights::{Action, authorize};

/// A stored path as a site.
pub(crate) fn of(home: Home, path: &str) -> Result<Site, DbError> {
    let ids: Result<Vec<PlaceId>, _> = path.rsplit('/').map(str::parse).collect();
    let mut ids = ids.map_err(|e| DbError::Data(format!("path {path}: {e}")))?.into_iter();
    let place = ids.next().ok_or_else(|| DbError::Data("an empty path".into()))?;
    Ok(Site { home, place, above: ids.collect() })
}

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

/// What of an id sorts by the time of its making, whatever its home.
pub(crate) fn made<K>(id: &Id<K>) -> &str {
    id.as_str().split_once('-').map_or("", |(_, made)| made)
}

/// Where a list that goes on behind an id goes on in another home: ids begin with theirs.
pub(crate) fn in_home<K>(home: Home, id: &Id<K>) -> String {
    format!("{home}-{}", made(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_below_lies_between_the_bounds() {
        let (a, b) = ("1-0123456789abcdefghjk", "1-0123456789abcdefghjm");
        let (from, to) = below(Some(a));
        for (path, want) in [
            (a.to_owned(), true),
            (format!("{a}/{b}"), true),
            (format!("{a}/{b}/1-zzzzzzzzzzzzzzzzzzzz"), true),
            (b.to_owned(), false),
            (format!("{a}zzzz"), false),
            ("1-0123456789abcdefghjj".to_owned(), false),
        ] {
            assert_eq!(from <= path && path < to, want, "{path}");
        }
        assert_eq!(of(Home(1), &format!("{a}/{b}")).unwrap().above[0].as_str(), a);
        assert!(of(Home(1), "x").is_err());
    }
}
