//! 演示数据: a season as a finished history, in the manner of the round of small grants that 北苑街道 in Beijing held in
//! 2024. The names of the subdistrict and its thirteen communities are the official ones; everything else is invented.

mod held;
mod load;
mod money;
mod panel;
mod proposals;
mod receipt;
mod running;
mod vote;

use std::collections::BTreeMap;

use programmes::visit::{HasLine, MetLine, Need};
use serde::Deserialize;

use super::written::{IdeaData, ProposalData};

pub(super) use load::load;

/// The district, so named that nobody takes the demonstration for the office's own record.
const DISTRICT: &str = "通州区（演示数据）";
/// The subdistrict, code 110112003.
const SUBDISTRICT: &str = "北苑街道";
/// What all grants together may be, in yuan.
const BUDGET_YUAN: i64 = 200_000;
/// The key of the template.
const TEMPLATE: &str = "star-pick";

/// A visit to a community.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VisitData {
    /// Twelve digits.
    #[cfg_attr(not(test), expect(dead_code, reason = "places that are added by hand have no code"))]
    code: String,
    /// As people say it.
    community: String,
    /// The name in the list of administrative divisions.
    official: String,
    day: String,
    staff: String,
    findings: String,
    met: Vec<MetLine>,
    needs: Vec<Need>,
    has: Vec<HasLine>,
}

/// Somebody who scores.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewerData {
    letter: String,
    name: String,
    trade: String,
}

/// Everything.
#[derive(Debug)]
struct Data {
    visits: Vec<VisitData>,
    ideas: Vec<IdeaData>,
    proposals: Vec<ProposalData>,
    reviewers: Vec<ReviewerData>,
    /// Idea, letter of the reviewer, scores in the order of the template's criteria.
    sheets: Vec<(u32, String, Vec<u32>)>,
}

/// Reads the files that come with the program.
///
/// # Errors
/// A sentence for developers: which file, and what is wrong.
fn data() -> Result<Data, String> {
    fn list<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<Vec<T>, String> {
        let mut read: BTreeMap<String, Vec<T>> = toml::from_str(text).map_err(|e| format!("{name}.toml: {e}"))?;
        read.remove(name).ok_or_else(|| format!("{name}.toml holds no {name}"))
    }
    Ok(Data {
        visits: list("visits", include_str!("visits.toml"))?,
        ideas: list("ideas", include_str!("ideas.toml"))?,
        proposals: list("proposals", include_str!("proposals.toml"))?,
        reviewers: list("reviewers", include_str!("reviewers.toml"))?,
        sheets: sheets(include_str!("scores.csv"))?,
    })
}

fn sheets(text: &str) -> Result<Vec<(u32, String, Vec<u32>)>, String> {
    let mut all = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let wrong = || format!("scores.csv: {line}");
        let mut cells = line.split(',');
        let idea = cells.next().and_then(|cell| cell.parse().ok()).ok_or_else(wrong)?;
        let letter = cells.next().ok_or_else(wrong)?.to_owned();
        let scores: Result<Vec<u32>, _> = cells.map(str::parse).collect();
        all.push((idea, letter, scores.map_err(|_| wrong())?));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use kernel::Fen;
    use programmes::template::{Pays, Template, Tie, bundled};
    use tally::panel::{Criterion, Entrant, Panel, PanelTie, Sheet, Standing, rank};

    use super::*;
    use crate::demo::written::LineData;

    fn template() -> &'static Template {
        bundled(TEMPLATE).unwrap()
    }

    fn length(text: &str) -> usize {
        text.chars().count()
    }

    #[test]
    fn thirteen_communities_are_visited_once_each() {
        let Data { visits, .. } = data().unwrap();
        assert_eq!(visits.len(), 13);
        let codes: BTreeSet<&str> = visits.iter().map(|v| v.code.as_str()).collect();
        assert_eq!(codes.len(), 13);
        for visit in &visits {
            assert!(visit.code.starts_with("110112003") && visit.code.len() == 12, "{}", visit.code);
            assert!(visit.official.starts_with(&visit.community), "{}", visit.official);
            assert!(!visit.needs.is_empty() && !visit.has.is_empty() && !visit.met.is_empty());
            let met: u32 = visit.met.iter().map(|line| line.people).sum();
            assert!(visit.needs.iter().all(|need| need.mentioned <= met), "{}", visit.community);
        }
    }

    #[test]
    fn fifty_ideas_use_all_eight_fields_and_all_communities() {
        let Data { visits, ideas, .. } = data().unwrap();
        assert!(ideas.iter().map(|idea| idea.number).eq(1..=50));
        let fields: BTreeSet<&str> = ideas.iter().map(|idea| idea.field.as_str()).collect();
        let known: BTreeSet<&str> = template().fields.iter().map(|field| field.key.as_str()).collect();
        assert_eq!((fields.len(), &fields), (8, &known));
        let named: BTreeSet<&str> = ideas.iter().map(|idea| idea.community.as_str()).collect();
        assert_eq!(named, visits.iter().map(|visit| visit.community.as_str()).collect());
        let titles: BTreeSet<&str> = ideas.iter().map(|idea| idea.title.as_str()).collect();
        assert_eq!(titles.len(), 50);
        for idea in &ideas {
            assert!(length(&idea.title) <= 60 && (60..=200).contains(&length(&idea.body)), "{}", idea.number);
        }
    }

    #[test]
    fn twenty_four_proposals_answer_the_form_and_keep_the_budgets_rules() {
        let Data { ideas, proposals, .. } = data().unwrap();
        let of: BTreeSet<u32> = proposals.iter().map(|p| p.idea).collect();
        assert_eq!((proposals.len(), of.len()), (24, 24));
        let budget = &template().budget;
        let yuan = |fen: Option<Fen>| fen.unwrap().0 / 100;
        for p in &proposals {
            assert!(ideas.iter().any(|idea| idea.number == p.idea));
            let answers = [
                ("need", &p.need),
                ("goals", &p.goals),
                ("method", &p.method),
                ("months", &p.months),
                ("team", &p.team),
                ("risks", &p.risks),
                ("after", &p.after),
            ];
            for (key, text) in answers {
                let entry = template().form.iter().find(|entry| entry.key == key).unwrap();
                assert!(!text.is_empty() && length(text) <= entry.most as usize, "{key} of {}", p.idea);
            }
            assert!(length(&p.title) <= 60 && length(&p.summary) <= 300 && p.people > 0 && !p.coaching.is_empty());
            let (grant, own) = (p.grant(), p.lines.iter().filter(|l| l.own).map(|l| l.quantity * l.yuan).sum::<i64>());
            assert!(grant <= yuan(budget.cap), "{}: {grant}", p.idea);
            assert_eq!(own, p.funds.iter().map(|fund| fund.yuan).sum::<i64>(), "{}", p.idea);
            let (part, whole) = budget.grant_share.unwrap();
            assert!(grant * i64::from(whole) <= (grant + own) * i64::from(part), "{}: {grant} {own}", p.idea);
            for kind in &budget.lines {
                let lines: Vec<&LineData> = p.lines.iter().filter(|l| l.kind == kind.key && !l.own).collect();
                let sum: i64 = lines.iter().map(|l| l.quantity * l.yuan).sum();
                if let Some((part, whole)) = kind.share {
                    assert!(sum * i64::from(whole) <= grant * i64::from(part), "{} of {}: {sum}", kind.key, p.idea);
                }
                let limit = match kind.pays {
                    Pays::Volunteers => yuan(budget.volunteer_limit),
                    Pays::Assets => yuan(budget.asset_limit),
                    Pays::Use | Pays::Staff => i64::MAX,
                };
                assert!(lines.iter().all(|l| l.yuan <= limit), "{} of {}", kind.key, p.idea);
            }
            assert!(p.lines.iter().all(|l| budget.lines.iter().any(|kind| kind.key == l.kind)));
            assert!(p.lines.iter().all(|l| !l.what.is_empty()) && p.funds.iter().all(|f| !f.whom.is_empty()));
        }
    }

    #[test]
    fn fourteen_are_approved_by_points_without_a_tie_at_the_border_and_within_the_money() {
        let Data { ideas, proposals, reviewers, sheets, .. } = data().unwrap();
        let review = template().review.as_ref().unwrap();
        assert_eq!((reviewers.len(), sheets.len()), (5, 24 * 5));
        assert!(reviewers.iter().all(|r| !r.name.is_empty() && !r.trade.is_empty()));
        let letter = |of: &str| (1..).zip(&reviewers).find(|(_, r)| r.letter == of).map(|(n, _)| n).unwrap();
        let tie = |tie: &Tie| match tie {
            Tie::Criterion(key) => PanelTie::Criterion(review.criteria.iter().position(|c| c.key == *key).unwrap()),
            Tie::Supporters => PanelTie::Supporters,
            Tie::LowerCost => PanelTie::LowerCost,
        };
        let panel = Panel {
            criteria: review.criteria.iter().map(|c| Criterion { weight: c.weight, most: c.most }).collect(),
            entrants: proposals.iter().map(|p| Entrant { number: p.idea, cost: p.grant(), supporters: 0 }).collect(),
            sheets: sheets
                .iter()
                .map(|(idea, of, scores)| Sheet { reviewer: letter(of), project: *idea, scores: scores.clone() })
                .collect(),
            conflicts: Vec::new(),
            least: review.reviewers,
            drop_from: review.drop_from,
            pass: review.pass,
            places: template().places,
            reserve: review.reserve,
            ties: review.ties.iter().map(tie).collect(),
        };
        let lines = rank(&panel).unwrap();
        let won: Vec<u32> = lines.iter().filter(|l| l.standing == Standing::Proposed).map(|l| l.number).collect();
        assert_eq!((won.len(), won.len() * 100 / ideas.len()), (14, 28));
        assert!(lines.iter().all(|line| line.tie.is_none()), "no two have the same points");
        assert_eq!(lines.iter().filter(|line| line.standing == Standing::Reserve).count(), 3);
        assert!(lines.iter().any(|line| line.standing == Standing::Below), "not all pass");
        let grants: i64 = proposals.iter().filter(|p| won.contains(&p.idea)).map(ProposalData::grant).sum();
        assert!(grants <= BUDGET_YUAN, "{grants}");
        // the five communities whose people spoke about their projects
        for community in ["复兴南里", "果园西", "后南仓", "玉带路", "中山街"] {
            assert!(ideas.iter().any(|i| i.community == community && won.contains(&i.number)), "{community}");
        }
    }
}
