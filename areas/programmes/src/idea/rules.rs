//! Facts in, a reasoned answer out.

use kernel::{Kind, Refusal};

use super::MAX_IDEAS;
use crate::{Season, Stage, expect_stage};

/// Ideas are taken in their stage, up to a number.
///
/// # Errors
/// `wrong-stage`, `too-many-ideas`.
pub fn may_post(season: &Season) -> Result<(), Refusal> {
    expect_stage(season, &[Stage::Ideas])?;
    if season.n_ideas >= MAX_IDEAS {
        return Err(Refusal::new(Kind::LimitReached, "too-many-ideas").with_int("limit", i64::from(MAX_IDEAS)));
    }
    Ok(())
}
