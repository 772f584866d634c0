//! Pages that are drawn on, one after another.

use pdf_writer::{
    Content, Name, Str,
    types::{ArtifactType, StructRole, TextRenderingMode},
};

use super::{
    Faces,
    face::Used,
    lines::{Line, Setting, Text},
    tags::{Kid, Tags},
};

/// The page of GB/T 9704-2012 and where text is on it, in thousandths of a point from the upper left.
pub const WIDTH: i64 = 595_300;
pub const HEIGHT: i64 = 841_900;
pub const LEFT: i64 = 79_350;
pub const RIGHT: i64 = WIDTH - 73_700;
pub const TOP: i64 = 104_900;
pub const BOTTOM: i64 = HEIGHT - 99_200;
/// Where the number of a page stands, 7 mm below the text.
const FOOT: i64 = 774_000;
const FOOT_SIZE: i64 = 14_000;

/// Of links: dark blue, as in the DOCX.
const BLUE: [f32; 3] = [0.122, 0.306, 0.475];

/// Whose a drawn text is: a part of the tree, or nobody's, such as titles that come again.
#[derive(Debug, Clone)]
pub struct Owner {
    node: Option<usize>,
    /// The part of each span that leads somewhere, once it is drawn.
    links: Vec<(usize, usize)>,
}

impl Owner {
    pub fn new(node: Option<usize>) -> Owner {
        Owner { node, links: Vec::new() }
    }
}

/// A line or a box's edge: from, to, in thousandths of a point.
type Rule = [i64; 4];

/// A place that leads somewhere.
pub struct Link {
    pub page: usize,
    /// Left, bottom, right, top, as files have it.
    pub place: [f32; 4],
    pub href: String,
    pub node: usize,
}

/// A page that is done.
pub struct Page {
    pub content: Vec<u8>,
    /// The part that each of its marks belongs to.
    pub marks: Vec<usize>,
}

/// A heading that can be gone to.
pub struct Bookmark {
    pub title: String,
    pub page: usize,
    /// From below.
    pub y: f32,
}

/// What all pages came to.
pub struct Drawn<'a> {
    pub faces: &'a Faces<'a>,
    /// What is used of the text's face and of the bold one.
    pub used: [Used; 2],
    pub pages: Vec<Page>,
    pub tags: Tags,
    pub links: Vec<Link>,
    pub bookmarks: Vec<Bookmark>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Artifact,
    Node(usize),
}

/// The pages so far and the one that is drawn on.
pub struct Canvas<'a> {
    drawn: Drawn<'a>,
    content: Content,
    marks: Vec<usize>,
    mark: Mark,
    rules: Vec<(Rule, bool)>,
}

/// Thousandths of a point as points.
pub fn points(thousandths: i64) -> f32 {
    thousandths as f32 / 1_000.0
}

/// From below, as files have it.
pub fn up(y: i64) -> f32 {
    points(HEIGHT - y)
}

impl<'a> Canvas<'a> {
    pub fn new(faces: &'a Faces<'a>) -> Canvas<'a> {
        let used = [Used::default(), Used::default()];
        let (pages, links, bookmarks) = (Vec::new(), Vec::new(), Vec::new());
        let drawn = Drawn { faces, used, pages, tags: Tags::new(), links, bookmarks };
        Canvas { drawn, content: Content::new(), marks: Vec::new(), mark: Mark::None, rules: Vec::new() }
    }

    /// How text of a size is set.
    pub fn setting(&self, size: i64, strong: bool) -> Setting<'a> {
        Setting { faces: self.drawn.faces, size, strong }
    }

    /// A new part of the tree.
    pub fn part(&mut self, parent: usize, role: StructRole) -> usize {
        self.drawn.tags.add(parent, role)
    }

    /// The page that is drawn on, from 0.
    pub fn page(&self) -> usize {
        self.drawn.pages.len()
    }

    /// A bookmark for what begins at a height of this page.
    pub fn bookmark(&mut self, title: String, y: i64) {
        let page = self.page();
        self.drawn.bookmarks.push(Bookmark { title, page, y: up(y) });
    }

    /// A thin line or edge.
    pub fn rule(&mut self, rule: Rule) {
        self.rules.push((rule, false));
    }

    /// Draws a line of a text: `x` is its left, `y` its foot.
    pub fn line(&mut self, text: &Text, line: Line, owner: &mut Owner, (x, y): (i64, i64)) {
        let mut x = x;
        let glyphs = text.glyphs.get(line.from..line.to).unwrap_or_default();
        for piece in glyphs.chunk_by(|one, next| one.span == next.span) {
            let Some(first) = piece.first() else { continue };
            let look = text.looks.get(first.span);
            let strong = look.is_some_and(|look| look.strong);
            let bold = strong && self.drawn.faces.strong.is_some();
            let mut codes = Vec::with_capacity(piece.len() * 2);
            for glyph in piece {
                if let Some(id) = glyph.id {
                    let used = &mut self.drawn.used[usize::from(bold)];
                    codes.extend(used.take(id, glyph.letter).to_be_bytes());
                }
            }
            let width: i64 = piece.iter().map(|glyph| glyph.width).sum();
            if codes.is_empty() {
                continue;
            }
            let href = look.and_then(|look| look.href.as_deref());
            let node = self.owner_of(owner, first.span, href.is_some());
            self.mark(node.map_or(Mark::Artifact, Mark::Node));
            self.show(&codes, text.size, (x, y), [bold, strong && !bold, href.is_some()]);
            if let (Some(href), Some(node)) = (href, node) {
                self.link(href, node, [x, y + text.size / 5, x + width, y - text.size * 22 / 25]);
            }
            x += width;
        }
    }

    fn owner_of(&mut self, owner: &mut Owner, span: usize, leads: bool) -> Option<usize> {
        let whole = owner.node?;
        if !leads {
            return Some(whole);
        }
        if let Some((_, node)) = owner.links.iter().find(|(known, _)| *known == span) {
            return Some(*node);
        }
        let node = self.part(whole, StructRole::Link);
        owner.links.push((span, node));
        Some(node)
    }

    /// Writes glyphs: in the bold face, thickened, or blue.
    fn show(&mut self, codes: &[u8], size: i64, (x, y): (i64, i64), [bold, thick, blue]: [bool; 3]) {
        let content = &mut self.content;
        content.begin_text().set_font(Name(if bold { b"F2" } else { b"F1" }), points(size));
        if thick {
            content.set_text_rendering_mode(TextRenderingMode::FillStroke).set_line_width(points(size / 30));
        }
        if blue {
            content.set_fill_rgb(BLUE[0], BLUE[1], BLUE[2]);
        }
        content.set_text_matrix([1.0, 0.0, 0.0, 1.0, points(x), up(y)]).show(Str(codes));
        if thick {
            content.set_text_rendering_mode(TextRenderingMode::Fill);
        }
        if blue {
            content.set_fill_gray(0.0);
        }
        content.end_text();
    }

    fn link(&mut self, href: &str, node: usize, [left, below, right, above]: [i64; 4]) {
        self.rules.push(([left, below - 600, right, below - 600], true));
        let (page, number) = (self.page(), self.drawn.links.len());
        let place = [points(left), up(below), points(right), up(above)];
        self.drawn.links.push(Link { page, place, href: ascii(href), node });
        self.drawn.tags.kid(node, Kid::Link(page, number));
    }

    /// What is drawn from here on belongs to this.
    fn mark(&mut self, mark: Mark) {
        if self.mark == mark {
            return;
        }
        if self.mark != Mark::None {
            self.content.end_marked_content();
        }
        self.mark = mark;
        match mark {
            Mark::None => {}
            Mark::Artifact => {
                let mut begun = self.content.begin_marked_content_with_properties(Name(b"Artifact"));
                begun.properties().artifact().kind(ArtifactType::Pagination);
            }
            Mark::Node(node) => {
                let number = i32::try_from(self.marks.len()).unwrap_or(i32::MAX);
                let role = self.drawn.tags.nodes().get(node).map_or(StructRole::Span, |node| node.role);
                let mut begun = self.content.begin_marked_content_with_properties(role.to_name());
                begun.properties().identify(number);
                drop(begun);
                let page = self.page();
                self.marks.push(node);
                self.drawn.tags.kid(node, Kid::Mark(page, number));
            }
        }
    }

    /// Ends the page: its lines, its number.
    pub fn turn(&mut self) {
        self.mark(Mark::Artifact);
        let number = format!("— {} —", self.page() + 1);
        let text = self.setting(FOOT_SIZE, false).text(&[crate::paper::Span::Text(number)]);
        if let Some(line) = text.lines(WIDTH, 0).first() {
            let x = LEFT + (RIGHT - LEFT - line.width) / 2;
            self.line(&text, *line, &mut Owner::new(None), (x, FOOT));
        }
        for ([x, y, to_x, to_y], blue) in std::mem::take(&mut self.rules) {
            let [red, green, ink] = if blue { BLUE } else { [0.5; 3] };
            self.content.set_stroke_rgb(red, green, ink).set_line_width(0.5);
            self.content.move_to(points(x), up(y)).line_to(points(to_x), up(to_y)).stroke();
        }
        self.mark(Mark::None);
        let content = std::mem::replace(&mut self.content, Content::new()).finish().into_vec();
        self.drawn.pages.push(Page { content, marks: std::mem::take(&mut self.marks) });
    }

    /// All pages.
    pub fn finish(self) -> Drawn<'a> {
        self.drawn
    }
}

/// An address in the characters that addresses have.
fn ascii(href: &str) -> String {
    let mut address = String::with_capacity(href.len());
    for byte in href.bytes() {
        if byte.is_ascii_graphic() {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}
