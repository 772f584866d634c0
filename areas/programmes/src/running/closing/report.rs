//! Write the report of a project, and hand it in.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::{
    entry::{Draft, append},
    tree::Hash,
};
use serde::Deserialize;
use serde_json::json;

use super::{Closed, Report, State};
use crate::{
    SeasonId, Stage,
    running::{Case, Evidence, Midterm, pack, rules, store},
    template,
};

/// A report as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct WriteReport {
    /// The revision that they saw; 0 for the first.
    pub revision: u32,
    /// What they say.
    #[serde(flatten)]
    pub report: Report,
    /// Hand it in: then it must be complete.
    pub submit: bool,
}

/// Keeps the report, or hands it in with what the records say on that day. The team writes it, or the office for the team.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `project-not-found`, `wrong-stage`, `project-not-running`,
/// `midterm-not-passed`, `closing-state`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn write(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    evidence: &dyn Evidence,
    (season, number): (&SeasonId, u32),
    input: &WriteReport,
) -> Result<Closed, Fault> {
    let case = Case::read(tx, season, number)?;
    let permit = case.team(&cx.actor)?;
    let report = read(input)?;
    let before = store::closing(tx, (season, number))?;
    let state = if input.submit { State::Submitted } else { State::Draft };
    if let Some(before) = &before
        && before.report == report
        && (before.state == state || (!input.submit && before.state == State::Returned))
    {
        return Ok(before.clone());
    }
    rules::running(&case.run)?;
    if !matches!(case.run.closing, State::None | State::Draft | State::Returned) {
        return Err(Refusal::new(Kind::Conflict, "closing-state").into());
    }
    let asks_midterm = template::queries::of_season(tx, &case.season)?.has(Stage::Midterm);
    if input.submit && asks_midterm && case.run.midterm != Midterm::Passed {
        return Err(Refusal::new(Kind::Conflict, "midterm-not-passed").into());
    }
    if before.as_ref().map_or(0, |before| before.revision) != input.revision {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let (text, digest) = pack::sealed(&pack::gather(tx, evidence, &case, &cx.day.clone())?)?;
    let returned = before.as_ref().is_some_and(|before| before.state == State::Returned);
    let closed = Closed {
        // what came back stays so until it is handed in again
        state: if returned && !input.submit { State::Returned } else { state },
        report,
        pack: text,
        digest,
        reasons: before.map_or_else(String::new, |before| before.reasons),
        submitted_by: input.submit.then(|| cx.actor.person().cloned()).flatten(),
        submitted_day: input.submit.then(|| cx.day.clone()),
        decided_day: None,
        verdict: None,
        revision: input.revision + 1,
    };
    let run = &case.run;
    if !store::set_run(tx, &permit, (season, run), (run.state, run.midterm, closed.state))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    store::put_closing(tx, &permit, (season, number), &closed)?;
    let public = json!({ "project": number, "revision": closed.revision, "digest": Hash(digest).to_string() });
    let private = json!({ "report": closed.report, "by": cx.actor.person() });
    let kind = if input.submit { "closing.submitted" } else { "closing.saved" };
    append(tx, cx, &permit, &Draft { kind, subject: season.as_str(), public: &public, private: Some(&private) })?;
    Ok(closed)
}

fn read(input: &WriteReport) -> Result<Report, Refusal> {
    let (typed, mut shape) = (&input.report, Shape::new());
    let mut prose = |field: &'static str, text: &str, most: usize, required: bool| {
        if required { shape.prose(field, text, most) } else { shape.optional_prose(field, text, most) }
    };
    let done = prose("done", &typed.done, 4_000, input.submit);
    let changed = prose("changed", &typed.changed, 2_000, input.submit);
    let learnt = prose("learnt", &typed.learnt, 2_000, false);
    let next = prose("next", &typed.next, 2_000, false);
    let video = shape.optional_line("video", &typed.video, 300);
    if !video.is_empty() && !is_link(&video) {
        shape.error("video", "not-a-link");
    }
    if !video.is_empty() && !typed.consents {
        shape.error("consents", "consents-needed");
    }
    let consents = typed.consents && !video.is_empty();
    shape.finish(Report { done, changed, learnt, next, video, consents })
}

/// A link that a page may lead to: `https`, a host, no user, no spaces.
pub(crate) fn is_link(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '"' | '\\'));
    plain && host.contains('.') && !host.contains('@') && !host.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::is_link;

    #[test]
    fn only_plain_https_is_a_link() {
        for good in ["https://v.example.org/1?x=2#y", "https://视频.example.cn/果园"] {
            assert!(is_link(good), "{good}");
        }
        for bad in [
            "http://v.example.org",
            "https://",
            "https://local",
            "javascript:alert(1)",
            "https://a@b.org/",
            "https://a.org/ b",
            "https://a.org/\"x",
            "ftp://a.org",
        ] {
            assert!(!is_link(bad), "{bad}");
        }
    }
}
