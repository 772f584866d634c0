//! Open a season.

use db::{Fault, Tx};
use kernel::{Context, Fen, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use places::PlaceId;
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use crate::{Phase, Season, SeasonId, store};

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
    /// The rule of the count, such as `mes_add1u:cost:cost`.
    pub rule: String,
    /// The step of the rule's increment in the smallest unit; absent means one whole unit of the currency.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub increment: Option<Fen>,
    /// Projects a ballot may name.
    pub max_choices: u32,
    /// The META section of an exchange file as JSON, else empty.
    #[serde(default, skip_deserializing)]
    pub source: String,
}

/// Opens the season in phase collecting.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `not-allowed`; database faults.
pub fn open(tx: &mut Tx<'_>, cx: &mut Context, input: &OpenSeason) -> Result<Season, Fault> {
    let site = places::site(tx, &input.place)?.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let permit = authorize(&cx.actor, Action::RunSeason, &site)?;
    let season = draft(cx, input)?;
    store::insert_season(tx, &permit, &season)?;
    let told = json!({
        "season": season.id, "place": season.place, "name": season.name, "budget": season.budget,
        "currency": season.currency, "rule": season.rule, "increment": season.increment,
        "max_choices": season.max_choices,
    });
    let subject = season.id.as_str();
    append(tx, cx, &permit, &Draft { kind: "season.opened", subject, public: &told, private: None })?;
    Ok(season)
}

fn draft(cx: &mut Context, input: &OpenSeason) -> Result<Season, Refusal> {
    let mut shape = Shape::new();
    let id: SeasonId = cx.id(input.place.home());
    let season = Season {
        id,
        place: input.place.clone(),
        name: shape.line("name", &input.name, 120),
        about: shape.optional_prose("about", &input.about, 2_000),
        phase: Phase::Collecting,
        budget: shape.money("budget", input.budget, 1..=MAX_MONEY),
        currency: shape.line("currency", &input.currency, 3),
        rule: shape.line("rule", &input.rule, 60),
        increment: input.increment.map(|step| shape.money("increment", step, 1..=MAX_MONEY)),
        max_choices: input.max_choices,
        revision: 0,
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
    if input.rule.parse::<tally::Rule>().is_err() {
        shape.error("rule", "unknown-rule");
    }
    shape.number("max_choices", i64::from(input.max_choices), 1..=2_000);
    shape.finish(season)
}
