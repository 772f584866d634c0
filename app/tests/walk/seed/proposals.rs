//! A season with proposals in every state.

use kernel::Fen;
use people::account;
use programmes::{
    Proposal, SeasonId,
    proposal::{
        Typed, TypedLine, check,
        save::{SaveProposal, save},
        start::{StartProposal, start},
        submit::submit,
    },
    season::{
        advance::advance,
        open::{OpenSeason, open},
        queries::next_stage,
    },
};

use super::{Seed, Who};

pub(super) fn proposals(s: &mut Seed) {
    let new = OpenSeason::by("self-governance-fund", s.a(), "季 proposing", Fen(100_000_000));
    let season = s.run(move |tx, cx| open(tx, cx, &new)).id;
    s.keep("proposing", &season);
    // visits, ideas, screening, proposals
    for _ in 0..3 {
        let season = season.clone();
        s.run(move |tx, cx| {
            let to = next_stage(tx, &season)?;
            advance(tx, cx, &season, to)
        });
    }
    let coach = s.person("辅导老师");
    s.keep("coach", &coach);
    s.run(move |tx, cx| {
        let site = account::queries::site_of(tx, &coach)?.unwrap();
        account::verify::verify(tx, cx, &site, &coach, &account::verify::Verify { document: "id-card".into() })
    });
    for n in 0..5 {
        let draft = begin(s, &season);
        s.keep(format!("proposal{n}"), draft.id);
    }
    let ready = written(s, &season);
    s.keep("ready0", ready.id);
    for n in 0..3 {
        let sent = submitted(s, &season);
        s.keep(format!("submitted{n}"), sent.id);
    }
    let sent = submitted(s, &season);
    s.keep("checked0", &sent.id);
    s.run(move |tx, cx| check::accept(tx, cx, (&sent.season, &sent.id)));
}

fn begin(s: &Seed, season: &SeasonId) -> Proposal {
    let (season, input) = (season.clone(), StartProposal { title: "楼道画廊".into(), ..StartProposal::default() });
    s.run_then(&s.actor(Who::Author), 0, move |tx, cx| start(tx, cx, &season, &input))
}

fn written(s: &Seed, season: &SeasonId) -> Proposal {
    let draft = begin(s, season);
    let keys = ["need", "goals", "method", "months", "team"];
    let mut answers: std::collections::BTreeMap<String, String> =
        keys.map(|key| (key.to_owned(), "说清楚了。".to_owned())).into();
    answers.insert("people".into(), "60".into());
    let line = TypedLine {
        kind: "activity".into(),
        what: "办画展".into(),
        quantity: "3".into(),
        price: "200".into(),
        from: "grant".into(),
    };
    let typed = Typed {
        title: "楼道画廊".into(),
        summary: "孩子们的画上墙。".into(),
        place: s.a().to_string(),
        field: "culture".into(),
        tier: "seedling".into(),
        answers,
        lines: vec![line],
        ..Typed::default()
    };
    let input = SaveProposal { revision: draft.revision, version: false, proposal: typed };
    s.run_then(&s.actor(Who::Author), 0, move |tx, cx| save(tx, cx, (&draft.season, &draft.id), &input))
}

fn submitted(s: &Seed, season: &SeasonId) -> Proposal {
    let ready = written(s, season);
    s.run_then(&s.actor(Who::Author), 0, move |tx, cx| submit(tx, cx, (&ready.season, &ready.id)))
}
