//! A closed review is counted again from its sheets, and whatever somebody changed afterwards is found.

use std::sync::atomic::AtomicU64;

use decisions::review::recount::{Recounted, recount};
use kernel::{Clock, Instant};
use ledger::{note::Signer, sequencer::Sequencer};
use matters::verdict::{
    queries::latest,
    recompute::{Answer, Methods, recompute},
};

use super::*;

struct Still;

impl Clock for Still {
    fn now(&self) -> Instant {
        testkit::START
    }
}

macro_rules! sql {
    ($($name:ident = $sql:expr;)*) => {
        $(static $name: Statement = Statement { name: stringify!($name), module: "recounted", sql: $sql };)*
    };
}

sql! {
    SCORE = "UPDATE score_sheets SET scores = '1,1,1,1,1,1,1' WHERE home = ?1 AND season = ?2 AND project = 1";
    SCORE_BACK = "UPDATE score_sheets SET scores = '6,6,6,6,6,6,6' WHERE home = ?1 AND season = ?2 AND project = 1";
    RANK = "UPDATE review_lines SET line = replace(line, '\"rank\":1', '\"rank\":2') WHERE home = ?1 AND season = ?2";
    RANK_BACK = "UPDATE review_lines SET line = replace(line, '\"rank\":2', '\"rank\":1') \
                 WHERE home = ?1 AND season = ?2 AND position = 1";
    REGISTER = "UPDATE verdict_records SET inputs = ?3 WHERE home = ?1 AND subject = ?2";
}

#[test]
fn a_closed_review_is_counted_again_and_what_was_changed_is_found() {
    each_engine(|db| {
        let panel = Panel::new(db);
        (0..4).for_each(|who| panel.seat(who));
        panel.three_score();
        panel.declare(3, &[(2, Conflict::Kin)]).unwrap();
        panel.score(3, 1, 6).unwrap();
        assert_eq!(recount(db).unwrap(), (vec![], vec![]), "an open review has nothing to be counted again");
        panel.close_as(&panel.officer).unwrap();
        let found = || {
            let (confirmed, faults) = recount(db).unwrap();
            (confirmed.len(), faults.into_iter().map(|fault| fault.what).collect::<Vec<_>>())
        };
        assert_eq!(found(), (0, vec!["the log does not tell of its close".to_owned()]));
        let signer = Signer::new("linli.example/log/1", &[7; 32]).unwrap();
        Sequencer::new(db, signer, "story".into(), Arc::new(Still)).unwrap().drain().unwrap();
        let again = || {
            let id = panel.season.clone();
            let (of, kind) = (id.clone(), "season-review");
            let verdict = db.read_wait(move |s| latest(s, of.home(), (of.as_str(), kind))).unwrap().unwrap();
            recompute(db, Methods::new(&[decisions::METHODS]), &verdict, &AtomicU64::new(0))
        };
        let differs = || match again() {
            Answer::Differs { what, .. } => what.into_iter().map(|one| one.member).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert!(matches!(again(), Answer::Equal { beside, .. } if beside.is_empty()), "all of the record is computed");
        let same = Recounted { season: panel.season.clone(), n_sheets: 10, n_ranked: 3, n_proposed: 3 };
        assert_eq!(recount(db).unwrap(), (vec![same], vec![]));
        let change = |statement: &'static Statement| {
            let id = panel.season.clone();
            let done = act(db, Actor::Operator, move |tx, _| {
                tx.execute(statement, db::params![id.home(), &id]).map_err(Fault::from)
            });
            assert!(done.unwrap() > 0, "{}", statement.sql);
        };
        for (there, back, what) in [
            (&SCORE, &SCORE_BACK, "its review does not hold: the digest of the inputs differs"),
            (&RANK, &RANK_BACK, "its review does not hold: the ranking on the pages differs"),
        ] {
            change(there);
            assert_eq!(found(), (0, vec![what.to_owned()]));
            if std::ptr::eq(there, &SCORE) {
                assert!(differs().contains(&"inputs".to_owned()), "{:?}", differs());
            }
            change(back);
            assert_eq!(found(), (1, vec![]));
        }
        let id = panel.season.clone();
        let changed = act(db, Actor::Operator, move |tx, _| {
            tx.execute(&REGISTER, db::params![id.home(), &id, &[9_u8; 32]]).map_err(Fault::from)
        });
        assert_eq!(changed.unwrap(), 1);
        let what = "its review does not hold: the register has another digest, or none";
        assert_eq!(found(), (0, vec![what.to_owned()]));
        assert_eq!(differs(), ["inputs", "log"], "the entry of the log still says what was recorded");
    });
}
