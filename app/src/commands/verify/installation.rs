//! All verdicts of this installation, from its records.

use std::{collections::BTreeMap, process::ExitCode, sync::atomic::AtomicU64};

use db::Db;
use decisions::{
    recompute::Fault,
    review::recount::{Recounted, recount},
};
use kernel::Instant;
use matters::verdict::{
    Verdict, VerdictId, queries,
    recompute::{Answer, recompute},
};
use serde_json::json;

use super::{conclude, counted, told};
use crate::{cli, home, levels::says, router::METHODS};

/// A verdict and what came of computing it again.
type Computed = (Verdict, Answer);

/// Computes every verdict of the register again, and compares closed reviews with all that was told of them.
pub(super) fn run(options: &cli::Verify) -> Result<ExitCode, String> {
    let home = home::open_cli(&options.home)?;
    // what is committed and has no place in the log yet gets one first
    home.sequencer.drain().map_err(|e| e.to_string())?;
    let db = home.db.jobs();
    let (confirmed, mut faults) = recount(&db).map_err(|e| e.to_string())?;
    let computed = register(&db)?;
    for (verdict, answer) in &computed {
        if let Some(what) = says(answer) {
            let what = format!("verdict {} ({}): {what}", verdict.id, verdict.kind);
            faults.push(Fault { season: String::new(), what });
        }
    }
    if options.json {
        println!("{}", document(&confirmed, &computed, &faults));
    } else {
        print(&confirmed, &computed);
        conclude(&faults);
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Every verdict of the register, the newest first.
fn register(db: &Db) -> Result<Vec<Computed>, String> {
    let mut all = Vec::new();
    let mut before: Option<(Instant, VerdictId)> = None;
    loop {
        let from = before.clone();
        let page = db.read_wait(move |s| queries::newest(s, None, "", from.as_ref().map(|(at, id)| (*at, id))));
        let page = page.map_err(|e| e.to_string())?;
        let Some(last) = page.last() else { return Ok(all) };
        before = Some((last.decided_at, last.id.clone()));
        for verdict in page {
            let answer = recompute(db, METHODS, &verdict, &AtomicU64::new(0));
            all.push((verdict, answer));
        }
    }
}

fn by_kind(computed: &[Computed], which: impl Fn(&Answer) -> bool) -> BTreeMap<&str, u64> {
    let mut kinds = BTreeMap::new();
    for (verdict, _) in computed.iter().filter(|(_, answer)| which(answer)) {
        *kinds.entry(verdict.kind.as_str()).or_default() += 1;
    }
    kinds
}

fn print(confirmed: &[Recounted], computed: &[Computed]) {
    println!("level     database: all records; votes are also counted again from an export");
    let same = by_kind(computed, |answer| matches!(answer, Answer::Equal { .. }));
    let n: u64 = same.values().sum();
    println!("computed  {n} of {} verdicts again, the same: {}", computed.len(), counted(&same));
    for (why, who) in [
        ("elsewhere", "computed outside this program: whoever entered them has the inputs"),
        ("rule-set-unknown", "by rules of another version of this program"),
    ] {
        let kinds = by_kind(computed, |answer| matches!(answer, Answer::Cannot { why: found, .. } if found == why));
        if !kinds.is_empty() {
            println!("not here  {}: {who}", counted(&kinds));
        }
    }
    for review in confirmed {
        println!(
            "review    season {}: {} sheets counted again, {} projects ranked, {} proposed: the same",
            review.season, review.n_sheets, review.n_ranked, review.n_proposed
        );
    }
}

fn document(confirmed: &[Recounted], computed: &[Computed], faults: &[Fault]) -> serde_json::Value {
    let reviews: Vec<_> = confirmed
        .iter()
        .map(|r| json!({ "season": r.season, "sheets": r.n_sheets, "ranked": r.n_ranked, "proposed": r.n_proposed }))
        .collect();
    let register: Vec<_> = computed
        .iter()
        .map(|(verdict, answer)| json!({ "verdict": verdict.id, "kind": verdict.kind, "computed": answer }))
        .collect();
    json!({
        "ok": faults.is_empty(), "level": "database", "reviews": reviews, "register": register, "faults": told(faults),
    })
}
