//! Refuse with a reason.

/// What kind of "no" it is. One table in `floor/web` maps kinds to HTTP status codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The shape of the input is wrong; `fields` says where.
    Invalid,
    /// It does not exist, or the actor may not know that it does.
    NotFound,
    /// The actor may know of it but may not do this.
    Forbidden,
    /// The state of things does not allow it (closed, already done).
    Conflict,
    /// A stated limit is reached.
    LimitReached,
}

/// A value inside a refusal's sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// A whole number.
    Int(i64),
    /// A short text.
    Text(String),
}

/// One field of a form that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the form and in JSON.
    pub field: &'static str,
    /// A stable code: `required`, `too-long`, `not-a-number`, …; the words are `field-<code>` in `locales/`.
    pub code: &'static str,
    /// Numbers and texts of the sentence, such as the limit.
    pub args: Vec<(&'static str, Arg)>,
}

/// Why not: a kind, a stable code and the arguments of its sentence. The words are `refusal-<code>` in `locales/`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("refused: {code}")]
pub struct Refusal {
    /// The kind, which decides the HTTP status.
    pub kind: Kind,
    /// Stable, kebab-case, part of the API.
    pub code: &'static str,
    /// Arguments of the sentence.
    pub args: Vec<(&'static str, Arg)>,
    /// Field errors, for [`Kind::Invalid`].
    pub fields: Vec<FieldError>,
}

impl Refusal {
    /// A refusal without arguments.
    pub fn new(kind: Kind, code: &'static str) -> Self {
        Refusal { kind, code, args: Vec::new(), fields: Vec::new() }
    }

    /// The same refusal with a number for its sentence.
    #[must_use]
    pub fn with_int(mut self, name: &'static str, value: i64) -> Self {
        self.args.push((name, Arg::Int(value)));
        self
    }

    /// The same refusal with a text for its sentence.
    #[must_use]
    pub fn with_text(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, Arg::Text(value.into())));
        self
    }

    /// The refusal of a form with these field errors.
    pub fn invalid(fields: Vec<FieldError>) -> Self {
        Refusal { kind: Kind::Invalid, code: "invalid-input", args: Vec::new(), fields }
    }
}

impl FieldError {
    /// A field error without arguments.
    pub fn new(field: &'static str, code: &'static str) -> Self {
        FieldError { field, code, args: Vec::new() }
    }

    /// The same error with the limit that was passed.
    #[must_use]
    pub fn with_limit(mut self, limit: i64) -> Self {
        self.args.push(("limit", Arg::Int(limit)));
        self
    }
}
