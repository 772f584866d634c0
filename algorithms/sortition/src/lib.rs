#![doc = include_str!("../README.md")]

mod assign;
mod draw;
mod files;
mod kinds;
mod list;
mod lottery;
mod pool;
mod quotas;
mod report;
mod solve;

pub use draw::{Draw, Replacement, Seed, SeedError, draw, reserve_order, stand_ins, withdraw};
pub use files::{FileError, MAX_BYTES, PeopleColumns, read_people, read_quotas};
pub use kinds::{MAX_KINDS, Problem, ProblemError};
pub use list::{ListError, MAX_PANELS, MAX_SEATS, PanelList};
pub use lottery::{Chance, Lottery, TOTAL, TypePanel};
pub use pool::{MAX_KEY, MAX_PEOPLE, Person, Pool, PoolError};
pub use quotas::{Category, Feature, MAX_CATEGORIES, MAX_FEATURES, MAX_SIZE, Quotas, QuotasError};
pub use report::{After, CheckReport, Checked, Drawn, Found, Map, NotFound, Report, report_check, report_draw};
pub use solve::{Effort, Infeasible, NewBounds, Outcome, Rule, SolveError, UnknownRule, numbered_list, solve};
