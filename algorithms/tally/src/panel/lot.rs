//! The lot among projects of a file that are equal in everything.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Panel, PanelLine, PanelTie, Standing, file::Scores};

/// What stands for the lot among the ties of a panel: a file tells no costs, so an entrant's cost holds its place in the
/// order that was drawn.
pub(super) const DRAWN: PanelTie = PanelTie::LowerCost;

/// Projects that nothing parts but a lot, where it matters who comes first: some of them are proposed and others are not,
/// or they stand on the reserve list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// The projects, in order of ranks.
    pub projects: Vec<String>,
    /// How many of them, from the first, are proposed.
    pub proposed: usize,
    /// How many after these stand on the reserve list.
    pub reserve: usize,
    /// Whether the lot was drawn. If not, they stand here in order of names, which is no reason to prefer one.
    pub drawn: bool,
}

/// The panel with an order by lot behind all other ties, where there is a seed.
pub(super) fn with_lots(mut panel: Panel, scores: &Scores, seed: Option<&str>) -> Panel {
    let Some(seed) = seed else { return panel };
    let digest = |place: &usize| -> [u8; 32] {
        let name = scores.projects.get(*place).map_or("", String::as_str);
        Sha256::digest(format!("panel-lot 1\n{seed}\n{name}").as_bytes()).into()
    };
    let mut order: Vec<usize> = (0..panel.entrants.len()).collect();
    order.sort_by_cached_key(digest);
    for (drawn, place) in (0..).zip(order) {
        if let Some(entrant) = panel.entrants.get_mut(place) {
            entrant.cost = drawn;
        }
    }
    panel.ties.push(DRAWN);
    panel
}

/// The lots that matter, in order of ranks.
pub(super) fn lots(lines: &[PanelLine], drawn: bool, name: impl Fn(u32) -> String) -> Vec<Lot> {
    let ranked: Vec<&PanelLine> = lines.iter().filter(|line| line.rank.is_some()).collect();
    let by_lot = |line: &PanelLine| matches!(line.tie, Some(DRAWN | PanelTie::LowerNumber));
    let lot = |equal: &[&PanelLine]| {
        let count = |standing| equal.iter().filter(|line| line.standing == standing).count();
        let [proposed, reserve, none] = [Standing::Proposed, Standing::Reserve, Standing::NoPlace].map(count);
        let matters = proposed > 0 && reserve + none > 0 || reserve > 0 && reserve + none > 1;
        let projects = equal.iter().map(|line| name(line.number)).collect();
        matters.then_some(Lot { projects, proposed, reserve, drawn })
    };
    ranked.chunk_by(|_, next| by_lot(next)).filter_map(lot).collect()
}
