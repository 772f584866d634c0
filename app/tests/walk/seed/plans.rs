//! Plans of projects that run with a change that is asked for, and a pair of teams.

use std::sync::Arc;

use kernel::{Actor, Post, Principal, Role};
use programmes::{
    SeasonId,
    mentor::propose::{Propose, propose},
    plan::{
        Typed, TypedMonth,
        write::{WritePlan, write},
    },
};

use super::Seed;

pub(super) fn plans(s: &mut Seed) {
    let season: SeasonId = s.id("running").parse().unwrap();
    let asks = s.person("申请变更的人");
    let post = Post { role: Role::Worker, place: s.a() };
    let asks = Principal { person: asks, verified: true, posts: vec![post], seats: Vec::new() };
    for number in [3, 5] {
        for (version, activities) in [(0, "2"), (1, "1")] {
            let month = TypedMonth { month: "2026-11".into(), activities: activities.into(), ..TypedMonth::default() };
            let plan = Typed { months: vec![month], ends: "2027-03-31".into(), ..Typed::default() };
            let (id, input) = (season.clone(), WritePlan { version, plan, reason: "推迟".into() });
            s.run_then(&Actor::Person(Arc::new(asks.clone())), 0, move |tx, cx| write(tx, cx, (&id, number), &input));
        }
    }
    let input =
        Propose {
            old: 1, new: 3, about: "怎么排值班表".into(), from: "2026-11-22".into(), until: "2027-01-31".into()
        };
    s.run(move |tx, cx| propose(tx, cx, &season, &input));
}
