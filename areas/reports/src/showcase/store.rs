//! All SQL of showcases.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::Context;
use programmes::SeasonId;
use rights::Permit;

use super::{MAX_VERSIONS, Section, Showcase, Text};

db::statements! {
    STATEMENTS:
    SHOWCASE = "SELECT published_day, hidden, revision FROM showcases WHERE home = ?1 AND season = ?2";
    BEGIN = "INSERT INTO showcases (home, season, published_day, hidden, revision) VALUES (?1, ?2, NULL, '', 0) \
             ON CONFLICT DO NOTHING";
    SET = "UPDATE showcases SET published_day = ?3, hidden = ?4, revision = revision + 1 \
           WHERE home = ?1 AND season = ?2 AND revision = ?5";
    INSERT = "INSERT INTO showcase_texts (home, season, section, lang, version, text, names, written_by, written_day) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING";
    /// The latest of each part in a language.
    LATEST = "SELECT t.section, t.version, t.text, t.names, t.written_by, t.written_day FROM showcase_texts t \
              JOIN (SELECT section, MAX(version) AS last FROM showcase_texts WHERE home = ?1 AND season = ?2 \
              AND lang = ?3 GROUP BY section) l ON l.section = t.section AND l.last = t.version \
              WHERE t.home = ?1 AND t.season = ?2 AND t.lang = ?3 ORDER BY t.section";
    VERSIONS = "SELECT section, version, text, names, written_by, written_day FROM showcase_texts \
                WHERE home = ?1 AND season = ?2 AND section = ?3 AND lang = ?4 ORDER BY version DESC LIMIT ?5";
}

impl FromRow for Text {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let section: String = row.get(0)?;
        Ok(Text {
            section: section.parse().map_err(|()| DbError::Data(format!("section {section}")))?,
            version: row.get(1)?,
            text: row.get(2)?,
            names: row.get(3)?,
            written_by: row.get(4)?,
            written_day: row.get(5)?,
        })
    }
}

impl FromRow for Showcase {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let hidden: String = row.get(1)?;
        let hidden = hidden.split(',').filter_map(|word| word.parse().ok()).collect();
        Ok(Showcase { published: row.get(0)?, hidden, revision: row.get(2)? })
    }
}

pub(super) fn showcase(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Option<Showcase>, DbError> {
    s.optional(&SHOWCASE, params![season.home(), season])
}

/// False when somebody else changed it meanwhile.
pub(super) fn set(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, to: &Showcase) -> Result<bool, DbError> {
    tx.execute(&BEGIN, params![permit.home(), season])?;
    let hidden = to.hidden.iter().map(|section| section.as_str()).collect::<Vec<_>>().join(",");
    let params = params![permit.home(), season, to.published.as_ref(), &hidden, to.revision];
    Ok(tx.execute(&SET, params)? == 1)
}

/// False when this version is there already.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, lang): (&SeasonId, &str),
    (new, cx): (&Text, &Context),
) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        season,
        new.section.as_str(),
        lang,
        new.version,
        &new.text,
        &new.names,
        cx.actor.person(),
        &new.written_day,
    ];
    Ok(tx.execute(&INSERT, params)? == 1)
}

pub(super) fn latest(s: &mut Snapshot<'_>, season: &SeasonId, lang: &str) -> Result<Vec<Text>, DbError> {
    s.all(&LATEST, params![season.home(), season, lang])
}

pub(super) fn versions(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (section, lang): (Section, &str),
) -> Result<Vec<Text>, DbError> {
    s.all(&VERSIONS, params![season.home(), season, section.as_str(), lang, MAX_VERSIONS])
}
