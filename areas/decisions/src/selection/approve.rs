//! Approve the list: each project becomes a matter that is being done.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use matters::{
    matter::{
        Stage as MatterStage,
        open::{self, OpenMatter},
        shift::{self, Shift},
    },
    notice,
};
use places::{Place, State as PlaceState};
use programmes::{
    Season, SeasonId, Stage, expect_stage,
    proposal::{self, Applied},
    running,
    season::{advance, queries as seasons},
    template,
};
use rights::{Action, Permit, authorize};
use serde_json::json;

use super::{Row, Selection, State, queries, store};

/// Matters that one transaction opens: a write has a budget of time.
const CHUNK: i64 = 5;

/// Approves the list once its notice has ended. The matters are opened by [`open_some`] afterwards.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-stage`, `not-decided-yet`, `conditions-open`, `notice-still-hangs`,
/// `list-notice-withdrawn`, `not-allowed`; database faults.
pub fn approve(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId) -> Result<(), Fault> {
    let season = seasons::season(tx, id)?;
    let permit = authorize(&cx.actor, Action::PublishVerdict, &seasons::site(tx, &season)?)?;
    let selection = queries::decided(tx, id)?;
    if selection.state == State::Approved {
        return Ok(());
    }
    let from = may_approve(tx, &season, &selection)?;
    if !store::approve(tx, &permit, id, from)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let told = json!({ "approved": selection.n_approved, "total_cost": selection.total_cost });
    append(tx, cx, &permit, &Draft { kind: "selection.approved", subject: id.as_str(), public: &told, private: None })?;
    advance::shift(tx, cx, &permit, &season, Stage::Approved)
}

fn may_approve(tx: &mut Tx<'_>, season: &Season, selection: &Selection) -> Result<State, Fault> {
    if selection.n_open > 0 {
        let open = i64::from(selection.n_open);
        return Err(Refusal::new(Kind::Conflict, "conditions-open").with_int("n", open).into());
    }
    let Some(posted) = &selection.notice else {
        expect_stage(season, &[Stage::Deciding])?;
        if template::queries::of_season(tx, season)?.notice.is_some() {
            return Err(Refusal::new(Kind::Conflict, "notice-still-hangs").into());
        }
        return Ok(State::Decided);
    };
    expect_stage(season, &[Stage::Notice])?;
    match notice::queries::notice(tx, posted)?.state {
        notice::State::Ended => Ok(State::Posted),
        notice::State::Withdrawn => Err(Refusal::new(Kind::Conflict, "list-notice-withdrawn").into()),
        _ => Err(Refusal::new(Kind::Conflict, "notice-still-hangs").into()),
    }
}

/// Opens matters for approved projects that have none yet, a few at a time. Answers whether more are to be opened.
///
/// # Errors
/// Refusals `season-not-found`, `not-decided-yet`, `wrong-stage`, `not-allowed`; database faults.
pub fn open_some(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId) -> Result<bool, Fault> {
    let season = seasons::season(tx, id)?;
    let permit = authorize(&cx.actor, Action::PublishVerdict, &seasons::site(tx, &season)?)?;
    if queries::decided(tx, id)?.state != State::Approved {
        return Err(Refusal::new(Kind::Conflict, "wrong-stage").with_text("stage", season.stage.as_str()).into());
    }
    let rows = store::to_open(tx, id, CHUNK + 1)?;
    let more = rows.len() > usize::try_from(CHUNK).unwrap_or(usize::MAX);
    for row in rows.iter().take(usize::try_from(CHUNK).unwrap_or(usize::MAX)) {
        begin(tx, cx, &permit, &season, row)?;
    }
    Ok(more)
}

fn begin(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, season: &Season, row: &Row) -> Result<(), Fault> {
    let number = row.line.number;
    let proposed = proposal::queries::of_project(tx, &season.id, number)?;
    let place = place_of(tx, season, proposed.as_ref())?;
    let input = OpenMatter {
        place: place.id.clone(),
        kind: "project".to_owned(),
        title: row.name.chars().take(60).collect(),
        words: String::new(),
        // who proposed it is told to the office alone
        anonymous: true,
        files: Vec::new(),
        once: format!("project-{}-{number}", season.id),
    };
    let matter = open::begin(tx, cx, permit, (&place, proposed.as_ref().map(|proposal| &proposal.author)), &input)?;
    if matter.stage < MatterStage::Do {
        shift::shift(tx, cx, &matter.id, &Shift { to: MatterStage::Do, words: String::new() })?;
    }
    if !store::set_matter(tx, permit, (&season.id, number), &matter.id)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    running::begin::begin(tx, cx, permit, (season, number), Some(&matter.id))?;
    let told = json!({ "project": number, "matter": matter.id });
    let subject = season.id.as_str();
    append(tx, cx, permit, &Draft { kind: "project.begun", subject, public: &told, private: None })?;
    Ok(())
}

/// Where a project is done: where its proposal says; where that place has ended since, or nothing says it, at the
/// season's.
fn place_of(tx: &mut Tx<'_>, season: &Season, proposed: Option<&Applied>) -> Result<Place, Fault> {
    if let Some(proposed) = proposed
        && let Some(place) = places::queries::show(tx, &proposed.place)?
        && place.state == PlaceState::Open
    {
        return Ok(place);
    }
    let place = places::queries::show(tx, &season.place)?;
    Ok(place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
}
