//! Rows of cells of a CSV text, and the lines on which they begin.

use csv::{ReaderBuilder, StringRecord};

/// Reads one row after the other. Cells of a text without quotes are parts of it, found without a copy; one with quotes
/// is read by the `csv` crate, which also takes their doubling and line breaks apart.
pub(crate) struct Rows<'t> {
    text: &'t str,
    quoted: Option<(csv::Reader<&'t [u8]>, StringRecord)>,
    /// Where the cells of the row begin and end, in a text without quotes.
    cells: Vec<(usize, usize)>,
    /// How far the text is looked at: read, or with quotes counted in lines.
    at: usize,
    /// The line on which the row begins, from 1.
    pub(crate) line: u64,
}

impl<'t> Rows<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self::of(text, text.contains('"'))
    }

    fn of(text: &'t str, has_quotes: bool) -> Self {
        let reader = || ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
        let quoted = has_quotes.then(|| (reader(), StringRecord::new()));
        Self { text, quoted, cells: Vec::new(), at: 0, line: 1 }
    }

    /// Goes to the next line that is not empty; `false` at the end.
    ///
    /// # Errors
    /// What the reader of quoted cells refuses.
    pub(crate) fn advance(&mut self) -> Result<bool, String> {
        let from = match &mut self.quoted {
            Some((reader, record)) => {
                if !reader.read_record(record).map_err(|error| error.to_string())? {
                    return Ok(false);
                }
                // the reader's own position is that of the end of the row before, which may lie before empty lines
                usize::try_from(record.position().map_or(0, csv::Position::byte)).unwrap_or(usize::MAX)
            }
            None => self.at,
        };
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        let start = from.saturating_add(rest.iter().take_while(|byte| is_line_end(**byte)).count());
        self.line += newlines(self.text.as_bytes().get(self.at..start).unwrap_or_default());
        self.at = start;
        Ok(self.quoted.is_some() || self.part())
    }

    /// Finds the cells of the line that begins here; `false` at the end of the text.
    fn part(&mut self) -> bool {
        self.cells.clear();
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.is_empty() {
            return false;
        }
        let mut start = self.at;
        for (end, byte) in (self.at..).zip(rest) {
            if *byte == b',' {
                self.cells.push((start, end));
                start = end + 1;
            } else if is_line_end(*byte) {
                self.cells.push((start, end));
                self.at = end;
                return true;
            }
        }
        self.at = self.text.len();
        self.cells.push((start, self.at));
        true
    }

    /// How many cells the row has.
    pub(crate) fn n_cells(&self) -> usize {
        self.quoted.as_ref().map_or(self.cells.len(), |(_, record)| record.len())
    }

    /// A cell of the row, if it is that long.
    pub(crate) fn cell(&self, place: usize) -> Option<&str> {
        match &self.quoted {
            Some((_, record)) => record.get(place),
            None => self.cells.get(place).and_then(|(start, end)| self.text.get(*start..*end)),
        }
    }

    /// Whether no cell of the row is longer than so many bytes.
    pub(crate) fn is_within(&self, n_bytes: usize) -> bool {
        match self.quoted {
            Some(_) => self.cells().all(|cell| cell.len() <= n_bytes),
            None => self.cells.iter().all(|(start, end)| end - start <= n_bytes),
        }
    }

    /// The cells of the row.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.n_cells()).filter_map(|place| self.cell(place))
    }
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Line feeds among some bytes.
pub(crate) fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|b| **b == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Rows;

    fn all(mut rows: Rows<'_>) -> Vec<(u64, Vec<String>)> {
        let mut found = Vec::new();
        while rows.advance().unwrap() {
            found.push((rows.line, rows.cells().map(str::to_owned).collect()));
        }
        found
    }

    #[test]
    fn lines_are_counted_by_line_feeds() {
        let row = |line, cells: &[&str]| (line, cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
        assert_eq!(
            all(Rows::new("\n\r\na,,b\rc\r\n\n,\n d ")),
            [row(3, &["a", "", "b"]), row(3, &["c"]), row(5, &["", ""]), row(6, &[" d "])]
        );
        assert_eq!(all(Rows::new("\"a\n\"\n\nb\n")), [row(1, &["a\n"]), row(4, &["b"])]);
        assert_eq!(all(Rows::new("")), []);
    }

    proptest! {
        #[test]
        fn without_quotes_both_ways_find_the_same(text in "[ab中,\r\n ]{0,40}") {
            prop_assert_eq!(all(Rows::of(&text, false)), all(Rows::of(&text, true)));
        }
    }
}
