//! Attendance and the register of verdicts.

use super::{super::site::Who, Kind, Row, officer, public, read};

pub(super) fn rows() -> Vec<Row> {
    let at = r#""place":"<a>","event_kind":"meeting","event":"meeting-2""#;
    let verdict = r#"{"place":"<a>","kind":"meeting-vote","subject_kind":"matter","subject":"<matter0>","rule":"majority",
        "rule_set":"house/2026-11","parameters":{},"inputs":"5 2","outcome":{"yes":5},"explained":"Five to two"}"#;
    vec![
        read("/attendance"),
        read("/attendance?place=<a>&rows=visits"),
        read("/attendance?place=<a>&rows=estimates"),
        officer("GET", "/attendance/event?event=meeting-1&event_kind=meeting&place=<a>"),
        officer("POST", "/attendance/{attendance:attendance1}/strike")
            .form("reason=Twice&event=meeting-1&event_kind=meeting&place=<a>"),
        officer("POST", "/api/v1/attendance").json(&format!("{{{at}}}")),
        officer("POST", "/api/v1/attendance/lists").json(&format!(r#"{{{at},"rows":[{{"mark":"7"}}]}}"#)),
        officer("POST", "/api/v1/attendance/estimates")
            .json(&format!(r#"{{{at},"headcount":30,"direct":true,"basis":"Chairs"}}"#)),
        officer("POST", "/api/v1/attendance/{attendance:attendance2}/strike").json(r#"{"reason":"Twice"}"#),
        read("/api/v1/attendance/figures?place=<a>"),
        read("/verdicts"),
        read("/verdicts?about=<published>"),
        read("/verdicts/{verdict:verdict}"),
        read("/verdicts/latest?kind=meeting-vote&about=<published>").answers(303),
        public("/verdicts/{verdict:verdict}/recompute").form(""),
        read("/verdicts/{verdict:verdict}/file"),
        // an auditor may, but this one was computed elsewhere
        Row::new("POST", "/verdicts/{verdict:verdict}/sealed", Kind::Right(Who::Auditor)).form("").answers(409),
        read("/api/v1/verdicts"),
        officer("POST", "/api/v1/verdicts").json(verdict),
        read("/api/v1/verdicts/{verdict:verdict}"),
        read("/api/v1/verdicts/{verdict:verdict}/recompute"),
        public("/api/v1/verdicts/{verdict:verdict}/recompute"),
        Row::new("POST", "/api/v1/verdicts/{verdict:verdict}/sealed", Kind::Right(Who::Auditor)).answers(409),
    ]
}
