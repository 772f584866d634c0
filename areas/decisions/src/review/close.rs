//! Close the review and store its verdict.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use matters::verdict::{Explained, NewVerdict, record};
use programmes::{SeasonId, season};
use rights::{Action, authorize};
use serde_json::{Value, json};
use tally::panel::{Panel, PanelLine, Standing};

use super::{Minutes, RULE_SET, Review, count::Counted, queries, rules, store};

/// The rule by its name in the register.
pub(super) const RULE: &str = "panel-mean";

/// Numbers that the register and the log name; a longer list stands on the review's own page.
const MAX_NAMED: usize = 400;

/// What the log tells of a ranking: numbers of projects, the best first, and their points.
pub(super) fn ranking(lines: &[PanelLine]) -> (Vec<u32>, Vec<String>) {
    let ranked = lines.iter().filter(|line| line.rank.is_some()).take(MAX_NAMED);
    ranked.map(|line| (line.number, line.points())).unzip()
}

/// Stores what was counted, if no sheet, declaration or answer has changed since.
///
/// # Errors
/// Refusals `season-not-found`, `review-not-begun`, `review-closed`, `inputs-changed`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn close(tx: &mut Tx<'_>, cx: &mut Context, counted: &Counted) -> Result<Review, Fault> {
    let id: &SeasonId = &counted.season.id;
    let review = store::hold(tx, id)?;
    let season = season::queries::season(tx, id)?;
    let site = season::queries::site(tx, &season)?;
    let permit = authorize(&cx.actor, Action::PublishVerdict, &site)?;
    let review = rules::open(review)?;
    if review.revision != counted.review.revision || season.revision != counted.season.revision {
        return Err(Refusal::new(Kind::Conflict, "inputs-changed").into());
    }
    let (ranks, points) = ranking(&counted.lines);
    let verdict = record::record(tx, cx, &permit, &registered(counted, &site))?;
    let n_reviewers = counted.panel.sheets.iter().map(|s| s.reviewer).collect::<std::collections::BTreeSet<_>>().len();
    let minutes = Minutes {
        verdict: verdict.id.to_string(),
        sheets: u32::try_from(counted.panel.sheets.len()).unwrap_or(u32::MAX),
        reviewers: u32::try_from(n_reviewers).unwrap_or(u32::MAX),
        missing: counted.missing,
        supporters: counted.supporters,
        left_out: counted.left_out.clone(),
    };
    let inputs = counted.inputs.to_string();
    let closed = store::Closed {
        revision: review.revision,
        day: &cx.day,
        rule_set: RULE_SET,
        inputs: &inputs,
        minutes: &minutes,
    };
    if !store::close(tx, &permit, id, &closed)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    for (person, letter) in &counted.letters {
        store::set_letter(tx, &permit, id, person, *letter)?;
    }
    for line in (1..).zip(&counted.lines) {
        store::insert_line(tx, &permit, id, line)?;
    }
    let public = json!({
        "rule_set": RULE_SET, "inputs": inputs, "sheets": minutes.sheets, "reviewers": minutes.reviewers,
        "ranks": ranks, "points": points,
    });
    let private = json!({ "letters": counted.letters });
    let draft = Draft { kind: "review.closed", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    queries::review(tx, id)?.ok_or_else(|| Refusal::new(Kind::Conflict, "changed-meanwhile").into())
}

/// What the register says of a ranking: what the rule was set to, and what came out.
pub(super) fn told(panel: &Panel, lines: &[PanelLine]) -> (Value, Value) {
    let of = |standing: Standing| lines.iter().filter(move |line| line.standing == standing);
    let named = |standing: Standing| of(standing).map(|line| line.number).take(MAX_NAMED).collect::<Vec<_>>();
    let parameters = json!({
        "sheets_least": panel.least, "drop_from": panel.drop_from, "pass": panel.pass, "places": panel.places,
        "reserve": panel.reserve,
    });
    let outcome = json!({
        "ranked": lines.iter().filter(|line| line.rank.is_some()).count(),
        "passed": n_passed(lines), "proposed": named(Standing::Proposed), "reserve": named(Standing::Reserve),
    });
    (parameters, outcome)
}

fn n_passed(lines: &[PanelLine]) -> usize {
    lines.iter().filter(|l| !matches!(l.standing, Standing::Below | Standing::TooFewSheets)).count()
}

/// The verdict as the register of all verdicts keeps it.
fn registered<'a>(counted: &'a Counted, site: &'a kernel::Site) -> NewVerdict<'a> {
    let (parameters, outcome) = told(&counted.panel, &counted.lines);
    let int = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    NewVerdict {
        site,
        kind: "season-review",
        subject_kind: "season",
        subject: counted.season.id.as_str(),
        title: &counted.season.name,
        matter: None,
        rule: RULE,
        rule_set: RULE_SET,
        parameters,
        inputs: counted.inputs,
        outcome,
        passed: None,
        explained: Explained::of("season-review")
            .with_int("reviewers", int(counted.letters.len()))
            .with_int("sheets", int(counted.panel.sheets.len()))
            .with_int("projects", int(counted.lines.len()))
            .with_int("passed", int(n_passed(&counted.lines))),
    }
}
