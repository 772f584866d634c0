//! Freeze the pool, and open it again where something was wrong.

use db::{Fault, Tx};
use kernel::{Context, Shape};
use ledger::{
    entry::{Draft, append},
    tree::Hash,
};
use serde_json::json;
use sortition::{Person, Pool, Problem};

use super::{
    Frozen, Lot, LotId, State, Volunteer,
    draft::{hold, moved},
    enrol::same_address,
    key, rules, store,
};

/// Freezes the pool: its people are numbered in an order that chance made, the numbers stand for them from now on, and the
/// digest of the pool goes into the log. Before the last day of enrolment is over it takes a reason, 1 to 200 characters,
/// which everybody reads. Frozen before, it is answered as it is.
///
/// # Errors
/// Refusals `lot-not-found`, `lot-wrong-state`, `pool-small`, `invalid-input`, `changed-meanwhile`, `not-allowed`; database
/// faults.
pub fn freeze(tx: &mut Tx<'_>, cx: &mut Context, id: &LotId, early: &str) -> Result<Lot, Fault> {
    let (lot, _, permit) = hold(tx, cx, id)?;
    if lot.state == State::Frozen {
        return Ok(lot);
    }
    rules::may_freeze(&lot, store::count(tx, id)?)?;
    let early = if rules::is_early(&lot, &cx.day) {
        let mut shape = Shape::new();
        let early = shape.line("early", early, 200);
        shape.finish(early)?
    } else {
        String::new()
    };
    store::number(tx, &permit, id)?;
    let people = store::pool(tx, id)?;
    let salt: String = cx.chance.bytes32().iter().map(|byte| format!("{byte:02x}")).collect();
    let digest = Hash::of(pool_text(&salt, lot.household, &people).as_bytes()).to_string();
    let n = u32::try_from(people.len()).unwrap_or(u32::MAX);
    let told = json!({
        "lot": id, "people": n, "pool": digest, "until": lot.enrol_until.as_str(), "early": !early.is_empty(),
    });
    let (pool, frozen) = (Frozen { people: n, salt, digest }, Some(cx.day.clone()));
    moved(tx, cx, &permit, (Lot { state: State::Frozen, pool, frozen, early, ..lot }, "lot.frozen", told))
}

/// Opens a frozen pool again, with the reason: its numbers are gone.
///
/// # Errors
/// Refusals `invalid-input`, `lot-not-found`, `lot-wrong-state`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn reopen(tx: &mut Tx<'_>, cx: &mut Context, id: &LotId, reason: &str) -> Result<Lot, Fault> {
    let (lot, _, permit) = hold(tx, cx, id)?;
    rules::expect(&lot, &[State::Frozen])?;
    let mut shape = Shape::new();
    let reason = shape.line("reason", reason, 200);
    let reason = shape.finish(reason)?;
    store::unnumber(tx, &permit, id)?;
    let told = json!({ "lot": id });
    let new = Lot { state: State::Open, pool: Frozen::default(), frozen: None, early: String::new(), ..lot };
    let new = store::write(tx, &permit, &new)?.ok_or_else(crate::delegates::hall::meanwhile)?;
    let words = json!({ "by": cx.actor.person(), "reason": reason });
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "lot.reopened", subject: id.as_str(), public: &told, private: Some(&words) },
    )?;
    Ok(new)
}

/// The people of a pool for the lot, by their numbers; before those are given, by their place in the pool.
///
/// # Errors
/// Those of [`Pool::new`].
pub fn pool_of(people: &[Volunteer], household: bool) -> Result<Pool, sortition::PoolError> {
    let person = |(at, one): (u32, &Volunteer)| Person {
        key: key(one.number.unwrap_or(at)),
        features: one.features.clone(),
        address: Some(same_address(&one.address)).filter(|address| household && !address.is_empty()),
    };
    Pool::new((1..).zip(people).map(person).collect())
}

/// A problem of a lot.
///
/// # Errors
/// Refusals `pool-small`, `features-changed`, `too-many-kinds`.
pub fn problem_of(lot: &Lot, people: &[Volunteer]) -> Result<Problem, kernel::Refusal> {
    use kernel::{Kind, Refusal};
    use sortition::ProblemError::{Size, TooManyKinds};
    let n = i64::try_from(people.len()).unwrap_or(i64::MAX);
    let small = || Refusal::new(Kind::Conflict, "pool-small").with_int("people", n).with_int("seats", lot.size.into());
    let pool = pool_of(people, lot.household).map_err(|_| small())?;
    Problem::new(pool, lot.quotas.clone(), lot.size).map_err(|error| match error {
        Size(_) => small(),
        TooManyKinds(_) => Refusal::new(Kind::Conflict, "too-many-kinds"),
        _ => Refusal::new(Kind::Conflict, "features-changed"),
    })
}

/// A pool as it is frozen: a line for each number with its features, and with a sign for its household where the rule
/// counts: the lowest number at the address. The salt in front keeps others from guessing.
#[must_use]
pub fn pool_text(salt: &str, household: bool, people: &[Volunteer]) -> String {
    let mut out = format!("linli-pool 1\t{}\n{salt}\n", people.len());
    for line in pool_lines(household, people) {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// Its lines: number, features, sign of the household or `-`, parted by tabs.
pub(super) fn pool_lines(household: bool, people: &[Volunteer]) -> Vec<String> {
    let mut first: std::collections::HashMap<String, u32> = std::collections::HashMap::new();
    let mut lines = Vec::with_capacity(people.len());
    for (at, one) in (1..).zip(people) {
        let number = one.number.unwrap_or(at);
        let address = same_address(&one.address);
        let sign = if household && !address.is_empty() {
            key(*first.entry(address).or_insert(number))
        } else {
            "-".to_owned()
        };
        lines.push(format!("{}\t{}\t{sign}", key(number), one.features.join("\t")));
    }
    lines
}
