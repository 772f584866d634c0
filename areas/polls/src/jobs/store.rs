//! All SQL of what is done behind the pages of polls.

use db::{DbError, FromRow, Row, Snapshot, params};
use people::VoterKey;
use ui::Locale;
use work::messages::Contact;

use crate::{Poll, PollId, Source, store::columns};

/// Columns of somebody who is reached: the voter, their language, and a contact from which they have read a code.
macro_rules! reached {
    ($($rest:tt)*) => {
        concat!("SELECT r.voter, n.language, c.kind, c.contact FROM roll r ", $($rest)*,
                " WHERE r.home = ?1 AND r.season = ?2 AND r.voter > ?3 AND r.voted_day IS NULL \
                 AND c.verified_day IS NOT NULL ORDER BY r.voter, c.kind, c.contact LIMIT ?4")
    };
}

db::statements! {
    STATEMENTS:
    OPEN_POLLS = concat!("SELECT ", columns!(), " FROM polls p WHERE p.state = 'open' ORDER BY p.closes_day, p.id LIMIT 1000");
    /// Who has not voted and has an account, by their person.
    RESIDENTS = reached!("JOIN persons n ON n.home = r.home AND n.id = r.person \
                          JOIN contacts c ON c.home = n.home AND c.person = n.id");
    /// The same by the name and the telephone of a file.
    LISTED = reached!("JOIN poll_voters v ON v.home = r.home AND v.poll = r.season AND v.voter = r.voter \
                       JOIN contacts c ON c.kind = 'phone' AND c.contact = v.contact \
                       JOIN persons n ON n.home = c.home AND n.id = c.person AND n.name = v.name");
}

/// Somebody who can be reminded.
#[derive(Debug, Clone)]
pub(super) struct Reached {
    pub voter: VoterKey,
    pub locale: Locale,
    /// Nothing where what is kept is no contact any more.
    pub to: Option<Contact>,
}

impl FromRow for Reached {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (language, kind, contact): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let to = if kind == "email" { Contact::email(&contact) } else { Contact::phone(&contact) };
        let locale = Locale::from_tag(&language).unwrap_or_default();
        Ok(Reached { voter: VoterKey(row.get(0)?), locale, to: to.ok() })
    }
}

/// Polls that are open, those that close first first.
pub(super) fn open_polls(s: &mut Snapshot<'_>) -> Result<Vec<Poll>, DbError> {
    s.all(&OPEN_POLLS, params![])
}

/// Who has an account and has not voted, behind a voter, in order of voters; a row for each of their contacts.
pub(super) fn unvoted(
    s: &mut Snapshot<'_>,
    id: &PollId,
    source: Option<Source>,
    after: &[u8],
    limit: i64,
) -> Result<Vec<Reached>, DbError> {
    let statement = if source == Some(Source::File) { &LISTED } else { &RESIDENTS };
    s.all(statement, params![id.home(), id, after, limit])
}
