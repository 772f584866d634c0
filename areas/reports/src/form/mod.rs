//! The district's form 填区里的表: an XLSX that the office sends in once, whose cells are bound to figures once, and that
//! is filled with what the records say as often as it is asked for.
//!
//! The workbook stays as it was sent. Each filling keeps what was put into which cell, with the digest of the records
//! behind it, so the same file can be made again and anybody can tell later which records changed.

pub mod add;
pub mod api;
pub mod bind;
pub mod fill;
pub mod queries;
pub mod store;
pub mod web;

use db::{Fault, Tx};
use kernel::{Context, Day, Kind, Refusal};
use office::xlsx::{Address, Workbook};
use programmes::{Season, SeasonId, season::queries as seasons};
use rights::{Action, Permit, authorize};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Forms of a season at most.
pub const MAX_FORMS: u32 = 20;
/// Bound cells of a form at most.
pub const MAX_CELLS: i64 = 200;
/// Fillings of a form at most.
pub const MAX_FILLINGS: u32 = 200;

/// A form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// 1, 2, 3, … of its season.
    pub number: u32,
    /// What the office calls it.
    pub name: String,
    /// SHA-256 of the workbook, in lower-case hexadecimal.
    pub digest: String,
    /// When it was sent in.
    pub added_day: Day,
}

/// A cell that gets a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The cell, by the sheet's name as the workbook writes it.
    pub at: Address,
    /// The key of the figure.
    pub figure: String,
}

/// What was put into a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Put {
    /// The sheet.
    pub sheet: String,
    /// 1 to 1,048,576.
    pub row: u32,
    /// 1 to 16,384.
    pub column: u32,
    /// The key of the figure.
    pub key: String,
    /// What it was.
    pub value: u64,
    /// SHA-256 over the records behind it.
    pub digest: String,
}

impl Put {
    /// The cell.
    pub fn at(&self) -> Address {
        Address { sheet: self.sheet.clone(), row: self.row, column: self.column }
    }
}

/// A time that a form was filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filling {
    /// 1, 2, 3, … of its form.
    pub number: u32,
    /// What was put where.
    pub figures: Vec<Put>,
    /// When.
    pub day: Day,
}

/// A workbook that was opened and found harmless.
#[derive(Debug, Clone)]
pub struct Book {
    bytes: Vec<u8>,
    digest: String,
}

impl Book {
    /// Opens it. Takes as long as reading it does: not inside a transaction.
    ///
    /// # Errors
    /// Those of [`Workbook::open`].
    pub fn check(bytes: Vec<u8>) -> Result<Book, Refusal> {
        let digest = ledger::tree::Hash(Sha256::digest(&bytes).into()).to_string();
        let opened = Workbook::open(bytes.clone())?;
        // what cannot be filled later is refused now
        opened.fill(&[])?;
        Ok(Book { bytes, digest })
    }
}

/// A cell that was found in a form's workbook and can be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed(Address);

impl Placed {
    /// Looks for what somebody typed, such as `季报!B5`.
    ///
    /// # Errors
    /// `invalid-input` (`cell`: `cell-address`); those of [`Workbook::place`].
    pub fn check(book: &Workbook, typed: &str) -> Result<Placed, Refusal> {
        let wrong = || Refusal::invalid(vec![kernel::FieldError::new("cell", "cell-address")]);
        let at: Address = typed.chars().take(60).collect::<String>().parse().map_err(|()| wrong())?;
        Ok(Placed(book.place(&at)?))
    }
}

/// The office that runs the season.
fn office(tx: &mut Tx<'_>, cx: &Context, season: &SeasonId) -> Result<(Season, Permit), Fault> {
    let found = seasons::season(tx, season)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &seasons::site(tx, &found)?)?;
    Ok((found, permit))
}

fn limit(code: &'static str, most: i64) -> Refusal {
    Refusal::new(Kind::LimitReached, code).with_int("limit", most)
}

fn changed() -> Refusal {
    Refusal::new(Kind::Conflict, "changed-meanwhile")
}
