//! Write a notice, before it goes up.

use db::{Fault, Tx};
use kernel::{Context, Kind as No, PlaceId, Refusal, Shape};
use ledger::entry::{Draft, append};
use places::Place;
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Notice, NoticeId, State, kind_on, rules, store};

/// A notice as somebody typed it, or as another area makes it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct DraftNotice {
    /// Whom it concerns: the id of a place.
    #[serde(default)]
    pub place: String,
    /// The id of the matter it belongs to; may be empty.
    #[serde(default)]
    pub matter: String,
    /// The kind of record that is posted, such as `season`; at most 40 characters, may be empty.
    #[serde(default)]
    pub subject_kind: String,
    /// The id of that record; at most 60 characters, may be empty.
    #[serde(default)]
    pub subject: String,
    /// The word of its kind, such as `grant-approval`.
    #[serde(default)]
    pub kind: String,
    /// 1 to 120 characters.
    #[serde(default)]
    pub title: String,
    /// 1 to 8,000 characters.
    #[serde(default)]
    pub body: String,
    /// How many days it hangs, at most 366; absent means as many as the rule of its kind asks at least.
    #[serde(default)]
    pub days: Option<u32>,
    /// A text the sender makes up for this one notice, at most 64 characters, so that sending twice drafts once.
    #[serde(default)]
    pub once: String,
}

/// Keeps the notice as a draft. The same `once` of the same person at the same place again answers with the notice that
/// is already there.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `notice-too-short`, `not-allowed`; database faults.
pub fn draft(tx: &mut Tx<'_>, cx: &mut Context, input: &DraftNotice) -> Result<Notice, Fault> {
    let place: PlaceId = input.place.parse().map_err(|_| Refusal::new(No::NotFound, "place-not-found"))?;
    let place = places::queries::show(tx, &place)?.ok_or_else(|| Refusal::new(No::NotFound, "place-not-found"))?;
    let permit = authorize(&cx.actor, Action::PostNotice, &place.site()?)?;
    let (notice, once) = shaped(cx, &place, input)?;
    rules::long_enough(notice.days, notice.min_days)?;
    let once = match (once.as_str(), cx.actor.person()) {
        ("", _) => notice.id.to_string(),
        // somebody else's text leads to nobody's notice
        (once, Some(person)) => format!("{person}/{once}"),
        (once, None) => once.to_owned(),
    };
    if let Some(there) = store::notice_once(tx, &place.id, &once)? {
        return Ok(there);
    }
    if !store::insert(tx, &permit, &notice, &once)? {
        return Err(Refusal::new(No::Conflict, "changed-meanwhile").into());
    }
    let told = json!({ "notice": notice.id, "place": place.id, "kind": notice.kind, "days": notice.days });
    let words = json!({ "title": notice.title, "body": notice.body });
    let subject = notice.id.as_str();
    append(tx, cx, &permit, &Draft { kind: "notice.drafted", subject, public: &told, private: Some(&words) })?;
    Ok(notice)
}

fn shaped(cx: &mut Context, place: &Place, input: &DraftNotice) -> Result<(Notice, String), Refusal> {
    let mut shape = Shape::new();
    let id: NoticeId = cx.id(place.home);
    let kind = shape.line("kind", &input.kind, 40);
    let matter = shape.optional_line("matter", &input.matter, 60);
    let subject_kind = shape.optional_line("subject_kind", &input.subject_kind, 40);
    let subject = shape.optional_line("subject", &input.subject, 60);
    let title = shape.line("title", &input.title, 120);
    let body = shape.prose("body", &input.body, 8_000);
    let once = shape.optional_line("once", &input.once, 64);
    let rule = kind_on(&kind, &cx.day);
    if rule.is_none() && !kind.is_empty() {
        shape.error("kind", "unknown-choice");
    }
    let least = rule.map_or(1, |rule| rule.min_days);
    let days = input.days.unwrap_or(least);
    shape.number("days", i64::from(days), 1..=i64::from(rules::MAX_DAYS));
    let notice = Notice {
        id,
        place: place.id.clone(),
        path: place.path.clone(),
        place_name: place.shown.clone(),
        matter: (!matter.is_empty()).then_some(matter),
        subject_kind,
        subject,
        kind,
        title,
        body,
        law: rule.map_or("house", |rule| rule.law).to_owned(),
        min_days: least,
        days,
        counted: rule.map_or(super::Counted::Days, |rule| rule.counted),
        from_day: None,
        until_day: None,
        provisional: false,
        state: State::Draft,
        version: 0,
        revision: 0,
        n_objections: 0,
        n_open: 0,
        n_upheld: 0,
        drafted_by: cx.author().cloned(),
        drafted_at: cx.now,
        posted_by: None,
        posted_at: None,
        closed_at: None,
        closed_day: None,
        reason: String::new(),
    };
    shape.finish((notice, once))
}
