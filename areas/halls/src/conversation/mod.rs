//! Conversations: a question, statements that people agree with, disagree with or pass, and the opinion map.

pub mod api;
pub mod close;
pub mod draft;
pub mod export;
pub mod import;
pub mod map;
mod method;
mod model;
pub mod moderate;
pub mod open;
pub mod publish;
pub mod queries;
mod rules;
pub mod say;
mod store;
pub mod vote;
mod votes;
mod web;

pub use api::api;
pub use method::METHOD;
pub use model::{
    Adds, Conversation, ConversationId, ConversationNoun, Participant, Provenance, Standing, State, Statement,
};
pub use rules::{DraftConversation, GROUP_VOTES, MAP_PEOPLE, MAX_OWN, MAX_STATEMENTS};
pub use store::STATEMENTS;
pub use votes::{Votes, of_word, word_of};
pub use web::routes;
