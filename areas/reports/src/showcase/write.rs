//! Write the text of a part, or go back to what is made of the figures.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use programmes::{SeasonId, season::queries as seasons, template};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;
use ui::{Locale, Words};

use super::{MAX_TEXT, MAX_VERSIONS, NAMES, Section, Text, facts, publish::expect_approved, queries, store, text};

/// A text as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Write {
    /// The part, such as `done`.
    pub section: String,
    /// The language it is written in: `zh-Hans`, `zh-Hant`, `en`, `ko`.
    pub lang: String,
    /// The text with names of figures in braces, at most 4,000 characters; empty to go back to what is made of them.
    pub text: String,
    /// Who is named in it: `nobody`, or people who all `agreed`.
    pub names: String,
    /// The version that the writer saw; 0 where there was none.
    pub version: u32,
}

/// Writes it. The same sent twice is one version.
///
/// # Errors
/// Refusals `invalid-input` (`section`, `lang`, `text`: `unknown-placeholder`, `names`), `season-not-found`,
/// `wrong-stage`, `changed-meanwhile` where somebody wrote after the version that was seen, `too-many-versions`,
/// `not-allowed`; database faults.
pub fn write(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &Write) -> Result<Text, Fault> {
    let (found, template) = template::queries::with_season(tx, season)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &seasons::site(tx, &found)?)?;
    expect_approved(&found)?;
    let mut shape = Shape::new();
    let section = input.section.parse().unwrap_or_else(|()| {
        shape.error("section", "unknown-choice");
        Section::Opening
    });
    let locale = Locale::ALL.iter().copied().find(|locale| locale.tag() == input.lang).unwrap_or_else(|| {
        shape.error("lang", "unknown-choice");
        Locale::ZhHans
    });
    let words = shape.optional_prose("text", &input.text, MAX_TEXT);
    if !NAMES.contains(&input.names.as_str()) {
        shape.error("names", "required");
    }
    let words = shape.finish(words)?;
    let known = facts::values(Words::of(locale), &facts::facts(tx, (found, template))?);
    text::check(&words, |name| known.contains_key(name)).map_err(|error| Refusal::invalid(vec![error]))?;
    let of = (section, locale.tag());
    let last = queries::versions(tx, season, of)?.into_iter().next();
    let version = last.as_ref().map_or(0, |last| last.version);
    let new = Text {
        section,
        version: input.version.saturating_add(1),
        text: words,
        names: input.names.clone(),
        written_by: cx.actor.person().cloned(),
        written_day: cx.day.clone(),
    };
    if let Some(last) = last.filter(|last| last.version == new.version && last.text == new.text) {
        return Ok(last);
    }
    if version != input.version {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    if new.version > MAX_VERSIONS {
        let limit = i64::from(MAX_VERSIONS);
        return Err(Refusal::new(Kind::LimitReached, "too-many-versions").with_int("limit", limit).into());
    }
    if !store::insert(tx, &permit, (season, locale.tag()), (&new, cx))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = json!({ "section": section.as_str(), "lang": locale.tag(), "version": new.version });
    let private = json!({ "text": new.text, "names": new.names, "by": new.written_by });
    let subject = season.as_str();
    append(tx, cx, &permit, &Draft { kind: "showcase.written", subject, public: &public, private: Some(&private) })?;
    Ok(new)
}
