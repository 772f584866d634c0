//! A voucher: what the project's money was spent on, with its photo.
//!
//! ```text
//! waiting ──approve──► approved        refuse (with a reason) ──► refused
//! ```

pub mod decide;
pub mod hand_in;
pub mod queries;
pub mod rules;
pub mod store;

use kernel::{Day, Fen, Id, PersonId};
use programmes::SeasonId;

/// The noun of voucher ids.
pub enum VoucherNoun {}
/// The id of a voucher.
pub type VoucherId = Id<VoucherNoun>;

/// Vouchers of a project at most.
pub const MAX_VOUCHERS: u32 = 2_000;

/// What kind of paper it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VoucherKind {
    /// 发票
    Invoice,
    /// 收据
    Receipt,
    /// A volunteer's refund of transport.
    Transport,
    /// A volunteer's refund of a meal.
    Meal,
    /// A volunteer's refund of the telephone.
    Phone,
    /// 劳务费: pay of somebody who is no volunteer.
    Pay,
}

impl VoucherKind {
    /// All of them.
    pub const ALL: [VoucherKind; 6] = [
        VoucherKind::Invoice,
        VoucherKind::Receipt,
        VoucherKind::Transport,
        VoucherKind::Meal,
        VoucherKind::Phone,
        VoucherKind::Pay,
    ];

    /// The word in the database, the API and the message keys (`money-voucher-…`).
    pub fn as_str(self) -> &'static str {
        match self {
            VoucherKind::Invoice => "invoice",
            VoucherKind::Receipt => "receipt",
            VoucherKind::Transport => "transport",
            VoucherKind::Meal => "meal",
            VoucherKind::Phone => "phone",
            VoucherKind::Pay => "pay",
        }
    }

    /// Whether it refunds a volunteer.
    pub fn is_refund(self) -> bool {
        matches!(self, VoucherKind::Transport | VoucherKind::Meal | VoucherKind::Phone)
    }
}

impl std::str::FromStr for VoucherKind {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        VoucherKind::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(())
    }
}

/// Where a voucher stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = VoucherState)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nobody has decided.
    Waiting,
    /// It is in the book.
    Approved,
    /// It was refused with a reason.
    Refused,
}

impl State {
    /// The word in the database, the API and the message keys (`money-voucher-…`).
    pub fn as_str(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Approved => "approved",
            State::Refused => "refused",
        }
    }
}

impl std::str::FromStr for State {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        [State::Waiting, State::Approved, State::Refused].into_iter().find(|s| s.as_str() == word).ok_or(())
    }
}

/// A voucher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voucher {
    /// Its id.
    pub id: VoucherId,
    /// Its season.
    pub season: SeasonId,
    /// The project's number.
    pub project: u32,
    /// 1, 2, 3, … within the project.
    pub number: u32,
    /// The budget line.
    pub line: u32,
    /// What kind of paper.
    pub kind: VoucherKind,
    /// The number printed on it.
    pub paper: String,
    /// The day printed on it.
    pub day: Day,
    /// How much.
    pub amount: Fen,
    /// Person-times of a refund, pieces of equipment; else 1.
    pub count: u32,
    /// Who was paid.
    pub payee: String,
    /// The payee is a person: masked for the public.
    pub payee_is_person: bool,
    /// What for.
    pub purpose: String,
    /// 经手人: who spent it, by name.
    pub handler: String,
    /// 证明人: who witnessed it, by name.
    pub witness: String,
    /// Where it stands.
    pub state: State,
    /// Why it was refused; else empty.
    pub reason: String,
    /// Who handed it in.
    pub handed_by: Option<PersonId>,
    /// The day of that.
    pub handed: Day,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// The day of that.
    pub decided: Option<Day>,
}

impl Voucher {
    /// The payee as the public sees it: who is refunded or paid is a person, whatever was ticked.
    pub fn public_payee(&self) -> String {
        if self.payee_is_person || self.kind.is_refund() || self.kind == VoucherKind::Pay {
            crate::masked(&self.payee)
        } else {
            self.payee.clone()
        }
    }
}
