//! People, organisations and places where a page names them.

use maud::{Markup, html};

use crate::words::Words;

/// Someone, or some organisation, on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chip<'a> {
    /// The name as this reader may see it (whole, or `刘**`).
    pub name: &'a str,
    /// What they are here: `居民代表`; may be empty.
    pub role: &'a str,
    /// Their page.
    pub href: Option<&'a str>,
}

/// A person: the first letter in a disc, the name, the role.
#[must_use]
pub fn person(chip: &Chip<'_>) -> Markup {
    chip_of("chip", chip)
}

/// An organisation: the first letter in a square, the name, the role.
#[must_use]
pub fn org(chip: &Chip<'_>) -> Markup {
    chip_of("chip org", chip)
}

fn chip_of(class: &str, chip: &Chip<'_>) -> Markup {
    let first: String = chip.name.chars().find(|c| c.is_alphanumeric()).into_iter().collect();
    html! {
        span class=(class) {
            b aria-hidden="true" { (first) }
            span {
                @if let Some(href) = chip.href { a href=(href) { (chip.name) } } @else { (chip.name) }
                @if !chip.role.is_empty() { " " small { (chip.role) } }
            }
        }
    }
}

/// Where a place lies, from the widest to the narrowest, as (name, its page): `安贞街道 › 安外社区 › 14号楼`. The last
/// one is the place itself.
#[must_use]
pub fn place_path(w: Words, way: &[(&str, Option<&str>)]) -> Markup {
    html! {
        span.place-path {
            span.unseen { (w.t("place-path-label")) " " }
            @for (at, (name, href)) in way.iter().enumerate() {
                @if at > 0 { span.sep aria-hidden="true" { " › " } }
                @if let Some(href) = href { a href=(href) { (name) } } @else { span { (name) } }
            }
        }
    }
}

/// Whether someone was there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presence {
    /// Not yet known.
    #[default]
    Open,
    /// There.
    Present,
    /// Not there.
    Absent,
    /// Not there, and said so before.
    Excused,
    /// Someone else came for them, with a written authority.
    Proxy,
}

impl Presence {
    const fn class(self) -> &'static str {
        match self {
            Presence::Open => "idle",
            Presence::Present => "done",
            Presence::Absent => "late",
            Presence::Excused => "soon",
            Presence::Proxy => "fine",
        }
    }

    fn word(self, w: Words) -> &'static str {
        match self {
            Presence::Open => w.t("presence-open"),
            Presence::Present => w.t("presence-present"),
            Presence::Absent => w.t("presence-absent"),
            Presence::Excused => w.t("presence-excused"),
            Presence::Proxy => w.t("presence-proxy"),
        }
    }
}

/// One row of an attendance list.
#[derive(Debug)]
pub struct Attendee<'a> {
    /// Who.
    pub who: Chip<'a>,
    /// Whether they were there.
    pub presence: Presence,
    /// When and how they checked in: `9:02 扫码`; may be empty.
    pub note: &'a str,
    /// A button; may be empty.
    pub act: Markup,
}

/// Who was there: one row for each, with a shape and a word.
#[must_use]
pub fn attendance(w: Words, rows: &[Attendee<'_>]) -> Markup {
    html! {
        ul.attendance {
            @for row in rows {
                li {
                    (person(&row.who))
                    span class={ "light " (row.presence.class()) } { (row.presence.word(w)) }
                    @if !row.note.is_empty() { span.note { (row.note) } }
                    @if !row.act.0.is_empty() { div.do { (row.act) } }
                }
            }
        }
    }
}
