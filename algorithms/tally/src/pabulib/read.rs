//! Reading: the header first, then ballot by ballot.

use std::collections::HashMap;
use std::io::Read;

use super::error::{Fault, ParseError};
use super::limits::{MAX_COLUMNS, MAX_META};
use super::record::Records;
use super::{Ballot, Header, OwnedBallot, ProjectRow, VoteType};
use crate::election::{Election, ElectionBuilder, ElectionError, MAX_BALLOTS, MAX_CHOICES, MAX_POINTS, MAX_PROJECTS};
use crate::intern::Interner;
use crate::money::{Scale, shown};

/// A file whose header has been read and whose ballots are read one at a time.
///
/// Memory holds the header, one ballot, and all voter ids in one buffer (to find duplicates): for 130,000 ballots
/// some 3 MB. As an [`Iterator`] it yields ballots with storage of their own and ends after the first error.
pub struct Reader<R> {
    records: Records<R>,
    header: Header,
    votes: Columns,
    points_column: Option<usize>,
    projects: HashMap<String, u32>,
    voters: Interner<u8>,
    /// For each project the number of the last ballot that named it.
    named_by: Vec<u32>,
    ballot: Buffers,
    ended: bool,
}

/// Storage of the current ballot.
#[derive(Default)]
struct Buffers {
    text: String,
    ends: Vec<u32>,
    choices: Vec<u32>,
    points: Vec<i32>,
}

/// Where the two columns that a section must have stand, and the others.
struct Columns {
    id: usize,
    value: usize,
    others: Vec<usize>,
    names: Vec<String>,
}

/// Reads a file as an election without keeping its ballots, with points or places where the vote type has them.
///
/// # Errors
/// What is wrong with the file, and the line.
pub fn read_election(mut input: impl Read) -> Result<(Header, Election), ParseError> {
    election(&mut input)
}

/// Not generic, so that it is built with this crate's effort, however little the caller's crate is built with.
fn election(input: &mut dyn Read) -> Result<(Header, Election), ParseError> {
    let mut reader = Reader::new(input)?;
    let line = reader.records.line;
    let mut builder = reader.header.builder().map_err(|error| Fault::from(error).at(line))?;
    let mut once = Once::default();
    while reader.advance()? {
        let added = once.add(&mut builder, &reader.ballot.choices, &reader.ballot.points);
        added.map_err(|error| Fault::from(error).at(reader.records.line))?;
    }
    Ok((reader.header, builder.finish()))
}

/// Buffers to drop what a ballot with points says twice.
#[derive(Default)]
pub(super) struct Once {
    pairs: Vec<(u32, i32)>,
    choices: Vec<u32>,
    points: Vec<i32>,
}

impl Once {
    /// Adds a ballot; of points for one project the last count.
    pub(super) fn add(
        &mut self,
        builder: &mut ElectionBuilder,
        choices: &[u32],
        points: &[i32],
    ) -> Result<(), ElectionError> {
        if points.is_empty() {
            return builder.add_ballot(choices);
        }
        self.pairs.clear();
        self.pairs.extend(choices.iter().copied().zip(points.iter().copied()));
        // From behind, and stable: the last comes first and stays.
        self.pairs.reverse();
        self.pairs.sort_by_key(|(project, _)| *project);
        self.pairs.dedup_by_key(|(project, _)| *project);
        self.choices.clear();
        self.choices.extend(self.pairs.iter().map(|(project, _)| *project));
        self.points.clear();
        self.points.extend(self.pairs.iter().map(|(_, points)| *points));
        builder.add_points(&self.choices, &self.points, 1)
    }
}

/// Points in thousandths: digits, perhaps a minus sign before them and up to three after a point.
fn points(text: &str) -> Option<i32> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(fraction) || fraction.len() > 3 {
        return None;
    }
    let thousandths: i64 = format!("{fraction:0<3}").parse().ok()?;
    let points = whole.parse::<i64>().ok()?.checked_mul(1_000)?.checked_add(thousandths)?;
    i32::try_from(points).ok().filter(|points| *points <= MAX_POINTS).map(|points| sign * points)
}

impl<R: Read> Reader<R> {
    /// Reads META, PROJECTS and the column names of VOTES.
    ///
    /// # Errors
    /// What is wrong with this part of the file, and the line.
    pub fn new(input: R) -> Result<Self, ParseError> {
        let mut records = Records::new(input);
        let meta = Meta::read(&mut records)?;
        let columns = columns(&mut records, "PROJECTS", ["project_id", "cost"])?;
        let (scale, projects) = projects(&mut records, &columns, &meta)?;
        let votes = columns_of_votes(&mut records, meta.vote_type)?;
        let budget = scale.parse(&meta.budget).map_err(|error| Fault::Amount("budget", error).at(meta.budget_line))?;
        let header = Header {
            meta: meta.rows,
            scale,
            budget,
            vote_type: meta.vote_type,
            n_votes: meta.n_votes,
            project_columns: columns.names,
            vote_columns: votes.names.clone(),
            projects,
        };
        let index = header.projects.iter().enumerate().map(|(index, row)| (row.id.clone(), index as u32)).collect();
        let named_by = vec![0; header.projects.len()];
        let (voters, ballot) = (Interner::default(), Buffers::default());
        let points = votes.names.iter().position(|name| name == "points");
        let points_column = points.map(|column| votes.others[column]);
        Ok(Self { records, header, votes, points_column, projects: index, voters, named_by, ballot, ended: false })
    }

    /// What stands before the ballots.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Gives the header away.
    #[must_use]
    pub fn into_header(self) -> Header {
        self.header
    }

    /// Line on which the ballot read last begins.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.records.line
    }

    /// The next ballot, or `None` after the last, once their number is found to be the one that META says.
    ///
    /// # Errors
    /// What is wrong with the ballot or with their number, and the line.
    pub fn next_ballot(&mut self) -> Result<Option<Ballot<'_>>, ParseError> {
        Ok(self.advance()?.then_some(Ballot {
            text: &self.ballot.text,
            ends: &self.ballot.ends,
            choices: &self.ballot.choices,
            points: &self.ballot.points,
        }))
    }

    fn advance(&mut self) -> Result<bool, ParseError> {
        if self.ended {
            return Ok(false);
        }
        // Only a ballot that turns out well lets reading go on.
        self.ended = true;
        if !self.records.advance()? {
            let (said, found) = (self.header.n_votes, self.voters.len() as u32);
            if said != found {
                return Err(Fault::Count { what: "votes", said, found }.at(self.records.line));
            }
            return Ok(false);
        }
        self.ballot().map_err(|fault| fault.at(self.records.line))?;
        self.ended = false;
        Ok(true)
    }

    fn ballot(&mut self) -> Result<(), Fault> {
        self.votes.check(&self.records, ["voter_id", "vote"])?;
        let voter = self.records.cell(self.votes.id);
        if voter.is_empty() {
            return Err(Fault::EmptyId("voter_id"));
        }
        if self.voters.len() >= MAX_BALLOTS as usize {
            return Err(Fault::TooManyBallots);
        }
        if !self.voters.intern(voter.as_bytes()).1 {
            return Err(Fault::DuplicateVoter(shown(voter)));
        }
        self.ballot.text.clear();
        self.ballot.ends.clear();
        self.ballot.text.push_str(voter);
        self.ballot.ends.push(self.ballot.text.len() as u32);
        for column in &self.votes.others {
            self.ballot.text.push_str(none_as_empty(self.records.cell(*column)));
            self.ballot.ends.push(self.ballot.text.len() as u32);
        }
        self.choices()
    }

    fn choices(&mut self) -> Result<(), Fault> {
        let vote_type = self.header.vote_type;
        self.ballot.choices.clear();
        let vote = none_as_empty(self.records.cell(self.votes.value));
        let n_voters = self.voters.len() as u32;
        for id in vote.split(',').map(str::trim).filter(|_| !vote.is_empty()) {
            let project = *self.projects.get(id).ok_or_else(|| Fault::UnknownProject(shown(id)))?;
            if std::mem::replace(&mut self.named_by[project as usize], n_voters) == n_voters && !vote_type.has_points()
            {
                return Err(Fault::DuplicateChoice(shown(id)));
            }
            self.ballot.choices.push(project);
            if self.ballot.choices.len() > MAX_CHOICES {
                return Err(Fault::TooManyChoices);
            }
        }
        let choices = self.ballot.choices.len();
        if vote_type == VoteType::ChooseOne && choices > 1 {
            return Err(Fault::ChooseOne(choices));
        }
        self.ballot.points.clear();
        if let Some(column) = self.points_column.filter(|_| vote_type.has_points()) {
            let cell = none_as_empty(self.records.cell(column));
            for text in cell.split(',').map(str::trim).filter(|_| !cell.is_empty()) {
                self.ballot.points.push(points(text).ok_or_else(|| Fault::NotPoints(shown(text)))?);
            }
            let points = self.ballot.points.len();
            if points != choices {
                return Err(Fault::Points { choices, points });
            }
        }
        Ok(())
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<OwnedBallot, ParseError>;
    fn next(&mut self) -> Option<Self::Item> {
        self.next_ballot().map(|ballot| ballot.map(|ballot| ballot.to_owned())).transpose()
    }
}

/// The section META.
struct Meta {
    rows: Vec<(String, String)>,
    budget: String,
    budget_line: u64,
    vote_type: VoteType,
    n_projects: u32,
    n_votes: u32,
}

impl Meta {
    /// Reads up to the title PROJECTS.
    fn read<R: Read>(records: &mut Records<R>) -> Result<Self, ParseError> {
        if !records.advance()? || !records.is_title("META") {
            return Err(Fault::MissingSection("META").at(records.line));
        }
        if !records.advance()? {
            return Err(Fault::MissingHeader("META").at(records.line));
        }
        if !records.cell(0).eq_ignore_ascii_case("key") {
            return Err(Fault::MetaHeader(records.shown()).at(records.line));
        }
        let (mut rows, mut lines): (Vec<(String, String)>, Vec<u64>) = (Vec::new(), Vec::new());
        loop {
            if !records.advance()? {
                return Err(Fault::MissingSection("PROJECTS").at(records.line));
            }
            if records.is_title("PROJECTS") {
                break;
            }
            if records.is_title("VOTES") {
                return Err(Fault::VotesFirst.at(records.line));
            }
            rows.push(key_and_value(records, &rows).map_err(|fault| fault.at(records.line))?);
            lines.push(records.line);
        }
        let end = records.line;
        let find = |key: &'static str| {
            let place = rows.iter().position(|(known, _)| known == key).ok_or(Fault::MissingKey(key).at(end))?;
            Ok((rows[place].1.as_str(), lines[place]))
        };
        let number = |key: &'static str| {
            let (text, line) = find(key)?;
            text.parse::<u32>().map_err(|_| Fault::NotACount(key, shown(text)).at(line))
        };
        let (budget, budget_line) = find("budget")?;
        let (vote_type, line) = find("vote_type")?;
        Ok(Self {
            vote_type: VoteType::named(vote_type).ok_or_else(|| Fault::VoteType(shown(vote_type)).at(line))?,
            n_projects: number("num_projects")?,
            n_votes: number("num_votes")?,
            budget: budget.to_owned(),
            budget_line,
            rows,
        })
    }
}

fn key_and_value<R: Read>(records: &Records<R>, rows: &[(String, String)]) -> Result<(String, String), Fault> {
    let key = records.cell(0);
    if records.n_cells() < 2 || key.is_empty() {
        return Err(Fault::NoValue(records.shown()));
    }
    if rows.iter().any(|(known, _)| known == key) {
        return Err(Fault::DuplicateKey(shown(key)));
    }
    if rows.len() >= MAX_META {
        return Err(Fault::TooMuchMeta);
    }
    let value: Vec<&str> = (1..records.n_cells()).map(|cell| records.cell(cell)).collect();
    Ok((key.to_owned(), value.join(";").trim_end_matches(';').to_owned()))
}

/// Reads the rows of PROJECTS up to the title VOTES, and finds the scale of all amounts.
fn projects<R: Read>(
    records: &mut Records<R>,
    columns: &Columns,
    meta: &Meta,
) -> Result<(Scale, Vec<ProjectRow>), ParseError> {
    let budget = Scale::of(&meta.budget).map_err(|error| Fault::Amount("budget", error).at(meta.budget_line))?;
    let mut scale = budget;
    let mut rows: Vec<ProjectRow> = Vec::new();
    let mut costs: Vec<(String, u64)> = Vec::new();
    let mut ids: HashMap<String, ()> = HashMap::new();
    loop {
        if !records.advance()? {
            return Err(Fault::MissingSection("VOTES").at(records.line));
        }
        if records.is_title("VOTES") {
            break;
        }
        let line = records.line;
        let (row, cost) = project(records, columns).map_err(|fault| fault.at(line))?;
        scale = scale.max(Scale::of(&cost).map_err(|error| Fault::Amount("cost", error).at(line))?);
        if ids.insert(row.id.clone(), ()).is_some() {
            return Err(Fault::DuplicateProject(shown(&row.id)).at(line));
        }
        if rows.len() >= MAX_PROJECTS {
            return Err(Fault::TooManyProjects.at(line));
        }
        rows.push(row);
        costs.push((cost, line));
    }
    for (row, (cost, line)) in rows.iter_mut().zip(costs) {
        row.cost = scale.parse(&cost).map_err(|error| Fault::Amount("cost", error).at(line))?;
    }
    let (said, found) = (meta.n_projects, rows.len() as u32);
    if said != found {
        return Err(Fault::Count { what: "projects", said, found }.at(records.line));
    }
    Ok((scale, rows))
}

/// A row of PROJECTS and the text of its cost.
fn project<R: Read>(records: &Records<R>, columns: &Columns) -> Result<(ProjectRow, String), Fault> {
    columns.check(records, ["project_id", "cost"])?;
    let id = records.cell(columns.id).to_owned();
    if id.is_empty() {
        return Err(Fault::EmptyId("project_id"));
    }
    if id.contains(',') {
        return Err(Fault::CommaInId(shown(&id)));
    }
    let cells = columns.others.iter().map(|column| none_as_empty(records.cell(*column)).to_owned()).collect();
    Ok((ProjectRow { id, cost: 0, cells }, records.cell(columns.value).to_owned()))
}

/// Column names of VOTES; with points a column `points` must be among them if there are any ballots with choices,
/// which is checked ballot by ballot.
fn columns_of_votes<R: Read>(records: &mut Records<R>, vote_type: VoteType) -> Result<Columns, ParseError> {
    let columns = columns(records, "VOTES", ["voter_id", "vote"])?;
    if vote_type.has_points() && !columns.names.iter().any(|name| name == "points") {
        return Err(Fault::MissingColumn("VOTES", "points").at(records.line));
    }
    Ok(columns)
}

/// Reads a row of column names.
fn columns<R: Read>(
    records: &mut Records<R>,
    section: &'static str,
    needed: [&'static str; 2],
) -> Result<Columns, ParseError> {
    if !records.advance()? {
        return Err(Fault::MissingHeader(section).at(records.line));
    }
    let line = records.line;
    if records.n_cells() > MAX_COLUMNS {
        return Err(Fault::TooManyColumns.at(line));
    }
    let mut names: Vec<&str> = (0..records.n_cells()).map(|cell| records.cell(cell)).collect();
    // Spreadsheets pad every row to the width of the longest.
    names.truncate(names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1));
    if let Some(name) = names.iter().enumerate().find_map(|(i, name)| names[..i].contains(name).then_some(name)) {
        return Err(Fault::DuplicateColumn(shown(name)).at(line));
    }
    let find = |name: &'static str| {
        names.iter().position(|known| *known == name).ok_or_else(|| Fault::MissingColumn(section, name).at(line))
    };
    let (id, value) = (find(needed[0])?, find(needed[1])?);
    let others: Vec<usize> = (0..names.len()).filter(|column| *column != id && *column != value).collect();
    let names = others.iter().map(|column| names[*column].to_owned()).collect();
    Ok(Columns { id, value, others, names })
}

impl Columns {
    /// Checks the number of cells of a row.
    fn check<R: Read>(&self, records: &Records<R>, needed: [&'static str; 2]) -> Result<(), Fault> {
        let columns = self.others.len() + 2;
        for (column, name) in [(self.id, needed[0]), (self.value, needed[1])] {
            if column >= records.n_cells() {
                return Err(Fault::RowTooShort(name));
            }
        }
        if (columns..records.n_cells()).any(|cell| !records.cell(cell).is_empty()) {
            return Err(Fault::TooManyCells { found: records.n_cells(), columns });
        }
        Ok(())
    }
}

fn none_as_empty(cell: &str) -> &str {
    if cell.eq_ignore_ascii_case("none") { "" } else { cell }
}
