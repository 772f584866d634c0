//! Decisions: ballots, counts and verdicts.
