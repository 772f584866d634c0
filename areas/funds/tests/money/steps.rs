//! What one person proposes another confirms: returns, settling, terminating, the end of a year.

use db::Fault;
use funds::{
    agreement::State,
    ending::{
        Step, StepId, StepKind, StepState,
        confirm::{confirm, recall},
        end::{Terminate, settle, terminate},
        give_back::{GiveBack, give_back},
        queries,
        year_end::year_end,
    },
    source::queries as sources,
};
use kernel::{Actor, Fen, Post, Role};
use testkit::story::{each_engine, meanwhile, refused};

use crate::support::{Town, signed_only, somebody};

impl Town {
    fn back(&self, yuan: &str, once: &str) -> Result<Step, Fault> {
        let input = GiveBack { amount: yuan.into(), once: once.into() };
        self.act(&self.officer, move |tx, cx, season| give_back(tx, cx, (season, 1), &input))
    }

    fn settle(&self) -> Result<Step, Fault> {
        self.act(&self.officer, |tx, cx, season| settle(tx, cx, (season, 1)))
    }

    fn confirms(&self, who: &Actor, id: &StepId) -> Result<Step, Fault> {
        let id = id.clone();
        self.act(who, move |tx, cx, season| confirm(tx, cx, (season, &id)))
    }

    fn recalls(&self, who: &Actor, id: &StepId) -> Result<Step, Fault> {
        let id = id.clone();
        self.act(who, move |tx, cx, season| recall(tx, cx, (season, &id)))
    }

    fn waiting(&self) -> Vec<(u32, StepKind)> {
        let season = self.season.clone();
        let found = self.db.read_wait(move |s| queries::all_waiting(s, &season)).unwrap();
        found.into_iter().map(|step| (step.project, step.kind)).collect()
    }
}

#[test]
fn nothing_moves_before_a_second_person_confirms_it() {
    each_engine(|db| {
        let town = Town::new(db, Some(&signed_only()));
        town.in_force(1);
        town.source("public", "4000", "").unwrap();
        town.paid(1, 1).unwrap();
        assert_eq!(refused(town.act(&town.author, |tx, cx, season| settle(tx, cx, (season, 1)))), "not-allowed");
        let step = town.back("100", "a").unwrap();
        assert_eq!((step.kind, step.state, step.amount), (StepKind::Returned, StepState::Proposed, Fen(10_000)));
        assert_eq!((town.on("held:1"), town.waiting()), (315_000, vec![(1, StepKind::Returned)]));
        assert_eq!(town.back("100", "a").unwrap(), step, "sent twice, proposed once");
        // one after the other, so that what is confirmed is what was seen
        assert_eq!(refused(town.back("200", "b")), "step-waits");
        assert_eq!(refused(town.settle()), "step-waits");
        for (who, code) in [
            (&town.officer, "second-person-needed"),
            (&town.author, "not-allowed"),
            (&town.stranger, "not-allowed"),
            (&Actor::Visitor, "sign-in-first"),
            (&Actor::Operator, "second-person-needed"),
        ] {
            assert_eq!(refused(town.confirms(who, &step.id)), code);
        }
        assert_eq!(refused(town.recalls(&town.author, &step.id)), "not-allowed");
        assert_eq!(town.on("held:1"), 315_000);
        let done = town.confirms(&town.checker, &step.id).unwrap();
        assert_eq!((done.state, town.on("held:1"), town.waiting()), (StepState::Confirmed, 305_000, vec![]));
        assert_eq!(town.confirms(&town.checker, &step.id).unwrap(), done, "pressed twice");
        assert_eq!(town.confirms(&town.officer, &step.id).unwrap(), done);
        assert_eq!(town.back("100", "a").unwrap(), done, "also afterwards");
        assert_eq!(town.on("held:1"), 305_000);
        assert_eq!(refused(town.recalls(&town.officer, &step.id)), "step-confirmed");
        assert_eq!(town.faults(), Vec::<String>::new());
    });
}

#[test]
fn an_account_is_closed_over_the_money_that_was_seen_and_by_nobody_with_a_part_in_the_project() {
    each_engine(|db| {
        let town = Town::new(db, Some(&signed_only()));
        town.in_force(1);
        town.source("public", "9000", "").unwrap();
        town.paid(1, 1).unwrap();
        let step = town.settle().unwrap();
        assert_eq!((step.amount, town.agreement(1).state), (Fen(315_000), State::Signed));
        assert_eq!(town.settle().unwrap(), step);
        // who wrote the proposal does not confirm its end, officer or not
        let mut author = (*town.author.principal().unwrap()).clone();
        author.posts.push(Post { role: Role::Officer, place: town.place.clone() });
        assert_eq!(refused(town.confirms(&Actor::Person(author.into()), &step.id)), "not-allowed");
        // more was paid out since
        town.paid(1, 2).unwrap();
        assert_eq!(refused(town.confirms(&town.checker, &step.id)), "step-money-moved");
        assert_eq!(town.recalls(&town.officer, &step.id).unwrap().state, StepState::Recalled);
        assert_eq!(town.recalls(&town.checker, &step.id).unwrap().state, StepState::Recalled, "pressed twice");
        assert_eq!(refused(town.confirms(&town.checker, &step.id)), "step-recalled");
        let step = town.settle().unwrap();
        assert_eq!(step.amount, Fen(567_000));
        // a paper that came in meanwhile is decided first
        let voucher = town.handed(&town.author, 1, &town.paper(&town.author, 1)).unwrap();
        assert_eq!(refused(town.confirms(&town.checker, &step.id)), "vouchers-waiting");
        let id = voucher.id;
        let no = funds::voucher::decide::RefuseVoucher { reason: "看不清".into() };
        town.act(&town.checker, move |tx, cx, season| funds::voucher::decide::refuse(tx, cx, (season, 1), (&id, &no)))
            .unwrap();
        let done = town.confirms(&town.checker, &step.id).unwrap();
        let settled = town.agreement(1);
        assert_eq!((settled.state, town.on("claim:1"), settled.duty.is_some()), (State::Settled, 567_000, true));
        assert_eq!(town.settle().unwrap(), done, "settled is settled");
        let late = Terminate { reason: "还要终止".into() };
        let late = town.act(&town.officer, move |tx, cx, season| terminate(tx, cx, (season, 1), &late));
        assert_eq!(refused(late), "agreement-ended");
        assert_eq!(town.faults(), Vec::<String>::new());
    });
}

#[test]
fn the_years_rest_goes_back_when_two_have_agreed_on_the_sum() {
    each_engine(|db| {
        let town = Town::new(db, None);
        town.source("public", "50", "").unwrap();
        let step = town.act(&town.officer, year_end).unwrap().unwrap();
        assert_eq!((step.amount, step.project, town.on("bank:1")), (Fen(5_000), 0, 5_000));
        town.source("public", "30", "").unwrap();
        assert_eq!(refused(town.confirms(&town.checker, &step.id)), "step-money-moved");
        assert_eq!(refused(town.act(&town.checker, year_end)), "step-waits", "not over another sum");
        town.recalls(&town.checker, &step.id).unwrap();
        let step = town.act(&town.checker, year_end).unwrap().unwrap();
        assert_eq!(refused(town.confirms(&town.checker, &step.id)), "second-person-needed");
        town.confirms(&town.officer, &step.id).unwrap();
        let season = town.season.clone();
        let given = db.read_wait(move |s| sources::given(s, &season)).unwrap();
        assert_eq!((town.on("bank:1"), town.on("bank:2"), given.public), (0, 0, Fen(0)));
        // a step of one season is none of another's
        let other = Town::new(db, None);
        assert_eq!(refused(other.confirms(&other.checker, &step.id)), "step-not-found");
        assert_eq!(town.faults(), Vec::<String>::new());
    });
}

#[test]
fn two_who_confirm_at_once_do_it_once() {
    each_engine(|db| {
        let town = Town::new(db, Some(&signed_only()));
        town.in_force(1);
        town.source("public", "4000", "").unwrap();
        town.paid(1, 1).unwrap();
        let third = somebody(db, &town.place, "第三人", vec![Post { role: Role::Officer, place: town.place.clone() }]);
        let step = town.back("15", "").unwrap();
        let id = step.id.clone();
        let (first, second) = meanwhile(
            |open| {
                town.act(&town.checker, move |tx, cx, season| {
                    let done = confirm(tx, cx, (season, &id));
                    open.wait();
                    done
                })
            },
            || town.confirms(&third, &step.id),
        );
        assert_eq!((first.unwrap().state, second.unwrap().state), (StepState::Confirmed, StepState::Confirmed));
        assert_eq!((town.on("held:1"), town.faults()), (313_500, Vec::<String>::new()));
    });
}
