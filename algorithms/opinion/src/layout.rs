//! The map as a page draws it: whole numbers in a square.

use serde::Serialize;

use crate::map::OpinionMap;

/// The square's side; coordinates are 0 to this, from the top left. The middle of the map is the middle of the square.
pub const LAYOUT_SIDE: i32 = 10_000;

/// Of a thousand people, how many must be inside the square; the rest stand at its border.
const INSIDE: usize = 990;

/// People at one place, without their ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Dot {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
    /// Their group's id, which is the index of its colour; nothing for those with too few votes.
    pub group: Option<u32>,
    /// How many.
    pub people: u32,
}

/// The outline of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hull {
    /// The group's id, which is the index of its colour.
    pub group: u32,
    /// How many are in it.
    pub people: u32,
    /// Where its name can stand: the middle of its people.
    pub center: [i32; 2],
    /// Corners of the smallest convex outline, in one turn; one or two where its people stand on so few places.
    pub corners: Vec<[i32; 2]>,
}

/// What to draw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Layout {
    /// People, by place.
    pub dots: Vec<Dot>,
    /// Groups, by id.
    pub hulls: Vec<Hull>,
}

impl OpinionMap {
    /// Where each participant stands on [`OpinionMap::layout`], in the order of the conversation's participants; nothing
    /// for those without a vote that counts.
    #[must_use]
    pub fn places(&self) -> Vec<Option<[i32; 2]>> {
        let extent = self.extent();
        let n = self.conversation().participants().len();
        (0..n).map(|index| self.point(index).map(|p| place(p, extent))).collect()
    }

    /// Half the side of the square that holds all but a few.
    fn extent(&self) -> f64 {
        let n = self.conversation().participants().len();
        let points = (0..n).filter_map(|index| self.point(index));
        let mut extents: Vec<f64> = points.map(|p| p[0].abs().max(p[1].abs())).collect();
        extents.sort_by(f64::total_cmp);
        let last_inside = (extents.len() * INSIDE).div_ceil(1000).saturating_sub(1);
        extents.get(last_inside).copied().filter(|e| *e > 0.0).unwrap_or(1.0) * 1.05
    }

    /// The map for a page. Both axes have one scale, so that distances can be compared.
    #[must_use]
    pub fn layout(&self) -> Layout {
        let extent = self.extent();
        let people = self.places().into_iter().enumerate();
        let mut dots: Vec<Dot> = people
            .filter_map(|(index, at)| {
                let [x, y] = at?;
                Some(Dot { x, y, group: self.grouping().group_of(index), people: 1 })
            })
            .collect();
        dots.sort_unstable();
        dots.dedup_by(|next, kept| {
            let same = (next.x, next.y, next.group) == (kept.x, kept.y, kept.group);
            if same {
                kept.people += next.people;
            }
            same
        });
        let sizes = self.grouping().sizes();
        let groups = self.grouping().ids().iter().zip(self.centers()).zip(sizes);
        let hulls = groups.map(|((group, center), size)| {
            let of_group = dots.iter().filter(|dot| dot.group == Some(*group));
            Hull {
                group: *group,
                people: u32::try_from(size).unwrap_or(u32::MAX),
                center: place(*center, extent),
                corners: hull(of_group.map(|dot| [dot.x, dot.y]).collect()),
            }
        });
        let hulls = hulls.collect();
        Layout { dots, hulls }
    }
}

fn place(p: [f64; 2], extent: f64) -> [i32; 2] {
    [coordinate(p[0], extent), coordinate(-p[1], extent)]
}

fn coordinate(value: f64, extent: f64) -> i32 {
    let half = f64::from(LAYOUT_SIDE / 2);
    (half + (value / extent * half).round()).clamp(0.0, f64::from(LAYOUT_SIDE)) as i32
}

/// The convex hull by Andrew's monotone chain, in whole numbers.
fn hull(mut points: Vec<[i32; 2]>) -> Vec<[i32; 2]> {
    points.sort_unstable();
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let chain = |points: &mut dyn Iterator<Item = &[i32; 2]>| {
        let mut chain: Vec<[i32; 2]> = Vec::new();
        for point in points {
            while let [.., a, b] = chain.as_slice()
                && !turns(*a, *b, *point)
            {
                chain.pop();
            }
            chain.push(*point);
        }
        chain.pop();
        chain
    };
    let mut corners = chain(&mut points.iter());
    corners.extend(chain(&mut points.iter().rev()));
    corners
}

/// Whether the way over three points turns in the sense of the outline.
fn turns(a: [i32; 2], b: [i32; 2], c: [i32; 2]) -> bool {
    let [ax, ay, bx, by, cx, cy] = [a[0], a[1], b[0], b[1], c[0], c[1]].map(i64::from);
    (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) > 0
}

#[cfg(test)]
mod tests {
    use super::{coordinate, hull};

    #[test]
    fn an_outline_has_only_corners() {
        let points = vec![[0, 0], [4, 0], [4, 4], [0, 4], [2, 2], [2, 0], [4, 2], [0, 0]];
        assert_eq!(hull(points), [[0, 0], [4, 0], [4, 4], [0, 4]]);
        assert_eq!(hull(vec![[1, 1], [0, 0], [2, 2]]), [[0, 0], [2, 2]]);
        assert_eq!(hull(vec![[1, 1], [1, 1]]), [[1, 1]]);
        assert!(hull(vec![]).is_empty());
    }

    #[test]
    fn coordinates_stay_in_the_square() {
        assert_eq!([0.0, 1.0, -1.0, 9.0, -9.0].map(|v| coordinate(v, 1.0)), [5000, 10_000, 0, 10_000, 0]);
    }
}
