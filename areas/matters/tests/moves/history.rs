//! A place with years of history moves: its records follow in steps.

use db::Db;
use kernel::{Actor, Day, PlaceId};
use matters::{
    attendance::{self, record::record},
    duty::{
        self,
        queries::{Filter as Due, Scope},
    },
    matter,
};
use places::Place;

use super::{
    DAY, FOLLOWERS, move_to, shown, signed,
    support::{self, Town, act, at, each_engine, lamp, opened, place},
};

/// Copies of rows, as years bring them.
mod years {
    macro_rules! sql {
        ($($name:ident = $sql:expr;)*) => {
            $(pub static $name: db::Statement = db::Statement { name: stringify!($name), module: "stories", sql: $sql };)*
        };
    }
    sql! {
        MATTERS = "INSERT INTO matters (home, id, number, place, path, title, kind, stage, state, joined_into, author, \
                   anonymous, entered_by, source, once, steps, waits, round, opened_at, opened_day, changed_at, \
                   closed_at, closed_day, closed_by, outcome, grade) \
                   SELECT home, ?3, ?3, place, path, title, kind, stage, state, joined_into, author, anonymous, entered_by, \
                   source, ?3, steps, waits, round, opened_at, opened_day, changed_at, closed_at, closed_day, closed_by, \
                   outcome, grade FROM matters WHERE home = ?1 AND id = ?2";
        DUTIES = "INSERT INTO duties (home, id, place, path, matter, title, kind, by_answer, holder_kind, holder, \
                  holder_home, given_by, rule, start_at, start_day, extensions, extended, may_extend, pauses, due_at, \
                  due_day, amber_from, provisional, state, ended_at, ended_day, evidence, plan, period, wanted, done, \
                  steps, once, page) SELECT home, ?3, place, path, matter, title, kind, by_answer, holder_kind, holder, \
                  holder_home, given_by, rule, start_at, start_day, extensions, extended, may_extend, pauses, due_at, \
                  due_day, amber_from, provisional, state, ended_at, ended_day, evidence, plan, period, wanted, done, \
                  steps, ?3, page FROM duties WHERE home = ?1 AND id = ?2";
        VISITS = "INSERT INTO attendance (home, who, id, event_kind, event, person, mark, way, estimated, basis, \
                  headcount, direct, place, path, at, day, recorded_by, struck_at, struck_reason) SELECT home, ?3, ?3, \
                  event_kind, event, person, mark, way, estimated, basis, headcount, direct, place, path, at, day, \
                  recorded_by, struck_at, struck_reason FROM attendance WHERE home = ?1 AND id = ?2";
        STALE = "SELECT COUNT(*) FROM attendance a JOIN places p ON p.id = a.place WHERE a.home = ?1 AND a.path <> p.path";
    }
}

/// Matters, open duties, duties of the board, visits and rows of visits: as a page of the place tells them.
fn told(db: &Db, id: &PlaceId) -> [u64; 5] {
    let (id, mut before, mut n_matters) = (id.clone(), None, 0);
    let place = {
        let id = id.clone();
        db.read_wait(move |s| Ok::<_, db::DbError>(shown(s, &id))).unwrap()
    };
    loop {
        let (place, filter) = (place.clone(), matter::queries::Filter { before, ..Default::default() });
        let page = db.read_wait(move |s| matter::queries::page(s, place.home, &place.path, &filter)).unwrap();
        n_matters += u64::try_from(page.len()).unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.matter.id.clone());
    }
    let day = |day| Day::parse(day).unwrap();
    db.read_wait(move |s| {
        let Place { home, path, .. } = shown(s, &id);
        let below = Scope::Below(path.clone());
        let counts = duty::queries::counts(s, home, at(DAY), &below)?;
        let listed = duty::queries::page(s, (home, at(DAY)), &below, &Due::default(), 5_000)?;
        let open = counts.red + counts.amber + counts.green;
        assert_eq!(u64::try_from(listed.len()).unwrap(), open);
        let cells = duty::queries::board(s, (home, at(DAY)), &path, (&day("2026-01-01"), &day("2027-01-01")))?;
        let board = cells.iter().map(|cell| cell.red + cell.amber + cell.green).sum();
        let range = attendance::queries::Range { home, path, from: day("2026-01-01"), until: day("2027-01-01") };
        let figures = attendance::queries::figures(s, &range)?;
        let rows = attendance::queries::rows(s, &range, false, None)?.len();
        Ok::<_, db::DbError>([n_matters, open, board, figures.visits, u64::try_from(rows).unwrap()])
    })
    .unwrap()
}

#[test]
fn much_history_follows_in_steps_and_no_list_is_wrong_meanwhile() {
    use std::sync::Arc;
    use work::jobs::{Runner, Setup, Step};
    struct Noon;
    impl kernel::Clock for Noon {
        fn now(&self) -> kernel::Instant {
            kernel::Instant(at(DAY).0 + 3_600_000_000)
        }
    }
    each_engine(|db| {
        let town = Town::new(db);
        let other = place(db, None, places::Level::Subdistrict, "柳荫里街道");
        let worker = town.worker_of(&town.east);
        let matter = opened(db, &town.resident(), DAY, lamp(&town.east)).unwrap().id;
        let (at_east, holder) = (town.east.clone(), duty::Holder::Person(worker.person().unwrap().clone()));
        let given = act(db, &worker, DAY, move |tx, cx| {
            let rule = work::clock::Rule::WithinWorkdays(5);
            let new = duty::give::GiveDuty {
                title: "查路灯".into(),
                kind: "check".into(),
                ..duty::give::GiveDuty::new(at_east.clone(), holder.clone(), &rule)
            };
            support::reckoned(&[], |r| duty::give::give(tx, cx, r, &new))
        });
        let input = signed(&town.east, "纸1");
        let came = act(db, &worker, DAY, move |tx, cx| record(tx, cx, &input)).unwrap();
        let rows = [
            (&years::MATTERS, matter.to_string(), 299),
            (&years::DUTIES, given.unwrap().id.to_string(), 399),
            (&years::VISITS, came.id.to_string(), 1_499),
        ];
        let home = town.home();
        act(db, &Actor::Operator, DAY, move |tx, _| {
            for (copy, first, n) in &rows {
                for n in 0..*n {
                    tx.execute(copy, db::params![home, first, &format!("{home}-{n:0>20}")])?;
                }
            }
            Ok(())
        })
        .unwrap();
        let full = [300, 400, 400, 1_500, 50];
        assert_eq!((told(db, &town.street), told(db, &other)), (full, [0; 5]));
        let setup = Setup {
            db: db.clone(),
            clock: Arc::new(Noon),
            entropy: testkit::story::entropy,
            offset_minutes: support::OFFSET,
            holder: "story".into(),
        };
        let runner = Runner::new(setup, vec![Box::new(places::Bring(FOLLOWERS))]);
        let stale = || db.read_wait(move |s| s.one::<(u64,)>(&years::STALE, db::params![home])).unwrap().0;
        let is_moving = || db.read_wait(places::queries::is_moving).unwrap();

        move_to(db, &town.east, &other);
        let mut steps = 0;
        loop {
            assert_eq!(
                (told(db, &town.street), told(db, &other), told(db, &town.east)),
                ([0; 5], full, full),
                "{steps}"
            );
            let (id, now) = (matter.clone(), other.clone());
            let site = db.read_wait(move |s| Ok::<_, db::Fault>(matter::queries::matter(s, &id)?.site()?)).unwrap();
            assert!(site.is_within(&now), "who decides is known at once");
            if !is_moving() {
                break;
            }
            assert!(stale() > 0, "what is there already needs no other way to look");
            assert!(matches!(runner.step().unwrap(), Step::Done(_)));
            steps += 1;
        }
        assert_eq!((stale(), steps), (0, 3), "1,500 rows: 250 at once, then 600 a step");
        assert!(matches!(runner.step().unwrap(), Step::Idle));

        // back, and on again before the first has come
        move_to(db, &town.east, &town.street);
        move_to(db, &town.east, &other);
        assert_eq!((told(db, &town.street), told(db, &other)), ([0; 5], full));
        while let Step::Done(_) = runner.step().unwrap() {
            assert_eq!((told(db, &town.street), told(db, &other)), ([0; 5], full));
        }
        assert_eq!((stale(), is_moving()), (0, false));
    });
}
