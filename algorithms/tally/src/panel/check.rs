//! What a panel must be to be counted.

use std::collections::BTreeSet;

use super::{Criterion, MAX_SCORE, MAX_SHEETS, Panel, PanelError, PanelTie, Sheet, rank::total};

pub(super) fn check(panel: &Panel) -> Result<(), PanelError> {
    if panel.criteria.is_empty() {
        return Err(PanelError::Criterion(0));
    }
    if panel.sheets.len() > MAX_SHEETS {
        return Err(PanelError::TooLarge);
    }
    if panel.drop_from < 3 || panel.least == 0 {
        return Err(PanelError::Bounds);
    }
    let bad = |c: &Criterion| c.weight == 0 || !(1..=MAX_SCORE).contains(&c.most);
    if let Some(at) = panel.criteria.iter().position(bad) {
        return Err(PanelError::Criterion(at));
    }
    for tie in &panel.ties {
        if let PanelTie::Criterion(at) = *tie
            && at >= panel.criteria.len()
        {
            return Err(PanelError::Tie(at));
        }
    }
    let mut numbers = BTreeSet::new();
    if let Some(twice) = panel.entrants.iter().find(|entrant| !numbers.insert(entrant.number)) {
        return Err(PanelError::NamedTwice(twice.number));
    }
    let conflicts: BTreeSet<(u32, u32)> = panel.conflicts.iter().copied().collect();
    let mut pairs = BTreeSet::new();
    for &Sheet { reviewer, project, ref scores } in &panel.sheets {
        if !numbers.contains(&project) {
            return Err(PanelError::UnknownProject(project));
        }
        if total(&panel.criteria, scores).is_none() {
            return Err(PanelError::Scores { reviewer, project });
        }
        if !pairs.insert((reviewer, project)) {
            return Err(PanelError::ScoredTwice { reviewer, project });
        }
        if conflicts.contains(&(reviewer, project)) {
            return Err(PanelError::InConflict { reviewer, project });
        }
    }
    match panel.conflicts.iter().find(|(_, project)| !numbers.contains(project)) {
        Some((_, project)) => Err(PanelError::UnknownProject(*project)),
        None => Ok(()),
    }
}
