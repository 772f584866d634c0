//! From rows of ballots to one choice a unit.

use std::collections::{HashMap, HashSet};

use crate::ballot::{Ballot, Channel, Choice};
use crate::report::{BallotCounts, MAX_NOTES, Note, NoteCode};
use crate::roll::{Roll, Unit};
use crate::rules::Period;
use crate::text::{shown, tidy};

/// What each unit of the roll said, and what became of the rows.
pub(crate) struct Cast {
    /// By index in the roll.
    pub(crate) choices: Vec<Option<Choice>>,
    pub(crate) counts: BallotCounts,
    pub(crate) notes: Notes,
}

/// The first notes in their order, however many come.
#[derive(Default)]
pub(crate) struct Notes {
    kept: Vec<Note>,
    n_all: u64,
}

impl Notes {
    pub(crate) fn add(&mut self, code: NoteCode, unit: &str, line: u64) {
        self.kept.push(Note { code, unit: shown(unit), line: (line > 0).then_some(line) });
        self.n_all += 1;
        if self.kept.len() >= 8 * MAX_NOTES {
            self.cut();
        }
    }

    fn cut(&mut self) {
        self.kept.sort_unstable();
        self.kept.truncate(MAX_NOTES);
    }

    /// The notes, and how many were left out.
    pub(crate) fn finish(mut self) -> (Vec<Note>, u64) {
        self.cut();
        let left_out = self.n_all - self.kept.len() as u64;
        (self.kept, left_out)
    }
}

/// Which units are asked.
pub(crate) type Scope<'a> = Option<HashSet<&'a str>>;

pub(crate) fn is_asked(scope: &Scope<'_>, unit: &Unit) -> bool {
    scope.as_ref().is_none_or(|buildings| buildings.contains(unit.building.as_str()))
}

/// Rows of one unit are one ballot: what they say if they all say the same, else an invalid one. So the order of rows
/// never matters, and nobody votes twice.
pub(crate) fn cast(roll: &Roll, scope: &Scope<'_>, period: &Period, ballots: &[Ballot]) -> Cast {
    let units = roll.units();
    let by_number: HashMap<&str, usize> = units.iter().enumerate().map(|(at, unit)| (unit.unit.as_str(), at)).collect();
    let mut said = vec![Said::default(); units.len()];
    let mut counts = BallotCounts { read: ballots.len() as u64, ..BallotCounts::default() };
    let mut notes = Notes::default();
    for ballot in ballots {
        let found =
            by_number.get(tidy(&ballot.unit).as_ref()).and_then(|at| Some((units.get(*at)?, said.get_mut(*at)?)));
        let Some((unit, said)) = found else {
            counts.not_on_roll += 1;
            notes.add(NoteCode::NotOnRoll, &ballot.unit, ballot.line);
            continue;
        };
        if !is_asked(scope, unit) {
            counts.out_of_scope += 1;
        } else if !period.channels.contains(&ballot.channel) {
            counts.channel_not_allowed += 1;
            notes.add(NoteCode::ChannelNotAllowed, &unit.unit, ballot.line);
        } else if ballot.channel == Channel::Proxy && !ballot.instructed {
            counts.without_instruction += 1;
            notes.add(NoteCode::WithoutInstruction, &unit.unit, ballot.line);
        } else {
            said.rows += 1;
            said.mask |= ballot.choice.bit();
            *counts.channel(ballot.channel) += 1;
        }
    }
    let mut choices = Vec::with_capacity(units.len());
    for (unit, said) in units.iter().zip(&said) {
        let choice = said.choice();
        counts.counted += u64::from(choice.is_some());
        if said.rows > 1 {
            counts.repeated += said.rows - 1;
            let contradicting = said.mask.count_ones() > 1;
            counts.contradicting += u64::from(contradicting);
            notes.add(if contradicting { NoteCode::Contradicting } else { NoteCode::Repeated }, &unit.unit, 0);
        }
        choices.push(choice);
    }
    Cast { choices, counts, notes }
}

/// The rows of one unit so far.
#[derive(Clone, Copy, Default)]
struct Said {
    rows: u64,
    mask: u8,
}

impl Said {
    fn choice(self) -> Option<Choice> {
        match self.mask {
            0 => None,
            mask => Some(Choice::ALL.into_iter().find(|choice| choice.bit() == mask).unwrap_or(Choice::Invalid)),
        }
    }
}

impl BallotCounts {
    fn channel(&mut self, channel: Channel) -> &mut u64 {
        match channel {
            Channel::Online => &mut self.online,
            Channel::Paper => &mut self.paper,
            Channel::Proxy => &mut self.proxy,
            Channel::Import => &mut self.import,
        }
    }
}
