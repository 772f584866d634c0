//! Stored paths of places.

use db::DbError;
use kernel::{Home, PlaceId, Site};

/// A stored path as a site.
pub(crate) fn of(home: Home, path: &str) -> Result<Site, DbError> {
    let ids: Result<Vec<PlaceId>, _> = path.rsplit('/').map(str::parse).collect();
    let mut ids = ids.map_err(|e| DbError::Data(format!("path {path}: {e}")))?.into_iter();
    let place = ids.next().ok_or_else(|| DbError::Data("an empty path".into()))?;
    Ok(Site { home, place, above: ids.collect() })
}

/// A place and everything below it, as bounds of paths: from the first, below the second. No character of an id lies
/// between `/` and `0`.
pub(crate) fn below(path: &str) -> (String, String) {
    (path.to_owned(), format!("{path}0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_below_lies_between_the_bounds() {
        let (a, b) = ("1-0123456789abcdefghjk", "1-0123456789abcdefghjm");
        let (from, to) = below(a);
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
