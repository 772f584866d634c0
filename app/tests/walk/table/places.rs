//! Places.

use super::{Kind, Row, officer, read};

pub(super) fn rows() -> Vec<Row> {
    vec![
        read("/places"),
        read("/places/{place:a}"),
        read("/api/v1/places"),
        read("/api/v1/places/search?q=x"),
        read("/api/v1/places/{place:a}"),
        officer("POST", "/api/v1/places").json(r#"{"parent":"<s1>","level":"community","name":"New"}"#),
        officer("POST", "/api/v1/places/imports?under=<s1>").csv("code,level,name,parent\n"),
        officer("POST", "/api/v1/places/{place:c1}/rename").json(r#"{"name":"Renamed"}"#),
        officer("POST", "/api/v1/places/{place:c2}/aliases").json(r#"{"alias":"Old"}"#),
        officer("POST", "/api/v1/places/{place:c3}/split").json(r#"{"parts":[{"name":"East"},{"name":"West"}]}"#),
        officer("POST", "/api/v1/places/mergers").json(r#"{"places":["<c4>","<c5>"],"name":"Both"}"#),
        officer("POST", "/api/v1/places/{place:estate}/move").json(r#"{"parent":"<c2>"}"#),
        // a new tree has nothing above it, and what lies in two places takes the right in both
        Row::new("POST", "/api/v1/places", Kind::Operator).json(r#"{"level":"district","name":"New"}"#),
        Row::new("POST", "/api/v1/places/imports", Kind::Operator).csv("code,level,name,parent\n"),
    ]
}
