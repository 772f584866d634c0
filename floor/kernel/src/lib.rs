#![doc = include_str!("../README.md")]

mod actor;
mod chance;
mod context;
mod id;
mod money;
mod party;
mod refusal;
mod shape;
mod time;
mod words;

pub use actor::Actor;
pub use chance::Chance;
pub use context::Context;
pub use id::{Home, Id, IdError};
pub use money::{Fen, MoneyError};
pub use party::{
    Behalf, OrgId, OrgNoun, PersonId, PersonNoun, PlaceId, PlaceNoun, Post, Principal, Role, Site, Source,
};
pub use refusal::{Arg, FieldError, Kind, Refusal};
pub use shape::Shape;
pub use time::{Clock, Day, Instant, local_day, local_time};
