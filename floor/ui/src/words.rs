//! Words: every text of the pages, from the message files in `locales/`, read into the binary when it is built.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::format::group;
use crate::locale::Locale;

include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// Whole numbers up to here are exact in Fluent's own number type; larger ones are handed over as text.
const EXACT: u64 = 1 << 53;

/// So many different missing keys are remembered by name; a page cannot make the process grow without bound.
const MOST_MISSING: usize = 256;

/// Each is read when its language is first asked for: a command of the command line speaks one.
static BOOKS: [LazyLock<Book>; 4] = [
    LazyLock::new(|| Book::read(Locale::ALL[0])),
    LazyLock::new(|| Book::read(Locale::ALL[1])),
    LazyLock::new(|| Book::read(Locale::ALL[2])),
    LazyLock::new(|| Book::read(Locale::ALL[3])),
];
static MISSES: AtomicU64 = AtomicU64::new(0);
static MARKERS: LazyLock<Mutex<HashMap<String, &'static str>>> = LazyLock::new(Mutex::default);

/// The words of one language. Two words wide, `Copy`, good for the life of the process.
///
/// A key that a language lacks is taken from Simplified Chinese; one that nobody has gives `⟦key⟧` on the page and is
/// counted ([`misses`]), so that a test can fail on it.
#[derive(Clone, Copy)]
pub struct Words {
    locale: Locale,
    book: &'static Book,
}

/// A value inside a sentence. Made with `.into()` from `&str`, `&String` and the integer types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg<'a> {
    /// A text, put in as it is (the page escapes it).
    Text(&'a str),
    /// A whole number, printed with grouping (`1,204`) and used for plural forms where a language has them.
    Int(i64),
}

struct Book {
    bundle: FluentBundle<FluentResource>,
    /// Messages without arguments, resolved once.
    fixed: HashMap<&'static str, String>,
    faults: Vec<String>,
}

impl Words {
    /// The words of a language.
    #[must_use]
    pub fn of(locale: Locale) -> Words {
        Words { locale, book: &BOOKS[locale.index()] }
    }

    /// The language.
    #[must_use]
    pub const fn locale(self) -> Locale {
        self.locale
    }

    /// The text of a message that takes no arguments.
    #[must_use]
    pub fn t(self, key: &str) -> &'static str {
        match self.book.fixed.get(key).or_else(|| first_book().fixed.get(key)) {
            Some(text) => text,
            None => marker(key),
        }
    }

    /// The text of a message with its arguments; arguments that the message does not name are ignored.
    #[must_use]
    pub fn t_with(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            values.set(*name, value(arg));
        }
        match self.book.say(key, &values).or_else(|| first_book().say(key, &values)) {
            Some(text) => text,
            None => marker(key).to_owned(),
        }
    }

    /// The text for a number called `n`: short for `t_with(key, &[("n", n)])`.
    #[must_use]
    pub fn n(self, key: &str, n: impl Into<Arg<'static>>) -> String {
        self.t_with(key, &[("n", n.into())])
    }

    /// Whether some language has this message, for codes that come from elsewhere (`refusal-…`, `field-…`).
    #[must_use]
    pub fn has(self, key: &str) -> bool {
        self.book.bundle.has_message(key) || first_book().bundle.has_message(key)
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Words").field(&self.locale).finish()
    }
}

/// The message key of a machine code: `key_of("rule", "mes_add1u:cost:cost")` is `rule-mes-add1u-cost-cost`.
/// Anything but ASCII letters and digits becomes `-`; the key is cut at 80 bytes.
#[must_use]
pub fn key_of(prefix: &str, code: &str) -> String {
    let code = code.chars().take(80).map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
    format!("{prefix}-{}", code.collect::<String>())
}

/// How often a key was asked for that no language has, since the process started.
#[must_use]
pub fn misses() -> u64 {
    MISSES.load(Ordering::Relaxed)
}

/// All message files as (folder, file name, text).
#[must_use]
pub fn sources() -> &'static [(&'static str, &'static str, &'static str)] {
    SOURCES
}

/// What is wrong with the message files: syntax errors and keys that are written twice. Empty, as a test requires.
#[must_use]
pub fn faults() -> Vec<String> {
    BOOKS.iter().flat_map(|book| book.faults.iter().cloned()).collect()
}

/// The language from which what another one lacks is taken.
fn first_book() -> &'static Book {
    &BOOKS[Locale::default().index()]
}

impl Book {
    fn read(locale: Locale) -> Book {
        // The tags are well-formed; a test sees that plural forms are those of the language.
        let langid: LanguageIdentifier = locale.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![langid]);
        // Isolates are invisible characters around each argument; they break copying, searching and attributes.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => Some(grouped(number.value)),
            _ => None,
        }));
        let mut faults = Vec::new();
        let mut keys = HashSet::new();
        for (_, name, text) in SOURCES.iter().filter(|(folder, ..)| *folder == locale.tag()) {
            let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, errors)| {
                faults.extend(errors.iter().map(|error| format!("{}/{name}: {error}", locale.tag())));
                resource
            });
            if let Err(errors) = bundle.add_resource(resource) {
                faults.extend(errors.iter().map(|error| format!("{}/{name}: {error}", locale.tag())));
            }
            keys.extend(text.lines().filter_map(key_in));
        }
        let mut book = Book { bundle, fixed: HashMap::new(), faults };
        let none = FluentArgs::new();
        // An error while resolving means that the message wants arguments: it is not fixed.
        book.fixed = keys.into_iter().filter_map(|key| Some((key, book.say_strictly(key, &none)?))).collect();
        book
    }

    /// The sentence, with `{$name}` left in where an argument is missing.
    fn say(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        Some(self.bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
    }

    fn say_strictly(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }
}

/// The key that a line of a message file defines, if it does.
fn key_in(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let named = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    named.then_some(key)
}

fn value<'a>(arg: &Arg<'a>) -> FluentValue<'a> {
    match *arg {
        Arg::Text(text) => FluentValue::from(text),
        Arg::Int(n) if n.unsigned_abs() <= EXACT => FluentValue::from(n),
        Arg::Int(n) => FluentValue::from(group(n)),
    }
}

/// Fluent keeps numbers as floats; [`value`] lets only exact integers in. A fraction can come only from a number
/// written out in a message file and is printed as it stands there.
fn grouped(number: f64) -> String {
    let text = number.to_string();
    text.parse().map_or(text, group)
}

fn marker(key: &str) -> &'static str {
    MISSES.fetch_add(1, Ordering::Relaxed);
    let mut markers = MARKERS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(text) = markers.get(key) {
        return text;
    }
    if markers.len() >= MOST_MISSING || key.len() > MOST_MISSING {
        return "⟦?⟧";
    }
    let text: &'static str = Box::leak(format!("⟦{key}⟧").into_boxed_str());
    markers.insert(key.to_owned(), text);
    text
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(text)
    }
}

impl<'a> From<&'a kernel::Arg> for Arg<'a> {
    fn from(arg: &'a kernel::Arg) -> Self {
        match arg {
            kernel::Arg::Int(n) => Arg::Int(*n),
            kernel::Arg::Text(text) => Arg::Text(text),
        }
    }
}

macro_rules! from_small { ($($int:ty),*) => { $(
    impl From<$int> for Arg<'_> { fn from(n: $int) -> Self { Arg::Int(i64::from(n)) } }
)* } }
from_small!(i64, i32, u32, u16, u8);

macro_rules! from_wide { ($($int:ty),*) => { $(
    /// Numbers above `i64::MAX` are shown as that.
    impl From<$int> for Arg<'_> { fn from(n: $int) -> Self { Arg::Int(i64::try_from(n).unwrap_or(i64::MAX)) } }
)* } }
from_wide!(u64, usize);
