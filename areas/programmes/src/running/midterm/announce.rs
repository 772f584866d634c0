//! Post the results, so that they can be objected to.

use std::fmt::Write;

use db::{Fault, Tx};
use kernel::{Context, Day, Kind, Refusal};
use ledger::entry::{Draft, append};
use matters::{
    notice::{self, draft::DraftNotice},
    verdict::record,
};
use rights::{Action, Permit, authorize};
use serde_json::{Value, json};
use ui::{Locale, Words};

use super::{
    State,
    decide::{inputs, registered},
};
use crate::{
    SeasonId, Template,
    running::{Case, rules, store},
    season, template,
};

/// Results that one notice tells at most; more come in several.
const MOST: i64 = 60;

/// Posts all results that were decided and not posted yet, as one notice of the season's place, and records the verdict
/// on each. Objections are made and answered there; where one of a project's team is upheld, that project is assessed
/// again.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-stage`, `nothing-to-post`, `changed-meanwhile`, `not-allowed`, those of the notice;
/// database faults.
pub fn announce(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId) -> Result<notice::Notice, Fault> {
    let season = season::queries::season(tx, id)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &season::queries::site(tx, &season)?)?;
    rules::begun(&season)?;
    let untold = store::untold(tx, id, MOST)?;
    let (Some(first), Some(last)) = (untold.first(), untold.last()) else {
        return Err(Refusal::new(Kind::Conflict, "nothing-to-post").into());
    };
    // a notice is in the language of the place and not of a reader
    let w = Words::of(Locale::ZhHans);
    let name: String = season.name.chars().take(60).collect();
    let mut body = String::new();
    for (number, _, name, points, state, until) in &untold {
        let name: String = name.chars().take(60).collect();
        let points = points.unwrap_or(0);
        let points = format!("{}.{:02}", points / 100, points % 100);
        let args = [
            ("number", (*number).into()),
            ("name", name.as_str().into()),
            ("points", points.as_str().into()),
            ("outcome", w.t(&format!("midterm-state-{}", decided(*state).as_str())).into()),
            ("until", until.as_ref().map_or("", |day| day.as_str()).into()),
        ];
        let line = if until.is_some() { "midterm-notice-line-until" } else { "midterm-notice-line" };
        let _ = writeln!(body, "{}", w.t_with(line, &args));
    }
    let posted = notice::post::post_now(
        tx,
        cx,
        &DraftNotice {
            place: season.place.to_string(),
            kind: "assessment".into(),
            title: w.t_with("midterm-notice-title", &[("season", name.as_str().into())]),
            body,
            subject_kind: "season".into(),
            subject: id.to_string(),
            once: format!("midterm {id} {}-{} {}-{}", first.0, first.1, last.0, last.1),
            ..DraftNotice::default()
        },
    )?;
    let template = template::queries::of_season(tx, &season)?;
    let mut results = Vec::with_capacity(untold.len());
    for (number, round, ..) in &untold {
        results.push(tell(tx, cx, (&permit, &template), (id, *number), (*round, &posted.id))?);
    }
    let told = json!({ "notice": posted.id, "results": results });
    append(tx, cx, &permit, &Draft { kind: "midterm.announced", subject: id.as_str(), public: &told, private: None })?;
    Ok(posted)
}

/// What was decided of a round: that the team has mended it meanwhile was not.
fn decided(state: State) -> State {
    if state == State::Rectified { State::Rectify } else { state }
}

/// Records the verdict on a round and says that the notice tells it; answers with what the log says of it.
fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (permit, template): (&Permit, &Template),
    (season, number): (&SeasonId, u32),
    (n, notice): (u32, &notice::NoticeId),
) -> Result<Value, Fault> {
    let changed = || Refusal::new(Kind::Conflict, "changed-meanwhile");
    let case = Case::read(tx, season, number)?;
    let round = store::rounds(tx, (season, number))?.into_iter().find(|round| round.round == n);
    let mut round = round.ok_or_else(changed)?;
    round.state = decided(round.state);
    let assessment = template.assessment();
    let sheets = store::sheets(tx, (season, number), n)?;
    let line = rules::count(assessment, &sheets.iter().map(|sheet| sheet.scores.clone()).collect::<Vec<_>>())?;
    let digest = inputs(assessment, &round, &sheets);
    let verdict = match &round.verdict {
        Some(there) => there.clone(),
        None => {
            let new = registered(&case, (assessment, &round), (&line, sheets.len(), digest));
            record::record(tx, cx, permit, &new)?.id.to_string()
        }
    };
    if !store::tell_round(tx, permit, (season, number), (n, notice, &verdict))? {
        return Err(changed().into());
    }
    Ok(json!({
        "project": number, "round": n, "outcome": round.state, "points": line.points(),
        "until": round.until.as_ref().map(Day::as_str), "verdict": verdict, "inputs": digest.to_string(),
    }))
}
