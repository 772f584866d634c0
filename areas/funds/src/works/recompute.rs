//! Computing an apportionment again from the areas of the flats.

use db::{Db, Fault};
use kernel::Fen;
use matters::verdict::{
    Verdict,
    recompute::{Computed, Count, Method, Openness, Sink, Told, gone, members, subject_id},
};

use super::{
    WorkId,
    apportion::{Sums, told},
    share::{self, Flat, MAX_FLATS, RULE_SET, Rest},
    store,
};

/// How it is done. The inputs are the text of [`share::inputs`]. Owners' names stand in it; whoever has no need of them
/// gets a sign in their place.
pub const METHOD: Method = Method {
    kind: "apportionment",
    knows: |set| set == RULE_SET,
    openness: Openness::Named(without_owner),
    in_log: false,
    gather,
    own: None,
    begin: || Box::<Shared>::default(),
};

fn gather(db: &Db, verdict: &Verdict, sink: &mut Sink<'_>) -> Result<(), Fault> {
    let (id, digest): (WorkId, _) = (subject_id(verdict)?, verdict.inputs.0);
    let roll = db.read_wait(move |s| store::roll_by_digest(s, &id, digest))?.ok_or_else(gone)?;
    share::inputs(roll.total, roll.rule, &roll.bearer, &roll.flats).split_inclusive('\n').try_for_each(sink)?;
    Ok(())
}

/// A line of a flat with a sign in place of its owner, who is only known to be there.
fn without_owner(line: &str) -> String {
    match line.split('\t').collect::<Vec<_>>()[..] {
        [unit, owner, area] if !owner.is_empty() => format!("{unit}\t*\t{area}"),
        _ => line.to_owned(),
    }
}

/// The lines of an apportionment.
#[derive(Default)]
struct Shared {
    head: Vec<String>,
    flats: Vec<Flat>,
}

impl Count for Shared {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if self.head.len() < 4 {
            self.head.push(line.to_owned());
            return Ok(());
        }
        let [unit, owner, area] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err("it is no line of a flat".into());
        };
        if self.flats.len() >= MAX_FLATS {
            return Err("there are more flats than a roll has".into());
        }
        let area = area.parse().ok().filter(|area| (1..=share::MAX_AREA).contains(area)).ok_or("it has no area")?;
        self.flats.push(Flat(unit.to_owned(), owner.to_owned(), area));
        Ok(())
    }

    fn end(self: Box<Self>, _: &Told) -> Result<Computed, String> {
        let [rule_set, total, rule, bearer] = self.head.as_slice() else { return Err("lines are missing".into()) };
        if rule_set != RULE_SET {
            return Err(format!("the rule set is not {RULE_SET}"));
        }
        let total = Fen(total.parse().map_err(|_| "the total is no number")?);
        let rule: Rest = rule.parse().map_err(|_| "the rule is none of this program's")?;
        let areas: Vec<i64> = self.flats.iter().map(|flat| flat.2).collect();
        let at = self.flats.iter().position(|flat| !bearer.is_empty() && flat.0 == *bearer);
        if (rule == Rest::One) != at.is_some() {
            return Err("the flat that bears the rest is not in the roll".into());
        }
        let shares = share::shares(total, &areas, at).ok_or("the areas give no shares")?;
        let sums = Sums { total, rule, area: areas.iter().sum(), flats: &self.flats };
        let (parameters, outcome) = told(&sums, &shares);
        let (parameters, outcome) = (members(parameters), members(outcome));
        Ok(Computed { rule: Some(rule.as_str().to_owned()), parameters, outcome, passed: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_blotted_out_and_its_absence_stays() {
        assert_eq!(without_owner("1-2-301\t沈, 遥\t8953\n"), "1-2-301\t*\t8953\n");
        assert_eq!(without_owner("1-2-302\t\t8953\n"), "1-2-302\t\t8953\n");
        assert_eq!(without_owner("largest\n"), "largest\n");
    }
}
