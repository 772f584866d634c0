//! Handovers between property firms.

use super::{Row, author, officer, read};

pub(super) fn rows() -> Vec<Row> {
    let form = "place=<a>&old_firm=<firm0>&new_firm=<firm1>&residents=<firm2>&due=2026-12-20";
    let json = r#"{"place":"<a>","old_firm":"<firm0>","new_firm":"<firm1>","residents":"<firm2>","due":"2026-12-20"}"#;
    vec![
        read("/handovers"),
        read("/handovers?place=<a>"),
        officer("GET", "/handovers/new?place=<a>"),
        officer("POST", "/handovers").form(form),
        read("/handovers/{handover:handover2}"),
        officer("POST", "/handovers/{handover:handover2}/items").form("item=2&state=missing&note=Lost"),
        author("POST", "/handovers/{handover:handover0}/sign").form("side=old"),
        read("/api/v1/handovers?place=<a>"),
        officer("POST", "/api/v1/handovers").json(json),
        read("/api/v1/handovers/{handover:handover2}"),
        officer("POST", "/api/v1/handovers/{handover:handover2}/items").json(r#"{"item":"3","state":"handed"}"#),
        author("POST", "/api/v1/handovers/{handover:handover1}/sign").json(r#"{"side":"old"}"#).personal(),
    ]
}
