//! Counting and publishing.

use decisions::{Explanation, VerdictRow, commands, count::Counted, queries};
use kernel::{Actor, Chance};
use programmes::Phase;
use rights::{Action, authorize};
use tally::{CountOptions, ElectionBuilder, Project, Rule, Scale};

use crate::support::{Paper, Vote, each_engine, refused};

fn closed(db: &db::Db) -> Vote {
    let vote = Vote::open(db, &Paper::default());
    for (voter, choices) in (0..).zip([&[1, 4][..], &[1], &[4, 2], &[2, 3]]) {
        vote.cast(voter, choices).unwrap();
    }
    vote.close().unwrap();
    vote
}

fn lines(vote: &Vote) -> Vec<VerdictRow> {
    let season = vote.season.clone();
    vote.db.read_wait(move |s| queries::rows(s, &season, 0, 1_000)).unwrap()
}

#[test]
fn an_open_vote_is_not_counted() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        vote.cast(0, &[1]).unwrap();
        assert_eq!(refused(vote.count()), "wrong-phase");
        vote.close().unwrap();
        vote.publish(&vote.count().unwrap()).unwrap();
        assert_eq!(refused(vote.count()), "wrong-phase", "a published one neither");
    });
}

#[test]
fn a_verdict_is_published_once_by_the_operator() {
    each_engine(|db| {
        let vote = closed(db);
        let counted = vote.count().unwrap();
        let theirs = counted.clone();
        let answer = vote.act(Actor::Voter, move |tx, cx| commands::publish::publish(tx, cx, &theirs));
        assert_eq!(refused(answer), "not-allowed");
        let verdict = vote.publish(&counted).unwrap();
        assert_eq!(refused(vote.publish(&counted)), "wrong-phase");
        let season = vote.season.clone();
        let stored = db.read_wait(move |s| queries::verdict(s, &season)).unwrap();
        assert_eq!(stored, Some(verdict));
        let season = vote.season.clone();
        let season = db.read_wait(move |s| programmes::season::queries::season(s, &season)).unwrap();
        assert_eq!((season.phase, season.n_voters, season.n_ballots), (Phase::Published, 5, 4));
        let told = vote.log().into_iter().filter(|entry| entry.kind == "verdict.published").count();
        assert_eq!(told, 1);
    });
}

#[test]
fn the_register_of_verdicts_says_what_the_result_says() {
    each_engine(|db| {
        let vote = closed(db);
        let counted = vote.count().unwrap();
        let verdict = vote.publish(&counted).unwrap();
        let (home, season) = (vote.season.home(), vote.season.to_string());
        let found = db.read_wait(move |s| matters::verdict::queries::about(s, home, &season)).unwrap();
        assert_eq!(found.len(), 1);
        let record = &found[0];
        assert_eq!((record.kind.as_str(), record.subject_kind.as_str()), ("season-result", "season"));
        assert_eq!((&record.rule, &record.rule_set), (&verdict.rule, &verdict.rule_set));
        assert_eq!(record.inputs.0, verdict.inputs, "the same digest");
        assert_eq!(record.outcome["total_cost"], verdict.total_cost.0);
        assert_eq!(record.outcome["ballots"], verdict.n_ballots);
        assert_eq!(record.parameters["budget"], verdict.budget.0);
        let mut won: Vec<u32> = lines(&vote).iter().filter(|row| row.line.won).map(|row| row.line.number).collect();
        let mut winners: Vec<u32> = serde_json::from_value(record.outcome["winners"].clone()).unwrap();
        won.sort_unstable();
        winners.sort_unstable();
        assert_eq!(winners, won, "the same projects");
        assert_eq!(record.outcome["chosen"], won.len());
        let told = vote.log().into_iter().filter(|entry| entry.kind == "verdict.recorded").count();
        assert_eq!(told, 1);
    });
}

#[test]
fn ten_who_publish_at_once_publish_one_verdict() {
    each_engine(|db| {
        let vote = closed(db);
        let counted = vote.count().unwrap();
        let answers: Vec<_> = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..10).map(|_| scope.spawn(|| vote.publish(&counted))).collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        let (published, not): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!(published.len(), 1);
        let late = ["wrong-phase", "changed-meanwhile"];
        assert!(not.into_iter().all(|answer| late.contains(&refused(answer))));
        assert_eq!(lines(&vote).len(), 5);
    });
}

#[test]
fn a_count_of_other_inputs_is_not_published() {
    each_engine(|db| {
        let vote = closed(db);
        let counted = vote.count().unwrap();
        let season = vote.season.clone();
        vote.act(Actor::Operator, move |tx, cx| {
            let permit = authorize(&cx.actor, Action::RunSeason, season.home())?;
            let now = programmes::season::queries::season(tx, &season)?;
            Ok(programmes::season::store::advance(tx, &permit, &now, Phase::Closed)?)
        })
        .unwrap();
        assert_eq!(refused(vote.publish(&counted)), "inputs-changed");
        assert!(lines(&vote).is_empty());
        vote.publish(&vote.count().unwrap()).unwrap();
    });
}

#[test]
fn a_vote_without_ballots_has_a_verdict() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        vote.close().unwrap();
        let verdict = vote.publish(&vote.count().unwrap()).unwrap();
        assert_eq!(verdict.n_ballots, 0);
        assert_eq!(lines(&vote).len(), 5);
    });
}

#[test]
fn a_verdict_says_something_about_every_project_winners_first() {
    each_engine(|db| {
        let vote = closed(db);
        let counted = vote.count().unwrap();
        assert!(counted.winners.len() >= 2 && counted.winners.len() < 5, "{:?}", counted.winners);
        vote.publish(&counted).unwrap();
        let lines = lines(&vote);
        assert!(lines.iter().map(|row| row.line.rank).eq(1..=5));
        let won: Vec<u32> = lines.iter().take_while(|row| row.line.won).map(|row| row.line.number).collect();
        assert_eq!(won, counted.winners);
        assert!(lines[won.len()..].iter().all(|row| !row.line.won));
        let lost: Vec<u32> = lines[won.len()..].iter().map(|row| row.line.supporters).collect();
        assert!(lost.is_sorted_by(|a, b| a >= b), "{lost:?}");
        let mut numbers: Vec<u32> = lines.iter().map(|row| row.line.number).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2, 3, 4, 5]);
        for (step, row) in (1..).zip(&lines) {
            match &row.line.explanation {
                Explanation::Won { step: at, .. } => assert!(row.line.won && *at == step),
                Explanation::Lost(_) => assert!(!row.line.won),
            }
            assert_eq!(row.reference, format!("P{}", row.line.number));
            let (season, number) = (vote.season.clone(), row.line.number);
            let alone = db.read_wait(move |s| queries::row(s, &season, number)).unwrap();
            assert_eq!(alone.as_ref(), Some(row));
        }
    });
}

/// Random ballots: the verdict must be what `tally` says about the ballots that the voters handed in.
fn agrees_with_tally(db: &db::Db, seed: u64, rule: Rule) {
    let mut chance = Chance::seeded(seed);
    let n = 3 + u32::try_from(chance.below(6)).unwrap();
    let costs: Vec<i64> = (0..n).map(|_| i64::try_from(1 + chance.below(60_000)).unwrap()).collect();
    let paper =
        Paper { rule: rule.to_string(), budget: 100_000, costs, max_choices: n, voters: 12, ..Paper::default() };
    let vote = Vote::open(db, &paper);
    let projects = (1..).zip(&paper.costs).map(|(n, cost)| Project { id: format!("P{n}"), cost: *cost }).collect();
    let mut builder = ElectionBuilder::new(Scale::new(2).unwrap(), paper.budget, projects).unwrap();
    let mut supporters = vec![0_u32; n as usize];
    for voter in 0..paper.voters {
        let choices: Vec<u32> = (0..n).filter(|_| chance.below(3) == 0).collect();
        builder.add_ballot(&choices).unwrap();
        choices.iter().for_each(|project| supporters[*project as usize] += 1);
        let numbers: Vec<u32> = choices.iter().map(|project| project + 1).collect();
        vote.cast(voter, &numbers).unwrap();
    }
    vote.close().unwrap();
    let options = CountOptions { increment: rule.takes_increment().then_some(100), ..CountOptions::default() };
    let expected = tally::count(&builder.finish(), rule, &options).unwrap();
    let counted = vote.count().unwrap();
    let Counted { outcome, winners, n_ballots, json, .. } = &*counted;
    assert_eq!(outcome, &expected, "seed {seed}, {rule}");
    assert_eq!(serde_json::from_str::<tally::Outcome>(json).unwrap(), expected);
    assert!(winners.iter().copied().eq(expected.winners.iter().map(|p| u32::try_from(*p).unwrap() + 1)));
    assert_eq!(*n_ballots, 12);
    let verdict = vote.publish(&counted).unwrap();
    assert_eq!(verdict.total_cost.0, expected.total_cost);
    for row in lines(&vote) {
        assert_eq!(row.line.supporters, supporters[row.line.number as usize - 1]);
    }
}

#[test]
fn the_verdict_is_what_the_rule_says_about_the_ballots() {
    let names = ["greedy:cost", "mes:cost", "mes_add1u:cost:cost"];
    let rules: Vec<Rule> = names.iter().map(|name| name.parse().unwrap()).collect();
    each_engine(|db| {
        for (seed, rule) in (0..6).zip(rules.iter().cycle()) {
            agrees_with_tally(db, seed, *rule);
        }
    });
}
