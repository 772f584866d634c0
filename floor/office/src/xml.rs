//! XML as office files have it: a strict reader that tells where each tag stands, and escaping.
//!
//! The reader takes well-formed XML 1.0 in UTF-8 without a document type. It knows no entities but the five of the
//! standard and numbers, so nothing in a file makes it larger than it is, and it fetches nothing.

use std::{borrow::Cow, ops::Range};

/// Tags inside one another at most.
const DEEPEST: usize = 256;

/// The text is not well formed, or has what no office file needs (a document type, another encoding).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// The byte at which that was noticed.
    pub at: usize,
}

/// What stands at a place of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// A tag that opens an element.
    Open {
        /// Its name, with its prefix.
        name: &'a str,
        /// Everything between the name and the tag's end.
        attributes: &'a str,
        /// It closes itself: no [`Event::Close`] follows.
        empty: bool,
    },
    /// A tag that closes one.
    Close {
        /// Its name, with its prefix.
        name: &'a str,
    },
    /// Characters between tags, still escaped.
    Text(&'a str),
    /// A CDATA section's characters, as they are.
    Raw(&'a str),
    /// A comment, an instruction, the declaration.
    Other,
}

/// Reads a text from tag to tag.
#[derive(Debug)]
pub struct Scan<'a> {
    text: &'a str,
    at: usize,
    open: Vec<&'a str>,
    root: bool,
}

/// The name without its prefix.
pub fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Whether a character may stand in XML 1.0 (section 2.2).
fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))
}

fn starts_name(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn in_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '\u{b7}')
}

impl<'a> Scan<'a> {
    /// From the beginning; a byte order mark is passed over.
    pub fn new(text: &'a str) -> Scan<'a> {
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Scan { text, at, open: Vec::new(), root: false }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn broken<T>(&self) -> Result<T, Broken> {
        Err(Broken { at: self.at })
    }

    /// What comes next, with the bytes it takes; nothing at the end of a whole text.
    ///
    /// # Errors
    /// [`Broken`].
    pub fn step(&mut self) -> Result<Option<(Range<usize>, Event<'a>)>, Broken> {
        let from = self.at;
        let rest = self.rest();
        if rest.is_empty() {
            return if self.root && self.open.is_empty() { Ok(None) } else { self.broken() };
        }
        let event = if let Some(inside) = rest.strip_prefix("<!--") {
            self.until(inside, 4, "-->", |body| !body.contains("--"))?;
            Event::Other
        } else if let Some(inside) = rest.strip_prefix("<![CDATA[") {
            if self.open.is_empty() {
                return self.broken();
            }
            Event::Raw(self.until(inside, 9, "]]>", |_| true)?)
        } else if let Some(inside) = rest.strip_prefix("<?") {
            let at_start = from <= 3 && self.text[..from].trim_start_matches('\u{feff}').is_empty();
            self.until(inside, 2, "?>", |body| !is_declaration(body) || (at_start && declares_utf8(body)))?;
            Event::Other
        } else if let Some(inside) = rest.strip_prefix("</") {
            self.close(inside)?
        } else if let Some(inside) = rest.strip_prefix('<') {
            self.open(inside)?
        } else {
            self.text(rest)?
        };
        Ok(Some((from..self.at, event)))
    }

    /// The body up to `end`, and past it.
    fn until(
        &mut self,
        inside: &'a str,
        lead: usize,
        end: &str,
        good: impl Fn(&str) -> bool,
    ) -> Result<&'a str, Broken> {
        let Some(found) = inside.find(end) else { return self.broken() };
        let body = &inside[..found];
        if !good(body) || !body.chars().all(allowed) {
            return self.broken();
        }
        self.at += lead + found + end.len();
        Ok(body)
    }

    fn name(&self, text: &'a str) -> Result<&'a str, Broken> {
        let end = text.find(|c| !in_name(c)).unwrap_or(text.len());
        let name = &text[..end];
        let parts = name.split(':');
        let good = parts.clone().count() <= 2 && parts.into_iter().all(|part| part.starts_with(starts_name));
        if good { Ok(name) } else { self.broken() }
    }

    fn close(&mut self, inside: &'a str) -> Result<Event<'a>, Broken> {
        let name = self.name(inside)?;
        let after = inside[name.len()..].trim_start();
        if self.open.pop() != Some(name) || !after.starts_with('>') {
            return self.broken();
        }
        self.at = self.text.len() - after.len() + 1;
        Ok(Event::Close { name })
    }

    fn open(&mut self, inside: &'a str) -> Result<Event<'a>, Broken> {
        if self.open.is_empty() && self.root {
            return self.broken();
        }
        let name = self.name(inside)?;
        let tail = &inside[name.len()..];
        let mut walk = Attributes { rest: tail };
        let mut seen: Vec<&str> = Vec::new();
        loop {
            match walk.step() {
                Ok(Some((key, _))) if !seen.contains(&key) => seen.push(key),
                Ok(None) => break,
                _ => return self.broken(),
            }
        }
        let attributes = &tail[..tail.len() - walk.rest.len()];
        let empty = walk.rest.starts_with("/>");
        if !(empty || walk.rest.starts_with('>')) || self.open.len() >= DEEPEST {
            return self.broken();
        }
        self.root = true;
        if !empty {
            self.open.push(name);
        }
        self.at = self.text.len() - walk.rest.len() + if empty { 2 } else { 1 };
        Ok(Event::Open { name, attributes, empty })
    }

    fn text(&mut self, rest: &'a str) -> Result<Event<'a>, Broken> {
        let end = rest.find('<').unwrap_or(rest.len());
        let text = &rest[..end];
        let blank = text.bytes().all(|b| b.is_ascii_whitespace());
        if (self.open.is_empty() && !blank) || text.contains("]]>") || plain(text).is_none() {
            return self.broken();
        }
        self.at += end;
        Ok(Event::Text(text))
    }
}

fn is_declaration(body: &str) -> bool {
    body.split_ascii_whitespace().next().is_some_and(|first| first.eq_ignore_ascii_case("xml"))
}

fn declares_utf8(body: &str) -> bool {
    match body.split_once("encoding") {
        Some((_, after)) => {
            let named = after.trim_start().trim_start_matches('=').trim_start();
            let named = named.trim_start_matches(['"', '\'']).to_ascii_lowercase();
            named.starts_with("utf-8") || named.starts_with("us-ascii")
        }
        None => true,
    }
}

struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Attributes<'a> {
    /// The next name with its value as it stands; nothing at the end of the tag.
    fn step(&mut self) -> Result<Option<(&'a str, &'a str)>, ()> {
        let after = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
        if after.is_empty() || after.starts_with('>') || after.starts_with("/>") {
            self.rest = after;
            return Ok(None);
        }
        if after.len() == self.rest.len() || !after.starts_with(starts_name) {
            return Err(());
        }
        let end = after.find(|c| !in_name(c)).ok_or(())?;
        let (name, value) = after.split_at(end);
        let value = value.trim_start().strip_prefix('=').ok_or(())?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or(())?;
        let inner = &value[1..];
        let close = inner.find(quote).ok_or(())?;
        let text = &inner[..close];
        if text.contains('<') || plain(text).is_none() {
            return Err(());
        }
        self.rest = &inner[close + 1..];
        Ok(Some((name, text)))
    }
}

/// The value of an attribute by its name without a prefix; none where it is not there.
pub fn attribute<'a>(attributes: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let mut walk = Attributes { rest: attributes };
    while let Ok(Some((key, value))) = walk.step() {
        if local(key) == name && !key.starts_with("xmlns") {
            return plain(value);
        }
    }
    None
}

/// Text without its escapes; none where an escape is unknown or a character may not stand there.
pub fn plain(text: &str) -> Option<Cow<'_, str>> {
    if !text.chars().all(allowed) {
        return None;
    }
    if !text.contains('&') {
        return Some(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let end = after.bytes().take(12).position(|b| b == b';')?;
        out.push(entity(&after[..end])?);
        rest = &after[end + 1..];
    }
    out.push_str(rest);
    Some(Cow::Owned(out))
}

fn entity(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        number => {
            let number = number.strip_prefix('#')?;
            let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |hex| (hex, 16));
            if !digits.chars().all(|c| c.is_digit(radix)) {
                return None;
            }
            char::from_u32(u32::from_str_radix(digits, radix).ok()?).filter(|c| allowed(*c))
        }
    }
}

/// Text escaped for an element or an attribute. What may not stand in XML becomes a space.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if allowed(c) => out.push(c),
            _ => out.push(' '),
        }
    }
    out
}

/// Reads a text to its end.
///
/// # Errors
/// [`Broken`] where it is not well formed.
pub fn check(text: &str) -> Result<(), Broken> {
    let mut scan = Scan::new(text);
    while scan.step()?.is_some() {}
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_well_formed_is_read() {
        for good in [
            "<a/>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b='1' c=\"&lt;x\"><!-- - --><b:c/>t &amp; &#x4f60;</a >",
            "\u{feff}<?xml version='1.0'?><甲 乙='1'>文</甲>",
            "<a><![CDATA[<&]]></a>\n",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn what_is_not_is_refused() {
        for bad in [
            "",
            "text",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a b=1/>",
            "<a b='1'c='2'/>",
            "<a b='1' b='2'/>",
            "<a b='<'/>",
            "<a>&unknown;</a>",
            "<a>&#0;</a>",
            "<a>&#+65;</a>",
            "<a>& </a>",
            "<a>]]></a>",
            "<a>\u{1}</a>",
            "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
            "<?xml version='1.0' encoding='utf-16'?><a/>",
            "<a/><?xml version='1.0'?>",
            "<1a/>",
            "<a:b:c/>",
            "<a",
            "<a b='1",
            "</a>",
            "<!-- -- --><a/>",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
        let deep = format!("{}{}", "<a>".repeat(DEEPEST + 1), "</a>".repeat(DEEPEST + 1));
        assert!(check(&deep).is_err());
    }

    #[test]
    fn escaped_text_comes_back() {
        let text = "a<b>&\"c' 一二\u{1f600}";
        assert_eq!(plain(&escape(text)).unwrap(), text);
        assert_eq!(escape("a\u{0}b"), "a b");
        assert_eq!(attribute(" x:id='1' id2=\"&amp;\"", "id").unwrap(), "1");
        assert_eq!(attribute(" xmlns:r='u' r='2'", "r").unwrap(), "2");
    }
}
