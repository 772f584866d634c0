//! Computing the choice of an award again from its ballots.

use db::{Db, Fault};
use matters::verdict::{
    Verdict,
    recompute::{Computed, Count, Method, Openness, Sink, Told, gone, members, subject_id},
};
use serde_json::json;

use super::{
    Nominated,
    count::{given_of, listed, text},
    rules::{self, Outcome},
    store,
};
use crate::{
    SeasonId, season,
    template::{self, Decides},
};

/// How it is done. The inputs are the text of [`super::count::text`]: which projects were approved together says more of a
/// small jury than how many approved of each, so auditors alone get it.
pub const METHOD: Method = Method {
    kind: "award-choice",
    knows: |set| set == rules::RULE_SET,
    openness: Openness::Sealed,
    in_log: false,
    gather,
    own: None,
    begin: || Box::<Chosen>::default(),
};

fn gather(db: &Db, verdict: &Verdict, sink: &mut Sink<'_>) -> Result<(), Fault> {
    let id: SeasonId = subject_id(verdict)?;
    let category = verdict.outcome.get("category").and_then(serde_json::Value::as_str).ok_or_else(gone)?.to_owned();
    let inputs = db.read_wait(move |s| {
        let season = season::queries::season(s, &id)?;
        let template = template::queries::of_season(s, &season)?;
        let of = (&id, category.as_str());
        let (Some(choice), Some(term)) = (store::choice(s, of)?, template.award(&category)) else {
            return Err(Fault::from(gone()));
        };
        let (nominated, sets) = (store::nominated(s, of)?, store::sets(s, of)?);
        Ok(text((&choice, term), &nominated, &sets, &given_of(&nominated)))
    })?;
    inputs.split_inclusive('\n').try_for_each(sink)?;
    Ok(())
}

/// The lines of a choice.
#[derive(Default)]
struct Chosen {
    /// Category, way, places, persons of the jury.
    choice: Option<(String, Decides, u32, u32)>,
    nominated: Vec<Nominated>,
    sets: Vec<(Vec<u32>, u64)>,
    /// Those that the office chose where some were tied.
    given: Option<Vec<u32>>,
}

impl Count for Chosen {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let read = |text: &str| text.parse::<u32>().map_err(|_| format!("{text:?} is no number that fits"));
        let list = |text: &str| text.split(',').map(read).collect::<Result<Vec<_>, _>>();
        let parts: Vec<_> = line.split(' ').collect();
        match (parts.as_slice(), self.choice.is_some()) {
            (["choice", category, way, places, jurors], false) => {
                let way = way.parse().map_err(|()| format!("{way:?} is no way to choose"))?;
                self.choice = Some(((*category).to_owned(), way, read(places)?, read(jurors)?));
            }
            (["nominated", number], true) => self.nominated.push(nominated(read(number)?, false)),
            (["nominated", number, "stopped"], true) => self.nominated.push(nominated(read(number)?, true)),
            (["ballots", times, numbers], true) => self.sets.push((list(numbers)?, u64::from(read(times)?))),
            (["given", numbers], true) if self.given.is_none() => self.given = Some(list(numbers)?),
            _ => return Err("it is no line of a choice, or not in its place".into()),
        }
        Ok(())
    }

    /// Who gets it is computed; only where some are tied the office chose, and it must have chosen among them.
    fn end(self: Box<Self>, _: &Told) -> Result<Computed, String> {
        let Chosen { choice: Some((category, way, places, jurors)), nominated, sets, given } = *self else {
            return Err("lines are missing".into());
        };
        let approvals = rules::tally(&nominated, &sets);
        let given = match (rules::outcome(&nominated, &approvals, places), given) {
            (Outcome::Settled(given), None) => given,
            (Outcome::Tied { sure, tied, left }, Some(given)) => {
                let chosen: Vec<u32> = given.iter().filter(|number| !sure.contains(number)).copied().collect();
                let chosen = rules::broken(&chosen, &tied, left).map_err(|no| no.code.to_owned())?;
                let mut all: Vec<u32> = sure.into_iter().chain(chosen).collect();
                all.sort_unstable();
                all
            }
            (Outcome::Settled(_), Some(_)) => return Err("somebody chose where nothing was tied".into()),
            (Outcome::Tied { .. }, None) => return Err("some are tied and nobody chose".into()),
        };
        let (ballots, given) = (sets.iter().map(|(_, times)| times).sum::<u64>(), listed(&given));
        Ok(Computed {
            rule: Some(rules::rule(way).to_owned()),
            parameters: members(json!({
                "category": category, "places": places, "least": rules::needed(way, jurors),
            })),
            outcome: members(json!({
                "category": category, "ballots": ballots, "given": given,
                "approvals": rules::said(&nominated, &approvals),
            })),
            passed: Some(!given.is_empty()),
        })
    }
}

fn nominated(number: u32, stopped: bool) -> Nominated {
    Nominated {
        number,
        name: String::new(),
        words: String::new(),
        by: None,
        stopped,
        approvals: None,
        certificate: None,
    }
}
