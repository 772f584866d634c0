//! Rows of comma-separated cells with quotes (RFC 4180), counted in lines and bounded in length.

use std::io::{BufRead, BufReader, Read};

use super::error::{Fault, ReadError};
use super::{MAX_FILE_BYTES, MAX_RECORD_BYTES};

/// Reads one row after the other into buffers that are used again.
pub(super) struct Records<R> {
    input: BufReader<R>,
    file: &'static str,
    n_bytes: u64,
    n_lines: u64,
    raw: Vec<u8>,
    /// Line on which the current row begins.
    line: u64,
    /// The row's cells, each followed by one byte.
    cells: Vec<u8>,
    ends: Vec<usize>,
}

impl<R: Read> Records<R> {
    pub(super) fn new(file: &'static str, input: R) -> Self {
        let (raw, cells, ends) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            input: BufReader::with_capacity(1 << 16, input),
            file,
            n_bytes: 0,
            n_lines: 0,
            raw,
            line: 1,
            cells,
            ends,
        }
    }

    /// Goes to the next row that is not empty; `false` at the end.
    pub(super) fn advance(&mut self) -> Result<bool, ReadError> {
        loop {
            self.ends.clear();
            self.line = self.n_lines + 1;
            if !self.read_line()? {
                return Ok(false);
            }
            if self.raw.is_empty() {
                continue;
            }
            if self.raw.contains(&b'"') {
                self.read_quoted()?;
            } else {
                std::mem::swap(&mut self.raw, &mut self.cells);
                let commas = self.cells.iter().enumerate().filter(|(_, byte)| **byte == b',');
                self.ends.extend(commas.map(|(place, _)| place));
                self.ends.push(self.cells.len());
            }
            return Ok(true);
        }
    }

    /// Number of cells of the current row.
    pub(super) fn n_cells(&self) -> usize {
        self.ends.len()
    }

    /// A cell of the current row without surrounding spaces; empty beyond its end.
    pub(super) fn cell(&self, index: usize) -> &[u8] {
        let Some(end) = self.ends.get(index) else { return &[] };
        let start = if index == 0 { 0 } else { self.ends.get(index - 1).map_or(0, |end| end + 1) };
        self.cells.get(start..*end).unwrap_or_default().trim_ascii()
    }

    /// A fault of the current row.
    pub(super) fn fault(&self, fault: impl Into<Fault>) -> ReadError {
        ReadError { file: self.file, line: self.line, fault: fault.into() }
    }

    /// Reads a line into `raw` without its end, a byte order mark at the very start left out; `false` at the end.
    fn read_line(&mut self) -> Result<bool, ReadError> {
        let at = |line: u64, fault: Fault| ReadError { file: self.file, line, fault };
        let line = self.n_lines + 1;
        self.raw.clear();
        let mut bounded = self.input.by_ref().take(MAX_RECORD_BYTES as u64 + 1);
        let n = bounded.read_until(b'\n', &mut self.raw).map_err(|error| at(line, Fault::Io(error.to_string())))?;
        self.n_bytes += n as u64;
        if n > MAX_RECORD_BYTES {
            return Err(at(line, Fault::RecordTooLong));
        }
        if self.n_bytes > MAX_FILE_BYTES {
            return Err(at(line, Fault::FileTooLong));
        }
        if line == 1 && self.raw.starts_with(b"\xEF\xBB\xBF") {
            self.raw.drain(..3);
        }
        for end in [b'\n', b'\r'] {
            if self.raw.last() == Some(&end) {
                self.raw.pop();
            }
        }
        self.n_lines = line;
        Ok(n > 0)
    }

    /// Reads a row that contains quotes, and as many further lines as its quoted cells span. A quote counts at the
    /// start of a cell; elsewhere it is a letter, as exports have them.
    fn read_quoted(&mut self) -> Result<(), ReadError> {
        self.cells.clear();
        let (mut quoted, mut at_start, mut n_bytes) = (false, true, 0);
        loop {
            n_bytes += self.raw.len();
            if n_bytes > MAX_RECORD_BYTES {
                return Err(self.fault(Fault::RecordTooLong));
            }
            let mut bytes = self.raw.iter().peekable();
            while let Some(byte) = bytes.next() {
                match (quoted, byte) {
                    (true, b'"') if bytes.peek() == Some(&&b'"') => {
                        bytes.next();
                        self.cells.push(b'"');
                    }
                    (true, b'"') => quoted = false,
                    (false, b'"') if at_start => quoted = true,
                    (false, b',') => {
                        self.ends.push(self.cells.len());
                        self.cells.push(b',');
                        at_start = true;
                        continue;
                    }
                    _ => self.cells.push(*byte),
                }
                at_start = false;
            }
            if !quoted {
                self.ends.push(self.cells.len());
                return Ok(());
            }
            self.cells.push(b'\n');
            if !self.read_line()? {
                return Err(self.fault(Fault::OpenQuote));
            }
        }
    }
}
