//! Computing again while somebody waits: one at a time a verdict, few at once, and what came out is kept for a while.
//!
//! This process alone remembers it: of several that share a database each computes for those who ask it.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use db::Db;
use kernel::{Instant, Kind, Refusal};

use super::{Answer, Methods, recompute};
use crate::verdict::{Verdict, VerdictId};

/// Microseconds for which what came out is kept: asked again within them, it is told again.
pub const KEPT: i64 = 600_000_000;
/// Computations at once at most.
pub const MAX_RUNNING: usize = 2;
/// Answers that are kept at most.
const MAX_HELD: usize = 256;
/// How long somebody is kept waiting before the page says how far it is.
const WAIT: Duration = Duration::from_secs(2);

/// How it stands with a verdict.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// It is being computed.
    Running {
        /// Lines of inputs that were read so far.
        running: u64,
    },
    /// It was computed.
    Done {
        /// When it was asked for.
        asked_at: Instant,
        /// What came out.
        answer: Answer,
    },
}

struct Held {
    asked_at: Instant,
    n_lines: Arc<AtomicU64>,
    answer: Option<Answer>,
}

/// The computations of this process.
pub struct Runs {
    methods: Methods,
    held: Mutex<BTreeMap<VerdictId, Held>>,
}

impl Runs {
    /// None yet.
    #[must_use]
    pub fn new(methods: Methods) -> Arc<Runs> {
        Arc::new(Runs { methods, held: Mutex::default() })
    }

    /// How they compute.
    #[must_use]
    pub fn methods(&self) -> Methods {
        self.methods
    }

    /// How it stands with a verdict; none when nobody has asked lately.
    #[must_use]
    pub fn standing(&self, id: &VerdictId, now: Instant) -> Option<Standing> {
        let held = self.held();
        let found = held.get(id).filter(|found| found.holds(now))?;
        Some(match &found.answer {
            Some(answer) => Standing::Done { asked_at: found.asked_at, answer: answer.clone() },
            None => Standing::Running { running: found.n_lines.load(Relaxed) },
        })
    }

    /// Computes a verdict again, unless that is being done or was done lately; waits for it a moment.
    ///
    /// # Errors
    /// Refusal `too-many-recomputations`.
    pub async fn ask(self: &Arc<Self>, db: &Db, verdict: Verdict, now: Instant) -> Result<Option<Standing>, Refusal> {
        let id = verdict.id.clone();
        if let Some(n_lines) = self.begin(&id, now)? {
            let (ending, db) = (Ending { runs: self.clone(), id: id.clone() }, db.jobs());
            let work = tokio::task::spawn_blocking(move || {
                let answer = recompute(&db, ending.runs.methods, &verdict, &n_lines);
                ending.runs.end(&ending.id, answer);
            });
            // who asked is told how far it is; the work goes on
            let _ = tokio::time::timeout(WAIT, work).await;
        }
        Ok(self.standing(&id, now))
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<VerdictId, Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// None where there is nothing to do.
    fn begin(&self, id: &VerdictId, now: Instant) -> Result<Option<Arc<AtomicU64>>, Refusal> {
        let mut held = self.held();
        if held.get(id).is_some_and(|found| found.holds(now)) {
            return Ok(None);
        }
        if held.values().filter(|one| one.answer.is_none()).count() >= MAX_RUNNING {
            return Err(Refusal::new(Kind::LimitReached, "too-many-recomputations"));
        }
        held.retain(|_, one| one.holds(now));
        while held.len() >= MAX_HELD {
            let done = held.iter().filter(|(_, one)| one.answer.is_some());
            let Some(oldest) = done.min_by_key(|(_, one)| one.asked_at).map(|(id, _)| id.clone()) else { break };
            held.remove(&oldest);
        }
        let n_lines = Arc::new(AtomicU64::new(0));
        held.insert(id.clone(), Held { asked_at: now, n_lines: n_lines.clone(), answer: None });
        Ok(Some(n_lines))
    }

    fn end(&self, id: &VerdictId, answer: Answer) {
        if let Some(found) = self.held().get_mut(id).filter(|found| found.answer.is_none()) {
            found.answer = Some(answer);
        }
    }
}

impl Held {
    /// Whether it still counts: what runs does, and what came out for a while.
    fn holds(&self, now: Instant) -> bool {
        self.answer.is_none() || now.0.saturating_sub(self.asked_at.0) < KEPT
    }
}

/// A computation that breaks off is over all the same.
struct Ending {
    runs: Arc<Runs>,
    id: VerdictId,
}

impl Drop for Ending {
    fn drop(&mut self) {
        self.runs.end(&self.id, Answer::cannot("failed"));
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Chance, Home, Id};

    use super::*;

    fn id(n: u64) -> VerdictId {
        Id::random(Home(1), &mut Chance::seeded(n))
    }

    #[test]
    fn one_at_a_time_a_verdict_few_at_once_and_kept_for_a_while() {
        let runs = Runs::new(Methods::new(&[]));
        let at = |n: i64| Instant(1_000_000_000 + n);
        let (a, b, c) = (id(1), id(2), id(3));
        assert_eq!(runs.standing(&a, at(0)), None);
        let n_lines = runs.begin(&a, at(0)).unwrap().unwrap();
        n_lines.fetch_add(7, Relaxed);
        assert_eq!(runs.standing(&a, at(KEPT * 9)), Some(Standing::Running { running: 7 }), "however long it takes");
        assert!(runs.begin(&a, at(1)).unwrap().is_none(), "it runs already");
        assert!(runs.begin(&b, at(1)).unwrap().is_some());
        assert_eq!(runs.begin(&c, at(2)).unwrap_err().code, "too-many-recomputations");
        runs.end(&a, Answer::cannot("busy"));
        assert!(runs.begin(&a, at(KEPT - 1)).unwrap().is_none(), "what came out is told again");
        assert!(runs.begin(&c, at(2)).unwrap().is_some(), "another has its turn");
        runs.end(&b, Answer::cannot("busy"));
        assert_eq!(runs.standing(&a, at(KEPT)), None);
        assert!(runs.begin(&a, at(KEPT)).unwrap().is_some());
    }

    #[test]
    fn what_breaks_off_is_over_and_what_is_kept_is_bounded() {
        let runs = Runs::new(Methods::new(&[]));
        for n in 0..400 {
            runs.begin(&id(n), Instant(i64::try_from(n).unwrap())).unwrap();
            drop(Ending { runs: runs.clone(), id: id(n) });
        }
        assert_eq!(runs.held().len(), MAX_HELD);
        let Some(Standing::Done { answer, .. }) = runs.standing(&id(399), Instant(400)) else { panic!() };
        assert_eq!(answer, Answer::cannot("failed"));
        assert_eq!(runs.standing(&id(0), Instant(400)), None, "the oldest went first");
    }
}
