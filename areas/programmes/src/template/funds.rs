//! What a programme says of the money of its projects.

use kernel::Fen;
use serde::{Deserialize, Serialize};

/// When a tranche may be paid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// Both sides have signed the agreement.
    Signed,
    /// The mid-term review was passed.
    MidtermPassed,
    /// The closing was accepted.
    ClosingAccepted,
}

impl Condition {
    /// All of them.
    pub const ALL: [Condition; 3] = [Condition::Signed, Condition::MidtermPassed, Condition::ClosingAccepted];

    /// The word in the database, the API and the message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Condition::Signed => "signed",
            Condition::MidtermPassed => "midterm-passed",
            Condition::ClosingAccepted => "closing-accepted",
        }
    }
}

impl std::str::FromStr for Condition {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Condition::ALL.into_iter().find(|condition| condition.as_str() == word).ok_or(())
    }
}

/// A part of the grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Of 100; all shares add up to 100.
    pub share: u32,
    /// When it may be paid out.
    pub when: Condition,
}

/// How the money of a programme's projects is paid out and accounted for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Funds {
    /// The tranches in order, 1 to 10.
    pub tranches: Vec<Share>,
    /// One voucher at most this, in the smallest unit; absent means no limit beside the budget line.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub voucher_limit: Option<Fen>,
    /// A volunteer's refund of transport at most this a person-time, in the smallest unit; absent means the budget's
    /// `volunteer-limit` (Regulations on Volunteer Service, article 2: volunteers are not paid).
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub transport_cap: Option<Fen>,
    /// The same of a meal.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub meal_cap: Option<Fen>,
    /// The same of the telephone.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub phone_cap: Option<Fen>,
    /// Whether public money that is left at the end of a year stays with the programme.
    #[serde(default)]
    pub carry_over: bool,
}

impl Funds {
    /// What is wrong with it: a code, or nothing.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let sum: u64 = self.tranches.iter().map(|part| u64::from(part.share)).sum();
        let limits = [self.voucher_limit, self.transport_cap, self.meal_cap, self.phone_cap];
        if sum != 100 || self.tranches.len() > 10 || self.tranches.iter().any(|part| part.share == 0) {
            return Some("shares-not-100");
        }
        limits.into_iter().flatten().any(|limit| limit.0 <= 0).then_some("out-of-range")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_to_100_and_limits_are_above_nothing() {
        let of = |shares: &[u32]| Funds {
            tranches: shares.iter().map(|share| Share { share: *share, when: Condition::Signed }).collect(),
            voucher_limit: None,
            transport_cap: None,
            meal_cap: None,
            phone_cap: None,
            carry_over: false,
        };
        for (shares, fault) in [
            (vec![50, 40, 10], None),
            (vec![100], None),
            (vec![50, 40], Some("shares-not-100")),
            (vec![100, 0], Some("shares-not-100")),
            (vec![], Some("shares-not-100")),
            (vec![10; 10], None),
            (vec![5; 20], Some("shares-not-100")),
            (vec![u32::MAX, 100], Some("shares-not-100")),
        ] {
            assert_eq!(of(&shares).fault(), fault, "{shares:?}");
        }
        assert_eq!(Funds { meal_cap: Some(Fen(0)), ..of(&[100]) }.fault(), Some("out-of-range"));
    }
}
