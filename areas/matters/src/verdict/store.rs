//! All SQL of the register of verdicts.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Home, Instant};
use ledger::tree::Hash;
use rights::Permit;

use super::{NewVerdict, Verdict, VerdictId};
use crate::site::below;

macro_rules! columns {
    () => {
        "id, place, path, kind, subject_kind, subject, matter, rule, rule_set, parameters, inputs, outcome, passed, \
         explained, entry, decided_at, decided_day, title"
    };
}

db::statements! {
    STATEMENTS:
    INSERT = concat!("INSERT INTO verdict_records (home, ", columns!(), ") VALUES (?1, ?2, ?3, ", places::path_now!("?3", "?4"), ", ?5, ?6, ?7, ?8, ?9, \
             ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19) ON CONFLICT (home, kind, subject, rule_set, inputs) DO NOTHING");
    VERDICT = concat!("SELECT ", columns!(), " FROM verdict_records WHERE home = ?1 AND id = ?2");
    SAME = concat!("SELECT ", columns!(), " FROM verdict_records WHERE home = ?1 AND kind = ?2 AND subject = ?3 \
           AND rule_set = ?4 AND inputs = ?5");
    ABOUT = concat!("SELECT ", columns!(), " FROM verdict_records WHERE home = ?1 AND subject = ?2 \
            ORDER BY id DESC LIMIT ?3");
    LATEST = concat!("SELECT ", columns!(), " FROM verdict_records WHERE home = ?1 AND subject = ?2 AND kind = ?3 \
             ORDER BY id DESC LIMIT 1");
    /// Across places: verdicts are few.
    NEWEST = concat!("SELECT ", columns!(), " FROM verdict_records WHERE (decided_at, id) < (?1, ?2) AND path >= ?3 \
             AND path < ?4 AND (?5 = '' OR kind = ?5) ORDER BY decided_at DESC, id DESC LIMIT ?6");
    FOLLOW = places::follow!("verdict_records");
    KINDS = "SELECT DISTINCT kind FROM verdict_records ORDER BY kind LIMIT ?1";
}

fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, at: usize) -> Result<T, DbError> {
    let text: String = row.get(at)?;
    serde_json::from_str(&text).map_err(|e| DbError::Data(format!("column {at}: {e}")))
}

impl FromRow for Verdict {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Verdict {
            id: row.get(0)?,
            place: row.get(1)?,
            path: row.get(2)?,
            kind: row.get(3)?,
            subject_kind: row.get(4)?,
            subject: row.get(5)?,
            matter: row.get(6)?,
            rule: row.get(7)?,
            rule_set: row.get(8)?,
            parameters: json(row, 9)?,
            inputs: Hash(row.get(10)?),
            outcome: json(row, 11)?,
            passed: row.get(12)?,
            explained: json(row, 13)?,
            entry: row.get(14)?,
            decided_at: row.get(15)?,
            decided_day: row.get(16)?,
            title: row.get(17)?,
        })
    }
}

/// False when the same verdict is there already.
pub(crate) fn insert(tx: &mut Tx<'_>, permit: &Permit, verdict: &Verdict) -> Result<bool, DbError> {
    let explained = serde_json::to_string(&verdict.explained).map_err(|e| DbError::Data(e.to_string()))?;
    let (parameters, outcome) = (verdict.parameters.to_string(), verdict.outcome.to_string());
    let params = params![
        permit.home(),
        &verdict.id,
        &verdict.place,
        &verdict.path,
        &verdict.kind,
        &verdict.subject_kind,
        &verdict.subject,
        verdict.matter.as_ref(),
        &verdict.rule,
        &verdict.rule_set,
        &parameters,
        &verdict.inputs.0,
        &outcome,
        verdict.passed,
        &explained,
        &verdict.entry,
        verdict.decided_at,
        &verdict.decided_day,
        &verdict.title,
    ];
    Ok(tx.execute(&INSERT, params)? == 1)
}

pub(crate) fn verdict(s: &mut Snapshot<'_>, id: &VerdictId) -> Result<Option<Verdict>, DbError> {
    s.optional(&VERDICT, params![id.home(), id])
}

pub(crate) fn same(s: &mut Snapshot<'_>, home: Home, new: &NewVerdict<'_>) -> Result<Option<Verdict>, DbError> {
    s.optional(&SAME, params![home, new.kind, new.subject, new.rule_set, &new.inputs.0])
}

pub(crate) fn about(s: &mut Snapshot<'_>, home: Home, subject: &str, limit: i64) -> Result<Vec<Verdict>, DbError> {
    s.all(&ABOUT, params![home, subject, limit])
}

pub(crate) fn latest(
    s: &mut Snapshot<'_>,
    home: Home,
    (subject, kind): (&str, &str),
) -> Result<Option<Verdict>, DbError> {
    s.optional(&LATEST, params![home, subject, kind])
}

pub(crate) fn newest(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    kind: &str,
    before: Option<(Instant, &VerdictId)>,
    limit: i64,
) -> Result<Vec<Verdict>, DbError> {
    let (at, id) = before.map_or((Instant(i64::MAX), "~"), |(at, id)| (at, id.as_str()));
    let (first, end) = below(path);
    s.all(&NEWEST, params![at, id, &first, &end, kind, limit])
}

pub(crate) fn kinds(s: &mut Snapshot<'_>, limit: i64) -> Result<Vec<(String,)>, DbError> {
    s.all(&KINDS, params![limit])
}
