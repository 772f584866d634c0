//! From the source to the receipt and back, told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]

mod history;
mod pages;
mod steps;
mod support;

use funds::{
    agreement::{State, TrancheState, sign::Side},
    ending::{
        end::{Terminate, settle, terminate},
        give_back::{GiveBack, give_back},
        year_end::year_end,
    },
    source::{
        queries as sources,
        withdraw::{WithdrawSource, withdraw},
    },
    tranche::{propose, release},
    voucher::{
        decide::{RefuseVoucher, approve, refuse},
        hand_in::HandIn,
    },
};
use kernel::{Actor, Fen};
use support::{Town, signed_only};
use testkit::story::{each_engine, fields, meanwhile, refused};

#[test]
fn an_agreement_is_drafted_from_the_proposal_and_signed_by_both_sides() {
    each_engine(|db| {
        let town = Town::new(db, None);
        let agreement = town.drafted(1).unwrap();
        assert_eq!((agreement.state, agreement.total), (State::Draft, Fen(630_000)));
        assert_eq!(town.drafted(1).unwrap(), agreement, "sent twice, drafted once");
        let season = town.season.clone();
        let (lines, tranches) = db
            .read_wait(move |s| {
                let lines = funds::agreement::queries::lines(s, &season, 1)?;
                Ok::<_, db::DbError>((lines, funds::agreement::queries::tranches(s, &season, 1)?))
            })
            .unwrap();
        let told: Vec<_> = lines.iter().map(|line| (line.number, line.kind.as_str(), line.planned.0)).collect();
        assert_eq!(told, [(1, "materials", 500_000), (2, "volunteers", 50_000), (3, "equipment", 80_000)]);
        let told: Vec<_> = tranches.iter().map(|tranche| (tranche.amount.0, tranche.condition.as_str())).collect();
        let wanted = [(315_000, "signed"), (252_000, "midterm-passed"), (63_000, "closing-accepted")];
        assert_eq!(told, wanted);
        assert_eq!(refused(town.drafted(3)), "project-not-approved");
        assert_eq!(refused(town.signed(1, &town.stranger, Side::Team)), "not-allowed");
        assert_eq!(refused(town.signed(1, &town.author, Side::Office)), "not-allowed");
        assert_eq!(refused(town.signed(1, &Actor::Visitor, Side::Team)), "sign-in-first");
        assert_eq!(refused(town.paid(1, 1)), "agreement-not-signed");
        assert_eq!(town.signed(1, &town.officer, Side::Office).unwrap().state, State::Draft);
        assert_eq!(town.signed(1, &town.author, Side::Team).unwrap().state, State::Signed);
        assert_eq!(town.signed(1, &town.author, Side::Team).unwrap().state, State::Signed, "pressed twice");
        assert_eq!(refused(town.drafted(1)), "agreement-signed");
    });
}

#[test]
fn a_tranche_needs_two_persons_its_condition_and_the_money() {
    each_engine(|db| {
        let town = Town::new(db, None);
        town.in_force(1);
        let proposed =
            |actor: &Actor, n: u32| town.act(actor, move |tx, cx, season| propose::propose(tx, cx, (season, 1, n)));
        let released =
            |actor: &Actor, n: u32| town.act(actor, move |tx, cx, season| release::release(tx, cx, (season, 1, n)));
        assert_eq!(refused(proposed(&town.author, 1)), "not-allowed");
        assert_eq!(refused(released(&town.checker, 1)), "tranche-not-proposed");
        assert_eq!(refused(proposed(&town.officer, 2)), "tranche-order");
        assert_eq!(proposed(&town.officer, 1).unwrap(), TrancheState::Proposed);
        assert_eq!(refused(released(&town.officer, 1)), "second-person-needed");
        assert_eq!(refused(released(&Actor::Operator, 1)), "second-person-needed");
        assert_eq!(refused(released(&town.stranger, 1)), "not-allowed");
        assert_eq!(refused(released(&town.checker, 1)), "not-enough-money");
        // the public's money is drawn first, then the donor's
        assert_eq!(town.source("donor", "1000", "").unwrap().number, 1);
        assert_eq!(town.source("public", "3,000.00 元", "").unwrap().number, 2);
        assert_eq!(released(&town.checker, 1).unwrap(), TrancheState::Released);
        assert_eq!(released(&town.checker, 1).unwrap(), TrancheState::Released, "pressed twice");
        assert_eq!((town.on("bank:2"), town.on("bank:1"), town.on("held:1")), (0, 85_000, 315_000));
        assert_eq!(refused(proposed(&town.officer, 2)), "tranche-waits-midterm");
        assert_eq!(town.faults(), Vec::<String>::new());
    });
}

#[test]
fn a_project_that_failed_halfway_gets_nothing_more() {
    use programmes::midterm::{
        decide::{Decide, decide},
        open::open,
        score::{WriteSheet, score},
    };
    each_engine(|db| {
        // every tranche of this template waits for the signatures alone
        let town = Town::new(db, Some(&signed_only()));
        town.in_force(1);
        town.source("public", "100000", "").unwrap();
        town.paid(1, 1).unwrap();
        town.act(&town.officer, |tx, cx, season| propose::propose(tx, cx, (season, 1, 2))).unwrap();
        let round = town
            .act(&town.officer, |tx, cx, season| open(tx, cx, &programmes::running::Nothing, (season, 1)))
            .unwrap()
            .round;
        for who in [&town.officer, &town.checker] {
            let input = WriteSheet { round, scores: vec!["10".into(); 4], comment: String::new() };
            town.act(who, move |tx, cx, season| score(tx, cx, (season, 1), &input)).unwrap();
        }
        let failed = Decide { round, outcome: "failed".into(), advice: "没有做。".into(), until: String::new() };
        town.act(&town.officer, move |tx, cx, season| decide(tx, cx, (season, 1), &failed)).unwrap();
        let before = town.on("held:1");
        let released = || town.act(&town.checker, |tx, cx, season| release::release(tx, cx, (season, 1, 2)));
        assert_eq!(refused(released()), "tranche-project-stopped", "it was proposed before");
        town.act(&town.officer, |tx, cx, season| propose::recall(tx, cx, (season, 1, 2))).unwrap();
        let again = town.act(&town.officer, |tx, cx, season| propose::propose(tx, cx, (season, 1, 2)));
        assert_eq!(refused(again), "tranche-project-stopped");
        assert_eq!(town.on("held:1"), before);
        // nor are its papers taken, and its account is not settled as if it had gone well
        let paper = town.paper(&town.officer, 7);
        assert_eq!(refused(town.handed(&town.officer, 1, &paper)), "project-stopped");
        let settled = town.act(&town.officer, |tx, cx, season| settle(tx, cx, (season, 1)));
        assert_eq!(refused(settled), "project-stopped");
    });
}

#[test]
fn two_who_release_at_once_release_once() {
    each_engine(|db| {
        let town = Town::new(db, None);
        town.in_force(1);
        town.source("public", "100000", "").unwrap();
        town.act(&town.officer, |tx, cx, season| propose::propose(tx, cx, (season, 1, 1))).unwrap();
        let third = support::somebody(
            db,
            &town.place,
            "又一人",
            vec![kernel::Post { role: kernel::Role::Officer, place: town.place.clone() }],
        );
        let (first, second) = meanwhile(
            |open| {
                town.act(&town.checker, move |tx, cx, season| {
                    let done = release::release(tx, cx, (season, 1, 1));
                    open.wait();
                    done
                })
            },
            || town.act(&third, |tx, cx, season| release::release(tx, cx, (season, 1, 1))),
        );
        assert_eq!((first.unwrap(), second.unwrap()), (TrancheState::Released, TrancheState::Released));
        assert_eq!((town.on("held:1"), town.on("bank:1")), (315_000, 9_685_000));
        assert_eq!(town.faults(), Vec::<String>::new());
    });
}

#[test]
fn a_voucher_is_stopped_with_the_reason_or_decided_by_another_person() {
    each_engine(|db| {
        let town = Town::new(db, None);
        town.in_force(1);
        town.source("public", "100000", "").unwrap();
        town.paid(1, 1).unwrap();
        let good = town.paper(&town.author, 1);
        let with = |change: &dyn Fn(&mut HandIn)| {
            let mut input = good.clone();
            change(&mut input);
            fields(town.handed(&town.author, 1, &input))
        };
        assert_eq!(with(&|v| v.amount = "-5".into()), ["amount: money-below-nothing"]);
        assert_eq!(with(&|v| v.amount = "0.005".into()), ["amount: money-below-a-fen"]);
        assert_eq!(with(&|v| v.amount = "9999999999999".into()), ["amount: money-too-much"]);
        assert_eq!(with(&|v| v.amount = "5000.01".into()), ["line: money-over-line"]);
        assert_eq!(with(&|v| (v.line, v.kind) = ("2".into(), "pay".into())), ["kind: money-pays-volunteer"]);
        assert_eq!(with(&|v| v.volunteer = "1".into()), ["kind: money-pays-volunteer"]);
        assert_eq!(
            with(&|v| (v.line, v.kind, v.amount) = ("2".into(), "meal".into(), "30.01".into())),
            ["amount: money-over-cap"]
        );
        assert_eq!(with(&|v| v.day = "2026-10-31".into()), ["day: money-outside-term"]);
        assert_eq!(with(&|v| v.day = "2026-12-31".into()), ["day: in-the-future"]);
        assert_eq!(with(&|v| v.witness = "甲".into()), ["witness: money-witness"]);
        assert_eq!(with(&|v| v.files.clear()), ["files: money-photo"]);
        assert_eq!(refused(town.handed(&town.stranger, 1, &good)), "not-allowed");

        let first = town.handed(&town.author, 1, &good).unwrap();
        assert_eq!(town.handed(&town.author, 1, &good).unwrap(), first, "a shaky line sends it twice");
        let again = HandIn { once: "x".into(), files: vec![town.photo(&town.author, 2)], ..good.clone() };
        assert_eq!(fields(town.handed(&town.author, 1, &again)), ["paper: money-seen-before"]);
        let picture =
            HandIn { once: "y".into(), paper: "NO9".into(), files: vec![town.photo(&town.author, 1)], ..good.clone() };
        assert_eq!(fields(town.handed(&town.author, 1, &picture)), ["files: money-picture-seen"]);

        let id = first.id.clone();
        let approved = |actor: &Actor| {
            let id = id.clone();
            town.act(actor, move |tx, cx, season| approve(tx, cx, (season, 1), &id))
        };
        assert_eq!(refused(approved(&town.author)), "not-allowed");
        assert_eq!(approved(&town.officer).unwrap().state, funds::voucher::State::Approved);
        assert_eq!(approved(&town.checker).unwrap().state, funds::voucher::State::Approved, "pressed twice");
        assert_eq!((town.on("spent:1:1"), town.on("held:1")), (10_000, 305_000));

        // the office enters one for the team: the same person does not approve it; refused, it can come again
        let theirs = town.handed(&town.officer, 1, &town.paper(&town.officer, 5)).unwrap();
        let id = theirs.id.clone();
        let own = town.act(&town.officer, move |tx, cx, season| approve(tx, cx, (season, 1), &id));
        assert_eq!(refused(own), "second-person-needed");
        let id = theirs.id.clone();
        let reason = RefuseVoucher { reason: "缺验收单".into() };
        town.act(&town.checker, move |tx, cx, season| refuse(tx, cx, (season, 1), (&id, &reason))).unwrap();
        let id = theirs.id.clone();
        let late = town.act(&town.checker, move |tx, cx, season| approve(tx, cx, (season, 1), &id));
        assert_eq!(refused(late), "voucher-decided");
        let again =
            HandIn { once: "z".into(), files: vec![town.photo(&town.officer, 5)], ..town.paper(&town.officer, 6) };
        let again = HandIn { paper: theirs.paper.clone(), ..again };
        assert_eq!(town.handed(&town.officer, 1, &again).unwrap().number, 3);
        assert_eq!(town.faults(), Vec::<String>::new());
    });
}

#[test]
fn a_terminated_project_gives_back_what_it_did_not_spend() {
    each_engine(|db| {
        let town = Town::new(db, None);
        town.in_force(1);
        town.source("public", "2000", "").unwrap();
        town.source("donor", "5000", "").unwrap();
        town.paid(1, 1).unwrap();
        let voucher = town.handed(&town.author, 1, &town.paper(&town.author, 1)).unwrap();
        let ending = |reason: &str| {
            let input = Terminate { reason: reason.into() };
            town.act(&town.officer, move |tx, cx, season| terminate(tx, cx, (season, 1), &input))
        };
        assert_eq!(refused(ending("停了")), "vouchers-waiting");
        town.act(&town.checker, move |tx, cx, season| approve(tx, cx, (season, 1), &voucher.id)).unwrap();
        assert_eq!(fields(ending(" ")), ["reason: required"]);
        town.confirmed(ending("团队解散")).unwrap();
        let ended = town.agreement(1);
        assert_eq!((ended.state, town.on("claim:1"), town.on("held:1")), (State::Terminated, 305_000, 0));
        assert_eq!(refused(town.handed(&town.author, 1, &town.paper(&town.author, 8))), "agreement-ended");
        let duty = ended.duty.clone().unwrap();
        let open = |db: &db::Db| {
            let duty = duty.clone();
            db.read_wait(move |s| matters::duty::queries::duty(s, &duty)).unwrap().state.is_open()
        };
        assert!(open(db));
        let back = |yuan: &str, once: &str| {
            let input = GiveBack { amount: yuan.into(), once: once.into() };
            town.confirmed(town.act(&town.officer, move |tx, cx, season| give_back(tx, cx, (season, 1), &input)))
        };
        assert_eq!(fields(back("3050.01", "a")), ["amount: money-over-held"]);
        back("1200", "b").unwrap();
        back("1200", "b").unwrap();
        // the donor's money comes back first: 1,150 of it were drawn
        assert_eq!((town.on("bank:2"), town.on("bank:1"), town.on("claim:1")), (500_000, 5_000, 185_000));
        assert!(open(db));
        back("1850", "c").unwrap();
        assert!(!open(db), "nothing is left to give back");
        assert_eq!(refused(town.act(&town.author, year_end)), "not-allowed");
        let lapsed = town.act(&town.officer, year_end).map(Option::unwrap);
        assert_eq!(town.confirmed(lapsed).unwrap().amount, Fen(190_000));
        assert_eq!(town.act(&town.officer, year_end).unwrap(), None);
        assert_eq!((town.on("back:1"), town.on("bank:2")), (190_000, 500_000));
        assert_eq!(town.faults(), Vec::<String>::new());
    });
}

#[test]
fn what_is_spent_before_it_is_paid_is_made_up_for_or_borne() {
    each_engine(|db| {
        let town = Town::new(db, Some(&signed_only()));
        town.in_force(2);
        town.source("public", "10000", "").unwrap();
        let spend = |seed: u32, yuan: &str| {
            let input = HandIn { amount: yuan.into(), ..town.paper(&town.author, seed) };
            let id = town.handed(&town.author, 2, &input).unwrap().id;
            town.act(&town.checker, move |tx, cx, season| approve(tx, cx, (season, 2), &id)).unwrap();
        };
        spend(1, "4000");
        assert_eq!((town.on("owed:2"), town.on("held:2")), (400_000, 0));
        town.paid(2, 1).unwrap();
        assert_eq!((town.on("owed:2"), town.on("held:2")), (0, 600_000));
        spend(2, "9000");
        assert_eq!((town.on("owed:2"), town.on("held:2")), (300_000, 0));
        let running = town.act(&town.officer, year_end);
        assert_eq!(refused(running), "agreements-running");
        town.confirmed(town.act(&town.officer, |tx, cx, season| settle(tx, cx, (season, 2)))).unwrap();
        let settled = town.agreement(2);
        assert_eq!((settled.state, settled.duty), (State::Settled, None));
        assert_eq!((town.on("owed:2"), town.on("borne:2")), (0, 300_000));
        assert_eq!(town.faults(), Vec::<String>::new());
    });
}

#[test]
fn leverage_counts_what_is_not_the_publics_and_each_kind_asks_for_what_it_needs() {
    each_engine(|db| {
        let town = Town::new(db, None);
        let given = || {
            let season = town.season.clone();
            db.read_wait(move |s| sources::given(s, &season)).unwrap()
        };
        assert_eq!(given().leverage(), None);
        assert_eq!(fields(town.source("own", "5", "")), ["project: required"]);
        assert_eq!(fields(town.source("own", "5", "1")), ["project: money-project-unknown"], "no agreement yet");
        assert_eq!(fields(town.source("public", "5", "1")), ["project: money-project-none"]);
        assert_eq!(fields(town.source("gold", "0", "")), ["kind: unknown-choice", "amount: money-of-nothing"]);
        town.in_force(1);
        for (kind, yuan, project) in
            [("public", "20000", ""), ("donor", "5000", ""), ("own", "1000", "1"), ("in-kind", "2000.50", "1")]
        {
            town.source(kind, yuan, project).unwrap();
        }
        assert_eq!(given().other(), Fen(800_050));
        assert_eq!(given().leverage(), Some((16_001, 40_000)));
        assert_eq!((town.on("used:1"), town.on("source:4")), (300_050, 200_050));
        assert_eq!(refused(town.act(&town.stranger, year_end)), "not-allowed");
        assert_eq!(town.faults(), Vec::<String>::new());
    });
}

#[test]
fn a_source_entered_by_mistake_is_taken_back_by_somebody_else_and_counts_nowhere() {
    each_engine(|db| {
        let town = Town::new(db, None);
        let given = || {
            let season = town.season.clone();
            db.read_wait(move |s| sources::given(s, &season)).unwrap()
        };
        let back = |actor: &Actor, number: u32, reason: &str| {
            let input = WithdrawSource { reason: reason.into() };
            town.act(actor, move |tx, cx, season| withdraw(tx, cx, (season, number), &input))
        };
        town.in_force(1);
        for (kind, yuan, project) in
            [("public", "20000", ""), ("donor", "5000", ""), ("donor", "5000", ""), ("own", "1000", "1")]
        {
            town.source(kind, yuan, project).unwrap();
        }
        assert_eq!(refused(back(&town.stranger, 3, "登记了两次")), "not-allowed");
        assert_eq!(refused(back(&town.officer, 3, "登记了两次")), "second-person-needed");
        assert_eq!(fields(back(&town.checker, 3, " ")), ["reason: required"]);
        assert_eq!(refused(back(&town.checker, 9, "没有")), "source-not-found");
        let gone = back(&town.checker, 3, "登记了两次").unwrap();
        assert!(gone.withdrawn.is_some());
        assert_eq!(back(&town.checker, 3, "再来一次").unwrap(), gone, "sent twice, gone once");
        assert_eq!((town.on("bank:3"), town.on("back:3"), given().donor), (0, 500_000, Fen(500_000)));
        // own money counts for its project no longer either
        back(&town.checker, 4, "不是这个项目的").unwrap();
        assert_eq!((town.on("used:1"), given().own), (0, Fen(0)));
        // what was paid out of it keeps a source where it is
        town.paid(1, 1).unwrap();
        assert_eq!(refused(back(&town.checker, 1, "想撤")), "source-used");
        assert_eq!(town.faults(), Vec::<String>::new());
    });
}
