#![doc = include_str!("../README.md")]

mod assets;
mod body;
pub mod brief;
mod csrf;
pub mod films;
mod frame;
mod guard;
pub mod ical;
mod limit;
mod operator;
pub mod page;
pub mod photos;
pub mod preview;
pub mod problem;
mod rim;
pub mod server;
pub mod session;
mod share;
mod upload;
mod visit;

pub use body::{Fields, Json, PathId, optional_id};
pub use operator::Operator;
pub use problem::Problem;
pub use rim::{PdfFonts, Provider, Rim, Settings, Verifiers};
pub use session::{Door, Entry, Me};
pub use upload::{File, MAX_FILE, MAX_FILES, Sent, Upload};
pub use visit::{Section, SignedIn, Visit, in_query};
