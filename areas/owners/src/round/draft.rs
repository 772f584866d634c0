//! Draft a round, and change the draft.

use consent::{
    Item,
    rules::{MAX_RULES_BYTES, Procedure},
};
use db::{DbError, Fault, Tx};
use kernel::{Context, Day, Fen, FieldError, Kind, PlaceId, Refusal, Shape, Site};
use ledger::entry::{Draft, append};
use matters::matter::MatterId;
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;
use work::calendar::add_days;

use super::{
    Closes, Committee, Days, Frozen, Later, MAX_BUILDINGS, Meeting, Notices, OWN_RULES, Round, RoundId, State, Terms,
    meanwhile, rule_set, rules, store,
};
use crate::{
    law,
    register::{MAX_NUMBER, site},
};

/// The largest cost: ten billion yuan.
const MAX_COST: i64 = 1_000_000_000_000;

/// Days after today within which a vote ends.
pub(super) const MOST_DAYS: i32 = 800;

/// A round as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct DraftRound {
    /// The id of the place.
    pub place: String,
    /// What kind of joint decision: `use-fund`, `raise-fund`, `rebuild`, `change-use`, `rules`, `covenant`,
    /// `elect-committee`, `hire-firm`, `other`.
    pub item: String,
    /// 1 to 80 characters.
    pub title: String,
    /// The question in words: 1 to 2,000 characters.
    pub question: String,
    /// What it costs, in whole units with at most two decimals; may be empty.
    pub cost: String,
    /// The buildings that pay and vote, parted by commas or lines, 32 at most; empty is all.
    pub buildings: String,
    /// `cn`, `cn-beijing`, `cn-hangzhou` or `own`; empty where the rules are set for the place.
    pub rules: String,
    /// With `own`: the text of the file of rules, which is kept with the round.
    pub rules_text: String,
    /// A later ballot of a unit: `refuse` or `replace`.
    pub later: String,
    /// `regular` or `extraordinary`; empty is `regular`.
    pub meeting: String,
    /// The day whose law applies, `YYYY-MM-DD`; empty is the day on which the vote closes.
    pub law_day: String,
    /// The last day of the vote, `YYYY-MM-DD`: it leaves time for the notice and, where the rules name them, the days of a vote.
    pub closes: String,
    /// The number of the matter it belongs to; may be empty.
    pub matter: String,
    /// A text the sender makes up for this one round, at most 64 characters, so that sending twice drafts one.
    pub once: String,
}

/// Drafts a round: community work at its place. The same `once` of the same person again answers with the round that is
/// there.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn draft(tx: &mut Tx<'_>, cx: &mut Context, input: &DraftRound) -> Result<Round, Fault> {
    let place: PlaceId = input.place.trim().parse().map_err(|_| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let site = site(tx, &place)?;
    let permit = authorize(&cx.actor, Action::MoveMatter, &site)?;
    let input = &ruled(tx, &site, input)?;
    let matter = matter(tx, &permit, &input.matter)?;
    let mut shape = Shape::new();
    let once = shape.optional_line("once", &input.once, 64);
    let (round, once) = shape.finish(once).and_then(|once| Ok((shaped(cx, &place, (input, matter))?, once)))?;
    let once = match (once.as_str(), cx.actor.person()) {
        ("", _) => round.id.to_string(),
        // two people may make up the same text
        (once, Some(person)) => format!("{person}/{once}"),
        (once, None) => once.to_owned(),
    };
    if let Some(there) = store::once(tx, permit.home(), &once)? {
        return Ok(there);
    }
    match store::insert(tx, &permit, &round, &once) {
        // the twin of a double tap was first
        Err(DbError::Unique(_)) => return Err(meanwhile().into()),
        other => other?,
    }
    tell(tx, cx, &permit, ("round.drafted", &round))?;
    Ok(round)
}

/// Changes a draft. The same again changes nothing.
///
/// # Errors
/// Refusals `invalid-input`, `round-not-found`, `round-wrong-state`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn change(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId, input: &DraftRound) -> Result<Round, Fault> {
    let (old, permit) = hold(tx, cx, id)?;
    rules::expect(&old, &[State::Draft])?;
    let site = site(tx, &old.place)?;
    let input = &ruled(tx, &site, input)?;
    let matter = matter(tx, &permit, &input.matter)?;
    let typed = shaped(cx, &old.place, (input, matter))?;
    let new = Round {
        item: typed.item,
        title: typed.title,
        question: typed.question,
        cost: typed.cost,
        buildings: typed.buildings,
        rules: typed.rules,
        rules_text: typed.rules_text,
        later: typed.later,
        meeting: typed.meeting,
        law_day: typed.law_day,
        closes: typed.closes,
        matter: typed.matter,
        ..old.clone()
    };
    if new == old {
        return Ok(old);
    }
    let new = store::write(tx, &permit, &new)?.ok_or_else(meanwhile)?;
    tell(tx, cx, &permit, ("round.changed", &new))?;
    Ok(new)
}

fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (kind, round): (&'static str, &Round),
) -> Result<(), Fault> {
    let told = json!({
        "round": round.id, "place": round.place, "item": round.item.name(), "rules": round.rules,
        "later": round.later, "meeting": round.meeting, "law_day": round.law_day.as_ref().map(Day::as_str), "cost": round.cost,
        "buildings": round.buildings.len(), "closes": round.closes.day.as_ref().map(Day::as_str),
    });
    let words = json!({
        "title": round.title, "question": round.question, "buildings": round.buildings,
        "rules_text": round.rules_text, "by": cx.actor.person(),
    });
    append(tx, cx, permit, &Draft { kind, subject: round.id.as_str(), public: &told, private: Some(&words) })?;
    Ok(())
}

/// Where rules are set for the place, a round there goes by them and names no others.
fn ruled(tx: &mut Tx<'_>, site: &Site, input: &DraftRound) -> Result<DraftRound, Fault> {
    let Some(law) = law::queries::at(tx, site)? else { return Ok(input.clone()) };
    let typed = input.rules.trim();
    if !typed.is_empty() && typed != law.rules {
        return Err(Refusal::invalid(vec![FieldError::new("rules", "place-decides")]).into());
    }
    Ok(DraftRound { rules: law.rules, rules_text: law.rules_text, ..input.clone() })
}

/// The matter of this number, if one is named; `Err` inside where there is none.
fn matter(tx: &mut Tx<'_>, permit: &Permit, number: &str) -> Result<Result<Option<MatterId>, ()>, Fault> {
    let number: String = number.trim().chars().take(40).collect();
    if number.is_empty() {
        return Ok(Ok(None));
    }
    let found = matters::matter::queries::by_number(tx, permit.home(), &number)?;
    Ok(found.map(Some).ok_or(()))
}

fn shaped(
    cx: &mut Context,
    place: &PlaceId,
    (input, matter): (&DraftRound, Result<Option<MatterId>, ()>),
) -> Result<Round, Refusal> {
    let mut shape = Shape::new();
    let item = chosen(&mut shape, "item", &input.item, input.item.trim().parse::<Item>().ok()).unwrap_or(Item::Other);
    let later = chosen(&mut shape, "later", &input.later, input.later.trim().parse().ok()).unwrap_or(Later::Refuse);
    let meeting = match input.meeting.trim() {
        "" => Some(Meeting::Regular),
        word => chosen(&mut shape, "meeting", word, word.parse().ok()),
    };
    let (rules, rules_text) = own_rules(&mut shape, &input.rules, &input.rules_text);
    let law_day = day(&mut shape, "law_day", &input.law_day);
    let closes = day(&mut shape, "closes", &input.closes);
    if closes.is_none() && input.closes.trim().is_empty() {
        shape.error("closes", "required");
    }
    if matter.is_err() {
        shape.error("matter", "matter-unknown");
    }
    let buildings = buildings(&mut shape, &input.buildings);
    let cost = cost(&mut shape, &input.cost);
    let round = Round {
        id: cx.id(place.home()),
        place: place.clone(),
        item,
        title: shape.line("title", &input.title, 80),
        question: shape.prose("question", &input.question, 2_000),
        cost,
        buildings,
        rules,
        rules_text,
        later,
        meeting: meeting.unwrap_or(Meeting::Regular),
        law_day,
        matter: matter.unwrap_or_default(),
        state: State::Draft,
        revision: 0,
        frozen: Frozen::default(),
        notices: Notices::default(),
        days: Days::default(),
        closes: Closes { day: closes, ..Closes::default() },
        committee: Committee::default(),
        verdict: None,
        outcome: None,
        challenge: String::new(),
        stands: None,
        made_by: cx.actor.person().cloned(),
        made_day: cx.day.clone(),
    };
    let round = shape.finish(round)?;
    match (round.terms(&cx.day), &round.closes.day) {
        (Ok(terms), Some(closes)) => may_close_on(closes, (&terms, &cx.day)).map(|()| round),
        _ => Ok(round),
    }
}

/// A last day leaves time for the notice and the days of a vote, and is no further than [`MOST_DAYS`] away.
fn may_close_on(closes: &Day, (terms, today): (&Terms, &Day)) -> Result<(), Refusal> {
    let wrong = |code, day: &Day| {
        Err(Refusal::invalid(vec![FieldError {
            field: "closes",
            code,
            args: vec![("day", kernel::Arg::Text(day.to_string()))],
        }]))
    };
    let notice = i32::try_from(terms.notice).unwrap_or(i32::MAX);
    let first = rules::first_end(&add_days(today, notice.saturating_add(1)), terms);
    let last = add_days(today, MOST_DAYS);
    if *closes < first {
        return wrong("closes-too-early", &first);
    }
    if *closes > last { wrong("closes-past-rules", &last) } else { Ok(()) }
}

fn chosen<T>(shape: &mut Shape, field: &'static str, typed: &str, found: Option<T>) -> Option<T> {
    if found.is_none() {
        shape.error(field, if typed.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    found
}

/// The name of a rule set, and the text of one's own.
pub(crate) fn own_rules(shape: &mut Shape, name: &str, text: &str) -> (String, String) {
    let name = name.trim();
    if name != OWN_RULES {
        chosen(shape, "rules", name, consent::Rules::builtin_names().find(|known| *known == name));
        return (name.chars().take(40).collect(), String::new());
    }
    let text = text.replace("\r\n", "\n");
    if text.trim().is_empty() {
        shape.error("rules_text", "required");
    } else if text.len() > MAX_RULES_BYTES {
        shape.error("rules_text", "rules-too-long");
    } else if rule_set(OWN_RULES, &text).is_err() || Procedure::parse(&text).is_err() {
        shape.error("rules_text", "rules-unreadable");
    }
    (OWN_RULES.to_owned(), text)
}

pub(super) fn day(shape: &mut Shape, field: &'static str, typed: &str) -> Option<Day> {
    let typed = typed.trim();
    let day = Day::parse(typed);
    if day.is_none() && !typed.is_empty() {
        shape.error(field, "not-a-date");
    }
    day
}

fn cost(shape: &mut Shape, typed: &str) -> Option<Fen> {
    let plain: String = typed.trim().chars().filter(|c| !matches!(c, ',' | '，' | ' ' | '元' | '¥' | '￥')).collect();
    if plain.is_empty() {
        return None;
    }
    match Fen::parse(&plain) {
        Ok(fen) if fen.0 <= MAX_COST => return Some(fen),
        Ok(_) => shape.error("cost", "cost-too-large"),
        Err(_) => shape.error("cost", "not-an-amount"),
    }
    None
}

fn buildings(shape: &mut Shape, typed: &str) -> Vec<String> {
    let parts = typed.split([',', '，', '、', ';', '；', '\n', '\r', '\t']);
    let mut names: Vec<String> = Vec::new();
    for name in parts.map(str::trim).filter(|name| !name.is_empty()) {
        if !names.iter().any(|there| there == name) {
            names.push(name.to_owned());
        }
    }
    if names.len() > MAX_BUILDINGS {
        shape.error("buildings", "buildings-too-many");
    } else if names.iter().any(|name| name.chars().count() > MAX_NUMBER || name.chars().any(char::is_control)) {
        shape.error("buildings", "building-unreadable");
    }
    names
}

/// A round that is held until the transaction ends, with the right of community work at its place.
pub(crate) fn hold(tx: &mut Tx<'_>, cx: &Context, id: &RoundId) -> Result<(Round, Permit), Fault> {
    let round = store::held(tx, id)?.ok_or_else(super::not_found)?;
    let permit = authorize(&cx.actor, Action::MoveMatter, &site(tx, &round.place)?)?;
    Ok((round, permit))
}
