//! What a list depends on, read from the database, and its digest.

use std::collections::BTreeMap;

use db::{Fault, Snapshot};
use kernel::{Kind, Refusal};
use programmes::{
    MAX_PROJECTS, Phase, Season, Template, project, proposal,
    template::{self, Combine},
};
use sha2::{Digest, Sha256};

use super::{Candidate, Limits, RULE_SET, Reviewed, Voted};
use crate::{queries, review};

/// Everything a list depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inputs {
    /// How review and vote are combined.
    pub how: Combine,
    /// The projects, by number.
    pub candidates: Vec<Candidate>,
    /// What bounds the list.
    pub limits: Limits,
}

/// Reads them.
///
/// # Errors
/// Refusals `no-projects`, `review-first`, `vote-not-published`; database faults.
pub fn read(s: &mut Snapshot<'_>, season: &Season) -> Result<Inputs, Fault> {
    let template = template::queries::of_season(s, season)?;
    let projects = project::queries::projects(s, &season.id, 0, i64::from(MAX_PROJECTS))?;
    if projects.is_empty() {
        return Err(Refusal::new(Kind::Conflict, "no-projects").into());
    }
    let reviewed = reviewed(s, season, &template)?;
    let voted = voted(s, season, &template)?;
    let tiers = proposal::queries::tiers(s, &season.id)?;
    let candidates = projects
        .into_iter()
        .map(|project| Candidate {
            review: reviewed.get(&project.number).copied(),
            vote: voted.get(&project.number).copied(),
            tier: tiers.get(&project.number).cloned().unwrap_or_default(),
            number: project.number,
            cost: project.cost,
        })
        .collect();
    Ok(Inputs { how: template.combine, candidates, limits: limits(season, &template) })
}

fn limits(season: &Season, template: &Template) -> Limits {
    Limits {
        budget: season.budget,
        places: template.places,
        tiers: template.tiers.iter().filter_map(|tier| Some((tier.key.clone(), tier.places?))).collect(),
        reserve: template.review.as_ref().map_or(0, |review| review.reserve),
    }
}

fn reviewed(s: &mut Snapshot<'_>, season: &Season, template: &Template) -> Result<BTreeMap<u32, Reviewed>, Fault> {
    if template.combine == Combine::VoteOnly {
        return Ok(BTreeMap::new());
    }
    let outcome = review::queries::outcome(s, season)?;
    let outcome = outcome.ok_or_else(|| Refusal::new(Kind::Conflict, "review-first"))?;
    let ranked =
        |placed: &review::Placed| Some((placed.number, Reviewed { rank: placed.rank?, passed: placed.passed }));
    Ok(outcome.projects.iter().filter_map(ranked).collect())
}

fn voted(s: &mut Snapshot<'_>, season: &Season, template: &Template) -> Result<BTreeMap<u32, Voted>, Fault> {
    let needed = template.combine != Combine::ReviewOnly;
    match season.phase {
        Phase::Published => {}
        Phase::Collecting if !needed => return Ok(BTreeMap::new()),
        // also an advisory vote is heard to its end before anything is decided
        _ => return Err(Refusal::new(Kind::Conflict, "vote-not-published").into()),
    }
    let rows = queries::rows(s, &season.id, 0, i64::from(MAX_PROJECTS))?;
    let voted = |row: crate::VerdictRow| {
        let line = row.line;
        (line.number, Voted { rank: line.rank, won: line.won, supporters: line.supporters })
    };
    Ok(rows.into_iter().map(voted).collect())
}

impl Inputs {
    /// The text whose SHA-256 stands in the verdict: one line a fact, by number.
    pub fn text(&self) -> String {
        use std::fmt::Write;
        let Limits { budget, places, tiers, reserve } = &self.limits;
        let mut text = format!("{RULE_SET}\n{:?}\nbudget {} places {places:?} reserve {reserve}\n", self.how, budget.0);
        for (tier, places) in tiers {
            let _ = writeln!(text, "tier {tier} {places}");
        }
        for c in &self.candidates {
            let review = c.review.map(|r| (r.rank, r.passed));
            let vote = c.vote.map(|v| (v.rank, v.won, v.supporters));
            let _ = writeln!(text, "{} {} {} {review:?} {vote:?}", c.number, c.cost.0, c.tier);
        }
        text
    }

    /// SHA-256 over [`Inputs::text`].
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.text()).into()
    }
}
