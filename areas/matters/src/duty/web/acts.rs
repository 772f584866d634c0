//! What is done on the page of a duty: each goes back to it, or shows it again with the reason why not.

use axum::{
    extract::State as Shared,
    response::{IntoResponse, Redirect, Response},
};
use db::{Fault, Tx};
use kernel::{Context, FieldError, Refusal};
use serde::Deserialize;
use web::{Fields, PathId, Problem, Rim, SignedIn};
use work::clock::Reckoner;

use super::show;
use crate::duty::{
    Duty, DutyId,
    cancel::{self as cancelling, Reason},
    extend::{self as extending, Extend},
    hand_over::{self as handing, HandOver},
    meet::{self as meeting, Meet},
    pause as pausing,
};

/// What any of the forms sends.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Typed {
    /// What was written.
    #[serde(default)]
    pub words: String,
    #[serde(default)]
    span: String,
    #[serde(default)]
    to: String,
}

/// Which form it was, for the page that shows it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Meet,
    Extend,
    Pause,
    Cancel,
    HandOver,
}

/// A form that was refused.
pub(super) struct Again {
    pub which: Which,
    pub typed: Typed,
    pub refusal: Refusal,
}

/// Visit, duty and form of a request.
pub(super) type Form = (Shared<Rim>, SignedIn, PathId<DutyId>, Fields<Typed>);

async fn run(
    (Shared(rim), SignedIn(visit), PathId(id), Fields(typed)): Form,
    which: Which,
    command: impl Fn(&mut Tx<'_>, &mut Context, (&Reckoner<'_>, &DutyId), &Typed) -> Result<Duty, Fault> + Send + 'static,
) -> Result<Response, Problem> {
    let (cx, offset_minutes) = (rim.context_of(&visit), rim.settings.offset_minutes);
    let (to, sent) = (id.clone(), typed.clone());
    let write = rim.db.write(move |tx| {
        let calendar = work::queries::calendar(tx)?;
        let reckoner = Reckoner { calendar: &calendar, offset_minutes };
        command(tx, &mut cx.clone(), (&reckoner, &to), &sent)
    });
    match write.await {
        Ok(_) => Ok(Redirect::to(&format!("/duties/{id}")).into_response()),
        Err(Fault::Refused(refusal)) => show::page(&rim, &visit, &id, Some(&Again { which, typed, refusal })).await,
        Err(fault) => Err(fault.into()),
    }
}

macro_rules! acts {
    ($($name:ident $which:ident |$tx:ident, $cx:ident, $reckoner:ident, $id:ident, $typed:ident| $command:expr;)*) => {
        $(pub(super) async fn $name(
            rim: Shared<Rim>,
            visit: SignedIn,
            id: PathId<DutyId>,
            form: Fields<Typed>,
        ) -> Result<Response, Problem> {
            let command = |$tx: &mut Tx<'_>, $cx: &mut Context, ($reckoner, $id): (&Reckoner<'_>, &DutyId), $typed: &Typed| $command;
            run((rim, visit, id, form), Which::$which, command).await
        })*
    };
}

acts! {
    meet Meet |tx, cx, _reckoner, id, typed|
        meeting::meet(tx, cx, id, &Meet { words: typed.words.clone(), evidence: Vec::new() });
    extend Extend |tx, cx, reckoner, id, typed|
        extending::extend(tx, cx, reckoner, id, &Extend { span: typed.span.clone(), words: typed.words.clone() });
    pause Pause |tx, cx, reckoner, id, typed|
        pausing::pause(tx, cx, reckoner, id, &Reason { words: typed.words.clone() });
    resume Pause |tx, cx, reckoner, id, _typed| pausing::resume(tx, cx, reckoner, id);
    cancel Cancel |tx, cx, _reckoner, id, typed| cancelling::cancel(tx, cx, id, &Reason { words: typed.words.clone() });
    hand_over HandOver |tx, cx, _reckoner, id, typed| {
        let to = typed.to.parse().map_err(|_| Refusal::invalid(vec![FieldError::new("to", "unknown-choice")]))?;
        handing::hand_over(tx, cx, id, &HandOver { to, words: typed.words.clone() })
    };
}
