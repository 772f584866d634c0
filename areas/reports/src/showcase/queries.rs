//! Reading showcases.

use db::{DbError, Snapshot};
use programmes::SeasonId;

use super::{Section, Showcase, Text, store};

/// Where the showcase of a season stands; of one that nobody touched, unpublished with nothing hidden.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn showcase(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Showcase, DbError> {
    Ok(store::showcase(s, season)?.unwrap_or_default())
}

/// The latest version of each part that the office wrote in a language.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn latest(s: &mut Snapshot<'_>, season: &SeasonId, lang: &str) -> Result<Vec<Text>, DbError> {
    store::latest(s, season, lang)
}

/// All versions of a part in a language, the latest first; [`super::MAX_VERSIONS`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn versions(s: &mut Snapshot<'_>, season: &SeasonId, of: (Section, &str)) -> Result<Vec<Text>, DbError> {
    store::versions(s, season, of)
}
