//! The map as a drawing: places of people as one path for each group, each group with its colour, sign and letter.

use std::fmt::Write as _;

use ui::{Markup, Words, html};

use crate::conversation::map::{Group, Picture, Place, SIDE};

/// Colours and signs that there are; groups are at most as many.
const SIGNS: u32 = 5;
/// Half the size of a sign on the map.
const HALF: i32 = 8;

/// A group's name: a letter that stays with its colour.
pub(super) fn name(w: Words, group: u32) -> String {
    let letter = w.t(["group-letter-0", "group-letter-1", "group-letter-2", "group-letter-3", "group-letter-4"]
        .get(group as usize % SIGNS as usize)
        .copied()
        .unwrap_or("group-letter-0"));
    w.t_with("conversation-group", &[("letter", letter.into())])
}

/// The group's sign beside its name; the name says the same to who does not see it.
pub(super) fn sign(group: u32) -> Markup {
    let mut path = String::new();
    marked(&mut path, group % SIGNS, (10, 10), 8);
    let round = group.is_multiple_of(SIGNS);
    html! {
        svg.sign viewBox="0 0 20 20" aria-hidden="true" focusable="false" {
            @if round { circle class="c0" cx="10" cy="10" r="8" {} } @else { path class={ "c" (group % SIGNS) } d=(path) {} }
        }
    }
}

/// One sign at a place: a square, a triangle, a diamond, a triangle that points down; a circle is drawn by its round end.
fn marked(path: &mut String, shape: u32, (x, y): (i32, i32), r: i32) {
    // writing into a string cannot fail
    let _ = match shape {
        0 => write!(path, "M{x} {y}h0"),
        1 => write!(path, "M{} {}h{}v{}h-{}z", x - r, y - r, 2 * r, 2 * r, 2 * r),
        2 => write!(path, "M{x} {}l{} {}h-{}z", y - r, r, 2 * r, 2 * r),
        3 => write!(path, "M{x} {}l{r} {r}-{r} {r}-{r}-{r}z", y - r - 2),
        _ => write!(path, "M{} {}h{}l-{r} {}z", x - r, y - r, 2 * r, 2 * r),
    };
}

/// How much larger a sign is for some people at one place.
fn step(people: i32) -> usize {
    match people {
        ..=1 => 0,
        2..=4 => 1,
        _ => 2,
    }
}

/// Three paths, for one, some and many people at a place.
fn paths(dots: &[[i32; 3]], shape: u32) -> [String; 3] {
    let mut paths = [String::new(), String::new(), String::new()];
    for [x, y, people] in dots {
        let at = step(*people);
        let size = HALF + 4 * i32::try_from(at).unwrap_or(0);
        if let Some(path) = paths.get_mut(at) {
            marked(path, shape, (*x, *y), size);
        }
    }
    paths
}

fn corners(group: &Group) -> String {
    let points: Vec<String> = group.corners.iter().map(|[x, y]| format!("{x},{y}")).collect();
    points.join(" ")
}

/// The drawing. It says in a sentence what the tables below it say in full.
pub(super) fn svg(w: Words, picture: &Picture, me: Option<Place>) -> Markup {
    let (middle, whole) = (SIDE / 2, SIDE + 60);
    let says = w.t_with(
        "conversation-map-says",
        &[
            ("people", i64::from(picture.people).into()),
            ("groups", i64::try_from(picture.groups.len()).unwrap_or(0).into()),
        ],
    );
    html! {
        svg viewBox={ "-30 -30 " (whole) " " (whole) } role="img" aria-label=(says) {
            path.axis d={ "M0 " (middle) "h" (SIDE) "M" (middle) " 0v" (SIDE) } {}
            @for group in &picture.groups {
                @if group.corners.len() > 2 { polygon class={ "hull c" (group.id % SIGNS) } points=(corners(group)) {} }
            }
            @for (at, path) in paths(&picture.alone, 0).iter().enumerate() {
                @if !path.is_empty() { path.none stroke-width=(8 + 6 * at) d=(path) {} }
            }
            @for group in &picture.groups { (people(group)) }
            @for group in &picture.groups {
                text x=(group.center[0].clamp(60, SIDE - 60)) y=(group.center[1].clamp(40, SIDE)) { (name(w, group.id)) }
            }
            @if let Some(me) = me {
                circle.me cx=(me.x) cy=(me.y) r="22" {}
                text x=(me.x.clamp(40, SIDE - 40)) y=((me.y - 34).max(20)) { (w.t("conversation-you")) }
            }
        }
    }
}

fn people(group: &Group) -> Markup {
    let shape = group.id % SIGNS;
    let class = if shape == 0 { "dots c0 round".to_owned() } else { format!("dots c{shape}") };
    html! {
        @for (at, path) in paths(&group.dots, shape).iter().enumerate() {
            @if !path.is_empty() { path class=(class) stroke-width=[(shape == 0).then_some(14 + 8 * at)] d=(path) {} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_nine_hundred_people_fit_a_page() {
        for shape in 0..SIGNS {
            // each at a place of their own, the numbers as long as they come
            let dots: Vec<[i32; 3]> = (0..1_900).map(|n| [900 + n % 100, 100 + n / 3, 1]).collect();
            let size: usize = paths(&dots, shape).iter().map(String::len).sum();
            assert!(size <= 65_000, "shape {shape}: {size} bytes");
        }
    }

    #[test]
    fn each_place_is_drawn_once() {
        let dots = [[1, 2, 1], [3, 4, 3], [5, 6, 9], [7, 8, 1]];
        let [one, some, many] = paths(&dots, 0);
        assert_eq!((one.as_str(), some.as_str(), many.as_str()), ("M1 2h0M7 8h0", "M3 4h0", "M5 6h0"));
    }
}
