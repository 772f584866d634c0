//! How stories act and what they expect: a person does a thing at an instant of its own, or is refused with a reason.

use std::{
    borrow::Borrow,
    fmt::Debug,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use db::{Db, Fault, Options, Tx};
use kernel::{Actor, Chance, Context, Instant, Refusal};

static ACTS: AtomicU64 = AtomicU64::new(1);

/// Runs a story on both engines, on machines of any speed: no write is refused for the time it takes.
pub fn each_engine(story: impl Fn(&Db)) {
    let patient = Options { budget: Duration::from_secs(20), ..Options::default() };
    crate::each_engine_with(&patient, story);
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
