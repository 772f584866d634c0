//! What can be chosen about a map, all of it part of the record of a result.

use serde::Serialize;

use crate::groups::MAX_GROUPS;

/// What a map is made with. Equal options and equal votes give an equal map on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Options {
    /// Where the draws of k-means and of the resamples begin. The components do not depend on it.
    pub seed: u64,
    /// Whether a statement counts only once it is accepted.
    pub strict: bool,
    /// Votes that bring somebody into the conversation, or as many as there are statements, if they are fewer.
    pub min_votes: usize,
    /// Below so many in the conversation, those with the most votes come in until there are so many.
    pub min_participants: usize,
    /// Groups at most, 1 to [`MAX_GROUPS`].
    pub max_groups: usize,
    /// People in a group at least, if there are four times as many in the conversation; and at least one in twenty of
    /// them. Never one person.
    pub min_group: usize,
    /// Starts of k-means for each number of groups, 1 to 100; the best counts.
    pub restarts: usize,
    /// Resamples by which stability is told, 0 to 200.
    pub resamples: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 0,
            strict: false,
            min_votes: 7,
            min_participants: 15,
            max_groups: MAX_GROUPS,
            min_group: 5,
            restarts: 10,
            resamples: 20,
        }
    }
}

impl Options {
    /// The options with what is out of its range set to the nearest value in it.
    #[must_use]
    pub fn in_range(mut self) -> Self {
        self.max_groups = self.max_groups.clamp(1, MAX_GROUPS);
        self.restarts = self.restarts.clamp(1, 100);
        self.resamples = self.resamples.min(200);
        self
    }

    /// The least size of a group where `n` are in the conversation.
    pub(crate) fn group_floor(&self, n: usize) -> usize {
        self.min_group.max(n / 20).min(n / 4).max(2)
    }
}
