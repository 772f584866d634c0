//! How stories act and what they expect: a person does a thing at an instant of its own, or is refused with a reason.

use std::{
    borrow::Borrow,
    fmt::Debug,
    sync::{
        atomic::{AtomicU64, Ordering::Relaxed},
        mpsc::{Sender, channel},
    },
    time::Duration,
};

pub use crate::each_engine;
use db::{Db, Fault, Tx};
use kernel::{Actor, Chance, Clock, Context, Instant, Refusal};

static ACTS: AtomicU64 = AtomicU64::new(1);

/// A clock that stands still, for pages whose story is told on one day.
pub struct Still(pub Instant);

impl Clock for Still {
    fn now(&self) -> Instant {
        self.0
    }
}

/// Different bytes each time, the same in each run.
pub fn entropy() -> [u8; 32] {
    static NEXT: AtomicU64 = AtomicU64::new(1 << 40);
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&NEXT.fetch_add(1, Relaxed).to_le_bytes());
    bytes
}

/// Runs a command, each a second later than the one before (the first after 2026-11-22, 10:00 in Beijing) and with
/// chance of its own.
///
/// # Errors
/// Those of the command.
pub fn act<T: Send + 'static>(
    db: &Db,
    actor: impl Borrow<Actor>,
    mut command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let n = ACTS.fetch_add(1, Relaxed);
    let later = i64::try_from(n).unwrap_or(0).saturating_mul(1_000_000);
    let cx =
        Context::new(actor.borrow().clone(), Instant(crate::START.0.saturating_add(later)), 480, Chance::seeded(n));
    db.write_wait(move |tx| command(tx, &mut cx.clone()))
}

/// Why not; anything but a refusal ends the story.
#[track_caller]
pub fn refusal<T: Debug>(answer: Result<T, Fault>) -> Refusal {
    match answer {
        Err(Fault::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// The code of a refusal.
#[track_caller]
pub fn refused<T: Debug>(answer: Result<T, Fault>) -> &'static str {
    refusal(answer).code
}

/// The wrong fields of a form, as `field: code`.
#[track_caller]
pub fn fields<T: Debug>(answer: Result<T, Fault>) -> Vec<String> {
    let refusal = refusal(answer);
    assert_eq!(refusal.code, "invalid-input");
    refusal.fields.iter().map(|f| format!("{}: {}", f.field, f.code)).collect()
}

/// How a transaction tells that it has done its work and waits a while before it commits.
#[derive(Clone)]
pub struct Open(Sender<()>);

impl Open {
    /// Called at the end of a command: lets the other one begin, and then commits too late for it.
    pub fn wait(&self) {
        // nobody listens any more when the command runs again
        let _ = self.0.send(());
        std::thread::sleep(Duration::from_millis(300));
    }
}

/// Begins `second` when `first` has written and not yet committed. With one writer at a time `second` comes after it.
pub fn meanwhile<A: Send, B>(first: impl FnOnce(Open) -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    let (sender, receiver) = channel();
    std::thread::scope(|scope| {
        let first = scope.spawn(move || first(Open(sender)));
        receiver.recv_timeout(Duration::from_secs(60)).expect("the first command gets to its end");
        let second = second();
        (first.join().expect("the first command does not panic"), second)
    })
}
