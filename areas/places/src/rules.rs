//! Facts in, a reasoned answer out.

use kernel::{Day, Kind, PlaceId, Refusal};

use crate::{Level, Place, State, Version};

/// A place of `level` may lie only in a place in force of a higher level.
///
/// # Errors
/// `place-closed`, `level-not-below`.
pub(crate) fn may_lie_in(level: Level, parent: &Place) -> Result<(), Refusal> {
    in_force(parent)?;
    if level > parent.level {
        return Ok(());
    }
    let refusal = Refusal::new(Kind::Conflict, "level-not-below");
    Err(refusal.with_text("level", level.as_str()).with_text("parent", parent.level.as_str()))
}

/// A verb for places in force.
///
/// # Errors
/// `place-closed`.
pub(crate) fn in_force(place: &Place) -> Result<(), Refusal> {
    match place.state {
        State::Open => Ok(()),
        State::Filler | State::Closed => {
            Err(Refusal::new(Kind::Conflict, "place-closed").with_text("place", &*place.name))
        }
    }
}

/// A change begins a version on the day it names: not before the version that it ends.
///
/// # Errors
/// `day-before-version`.
pub(crate) fn may_change_on(present: Option<&Version>, day: &Day) -> Result<(), Refusal> {
    match present.and_then(|version| version.from.as_ref()) {
        Some(from) if day < from => {
            Err(Refusal::new(Kind::Conflict, "day-before-version").with_text("day", from.as_str()))
        }
        _ => Ok(()),
    }
}

/// A place may move into a place in force of a higher level that does not lie in it.
///
/// # Errors
/// `place-closed`, `level-not-below`, `inside-itself`.
pub(crate) fn may_move(place: &Place, parent: &Place) -> Result<(), Refusal> {
    if parent.is_within(&place.id) {
        return Err(Refusal::new(Kind::Conflict, "inside-itself").with_text("place", &*place.name));
    }
    may_lie_in(place.level, parent)
}

/// Places of one level that lie in one place may become one; the one that goes on is among them.
///
/// # Errors
/// `not-siblings`.
pub(crate) fn may_merge(places: &[&Place], into: Option<&PlaceId>) -> Result<(), Refusal> {
    let alike = places.windows(2).all(|pair| pair[0].level == pair[1].level && pair[0].parent == pair[1].parent);
    let is_among = into.is_none_or(|into| places.iter().any(|place| place.id == *into));
    if alike && is_among { Ok(()) } else { Err(Refusal::new(Kind::Conflict, "not-siblings")) }
}

#[cfg(test)]
mod tests {
    use kernel::Home;

    use super::*;

    fn place(n: u8, level: Level, parent: Option<&Place>) -> Place {
        let id: PlaceId = format!("1-0000000000000000000{n}").parse().unwrap();
        let path = parent.map_or_else(|| id.to_string(), |p| format!("{}/{id}", p.path));
        Place {
            id,
            home: Home(1),
            parent: parent.map(|p| p.id.clone()),
            level,
            name: "x".into(),
            shown: "x".into(),
            code: None,
            path,
            state: State::Open,
            version: 1,
            valid_from: None,
            valid_until: None,
        }
    }

    #[test]
    fn a_place_lies_below_a_higher_one_in_force() {
        let street = place(1, Level::Subdistrict, None);
        for level in Level::ALL {
            assert_eq!(may_lie_in(*level, &street).is_ok(), *level > Level::Subdistrict);
        }
        for state in [State::Closed, State::Filler] {
            let ended = Place { state, ..street.clone() };
            assert_eq!(may_lie_in(Level::Community, &ended).unwrap_err().code, "place-closed");
        }
    }

    #[test]
    fn a_place_does_not_move_into_itself_or_what_lies_in_it() {
        let street = place(1, Level::Subdistrict, None);
        let community = place(2, Level::Community, Some(&street));
        let estate = place(3, Level::Estate, Some(&community));
        assert_eq!(may_move(&street, &estate).unwrap_err().code, "inside-itself");
        assert_eq!(may_move(&street, &street).unwrap_err().code, "inside-itself");
        assert_eq!(may_move(&community, &estate).unwrap_err().code, "inside-itself");
        assert_eq!(may_move(&estate, &place(4, Level::Flat, None)).unwrap_err().code, "level-not-below");
        assert!(may_move(&estate, &street).is_ok());
    }

    #[test]
    fn only_siblings_of_one_level_merge() {
        let (street, other) = (place(1, Level::Subdistrict, None), place(2, Level::Subdistrict, None));
        let (a, b) = (place(3, Level::Community, Some(&street)), place(4, Level::Community, Some(&street)));
        let far = place(5, Level::Community, Some(&other));
        assert!(may_merge(&[&a, &b], None).is_ok() && may_merge(&[&a, &b], Some(&b.id)).is_ok());
        for (places, into) in [(vec![&a, &far], None), (vec![&a, &street], None), (vec![&a, &b], Some(&far.id))] {
            assert_eq!(may_merge(&places, into).unwrap_err().code, "not-siblings");
        }
    }

    #[test]
    fn a_change_is_not_older_than_the_version_it_ends() {
        let day = |text: &str| Day::parse(text).unwrap();
        let version = |from: Option<&str>| Version {
            number: 1,
            from: from.map(day),
            until: None,
            name: String::new(),
            parent: None,
            code: None,
            reason: crate::Reason::Added,
        };
        assert!(may_change_on(Some(&version(None)), &day("1949-10-01")).is_ok());
        assert!(may_change_on(Some(&version(Some("2026-01-02"))), &day("2026-01-02")).is_ok());
        let no = may_change_on(Some(&version(Some("2026-01-02"))), &day("2026-01-01")).unwrap_err();
        assert_eq!(no.code, "day-before-version");
    }
}
