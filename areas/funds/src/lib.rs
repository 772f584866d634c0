#![doc = include_str!("../README.md")]

pub mod agreement;
pub mod api;
pub mod book;
pub mod case;
pub mod ending;
pub mod handover;
pub mod source;
pub mod tranche;
mod typed;
pub mod voucher;
pub mod web;
pub mod works;

pub use matters::matter::rules::masked;

/// The statements of all nouns.
pub fn statements() -> Vec<&'static db::Statement> {
    let lists = [
        book::store::STATEMENTS,
        source::store::STATEMENTS,
        agreement::store::STATEMENTS,
        ending::store::STATEMENTS,
        voucher::store::STATEMENTS,
        works::store::STATEMENTS,
        handover::store::STATEMENTS,
    ];
    lists.concat()
}

/// How this area's verdicts are computed again.
pub const METHODS: &[matters::verdict::recompute::Method] = &[works::recompute::METHOD];
