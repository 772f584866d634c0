//! Finding places by what people type: names, other names, Traditional characters, sounds, initials, codes.

use std::collections::HashSet;

use db::{DbError, Snapshot};
use kernel::PlaceId;

use crate::{Listed, State, names, store};

/// Places that a search answers at most.
pub const MOST: usize = 30;
/// Candidates that one statement brings: the limit of the work, whatever was typed.
const CANDIDATES: i64 = 60;
/// The same where more words narrow the search.
const NARROWED: i64 = 300;

/// How well a place fits; the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// A name, sound or code that is what was typed.
    Exact,
    /// One that begins with it.
    Begins,
    /// One that has it inside.
    Inside,
}

/// Places that fit what was typed: exact ones, then those that begin with it, then those that have it inside; within
/// each, those in force first, those in `near` first, upper levels first, short names first.
///
/// Several words narrow the search: the last one is looked for, the others must stand in the names above.
///
/// At most seven statements, each of which reads a bounded range of an index.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn search(s: &mut Snapshot<'_>, typed: &str, near: Option<&PlaceId>) -> Result<Vec<Listed>, DbError> {
    let (above, wanted) = words(typed);
    let limit = if above.is_empty() { CANDIDATES } else { NARROWED };
    let mut hits: Vec<(Fit, store::Hit)> = Vec::new();
    for form in names::forms(&wanted) {
        let mut found = Vec::new();
        if let Some(near) = near {
            found.extend(store::find_near(s, near.home(), &form, limit)?);
        }
        for tier in [0, 1] {
            found.extend(store::find(s, tier, &form, limit)?);
        }
        hits.extend(found.into_iter().map(|hit| (fit(&hit, &form), hit)));
    }
    let code = wanted.trim();
    if code.len() >= 4 && code.bytes().all(|b| b.is_ascii_digit()) {
        let found = store::by_codes(s, code, CANDIDATES)?;
        let exact = format!("{code:0<12}");
        hits.extend(found.into_iter().map(|hit| (if hit.key == exact { Fit::Exact } else { Fit::Begins }, hit)));
    }
    hits.retain(|(_, hit)| {
        above.iter().all(|word| hit.listed.above.iter().any(|name| names::fold(name).contains(word)))
    });
    Ok(ranked(hits, near))
}

/// The words before the last, folded, and the last. Sounds may be typed with blanks between the syllables, so only
/// words of Chinese characters are words of their own.
fn words(typed: &str) -> (Vec<String>, String) {
    let typed: String = typed.chars().take(100).collect();
    let parts: Vec<&str> = typed.split(|c: char| c.is_whitespace() || "，,、/".contains(c)).collect();
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    match parts.split_last() {
        Some((last, before)) if !before.is_empty() && parts.iter().all(|part| !part.is_ascii()) => {
            (before.iter().map(|word| names::fold(word)).collect(), (*last).to_owned())
        }
        _ => (Vec::new(), typed),
    }
}

fn fit(hit: &store::Hit, form: &str) -> Fit {
    match (hit.tier, hit.key == form) {
        (0, true) => Fit::Exact,
        (0, false) => Fit::Begins,
        _ => Fit::Inside,
    }
}

fn ranked(mut hits: Vec<(Fit, store::Hit)>, near: Option<&PlaceId>) -> Vec<Listed> {
    hits.sort_by_cached_key(|(fit, hit)| {
        let place = &hit.listed.place;
        let is_far = near.is_none_or(|near| !place.is_within(near));
        let has_ended = place.state == State::Closed;
        (*fit, has_ended, is_far, place.level, place.shown.chars().count(), place.code, place.id.clone())
    });
    let mut seen = HashSet::new();
    let places = hits.into_iter().map(|(_, hit)| hit.listed);
    places.filter(|listed| seen.insert(listed.place.id.clone())).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_characters_narrow_and_syllables_do_not() {
        for (typed, above, wanted) in [
            ("朝阳 八里庄", vec!["朝阳"], "八里庄"),
            ("北京，朝陽區 红庙", vec!["北京", "朝阳区"], "红庙"),
            ("quan dong", vec![], "quan dong"),
            ("泉东 er", vec![], "泉东 er"),
            ("龙泽苑", vec![], "龙泽苑"),
            ("", vec![], ""),
        ] {
            assert_eq!(words(typed), (above.into_iter().map(str::to_owned).collect(), wanted.to_owned()), "{typed}");
        }
    }
}
