//! Apportion what a work costs over the flats, and put the outcome up.

use db::{Fault, Tx};
use kernel::{Context, Fen, FieldError, Kind, Refusal, Shape};
use ledger::{
    entry::{Draft, append},
    tree::Hash,
};
use matters::{
    notice::{
        Notice,
        correct::{Correction, correct},
        draft::DraftNotice,
        post,
    },
    verdict::{Explained, NewVerdict, record},
};
use rights::Permit;
use serde::Deserialize;
use serde_json::{Value, json};
use ui::{Locale, Money, Words};

use super::{
    MAX_ROLLS, Roll, Work, WorkId,
    open::hold,
    queries,
    share::{self, Flat, RULE_SET, Rest},
    site, store,
};

/// An apportionment as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Apportion {
    /// A line a flat: `flat,owner,area`. The area in square metres; without an owner the developer bears the share. At most
    /// [`share::MAX_FLATS`] lines.
    pub flats: String,
    /// Who bears the shares of flats without an owner, at most 60 characters.
    pub developer: String,
    /// What becomes of the fen that no whole share holds: `largest` or `one`.
    pub rule: String,
    /// Under `one`: the flat that bears them.
    pub bearer: String,
}

/// Apportions the final sum, before the settlement the chosen quote, and records it as a verdict. It takes the place of an
/// earlier one; the same again is answered as it is.
///
/// # Errors
/// Refusals `invalid-input`, `work-not-found`, `work-without-contractor`, `too-many-rolls`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn apportion(tx: &mut Tx<'_>, cx: &mut Context, id: &WorkId, input: &Apportion) -> Result<Roll, Fault> {
    let (work, permit) = hold(tx, cx, id)?;
    let (total, is_final) = total(tx, &work)?;
    let mut roll = draft(cx, input, (total, is_final))?;
    if let Some(there) = queries::roll(tx, &work)?
        && (there.digest, &there.developer, there.is_final) == (roll.digest, &roll.developer, is_final)
    {
        return Ok(there);
    }
    if work.rolls >= MAX_ROLLS {
        let limit = i64::from(MAX_ROLLS);
        return Err(Refusal::new(Kind::LimitReached, "too-many-rolls").with_int("limit", limit).into());
    }
    roll.number = work.rolls + 1;
    let shares = queries::shares(&roll)?;
    store::insert_roll(tx, &permit, id, (&roll, cx.actor.person()))?;
    let (parameters, outcome) = told(&Sums::from(&roll), &shares);
    verdict(tx, cx, &permit, (&work, &roll), (parameters, outcome.clone()))?;
    let inputs = Hash(roll.digest).to_string();
    let public = json!({
        "work": id, "number": roll.number, "final": is_final, "rule_set": RULE_SET, "rule": roll.rule,
        "inputs": inputs, "outcome": outcome,
    });
    let words = json!({ "bearer": roll.bearer, "developer": roll.developer, "by": cx.actor.person() });
    let entry = Draft { kind: "work.apportioned", subject: id.as_str(), public: &public, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    Ok(roll)
}

/// What is apportioned, and whether it is the final sum.
fn total(tx: &mut Tx<'_>, work: &Work) -> Result<(Fen, bool), Fault> {
    if let Some(sum) = work.final_sum {
        return Ok((sum, true));
    }
    let quotes = queries::quotes(tx, &work.id)?;
    let chosen = quotes.iter().find(|quote| Some(quote.number) == work.chosen);
    let chosen = chosen.ok_or_else(|| Refusal::new(Kind::Conflict, "work-without-contractor"))?;
    Ok((chosen.amount, false))
}

fn draft(cx: &Context, input: &Apportion, (total, is_final): (Fen, bool)) -> Result<Roll, Refusal> {
    let mut shape = Shape::new();
    let developer = shape.optional_line("developer", &input.developer, 60);
    let bearer = shape.optional_line("bearer", &input.bearer, 40);
    let rule = input.rule.trim().parse::<Rest>();
    if rule.is_err() {
        shape.error("rule", if input.rule.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    let rule = rule.unwrap_or(Rest::Largest);
    let bearer = if rule == Rest::One { bearer } else { String::new() };
    let flats = share::parse(&input.flats);
    if let Ok(flats) = &flats {
        if developer.is_empty() && flats.iter().any(|flat| flat.1.is_empty()) {
            shape.error("developer", "developer-needed");
        }
        if rule == Rest::One && !flats.iter().any(|flat| flat.0 == bearer) {
            shape.error("bearer", if bearer.is_empty() { "required" } else { "flat-unknown" });
        }
    }
    let (checked, flats) = match (shape.finish((developer, bearer)), flats) {
        (Ok(checked), Ok(flats)) => (checked, flats),
        (Ok(_), Err(error)) => return Err(Refusal::invalid(vec![error])),
        (Err(refusal), Ok(_)) => return Err(refusal),
        (Err(mut refusal), Err(error)) => {
            refusal.fields.push(error);
            return Err(refusal);
        }
    };
    let (developer, bearer) = checked;
    let area = flats.iter().map(|flat| flat.2).sum();
    let Hash(digest) = Hash::of(share::inputs(total, rule, &bearer, &flats).as_bytes());
    let day = cx.day.clone();
    Ok(Roll { number: 0, total, is_final, rule, bearer, developer, flats, area, digest, day, notice: None })
}

/// What an apportionment's sums are taken of.
pub(super) struct Sums<'a> {
    pub total: Fen,
    pub rule: Rest,
    pub area: i64,
    pub flats: &'a [Flat],
}

impl<'a> From<&'a Roll> for Sums<'a> {
    fn from(roll: &'a Roll) -> Self {
        Sums { total: roll.total, rule: roll.rule, area: roll.area, flats: &roll.flats }
    }
}

/// What the register says: what the rule was set to, and sums alone, no flat and no name.
pub(super) fn told(of: &Sums<'_>, shares: &[Fen]) -> (Value, Value) {
    let of_developer = of.flats.iter().zip(shares).filter(|(Flat(_, owner, _), _)| owner.is_empty());
    let developer: i64 = of_developer.map(|(_, share)| share.0).sum();
    let sum: i64 = shares.iter().map(|share| share.0).sum();
    let outcome = json!({
        "total": of.total, "sum": sum, "flats": of.flats.len(), "area": of.area, "developer": developer,
    });
    (json!({ "rule": of.rule, "total": of.total }), outcome)
}

fn verdict(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (work, roll): (&Work, &Roll),
    (parameters, outcome): (Value, Value),
) -> Result<(), Fault> {
    let site = site(tx, &work.place)?;
    let flats = i64::try_from(roll.flats.len()).unwrap_or(0);
    let new = NewVerdict {
        site: &site,
        kind: "apportionment",
        subject_kind: "work",
        subject: work.id.as_str(),
        title: &work.title,
        matter: work.matter.as_ref().map(matters::matter::MatterId::as_str),
        rule: roll.rule.as_str(),
        rule_set: RULE_SET,
        parameters,
        inputs: Hash(roll.digest),
        outcome,
        passed: None,
        explained: Explained::of("apportionment")
            .with_int("flats", flats)
            .with_text("total", roll.total.to_string())
            .with_text("area", Fen(roll.area).to_string()),
    };
    record::record(tx, cx, permit, &new).map(|_| ())
}

/// Puts the apportionment that holds up as a notice of accounts at the work's place: who may post there. What hangs out
/// already is answered as it is.
///
/// # Errors
/// Refusals `work-not-found`, `not-apportioned`, `apportionment-of-the-quote` where the work was settled since,
/// `changed-meanwhile`, `not-allowed`, those of posting; database faults.
pub fn announce(tx: &mut Tx<'_>, cx: &mut Context, id: &WorkId) -> Result<Notice, Fault> {
    let (work, permit) = hold(tx, cx, id)?;
    let roll = queries::roll(tx, &work)?.ok_or_else(|| Refusal::new(Kind::Conflict, "not-apportioned"))?;
    if roll.is_final != work.final_sum.is_some() {
        return Err(Refusal::new(Kind::Conflict, "apportionment-of-the-quote").into());
    }
    if let Some(notice) = &roll.notice {
        return matters::notice::queries::notice(tx, notice);
    }
    // it hangs on a wall, so it is in the language of the place and not of a reader
    let w = Words::of(Locale::ZhHans);
    let (total, flats) = (Money::cny(roll.total.0).exact(w.locale()), roll.flats.len());
    let body = w.t_with(
        "work-notice-body",
        &[
            ("title", work.title.as_str().into()),
            ("total", total.as_str().into()),
            ("flats", i64::try_from(flats).unwrap_or(0).into()),
            ("area", Fen(roll.area).to_string().as_str().into()),
            ("rule", w.t(&format!("work-rest-{}", roll.rule.as_str())).into()),
        ],
    );
    let title = w.t_with("work-notice-title", &[("title", work.title.as_str().into())]);
    let posted = put_up(tx, cx, (&work, &roll), Correction { title, body, why: w.t("work-notice-anew").to_owned() })?;
    if !store::post_roll(tx, &permit, (id, roll.number), &posted.id)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let told = json!({ "work": id, "number": roll.number, "notice": posted.id });
    let words = json!({ "by": cx.actor.person() });
    let entry = Draft { kind: "work.announced", subject: id.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    Ok(posted)
}

/// The notice of an earlier apportionment is put right where it still hangs; else a new one is put up.
fn put_up(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (work, roll): (&Work, &Roll),
    wording: Correction,
) -> Result<Notice, Fault> {
    if let Some(earlier) = store::notice_before(tx, &work.id)? {
        match correct(tx, cx, &earlier, &wording) {
            Err(Fault::Refused(refusal)) if refusal.code == "nothing-changed" => {
                return matters::notice::queries::notice(tx, &earlier);
            }
            // it was taken down, has had its time, or was put right as often as a notice may be
            Err(Fault::Refused(refusal))
                if matches!(refusal.code, "notice-wrong-state" | "notice-kind-ended" | "too-many-corrections") => {}
            other => return other,
        }
    }
    let new = DraftNotice {
        place: work.place.to_string(),
        matter: work.matter.as_ref().map(ToString::to_string).unwrap_or_default(),
        subject_kind: "work".to_owned(),
        subject: work.id.to_string(),
        kind: "accounts".to_owned(),
        title: wording.title,
        body: wording.body,
        days: None,
        once: format!("work-{}-{}", work.id, roll.number),
    };
    post::post_now(tx, cx, &new)
}

/// What is wrong with a file of flats that is no text.
pub(super) fn not_text() -> Refusal {
    Refusal::invalid(vec![FieldError::new("flats", "flats-not-utf8")])
}

/// What is wrong with a file of flats that is too large.
pub(super) fn too_large() -> Refusal {
    Refusal::invalid(vec![FieldError::new("flats", "flats-too-large")])
}
