//! Ranked polls, dots, surveys, weights, openness.

use polls::{Choice, DraftPoll, Salted, Vote, count::Outcome, survey::Answers};

use super::support::{Asked, each_engine, motion, ranked, refused};

#[test]
fn ranked_ballots_are_counted_by_each_rule() {
    // Memphis, Nashville, Chattanooga, Knoxville: 42, 26, 15, 17 of a hundred; a tenth of it, rounded
    let ballots = [([1, 2, 3, 4], 4), ([2, 3, 4, 1], 3), ([3, 4, 2, 1], 1), ([4, 3, 2, 1], 2)];
    for (rule, winner) in [("schulze", 1), ("irv", 3)] {
        each_engine(|db| {
            let asked = Asked::with(db, &ranked(rule), 10);
            let all = ballots.iter().flat_map(|(order, n)| std::iter::repeat_n(order.to_vec(), *n));
            for (n, order) in all.enumerate() {
                asked.cast(n, &Choice::Ranked(order)).unwrap();
            }
            let counted = asked.end();
            if rule == "schulze" {
                assert_eq!(counted.counted.outcome.chosen(), [winner]);
            }
            assert_eq!(counted.counted.outcome.chosen().len(), 1);
            assert_eq!(asked.recomputed(), (1, vec![]));
        });
    }
}

#[test]
fn several_seats_are_filled() {
    each_engine(|db| {
        let asked = Asked::with(db, &DraftPoll { seats: 2, ..ranked("stv") }, 6);
        for n in 0..4 {
            asked.cast(n, &Choice::Ranked(vec![1, 2])).unwrap();
        }
        for n in 4..6 {
            asked.cast(n, &Choice::Ranked(vec![4])).unwrap();
        }
        let counted = asked.end();
        let Outcome::Stv(stv) = &counted.counted.outcome else { panic!("several seats") };
        assert_eq!((stv.quota, stv.elected.len(), stv.elected[0]), (3, 2, 0));
        assert_eq!(asked.recomputed(), (1, vec![]));
    });
}

#[test]
fn a_ballot_of_another_shape_is_refused_and_leaves_no_trace() {
    each_engine(|db| {
        let asked = Asked::with(db, &ranked("schulze"), 1);
        for (choice, code) in [
            (Choice::Ranked(vec![1, 1]), "named-twice"),
            (Choice::Ranked(vec![5]), "unknown-option"),
            (Choice::Ranked(vec![0]), "unknown-option"),
            (Choice::Ranked(vec![]), "invalid-input"),
            (Choice::Motion(Vote::Agree), "wrong-ballot"),
            (Choice::Dots(vec![(1, 1)]), "wrong-ballot"),
        ] {
            assert_eq!(refused(asked.cast(0, &choice)), code, "{choice:?}");
            assert_eq!(asked.traces(), (0, 0));
        }
        asked.cast(0, &Choice::Ranked(vec![3])).unwrap();
    });
}

#[test]
fn dots_are_spread_within_their_bounds() {
    each_engine(|db| {
        let asked = Asked::with(db, &DraftPoll { kind: "dots".into(), dots: 5, cap: 3, ..ranked("") }, 4);
        for (given, code) in [
            (vec![(1, 4)], "too-many-dots-one"),
            (vec![(1, 3), (2, 3)], "too-many-dots"),
            (vec![(9, 1)], "unknown-option"),
            (vec![(1, 1), (1, 1)], "named-twice"),
            (vec![(1, 0)], "invalid-input"),
        ] {
            assert_eq!(refused(asked.cast(0, &Choice::Dots(given.clone()))), code, "{given:?}");
        }
        asked.cast(0, &Choice::Dots(vec![(2, 3), (1, 2)])).unwrap();
        asked.cast(1, &Choice::Dots(vec![(2, 1)])).unwrap();
        asked.cast(2, &Choice::Dots(vec![(4, 3)])).unwrap();
        let counted = asked.end();
        let Outcome::Dots(dots) = &counted.counted.outcome else { panic!("dots") };
        let lines: Vec<(usize, u64, u64)> =
            dots.selection.lines.iter().map(|line| (line.option, line.votes, line.voters)).collect();
        assert_eq!(lines[..3], [(1, 4, 2), (3, 3, 1), (0, 2, 1)]);
        assert_eq!(asked.recomputed(), (1, vec![]));
    });
}

#[test]
fn weights_count_where_statutes_say_so_and_nowhere_else() {
    each_engine(|db| {
        let input = DraftPoll { template: "statutes".into(), base: "roll".into(), quorum: String::new(), ..motion() };
        let asked = Asked::open(db, &input, "甲,1-1,7,\n乙,1-2,2,\n丙,1-3,,\n");
        let poll = asked.read();
        assert_eq!((poll.voters, poll.weight), (3, 10));
        asked.cast_code(&asked.code("1-2", "乙"), &Choice::Motion(Vote::Disagree), None).unwrap();
        asked.cast_code(&asked.code("1-1", "甲"), &Choice::Motion(Vote::Agree), None).unwrap();
        let counted = asked.end();
        let Outcome::Motion { votes, decision } = &counted.counted.outcome else { panic!("a motion") };
        assert_eq!((votes.roll, votes.agree, votes.disagree), (10, 7, 2));
        assert!(decision.passed, "seven of ten shares, one of three heads");
        assert_eq!(asked.recomputed(), (1, vec![]));

        let asked = Asked::draft(db, &motion());
        let (rows, errors) =
            people::resident::sheet::parse("姓名,门牌,票权\n甲,1-1,7\n乙,1-2,0\n丙,1-3,1\n丙,1-3,1\n".as_bytes())
                .unwrap();
        let (rows, errors) = polls::roll::file::checked(&asked.read(), &web::Verifiers::default(), rows, errors);
        let told: Vec<_> = errors.iter().map(|e| (e.line, e.column, e.code)).collect();
        assert_eq!(
            told,
            [(2, "weight", "weight-not-here"), (3, "weight", "weight-number"), (5, "name", "twice-in-file")]
        );
        assert_eq!(rows.len(), 1);
    });
}

fn answers(list: &[(u32, &[&str])]) -> Choice {
    let answers: Answers = list.iter().map(|(n, a)| (*n, a.iter().map(|a| (*a).to_owned()).collect())).collect();
    Choice::Survey(Salted::of(answers))
}

#[test]
fn a_survey_tells_totals_and_keeps_what_was_written() {
    each_engine(|db| {
        let questions = "[one] 怎么出门？ *\n- 步行\n- 公交\n[scale] 满意吗？\n? 1 = 2\n[text] 还有呢？";
        let input =
            DraftPoll { kind: "survey".into(), openness: "open".into(), questions: questions.into(), ..motion() };
        let asked = Asked::with(db, &input, 8);
        assert_eq!(asked.read().openness, polls::Openness::Secret, "answers are never shown live");
        assert_eq!(refused(asked.cast(0, &answers(&[(2, &["5"])]))), "invalid-input");
        for n in 0..6 {
            asked.cast(n, &answers(&[(1, &["2"]), (2, &["4"]), (3, &["电梯太慢"])])).unwrap();
        }
        // what is not asked is not kept
        let cast = asked.cast(6, &answers(&[(1, &["1"]), (2, &["1"])])).unwrap();
        let Choice::Survey(kept) = &cast.ballot.choice else { panic!("answers") };
        assert_eq!(kept.answers.keys().copied().collect::<Vec<_>>(), [1]);
        let counted = asked.end();
        let Outcome::Survey(totals) = &counted.counted.outcome else { panic!("totals") };
        assert_eq!(totals.questions[0].answers, Some(7));
        assert_eq!(totals.questions[0].offered, [None, None], "one alone would be told by the sum");
        assert_eq!(totals.questions[1].answers, None, "how many were asked would tell the cell that is hidden");
        assert_eq!(totals.questions[2].answers, Some(6));
        assert_eq!(asked.recomputed(), (1, vec![]));
        let log: String = asked.log().iter().map(|e| String::from_utf8_lossy(&e.leaf).into_owned()).collect();
        assert!(!log.contains("电梯") && !log.contains("\"answers\":{"), "the log has commitments alone");
    });
}

#[test]
fn a_poll_by_name_keeps_whose_a_ballot_is_and_a_secret_one_forgets_the_roll() {
    each_engine(|db| {
        for (openness, kept) in [("named", 2), ("secret", 0)] {
            let asked = Asked::with(db, &DraftPoll { openness: openness.into(), ..motion() }, 2);
            asked.vote(0, Vote::Agree).unwrap();
            asked.vote(1, Vote::Agree).unwrap();
            asked.revise(1, &Choice::Motion(Vote::Disagree)).unwrap();
            let named = asked.named();
            if openness == "named" {
                assert_eq!(named, [("居民0".into(), "agree".into()), ("居民1".to_owned(), "disagree".to_owned())]);
            } else {
                assert!(named.is_empty());
            }
            asked.end();
            assert_eq!(asked.named().len(), kept);
            let id = asked.poll.clone();
            let rows = db.read_wait(move |s| polls::queries::voters(s, &id, "", ("", &[]), 10)).unwrap();
            assert_eq!(rows.len(), kept);
            assert_eq!(asked.recomputed().1, Vec::<String>::new());
        }
    });
}
