//! Text into glyphs, and glyphs into lines.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::Faces;
use crate::paper::Span;

/// What stands for a character that the font lacks, as printers do it.
const LACKING: char = '〓';

/// A character as it is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Glyph {
    pub letter: char,
    /// Its number in the face; nothing is drawn for line feeds and the like.
    pub id: Option<u16>,
    /// In thousandths of a point.
    pub width: i64,
    /// Which of the text's spans it belongs to.
    pub span: usize,
    /// Whether a line may end before it.
    end: End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    No,
    May,
    Must,
}

/// How a span looks and where it leads.
#[derive(Debug, Clone)]
pub struct Look {
    pub strong: bool,
    pub href: Option<String>,
}

/// A text of one size.
#[derive(Debug)]
pub struct Text {
    pub glyphs: Vec<Glyph>,
    pub looks: Vec<Look>,
    /// In thousandths of a point.
    pub size: i64,
}

/// A line: the glyphs from here to there, and how wide they are without the blanks at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub from: usize,
    pub to: usize,
    pub width: i64,
}

/// What is set: the fonts, the size in thousandths of a point, and whether all of it is bold.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    pub faces: &'a Faces<'a>,
    pub size: i64,
    pub strong: bool,
}

impl Setting<'_> {
    /// A text of spans.
    pub fn text(&self, spans: &[Span]) -> Text {
        let (mut letters, mut looks) = (Vec::new(), Vec::new());
        for (at, span) in spans.iter().enumerate() {
            let (text, strong, href) = match span {
                Span::Text(text) => (text, false, None),
                Span::Strong(text) => (text, true, None),
                Span::Link(text, href) => (text, false, Some(href.clone())),
            };
            looks.push(Look { strong: strong || self.strong, href });
            letters.extend(text.chars().filter_map(plain).map(|letter| (letter, at)));
        }
        let ends = ends(&letters);
        let glyph = |(at, end): (usize, End)| {
            let (letter, span) = letters.get(at).copied().unwrap_or((' ', 0));
            let strong = looks.get(span).is_some_and(|look| look.strong);
            let (letter, id, width) = self.glyph(letter, strong, is_latin(&letters, at));
            Glyph { letter, id, width, span, end }
        };
        let glyphs = ends.into_iter().enumerate().map(glyph).collect();
        Text { glyphs, looks, size: self.size }
    }

    fn glyph(&self, letter: char, strong: bool, latin: bool) -> (char, Option<u16>, i64) {
        if letter == '\n' || is_unseen(letter) {
            return (letter, None, 0);
        }
        let face = self.faces.strong.as_ref().filter(|_| strong).unwrap_or(&self.faces.text);
        let (letter, id) = match (face.glyph(letter), face.glyph(LACKING)) {
            (Some(id), _) => (letter, id),
            (None, Some(id)) => (LACKING, id),
            (None, None) => (letter, 0),
        };
        let id = Some(id).filter(|_| latin).and_then(|id| face.narrow(id)).unwrap_or(id);
        (letter, Some(id), face.advance(id, self.size))
    }
}

/// A character as text has it: one kind of line feed, no controls.
fn plain(letter: char) -> Option<char> {
    match letter {
        '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        _ if letter.is_control() => None,
        _ => Some(letter),
    }
}

/// Marks that direct how text is set, and are not seen.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

/// Letters as wide as they are high.
fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

/// Quotation marks and dots between Latin letters, which Chinese fonts draw as wide as their own.
fn is_latin(letters: &[(char, usize)], at: usize) -> bool {
    let wide = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|(letter, _)| is_wide(*letter));
    matches!(letters.get(at), Some(('“' | '”' | '‘' | '’' | '…', _))) && !wide(at.checked_sub(1)) && !wide(Some(at + 1))
}

fn is_hangul(letter: char) -> bool {
    matches!(letter, '\u{ac00}'..='\u{d7a3}')
}

/// Signs that begin no line beside those that Unicode names: points and dashes between (GB/T 15834-2011, 5.1).
fn begins_no_line(letter: char) -> bool {
    matches!(letter, '·' | '•' | '‧' | '・' | '～' | '〜' | '％' | '‰' | '℃')
}

/// Whether a line may end before each letter: Unicode's algorithm (UAX 14) as Chinese and Korean papers keep it. Curled
/// quotation marks beside wide letters are the brackets that they look like. Korean lines end between words.
fn ends(letters: &[(char, usize)]) -> Vec<End> {
    let at = |i: Option<usize>| i.and_then(|i| letters.get(i)).map_or(' ', |(letter, _)| *letter);
    let mut text = String::with_capacity(letters.len() * 3);
    let mut starts = Vec::with_capacity(letters.len());
    for (i, (letter, _)) in letters.iter().enumerate() {
        starts.push(text.len());
        text.push(match letter {
            '“' | '‘' if is_wide(at(i.checked_sub(1))) => '「',
            '”' | '’' if is_wide(at(Some(i + 1))) => '」',
            other => *other,
        });
    }
    let mut found = linebreaks(&text).peekable();
    let mut ends = Vec::with_capacity(letters.len());
    for (i, start) in starts.iter().enumerate() {
        while found.peek().is_some_and(|(place, _)| place < start) {
            found.next();
        }
        let (before, letter) = (at(i.checked_sub(1)), at(Some(i)));
        ends.push(match found.peek().filter(|(place, _)| place == start) {
            Some((_, BreakOpportunity::Mandatory)) => End::Must,
            Some(_) if begins_no_line(letter) || (is_hangul(before) && is_hangul(letter)) => End::No,
            Some(_) => End::May,
            None => End::No,
        });
    }
    ends
}

impl Text {
    /// Its lines where there is so much room, the first of them drawn in. A text without letters has one empty line.
    pub fn lines(&self, room: i64, indent: i64) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut from = 0;
        while from < self.glyphs.len() || lines.is_empty() {
            let to = self.end(from, if lines.is_empty() { room - indent } else { room });
            lines.push(Line { from, to, width: self.width(from, to) });
            from = to;
        }
        lines
    }

    /// How wide it wants to be, and how wide its widest word is.
    pub fn wants(&self) -> (i64, i64) {
        let (mut whole, mut line, mut widest, mut word) = (0, 0, 0, 0);
        for glyph in &self.glyphs {
            if glyph.end == End::Must {
                line = 0;
            }
            if glyph.end != End::No {
                word = 0;
            }
            (line, word) = (line + glyph.width, if glyph.letter == ' ' { word } else { word + glyph.width });
            (whole, widest) = (whole.max(line), widest.max(word));
        }
        (whole, widest)
    }

    fn end(&self, from: usize, room: i64) -> usize {
        let (mut x, mut fits) = (0, None);
        for (i, glyph) in self.glyphs.iter().enumerate().skip(from) {
            if i > from {
                match glyph.end {
                    End::Must => return i,
                    End::May => fits = Some(i),
                    End::No => {}
                }
            }
            x += glyph.width;
            // blanks may stand over the edge
            if x > room && glyph.letter != ' ' {
                // a word that is longer than a line ends where the line does
                return fits.unwrap_or(i.max(from + 1));
            }
        }
        self.glyphs.len()
    }

    fn width(&self, from: usize, to: usize) -> i64 {
        let line = self.glyphs.get(from..to).unwrap_or_default();
        let blank = line.iter().rev().take_while(|glyph| glyph.letter == ' ' || glyph.id.is_none()).count();
        line.iter().take(line.len() - blank).map(|glyph| glyph.width).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of a text whose letters are all one wide, wide ones two.
    fn set(text: &str, room: i64) -> Vec<String> {
        let letters: Vec<(char, usize)> = text.chars().filter_map(plain).map(|letter| (letter, 0)).collect();
        let width =
            |letter: char| if is_wide(letter) || matches!(letter, '“' | '”' | '—' | '…') { 2 } else { 1 };
        let glyph = |((letter, span), end): (&(char, usize), End)| Glyph {
            letter: *letter,
            id: (*letter != '\n').then_some(1),
            width: if *letter == '\n' { 0 } else { width(*letter) },
            span: *span,
            end,
        };
        let glyphs = letters.iter().zip(ends(&letters)).map(glyph).collect();
        let text = Text { glyphs, looks: Vec::new(), size: 1 };
        let said = |line: &Line| text.glyphs[line.from..line.to].iter().map(|glyph| glyph.letter).collect();
        text.lines(room, 0).iter().map(said).collect()
    }

    #[test]
    fn signs_stand_where_chinese_papers_have_them() {
        assert_eq!(set("一二三四，五六", 8), ["一二三", "四，五六"], "no comma begins a line");
        assert_eq!(set("一二三（四五）", 8), ["一二三", "（四五）"], "no bracket ends one");
        assert_eq!(set("一二三“四五”六", 8), ["一二三", "“四五”", "六"], "nor a quotation mark");
        assert_eq!(set("一二三四”五", 8), ["一二三", "四”五"]);
        assert_eq!(set("一二三四……五", 10), ["一二三", "四……五"], "what is left out is not taken apart");
        assert_eq!(set("一二三——四", 8), ["一二三", "——四"], "nor is a dash");
        assert_eq!(set("一二三四·五", 8), ["一二三", "四·五"]);
    }

    #[test]
    fn words_stay_whole_where_they_can() {
        assert_eq!(set("don’t break words", 8), ["don’t ", "break ", "words"]);
        assert_eq!(set("https://x", 4).concat(), "https://x");
        assert!(set("abcdefghij", 4).iter().all(|line| line.len() <= 4));
        assert_eq!(set("주민 자치회가 합니다", 10), ["주민 ", "자치회가 ", "합니다"]);
        assert_eq!(set("주민자치회가", 8), ["주민자치", "회가"], "a word that is longer than a line");
    }

    #[test]
    fn line_feeds_end_lines_and_blanks_do_not_count() {
        assert_eq!(set("一\n\n二\n", 8), ["一\n", "\n", "二\n"]);
        assert_eq!(set("ab  cd", 2), ["ab  ", "cd"]);
        assert_eq!(set("", 8), [""]);
        assert_eq!(set("一二", 0), ["一", "二"], "a room of nothing still ends");
    }
}
