//! What is told of a map, in whole numbers.

use std::{collections::BTreeMap, fmt::Write as _};

use opinion::{Count, Details, Dot, OpinionMap, Report, Side};

use super::{Counted, Divide, Group, Picture, SIDE, Shared, Typical};
use crate::conversation::rules::GROUP_VOTES;

/// Statements that a list shows.
const SHOWN: usize = 5;
/// The algorithm's square is this many times finer than the page's.
const FINER: i32 = opinion::LAYOUT_SIDE / SIDE;

/// The picture of a map.
#[must_use]
pub fn drawn(map: &OpinionMap) -> Picture {
    let (report, details) = (map.report(), map.details());
    let whole = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let counts: Vec<Counted> = details.statements.iter().filter(|one| one.counted).map(counted).collect();
    let told: BTreeMap<u32, &Counted> = counts.iter().map(|one| (one.number, one)).collect();
    Picture {
        people: whole(report.participants),
        grouped: whole(report.in_conversation),
        votes: u64::try_from(report.votes).unwrap_or(u64::MAX),
        statements: whole(counts.len()),
        explained: report.explained_variance.map(unsigned),
        silhouette: thousandths(details.quality.silhouette),
        stability: details.quality.stability.map(thousandths),
        groups: groups(map, &details, &told),
        alone: dots(details.layout.dots.iter().filter(|dot| dot.group.is_none())),
        shared: shared(&report, &told),
        divides: divides(&details, &told),
        counts,
    }
}

fn thousandths(part: f64) -> i32 {
    let part = (part.clamp(-1.0, 1.0) * 1000.0).round();
    part as i32
}

fn unsigned(part: f64) -> u32 {
    u32::try_from(thousandths(part)).unwrap_or(0)
}

fn number(id: u64) -> u32 {
    u32::try_from(id).unwrap_or(u32::MAX)
}

fn triple(count: &Count) -> [u32; 3] {
    [count.agree, count.disagree, count.pass()]
}

fn counted(one: &opinion::StatementDetails) -> Counted {
    let few = |count: &Count| (1..GROUP_VOTES).contains(&count.votes);
    let groups = if one.groups.iter().any(few) { Vec::new() } else { one.groups.iter().map(triple).collect() };
    let priority = (one.priority.clamp(0.0, 1e9) * 1e6).round();
    Counted { number: number(one.id), all: triple(&one.all), groups, priority: priority as u64 }
}

fn groups(map: &OpinionMap, details: &Details, told: &BTreeMap<u32, &Counted>) -> Vec<Group> {
    let layout = &details.layout;
    let one = |(at, group): (usize, &opinion::GroupDetails)| {
        let hull = layout.hulls.iter().find(|hull| hull.group == group.id);
        let coarse = |p: &[i32; 2]| [p[0] / FINER, p[1] / FINER];
        let mut corners: Vec<[i32; 2]> = hull.map_or_else(Vec::new, |hull| hull.corners.iter().map(coarse).collect());
        corners.dedup();
        let shown = group
            .representative
            .iter()
            .filter(|typical| told.get(&number(typical.statement)).is_some_and(|counted| !counted.groups.is_empty()));
        Group {
            id: group.id,
            size: u32::try_from(group.size).unwrap_or(u32::MAX),
            stability: group.stability.map(unsigned),
            center: hull.map_or([SIDE / 2; 2], |hull| coarse(&hull.center)),
            corners,
            dots: dots(layout.dots.iter().filter(|dot| dot.group == Some(group.id))),
            typical: shown.map(|typical| typical_of(map, at, typical)).collect(),
        }
    };
    details.groups.iter().enumerate().map(one).collect()
}

fn typical_of(map: &OpinionMap, group: usize, typical: &opinion::Typical) -> Typical {
    let column = map.conversation().column_of(typical.statement);
    let others = column.map_or_else(Count::default, |column| map.counts().others(group, column));
    Typical {
        number: number(typical.statement),
        agree: typical.side == Side::Agree,
        here: [typical.successes, typical.trials],
        elsewhere: [typical.side.of(&others), others.votes],
    }
}

/// People by place, on the page's coarser square.
fn dots<'a>(of: impl Iterator<Item = &'a Dot>) -> Vec<[i32; 3]> {
    let mut places: BTreeMap<[i32; 2], i32> = BTreeMap::new();
    for dot in of {
        *places.entry([dot.x / FINER, dot.y / FINER]).or_default() += i32::try_from(dot.people).unwrap_or(1);
    }
    places.into_iter().map(|([x, y], people)| [x, y, people]).collect()
}

/// By group-aware consensus, where more than half of those who voted in every group are on the side.
fn shared(report: &Report, told: &BTreeMap<u32, &Counted>) -> Vec<Shared> {
    let all = |counted: &Counted, side: usize| {
        let groups = if counted.groups.is_empty() { std::slice::from_ref(&counted.all) } else { &counted.groups[..] };
        // a group that did not vote on it has not agreed
        groups.iter().all(|count| count.iter().sum::<u32>() < 2 * count.get(side).copied().unwrap_or(0))
    };
    let sides = [(true, 0, &report.gac_agree), (false, 1, &report.gac_disagree)];
    let mut found: Vec<Shared> = Vec::new();
    for (agree, side, ranked) in sides {
        let fit = ranked.iter().filter_map(|one| Some((told.get(&number(one.statement))?, one.value)));
        let fit = fit.filter(|(counted, _)| !hidden(report, counted) && all(counted, side));
        found.extend(fit.take(SHOWN).map(|(counted, value)| Shared {
            number: counted.number,
            agree,
            value: unsigned(value),
        }));
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.value));
    found
}

/// Whether the groups' counts of a statement are not told: of these nothing is said about groups.
fn hidden(report: &Report, counted: &Counted) -> bool {
    !report.groups.is_empty() && counted.groups.is_empty()
}

fn divides(details: &Details, told: &BTreeMap<u32, &Counted>) -> Vec<Divide> {
    let open =
        |one: &&opinion::Divided| told.get(&number(one.statement)).is_some_and(|counted| !counted.groups.is_empty());
    let found = details.divides.iter().filter(open).take(SHOWN);
    found
        .map(|one| Divide {
            number: number(one.statement),
            most: one.most,
            least: one.least,
            distance: unsigned(one.distance),
        })
        .collect()
}

/// Who stands where in which group, for the map after this one, for the person who asks, and for the download.
#[must_use]
pub fn members(map: &OpinionMap) -> String {
    let mut text = String::new();
    for (index, (participant, place)) in map.conversation().participants().iter().zip(map.places()).enumerate() {
        let Some([x, y]) = place else { continue };
        let group = map.grouping().group_of(index).map(|group| group.to_string()).unwrap_or_default();
        // writing into a string cannot fail
        let _ = write!(text, "{participant},{},{},{group};", x / FINER, y / FINER);
    }
    text
}
