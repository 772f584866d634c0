//! Invented ballots: what a resident of a community approves, drawn from seeded chance.

use kernel::Chance;

use super::tables::{COMMUNITIES, NewProject};
use crate::commands::bulk::Paper;

/// Projects a ballot of the demonstration may name.
pub(super) const MAX_CHOICES: u32 = 5;

/// The ballots of all communities in a shuffled order: the order of casting tells nothing about where somebody lives.
pub(super) fn papers(projects: &[NewProject], share: u32, chance: &mut Chance) -> Vec<Paper> {
    let mut papers = Vec::new();
    for (community, (_, voters)) in COMMUNITIES.iter().enumerate() {
        for voter in 0..voters * share / 100 {
            let code = format!("DEMO-{community}-{voter:04}");
            papers.push(Paper { code, choices: choices(projects, community, chance) });
        }
    }
    chance.shuffle(&mut papers);
    papers
}

fn choices(projects: &[NewProject], community: usize, chance: &mut Chance) -> Vec<u32> {
    // each resident cares for one or two fields more than for the others
    let favourite = projects[index(chance, projects.len())].1;
    let mut order: Vec<usize> = (0..projects.len()).collect();
    chance.shuffle(&mut order);
    let mut chosen = Vec::new();
    for project in order {
        let (_, field, _, place, liked, _) = projects[project];
        let near = if place == community { 38 } else { 0 };
        let far = if place != community && place != COMMUNITIES.len() { liked * 3 / 4 } else { 0 };
        let fond = if field == favourite { 18 } else { 0 };
        let likely = (liked + near + fond).saturating_sub(far);
        if chance.below(100) < likely {
            chosen.push(u32::try_from(project + 1).unwrap_or(1));
        }
        if chosen.len() == MAX_CHOICES as usize {
            break;
        }
    }
    chosen.sort_unstable();
    chosen
}

/// One of so many, each as likely as any other.
pub(super) fn index(chance: &mut Chance, n: usize) -> usize {
    usize::try_from(chance.below(n as u64)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::tables::SPRING;

    #[test]
    fn the_same_seed_gives_the_same_ballots_and_each_is_one_a_voter_may_cast() {
        let first = papers(&SPRING, 100, &mut Chance::seeded(7));
        assert_eq!(first, papers(&SPRING, 100, &mut Chance::seeded(7)));
        assert_ne!(first, papers(&SPRING, 100, &mut Chance::seeded(8)));
        assert_eq!(first.len(), 3_860);
        for paper in &first {
            assert!(paper.choices.len() <= 5 && paper.choices.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(paper.choices.iter().all(|n| (1..=24).contains(n)));
        }
        let mut codes: Vec<_> = first.iter().map(|p| &p.code).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), first.len());
    }
}
