//! A season with visits and a workshop.

use kernel::Fen;
use programmes::{
    SeasonId,
    season::open::{OpenSeason, open},
    visit::{Met, MetLine, record},
    workshop::{ask, card, record as held},
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
    for (name, season) in [("workshop", "visiting"), ("workshop2", "collecting")] {
        let season: SeasonId = s.id(season).parse().unwrap();
        let input = held::RecordWorkshop { day: "2026-11-20".into(), title: "夜谈".into(), ..Default::default() };
        let done = s.run(move |tx, cx| {
            let done = held::record(tx, cx, &season, &input)?;
            let (ids, cards) = ((&season, &done.id), card::AddCards { cards: vec!["长椅".into(), "路灯".into()] });
            card::add(tx, cx, ids, &cards)?;
            let (question, expert, advice) = ("放哪里".into(), "规划师".into(), "放树下。".into());
            ask::ask(tx, cx, ids, &ask::AskQuestion { question, expert, advice })?;
            Ok(done)
        });
        s.keep(name, done.id);
    }
}
