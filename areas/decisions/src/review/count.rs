//! Counting a review, outside of the transaction that stores it.

use std::collections::BTreeMap;

use db::{Db, DbError, Fault, Snapshot};
use kernel::{Chance, PersonId, Refusal};
use ledger::tree::Hash;
use programmes::{Phase, Project, Season, SeasonId, project, season, template};
use tally::panel::{Criterion, Entrant, LeftOut, MAX_SHEETS, Panel, PanelLine, PanelTie, Sheet, leave_one_out, rank};

use super::{Answer, Conflict, Review, Reviewer, ScoreSheet, print_scores, rules, store, store::Declared};

/// A review as it was counted.
#[derive(Debug)]
pub struct Counted {
    /// The season.
    pub season: Season,
    /// The review; its revision guards the verdict.
    pub review: Review,
    /// The letter of each reviewer who sat.
    pub letters: Vec<(PersonId, u32)>,
    /// Everything the ranking depends on; reviewers are their letters.
    pub panel: Panel,
    /// Keys of the criteria.
    pub keys: Vec<String>,
    /// What came out.
    pub lines: Vec<PanelLine>,
    /// What changes without one reviewer.
    pub left_out: Vec<LeftOut>,
    /// Pairs of reviewer and project without sheet that no conflict explains.
    pub missing: u32,
    /// Whether supporters could part ties.
    pub supporters: bool,
    /// Digest of the inputs.
    pub inputs: Hash,
}

/// SHA-256 over lines of text, each ended by a line feed: `panel LEAST DROP_FROM PASS PLACES RESERVE` (`-` for none),
/// `criterion KEY WEIGHT MOST` and `tie NAME` in their order, `project NUMBER COST SUPPORTERS` in order of numbers,
/// `conflict REVIEWER PROJECT` and `sheet REVIEWER PROJECT SCORES` in order of projects, then reviewers. Reviewers are
/// numbers that were drawn when the review was closed; scores are `8,7,10`.
pub fn inputs(panel: &Panel, keys: &[String]) -> Hash {
    Hash::of(text(panel, keys).as_bytes())
}

/// The text of which [`inputs`] is the digest.
pub(super) fn text(panel: &Panel, keys: &[String]) -> String {
    let mut text = String::new();
    let mut line = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    let or = |n: Option<u32>| n.map_or("-".to_owned(), |n| n.to_string());
    let Panel { least, drop_from, reserve, .. } = panel;
    line(format!("panel {least} {drop_from} {} {} {reserve}", or(panel.pass), or(panel.places)));
    for (key, criterion) in keys.iter().zip(&panel.criteria) {
        line(format!("criterion {key} {} {}", criterion.weight, criterion.most));
    }
    for tie in &panel.ties {
        line(match tie {
            PanelTie::Criterion(at) => format!("tie criterion {}", keys.get(*at).map_or("", String::as_str)),
            PanelTie::Supporters => "tie supporters".into(),
            PanelTie::LowerCost => "tie lower-cost".into(),
            PanelTie::LowerNumber => "tie lower-number".into(),
        });
    }
    let mut entrants = panel.entrants.clone();
    entrants.sort_by_key(|entrant| entrant.number);
    for Entrant { number, cost, supporters } in entrants {
        line(format!("project {number} {cost} {supporters}"));
    }
    let mut conflicts = panel.conflicts.clone();
    conflicts.sort_by_key(|(reviewer, project)| (*project, *reviewer));
    for (reviewer, project) in conflicts {
        line(format!("conflict {reviewer} {project}"));
    }
    let mut sheets: Vec<&Sheet> = panel.sheets.iter().collect();
    sheets.sort_by_key(|sheet| (sheet.project, sheet.reviewer));
    for sheet in sheets {
        line(format!("sheet {} {} {}", sheet.reviewer, sheet.project, print_scores(&sheet.scores)));
    }
    text
}

/// What a count reads.
pub(super) struct Facts {
    pub(super) season: Season,
    pub(super) template: programmes::Template,
    pub(super) review: Review,
    pub(super) reviewers: Vec<Reviewer>,
    pub(super) projects: Vec<Project>,
    pub(super) conflicts: Vec<Declared>,
    pub(super) sheets: Vec<ScoreSheet>,
    /// Supporters by project, where the residents' vote was published before.
    pub(super) supporters: Option<BTreeMap<u32, u64>>,
}

impl Facts {
    /// Reads them; supporters only where they are known and wanted.
    pub(super) fn read(
        s: &mut Snapshot<'_>,
        season: Season,
        review: Review,
        wants_supporters: bool,
    ) -> Result<Facts, Fault> {
        let key = &season.id;
        let most = i64::try_from(MAX_SHEETS).unwrap_or(i64::MAX);
        let supporters = match season.phase {
            Phase::Published if wants_supporters => {
                let all = crate::queries::standings(s, key)?;
                Some(all.iter().map(|one| (one.number, u64::from(one.supporters))).collect())
            }
            _ => None,
        };
        Ok(Facts {
            template: template::queries::of_season(s, &season)?,
            reviewers: store::reviewers(s, key)?,
            projects: project::queries::projects(s, key, 0, i64::from(programmes::MAX_PROJECTS))?,
            conflicts: store::conflicts(s, key, most)?,
            sheets: store::sheets(s, key, most)?,
            supporters,
            season,
            review,
        })
    }
}

/// Counts an open review. `chance` draws the letters that stand for the reviewers in public.
///
/// # Errors
/// Refusals `season-not-found`, `no-review-here`, `review-not-begun`, `review-closed`, `no-projects`,
/// `too-few-reviewers`, `sheets-missing`; database faults; [`DbError::Data`] when the stored sheets cannot be counted.
pub fn count(db: &Db, id: &SeasonId, chance: &mut Chance) -> Result<Counted, Fault> {
    let key = id.clone();
    let facts = db.read_wait(move |s| {
        let season = season::queries::season(s, &key)?;
        let review = rules::open(store::review(s, &key)?)?;
        Facts::read(s, season, review, true)
    })?;
    counted(facts, chance)
}

fn counted(facts: Facts, chance: &mut Chance) -> Result<Counted, Fault> {
    let plan = rules::plan_of(&facts.template)?;
    let mut n_sheets: BTreeMap<u32, u32> = facts.projects.iter().map(|project| (project.number, 0)).collect();
    facts.sheets.iter().for_each(|sheet| *n_sheets.entry(sheet.project).or_default() += 1);
    let sat: Vec<&Reviewer> = facts.reviewers.iter().filter(|r| r.answer == Answer::Accepted).collect();
    let n_sat = u32::try_from(sat.len()).unwrap_or(u32::MAX);
    rules::may_close(plan.reviewers, n_sat, &n_sheets.into_iter().collect::<Vec<_>>())?;
    let letters = draw(&sat, chance);
    let (panel, keys) = panel_of(&facts, &letters)?;
    let data = |e: tally::panel::PanelError| DbError::Data(e.to_string());
    let (lines, left_out) = (rank(&panel).map_err(data)?, leave_one_out(&panel).map_err(data)?);
    let pairs = sat.len() * facts.projects.len();
    let missing = pairs.saturating_sub(panel.sheets.len() + panel.conflicts.len());
    Ok(Counted {
        inputs: inputs(&panel, &keys),
        missing: u32::try_from(missing).unwrap_or(u32::MAX),
        supporters: facts.supporters.is_some(),
        season: facts.season,
        review: facts.review,
        letters,
        panel,
        keys,
        lines,
        left_out,
    })
}

/// The panel as the rule takes it, with letters for its reviewers, and the keys of its criteria.
pub(super) fn panel_of(facts: &Facts, letters: &[(PersonId, u32)]) -> Result<(Panel, Vec<String>), Refusal> {
    let plan = rules::plan_of(&facts.template)?;
    let of: BTreeMap<&PersonId, u32> = letters.iter().map(|(person, letter)| (person, *letter)).collect();
    let keys: Vec<String> = plan.criteria.iter().map(|criterion| criterion.key.clone()).collect();
    let no_supporters = facts.supporters.is_none();
    let panel = Panel {
        criteria: plan.criteria.iter().map(|c| Criterion { weight: c.weight, most: c.most }).collect(),
        entrants: entrants(&facts.projects, facts.supporters.as_ref()),
        sheets: (facts.sheets.iter())
            .filter_map(|sheet| {
                let reviewer = *of.get(&sheet.person)?;
                Some(Sheet { reviewer, project: sheet.project, scores: sheet.scores.clone() })
            })
            .collect(),
        conflicts: (facts.conflicts.iter())
            .filter(|declared| declared.conflict != Conflict::None)
            .filter_map(|declared| Some((*of.get(&declared.person)?, declared.project)))
            .collect(),
        least: plan.reviewers,
        drop_from: plan.drop_from,
        pass: plan.pass,
        places: facts.template.places,
        reserve: plan.reserve,
        ties: plan.ties.iter().filter_map(|tie| part(tie, &keys, no_supporters)).collect(),
    };
    Ok((panel, keys))
}

fn entrants(projects: &[Project], supporters: Option<&BTreeMap<u32, u64>>) -> Vec<Entrant> {
    let of = |number| supporters.and_then(|all| all.get(&number)).copied().unwrap_or(0);
    projects.iter().map(|p| Entrant { number: p.number, cost: p.cost.0, supporters: of(p.number) }).collect()
}

/// A tie-break of the template; one by supporters only where their number is known.
fn part(tie: &template::Tie, keys: &[String], no_supporters: bool) -> Option<PanelTie> {
    match tie {
        template::Tie::Criterion(key) => keys.iter().position(|k| k == key).map(PanelTie::Criterion),
        template::Tie::Supporters => (!no_supporters).then_some(PanelTie::Supporters),
        template::Tie::LowerCost => Some(PanelTie::LowerCost),
    }
}

/// Letters by chance, so that neither the order of names nor that of invitations tells whose they are.
fn draw(sat: &[&Reviewer], chance: &mut Chance) -> Vec<(PersonId, u32)> {
    let mut letters: Vec<u32> = (1..).take(sat.len()).collect();
    chance.shuffle(&mut letters);
    sat.iter().map(|reviewer| reviewer.person.clone()).zip(letters).collect()
}
