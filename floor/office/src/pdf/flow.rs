//! Blocks down the pages.

use pdf_writer::types::StructRole;

use super::{
    MAX_PAGES,
    canvas::{BOTTOM, Canvas, Drawn, LEFT, Owner, RIGHT, TOP},
    table,
};
use crate::paper::{Block, Span, Style};

/// Where the next block goes.
pub struct Flow<'a> {
    pub canvas: Canvas<'a>,
    /// From above, in thousandths of a point.
    pub y: i64,
}

/// Measures of a paragraph in thousandths of a point.
struct Shape {
    size: i64,
    /// From line to line.
    pitch: i64,
    before: i64,
    after: i64,
    indent: i64,
    strong: bool,
    middle: bool,
    role: StructRole,
}

impl Shape {
    /// As the DOCX has it.
    fn of(style: Style) -> Shape {
        let plain = |size: i64, role| Shape {
            size,
            pitch: size * 29 / 20,
            before: 3_000,
            after: 3_000,
            indent: 0,
            strong: false,
            middle: false,
            role,
        };
        let heading = |size, role| Shape { before: 12_000, strong: true, ..plain(size, role) };
        match style {
            Style::Title => Shape { before: 6_000, after: 18_000, middle: true, ..heading(22_000, StructRole::H1) },
            Style::Heading(1) => heading(17_000, StructRole::H2),
            Style::Heading(2) => heading(16_000, StructRole::H3),
            Style::Heading(_) => heading(15_000, StructRole::H4),
            Style::Body => Shape { pitch: 28_000, before: 0, after: 0, indent: 32_000, ..plain(16_000, StructRole::P) },
            Style::Note => plain(12_000, StructRole::P),
        }
    }
}

/// From the top of a line of one pitch to the foot of its letters.
pub fn foot(size: i64, pitch: i64) -> i64 {
    (pitch - size) / 2 + size * 22 / 25
}

impl<'a> Flow<'a> {
    pub fn new(canvas: Canvas<'a>) -> Flow<'a> {
        Flow { canvas, y: TOP }
    }

    /// Whether there are more pages than a file may have: then nothing more is drawn.
    pub fn is_over(&self) -> bool {
        self.canvas.page() >= MAX_PAGES
    }

    pub fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(style, spans) => self.paragraph(*style, spans),
            Block::Table(titles, rows) => table::table(self, titles, rows),
            Block::Page => self.turn(),
        }
    }

    /// What is left of the page.
    pub fn room(&self) -> i64 {
        BOTTOM - self.y
    }

    /// A new page, where this one has something.
    pub fn turn(&mut self) {
        if self.y > TOP {
            self.canvas.turn();
            self.y = TOP;
        }
    }

    fn paragraph(&mut self, style: Style, spans: &[Span]) {
        let shape = Shape::of(style);
        let text = self.canvas.setting(shape.size, shape.strong).text(spans);
        let lines = text.lines(RIGHT - LEFT, shape.indent);
        let head = matches!(style, Style::Title | Style::Heading(_));
        if self.y > TOP {
            self.y += shape.before;
        }
        // a heading stays with two lines of what it heads
        let n = i64::try_from(lines.len()).unwrap_or(i64::MAX / 100_000);
        if head && self.room() < n * shape.pitch + 60_000 {
            self.turn();
        }
        let node = self.canvas.part(0, shape.role);
        let mut owner = Owner::new(Some(node));
        if head {
            let title = text.glyphs.iter().map(|glyph| if glyph.letter == '\n' { ' ' } else { glyph.letter }).collect();
            self.canvas.bookmark(title, self.y);
        }
        for (at, line) in lines.iter().enumerate() {
            if self.room() < shape.pitch {
                self.turn();
            }
            if self.is_over() {
                return;
            }
            let free = RIGHT - LEFT - line.width;
            let x = if shape.middle {
                LEFT + free / 2
            } else if at == 0 {
                LEFT + shape.indent
            } else {
                LEFT
            };
            self.canvas.line(&text, *line, &mut owner, (x, self.y + foot(shape.size, shape.pitch)));
            self.y += shape.pitch;
        }
        self.y += shape.after;
    }

    /// All pages; at least one.
    pub fn finish(mut self) -> Drawn<'a> {
        if self.y > TOP || self.canvas.page() == 0 {
            self.canvas.turn();
        }
        self.canvas.finish()
    }
}
