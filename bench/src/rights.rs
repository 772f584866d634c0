//! What a decision costs, and a page of somebody who holds many roles.

use std::{hint::black_box, sync::Arc, time::Instant as Watch};

use kernel::{Actor, Chance, Home, Id, PlaceId, Post, Principal, Role, Site};
use rights::{Action, authorize, may};

use crate::{Anything, Rate};

/// Roles the person holds, each at another place.
const POSTS: usize = 30;
/// Places above the record.
const DEPTH: usize = 7;
/// Buttons of a page that are shown only to those who may press them.
const BUTTONS: [Action; 6] = [
    Action::MoveMatter,
    Action::GiveDuty,
    Action::MeetDuty,
    Action::PostNotice,
    Action::RecordAttendance,
    Action::AppointHelper,
];

/// Decisions alone, and the six of a page; beside them a table in code, the plainest thing there is.
///
/// # Errors
/// When a decision is refused that must be allowed.
pub fn run() -> Result<(), Anything> {
    let mut chance = Chance::seeded(1);
    let mut place = || -> PlaceId { Id::random(Home(1), &mut chance) };
    let above: Vec<PlaceId> = (0..DEPTH).map(|_| place()).collect();
    let site = Site { home: Home(1), place: place(), above };
    let roles: Vec<Role> = Role::all().collect();
    let mut posts: Vec<Post> = (1..POSTS).map(|n| Post { role: roles[n % roles.len()], place: place() }).collect();
    posts.push(Post { role: Role::Officer, place: site.above[2].clone() });
    let person = Id::random(Home(1), &mut Chance::seeded(2));
    let principal = Arc::new(Principal { person, verified: true, posts, seats: Vec::new() });
    let actor = Actor::Person(principal.clone());
    authorize(&actor, Action::PostNotice, &site)?;
    let n = 20_000;
    let start = Watch::now();
    for _ in 0..n {
        black_box(authorize(black_box(&actor), Action::PostNotice, &site)?);
    }
    Rate::since("a decision, 30 roles, 8 places deep", n, start).print();
    let start = Watch::now();
    for _ in 0..n / 10 {
        black_box(BUTTONS.map(|action| may(black_box(&actor), action, &site)));
    }
    Rate::since("the six decisions of a page", n / 10, start).print();
    let start = Watch::now();
    for _ in 0..n * 100 {
        black_box(by_hand(black_box(&principal), &site));
    }
    Rate::since("peer: one role compared by hand in code", n * 100, start).print();
    let start = Watch::now();
    for _ in 0..n * 100 {
        black_box(authorize(black_box(&Actor::Voter), Action::CastBallot, Home(1))?);
    }
    Rate::since("a voter's decision", n * 100, start).print();
    Ok(())
}

fn by_hand(principal: &Principal, site: &Site) -> bool {
    principal.posts.iter().any(|post| post.role == Role::Officer && site.is_within(&post.place))
}
