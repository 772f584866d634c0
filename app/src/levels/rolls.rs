//! The rolls of votes against the marks in the log.

use std::collections::BTreeMap;

use ledger::{entry::Leaf, erase, tree::Hash};
use serde_json::Value;

use super::unhex;

/// Marks that one log may hold for this reader, so that a made-up log cannot take all memory.
const MAX_MARKS: usize = 20_000_000;

/// What the log tells of rolls: the commitments of marks, and how many were put on each roll.
#[derive(Default)]
pub(super) struct Marks {
    marks: BTreeMap<String, Vec<[u8; 32]>>,
    voters: BTreeMap<String, u64>,
    /// Taken off a roll again before it was frozen.
    struck: BTreeMap<String, u64>,
    n_marks: usize,
}

/// A roll that was read along with the log.
#[derive(Default)]
pub(super) struct Roll {
    voted: Vec<[u8; 32]>,
    last_key: Option<[u8; 32]>,
    n_voters: u64,
}

impl Marks {
    /// Takes an entry of a kind that tells of rolls.
    pub(super) fn entry(&mut self, leaf: &Leaf<Value>) -> Result<(), String> {
        let season = leaf.subject.clone().unwrap_or_default();
        if let "roll.enrolled" | "roll.struck" = leaf.kind.as_str() {
            let of = if leaf.kind == "roll.struck" { &mut self.struck } else { &mut self.voters };
            let count = of.entry(season).or_default();
            *count = count.saturating_add(leaf.public.get("voters").and_then(Value::as_u64).unwrap_or(0));
            return Ok(());
        }
        let commit = leaf.commit.as_deref().and_then(unhex).ok_or("a mark without a commitment")?;
        self.n_marks += 1;
        if self.n_marks > MAX_MARKS {
            return Err("this log has more marks than this program takes".into());
        }
        self.marks.entry(season).or_default().push(commit);
        Ok(())
    }

    /// Compares a roll with the log: how many voters, and how many voted. Each mark is opened by a row of its own, so each
    /// was another voter of the roll.
    pub(super) fn compare(&mut self, season: &str, mut roll: Roll) -> Result<(u64, u64), String> {
        let mut marks = self.marks.remove(season).unwrap_or_default();
        marks.sort_unstable();
        roll.voted.sort_unstable();
        if marks != roll.voted {
            return Err("the rows that voted do not open the marks of the log one by one".into());
        }
        let of = |counts: &BTreeMap<String, u64>| counts.get(season).copied().unwrap_or(0);
        if of(&self.voters).checked_sub(of(&self.struck)) != Some(roll.n_voters) {
            return Err("the roll has another number of voters than the log".into());
        }
        Ok((roll.n_voters, marks.len() as u64))
    }
}

impl Roll {
    /// Takes the next row, `KEY SALT DAY`, in order of keys.
    pub(super) fn row(&mut self, line: &str) -> Result<(), String> {
        let [key, salt, day] = line.split(' ').collect::<Vec<_>>()[..] else { return Err("it has other parts".into()) };
        let (key, salt) = (unhex(key).ok_or("its key is no key")?, unhex(salt).ok_or("its salt is no salt")?);
        if self.last_key.is_some_and(|last| last >= key) {
            return Err("its key is not in the order of keys".into());
        }
        if day != "-" && kernel::Day::parse(day).is_none() {
            return Err("its day is no day".into());
        }
        self.last_key = Some(key);
        self.n_voters += 1;
        if day != "-" {
            let Hash(opened) = erase::commit(&salt, &key);
            self.voted.push(opened);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::levels::hex;

    fn leaf(kind: &str, public: Value, commit: Option<Hash>) -> Leaf<Value> {
        Leaf {
            v: 1,
            id: "e".into(),
            kind: kind.into(),
            subject: Some("s".into()),
            at: None,
            day: None,
            public,
            commit: commit.map(|hash| hash.to_string()),
        }
    }

    fn told(rows: &[(u8, u8, &str)]) -> Result<(u64, u64), String> {
        let mut marks = Marks::default();
        // five were put on the roll, and two taken off again
        marks.entry(&leaf("roll.enrolled", serde_json::json!({ "voters": 5 }), None)).unwrap();
        marks.entry(&leaf("roll.struck", serde_json::json!({ "voters": 2 }), None)).unwrap();
        for n in [2, 1] {
            let commit = erase::commit(&[n + 10; 32], &[n; 32]);
            marks.entry(&leaf("roll.marked", Value::Null, Some(commit))).unwrap();
        }
        let mut roll = Roll::default();
        for (key, salt, day) in rows {
            roll.row(&format!("{} {} {day}", hex([*key; 32]), hex([*salt; 32])))?;
        }
        marks.compare("s", roll)
    }

    #[test]
    fn every_mark_is_another_voter_of_the_roll() {
        let day = "2026-11-22";
        assert_eq!(told(&[(1, 11, day), (2, 12, day), (3, 13, "-")]), Ok((3, 2)));
        for rows in [
            // another voted, one voted twice, one too many on the roll, another salt, a row out of order, no day
            &[(1, 11, day), (2, 12, "-"), (3, 13, day)][..],
            &[(1, 11, day), (1, 11, day), (2, 12, day)],
            &[(1, 11, day), (2, 12, day), (3, 13, "-"), (4, 14, "-")],
            &[(1, 11, day), (2, 13, day), (3, 13, "-")],
            &[(2, 12, day), (1, 11, day), (3, 13, "-")],
            &[(1, 11, day), (2, 12, "today"), (3, 13, "-")],
        ] {
            assert!(told(rows).is_err(), "{rows:?}");
        }
    }
}
