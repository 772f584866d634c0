//! The verdict and everything it was made from.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::area::{Area, Ratio};
use crate::day::Day;
use crate::rules::{Item, Of, Threshold};

/// Notes of a report at most; how many more there were is told.
pub const MAX_NOTES: usize = 1_000;

/// A verdict with its figures. The same roll and ballots give the same report in whatever order their rows stand,
/// except for the lines in the notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Whether all gates are met.
    pub passed: bool,
    /// The figures of everybody asked.
    #[serde(flatten)]
    pub sums: ByBasis,
    /// The rule's name.
    pub rule: String,
    /// Article, paragraph and item it follows.
    pub source: String,
    /// The first gate that is not met, or that it passed.
    pub reason: Reason,
    /// The reason in words, English.
    pub sentence: String,
    /// What was decided on.
    pub item: Item,
    /// The day whose law was applied.
    pub on: Day,
    /// The set of rules.
    pub rules: String,
    /// Laws and interpretations of the period.
    pub law: String,
    /// What `approval` is a part of.
    pub approval_of: Of,
    /// The buildings that were asked, in natural order; absent means the whole roll.
    pub scope: Option<Vec<String>>,
    /// The gates, in the order in which they are asked.
    pub gates: Vec<Gate>,
    /// What became of the ballots' rows.
    pub ballots: BallotCounts,
    /// The figures of each building, as if it alone had been asked.
    pub buildings: Vec<Group>,
    /// The figures of each floor, likewise.
    pub floors: Vec<Group>,
    /// What somebody should look at, by code and unit; at most [`MAX_NOTES`].
    pub notes: Vec<Note>,
    /// Notes beyond [`MAX_NOTES`].
    pub notes_left_out: u64,
}

/// The figures of a set of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ByBasis {
    /// Who took part, of all.
    pub participation: Shares,
    /// Who agreed, of those whom the rule measures by ([`Report::approval_of`]).
    pub approval: Shares,
    /// In units.
    pub units: Sums,
    /// In 0.01 m².
    pub area: Sums,
    /// In heads.
    pub heads: Sums,
}

/// A share on both bases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Shares {
    /// In 0.01 m².
    pub area: Ratio,
    /// In heads.
    pub heads: Ratio,
}

/// One basis: units, areas or heads, by what they did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sums {
    /// Everybody asked.
    pub all: u64,
    /// Cast a ballot that is taking part.
    pub took_part: u64,
    /// Agreed.
    pub agree: u64,
    /// Were against.
    pub disagree: u64,
    /// Abstained.
    pub abstain: u64,
    /// Cast an invalid ballot.
    pub invalid: u64,
    /// Heads whose ballots differ from unit to unit; they took part and did not agree. 0 for units and areas.
    pub mixed: u64,
}

/// A building, or a floor of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The building.
    pub building: String,
    /// The floor; absent for the building.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor: Option<String>,
    /// Its figures.
    #[serde(flatten)]
    pub sums: ByBasis,
}

/// One comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Gate {
    /// Which.
    pub gate: GateCode,
    /// What was reached.
    pub share: Ratio,
    /// What is needed.
    pub needs: Threshold,
    /// Whether it is reached.
    pub met: bool,
    /// By how much the part falls short while the whole stays the same: in 0.01 m² or heads; 0 if it is met.
    pub missing: u64,
}

/// The comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GateCode {
    /// Who took part, by area.
    ParticipationArea,
    /// Who took part, by heads.
    ParticipationHeads,
    /// Who agreed, by area.
    ApprovalArea,
    /// Who agreed, by heads.
    ApprovalHeads,
}

/// Which of the two bases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Exclusive area.
    Area,
    /// Heads.
    Heads,
}

/// Why the verdict is what it is. Stable codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// All gates are met.
    Passed,
    /// Too little area took part.
    ParticipationAreaShort,
    /// Too few heads took part.
    ParticipationHeadsShort,
    /// Too little area agreed.
    ApprovalAreaShort,
    /// Too few heads agreed.
    ApprovalHeadsShort,
}

/// What became of the rows of the ballots; all but `contradicting` and the channels add up to `read`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BallotCounts {
    /// Rows given.
    pub read: u64,
    /// Rows that count: one for each unit that voted.
    pub counted: u64,
    /// Further rows of units that voted already.
    pub repeated: u64,
    /// Rows of units outside the scope.
    pub out_of_scope: u64,
    /// Rows of units that the roll does not have.
    pub not_on_roll: u64,
    /// Rows that came in a way the rules do not admit.
    pub channel_not_allowed: u64,
    /// Rows of proxies without a written instruction.
    pub without_instruction: u64,
    /// Units whose rows say different things: their one ballot is invalid.
    pub contradicting: u64,
    /// Rows counted or repeated that came in online.
    pub online: u64,
    /// On paper.
    pub paper: u64,
    /// By proxy.
    pub proxy: u64,
    /// From an official result.
    pub import: u64,
}

/// Something to look at. The verdict is computed all the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Note {
    /// What it is.
    pub code: NoteCode,
    /// The unit.
    pub unit: String,
    /// The line of the ballots' file, where the note is on a row of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

/// What a note is about. Stable codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteCode {
    /// The unit's ballots say different things; they are one invalid ballot.
    Contradicting,
    /// The ballot's unit is not on the roll; it does not count.
    NotOnRoll,
    /// The ballot came in a way the rules do not admit; it does not count.
    ChannelNotAllowed,
    /// A proxy's ballot without a written instruction; it does not count.
    WithoutInstruction,
    /// The unit is sold and nobody is named; it is a head of its own.
    OwnerMissing,
    /// The owner of this sold unit is named at unsold ones too; it counts as a head beside the developer's.
    DeveloperAmongOwners,
    /// The unit has several ballots that say the same; they are one.
    Repeated,
}

impl GateCode {
    /// The basis it compares by.
    #[must_use]
    pub const fn basis(self) -> Basis {
        match self {
            Self::ParticipationArea | Self::ApprovalArea => Basis::Area,
            Self::ParticipationHeads | Self::ApprovalHeads => Basis::Heads,
        }
    }

    /// Its name in the report.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ParticipationArea => "participation-area",
            Self::ParticipationHeads => "participation-heads",
            Self::ApprovalArea => "approval-area",
            Self::ApprovalHeads => "approval-heads",
        }
    }

    /// The reason if it is not met.
    #[must_use]
    pub const fn short(self) -> Reason {
        match self {
            Self::ParticipationArea => Reason::ParticipationAreaShort,
            Self::ParticipationHeads => Reason::ParticipationHeadsShort,
            Self::ApprovalArea => Reason::ApprovalAreaShort,
            Self::ApprovalHeads => Reason::ApprovalHeadsShort,
        }
    }
}

impl Gate {
    pub(crate) fn new(gate: GateCode, share: Ratio, needs: Threshold) -> Self {
        Self { gate, share, needs, met: needs.is_met(share), missing: needs.missing(share) }
    }
}

impl Reason {
    /// Its code in the report.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::ParticipationAreaShort => "participation-area-short",
            Self::ParticipationHeadsShort => "participation-heads-short",
            Self::ApprovalAreaShort => "approval-area-short",
            Self::ApprovalHeadsShort => "approval-heads-short",
        }
    }

    /// The reason of a list of gates: the first that is not met.
    #[must_use]
    pub fn of(gates: &[Gate]) -> Self {
        gates.iter().find(|gate| !gate.met).map_or(Self::Passed, |gate| gate.gate.short())
    }
}

impl NoteCode {
    /// Its code in the report.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contradicting => "contradicting",
            Self::NotOnRoll => "not-on-roll",
            Self::ChannelNotAllowed => "channel-not-allowed",
            Self::WithoutInstruction => "without-instruction",
            Self::OwnerMissing => "owner-missing",
            Self::DeveloperAmongOwners => "developer-among-owners",
            Self::Repeated => "repeated",
        }
    }
}

/// The reason with its figures: `66 of 100 heads took part; >= 2/3 is needed, 1 more.`
pub(crate) fn sentence(gates: &[Gate], of: Of) -> String {
    let Some(gate) = gates.iter().find(|gate| !gate.met) else {
        return match gates.len() {
            2 => "Enough owners agreed, by area and by heads.",
            _ => "Enough owners took part and enough of them agreed, by area and by heads.",
        }
        .to_owned();
    };
    let Ratio { part, of: whole } = gate.share;
    let basis = gate.gate.basis();
    let (part, whole, missing) = (Measured(part, basis), Measured(whole, basis), Measured(gate.missing, basis));
    let needs = gate.needs;
    match (gate.gate.short(), of) {
        (Reason::ParticipationAreaShort | Reason::ParticipationHeadsShort, _) => {
            format!("{part} of {whole} took part; {needs} is needed, {missing} more.")
        }
        (_, Of::All) => format!("{part} of {whole} agreed; {needs} of all is needed, {missing} more."),
        (_, Of::Participants) => {
            format!("{part} of the {whole} that took part agreed; {needs} is needed, {missing} more of them.")
        }
    }
}

/// A count with its unit.
struct Measured(u64, Basis);

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Basis::Area => write!(f, "{} m²", Area(self.0)),
            Basis::Heads if self.0 == 1 => write!(f, "1 head"),
            Basis::Heads => write!(f, "{} heads", self.0),
        }
    }
}
