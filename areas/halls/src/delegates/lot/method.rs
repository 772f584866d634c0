//! Computing a lot again: the draw from the published list and the seed, never by solving; who stands in from these and the
//! frozen pool.
//!
//! The text of a draw: [`DRAW`], the terms as JSON, the seed, then the list as it was published. Of a stand-in:
//! [`STANDS_IN`], seed, size, quotas as JSON, the pool, who made room in their order, then the list.

use db::{Db, DbError, Fault};
use matters::verdict::{
    Verdict,
    recompute::{Computed, Count, Method, Openness, Sink, Told, gone, members, subject_id},
};
use serde_json::{Value, json};
use sortition::{Draw, PanelList, Person, Pool, Problem, Quotas, Replacement, Seed, draw, withdraw};

use super::{Lot, LotId, Offer, RULE_SET, Volunteer, freeze::pool_lines, key, publish::announcement, queries};

/// The first line of a draw.
pub const DRAW: &str = "linli.delegates-lot/v1";
/// The first line of a stand-in.
pub const STANDS_IN: &str = "linli.delegates-stand-in/v1";
/// The rule of the draw.
pub const RULE_DRAW: &str = "lot-draw";
/// The rule of a stand-in.
pub const RULE_STANDS_IN: &str = "lot-stand-in";

/// How a draw is done again: anybody may have the list and the seed.
pub const LOT: Method = Method {
    kind: "delegates-lot",
    knows: |set| set == RULE_SET,
    openness: Openness::Open,
    in_log: false,
    gather: gather_draw,
    own: None,
    begin: || Box::<Drawing>::default(),
};

/// How a stand-in is found again: the pool's features are for auditors, who are told no names.
pub const STAND_IN: Method = Method {
    kind: "delegates-stand-in",
    knows: |set| set == RULE_SET,
    openness: Openness::Sealed,
    in_log: false,
    gather: gather_stand_in,
    own: None,
    begin: || Box::<Standing>::default(),
};

/// Everything a draw depends on.
pub(super) fn inputs(lot: &Lot, list: &str) -> String {
    let terms = json!({
        "announced": announcement(&lot.announced), "hall": lot.hall, "lot": lot.id, "panels": lot.panels,
        "people": lot.pool.people, "pool": lot.pool.digest, "rule": lot.rule.to_string(), "size": lot.size,
    });
    format!("{DRAW}\n{terms}\n{}\n{list}", lot.seed)
}

/// What the register tells of a draw.
pub(super) fn told(drawn: &Draw) -> Value {
    json!({ "digest": drawn.digest, "number": drawn.number, "attempts": drawn.attempts, "panel": drawn.panel.join(" ") })
}

/// What a lot was set to, of its terms.
pub(super) fn parameters(terms: &Value, seed: &str) -> Value {
    let of = |name: &str| terms.get(name).cloned().unwrap_or_default();
    json!({
        "panels": of("panels"), "people": of("people"), "lottery": of("rule"), "seats": of("size"), "seed": seed,
        "announced": of("announced"), "pool": of("pool"),
    })
}

fn gather_draw(db: &Db, verdict: &Verdict, sink: &mut Sink<'_>) -> Result<(), Fault> {
    let id: LotId = subject_id(verdict)?;
    let text = db.read_wait(move |s| {
        let lot = queries::lot(s, &id)?;
        let list = queries::list(s, &id)?.ok_or_else(gone)?;
        Ok::<_, Fault>(inputs(&lot, &list.list))
    })?;
    text.split_inclusive('\n').try_for_each(sink)?;
    Ok(())
}

/// The lines of a draw.
#[derive(Default)]
struct Drawing {
    head: Vec<String>,
    list: String,
}

impl Count for Drawing {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if self.head.is_empty() && line != DRAW {
            return Err(format!("it does not begin with {DRAW}"));
        }
        if self.head.len() < 3 {
            self.head.push(line.to_owned());
        } else {
            self.list.push_str(line);
            self.list.push('\n');
        }
        Ok(())
    }

    fn end(self: Box<Self>, _: &Told) -> Result<Computed, String> {
        let [_, terms, seed] = <[String; 3]>::try_from(self.head).map_err(|_| "lines are missing")?;
        let terms: Value = serde_json::from_str(&terms).map_err(|e| format!("terms: {e}"))?;
        let list = PanelList::read(self.list.as_bytes()).map_err(|e| format!("list: {e}"))?;
        let (size, panels) = (list.panels().first().map_or(0, Vec::len), list.panels().len());
        if terms.get("size") != Some(&json!(size)) || terms.get("panels") != Some(&json!(panels)) {
            return Err("the list is not of the size that the terms say".into());
        }
        let drawn = draw(&list, &Seed::new(&seed).map_err(|e| e.to_string())?);
        Ok(Computed {
            rule: Some(RULE_DRAW.to_owned()),
            parameters: members(parameters(&terms, &seed)),
            outcome: members(told(&drawn)),
            passed: None,
        })
    }
}

/// Everything that decides who stands in.
pub(super) struct Facts {
    pub lot: Lot,
    pub people: Vec<Volunteer>,
    /// Numbers of those who made room, in their order.
    pub out: Vec<u32>,
    pub list: String,
}

impl Facts {
    pub fn inputs(&self) -> Result<String, DbError> {
        let quotas = serde_json::to_string(&self.lot.quotas).map_err(|e| DbError::Data(e.to_string()))?;
        let lines = pool_lines(self.lot.household, &self.people);
        let out: Vec<String> = self.out.iter().map(|number| key(*number)).collect();
        let head = format!("{STANDS_IN}\n{}\n{}\n{quotas}\n", self.lot.seed, self.lot.size);
        let pool = format!("{}\n{}\n", lines.len(), lines.join("\n"));
        Ok(format!("{head}{pool}{}\n{}", out.join(" "), self.list))
    }
}

/// Who made room, in their order.
pub(super) fn out(offers: &[Offer]) -> Vec<u32> {
    let mut out: Vec<(u32, u32)> = (offers.iter())
        .filter(|offer| offer.answer.is_out())
        .filter_map(|offer| offer.turn.map(|turn| (turn, offer.number)))
        .collect();
    out.sort_unstable();
    out.into_iter().map(|(_, number)| number).collect()
}

fn gather_stand_in(db: &Db, verdict: &Verdict, sink: &mut Sink<'_>) -> Result<(), Fault> {
    let id: LotId = subject_id(verdict)?;
    let turn = verdict.parameters.get("turn").and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    let text = db.read_wait(move |s| {
        let lot = queries::lot(s, &id)?;
        let list = queries::list(s, &id)?.ok_or_else(gone)?.list;
        let (people, offers) = (queries::pool(s, &id)?, queries::offers(s, &id)?);
        let mut out = out(&offers);
        out.truncate(turn.unwrap_or(usize::MAX));
        Ok::<_, Fault>(Facts { lot, people, out, list }.inputs()?)
    })?;
    text.split_inclusive('\n').try_for_each(sink)?;
    Ok(())
}

/// The lines of a stand-in.
#[derive(Default)]
struct Standing(String);

impl Count for Standing {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if self.0.is_empty() && line != STANDS_IN {
            return Err(format!("it does not begin with {STANDS_IN}"));
        }
        self.0.push_str(line);
        self.0.push('\n');
        Ok(())
    }

    fn end(self: Box<Self>, _: &Told) -> Result<Computed, String> {
        let (turn, last) = stand_in(&self.0)?;
        Ok(Computed {
            rule: Some(RULE_STANDS_IN.to_owned()),
            parameters: members(json!({ "turn": turn, "leaves": last.leaves })),
            outcome: members(json!({ "enters": last.enters })),
            passed: None,
        })
    }
}

/// Who comes for the last of those who made room, by the text of the inputs alone.
pub(super) fn stand_in(text: &str) -> Result<(usize, Replacement), String> {
    let mut lines = text.splitn(6, '\n');
    let mut next = || lines.next().ok_or("lines are missing");
    let (_, seed, size, quotas) = (next()?, next()?, next()?, next()?);
    let (people, rest) = (next()?, next()?);
    let people: usize = people.parse().map_err(|_| "the number of people cannot be read")?;
    if people > sortition::MAX_PEOPLE {
        return Err("there are too many people".into());
    }
    let mut rest = rest.splitn(people + 2, '\n');
    let mut pool = Vec::new();
    for _ in 0..people {
        pool.push(person(rest.next().ok_or("people are missing")?)?);
    }
    let out: Vec<String> = rest.next().ok_or("lines are missing")?.split(' ').map(str::to_owned).collect();
    let list = PanelList::read(rest.next().unwrap_or_default().as_bytes()).map_err(|e| format!("list: {e}"))?;
    let quotas: Quotas = serde_json::from_str(quotas).map_err(|e| format!("quotas: {e}"))?;
    let size: u32 = size.parse().map_err(|_| "the size cannot be read")?;
    let pool = Pool::new(pool).map_err(|e| e.to_string())?;
    let problem = Problem::new(pool, quotas, size).map_err(|e| e.to_string())?;
    let drawn = draw(&list, &Seed::new(seed).map_err(|e| e.to_string())?);
    let (_, steps) = withdraw(&problem, &drawn, &out)?;
    let last = steps.into_iter().next_back().ok_or("nobody made room")?;
    Ok((out.len(), last))
}

fn person(line: &str) -> Result<Person, String> {
    let mut cells: Vec<&str> = line.split('\t').collect();
    let sign = cells.pop().unwrap_or_default();
    let mut cells = cells.into_iter().map(str::to_owned);
    let key = cells.next().ok_or("a person has no number")?;
    Ok(Person { key, features: cells.collect(), address: (sign != "-").then(|| sign.to_owned()) })
}
