//! Computing a closed review again from its sheets.

use db::{Db, Fault};
use kernel::PersonId;
use matters::verdict::{
    Verdict,
    recompute::{Computed, Count, Method, Openness, Sink, Told, gone, members, subject_id},
};
use programmes::{SeasonId, season};
use tally::panel::{Criterion, Entrant, MAX_SHEETS, Panel, PanelTie, Sheet, rank};

use super::{
    RULE_SET, State,
    close::{RULE, told},
    count::{Facts, panel_of, text},
    parse_scores, store,
};

/// How it is done. The inputs are the text of [`super::count::inputs`]. They are sealed: a conflict of interest beside a
/// letter can say whose letter it is.
pub const METHOD: Method = Method {
    kind: "season-review",
    knows: |set| set == RULE_SET,
    openness: Openness::Sealed,
    in_log: false,
    gather,
    own: None,
    begin: || Box::new(Scored { panel: nothing(), keys: Vec::new(), seen: false }),
};

fn gather(db: &Db, verdict: &Verdict, sink: &mut Sink<'_>) -> Result<(), Fault> {
    let id: SeasonId = subject_id(verdict)?;
    let facts = db.read_wait(move |s| {
        let season = season::queries::season(s, &id)?;
        let review = store::review(s, &id)?.filter(|review| review.state == State::Closed).ok_or_else(gone)?;
        let wants_supporters = review.minutes.supporters;
        Facts::read(s, season, review, wants_supporters)
    })?;
    let sat = facts.reviewers.iter().filter(|reviewer| reviewer.letter > 0);
    let letters: Vec<(PersonId, u32)> = sat.map(|reviewer| (reviewer.person.clone(), reviewer.letter)).collect();
    let (panel, keys) = panel_of(&facts, &letters)?;
    text(&panel, &keys).split_inclusive('\n').try_for_each(sink)?;
    Ok(())
}

/// The lines of a review.
struct Scored {
    panel: Panel,
    keys: Vec<String>,
    seen: bool,
}

fn nothing() -> Panel {
    Panel {
        criteria: Vec::new(),
        entrants: Vec::new(),
        sheets: Vec::new(),
        conflicts: Vec::new(),
        least: 0,
        drop_from: 0,
        pass: None,
        places: None,
        reserve: 0,
        ties: Vec::new(),
    }
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{text:?} is no number that fits"))
}

fn optional(text: &str) -> Result<Option<u32>, String> {
    if text == "-" { Ok(None) } else { number(text).map(Some) }
}

impl Scored {
    fn tie(&self, parts: &[&str]) -> Result<PanelTie, String> {
        match parts {
            ["criterion", key] => {
                let at = self.keys.iter().position(|known| known == key);
                at.map(PanelTie::Criterion).ok_or_else(|| format!("there is no criterion {key}"))
            }
            ["supporters"] => Ok(PanelTie::Supporters),
            ["lower-cost"] => Ok(PanelTie::LowerCost),
            ["lower-number"] => Ok(PanelTie::LowerNumber),
            _ => Err("ties are parted another way".into()),
        }
    }

    fn sheet(&mut self, reviewer: &str, project: &str, scores: &str) -> Result<(), String> {
        if self.panel.sheets.len() >= MAX_SHEETS {
            return Err("there are more sheets than a panel has".into());
        }
        let scores = parse_scores(scores).ok_or("scores are no numbers")?;
        self.panel.sheets.push(Sheet { reviewer: number(reviewer)?, project: number(project)?, scores });
        Ok(())
    }
}

impl Count for Scored {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let parts: Vec<&str> = line.split(' ').collect();
        if self.seen != (parts[0] != "panel") {
            return Err("the rule of the panel comes first, and once".into());
        }
        match parts[..] {
            ["panel", least, drop_from, pass, places, reserve] => {
                let panel = &mut self.panel;
                (panel.least, panel.drop_from, panel.reserve) = (number(least)?, number(drop_from)?, number(reserve)?);
                (panel.pass, panel.places, self.seen) = (optional(pass)?, optional(places)?, true);
            }
            ["criterion", key, weight, most] => {
                self.panel.criteria.push(Criterion { weight: number(weight)?, most: number(most)? });
                self.keys.push(key.to_owned());
            }
            ["tie", ref rest @ ..] => self.panel.ties.push(self.tie(rest)?),
            ["project", n, cost, supporters] => self.panel.entrants.push(Entrant {
                number: number(n)?,
                cost: number(cost)?,
                supporters: number(supporters)?,
            }),
            ["conflict", reviewer, project] => self.panel.conflicts.push((number(reviewer)?, number(project)?)),
            ["sheet", reviewer, project, scores] => self.sheet(reviewer, project, scores)?,
            _ => return Err("it is no line of a review".into()),
        }
        Ok(())
    }

    fn end(self: Box<Self>, _: &Told) -> Result<Computed, String> {
        let lines = rank(&self.panel).map_err(|e| e.to_string())?;
        let (parameters, outcome) = told(&self.panel, &lines);
        let (parameters, outcome) = (members(parameters), members(outcome));
        Ok(Computed { rule: Some(RULE.into()), parameters, outcome, passed: None })
    }
}
