//! A season with visits.

use kernel::Fen;
use programmes::{
    season::open::{OpenSeason, open},
    visit::{Met, MetLine, record},
};

use super::Seed;

pub(super) fn visits(s: &mut Seed) {
    let new = OpenSeason::by("star-pick", s.a(), "季 visiting", Fen(10_000));
    let season = s.run(move |tx, cx| open(tx, cx, &new)).id;
    s.keep("visiting", &season);
    for n in 0..3 {
        let input = record::RecordVisit {
            place: s.a().to_string(),
            day: "2026-11-20".into(),
            staff: "远山".into(),
            findings: "晚上没有灯。".into(),
            met: vec![MetLine { kind: Met::Residents, people: 3 }],
            ..Default::default()
        };
        let season = season.clone();
        let visit = s.run(move |tx, cx| record::record(tx, cx, &season, &input));
        s.keep(format!("visit{n}"), visit.id);
    }
}
