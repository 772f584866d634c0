//! The two levels of an export.
//!
//! **Public**: the log with its proofs, and beside it the inputs of those verdicts that the log alone does not hold but
//! anybody may have.
//!
//! **Sealed**, for auditors: the same, and under `sealed/` what lets them compute and compare the rest, without names,
//! telephone numbers or what people wrote:
//!
//! | file | a line |
//! |---|---|
//! | `verdicts/ID.txt` (both levels) | of the inputs of an open verdict: the SHA-256 of the file is the digest in the log |
//! | `sealed/verdicts/ID.txt` | of the inputs of a sealed one, likewise; or with names blotted out, so that only the outcome is compared |
//! | `sealed/openings/NNNNNN.txt` | `PLACE SALT BODY`: a commitment of the log opened; bodies hold ids and numbers alone |
//! | `sealed/rolls/VOTE/NNNNNN.txt` | `KEY SALT DAY`: a row of the roll of a season's vote or a poll, `-` for who did not vote; opens a mark of the log |
//! | `sealed/answers/POLL/NNNNNN.txt` | of a survey: the questions as JSON, then `ID SALT ANSWERS` of each ballot, with digests in the place of what was written; opens a commitment of the log |
//! | `sealed/README.txt` | what this is, in Chinese and English |
//!
//! What is in a file proves itself against the signed log; the files themselves are pinned by the manifest.

mod audit;
mod rolls;
mod write;

pub(crate) use audit::says;
pub use audit::{Audit, Audited, Outcome, is_fault};
pub use write::{Added, add};

use serde_json::Value;

/// The folder of what only auditors get.
pub const SEALED: &str = "sealed/";
/// Inputs that anybody may have.
const OPEN_VERDICTS: &str = "verdicts/";
const SEALED_VERDICTS: &str = "sealed/verdicts/";
const OPENINGS: &str = "sealed/openings/";
const ROLLS: &str = "sealed/rolls/";
const ANSWERS: &str = "sealed/answers/";
const README: &str = "sealed/README.txt";
/// Lines of a file of openings or of a roll at most.
const LINES: usize = 20_000;
/// Bytes of such a file at most.
const MAX_LINES_FILE: u64 = 16 << 20;

/// Kinds of entries whose commitments are opened for auditors: who closed and who judged under which letter, who proposed
/// money and who released it. Their private parts are ids and numbers; [`only_ids`] keeps it so.
pub const OPENED: &[&str] =
    &["agreement.signed", "review.closed", "tranche.proposed", "tranche.released", "voucher.approved"];

/// Whether a private part holds ids, numbers and nothing that people wrote.
pub fn only_ids(value: &Value) -> bool {
    match value {
        Value::String(text) => text.parse::<kernel::Id<()>>().is_ok(),
        Value::Array(list) => list.iter().all(only_ids),
        Value::Object(map) => map.values().all(only_ids),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}

/// Hexadecimal of 32 bytes.
fn hex(bytes: [u8; 32]) -> String {
    ledger::tree::Hash(bytes).to_string()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    ledger::tree::Hash::from_hex(text).map(|hash| hash.0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_people_wrote_is_no_id() {
        let id = "1-cr6p4d1v45236wvt2ej3";
        for (value, only) in [
            (json!({ "by": id, "letters": [[id, 3]], "at": null }), true),
            (json!({ "by": id, "reason": "迟到" }), false),
            (json!({ "phone": "13800000000" }), false),
            (json!([["沈遥", 1]]), false),
        ] {
            assert_eq!(only_ids(&value), only, "{value}");
        }
        assert!(OPENED.is_sorted());
    }
}
