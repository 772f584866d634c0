//! Open a season.

use db::{DbError, Fault, Tx};
use kernel::{Context, Day, Fen, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use places::PlaceId;
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Phase, Season, SeasonId, plan, rules, slug, store};
use crate::{Template, template};

/// The largest budget or cost: a hundred billion yuan in fen, far below where sums could overflow.
pub const MAX_MONEY: i64 = 10_000_000_000_000;

/// A new season as somebody typed it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct OpenSeason {
    /// Where it is held.
    #[schema(value_type = String)]
    pub place: PlaceId,
    /// 1 to 120 characters.
    pub name: String,
    /// At most 2,000 characters.
    #[serde(default)]
    pub about: String,
    /// What may be spent, in the smallest unit.
    #[schema(value_type = i64)]
    pub budget: Fen,
    /// ISO 4217 code, three capital letters.
    pub currency: String,
    /// The key of the template it runs by.
    #[serde(default = "plain")]
    pub template: String,
    /// The first day of its first stage, `YYYY-MM-DD`; empty means today.
    #[serde(default)]
    pub start: String,
    /// The rule of the count, such as `mes_add1u:cost:cost`; empty means the template's.
    #[serde(default)]
    pub rule: String,
    /// The step of the rule's increment in the smallest unit; absent means one whole unit of the currency.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub increment: Option<Fen>,
    /// Projects a ballot may name; 0 means the template's number.
    #[serde(default)]
    pub max_choices: u32,
    /// The META section of an exchange file as JSON, else empty.
    #[serde(default, skip_deserializing)]
    pub source: String,
    /// A text the sender makes up for this one season, at most 64 characters, so that sending twice opens one.
    #[serde(default)]
    pub once: String,
}

fn plain() -> String {
    "plain".to_owned()
}

impl OpenSeason {
    /// A season of a template with what the template says.
    pub fn by(template: &str, place: PlaceId, name: &str, budget: Fen) -> OpenSeason {
        OpenSeason {
            place,
            name: name.to_owned(),
            about: String::new(),
            budget,
            currency: "CNY".to_owned(),
            template: template.to_owned(),
            start: String::new(),
            rule: String::new(),
            increment: None,
            max_choices: 0,
            source: String::new(),
            once: String::new(),
        }
    }
}

/// Opens the season in the first stage of its template, and lays out its calendar. The same `once` of the same person at
/// the same place again answers with the season that is there.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `template-not-found`, `changed-meanwhile`, `not-allowed`; database
/// faults.
pub fn open(tx: &mut Tx<'_>, cx: &mut Context, input: &OpenSeason) -> Result<Season, Fault> {
    let site = places::site(tx, &input.place)?.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let permit = authorize(&cx.actor, Action::RunSeason, &site)?;
    let template = template::queries::template(tx, input.place.home(), &input.template)?;
    let (season, first, typed) = draft(cx, input, &template)?;
    let once = match (typed.as_str(), cx.actor.person()) {
        ("", _) => season.id.to_string(),
        // two people may make up the same text
        (once, Some(person)) => format!("{person}/{once}"),
        (once, None) => once.to_owned(),
    };
    if let Some(there) = store::season_once(tx, &input.place, &once)? {
        return Ok(there);
    }
    match store::insert_season(tx, &permit, &season, &once) {
        // the twin of a double tap, at the same instant
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    store::insert_stages(tx, &permit, &season.id, &plan::lay_out(&template, &first))?;
    let held = places::queries::show(tx, &season.place)?;
    let named = held.as_ref().map_or((places::Level::Community, ""), |place| (place.level, place.name.as_str()));
    let slug = slug::give(tx, &permit, &season.id, named, &first)?;
    let body = serde_json::to_string(&template).map_err(|error| DbError::Data(error.to_string()))?;
    template::store::keep_for_season(tx, &permit, &season.id, &body)?;
    let told = json!({
        "season": season.id, "slug": slug, "place": season.place, "name": season.name, "budget": season.budget,
        "currency": season.currency, "rule": season.rule, "increment": season.increment,
        "max_choices": season.max_choices, "template": season.template, "version": template.version,
    });
    let subject = season.id.as_str();
    append(tx, cx, &permit, &Draft { kind: "season.opened", subject, public: &told, private: None })?;
    Ok(season)
}

/// The rule of the vote, its increment and the length of its ballots: as typed, else as the template says. A season
/// without a vote keeps a rule that is never used.
fn vote_of(input: &OpenSeason, template: &Template) -> (String, Option<Fen>, u32) {
    let vote = template.vote.as_ref();
    let rule = match (input.rule.as_str(), vote) {
        ("", Some(vote)) => vote.rule.clone(),
        ("", None) => "greedy:cost".to_owned(),
        (typed, _) => typed.to_owned(),
    };
    let share = vote.filter(|_| input.rule.is_empty()).and_then(|vote| vote.increment_permille);
    let step = share.map(|permille| Fen((input.budget.0 / 1_000).saturating_mul(i64::from(permille)).max(1)));
    let choices = match (input.max_choices, vote) {
        (0, Some(vote)) => vote.max_choices,
        (0, None) => 1,
        (typed, _) => typed,
    };
    (rule, input.increment.or(step), choices)
}

fn draft(cx: &mut Context, input: &OpenSeason, template: &Template) -> Result<(Season, Day, String), Refusal> {
    let mut shape = Shape::new();
    let id: SeasonId = cx.id(input.place.home());
    let (rule, increment, max_choices) = vote_of(input, template);
    let first = match input.start.trim() {
        "" => Some(cx.day.clone()),
        typed => Day::parse(typed),
    };
    let season = Season {
        id,
        place: input.place.clone(),
        name: shape.line("name", &input.name, 120),
        about: shape.optional_prose("about", &input.about, 2_000),
        template: template.key.clone(),
        stage: template.stages.first().map_or(super::Stage::Ideas, |first| first.stage),
        phase: Phase::Collecting,
        budget: shape.money("budget", input.budget, 1..=MAX_MONEY),
        currency: shape.line("currency", &input.currency, 3),
        rule: shape.line("rule", &rule, 60),
        increment: increment.map(|step| shape.money("increment", step, 1..=MAX_MONEY)),
        max_choices,
        revision: 0,
        decided: false,
        plan_revision: 0,
        n_projects: 0,
        n_ideas: 0,
        n_voters: 0,
        n_ballots: 0,
        source: shape.optional_prose("source", &input.source, 20_000),
        opened_at: cx.now,
        opened_day: cx.day.clone(),
    };
    let letters = season.currency.len() == 3 && season.currency.bytes().all(|b| b.is_ascii_uppercase());
    if !letters {
        shape.error("currency", "not-a-currency");
    }
    if !rules::is_votable(&rule) {
        shape.error("rule", "unknown-rule");
    }
    if first.is_none() {
        shape.error("start", "not-a-day");
    }
    shape.number("max_choices", i64::from(max_choices), 1..=2_000);
    let once = shape.optional_line("once", &input.once, 64);
    shape.finish((season, first.unwrap_or_else(|| cx.day.clone()), once))
}
