//! The book: double entry in the smallest unit of money. A transfer is a list of postings that adds up to nothing, and
//! nothing else can be written.
//!
//! | account | holds | never |
//! |---|---|---|
//! | `source:N` | what source N gave | above nothing |
//! | `bank:N` | what of source N's money lies in the bank | below |
//! | `back:N` | what went back to source N, or was taken back | below |
//! | `used:P` | own money and gifts in kind that project P used | below |
//! | `held:P` | what project P was paid and has not shown vouchers for | below |
//! | `owed:P` | what project P spent before it was paid | above |
//! | `spent:P:L` | approved vouchers of budget line L | below |
//! | `claim:P` | what project P must give back | below |
//! | `borne:P` | what project P spent and bears itself | above |

pub mod queries;
pub mod rules;
pub mod store;

use db::{DbError, Fault, Tx};
use kernel::{Context, Day, Fen, Kind, PersonId, Refusal};
use programmes::SeasonId;
use rights::Permit;

pub use rules::{Account, AccountKind, Posting, Transfer};

/// Money of one act at most, in the smallest unit: a thousand million yuan.
pub const MAX_MONEY: i64 = 100_000_000_000;

/// Why money moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = BookWhy)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// A source's money came in.
    Received,
    /// Own money or a gift in kind was used by a project.
    Contributed,
    /// A tranche was paid out.
    Released,
    /// A voucher was approved.
    Spent,
    /// A project gave money back.
    Returned,
    /// A project's account was closed.
    Settled,
    /// An agreement was terminated.
    Terminated,
    /// Public money that was left at the end of a year went back.
    Lapsed,
    /// A source that was entered by mistake was taken back.
    Withdrawn,
}

impl Why {
    /// All of them.
    pub const ALL: [Why; 9] = [
        Why::Received,
        Why::Contributed,
        Why::Released,
        Why::Spent,
        Why::Returned,
        Why::Settled,
        Why::Terminated,
        Why::Lapsed,
        Why::Withdrawn,
    ];

    /// The word in the database, the API and the message keys (`money-why-…`).
    pub fn as_str(self) -> &'static str {
        match self {
            Why::Received => "received",
            Why::Contributed => "contributed",
            Why::Released => "released",
            Why::Spent => "spent",
            Why::Returned => "returned",
            Why::Settled => "settled",
            Why::Terminated => "terminated",
            Why::Lapsed => "lapsed",
            Why::Withdrawn => "withdrawn",
        }
    }
}

impl std::str::FromStr for Why {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Why::ALL.into_iter().find(|why| why.as_str() == word).ok_or(())
    }
}

/// A transfer as it is written down.
pub(crate) struct Entry<'a> {
    pub season: &'a SeasonId,
    pub why: Why,
    pub project: Option<u32>,
    /// A source's number, a tranche's, or a voucher's id.
    pub subject: &'a str,
    /// The same text is posted once in a season.
    pub once: &'a str,
}

/// A transfer that was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// 1, 2, 3, … within the season.
    pub number: i64,
    /// Why.
    pub why: Why,
    /// Of which project.
    pub project: Option<u32>,
    /// A source's number, a tranche's, or a voucher's id.
    pub subject: String,
    /// The local day.
    pub day: Day,
    /// Who made it.
    pub made_by: Option<PersonId>,
}

/// A posting with its transfer, and with the voucher that it books: what an accountant reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookRow {
    /// The transfer.
    pub posted: Posted,
    /// Where it posts.
    pub account: Account,
    /// How much: a debit above nothing.
    pub amount: Fen,
    /// The number on the voucher; may be empty.
    pub paper: String,
    /// Who was paid; may be empty.
    pub payee: String,
    /// What for; may be empty.
    pub purpose: String,
}

/// Holds the season's book until the transaction ends, so that what is read of it stays true.
pub(crate) fn hold(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId) -> Result<(), DbError> {
    store::hold(tx, permit, season)
}

/// Writes a transfer down and moves its accounts. The book must be held.
///
/// # Errors
/// Refusals `account-short` where an account would go below nothing, `changed-meanwhile` where it was posted before;
/// [`DbError::Data`] where the stored postings do not add up to nothing, which undoes the transaction.
pub(crate) fn post(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    entry: &Entry<'_>,
    transfer: &Transfer,
) -> Result<i64, Fault> {
    let number = store::next(tx, permit, entry.season)?;
    match store::insert(tx, cx, permit, entry, number) {
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    for (line, posting) in (1_i64..).zip(transfer.postings()) {
        store::put(tx, permit, (entry.season, number, line), posting)?;
        if !store::move_account(tx, permit, entry.season, posting)? {
            return Err(Refusal::new(Kind::Conflict, "account-short").into());
        }
    }
    if store::seal(tx, permit, entry.season, number)? {
        Ok(number)
    } else {
        Err(DbError::Data(format!("transfer {number} of {} does not add up", entry.season)).into())
    }
}

/// Debit `to`, credit `from`.
pub(crate) fn pair(to: Account, from: Account, amount: Fen) -> Vec<Posting> {
    vec![Posting { account: to, amount }, Posting { account: from, amount: Fen(-amount.0) }]
}

/// A transfer of postings that must add up.
///
/// # Errors
/// [`DbError::Data`] where they do not, which is a fault of the program.
pub(crate) fn transfer(postings: Vec<Posting>) -> Result<Transfer, DbError> {
    Transfer::new(postings).map_err(|error| DbError::Data(error.to_string()))
}
