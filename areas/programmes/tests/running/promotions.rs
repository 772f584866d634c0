//! What a promotion of an earlier season tells a later one.

use kernel::{Actor, Fen};
use places::Level;
use programmes::{
    Stage,
    closing::grade::{Grade, grade},
    promotion,
    proposal::start::{StartProposal, start},
    season::open::{OpenSeason, open},
};
use testkit::story::{act, each_engine};

use crate::{Records, SERVED, a_place, closings::closed_well, somebody, to_stage, town};

#[test]
fn the_next_season_s_proposal_tells_what_its_team_was_promoted_to() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆", "邻家厨房"]);
        closed_well(db, &town);
        for n in 1..=5 {
            let who = somebody(db, &town.place, &format!("{SERVED}{n}"), None);
            let (season, input) = (town.season.clone(), Grade { grade: 5, words: String::new() });
            act(db, &who, move |tx, cx| grade(tx, cx, &Records, (&season, 1), &input)).unwrap();
        }
        let season = town.season.clone();
        act(db, &town.second, move |tx, cx| promotion::confirm::confirm(tx, cx, &Records, (&season, 1))).unwrap();
        let id = town.season.clone();
        let first = db.read_wait(move |s| programmes::season::queries::season(s, &id)).unwrap();
        // the next season of the same programme at the same place
        let input = OpenSeason::by("self-governance-fund", first.place.clone(), "明年的自治金", Fen(100_000_000));
        let next = act(db, Actor::Operator, move |tx, cx| open(tx, cx, &input)).unwrap();
        to_stage(db, &next.id, Stage::Proposals);
        let told = |who: &Actor, of: &programmes::Season, title: &str| {
            let (id, input) =
                (of.id.clone(), StartProposal { title: title.into(), once: title.into(), ..StartProposal::default() });
            let proposal = act(db, who, move |tx, cx| start(tx, cx, &id, &input)).unwrap();
            let of = of.clone();
            db.read_wait(move |s| promotion::queries::earlier(s, &of, &proposal)).unwrap()
        };
        let found = told(&town.author, &next, "楼道美术馆二期");
        assert_eq!(found.len(), 1);
        let one = &found[0];
        assert_eq!((&one.season, one.number, one.to.as_str()), (&first.id, 1, "brand"));
        assert_eq!((one.project.as_str(), one.name.as_str()), ("楼道美术馆", "自治金"));
        assert_eq!(told(&town.neighbour, &next, "邻家厨房二期"), []);
        // elsewhere, by another programme, nothing is told of it
        let other = a_place(db, Some(&first.place), Level::Community, "西里社区");
        let input = OpenSeason::by("star-pick", other, "别的计划", Fen(100_000_000));
        let other = act(db, Actor::Operator, move |tx, cx| open(tx, cx, &input)).unwrap();
        to_stage(db, &other.id, Stage::Proposals);
        assert_eq!(told(&town.author, &other, "别处的提案"), []);
    });
}
