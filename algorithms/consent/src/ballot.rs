//! What was cast.

use serde::{Deserialize, Serialize};

/// What a ballot says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// For it.
    Agree,
    /// Against it.
    Disagree,
    /// Neither, in so many words.
    Abstain,
    /// Cast, but says nothing that can be counted.
    Invalid,
}

/// The way a ballot came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// On this platform.
    Online,
    /// On paper, by the owner.
    Paper,
    /// By somebody with the owner's written instruction.
    Proxy,
    /// From the result of an official system.
    Import,
}

/// One ballot of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// The unit, as on the roll.
    pub unit: String,
    /// What it says.
    pub choice: Choice,
    /// The way it came in.
    pub channel: Channel,
    /// Whether a written instruction lies there, for a proxy's ballot; without one it is nobody's ballot. Of no meaning
    /// for the other channels.
    pub instructed: bool,
    /// The line of its file, from 1; 0 if it comes from no file.
    pub line: u64,
}

impl Choice {
    /// Every choice.
    pub const ALL: [Self; 4] = [Self::Agree, Self::Disagree, Self::Abstain, Self::Invalid];

    /// From a plain cell in lower case.
    pub(crate) fn read(cell: &str) -> Option<Self> {
        Some(match cell {
            "agree" | "同意" | "赞成" | "贊成" => Self::Agree,
            "disagree" | "不同意" | "反对" | "反對" => Self::Disagree,
            "abstain" | "弃权" | "棄權" => Self::Abstain,
            "invalid" | "无效" | "無效" => Self::Invalid,
            _ => return None,
        })
    }

    /// A bit of its own.
    pub(crate) const fn bit(self) -> u8 {
        match self {
            Self::Agree => 1,
            Self::Disagree => 2,
            Self::Abstain => 4,
            Self::Invalid => 8,
        }
    }
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 4] = [Self::Online, Self::Paper, Self::Proxy, Self::Import];

    /// From a plain cell in lower case.
    pub(crate) fn read(cell: &str) -> Option<Self> {
        Some(match cell {
            "online" | "网上" | "線上" | "线上" | "網上" => Self::Online,
            "paper" | "纸质" | "紙質" => Self::Paper,
            "proxy" | "委托" | "委託" => Self::Proxy,
            "import" | "导入" | "匯入" => Self::Import,
            _ => return None,
        })
    }
}
