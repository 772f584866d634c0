//! From panels of kinds to panels of people: everybody of a kind sits equally often, one more or less.

use std::collections::BTreeMap;

use crate::kinds::{Kind, Problem};

/// Whose turn it is in a kind: households in their order, and people of a household in theirs.
struct Turns<'a> {
    kind: &'a Kind,
    next: usize,
    visits: Vec<usize>,
}

impl<'a> Turns<'a> {
    fn of(kind: &'a Kind) -> Self {
        Self { kind, next: 0, visits: vec![0; kind.households.len()] }
    }

    /// The next person of a household.
    fn visit(&mut self, household: usize) -> usize {
        let members = &self.kind.households[household];
        let person = members[self.visits[household] % members.len()];
        self.visits[household] += 1;
        person
    }

    /// Somebody of the next household. As many calls in a row as there are households reach different ones.
    fn next(&mut self) -> usize {
        let household = self.next;
        self.next = (household + 1) % self.kind.households.len();
        self.visit(household)
    }
}

/// People for each panel, as indices into the pool, in order of indices.
pub(crate) fn assign(problem: &Problem, panels: &[&Vec<(usize, u32)>]) -> Vec<Vec<usize>> {
    let mut filled: Vec<Vec<usize>> = vec![Vec::new(); panels.len()];
    let mut turns: Vec<Turns<'_>> = problem.kinds.iter().map(Turns::of).collect();
    let alone: Vec<bool> = {
        let mut alone = vec![true; problem.kinds.len()];
        problem.classes.iter().filter(|class| class.len() > 1).flatten().for_each(|kind| alone[*kind] = false);
        alone
    };
    for (panel, filled) in panels.iter().zip(&mut filled) {
        for (kind, count) in panel.iter().filter(|(kind, _)| alone[*kind]) {
            filled.extend((0..*count).map(|_| turns[*kind].next()));
        }
    }
    for class in problem.classes.iter().filter(|class| class.len() > 1) {
        for (panel, kind, household) in share_households(problem, class, panels) {
            filled[panel].push(turns[kind].visit(household));
        }
    }
    filled.iter_mut().for_each(|panel| panel.sort_unstable());
    filled
}

/// Panel, kind and household for each seat of a class in which several kinds share households: no household twice in a
/// panel, and each equally often for a kind.
///
/// Seats are the edges of a bipartite graph of panels and kinds, a kind being cut into nodes of as many seats as there are
/// households. Then no node has more edges than there are households, so by König's theorem the edges can be coloured with
/// households such that no node has a colour twice.
fn share_households(problem: &Problem, class: &[usize], panels: &[&Vec<(usize, u32)>]) -> Vec<(usize, usize, usize)> {
    let households = class.first().map_or(1, |kind| problem.kinds[*kind].households.len());
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    let mut colours = Colours { at: BTreeMap::new(), ends: Vec::new() };
    let mut seats = Vec::new();
    for (number, panel) in panels.iter().enumerate() {
        for (kind, count) in panel.iter().filter(|(kind, _)| class.contains(kind)) {
            for _ in 0..*count {
                let seat = seen.entry(*kind).or_insert(0);
                colours.add(Node::Panel(number), Node::Kind(*kind, *seat / households));
                *seat += 1;
                seats.push((number, *kind));
            }
        }
    }
    let mut colour_of = vec![0; seats.len()];
    colours.at.iter().for_each(|((_, colour), edge)| colour_of[*edge] = *colour);
    seats.into_iter().zip(colour_of).map(|((panel, kind), household)| (panel, kind, household)).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Panel(usize),
    Kind(usize, usize),
}

/// Edges with colours such that no node has one twice.
struct Colours {
    /// The edge of a node that has a colour.
    at: BTreeMap<(Node, usize), usize>,
    ends: Vec<(Node, Node)>,
}

impl Colours {
    fn free(&self, node: Node) -> usize {
        (0..).find(|colour| !self.at.contains_key(&(node, *colour))).unwrap_or_default()
    }

    fn other_end(&self, edge: usize, node: Node) -> Node {
        let (one, two) = self.ends[edge];
        if one == node { two } else { one }
    }

    /// Colours a new edge. Where the colour that is free at one end is taken at the other, the path that alternates between
    /// the two free colours is recoloured; in a bipartite graph it does not come back to the first end.
    fn add(&mut self, panel: Node, kind: Node) {
        let (colour, spare) = (self.free(panel), self.free(kind));
        let mut path = Vec::new();
        let (mut node, mut wanted, mut next) = (kind, colour, spare);
        while let Some(edge) = self.at.get(&(node, wanted)).copied() {
            path.push((edge, wanted));
            node = self.other_end(edge, node);
            std::mem::swap(&mut wanted, &mut next);
        }
        for (edge, old) in &path {
            let (one, two) = self.ends[*edge];
            self.at.remove(&(one, *old));
            self.at.remove(&(two, *old));
        }
        for (edge, old) in path {
            let new = if old == colour { spare } else { colour };
            let (one, two) = self.ends[edge];
            self.at.insert((one, new), edge);
            self.at.insert((two, new), edge);
        }
        let edge = self.ends.len();
        self.ends.push((panel, kind));
        self.at.insert((panel, colour), edge);
        self.at.insert((kind, colour), edge);
    }
}
