//! How a vote is called and told, in stories on both engines: notices by rule set, the residents' committee's delegate, the duty to
//! post a result and what comes when it is late.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod estate;

use std::sync::Arc;

use db::Db;
use estate::Estate;
use kernel::{Actor, Day, Instant, Role};
use matters::{
    duty::State as Owed,
    notice::correct::{Correction, correct},
};
use owners::round::{
    Round, RoundId, State, call, close,
    committee::{Came, Told, come, tell},
    count,
    draft::DraftRound,
    freeze,
    owed::{self, Late, What, look},
    posted,
};
use testkit::{
    START,
    story::{Still, each_engine, entropy, fields, refused},
};
use work::jobs::{Runner, Setup, Step};

/// What is owed in a round: how it stands and by when.
fn owes(db: &Db, round: &Round, what: What) -> Option<(Owed, Option<Day>, String)> {
    let round = round.clone();
    let named = db.read_wait(move |s| owed::shown(s, &round, what)).unwrap()?;
    Some((named.duty.state, named.duty.deadline.map(|due| due.day), named.role))
}

fn read(db: &Db, id: &RoundId) -> Round {
    let id = id.clone();
    db.read_wait(move |s| owners::round::queries::round(s, &id)).unwrap()
}

/// So many days after the beginning of the stories.
fn day(estate: &Estate, days: i64) -> Day {
    estate.on(days, &Actor::Operator, |_, cx| Ok(cx.day.clone())).unwrap()
}

/// Jobs that are done so many days after the beginning.
fn behind(db: &Db, days: i64) -> usize {
    let setup = Setup {
        db: db.clone(),
        clock: Arc::new(Still(Instant(START.0 + days * 86_400_000_000))),
        entropy,
        offset_minutes: 480,
        holder: "test".into(),
    };
    let runner = Runner::new(setup, vec![Box::new(Late)]);
    std::iter::from_fn(|| matches!(runner.step().unwrap(), Step::Done(_)).then_some(())).count()
}

fn counted(db: &Db, estate: &Estate, id: &RoundId, on: i64) {
    let counted = count::count(db, id).unwrap();
    estate.on(on, &estate.worker, move |tx, cx| count::publish(tx, cx, &counted)).unwrap();
}

#[test]
fn a_result_is_owed_by_somebody_and_when_it_is_late_by_an_officer_too() {
    each_engine(|db| {
        let estate = Estate::new(db);
        estate.holds("社工甲", Role::Worker);
        estate.holds("干部甲", Role::Officer);
        let id = estate.called(estate.question());
        estate.step(30, &id, call::open).unwrap();
        assert_eq!(owes(db, &read(db, &id), What::Result), None, "nobody owes it before the close");
        let round = estate.step(40, &id, close::close).unwrap();
        let want = (Owed::Open, Some(day(&estate, 43)), "worker".to_owned());
        assert_eq!(owes(db, &round, What::Result), Some(want), "three days, by a worker");
        estate.step(40, &id, close::close).unwrap();
        counted(db, &estate, &id, 41);
        // the look after the last day, asked for by the close
        assert_eq!(behind(db, 43), 0, "the last day is not over");
        assert_eq!(owes(db, &round, What::Late), None);
        assert_eq!(behind(db, 44), 1);
        let late = owes(db, &round, What::Late).unwrap();
        assert_eq!((late.0, late.2.as_str()), (Owed::Open, "officer"));
        // looked at once more, it is owed once
        let of = id.clone();
        estate.on(44, &Actor::Operator, move |tx, cx| look(tx, cx, &of)).unwrap();
        let round = estate.step(45, &id, posted::post).unwrap();
        assert_eq!(owes(db, &round, What::Result).unwrap().0, Owed::MetLate);
        assert_eq!(owes(db, &round, What::Late).unwrap().0, Owed::Met);
        estate.no_names_in_the_log();
    });
}

#[test]
fn a_result_in_time_meets_the_duty_and_nothing_is_escalated() {
    each_engine(|db| {
        let estate = Estate::new(db);
        estate.holds("书记甲", Role::Secretary);
        let id = estate.called(estate.question());
        estate.step(30, &id, call::open).unwrap();
        estate.step(40, &id, close::close).unwrap();
        counted(db, &estate, &id, 41);
        let round = estate.step(43, &id, posted::post).unwrap();
        assert_eq!(owes(db, &round, What::Result).unwrap().0, Owed::Met);
        assert_eq!(behind(db, 44), 1);
        assert_eq!(owes(db, &round, What::Late), None);
    });
}

#[test]
fn in_beijing_the_residents_committee_has_the_notice_before_the_vote_opens_and_sends_a_delegate() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let beijing = |once: &str| DraftRound { rules: "cn-beijing".into(), once: once.into(), ..estate.question() };
        // nobody holds a post: it is brought there and noted
        let id = estate.called(beijing("one"));
        assert_eq!(refused(estate.step(30, &id, call::open)), "committee-not-told");
        let told = |committee: &str, day: &str| {
            let (of, input) = (id.clone(), Told { committee: committee.into(), day: day.into() });
            estate.on(12, &estate.worker, move |tx, cx| tell(tx, cx, &of, &input))
        };
        assert_eq!(fields(told("", "")), ["committee: required"]);
        assert_eq!(fields(told("新苑社区居委会", "2036-01-01")), ["day: day-in-future"]);
        assert_eq!(fields(told("新苑社区居委会", "2020-01-01")), ["day: day-before-call"]);
        let first = told("新苑社区居委会", "").unwrap();
        assert_eq!(first.committee.told, Some(day(&estate, 12)));
        assert_eq!(told("新苑社区居委会", "").unwrap().revision, first.revision, "sent twice");
        estate.step(30, &id, call::open).unwrap();

        // somebody of the residents' committee holds a post: it is on their list at once, and who came meets it
        estate.holds("书记甲", Role::Secretary);
        let id = estate.called(beijing("two"));
        let round = read(db, &id);
        assert_eq!(round.committee.told, Some(day(&estate, 10)));
        let want = (Owed::Open, Some(day(&estate, 25)), "secretary".to_owned());
        assert_eq!(owes(db, &round, What::Delegate), Some(want), "before the vote opens");
        let came = |who: &Actor, delegate: &str| {
            let (of, input) = (id.clone(), Came { delegate: delegate.into(), day: String::new() });
            estate.on(26, who, move |tx, cx| come(tx, cx, &of, &input))
        };
        assert_eq!(refused(came(&estate.stranger, "独孤居委")), "not-allowed");
        assert_eq!(fields(came(&estate.worker, " ")), ["delegate: required"]);
        let round = came(&estate.worker, "独孤居委").unwrap();
        assert_eq!(
            (round.committee.delegate.as_str(), round.committee.came.clone()),
            ("独孤居委", Some(day(&estate, 26)))
        );
        assert_eq!(came(&estate.worker, "独孤居委").unwrap().revision, round.revision, "sent twice");
        assert_eq!(owes(db, &round, What::Delegate).unwrap().0, Owed::MetLate, "a day after the notice ended");
        // a roll that is thawed forgets all of it, and is called anew
        let (of, why) = (id.clone(), freeze::Thaw { reason: "问题写错了".into() });
        let thawed = estate.on(27, &estate.worker, move |tx, cx| freeze::thaw(tx, cx, &of, &why)).unwrap();
        assert_eq!(thawed.committee, owners::round::Committee::default());
        estate.no_names_in_the_log();
    });
}

#[test]
fn in_hangzhou_an_extraordinary_meeting_is_called_a_week_before_and_votes_five_to_sixty_days() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let hangzhou = |meeting: &str, once: &str| DraftRound {
            rules: "cn-hangzhou".into(),
            meeting: meeting.into(),
            once: once.into(),
            ..estate.question()
        };
        assert_eq!(fields(estate.draft(&estate.worker, hangzhou("weekly", "x"))), ["meeting: unknown-choice"]);
        let short = DraftRound { closes: estate.day(23), ..hangzhou("extraordinary", "a") };
        let id = estate.called(short);
        assert_eq!(refused(estate.step(17, &id, call::open)), "posting-still-hangs");
        assert_eq!(
            estate.step(18, &id, call::open).unwrap().state,
            State::Open,
            "the residents' committee is told, no more"
        );
        assert_eq!(refused(estate.step(23, &id, close::close)), "vote-still-runs");
        assert_eq!(estate.step(24, &id, close::close).unwrap().state, State::Closed);
        // a regular one, a fortnight and a day
        let id = estate.called(hangzhou("", "b"));
        assert_eq!(refused(estate.step(25, &id, call::open)), "posting-still-hangs");
        estate.step(26, &id, call::open).unwrap();
        let notice = read(db, &id).notices.call.unwrap();
        let notice = db.read_wait(move |s| matters::notice::queries::notice(s, &notice)).unwrap();
        assert_eq!((notice.kind.as_str(), notice.days), ("owners-meeting-by-rules", 15));
        assert!(notice.body.contains("《杭州市物业管理条例》"), "{}", notice.body);
    });
}

#[test]
fn what_was_not_posted_is_not_voted_on() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let id = estate.called(estate.question());
        let notice = read(db, &id).notices.call.unwrap();
        let input = Correction {
            title: "更换电梯：表决预告".into(),
            body: "问题：要不要换大门？".into(),
            why: "另一件事".into(),
        };
        let of = notice.clone();
        estate.on(11, &estate.worker, move |tx, cx| correct(tx, cx, &of, &input)).unwrap();
        assert_eq!(refused(estate.step(26, &id, call::open)), "posting-still-hangs", "the time begins again");
        assert_eq!(refused(estate.step(27, &id, call::open)), "round-not-posted");
        let (of, other) = (id.clone(), DraftRound { question: "要不要换大门？".into(), ..estate.question() });
        let changed = estate.on(27, &estate.worker, move |tx, cx| owners::round::draft::change(tx, cx, &of, &other));
        assert_eq!(refused(changed), "round-wrong-state", "a question that is called stays");
    });
}

#[test]
fn a_places_own_rules_may_ask_for_a_longer_notice() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let rules = |days: u32| {
            format!(
                "format = 1\nname = \"ours\"\n[[period]]\nfrom = \"2021-01-01\"\nsource = \"议事规则第八条\"\n[[period.rule]]\n\
                 id = \"ours\"\nsource = \"议事规则第九条\"\nitems = [\"rules\", \"covenant\", \"elect-committee\", \
                 \"hire-firm\", \"use-fund\", \"raise-fund\", \"rebuild\", \"change-use\", \"other\"]\n\
                 participation = {{ area = \">= 2/3\", heads = \">= 2/3\" }}\n\
                 approval = {{ of = \"participants\", area = \">= 3/4\", heads = \">= 3/4\" }}\n\
                 [[procedure]]\nfrom = \"2021-01-01\"\nsource = \"议事规则第十条\"\nnotice_days = {days}\nposted_within = 1\n"
            )
        };
        let own = |days| DraftRound { rules: "own".into(), rules_text: rules(days), ..estate.question() };
        assert_eq!(fields(estate.draft(&estate.worker, own(3))), ["rules_text: rules-unreadable"]);
        let id = estate.called(own(20));
        assert_eq!(refused(estate.step(30, &id, call::open)), "posting-still-hangs");
        estate.step(31, &id, call::open).unwrap();
        estate.holds("社工甲", Role::Worker);
        let round = estate.step(40, &id, close::close).unwrap();
        assert_eq!(owes(db, &round, What::Result).unwrap().1, Some(day(&estate, 41)), "its own day for the result");
    });
}
