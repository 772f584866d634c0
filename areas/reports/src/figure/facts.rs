//! The records behind the figures of a season, read once each.

use std::collections::BTreeMap;

use activities::figures::{self as held, Held};
use db::{DbError, Fault, Snapshot};
use decisions::selection;
use kernel::Day;
use programmes::{
    Phase, Season, SeasonId, Stage,
    award::{self, Award},
    group::{self, Leader, Member},
    idea, midterm, proposal, season,
    template::{self, Term},
    training, visit,
};

/// Projects on one list; a season has far fewer.
const MOST_PROJECTS: i64 = 2_000;

/// A visit that stands.
#[derive(Debug, Clone)]
pub(super) struct Visited {
    pub id: String,
    pub place: String,
    pub name: String,
    pub day: Day,
}

/// A project that is supported.
#[derive(Debug, Clone)]
pub(super) struct Supported {
    pub number: u32,
    pub name: String,
    pub field: String,
    /// The tier that its proposal asked for; empty where there are none.
    pub tier: String,
}

/// What became of the projects once they ran; of a programme that runs none there is nothing to tell.
#[derive(Debug, Clone, Default)]
pub(super) struct Ran {
    /// Activities that were held.
    pub held: Vec<Held>,
    /// The first days of the stages that the season came into.
    pub moves: Vec<(Stage, Day)>,
    /// Awards that were given, in a programme that gives any.
    pub awards: Option<Vec<Award>>,
    /// Projects with their groups, and who leads them, in a programme with groups.
    pub groups: Option<(Vec<Member>, Vec<Leader>)>,
    /// Trainings to which somebody came.
    pub trainings: Vec<training::Held>,
    /// Results halfway that are posted: project, round, name, day; in a programme that assesses halfway.
    pub midterms: Option<Vec<(u32, u32, String, Day)>>,
}

/// What a season's figures are counted from.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub season: String,
    pub visits: Option<Vec<Visited>>,
    pub ideas: Option<Vec<idea::queries::HandedIn>>,
    pub supported: Vec<Supported>,
    /// Keys of the programme's tiers.
    pub tiers: Vec<String>,
    /// What awards are given for.
    pub categories: Vec<Term>,
    /// Names of the groups that projects work in.
    pub groups: Vec<Term>,
    pub ran: Option<Ran>,
}

pub(super) fn load(s: &mut Snapshot<'_>, season: &Season) -> Result<Facts, Fault> {
    let template = template::queries::of_season(s, season)?;
    let visits = match template.has(programmes::Stage::Visits) {
        true => Some(visits(s, &season.id)?),
        false => None,
    };
    let ideas = match template.has(programmes::Stage::Ideas) {
        true => Some(idea::queries::handed_in(s, &season.id)?),
        false => None,
    };
    Ok(Facts {
        season: season.id.to_string(),
        visits,
        ideas,
        supported: supported(s, season)?,
        tiers: template.tiers.iter().map(|tier| tier.key.clone()).collect(),
        ran: ran(s, season, &template)?,
        categories: template.awards.iter().map(template::AwardTerm::term).collect(),
        groups: template.groups,
    })
}

fn ran(s: &mut Snapshot<'_>, season: &Season, template: &template::Template) -> Result<Option<Ran>, DbError> {
    if !template.has(Stage::Running) {
        return Ok(None);
    }
    let id = &season.id;
    let mut ran = Ran {
        held: held::queries::held(s, id)?,
        moves: season::queries::moves(s, id)?,
        trainings: training::queries::held(s, season)?,
        ..Ran::default()
    };
    if !template.awards.is_empty() {
        let mut given = award::queries::awards(s, id)?;
        given.retain(|award| award.state == award::State::Given);
        ran.awards = Some(given);
    }
    if !template.groups.is_empty() {
        let mut members = group::queries::members(s, id)?;
        members.retain(|member| !member.team.is_empty());
        ran.groups = Some((members, group::queries::leaders(s, id)?));
    }
    if template.has(Stage::Midterm) {
        ran.midterms = Some(midterm::queries::announced(s, id)?);
    }
    Ok(Some(ran))
}

fn visits(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Visited>, DbError> {
    let stand = visit::queries::stand(s, season)?;
    Ok((stand.into_iter())
        .map(|(visit, place, name, day)| {
            let name = places::names::shorten(places::Level::Community, &name);
            Visited { id: visit.to_string(), place: place.to_string(), name, day }
        })
        .collect())
}

/// What the approved list holds, or what a published vote chose where no list is made.
fn supported(s: &mut Snapshot<'_>, season: &Season) -> Result<Vec<Supported>, Fault> {
    let numbers: Vec<u32> = match selection::queries::selection(s, &season.id)? {
        Some(list) if list.state == selection::State::Approved => {
            selection::queries::approved(s, &season.id, MOST_PROJECTS)?.iter().map(|row| row.line.number).collect()
        }
        None if season.phase == Phase::Published => {
            let rows = decisions::queries::rows(s, &season.id, 0, MOST_PROJECTS)?;
            rows.iter().filter(|row| row.line.won).map(|row| row.line.number).collect()
        }
        _ => return Ok(Vec::new()),
    };
    let projects = programmes::project::queries::projects(s, &season.id, 0, MOST_PROJECTS)?;
    let by_number: BTreeMap<u32, _> = projects.into_iter().map(|project| (project.number, project)).collect();
    let mut tiers = proposal::queries::tiers(s, &season.id)?;
    let named = numbers.into_iter().filter_map(|number| Some((number, by_number.get(&number)?)));
    Ok(named
        .map(|(number, project)| Supported {
            number,
            name: project.name.clone(),
            field: project.category.clone(),
            tier: tiers.remove(&number).unwrap_or_default(),
        })
        .collect())
}
