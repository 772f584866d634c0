//! A paper that is being written: titles, headings, paragraphs with links, tables, pages. It knows nothing of a format:
//! [`crate::docx::write`] makes a file of it that people edit, `pdf::write` one that is passed on as it is.

/// Paragraphs, rows and pages of a paper at most.
const MAX_BLOCKS: usize = 20_000;

/// A piece of a paragraph.
#[derive(Debug, Clone, Copy)]
pub enum Run<'a> {
    /// Text.
    Text(&'a str),
    /// Text in bold.
    Strong(&'a str),
    /// Text that leads to an address.
    Link(&'a str, &'a str),
}

/// A piece of a paragraph as the paper keeps it.
#[derive(Debug, Clone)]
pub(crate) enum Span {
    Text(String),
    Strong(String),
    /// What is read, and where it leads.
    Link(String, String),
}

/// How a paragraph stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Title,
    /// Of level 1 to 3.
    Heading(u8),
    Body,
    Note,
}

/// A part of a paper, from top to bottom.
#[derive(Debug)]
pub(crate) enum Block {
    Paragraph(Style, Vec<Span>),
    /// Titles of the columns, and rows that may be shorter.
    Table(Vec<String>, Vec<Vec<String>>),
    Page,
}

/// A paper that is being written.
#[derive(Debug, Default)]
pub struct Paper {
    blocks: Vec<Block>,
    n: usize,
}

impl Paper {
    /// An empty paper.
    pub fn new() -> Paper {
        Paper::default()
    }

    /// The title, in the middle.
    pub fn title(&mut self, text: &str) {
        self.paragraph(Style::Title, &[Run::Text(text)]);
    }

    /// A heading of level 1 to 3.
    pub fn heading(&mut self, level: u8, text: &str) {
        self.paragraph(Style::Heading(level.clamp(1, 3)), &[Run::Text(text)]);
    }

    /// A paragraph, its first line drawn in by two characters.
    pub fn text(&mut self, runs: &[Run<'_>]) {
        self.paragraph(Style::Body, runs);
    }

    /// A small line, such as a source.
    pub fn note(&mut self, runs: &[Run<'_>]) {
        self.paragraph(Style::Note, runs);
    }

    /// A new page.
    pub fn page(&mut self) {
        if self.counts() {
            self.blocks.push(Block::Page);
        }
    }

    /// A table with a row of titles that comes again on each page. Rows that are too short are filled up.
    pub fn table(&mut self, titles: &[&str], rows: &[Vec<String>]) {
        let rows: Vec<Vec<String>> = rows.iter().map_while(|row| self.counts().then(|| row.clone())).collect();
        let titles = titles.iter().map(|title| (*title).to_owned()).collect();
        self.blocks.push(Block::Table(titles, rows));
    }

    pub(crate) fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    fn counts(&mut self) -> bool {
        self.n += 1;
        self.n <= MAX_BLOCKS
    }

    fn paragraph(&mut self, style: Style, runs: &[Run<'_>]) {
        if self.counts() {
            let span = |run: &Run<'_>| match *run {
                Run::Text(text) => Span::Text(text.to_owned()),
                Run::Strong(text) => Span::Strong(text.to_owned()),
                Run::Link(text, href) => Span::Link(text.to_owned(), href.to_owned()),
            };
            self.blocks.push(Block::Paragraph(style, runs.iter().map(span).collect()));
        }
    }
}
