//! Jobs: asked for with the change, done once it is kept, at least once and never by two at a time.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering::SeqCst},
        mpsc,
    },
    time::Duration,
};

use db::{DbError, Fault, Statement, params};
use kernel::{Actor, Clock, Id, Kind, Refusal};
use work::{
    commands::{discard_job::discard_job, retry_job::retry_job},
    jobs::{Asked, Failure, JobId, MAX_ATTEMPTS, New, Outcome, Step, enqueue},
    queries,
};

use crate::support::{HOME, Hand, Runs, act, ask, asked, does, each_engine, entries, refused, runner, site, stored};

static PUT: Statement =
    Statement { name: "PUT", module: "stories", sql: "INSERT INTO settings (name, value) VALUES (?1, ?2)" };
static COUNT: Statement = Statement { name: "COUNT", module: "stories", sql: "SELECT count(*) FROM settings" };

#[test]
fn a_job_is_done_once_its_change_is_kept_and_not_when_it_is_undone() {
    each_engine(|db| {
        let undone: Result<(), Fault> = act(db, Actor::Operator, |tx, cx| {
            let new = New { home: HOME, kind: "a", payload: &1, dedup: None, run_at: None };
            enqueue(tx, cx, &new)?;
            Err(Refusal::new(Kind::Conflict, "no").into())
        });
        assert_eq!(refused(undone), "no");
        let id = asked(db, "a");
        let (runs, clock) = (Runs::default(), Hand::new());
        let note = runs.clone();
        let runner = runner(
            db,
            &clock,
            vec![does("a", move |job| {
                assert_eq!((job.attempt, job.read::<String>().unwrap().as_str()), (1, "it"));
                note.note(job);
                Ok(Outcome::Done)
            })],
        );
        assert_eq!(runner.step(), Ok(Step::Done(id.clone())));
        assert_eq!(runner.step(), Ok(Step::Idle));
        assert_eq!((runs.all(), runs.of(&id)), (vec![1], 1));
        let (state, attempts, payload, _) = stored(db, &id).unwrap();
        assert_eq!((state.as_str(), attempts, payload.as_str()), ("done", 1, ""), "what it held is forgotten");
    });
}

#[test]
fn the_same_key_asks_once_until_the_job_is_forgotten() {
    each_engine(|db| {
        let Asked::Queued(first) = ask(db, "a", "x", Some("k")) else { panic!("not queued") };
        assert_eq!(ask(db, "a", "y", Some("k")), Asked::Before);
        assert!(matches!(ask(db, "b", "x", Some("k")), Asked::Queued(_)), "another kind");
        let clock = Hand::new();
        let runner = runner(db, &clock, vec![does("a", |_| Ok(Outcome::Done)), does("b", |_| Ok(Outcome::Done))]);
        runner.step().unwrap();
        runner.step().unwrap();
        assert_eq!(ask(db, "a", "y", Some("k")), Asked::Before, "also when it is done");
        clock.on(7 * 86_400);
        runner.step().unwrap();
        assert!(stored(db, &first).is_some(), "seven days to the second");
        clock.on(700);
        runner.step().unwrap();
        assert_eq!(stored(db, &first), None);
        assert!(matches!(ask(db, "a", "y", Some("k")), Asked::Queued(_)));
    });
}

#[test]
fn a_job_waits_for_its_time() {
    each_engine(|db| {
        let (clock, id) = (Hand::new(), asked(db, "a"));
        let again = clock.clone();
        let later = AtomicU32::new(0);
        let work = does("a", move |job| {
            assert_eq!(job.attempt, 1, "what was put back is not a failure");
            let soon = kernel::Instant(again.now().0 + 60_000_000);
            Ok(if later.fetch_add(1, SeqCst) < 12 { Outcome::Later(soon) } else { Outcome::Done })
        });
        let runner = runner(db, &clock, vec![work]);
        for _ in 0..12 {
            assert_eq!(runner.step(), Ok(Step::Later(id.clone())));
            clock.on(59);
            assert_eq!(runner.step(), Ok(Step::Idle));
            clock.on(1);
        }
        assert_eq!(runner.step(), Ok(Step::Done(id.clone())));
    });
}

#[test]
fn what_fails_is_tried_again_and_again_and_then_somebody_has_to_look() {
    each_engine(|db| {
        let (clock, id) = (Hand::new(), asked(db, "a"));
        let fine = Arc::new(AtomicBool::new(false));
        let mended = fine.clone();
        let runner = runner(
            db,
            &clock,
            vec![does("a", move |job| match (mended.load(SeqCst), job.attempt % 2) {
                (true, _) => Ok(Outcome::Done),
                (false, 0) => panic!("a fault of the program"),
                (false, _) => Err(Failure::again("the line is down")),
            })],
        );
        for attempt in 1..MAX_ATTEMPTS {
            assert_eq!(runner.step(), Ok(Step::Failed(id.clone())), "{attempt}");
            let wait = 10 << (attempt - 1);
            clock.on(wait - 1);
            assert_eq!(runner.step(), Ok(Step::Idle), "{attempt}: not before {wait} s");
            clock.on(1 + wait / 4 + 1);
        }
        assert_eq!(runner.step(), Ok(Step::Dead(id.clone())));
        clock.on(86_400);
        assert_eq!(runner.step(), Ok(Step::Idle));
        let dead = db.read_wait(|s| queries::dead(s, None)).unwrap();
        assert_eq!((dead.len(), &dead[0].id, dead[0].attempts, dead[0].error.as_str()), (1, &id, 8, "panicked"));
        assert_eq!(db.read_wait(queries::job_counts).unwrap(), queries::JobCounts { open: 0, dead: 1 });

        let (one, place) = (id.clone(), site());
        let by = |actor| {
            let (one, place) = (one.clone(), place.clone());
            act(db, actor, move |tx, cx| retry_job(tx, cx, &place, &one))
        };
        assert_eq!(refused(by(Actor::Visitor)), "sign-in-first");
        by(Actor::Operator).unwrap();
        assert_eq!(refused(by(Actor::Operator)), "job-not-found", "it is not dead any more");
        fine.store(true, SeqCst);
        assert_eq!(runner.step(), Ok(Step::Done(id.clone())));
        assert_eq!(entries(db), ["job.retried"]);
    });
}

#[test]
fn what_can_never_work_is_dead_at_once_and_can_be_discarded() {
    each_engine(|db| {
        let id = asked(db, "a");
        let unknown = asked(db, "nobody-does-this");
        let runner = runner(db, &Hand::new(), vec![does("a", |job| job.read::<u64>().map(|_| Outcome::Done))]);
        let steps = [runner.step().unwrap(), runner.step().unwrap()];
        assert!(steps.contains(&Step::Dead(id.clone())), "{steps:?}");
        assert!(steps.contains(&Step::Failed(unknown.clone())), "a newer node may know it: {steps:?}");
        let discard = |id: &JobId, actor| {
            let (id, place) = (id.clone(), site());
            act(db, actor, move |tx, cx| discard_job(tx, cx, &place, &id))
        };
        assert_eq!(refused(discard(&id, Actor::Voter)), "not-allowed");
        assert_eq!(refused(discard(&unknown, Actor::Operator)), "job-not-found", "it is not dead");
        let elsewhere: JobId = Id::random(kernel::Home(9), &mut kernel::Chance::seeded(3));
        assert_eq!(refused(discard(&elsewhere, Actor::Operator)), "job-not-found", "another home's");
        discard(&id, Actor::Operator).unwrap();
        assert_eq!(stored(db, &id), None);
        assert_eq!(entries(db), ["job.discarded"]);
    });
}

#[test]
fn what_is_kept_with_the_end_is_kept_with_it_or_not_at_all() {
    each_engine(|db| {
        let id = asked(db, "a");
        let runner = runner(
            db,
            &Hand::new(),
            vec![does("a", |_| {
                Ok(Outcome::Keep(Box::new(|tx, _| {
                    tx.execute(&PUT, params!["half", "x"])?;
                    Err(Refusal::new(Kind::Conflict, "wrong-phase").into())
                })))
            })],
        );
        assert_eq!(runner.step(), Ok(Step::Dead(id.clone())));
        let rows: (i64,) = db.read_wait(|s| s.one(&COUNT, &[])).map_err(|e: DbError| e).unwrap();
        assert_eq!(rows.0, 0);
        let (state, _, payload, error) = stored(db, &id).unwrap();
        assert_eq!((state.as_str(), payload.as_str()), ("dead", "\"it\""));
        assert!(error.contains("wrong-phase"));
    });
}

#[test]
fn who_lost_the_lease_keeps_nothing() {
    each_engine(|db| {
        let (clock, id) = (Hand::new(), asked(db, "a"));
        let fast = runner(
            db,
            &clock,
            vec![does("a", |job| {
                assert_eq!(job.attempt, 2);
                Ok(Outcome::Keep(Box::new(|tx, _| Ok(tx.execute(&PUT, params!["fast", "x"]).map(|_| ())?))))
            })],
        );
        let (watch, fast) = (clock.clone(), Arc::new(fast));
        let other = fast.clone();
        let slow = runner(
            db,
            &clock,
            vec![does("a", move |job| {
                watch.on(299);
                assert_eq!(other.step(), Ok(Step::Idle), "the lease is not over");
                watch.on(1);
                assert_eq!(other.step(), Ok(Step::Done(job.id.clone())));
                Ok(Outcome::Keep(Box::new(|tx, _| Ok(tx.execute(&PUT, params!["slow", "x"]).map(|_| ())?))))
            })],
        );
        assert_eq!(slow.step(), Ok(Step::LeaseLost(id.clone())));
        let rows: (i64,) = db.read_wait(|s| s.one(&COUNT, &[])).map_err(|e: DbError| e).unwrap();
        assert_eq!(rows.0, 1, "only the fast one's");
    });
}

#[test]
fn what_kills_its_process_each_time_is_not_run_for_ever() {
    each_engine(|db| {
        let (clock, id) = (Hand::new(), asked(db, "a"));
        let runs = Runs::default();
        let mut stuck = Vec::new();
        for _ in 0..MAX_ATTEMPTS {
            let (begun, wait) = mpsc::channel();
            let (release, hold) = mpsc::channel::<()>();
            let (note, hold) = (runs.clone(), Mutex::new(hold));
            let runner = runner(
                db,
                &clock,
                vec![does("a", move |job| {
                    note.note(job);
                    begun.send(()).unwrap();
                    // stands for a process that is gone: it never comes back
                    let _ = hold.lock().unwrap().recv();
                    Err(Failure::again("let go"))
                })],
            );
            let thread = std::thread::spawn(move || runner.step());
            wait.recv().unwrap();
            stuck.push((release, thread));
            clock.on(301);
        }
        let note = runs.clone();
        let last = runner(
            db,
            &clock,
            vec![does("a", move |job| {
                note.note(job);
                Ok(Outcome::Done)
            })],
        );
        assert_eq!(last.step(), Ok(Step::Dead(id.clone())));
        assert_eq!(runs.of(&id), MAX_ATTEMPTS);
        for (release, thread) in stuck {
            drop(release);
            assert_eq!(thread.join().unwrap(), Ok(Step::LeaseLost(id.clone())), "a ghost changes nothing");
        }
        assert_eq!(stored(db, &id).unwrap().0, "dead");
    });
}

#[test]
fn two_runners_of_several_threads_never_do_a_job_twice() {
    const JOBS: usize = 80;
    each_engine(|db| {
        let ids: Vec<JobId> = (0..JOBS).map(|_| asked(db, "a")).collect();
        let (clock, runs) = (Hand::new(), Runs::default());
        let at_work: Arc<Mutex<BTreeSet<JobId>>> = Arc::default();
        let stop = Arc::new(AtomicBool::new(false));
        let threads: Vec<_> = (0..2)
            .flat_map(|_| {
                let (note, at_work) = (runs.clone(), at_work.clone());
                let runner = Arc::new(runner(
                    db,
                    &clock,
                    vec![does("a", move |job| {
                        assert!(at_work.lock().unwrap().insert(job.id.clone()), "somebody has it");
                        note.note(job);
                        std::thread::sleep(Duration::from_millis(2));
                        assert!(at_work.lock().unwrap().remove(&job.id));
                        Ok(Outcome::Done)
                    })],
                ));
                (0..3).map(move |_| runner.clone())
            })
            .map(|runner| {
                let stop = stop.clone();
                std::thread::spawn(move || runner.run(&stop))
            })
            .collect();
        for _ in 0..600 {
            if db.read_wait(queries::job_counts).unwrap().open == 0 {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        stop.store(true, SeqCst);
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!(runs.all(), [1; JOBS]);
        assert!(ids.iter().all(|id| stored(db, id).unwrap().0 == "done" && stored(db, id).unwrap().1 == 1));
    });
}

#[test]
fn what_is_too_large_is_refused_where_it_is_asked_for() {
    each_engine(|db| {
        let large = |payload: String, dedup: String| {
            act(db, Actor::Operator, move |tx, cx| {
                let new = New { home: HOME, kind: "a", payload: &payload, dedup: Some(&dedup), run_at: None };
                Ok(enqueue(tx, cx, &new)?)
            })
        };
        assert!(matches!(large("x".repeat(64 * 1024 - 2), "fits".into()), Ok(Asked::Queued(_))));
        assert!(matches!(large("x".repeat(64 * 1024 - 1), "k".into()), Err(Fault::Db(DbError::Data(_)))));
        assert!(matches!(large(String::new(), "k".repeat(201)), Err(Fault::Db(DbError::Data(_)))));
    });
}

#[test]
fn dead_jobs_are_listed_by_pages() {
    each_engine(|db| {
        let clock = Hand::new();
        let runner = runner(db, &clock, vec![does("a", |_| Err(Failure::for_good("no")))]);
        for n in 0..55 {
            asked(db, "a");
            runner.step().unwrap();
            // several die in one instant: the id decides their order
            clock.on(n % 3 / 2);
        }
        let first = db.read_wait(|s| queries::dead(s, None)).unwrap();
        let last = first.last().unwrap().clone();
        let rest = db.read_wait(move |s| queries::dead(s, Some((last.died_at, &last.id)))).unwrap();
        let ids: BTreeSet<_> = first.iter().chain(&rest).map(|dead| dead.id.clone()).collect();
        assert_eq!((first.len(), rest.len(), ids.len()), (50, 5, 55));
    });
}
