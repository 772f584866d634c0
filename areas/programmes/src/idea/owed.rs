//! The office's duty to answer. One duty stands for all ideas of a season and its place: each idea has its own day, which
//! the office's list sorts by, and hundreds of duties of one kind would bury everything else that is due.

use db::{Fault, Tx};
use kernel::{Context, Day, Refusal, Role};
use matters::duty::{
    self, Duty, Holder,
    give::{self, GiveDuty},
    meet,
};
use rights::Permit;
use work::{
    calendar::Calendar,
    clock::{Reckoner, Rule},
};

use super::{Idea, rules, store};
use crate::{Season, SeasonId, Stage, season, template};

/// How often the duty is given in a season at most; after that the office's list alone shows what is left.
const MAX_ROUNDS: u32 = 20;

/// Gives the duty with the first idea of the season. Its day is the one by which the last idea that can still come in is
/// answered; a plan without days gives none, and so does a place where nobody holds the post.
pub(super) fn owe(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, season: &Season) -> Result<(), Fault> {
    // the season as it was read before this idea was counted
    if season.n_ideas > 0 {
        return Ok(());
    }
    let plan = season::queries::plan(tx, &season.id)?;
    let Some(last) = plan.iter().find(|planned| planned.stage == season.stage).map(|planned| &planned.until) else {
        return Ok(());
    };
    let calendar = work::queries::calendar(tx)?;
    let last = if *last < cx.day { &cx.day } else { last };
    let Some(day) = answer_day(tx, season, &calendar, last)? else { return Ok(()) };
    if let (round, None) = round(tx, &season.id)? {
        give(tx, cx, permit, (season, round), (&calendar, day))?;
    }
    Ok(())
}

/// Gives the duty anew when an idea comes back after it was met, by the day that was promised for the idea, or today.
/// While it is open, nothing is to be done.
pub(super) fn owe_again(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (season, idea): (&Season, &Idea),
) -> Result<(), Fault> {
    let stage = store::hold_stage(tx, permit, &season.id)?;
    if stage <= Stage::Ideas || !store::is_owed(tx, &season.id)? {
        return Ok(());
    }
    let (round, None) = round(tx, &season.id)? else { return Ok(()) };
    let calendar = work::queries::calendar(tx)?;
    let promised = idea.promise.as_ref().map(|promise| promise.day.clone());
    let day = match promised {
        Some(day) => Some(day.max(cx.day.clone())),
        None => answer_day(tx, season, &calendar, &cx.day.clone())?,
    };
    let Some(day) = day else { return Ok(()) };
    give(tx, cx, permit, (season, round), (&calendar, day))
}

/// Meets the duty once no more ideas come in and none is without an answer. It is asked after whatever may have been the
/// last of it: two who do that at once take turns at the season's row, and the second one finds what the first one did.
pub(crate) fn settle(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, season: &SeasonId) -> Result<(), Fault> {
    let stage = store::hold_stage(tx, permit, season)?;
    if stage <= Stage::Ideas || store::is_owed(tx, season)? {
        return Ok(());
    }
    if let (_, Some(duty)) = round(tx, season)? {
        meet::end(tx, cx, permit, &duty, &meet::Ending::default())?;
    }
    Ok(())
}

/// The day by which what comes in on `day` is answered.
fn answer_day(tx: &mut Tx<'_>, season: &Season, calendar: &Calendar, day: &Day) -> Result<Option<Day>, Fault> {
    let template = template::queries::of_season(tx, season)?;
    Ok(rules::promise(calendar, day, template.ideas.answer_workdays).map(|promise| promise.day))
}

/// The duty while it is open, and which one of the season it is; else the number of the next.
fn round(tx: &mut Tx<'_>, season: &SeasonId) -> Result<(u32, Option<Duty>), Fault> {
    for round in 1..=MAX_ROUNDS {
        match duty::queries::given(tx, season.home(), &once_of(season, round))? {
            None => return Ok((round, None)),
            Some(duty) if duty.state.is_open() => return Ok((round, Some(duty))),
            Some(_) => {}
        }
    }
    Ok((MAX_ROUNDS + 1, None))
}

fn once_of(season: &SeasonId, round: u32) -> String {
    if round == 1 { format!("ideas {season}") } else { format!("ideas {season} {round}") }
}

fn give(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (season, round): (&Season, u32),
    (calendar, day): (&Calendar, Day),
) -> Result<(), Fault> {
    if round > MAX_ROUNDS {
        return Ok(());
    }
    let rule = Rule::OnDay(day);
    for role in [Role::Officer, Role::Secretary] {
        let mut held = people::post::holders(tx, &season.place, role, &cx.day)?;
        held.retain(|post| post.stand_in_for.is_none() && post.id.home() == permit.home());
        let Some(post) = held.into_iter().min_by_key(|post| post.open_duties) else { continue };
        let input = GiveDuty {
            title: give::titled("ideas", &season.name),
            kind: "ideas".to_owned(),
            once: once_of(&season.id, round),
            ..GiveDuty::new(season.place.clone(), Holder::Post(post.id), &rule)
        };
        let reckoner = Reckoner { calendar, offset_minutes: cx.offset_minutes };
        match give::bind(tx, cx, &reckoner, permit, &input) {
            // it ended in this moment, or the place is no more: then nobody owes it, and the list still shows all
            Err(Fault::Refused(Refusal { code, .. })) if code != "changed-meanwhile" => {}
            given => return given.map(|_| ()),
        }
    }
    Ok(())
}
