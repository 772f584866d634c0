//! Who is in which group.

use std::collections::BTreeMap;

use crate::conversation::Conversation;

/// Groups by ascending id, and each participant's group.
///
/// A group's id is also the index of its colour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grouping {
    ids: Vec<u32>,
    of: Vec<Option<u32>>,
}

impl Grouping {
    /// From each participant's group id, in the order of the conversation's participants.
    #[must_use]
    pub fn new(of: Vec<Option<u32>>) -> Self {
        let mut ids: Vec<u32> = of.iter().flatten().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        Self { ids, of }
    }

    /// From group ids by participant's id; whoever is not named is in no group.
    #[must_use]
    pub fn by_participant(conversation: &Conversation, groups: &BTreeMap<u64, u32>) -> Self {
        Self::new(conversation.participants().iter().map(|id| groups.get(id).copied()).collect())
    }

    /// The groups' ids, ascending.
    #[must_use]
    pub fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// The group id of the participant at `index`.
    #[must_use]
    pub fn group_of(&self, index: usize) -> Option<u32> {
        self.of.get(index).copied().flatten()
    }

    /// The group of the participant at `index` as a place in [`Self::ids`].
    #[must_use]
    pub fn place(&self, index: usize) -> Option<usize> {
        self.ids.binary_search(&self.group_of(index)?).ok()
    }

    /// How many are in each group, in the order of [`Self::ids`].
    #[must_use]
    pub fn sizes(&self) -> Vec<usize> {
        let mut sizes = vec![0; self.ids.len()];
        for index in 0..self.of.len() {
            if let Some(size) = self.place(index).and_then(|place| sizes.get_mut(place)) {
                *size += 1;
            }
        }
        sizes
    }

    /// A new participant at `index`, in no group.
    pub(crate) fn insert(&mut self, index: usize) {
        self.of.insert(index.min(self.of.len()), None);
    }

    /// Moves the participant at `index` to a group that is there.
    pub(crate) fn set(&mut self, index: usize, place: usize) {
        if let (Some(of), Some(id)) = (self.of.get_mut(index), self.ids.get(place)) {
            *of = Some(*id);
        }
    }
}
