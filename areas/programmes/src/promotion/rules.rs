//! Facts in, a reasoned answer out.

use super::{Asked, Reason, Results};
use crate::template::{Promotion, Tier};

/// The tier above one of a template, whose tiers stand the largest first.
pub fn above<'a>(tiers: &'a [Tier], key: &str) -> Option<&'a Tier> {
    let at = tiers.iter().position(|tier| tier.key == key)?;
    at.checked_sub(1).and_then(|above| tiers.get(above))
}

/// What is asked for and whether a project has it, in order.
pub fn reasons(rule: &Promotion, results: &Results) -> Vec<Reason> {
    let grades = results.grades;
    let enough = grades.answers >= u64::from(rule.answers);
    let reason = |asked, met, has: String, needs: String| Reason { asked, met, has, needs };
    vec![
        reason(Asked::Closing, results.closed, String::new(), String::new()),
        reason(
            Asked::Points,
            results.points.is_some_and(|points| points >= i64::from(rule.points) * 100),
            results.points.map_or_else(String::new, |points| format!("{}.{:02}", points / 100, points % 100)),
            rule.points.to_string(),
        ),
        reason(
            Asked::Activities,
            results.activities.is_some_and(|held| held >= rule.activities),
            results.activities.map_or_else(String::new, |held| held.to_string()),
            rule.activities.to_string(),
        ),
        reason(
            Asked::Content,
            enough && grades.content * 100 >= grades.answers * u64::from(rule.content),
            // fewer would show who said what
            if enough { format!("{}/{}", grades.content, grades.answers) } else { String::new() },
            format!("{}%", rule.content),
        ),
    ]
}

/// Whether a project is proposed: it has everything.
pub fn proposed(reasons: &[Reason]) -> bool {
    reasons.iter().all(|reason| reason.met)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{running::closing::Grades, template::bundled};

    fn rule() -> Promotion {
        Promotion { points: 85, activities: 6, content: 80, answers: 5 }
    }

    fn good() -> Results {
        let grades = Grades { answers: 5, sum: 22, content: 4 };
        Results { closed: true, points: Some(8_500), activities: Some(6), grades }
    }

    #[test]
    fn a_project_needs_everything_and_each_lack_is_named() {
        assert!(proposed(&reasons(&rule(), &good())));
        let lacks = |results: Results| {
            let all = reasons(&rule(), &results);
            all.into_iter().filter(|reason| !reason.met).map(|reason| reason.asked).collect::<Vec<_>>()
        };
        assert_eq!(lacks(Results { closed: false, ..good() }), [Asked::Closing]);
        assert_eq!(lacks(Results { points: Some(8_499), ..good() }), [Asked::Points]);
        assert_eq!(lacks(Results { points: None, activities: None, ..good() }), [Asked::Points, Asked::Activities]);
        assert_eq!(lacks(Results { activities: Some(5), ..good() }), [Asked::Activities]);
        for (answers, content, met) in [(4, 4, false), (5, 3, false), (10, 8, true), (10, 7, false), (0, 0, false)] {
            let grades = Grades { answers, sum: 0, content };
            assert_eq!(lacks(Results { grades, ..good() }).is_empty(), met, "{content} of {answers}");
        }
        // too few answers show nothing
        let few = reasons(&rule(), &Results { grades: Grades { answers: 4, sum: 20, content: 4 }, ..good() });
        assert_eq!(few[3].has, "");
    }

    #[test]
    fn the_ladder_goes_from_the_smallest_to_the_largest_grant() {
        let tiers = &bundled("self-governance-fund").unwrap().tiers;
        let above = |key: &str| above(tiers, key).map(|tier| tier.key.as_str());
        assert_eq!(
            (above("seedling"), above("brand"), above("demonstration")),
            (Some("brand"), Some("demonstration"), None)
        );
        assert_eq!(above("other"), None);
    }
}
