//! Official codes from a file: read it, compare it with what is there, take it in part by part.
//!
//! ```text
//! read ──► Sheet ──► plan (one snapshot) ──► Plan ──► Work ──► Part ──► commands::import::take (a transaction each)
//! ```
//!
//! Nothing is written before the last step, so a plan is the preview. The last step goes by what is stored: taking the
//! same file again finds nothing to do, and an import that was cut short goes on where it stopped.

mod plan;
mod read;
mod work;

pub use plan::{Change, Changed, MAX_TOLD, New, Plan, plan};
pub use read::{FileError, MAX_BYTES, MAX_ERRORS, MAX_ROWS, Row, RowError, Sheet, aliases, read};
pub use work::{Known, Part, Work};
