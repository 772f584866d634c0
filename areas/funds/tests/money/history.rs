//! Whatever happens in whatever order: the trial balance is nothing, and each account is what its postings say.

use db::Fault;
use funds::{
    ending::{
        Step, StepId,
        confirm::{confirm, recall as recall_step},
        end::{Terminate, settle, terminate},
        give_back::{GiveBack, give_back},
        year_end::year_end,
    },
    tranche::propose::recall,
    voucher::{
        VoucherId,
        decide::{RefuseVoucher, approve, refuse},
        hand_in::HandIn,
    },
};
use kernel::Chance;
use testkit::story::each_engine;

use crate::support::{Town, signed_only};

/// A number below `n`.
fn below(chance: &mut Chance, n: u32) -> u32 {
    u32::try_from(chance.bits128() % u128::from(n)).unwrap()
}

struct History {
    town: Town,
    chance: Chance,
    vouchers: Vec<(u32, VoucherId)>,
    steps: Vec<StepId>,
    n_done: u32,
    seed: u32,
}

impl History {
    fn note<T>(&mut self, answer: Result<T, Fault>) {
        match answer {
            Ok(_) => self.n_done += 1,
            Err(Fault::Refused(_)) => {}
            Err(fault) => panic!("{fault:?}"),
        }
    }

    fn yuan(&mut self) -> String {
        format!("{}.{:02}", below(&mut self.chance, 3_000), below(&mut self.chance, 100))
    }

    fn step(&mut self) {
        let project = below(&mut self.chance, 2) + 1;
        let (what, yuan) = (below(&mut self.chance, 12), self.yuan());
        match what {
            0 => {
                let kind = ["public", "donor", "own", "in-kind"][below(&mut self.chance, 4) as usize];
                let of = if kind.len() == 5 && kind == "donor" || kind == "public" { "" } else { "1" };
                let done = self.town.source(kind, &yuan, of);
                self.note(done);
            }
            1 | 2 => {
                let tranche = below(&mut self.chance, 3) + 1;
                let done = self.town.paid(project, tranche);
                self.note(done);
            }
            3 => {
                let tranche = below(&mut self.chance, 3) + 1;
                let done =
                    self.town.act(&self.town.officer, move |tx, cx, season| recall(tx, cx, (season, project, tranche)));
                self.note(done);
            }
            4..=6 => {
                self.seed += 1;
                let input = HandIn { amount: yuan, ..self.town.paper(&self.town.author, self.seed) };
                match self.town.handed(&self.town.author, project, &input) {
                    Ok(voucher) => self.vouchers.push((project, voucher.id)),
                    other => self.note(other),
                }
            }
            7 | 8 => self.decide(what == 7 || below(&mut self.chance.clone(), 2) == 0),
            9 => {
                let input = GiveBack { amount: yuan, once: String::new() };
                let done = self
                    .town
                    .act(&self.town.officer, move |tx, cx, season| give_back(tx, cx, (season, project), &input));
                self.decide_step(done.map(Some));
            }
            10 => {
                let done = self.town.act(&self.town.officer, year_end);
                self.decide_step(done);
            }
            // rarely, so that there is something before the end
            _ if below(&mut self.chance, 6) == 0 => {
                let done = self.town.act(&self.town.officer, move |tx, cx, season| match project {
                    1 => settle(tx, cx, (season, project)),
                    _ => terminate(tx, cx, (season, project), &Terminate { reason: "到此为止".into() }),
                });
                self.decide_step(done.map(Some));
            }
            _ => {}
        }
    }

    /// What was proposed is confirmed, taken back, or waits until something else has happened.
    fn decide_step(&mut self, proposed: Result<Option<Step>, Fault>) {
        if let Ok(Some(step)) = &proposed {
            self.steps.push(step.id.clone());
        }
        self.note(proposed);
        let what = below(&mut self.chance, 8);
        if what == 0 || self.steps.is_empty() {
            return;
        }
        let (id, verb) = (self.steps.remove(0), if what == 1 { recall_step } else { confirm });
        let done = self.town.act(&self.town.checker, move |tx, cx, season| verb(tx, cx, (season, &id)));
        self.note(done);
    }

    fn decide(&mut self, yes: bool) {
        if self.vouchers.is_empty() {
            return;
        }
        let at = below(&mut self.chance, u32::try_from(self.vouchers.len()).unwrap()) as usize;
        let (project, id) = self.vouchers[at].clone();
        let done = self.town.act(&self.town.checker, move |tx, cx, season| {
            let reason = RefuseVoucher { reason: "不清楚".into() };
            if yes {
                approve(tx, cx, (season, project), &id)
            } else {
                refuse(tx, cx, (season, project), (&id, &reason))
            }
        });
        self.note(done);
    }
}

#[test]
fn the_trial_balance_is_nothing_after_each_step_of_any_history() {
    each_engine(|db| {
        let template = signed_only();
        for run in 0..3 {
            let town = Town::new(db, Some(&template));
            town.in_force(1);
            town.in_force(2);
            town.source("public", "9000", "").unwrap();
            let mut history = History {
                town,
                chance: Chance::seeded(run),
                vouchers: Vec::new(),
                steps: Vec::new(),
                n_done: 0,
                seed: u32::try_from(run).unwrap() * 1_000 + 11,
            };
            for step in 0..80 {
                history.step();
                assert_eq!(history.town.faults(), Vec::<String>::new(), "run {run}, step {step}");
            }
            assert!(history.n_done >= 10, "a history in which {} things were done tells nothing", history.n_done);
        }
    });
}
