//! Texts with names of figures in them.

use kernel::{Arg, FieldError};

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Words(&'a str),
    /// The name of a figure.
    Figure(&'a str),
}

/// Letters of a name at most.
const MOST: usize = 40;

/// The pieces of a text. What begins with `{` is the name of a figure up to `}`.
///
/// # Errors
/// What stands where a name should.
pub fn pieces(text: &str) -> Result<Vec<Piece<'_>>, &str> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        if !before.is_empty() {
            out.push(Piece::Words(before));
        }
        let shown = || from.char_indices().nth(MOST).map_or(from, |(end, _)| &from[..end]);
        let inner = from.strip_prefix('{').ok_or_else(shown)?;
        let end = inner.find('}').filter(|end| *end <= MOST).ok_or_else(shown)?;
        let name = &inner[..end];
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            return Err(name);
        }
        out.push(Piece::Figure(name));
        rest = &inner[end + 1..];
    }
    if !rest.is_empty() {
        out.push(Piece::Words(rest));
    }
    Ok(out)
}

/// Whether a text names only figures that are known.
///
/// # Errors
/// `unknown-placeholder` at the field `text`, with the name.
pub fn check(text: &str, known: impl Fn(&str) -> bool) -> Result<(), FieldError> {
    let wrong = |name: &str| {
        let mut error = FieldError::new("text", "unknown-placeholder");
        // the mark itself would be read as one in a sentence
        let name = name.trim_matches(['{', '}']);
        error.args.push(("name", Arg::Text(if name.is_empty() { "…".to_owned() } else { name.to_owned() })));
        error
    };
    for piece in pieces(text).map_err(wrong)? {
        if let Piece::Figure(name) = piece
            && !known(name)
        {
            return Err(wrong(name));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_figures_are_found() {
        let text = "共 {activities} 场，{direct_visits}。";
        let want = [
            Piece::Words("共 "),
            Piece::Figure("activities"),
            Piece::Words(" 场，"),
            Piece::Figure("direct_visits"),
            Piece::Words("。"),
        ];
        assert_eq!(pieces(text).unwrap(), want);
        assert_eq!(pieces("").unwrap(), []);
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for bad in ["{", "}", "a{", "{}", "{A}", "{a b}", "{活动}", "{{a}}", "{a", "a}b", "{a}{", &"{".repeat(500)] {
            let error = check(bad, |_| true).unwrap_err();
            assert_eq!((error.field, error.code), ("text", "unknown-placeholder"), "{bad}");
        }
        let error = check("{visits}", |name| name == "activities").unwrap_err();
        assert_eq!(error.args, [("name", Arg::Text("visits".into()))]);
        assert_eq!(check("{activities}", |name| name == "activities"), Ok(()));
    }
}
