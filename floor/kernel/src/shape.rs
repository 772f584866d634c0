//! The shape of what people type: bounded, trimmed, without control characters. Meaning is the rules' matter.

use crate::{Fen, FieldError, Refusal};

/// Collects every field error of a form, so that a person sees all of them at once.
#[derive(Debug, Default)]
pub struct Shape {
    errors: Vec<FieldError>,
}

impl Shape {
    /// An empty collection.
    pub fn new() -> Shape {
        Shape::default()
    }

    /// One line of 1 to `max` characters.
    pub fn line(&mut self, field: &'static str, text: &str, max: usize) -> String {
        let text = self.optional_line(field, text, max);
        if text.is_empty() && !self.has(field) {
            self.errors.push(FieldError::new(field, "required"));
        }
        text
    }

    /// One line of at most `max` characters; may be empty.
    pub fn optional_line(&mut self, field: &'static str, text: &str, max: usize) -> String {
        self.bounded(field, text.trim(), max, |c| c.is_control())
    }

    /// Text of 1 to `max` characters with line breaks.
    pub fn prose(&mut self, field: &'static str, text: &str, max: usize) -> String {
        let text = self.optional_prose(field, text, max);
        if text.is_empty() && !self.has(field) {
            self.errors.push(FieldError::new(field, "required"));
        }
        text
    }

    /// Text of at most `max` characters with line breaks; may be empty.
    pub fn optional_prose(&mut self, field: &'static str, text: &str, max: usize) -> String {
        let text = text.replace("\r\n", "\n");
        self.bounded(field, text.trim(), max, |c| c.is_control() && c != '\n' && c != '\t')
    }

    fn bounded(&mut self, field: &'static str, text: &str, max: usize, bad: impl Fn(char) -> bool) -> String {
        if text.chars().nth(max).is_some() {
            let limit = i64::try_from(max).unwrap_or(i64::MAX);
            self.errors.push(FieldError::new(field, "too-long").with_limit(limit));
            return String::new();
        }
        if text.chars().any(|c| bad(c) || turns(c)) {
            self.errors.push(FieldError::new(field, "control-characters"));
            return String::new();
        }
        // what nobody can see is nothing
        if text.chars().all(|c| c.is_whitespace() || is_unseen(c)) { String::new() } else { text.to_owned() }
    }

    /// A whole number within `range`.
    pub fn number(&mut self, field: &'static str, value: i64, range: std::ops::RangeInclusive<i64>) -> i64 {
        if value < *range.start() {
            self.errors.push(FieldError::new(field, "too-small").with_limit(*range.start()));
        } else if value > *range.end() {
            self.errors.push(FieldError::new(field, "too-large").with_limit(*range.end()));
        }
        value
    }

    /// An amount within `range`, in the smallest unit.
    pub fn money(&mut self, field: &'static str, value: Fen, range: std::ops::RangeInclusive<i64>) -> Fen {
        Fen(self.number(field, value.0, range))
    }

    /// An error that the caller found.
    pub fn error(&mut self, field: &'static str, code: &'static str) {
        self.errors.push(FieldError::new(field, code));
    }

    fn has(&self, field: &str) -> bool {
        self.errors.iter().any(|e| e.field == field)
    }

    /// The draft, or the refusal that names every field.
    ///
    /// # Errors
    /// [`Refusal::invalid`] when any field was wrong.
    pub fn finish<T>(self, draft: T) -> Result<T, Refusal> {
        if self.errors.is_empty() { Ok(draft) } else { Err(Refusal::invalid(self.errors)) }
    }
}

/// Marks that turn the direction of writing: with them a text can be made to read as another one.
fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Characters without a shape of their own (Unicode's `Default_Ignorable_Code_Point`, the ones people paste).
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_empty_and_what_turns_the_writing_is_refused() {
        let errors = |text: &str| {
            let mut shape = Shape::new();
            shape.line("name", text, 20);
            shape.finish(()).err().map(|refusal| refusal.fields[0].code)
        };
        for (text, code) in [
            ("\u{200b}\u{200b}", Some("required")),
            ("\u{3164}", Some("required")),
            ("\u{202e}gnp.exe", Some("control-characters")),
            ("\u{feff}name", Some("control-characters")),
            // joiners inside a word are writing: emoji, Indic scripts
            ("👩\u{200d}👧 一家", None),
        ] {
            assert_eq!(errors(text), code, "{text:?}");
        }
    }

    #[test]
    fn every_wrong_field_is_named() {
        let mut shape = Shape::new();
        assert_eq!(shape.line("name", "  银龄画廊 ", 10), "银龄画廊");
        shape.line("title", "", 10);
        shape.line("place", "一二三四", 3);
        shape.prose("body", "a\u{0}b", 10);
        shape.number("cost", -1, 0..=9);
        let refusal = shape.finish(()).unwrap_err();
        let found: Vec<_> = refusal.fields.iter().map(|f| (f.field, f.code)).collect();
        assert_eq!(
            found,
            [("title", "required"), ("place", "too-long"), ("body", "control-characters"), ("cost", "too-small")]
        );
    }

    #[test]
    fn lengths_count_characters_not_bytes() {
        let mut shape = Shape::new();
        assert_eq!(shape.line("name", "邻里邻里", 4).chars().count(), 4);
        assert!(shape.finish(()).is_ok());
    }
}
