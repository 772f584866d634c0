//! Post the results, so that they can be objected to.

use std::fmt::Write;

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use matters::notice::{self, draft::DraftNotice};
use rights::{Action, authorize};
use serde_json::json;
use ui::{Locale, Words};

use crate::{
    SeasonId,
    running::{rules, store},
    season,
};

/// Results that one notice tells at most; more come in several.
const MOST: i64 = 60;

/// Posts all results that were decided and not posted yet, as one notice of the season's place. Objections are made and
/// answered there; where one is upheld, the project is assessed again.
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
            ("outcome", w.t(&format!("midterm-state-{state}")).into()),
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
    for (number, round, ..) in &untold {
        if !store::tell_round(tx, &permit, (id, *number), (*round, &posted.id))? {
            return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
        }
    }
    let numbers: Vec<u32> = untold.iter().map(|one| one.0).collect();
    let told = json!({ "notice": posted.id, "projects": numbers });
    append(tx, cx, &permit, &Draft { kind: "midterm.announced", subject: id.as_str(), public: &told, private: None })?;
    Ok(posted)
}
