//! A training of the season that runs.

use programmes::{
    SeasonId,
    training::hold::{HoldTraining, hold},
};

use super::Seed;

pub(super) fn trainings(s: &mut Seed) {
    let season: SeasonId = s.id("running").parse().unwrap();
    let input = HoldTraining {
        title: "向前一步".into(),
        day: "2026-11-22".into(),
        room: "邻里中心".into(),
        teacher: "社区营造顾问".into(),
        ..HoldTraining::default()
    };
    let held = s.run(move |tx, cx| hold(tx, cx, &season, &input));
    s.keep("training", &held.id);
}
