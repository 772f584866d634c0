//! Computing a verdict again from what it was computed from, by anybody, wherever they are.
//!
//! A verdict's `inputs` is the SHA-256 of a text: everything the outcome depends on, line by line, as its rule set defines
//! it. Whoever has that text comes to the same outcome. For each kind of verdict one [`Method`] says how the text is read
//! from the records of an installation, how an outcome is computed from it, and who may have it. The areas that compute
//! verdicts hand their methods to whoever puts them together ([`Methods`]), so that this area knows none of them.
//!
//! The same method answers on the verdict's page ([`Runs`]), in `linli verify` over an export, and over the file of a
//! single verdict ([`mod@file`]).

pub mod file;
mod runs;
mod told;

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use db::{Db, DbError, Fault};
use ledger::tree::Hash;
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::Verdict;

pub use runs::{KEPT, MAX_RUNNING, Runs, Standing};
pub use told::Told;

/// Lines of inputs at most: some hundred times the ballots of the largest vote that is known.
pub const MAX_LINES: u64 = 20_000_000;

/// Takes the text of the inputs, piece by piece: a line with its line feed each, or a text that has none as a whole.
pub type Sink<'a> = dyn FnMut(&str) -> Result<(), DbError> + 'a;

/// Computes an outcome from the lines of its inputs.
pub trait Count {
    /// Takes the next line, without its line feed.
    ///
    /// # Errors
    /// What cannot be read, in a sentence.
    fn line(&mut self, line: &str) -> Result<(), String>;

    /// What the lines come to. `told` is what was recorded, for rules that only bound what people decide.
    ///
    /// # Errors
    /// Why they come to nothing, in a sentence.
    fn end(self: Box<Self>, told: &Told) -> Result<Computed, String>;
}

/// Who may have the text of the inputs. The server computes for everybody, whatever it is.
#[derive(Debug, Clone, Copy)]
pub enum Openness {
    /// Anybody.
    Open,
    /// Auditors: it says what single people judged, without saying who they are.
    Sealed,
    /// Auditors, without the names in it. The function blots them out of a line; what is left gives the same outcome and
    /// another digest.
    Named(fn(&str) -> String),
    /// Nobody: what people wrote stands in it. Whoever keeps the installation can look at the records themselves.
    Kept,
}

impl Openness {
    /// The word in files and the API, and of the message keys `verdict-inputs-<word>`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Openness::Open => "open",
            Openness::Sealed => "sealed",
            Openness::Named(_) => "named",
            Openness::Kept => "kept",
        }
    }

    /// Whether auditors may take it out.
    #[must_use]
    pub fn is_for_auditors(self) -> bool {
        matches!(self, Openness::Sealed | Openness::Named(_))
    }
}

/// How the verdicts of one kind are computed again.
#[derive(Debug, Clone, Copy)]
pub struct Method {
    /// The kind, as the register has it.
    pub kind: &'static str,
    /// Whether this program can compute by a dated rule set.
    pub knows: fn(&str) -> bool,
    /// Who may have the inputs.
    pub openness: Openness,
    /// Whether the entries of the log hold all of the inputs, so that an export needs no file of them.
    pub in_log: bool,
    /// Reads the inputs from the records, outside of any write transaction. Refusal `verdict-inputs-gone` where the
    /// records no longer hold them.
    pub gather: fn(&Db, &Verdict, &mut Sink<'_>) -> Result<(), Fault>,
    /// The inputs as the verdict's own entry holds them, where it holds them all.
    pub own: Option<fn(&Told) -> String>,
    /// Begins to compute.
    pub begin: fn() -> Box<dyn Count>,
}

/// The methods of all areas: one for each kind of verdict that this program computes.
#[derive(Debug, Clone, Copy)]
pub struct Methods(&'static [&'static [Method]]);

impl Methods {
    /// The lists of the areas together.
    #[must_use]
    pub const fn new(lists: &'static [&'static [Method]]) -> Methods {
        Methods(lists)
    }

    /// The method of a kind; none for a kind that is computed elsewhere.
    #[must_use]
    pub fn of(&self, kind: &str) -> Option<&'static Method> {
        self.all().find(|method| method.kind == kind)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &'static Method> + use<> {
        self.0.iter().copied().flatten()
    }
}

/// What the inputs come to, by the members of the register's record; members that do not follow from them are absent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Computed {
    /// The rule's name, where the inputs say it.
    pub rule: Option<String>,
    /// What the rule was set to.
    pub parameters: Map<String, Value>,
    /// What came out.
    pub outcome: Map<String, Value>,
    /// Yes or no.
    pub passed: Option<bool>,
}

/// The members of a JSON object.
#[must_use]
pub fn members(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}

/// Something that was recorded and comes out another way.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Difference {
    /// `inputs` for the digest, `rule`, `passed`, `log` for the entry that tells of the verdict, else `parameters.NAME`
    /// or `outcome.NAME`.
    pub member: String,
    /// What was recorded.
    #[schema(value_type = Object)]
    pub recorded: Value,
    /// What comes out.
    #[schema(value_type = Object)]
    pub computed: Value,
}

/// What came of computing a verdict again.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// The same came out.
    Equal {
        /// Lines of inputs that were read.
        lines: u64,
        /// What the record tells besides and the inputs do not: it was not compared.
        beside: Vec<String>,
    },
    /// Something else came out.
    Differs {
        /// Lines of inputs that were read.
        lines: u64,
        /// What differs; never empty.
        what: Vec<Difference>,
    },
    /// It cannot be computed here.
    Cannot {
        /// A stable code: `elsewhere`, `rule-set-unknown`, `verdict-inputs-gone`, `inputs-unreadable`, `inputs-absent`,
        /// `busy`, `failed`; the words are `verdict-cannot-<this>`.
        why: String,
        /// What could not be read, in English; may be empty.
        detail: String,
    },
}

impl Answer {
    /// It cannot be computed here.
    #[must_use]
    pub fn cannot(why: &str) -> Answer {
        Answer::Cannot { why: why.to_owned(), detail: String::new() }
    }

    /// The word of the message keys `verdict-again-<word>`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Answer::Equal { .. } => "equal",
            Answer::Differs { .. } => "differs",
            Answer::Cannot { .. } => "cannot",
        }
    }

    /// Compares what was recorded with what came out of `lines` lines. Without a digest the inputs were not whole, and
    /// theirs is not compared.
    #[must_use]
    pub fn of(told: &Told, (digest, lines): (Option<Hash>, u64), computed: Result<Computed, String>) -> Answer {
        let mut what = Vec::new();
        let mut compare = |member: String, recorded: Value, computed: Value| {
            if recorded != computed {
                what.push(Difference { member, recorded, computed });
            }
        };
        if let Some(digest) = digest {
            compare("inputs".into(), told.inputs.as_str().into(), digest.to_string().into());
        }
        let computed = match computed {
            Ok(computed) => computed,
            Err(detail) if what.is_empty() => return Answer::Cannot { why: "inputs-unreadable".into(), detail },
            Err(_) => return Answer::Differs { lines, what },
        };
        if let Some(rule) = &computed.rule {
            compare("rule".into(), told.rule.as_str().into(), rule.as_str().into());
        }
        if let Some(passed) = computed.passed {
            compare("passed".into(), told.passed.into(), passed.into());
        }
        let mut beside = Vec::new();
        for (group, recorded, computed) in
            [("parameters", &told.parameters, computed.parameters), ("outcome", &told.outcome, computed.outcome)]
        {
            for name in recorded.as_object().into_iter().flatten().map(|(name, _)| name) {
                if !computed.contains_key(name) {
                    beside.push(format!("{group}.{name}"));
                }
            }
            for (name, value) in computed {
                let there = recorded.get(&name).cloned().unwrap_or_default();
                compare(format!("{group}.{name}"), there, value);
            }
        }
        if what.is_empty() { Answer::Equal { lines, beside } } else { Answer::Differs { lines, what } }
    }
}

/// A computation under way: the lines of the inputs come in, what they come to goes out.
pub struct Computing {
    hash: Sha256,
    count: Box<dyn Count>,
    fault: Option<String>,
    lines: u64,
}

impl Computing {
    /// Nothing is read yet.
    #[must_use]
    pub fn new(method: &Method) -> Computing {
        Computing { hash: Sha256::new(), count: (method.begin)(), fault: None, lines: 0 }
    }

    /// Takes the next piece of the text, as a [`Sink`] does.
    ///
    /// # Errors
    /// [`DbError::Data`] for more than [`MAX_LINES`].
    pub fn take(&mut self, piece: &str) -> Result<(), DbError> {
        self.lines += 1;
        if self.lines > MAX_LINES {
            return Err(DbError::Data(format!("more than {MAX_LINES} lines of inputs")));
        }
        self.hash.update(piece.as_bytes());
        if self.fault.is_none()
            && let Err(what) = self.count.line(piece.strip_suffix('\n').unwrap_or(piece))
        {
            self.fault = Some(format!("line {}: {what}", self.lines));
        }
        Ok(())
    }

    /// The answer. `whole` is false where names were blotted out of the lines, so that their digest is another.
    #[must_use]
    pub fn end(self, told: &Told, whole: bool) -> Answer {
        let digest = Hash(self.hash.finalize().into());
        let computed = match self.fault {
            Some(what) => Err(what),
            None => self.count.end(told),
        };
        Answer::of(told, (whole.then_some(digest), self.lines), computed)
    }
}

/// Computes from the whole text of the inputs.
#[must_use]
pub fn from_text(method: &Method, told: &Told, text: &str, whole: bool) -> Answer {
    if !(method.knows)(&told.rule_set) {
        return Answer::cannot("rule-set-unknown");
    }
    let mut computing = Computing::new(method);
    match text.split_inclusive('\n').try_for_each(|piece| computing.take(piece)) {
        Ok(()) => computing.end(told, whole),
        Err(error) => Answer::Cannot { why: "inputs-unreadable".into(), detail: error.to_string() },
    }
}

/// Computes a verdict of this installation again from its records, and looks whether the log tells the same of it. Reads
/// only; `n_lines` says how far it is.
#[must_use]
pub fn recompute(db: &Db, methods: Methods, verdict: &Verdict, n_lines: &AtomicU64) -> Answer {
    let Some(method) = methods.of(&verdict.kind).filter(|_| verdict.is_computed_here()) else {
        return Answer::cannot("elsewhere");
    };
    if !(method.knows)(&verdict.rule_set) {
        return Answer::cannot("rule-set-unknown");
    }
    let (told, mut computing) = (Told::from(verdict), Computing::new(method));
    let gathered = (method.gather)(db, verdict, &mut |piece| {
        n_lines.fetch_add(1, Relaxed);
        computing.take(piece)
    });
    let logged = gathered.and_then(|()| Ok(told::logged(db, verdict)?));
    match logged {
        Ok(logged) => with_log(computing.end(&told, true), &told, logged),
        Err(Fault::Refused(refusal)) => Answer::cannot(refusal.code),
        // what somebody wrote into a row may be no inputs at all
        Err(Fault::Db(DbError::Data(detail))) => Answer::Cannot { why: "inputs-unreadable".into(), detail },
        Err(Fault::Db(_)) => Answer::cannot("busy"),
    }
}

/// The answer with what the entry of the log says, if it has its place there already.
fn with_log(answer: Answer, told: &Told, logged: Option<Told>) -> Answer {
    let Some(logged) = logged.filter(|logged| logged != told) else { return answer };
    let text = |told: &Told| serde_json::to_value(told).unwrap_or_default();
    let log = Difference { member: "log".into(), recorded: text(told), computed: text(&logged) };
    match answer {
        Answer::Differs { lines, mut what } => {
            what.push(log);
            Answer::Differs { lines, what }
        }
        Answer::Equal { lines, .. } => Answer::Differs { lines, what: vec![log] },
        cannot @ Answer::Cannot { .. } => cannot,
    }
}

/// The text of a verdict's inputs from the records, as [`Method::gather`] gives it.
///
/// # Errors
/// Refusals `verdict-inputs-gone`, `verdict-inputs-large` for more than `most` bytes; database faults.
pub fn text_of(db: &Db, method: &Method, verdict: &Verdict, most: usize) -> Result<String, Fault> {
    let (mut text, mut large) = (String::new(), false);
    let gathered = (method.gather)(db, verdict, &mut |piece| {
        large = text.len() + piece.len() > most;
        if large {
            return Err(DbError::Data("too large".into()));
        }
        text.push_str(piece);
        Ok(())
    });
    if large {
        let limit = i64::try_from(most >> 20).unwrap_or(i64::MAX);
        let refusal = kernel::Refusal::new(kernel::Kind::LimitReached, "verdict-inputs-large");
        return Err(refusal.with_int("limit", limit).into());
    }
    gathered.map(|()| text)
}

/// The refusal of a [`Method::gather`] that does not find the inputs in the records.
#[must_use]
pub fn gone() -> kernel::Refusal {
    kernel::Refusal::new(kernel::Kind::NotFound, "verdict-inputs-gone")
}

/// [`gone`] with the id that a verdict's subject is, or the refusal.
///
/// # Errors
/// Refusal `verdict-inputs-gone` where it is none.
pub fn subject_id<K>(verdict: &Verdict) -> Result<kernel::Id<K>, kernel::Refusal> {
    verdict.subject.parse().map_err(|_| gone())
}

#[cfg(test)]
mod tests;
