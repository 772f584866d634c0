//! Rows of semicolon-separated cells, with quotes, counted in lines and bounded in length.

use std::io::{BufRead, BufReader, Read};

use super::error::{Fault, ParseError};
use super::limits::{MAX_FIELD_BYTES, MAX_FILE_BYTES, MAX_RECORD_BYTES};

/// Reads one row after the other into buffers that are used again.
pub(super) struct Records<R> {
    input: BufReader<R>,
    n_bytes: u64,
    n_lines: u64,
    raw: Vec<u8>,
    /// Line on which the current row begins.
    pub(super) line: u64,
    text: String,
    ends: Vec<usize>,
}

/// Where the reader is in a cell.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Start,
    Plain,
    Quoted,
    AfterQuote,
}

impl<R: Read> Records<R> {
    pub(super) fn new(input: R) -> Self {
        let (raw, text, ends) = (Vec::new(), String::new(), Vec::new());
        Self { input: BufReader::with_capacity(1 << 16, input), n_bytes: 0, n_lines: 0, raw, line: 1, text, ends }
    }

    /// Goes to the next row that has a non-empty cell; `false` at the end.
    pub(super) fn advance(&mut self) -> Result<bool, ParseError> {
        loop {
            self.text.clear();
            self.ends.clear();
            self.line = self.n_lines + 1;
            if !self.read_line()? {
                return Ok(false);
            }
            if self.raw.contains(&b'"') {
                self.read_quoted()?;
            } else {
                let line = std::str::from_utf8(&self.raw).map_err(|_| Fault::NotUtf8.at(self.n_lines))?;
                for cell in line.split(';') {
                    self.text.push_str(cell.trim());
                    self.ends.push(self.text.len());
                }
            }
            if (0..self.ends.len()).any(|cell| self.cell(cell).len() > MAX_FIELD_BYTES) {
                return Err(Fault::FieldTooLong.at(self.line));
            }
            if !self.text.is_empty() {
                return Ok(true);
            }
        }
    }

    /// Number of cells of the current row.
    pub(super) fn n_cells(&self) -> usize {
        self.ends.len()
    }

    /// A cell of the current row without surrounding spaces; empty beyond its end.
    pub(super) fn cell(&self, index: usize) -> &str {
        let Some(end) = self.ends.get(index) else { return "" };
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[start..*end]
    }

    /// The row as text, for messages.
    pub(super) fn shown(&self) -> String {
        crate::money::shown(&(0..self.n_cells()).map(|cell| self.cell(cell)).collect::<Vec<_>>().join(";"))
    }

    /// Whether the row is the title of a section.
    pub(super) fn is_title(&self, title: &str) -> bool {
        self.cell(0).eq_ignore_ascii_case(title) && self.text.len() == self.cell(0).len()
    }

    /// Reads a line into `raw`, a byte order mark at the very start left out; `false` at the end.
    fn read_line(&mut self) -> Result<bool, ParseError> {
        let line = self.n_lines + 1;
        self.raw.clear();
        let mut bounded = self.input.by_ref().take(MAX_RECORD_BYTES as u64 + 1);
        let n = bounded.read_until(b'\n', &mut self.raw).map_err(|error| Fault::Io(error.to_string()).at(line))?;
        self.n_bytes += n as u64;
        if n > MAX_RECORD_BYTES {
            return Err(Fault::RecordTooLong.at(line));
        }
        if self.n_bytes > MAX_FILE_BYTES {
            return Err(Fault::FileTooLong.at(line));
        }
        if line == 1 && self.raw.starts_with(b"\xEF\xBB\xBF") {
            self.raw.drain(..3);
        }
        self.n_lines = line;
        Ok(n > 0)
    }

    /// Reads a row that contains quotes, and as many further lines as its quoted cells span.
    fn read_quoted(&mut self) -> Result<(), ParseError> {
        let mut state = State::Start;
        let (mut cell_start, mut n_bytes) = (0, 0);
        loop {
            n_bytes += self.raw.len();
            if n_bytes > MAX_RECORD_BYTES {
                return Err(Fault::RecordTooLong.at(self.line));
            }
            let line = std::str::from_utf8(&self.raw).map_err(|_| Fault::NotUtf8.at(self.n_lines))?;
            for char in line.chars() {
                state = match (state, char) {
                    (State::Quoted, '"') => State::AfterQuote,
                    (State::Quoted, _) => {
                        self.text.push(char);
                        State::Quoted
                    }
                    (_, ';') => {
                        end_cell(&mut self.text, &mut self.ends, &mut cell_start);
                        State::Start
                    }
                    (State::AfterQuote, '"') => {
                        self.text.push('"');
                        State::Quoted
                    }
                    (State::AfterQuote, char) if char.is_whitespace() => State::AfterQuote,
                    (State::AfterQuote, _) => return Err(Fault::AfterQuote.at(self.n_lines)),
                    (State::Start, '"') => State::Quoted,
                    (State::Start, char) if char.is_whitespace() => State::Start,
                    (_, char) => {
                        self.text.push(char);
                        State::Plain
                    }
                };
            }
            if state != State::Quoted {
                end_cell(&mut self.text, &mut self.ends, &mut cell_start);
                return Ok(());
            }
            if !self.read_line()? {
                return Err(Fault::OpenQuote.at(self.line));
            }
        }
    }
}

/// Closes a cell: drops the spaces around it.
fn end_cell(text: &mut String, ends: &mut Vec<usize>, start: &mut usize) {
    text.truncate(text.trim_end().len().max(*start));
    let leading = text[*start..].len() - text[*start..].trim_start().len();
    text.drain(*start..*start + leading);
    ends.push(text.len());
    *start = text.len();
}
