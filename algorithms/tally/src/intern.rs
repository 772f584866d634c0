//! A set of equal-typed slices kept in one flat buffer: what lets a million ballots be merged, or a million voter
//! ids be checked, without an allocation for each.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Distinct slices, numbered in order of first appearance.
#[derive(Clone, Debug)]
pub(crate) struct Interner<T> {
    items: Vec<T>,
    /// `ends[i]` is where slice `i` ends in `items`; it starts where its predecessor ends.
    ends: Vec<usize>,
    /// Open addressing with linear probing; `EMPTY` or an index into `ends`. Its length is a power of two.
    table: Vec<u32>,
}

const EMPTY: u32 = u32::MAX;

impl<T> Default for Interner<T> {
    fn default() -> Self {
        Self { items: Vec::new(), ends: Vec::new(), table: vec![EMPTY; 64] }
    }
}

impl<T: Copy + Eq + Hash> Interner<T> {
    /// Number of `slice`, and whether it is new. Fewer than `u32::MAX` distinct slices, which callers guarantee.
    pub(crate) fn intern(&mut self, slice: &[T]) -> (usize, bool) {
        if (self.ends.len() + 1) * 2 > self.table.len() {
            self.grow();
        }
        let mut place = self.place(slice);
        loop {
            match self.table[place] {
                EMPTY => {
                    let index = self.ends.len();
                    self.table[place] = index as u32;
                    self.items.extend_from_slice(slice);
                    self.ends.push(self.items.len());
                    return (index, true);
                }
                index if self.get(index as usize) == slice => return (index as usize, false),
                _ => place = (place + 1) & (self.table.len() - 1),
            }
        }
    }

    /// Slice number `index`.
    pub(crate) fn get(&self, index: usize) -> &[T] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.items[start..self.ends[index]]
    }

    /// How many distinct slices there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    fn place(&self, slice: &[T]) -> usize {
        let mut hasher = DefaultHasher::new();
        slice.hash(&mut hasher);
        hasher.finish() as usize & (self.table.len() - 1)
    }

    fn grow(&mut self) {
        self.table = vec![EMPTY; self.table.len() * 2];
        for index in 0..self.ends.len() {
            let mut place = self.place(self.get(index));
            while self.table[place] != EMPTY {
                place = (place + 1) & (self.table.len() - 1);
            }
            self.table[place] = index as u32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_slices_by_first_appearance_through_growth() {
        let mut interner = Interner::default();
        for round in 0..2 {
            for i in 0..1000_u32 {
                let slice: Vec<u32> = (0..i % 7).chain([i]).collect();
                assert_eq!(interner.intern(&slice), (i as usize, round == 0));
            }
        }
        assert_eq!(interner.intern(&[]), (1000, true));
        assert_eq!((interner.len(), interner.get(3)), (1001, &[0, 1, 2, 3][..]));
    }
}
