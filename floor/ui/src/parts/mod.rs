//! Components: functions from plain data to markup. Texts arrive in the reader's language and are escaped here;
//! [`Words`](crate::Words) is taken only where a component speaks itself.

mod chart;
mod form;
mod frame;
mod list;
mod proof;
mod story;

pub use chart::{Bar, Figure, bars, budget, figures};
pub use form::{CheckList, Choice, Errors, Field, Input, checks, form, select, text, textarea};
pub use frame::{
    Head, Tone, Weight, account, acts, breadcrumb, button, cols, empty, head, link_button, notice, problem, section,
    sheet, sheet_needs_you, tag,
};
pub use list::{Card, Column, Table, cards, pager, pairs, table};
pub use proof::{code, fold, proof, steps};
pub use story::{Event, Seal, Stage, seals, thread};
