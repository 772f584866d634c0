//! Who can be compared: reviewers and projects that sheets join.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Panel, PanelError, check::check};

/// Reviewers and projects that hang together by sheets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Reviewers, in order of numbers.
    pub reviewers: Vec<u32>,
    /// Projects, in order of numbers.
    pub projects: Vec<u32>,
}

/// The connected parts of the graph whose edges are sheets, those with more projects first, then by their first project.
/// Projects without a sheet are in none.
///
/// From two parts on, no sheet says whether one part's projects are better or its reviewers kinder; a ranking across them
/// then rests on the belief that the parts are alike, by whatever method (Eccleston and Hedayat, *On the theory of
/// connected designs*, Annals of Statistics 1974).
///
/// # Errors
/// As [`super::rank`].
pub fn groups(panel: &Panel) -> Result<Vec<Group>, PanelError> {
    check(panel)?;
    let mut reviewers: BTreeMap<u32, usize> = BTreeMap::new();
    let mut projects: BTreeMap<u32, usize> = BTreeMap::new();
    let mut sets = Sets::default();
    for sheet in &panel.sheets {
        let reviewer = *reviewers.entry(sheet.reviewer).or_insert_with(|| sets.add());
        let project = *projects.entry(sheet.project).or_insert_with(|| sets.add());
        sets.join(reviewer, project);
    }
    let mut parts: BTreeMap<usize, Group> = BTreeMap::new();
    let none = || Group { reviewers: vec![], projects: vec![] };
    for (number, at) in reviewers {
        parts.entry(sets.root(at)).or_insert_with(none).reviewers.push(number);
    }
    for (number, at) in projects {
        parts.entry(sets.root(at)).or_insert_with(none).projects.push(number);
    }
    let mut parts: Vec<Group> = parts.into_values().collect();
    parts.sort_by(|a, b| b.projects.len().cmp(&a.projects.len()).then_with(|| a.projects.cmp(&b.projects)));
    Ok(parts)
}

/// Disjoint sets with halved paths.
#[derive(Default)]
struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    fn add(&mut self) -> usize {
        self.parent.push(self.parent.len());
        self.parent.len() - 1
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}
