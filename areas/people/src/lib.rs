//! People: persons and the rolls that say who may vote.
