//! Reading vouchers.

use db::{DbError, Fault, Snapshot};
use kernel::{Fen, Kind, Refusal};
use programmes::SeasonId;
use work::files::{self, File, FileId};

use super::{Voucher, VoucherId, store};

/// Vouchers of a page.
pub const PAGE: i64 = 50;

/// One voucher of a project, whoever asks.
///
/// # Errors
/// Refusal `voucher-not-found`; database faults.
pub fn voucher(s: &mut Snapshot<'_>, (season, project): (&SeasonId, u32), id: &VoucherId) -> Result<Voucher, Fault> {
    let found = store::voucher(s, season, id)?.filter(|voucher| voucher.project == project);
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "voucher-not-found"))?)
}

/// The vouchers of a project before a number, newest first, [`PAGE`] at most; without `all` the approved ones alone.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn vouchers(
    s: &mut Snapshot<'_>,
    of: (&SeasonId, u32),
    all: bool,
    before: Option<u32>,
) -> Result<Vec<Voucher>, DbError> {
    store::vouchers(s, of, all, (before.unwrap_or(u32::MAX), PAGE))
}

/// What waits for a decision: project, number of vouchers, amount together; 200 projects at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn waiting(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(u32, i64, Fen)>, DbError> {
    store::waiting_of_season(s, season)
}

/// The photos of a voucher.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn photos(s: &mut Snapshot<'_>, voucher: &Voucher) -> Result<Vec<File>, DbError> {
    files::of_subject(s, voucher.season.home(), voucher.id.as_str())
}

/// One of them.
///
/// # Errors
/// Refusal `file-not-found`; database faults.
pub fn photo(s: &mut Snapshot<'_>, voucher: &Voucher, id: &FileId) -> Result<File, Fault> {
    let file = files::file(s, id)?;
    if file.subject.as_deref() != Some(voucher.id.as_str()) {
        return Err(Refusal::new(Kind::NotFound, "file-not-found").into());
    }
    Ok(file)
}

/// What a project spent by the month that its approved vouchers are dated (`YYYY-MM`), in order, 60 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn by_month(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Vec<(String, Fen)>, DbError> {
    store::by_month(s, season, project)
}
