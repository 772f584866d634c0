//! Pabulib files (`.pb`), read and written ballot by ballot.
//!
//! The format: <https://pabulib.org/format>, and Faliszewski et al., *Participatory Budgeting: Data, Tools, and
//! Analysis*, IJCAI 2023, arXiv 2305.11035. Three sections META, PROJECTS and VOTES, each a title, a row of column
//! names and rows, in UTF-8 with semicolons between cells.
//!
//! Taken as real files have it: a byte order mark, any line end, quoted cells with line breaks, titles in any
//! case, a decimal comma, `none` for an empty cell (ids excepted), unknown columns and keys (kept), rows that lack
//! empty cells at their end or have more of them, a META value with unquoted semicolons, and a project named twice
//! on a ballot with points (published cumulative files have it; the last points count). Everything else is an error that names its line;
//! the checker of the format's authors calls the same things errors.

mod error;
mod limits;
mod read;
mod record;
mod write;

use serde::{Deserialize, Serialize};

pub use error::{Fault, ParseError, WriteError};
pub use limits::{MAX_COLUMNS, MAX_FIELD_BYTES, MAX_FILE_BYTES, MAX_META, MAX_RECORD_BYTES};
pub use read::{Reader, read_election};
pub use write::Writer;

use crate::election::{BallotKind, Election, ElectionBuilder, ElectionError, Project};
use crate::money::Scale;

/// Everything that stands before the ballots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Keys and values of META in the order of the file, as they are written there.
    pub meta: Vec<(String, String)>,
    /// Fraction digits of the budget and the costs: as many as the finest of them is written with.
    pub scale: Scale,
    /// Budget in scaled units.
    pub budget: i64,
    /// What a ballot says.
    pub vote_type: VoteType,
    /// Number of ballots.
    pub n_votes: u32,
    /// Names of the columns of PROJECTS besides `project_id` and `cost`.
    pub project_columns: Vec<String>,
    /// Projects in the order of the file.
    pub projects: Vec<ProjectRow>,
    /// Names of the columns of VOTES besides `voter_id` and `vote`.
    pub vote_columns: Vec<String>,
}

/// A row of PROJECTS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectRow {
    /// Its id, unique in the file.
    pub id: String,
    /// Its cost in scaled units.
    pub cost: i64,
    /// Its other cells, one for each of [`Header::project_columns`].
    pub cells: Vec<String>,
}

/// What a ballot says about the projects it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum VoteType {
    /// The voter wants each of them.
    #[serde(rename = "approval")]
    Approval,
    /// The voter wants this one.
    #[serde(rename = "choose-1")]
    ChooseOne,
    /// The voter wants them in this order, best first.
    #[serde(rename = "ordinal")]
    Ordinal,
    /// The voter has parted a sum of points among them (column `points`).
    #[serde(rename = "cumulative")]
    Cumulative,
    /// The voter has given points to each of them (column `points`).
    #[serde(rename = "scoring")]
    Scoring,
}

const VOTE_TYPES: [(VoteType, &str); 5] = [
    (VoteType::Approval, "approval"),
    (VoteType::ChooseOne, "choose-1"),
    (VoteType::Ordinal, "ordinal"),
    (VoteType::Cumulative, "cumulative"),
    (VoteType::Scoring, "scoring"),
];

impl VoteType {
    /// The word of the format.
    #[must_use]
    pub fn name(self) -> &'static str {
        VOTE_TYPES.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// The vote type of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        VOTE_TYPES.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }

    /// Whether ballots have points.
    #[must_use]
    pub fn has_points(self) -> bool {
        matches!(self, Self::Cumulative | Self::Scoring)
    }

    /// What its ballots say to a count.
    #[must_use]
    pub fn kind(self) -> BallotKind {
        match self {
            Self::Approval | Self::ChooseOne => BallotKind::Approval,
            Self::Ordinal => BallotKind::Ordinal,
            Self::Cumulative | Self::Scoring => BallotKind::Points,
        }
    }
}

impl Header {
    /// Value of a key of META.
    #[must_use]
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.meta.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// A builder for an election with this budget and these projects, without ballots.
    ///
    /// # Errors
    /// When the header was made by hand and breaks a bound of [`ElectionBuilder::new`].
    pub fn builder(&self) -> Result<ElectionBuilder, ElectionError> {
        let projects = self.projects.iter().map(|row| Project { id: row.id.clone(), cost: row.cost });
        Ok(ElectionBuilder::new(self.scale, self.budget, projects.collect())?.of_kind(self.vote_type.kind()))
    }
}

/// One ballot, borrowed from a [`Reader`] or a [`Pabulib`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballot<'a> {
    text: &'a str,
    ends: &'a [u32],
    choices: &'a [u32],
    points: &'a [i32],
}

impl<'a> Ballot<'a> {
    /// The voter's id, unique in the file.
    #[must_use]
    pub fn voter_id(&self) -> &'a str {
        self.piece(0)
    }

    /// Indices into [`Header::projects`] in the order of the ballot (for ordinal ballots best first). Without
    /// duplicates unless the vote type has points.
    #[must_use]
    pub fn choices(&self) -> &'a [u32] {
        self.choices
    }

    /// Points for each of the choices, in thousandths; empty unless the vote type has points.
    #[must_use]
    pub fn points(&self) -> &'a [i32] {
        self.points
    }

    /// The other cells, one for each of [`Header::vote_columns`].
    pub fn cells(&self) -> impl ExactSizeIterator<Item = &'a str> + use<'a> {
        let ballot = *self;
        (1..self.ends.len()).map(move |index| ballot.piece(index))
    }

    /// The ballot with its own storage.
    #[must_use]
    pub fn to_owned(&self) -> OwnedBallot {
        OwnedBallot {
            voter_id: self.voter_id().to_owned(),
            choices: self.choices.to_vec(),
            cells: self.cells().map(str::to_owned).collect(),
        }
    }

    fn piece(&self, index: usize) -> &'a str {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.text[start..self.ends[index] as usize]
    }
}

/// One ballot with its own storage: see [`Ballot`] for the fields.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "told at `Ballot`")]
pub struct OwnedBallot {
    pub voter_id: String,
    pub choices: Vec<u32>,
    pub cells: Vec<String>,
}

/// A whole file in memory, its ballots packed: about as large as the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pabulib {
    /// What stands before the ballots.
    pub header: Header,
    text: String,
    /// Ends of the pieces of each ballot, from the start of its text.
    ends: Vec<u32>,
    choices: Vec<u32>,
    /// Points for each of these; empty unless the vote type has points.
    points: Vec<i32>,
    /// Where each ballot's text and choices end.
    rows: Vec<(usize, usize)>,
}

impl Pabulib {
    /// Reads a whole file.
    ///
    /// # Errors
    /// What is wrong with the file, and the line.
    pub fn read(input: impl std::io::Read) -> Result<Self, ParseError> {
        let mut reader = Reader::new(input)?;
        let (mut text, mut ends, mut rows) = (String::new(), Vec::new(), Vec::new());
        let (mut choices, mut points) = (Vec::new(), Vec::new());
        while let Some(ballot) = reader.next_ballot()? {
            text.push_str(ballot.text);
            ends.extend_from_slice(ballot.ends);
            choices.extend_from_slice(ballot.choices);
            points.extend_from_slice(ballot.points);
            rows.push((text.len(), choices.len()));
        }
        Ok(Self { header: reader.into_header(), text, ends, choices, points, rows })
    }

    /// Its ballots in the order of the file.
    pub fn ballots(&self) -> impl ExactSizeIterator<Item = Ballot<'_>> {
        let pieces = self.header.vote_columns.len() + 1;
        (0..self.rows.len()).map(move |row| {
            let start = if row == 0 { (0, 0) } else { self.rows[row - 1] };
            let end = self.rows[row];
            Ballot {
                text: &self.text[start.0..end.0],
                ends: &self.ends[row * pieces..(row + 1) * pieces],
                choices: &self.choices[start.1..end.1],
                points: self.points.get(start.1..end.1).unwrap_or(&[]),
            }
        })
    }

    /// Writes the file.
    ///
    /// # Errors
    /// When the output fails, or the header was changed so that it disagrees with itself or with the ballots.
    pub fn write<W: std::io::Write>(&self, output: W) -> Result<W, WriteError> {
        let mut writer = Writer::new(output, &self.header)?;
        for ballot in self.ballots() {
            writer.ballot(ballot.voter_id(), ballot.choices(), ballot.cells())?;
        }
        writer.finish()
    }

    /// The election to be counted, with points or places where the vote type has them.
    ///
    /// # Errors
    /// When the header was changed so that it breaks a bound of [`ElectionBuilder`].
    pub fn election(&self) -> Result<Election, ElectionError> {
        let mut builder = self.header.builder()?;
        let mut buffer = read::Once::default();
        self.ballots().try_for_each(|ballot| buffer.add(&mut builder, ballot.choices, ballot.points))?;
        Ok(builder.finish())
    }
}
