//! The whole tree in memory, for pages and projections that ask about many places.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    ops::Range,
};

use db::{DbError, Snapshot};
use kernel::{Home, PlaceId};

use crate::{Level, store};

/// Rows read by one statement.
const PAGE: i64 = 20_000;
/// No place: an empty cell of the table, and the parent of a root.
const NONE: u32 = u32::MAX;

/// A place of a [`Tree`]: its number in the order of paths, in which everything that lies in a place follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At(u32);

/// All places, those that ended too, in some 60 bytes each. Whether one lies in another is two comparisons.
#[derive(Debug, Default)]
pub struct Tree {
    /// Ids and names, one after the other.
    text: String,
    /// Where the id of each place begins in `text`; its name follows.
    starts: Vec<u32>,
    /// Where its name begins.
    names: Vec<u32>,
    parents: Vec<u32>,
    /// One past the last place that lies in it.
    ends: Vec<u32>,
    homes: Vec<u32>,
    levels: Vec<Level>,
    /// Open addressing over the ids; a power of two long.
    table: Vec<u32>,
}

/// A row of the tree, in the order of paths.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its home.
    pub home: Home,
    /// Its level.
    pub level: Level,
    /// The name it is shown by.
    pub shown: &'a str,
    /// Its path.
    pub path: &'a str,
}

impl Tree {
    /// Reads the tree in pages of one snapshot.
    ///
    /// # Errors
    /// [`DbError`] of the statements, or of rows that are no tree.
    pub fn load(s: &mut Snapshot<'_>) -> Result<Tree, DbError> {
        let mut builder = Builder::default();
        let mut after = String::new();
        loop {
            let page = store::in_path_order(s, &after, PAGE)?;
            for (id, home, level, shown, path) in &page {
                let level = level.parse().map_err(|()| DbError::Data(format!("level {level}")))?;
                builder.push(&Node { id: id.as_str(), home: *home, level, shown, path })?;
            }
            match page.into_iter().next_back() {
                Some((.., path)) => after = path,
                None => return Ok(builder.finish()),
            }
        }
    }

    /// Makes a tree of rows in the order of their paths: one pass.
    ///
    /// # Errors
    /// [`DbError::Data`] for a row whose parent does not stand before it.
    pub fn build<'a>(rows: impl IntoIterator<Item = Node<'a>>) -> Result<Tree, DbError> {
        let mut builder = Builder::default();
        for row in rows {
            builder.push(&row)?;
        }
        Ok(builder.finish())
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.levels.len()
    }

    /// Whether there is no place.
    pub fn is_empty(&self) -> bool {
        self.levels.is_empty()
    }

    /// All places, each before those that lie in it.
    pub fn all(&self) -> impl Iterator<Item = At> + use<> {
        (0..u32::try_from(self.len()).unwrap_or(NONE)).map(At)
    }

    /// The place with an id.
    pub fn find(&self, id: &str) -> Option<At> {
        let mask = self.table.len().checked_sub(1)?;
        let mut cell = slot(id, mask);
        loop {
            match *self.table.get(cell)? {
                NONE => return None,
                at if self.id(At(at)) == id => return Some(At(at)),
                _ => cell = (cell + 1) & mask,
            }
        }
    }

    /// Whether `inner` is `outer` or lies in it.
    pub fn within(&self, inner: At, outer: At) -> bool {
        inner.0 >= outer.0 && inner.0 < get(&self.ends, outer.0)
    }

    /// The place it lies in.
    pub fn parent(&self, at: At) -> Option<At> {
        Some(get(&self.parents, at.0)).filter(|parent| *parent != NONE).map(At)
    }

    /// The places above, nearest first.
    pub fn above(&self, at: At) -> impl Iterator<Item = At> {
        std::iter::successors(self.parent(at), |at| self.parent(*at))
    }

    /// The places directly below.
    pub fn children(&self, at: At) -> impl Iterator<Item = At> {
        let end = get(&self.ends, at.0);
        let mut next = at.0.saturating_add(1);
        std::iter::from_fn(move || {
            let child = (next < end).then_some(At(next))?;
            next = get(&self.ends, next);
            Some(child)
        })
    }

    /// The place and everything that lies in it, as numbers from 0 that count in the order of paths.
    pub fn range(&self, at: At) -> Range<usize> {
        index(at.0)..index(get(&self.ends, at.0))
    }

    /// The id as text.
    pub fn id(&self, at: At) -> &str {
        self.piece(&self.starts, &self.names, at)
    }

    /// The id.
    ///
    /// # Errors
    /// [`DbError::Data`] where the rows had something else for an id.
    pub fn place(&self, at: At) -> Result<PlaceId, DbError> {
        self.id(at).parse().map_err(|_| DbError::Data(format!("id {}", self.id(at))))
    }

    /// The name it is shown by.
    pub fn shown(&self, at: At) -> &str {
        let begin = index(get(&self.names, at.0));
        let end = self.starts.get(index(at.0) + 1).map_or(self.text.len(), |end| index(*end));
        self.text.get(begin..end).unwrap_or_default()
    }

    /// Its home.
    pub fn home(&self, at: At) -> Home {
        Home(get(&self.homes, at.0))
    }

    /// Its level.
    pub fn level(&self, at: At) -> Level {
        self.levels.get(index(at.0)).copied().unwrap_or(Level::Flat)
    }

    /// Bytes that the tree takes.
    pub fn bytes(&self) -> usize {
        let fours = [&self.starts, &self.names, &self.parents, &self.ends, &self.homes, &self.table];
        self.text.capacity() + fours.map(|list| 4 * list.capacity()).iter().sum::<usize>() + self.levels.capacity()
    }

    fn piece(&self, from: &[u32], to: &[u32], at: At) -> &str {
        self.text.get(index(get(from, at.0))..index(get(to, at.0))).unwrap_or_default()
    }
}

#[derive(Default)]
struct Builder {
    tree: Tree,
    /// The places above the next row, the root first: number and length of the path.
    open: Vec<(u32, usize)>,
    path: String,
}

impl Builder {
    fn push(&mut self, node: &Node<'_>) -> Result<(), DbError> {
        let wrong = || DbError::Data(format!("the path {} is no path of the tree", node.path));
        let n = u32::try_from(self.tree.len()).ok().filter(|n| *n < NONE).ok_or_else(wrong)?;
        let parent_length = node.path.len().checked_sub(node.id.len()).ok_or_else(wrong)?.saturating_sub(1);
        while let Some((above, length)) = self.open.pop_if(|(_, length)| *length > parent_length) {
            let _ = length;
            set(&mut self.tree.ends, above, n);
        }
        let parent = match self.open.last() {
            None if parent_length == 0 => NONE,
            Some((above, length))
                if *length == parent_length && node.path.get(..*length) == self.path.get(..*length) =>
            {
                *above
            }
            _ => return Err(wrong()),
        };
        let tree = &mut self.tree;
        tree.starts.push(u32::try_from(tree.text.len()).map_err(|_| wrong())?);
        tree.text.push_str(node.id);
        tree.names.push(u32::try_from(tree.text.len()).map_err(|_| wrong())?);
        tree.text.push_str(node.shown);
        tree.parents.push(parent);
        tree.ends.push(n + 1);
        tree.homes.push(node.home.0);
        tree.levels.push(node.level);
        self.open.push((n, node.path.len()));
        node.path.clone_into(&mut self.path);
        Ok(())
    }

    fn finish(mut self) -> Tree {
        let n = u32::try_from(self.tree.len()).unwrap_or(NONE);
        for (above, _) in self.open.drain(..) {
            set(&mut self.tree.ends, above, n);
        }
        let mut tree = self.tree;
        tree.text.shrink_to_fit();
        for list in [&mut tree.starts, &mut tree.names, &mut tree.parents, &mut tree.ends, &mut tree.homes] {
            list.shrink_to_fit();
        }
        let size = (index(n) * 3 / 2).next_power_of_two().max(2);
        let mut table = vec![NONE; size];
        for at in 0..n {
            let mut cell = slot(tree.id(At(at)), size - 1);
            while table[cell] != NONE {
                cell = (cell + 1) & (size - 1);
            }
            table[cell] = at;
        }
        Tree { table, ..tree }
    }
}

fn slot(id: &str, mask: usize) -> usize {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    usize::try_from(hasher.finish() & u64::try_from(mask).unwrap_or(0)).unwrap_or(0)
}

fn index(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn get(list: &[u32], n: u32) -> u32 {
    list.get(index(n)).copied().unwrap_or(NONE)
}

fn set(list: &mut [u32], n: u32, value: u32) {
    if let Some(cell) = list.get_mut(index(n)) {
        *cell = value;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(paths: &[String]) -> Vec<Node<'_>> {
        let node = |path| Node { id: id_of(path), home: Home(1), level: Level::Estate, shown: "里", path };
        paths.iter().map(|path| node(path.as_str())).collect()
    }

    fn id_of(path: &str) -> &str {
        path.rsplit('/').next().unwrap_or_default()
    }

    proptest! {
        /// Compared with the paths themselves.
        #[test]
        fn a_tree_says_what_its_paths_say(parents in prop::collection::vec(any::<prop::sample::Index>(), 1..60)) {
            let mut paths: Vec<String> = Vec::new();
            for (n, parent) in parents.iter().enumerate() {
                let id = format!("1-{n:020}");
                let above = parent.index(n + 1);
                paths.push(if above == n { id } else { format!("{}/{id}", paths[above]) });
            }
            paths.sort();
            let tree = Tree::build(rows(&paths)).unwrap();
            prop_assert_eq!(tree.len(), paths.len());
            for a in &paths {
                let at = tree.find(id_of(a)).unwrap();
                prop_assert_eq!((tree.id(at), tree.shown(at)), (id_of(a), "里"));
                let up: Vec<&str> = tree.above(at).map(|at| tree.id(at)).collect();
                prop_assert_eq!(up, a.rsplit('/').skip(1).collect::<Vec<_>>());
                let down = paths.iter().filter(|p| p.rsplit_once('/').is_some_and(|(parent, _)| parent == a));
                prop_assert_eq!(tree.children(at).map(|at| tree.id(at)).collect::<Vec<_>>(), down.map(|p| id_of(p)).collect::<Vec<_>>());
                for b in &paths {
                    let other = tree.find(id_of(b)).unwrap();
                    prop_assert_eq!(tree.within(at, other), a == b || a.starts_with(&format!("{b}/")));
                }
            }
            prop_assert_eq!(tree.find("1-99999999999999999999"), None);
        }
    }

    #[test]
    fn rows_that_are_no_tree_are_refused() {
        let orphan = [format!("1-{:020}/1-{:020}", 1, 2)];
        assert!(Tree::build(rows(&orphan)).is_err());
        let other = [format!("1-{:020}", 1), format!("1-{:020}/1-{:020}", 2, 3)];
        assert!(Tree::build(rows(&other)).is_err());
        assert!(Tree::build([]).unwrap().find("x").is_none());
    }
}
