//! Ideas of a season, what is said of them, and what the office does with them.

use super::{PHOTO, Row, author, officer, read, signed_in};

pub(super) fn rows() -> Vec<Row> {
    let photo = ("photos", "bench.png", PHOTO);
    vec![
        read("/seasons/{season:collecting}/ideas?q=x&area=<a>&answered=unanswered&sort=supports"),
        read("/seasons/{season:collecting}/ideas?mine=1"),
        signed_in("POST", "/seasons/{season:collecting}/ideas").parts("title=Bench&body=Words&nameless=1", photo),
        officer("GET", "/seasons/{season:collecting}/ideas/work"),
        officer("GET", "/seasons/{season:collecting}/ideas/work?list=waiting"),
        officer("POST", "/seasons/{season:collecting}/ideas/merge").form("pick=<idea1>&pick=<idea2>"),
        officer("POST", "/seasons/{season:collecting}/ideas/merge")
            .form("pick=<idea1>&pick=<idea2>&into=<idea1>&words=Same&ok=1"),
        read("/seasons/{season:collecting}/ideas/{idea:pictured-idea}"),
        read("/seasons/{season:collecting}/ideas/{idea:pictured-idea}/files/{file:idea-photo}"),
        read("/seasons/{season:collecting}/ideas/{idea:pictured-idea}/files/{file:idea-photo}/small"),
        officer("POST", "/seasons/{season:collecting}/ideas/{idea:idea3}/answer").form("outcome=taken-up&words=Yes"),
        officer("POST", "/seasons/{season:collecting}/ideas/{idea:idea4}/hide").form("reason=Names+somebody"),
        officer("POST", "/seasons/{season:collecting}/ideas/{idea:idea4}/show").form("ok=1"),
        officer("POST", "/seasons/{season:collecting}/ideas/{idea:idea5}/split")
            .form("part_title=A&part_body=B&part_title=C&part_body=D&part_title=&part_body=&reason=Two"),
        author("GET", "/seasons/{season:collecting}/ideas/{idea:idea6}/withdraw"),
        author("POST", "/seasons/{season:collecting}/ideas/{idea:idea6}/withdraw").form("ok=1"),
        signed_in("POST", "/seasons/{season:collecting}/ideas/{idea:idea}/support").form("ok=1"),
        signed_in("POST", "/seasons/{season:collecting}/ideas/{idea:idea}/unsupport").form("ok=1"),
        signed_in("POST", "/seasons/{season:collecting}/ideas/{idea:idea}/comments").form("words=Good"),
        officer("POST", "/seasons/{season:collecting}/ideas/{idea:idea}/comments/{comment:comment0}/hide")
            .form("reason=Rude"),
        read("/api/v1/seasons/{season:collecting}/ideas?sort=supports"),
        read("/api/v1/seasons/{season:collecting}/ideas/{idea:idea}"),
        officer("POST", "/api/v1/seasons/{season:collecting}/ideas/merge")
            .json(r#"{"ideas":["<idea7>"],"into":"<idea8>","words":"Same"}"#),
        officer("PUT", "/api/v1/seasons/{season:collecting}/ideas/{idea:idea9}/answer")
            .json(r#"{"outcome":"not-now","words":"No money"}"#),
        officer("POST", "/api/v1/seasons/{season:collecting}/ideas/{idea:idea9}/hide").json(r#"{"reason":"Names"}"#),
        officer("POST", "/api/v1/seasons/{season:collecting}/ideas/{idea:idea9}/show"),
        officer("POST", "/api/v1/seasons/{season:collecting}/ideas/{idea:idea9}/split")
            .json(r#"{"parts":[{"title":"A","body":"B"},{"title":"C","body":"D"}],"reason":"Two"}"#),
        author("POST", "/api/v1/seasons/{season:collecting}/ideas/{idea:idea10}/withdraw").personal(),
        signed_in("PUT", "/api/v1/seasons/{season:collecting}/ideas/{idea:idea}/support").personal(),
        signed_in("DELETE", "/api/v1/seasons/{season:collecting}/ideas/{idea:idea}/support").personal(),
        read("/api/v1/seasons/{season:collecting}/ideas/{idea:idea}/comments"),
        signed_in("POST", "/api/v1/seasons/{season:collecting}/ideas/{idea:idea}/comments").json(r#"{"words":"Good"}"#),
        officer("POST", "/api/v1/seasons/{season:collecting}/ideas/{idea:idea}/comments/{comment:comment1}/hide")
            .json(r#"{"reason":"Rude"}"#),
    ]
}
