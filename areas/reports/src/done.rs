//! What became of each project of a season: one read for pages, papers, slides and sheets.

use std::collections::BTreeMap;

use activities::{
    ActivityId,
    figures::{Counts, queries as counted},
    photo::{Photo, queries as photographed},
};
use db::{Fault, Snapshot};
use funds::book::{AccountKind, queries as book};
use kernel::Fen;
use programmes::{MAX_PROJECTS, Season, award, group, project};

/// A project of the approved list with what is known of it.
#[derive(Debug, Clone)]
pub struct Done {
    /// Its number in the season.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// What it wants; may be empty.
    pub about: String,
    /// The key of its field; may be empty.
    pub field: String,
    /// The key of its tier; may be empty.
    pub tier: String,
    /// The key of its group; may be empty.
    pub team: String,
    /// What was granted.
    pub grant: Fen,
    /// What was paid to it and not given back.
    pub paid: Fen,
    /// What it spent, by approved vouchers.
    pub spent: Fen,
    /// Its activities and visits.
    pub counts: Counts,
    /// Keys of the awards that it was given.
    pub awards: Vec<String>,
    /// A photo that everybody may see, with its activity.
    pub photo: Option<(ActivityId, Photo)>,
}

/// The approved projects of a season in the order of their numbers; as many statements for many as for one.
///
/// # Errors
/// Database faults.
pub fn done(s: &mut Snapshot<'_>, season: &Season) -> Result<Vec<Done>, Fault> {
    let id = &season.id;
    let most = i64::from(MAX_PROJECTS);
    let mut known: BTreeMap<u32, project::Project> =
        project::queries::projects(s, id, 0, most)?.into_iter().map(|project| (project.number, project)).collect();
    let counts = counted::by_project(s, id)?;
    let money = book::of_projects(s, id, (0, MAX_PROJECTS))?;
    let mut given: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for award in award::queries::awards(s, id)?.into_iter().filter(|award| award.state == award::State::Given) {
        given.entry(award.number).or_default().push(award.category);
    }
    let mut photos: BTreeMap<u32, (ActivityId, Photo)> = BTreeMap::new();
    for (project, activity, photo) in photographed::of_season(s, id)? {
        photos.entry(project).or_insert((activity, photo));
    }
    let mut rows: Vec<Done> = Vec::new();
    for member in group::queries::members(s, id)? {
        let Some(project) = known.remove(&member.number) else { continue };
        let sums = money.get(&member.number).cloned().unwrap_or_default();
        rows.push(Done {
            number: member.number,
            name: project.name,
            about: project.about,
            field: project.category,
            tier: member.tier,
            team: member.team,
            grant: project.cost,
            paid: sums.paid(),
            spent: sums.of(AccountKind::Spent),
            counts: counts.get(&member.number).copied().unwrap_or_default(),
            awards: given.remove(&member.number).unwrap_or_default(),
            photo: photos.remove(&member.number),
        });
    }
    rows.sort_by_key(|row| row.number);
    Ok(rows)
}
