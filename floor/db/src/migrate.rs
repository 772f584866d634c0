//! One numbered list of migrations for all areas and both engines, run at start under a lock.

use sha2::{Digest, Sha256};

use crate::{DbError, Dialect, Statement, tx::Connection, value::FromRow};

/// One step of the schema.
#[derive(Debug)]
pub struct Migration {
    /// 1, 2, 3, … without gaps.
    pub number: i64,
    /// The name in the file's name.
    pub name: &'static str,
    /// The text, with the dialect's tokens.
    pub sql: &'static str,
}

/// All steps, oldest first. A step that has been released is never changed: its digest is kept in the database.
pub const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, name: "spine", sql: include_str!("../../../migrations/0001_spine.sql") },
    Migration { number: 2, name: "people", sql: include_str!("../../../migrations/0002_people.sql") },
    Migration { number: 3, name: "places", sql: include_str!("../../../migrations/0003_places.sql") },
    Migration { number: 4, name: "work", sql: include_str!("../../../migrations/0004_work.sql") },
    Migration { number: 5, name: "matters", sql: include_str!("../../../migrations/0005_matters.sql") },
    Migration { number: 6, name: "posts", sql: include_str!("../../../migrations/0006_posts.sql") },
    Migration { number: 7, name: "notices", sql: include_str!("../../../migrations/0007_notices.sql") },
    Migration { number: 8, name: "seasons", sql: include_str!("../../../migrations/0008_seasons.sql") },
    Migration { number: 9, name: "ideas", sql: include_str!("../../../migrations/0009_ideas.sql") },
    Migration { number: 10, name: "proposals", sql: include_str!("../../../migrations/0010_proposals.sql") },
    Migration { number: 11, name: "reviews", sql: include_str!("../../../migrations/0011_reviews.sql") },
    Migration { number: 12, name: "votes", sql: include_str!("../../../migrations/0012_votes.sql") },
    Migration { number: 13, name: "visits", sql: include_str!("../../../migrations/0013_visits.sql") },
    Migration { number: 14, name: "selections", sql: include_str!("../../../migrations/0014_selections.sql") },
    Migration { number: 15, name: "funds", sql: include_str!("../../../migrations/0015_funds.sql") },
    Migration { number: 16, name: "activities", sql: include_str!("../../../migrations/0016_activities.sql") },
    Migration { number: 17, name: "running", sql: include_str!("../../../migrations/0017_running.sql") },
    Migration { number: 18, name: "slugs", sql: include_str!("../../../migrations/0018_slugs.sql") },
    Migration { number: 19, name: "trainings", sql: include_str!("../../../migrations/0019_trainings.sql") },
    Migration { number: 20, name: "season_moves", sql: include_str!("../../../migrations/0020_season_moves.sql") },
    Migration { number: 21, name: "works", sql: include_str!("../../../migrations/0021_works.sql") },
    Migration { number: 22, name: "showcases", sql: include_str!("../../../migrations/0022_showcases.sql") },
    Migration { number: 23, name: "plans", sql: include_str!("../../../migrations/0023_plans.sql") },
    Migration { number: 24, name: "promotions", sql: include_str!("../../../migrations/0024_promotions.sql") },
    Migration { number: 25, name: "handovers", sql: include_str!("../../../migrations/0025_handovers.sql") },
    Migration {
        number: 26,
        name: "sources_withdrawn",
        sql: include_str!("../../../migrations/0026_sources_withdrawn.sql"),
    },
    Migration { number: 27, name: "award_choices", sql: include_str!("../../../migrations/0027_award_choices.sql") },
    Migration { number: 28, name: "owners", sql: include_str!("../../../migrations/0028_owners.sql") },
    Migration { number: 29, name: "polls", sql: include_str!("../../../migrations/0029_polls.sql") },
    Migration { number: 30, name: "conversations", sql: include_str!("../../../migrations/0030_conversations.sql") },
    Migration { number: 31, name: "delegates", sql: include_str!("../../../migrations/0031_delegates.sql") },
    Migration { number: 32, name: "poll_letters", sql: include_str!("../../../migrations/0032_poll_letters.sql") },
    Migration { number: 33, name: "owners_called", sql: include_str!("../../../migrations/0033_owners_called.sql") },
    Migration { number: 34, name: "fund_steps", sql: include_str!("../../../migrations/0034_fund_steps.sql") },
    Migration {
        number: 35,
        name: "files_unattached",
        sql: include_str!("../../../migrations/0035_files_unattached.sql"),
    },
    Migration { number: 36, name: "poll_subjects", sql: include_str!("../../../migrations/0036_poll_subjects.sql") },
    Migration { number: 37, name: "owners_closes", sql: include_str!("../../../migrations/0037_owners_closes.sql") },
    Migration { number: 38, name: "owners_laws", sql: include_str!("../../../migrations/0038_owners_laws.sql") },
    Migration { number: 39, name: "poll_returns", sql: include_str!("../../../migrations/0039_poll_returns.sql") },
    Migration { number: 40, name: "open_now", sql: include_str!("../../../migrations/0040_open_now.sql") },
    Migration {
        number: 41,
        name: "lot_closed_early",
        sql: include_str!("../../../migrations/0041_lot_closed_early.sql"),
    },
    Migration { number: 42, name: "verdict_titles", sql: include_str!("../../../migrations/0042_verdict_titles.sql") },
];

/// Tables that grow with the number of residents. Every statement on them names `home` (see [`crate::check_home`]).
pub const LARGE_TABLES: &[&str] = &[
    "persons",
    "residents",
    "sign_ins",
    "roll",
    "ballots",
    "voter_codes",
    "ballot_keys",
    "ideas",
    "idea_people",
    "idea_supports",
    "idea_comments",
    "entry_queue",
    "sealed_entries",
    "entry_secrets",
    "files",
    "desk_entries",
    "attendance",
    "matters",
    "matter_steps",
    "matter_people",
    "matter_grades",
    "duties",
    "duty_steps",
    "duty_records",
    "proposals",
    "proposal_versions",
    "proposal_notes",
    "proposal_answers",
    "project_grades",
    "award_ballots",
    "fund_transfers",
    "fund_postings",
    "fund_vouchers",
    "fund_marks",
    "activity_signups",
    "activity_checks",
    "activity_visitors",
    "activity_feedback",
    "owner_units",
    "owner_doors",
    "owner_visits",
    "owner_ballots",
    "owner_papers",
    "owner_codes",
    "poll_voters",
    "poll_names",
    "poll_phoned",
    "conversation_statements",
    "conversation_people",
    "hall_delegates",
    "lot_volunteers",
    "lot_offers",
];

static APPLIED: Statement =
    Statement { name: "APPLIED", module: module_path!(), sql: "SELECT number, digest FROM migrations ORDER BY number" };
static RECORD: Statement = Statement {
    name: "RECORD",
    module: module_path!(),
    sql: "INSERT INTO migrations (number, name, digest) VALUES (?1, ?2, ?3)",
};

/// Brings the schema up to date in one transaction that no second process can enter at the same time.
///
/// # Errors
/// [`DbError::Open`] when the database is newer than this program or a step was changed after it ran.
pub(crate) fn run(connection: &mut dyn Connection) -> Result<(), DbError> {
    match connection.dialect() {
        Dialect::Sqlite => connection.batch("BEGIN EXCLUSIVE")?,
        // any constant will do; it is released with the transaction
        Dialect::Postgres => connection.batch("BEGIN; SELECT pg_advisory_xact_lock(5138917)")?,
    }
    let result = steps(connection);
    connection.batch(if result.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    result
}

fn steps(connection: &mut dyn Connection) -> Result<(), DbError> {
    let table = "CREATE TABLE IF NOT EXISTS migrations \
                 (number {int} NOT NULL, name {text} NOT NULL, digest {bytes} NOT NULL, PRIMARY KEY (number)) {rows}";
    let dialect = connection.dialect();
    connection.batch(&dialect.translate(table))?;
    let mut applied: Vec<(i64, Vec<u8>)> = Vec::new();
    connection.query(&APPLIED, &[], &mut |row| {
        applied.push(FromRow::from_row(row)?);
        Ok(std::ops::ControlFlow::Continue(()))
    })?;
    if applied.len() > MIGRATIONS.len() {
        let (have, known) = (applied.len(), MIGRATIONS.len());
        return Err(DbError::Open(format!(
            "this database has schema version {have}, newer than this program, which knows {known}; use a newer linli"
        )));
    }
    for (i, migration) in MIGRATIONS.iter().enumerate() {
        let digest = Sha256::digest(migration.sql.as_bytes());
        match applied.get(i) {
            Some((_, stored)) if stored.as_slice() == digest.as_slice() => {}
            Some((number, _)) => {
                return Err(DbError::Open(format!(
                    "schema step {number} of this database is not the one of this program; it was made by another build"
                )));
            }
            None => {
                connection.batch(&dialect.translate(migration.sql))?;
                let params = crate::params![migration.number, migration.name, digest.as_slice()];
                connection.execute(&RECORD, params)?;
            }
        }
    }
    Ok(())
}
