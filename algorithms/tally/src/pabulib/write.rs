//! Writing: the header first, then ballot by ballot.

use std::io::Write;

use super::Header;
use super::error::WriteError;
use crate::money::shown;

/// A file whose header has been written and whose ballots are written one at a time.
pub struct Writer<W> {
    output: W,
    ids: Vec<String>,
    n_columns: usize,
    announced: u32,
    written: u32,
    row: String,
}

impl<W: Write> Writer<W> {
    /// Writes META, PROJECTS and the column names of VOTES. Lines end in `\n`.
    ///
    /// Where META lacks `num_projects`, `num_votes`, `budget` or `vote_type`, they are added at its end.
    ///
    /// # Errors
    /// When the output fails, or when META says something else about these than the header's fields, a project id
    /// would not be read back as it is, or a project has not one cell for each column.
    pub fn new(output: W, header: &Header) -> Result<Self, WriteError> {
        let ids = header.projects.iter().map(|row| row.id.clone()).collect();
        let n_columns = header.vote_columns.len();
        let mut writer = Self { output, ids, n_columns, announced: header.n_votes, written: 0, row: String::new() };
        writer.meta(header)?;
        writer.projects(header)?;
        writer.line(["VOTES"])?;
        writer.line(["voter_id", "vote"].into_iter().chain(header.vote_columns.iter().map(String::as_str)))?;
        Ok(writer)
    }

    /// Writes a ballot: the voter's id, the projects as indices into [`Header::projects`], and one cell for each
    /// of [`Header::vote_columns`].
    ///
    /// # Errors
    /// When the output fails, a project is unknown, or the number of cells is wrong.
    pub fn ballot<'a>(
        &mut self,
        voter_id: &str,
        choices: &[u32],
        cells: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), WriteError> {
        let mut vote = String::new();
        for (place, project) in choices.iter().enumerate() {
            if place > 0 {
                vote.push(',');
            }
            vote.push_str(self.ids.get(*project as usize).ok_or(WriteError::UnknownProject(*project))?);
        }
        self.row.clear();
        push_cell(&mut self.row, voter_id);
        self.row.push(';');
        push_cell(&mut self.row, &vote);
        let mut found = 0;
        for cell in cells {
            self.row.push(';');
            push_cell(&mut self.row, cell);
            found += 1;
        }
        if found != self.n_columns {
            return Err(WriteError::Cells { found, columns: self.n_columns });
        }
        self.written += 1;
        self.row.push('\n');
        self.output.write_all(self.row.as_bytes())?;
        Ok(())
    }

    /// Flushes and gives the output back.
    ///
    /// # Errors
    /// When the output fails, or another number of ballots was written than the header announced.
    pub fn finish(mut self) -> Result<W, WriteError> {
        if self.written != self.announced {
            return Err(WriteError::Count { said: self.announced, found: self.written });
        }
        self.output.flush()?;
        Ok(self.output)
    }

    fn meta(&mut self, header: &Header) -> Result<(), WriteError> {
        let facts: [(&'static str, String); 4] = [
            ("num_projects", header.projects.len().to_string()),
            ("num_votes", header.n_votes.to_string()),
            ("budget", header.scale.format(header.budget)),
            ("vote_type", header.vote_type.name().to_owned()),
        ];
        self.line(["META"])?;
        self.line(["key", "value"])?;
        for (key, value) in &header.meta {
            self.line([key.as_str(), value])?;
        }
        for (key, value) in facts {
            match header.meta(key) {
                None => self.line([key, &value])?,
                Some(text) if text == value => {}
                Some(text) if key == "budget" && header.scale.parse(text) == Ok(header.budget) => {}
                Some(text) => return Err(WriteError::Disagrees { key, text: shown(text), value }),
            }
        }
        Ok(())
    }

    fn projects(&mut self, header: &Header) -> Result<(), WriteError> {
        let columns = header.project_columns.len();
        self.line(["PROJECTS"])?;
        self.line(["project_id", "cost"].into_iter().chain(header.project_columns.iter().map(String::as_str)))?;
        for row in &header.projects {
            if row.id.is_empty() || row.id.contains(',') || row.id.trim() != row.id {
                return Err(WriteError::ProjectId(shown(&row.id)));
            }
            if row.cells.len() != columns {
                return Err(WriteError::Cells { found: row.cells.len(), columns });
            }
            let cost = header.scale.format(row.cost);
            self.line([row.id.as_str(), &cost].into_iter().chain(row.cells.iter().map(String::as_str)))?;
        }
        Ok(())
    }

    fn line<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<(), WriteError> {
        self.row.clear();
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.row.push(';');
            }
            push_cell(&mut self.row, cell);
        }
        self.row.push('\n');
        self.output.write_all(self.row.as_bytes())?;
        Ok(())
    }
}

/// Adds a cell, quoted where it must be.
fn push_cell(row: &mut String, cell: &str) {
    if !cell.contains([';', '"', '\n', '\r']) {
        row.push_str(cell);
        return;
    }
    row.push('"');
    row.push_str(&cell.replace('"', "\"\""));
    row.push('"');
}
