//! A season that runs: its board, its projects, their assessments and closings.

use super::{Row, officer, read, signed_in};

pub(super) fn rows() -> Vec<Row> {
    let sheet = "round=1&score-1=70&score-2=70&score-3=70&score-4=70&comment=Words";
    let scores = r#"{"round":1,"scores":["70","70","70","70"]}"#;
    vec![
        read("/seasons/{season:running}/running"),
        officer("POST", "/seasons/{season:running}/midterm/announce").form("ok=1").once(),
        read("/seasons/{season:running}/projects/{number:one}/running"),
        read("/seasons/{season:running}/projects/{number:n4}/running"),
        officer("POST", "/seasons/{season:running}/projects/{number:one}/midterm/open").form("ok=1"),
        officer("POST", "/seasons/{season:running}/projects/{number:two}/midterm/sheet").form(sheet),
        officer("POST", "/seasons/{season:running}/projects/{number:n3}/midterm/decide").form("round=1&outcome=passed"),
        officer("POST", "/seasons/{season:running}/projects/{number:n4}/midterm/mend").form("words=Mended"),
        officer("GET", "/seasons/{season:running}/projects/{number:n5}/closing"),
        officer("POST", "/seasons/{season:running}/projects/{number:n5}/closing").form("revision=0&done=All&act=save"),
        officer("POST", "/seasons/{season:running}/projects/{number:n6}/closing/accept").form("ok=1"),
        officer("POST", "/seasons/{season:running}/projects/{number:n7}/closing/return").form("reasons=Costs"),
        signed_in("POST", "/seasons/{season:running}/projects/{number:n8}/grade")
            .form("grade=5&words=Fine")
            .answers(409),
        read("/seasons/{season:running}/groups"),
        read("/seasons/{season:running}/groups/{group:garden}"),
        officer("POST", "/seasons/{season:running}/groups/{group:corridors}/members").form("number=2"),
        officer("POST", "/seasons/{season:running}/groups/{group:corridors}/leader").form("number=1&how=elected"),
        officer("POST", "/seasons/{season:running}/groups/{group:garden}/notes")
            .form("kind=visit&number=3&day=2026-11-20&words=Green"),
        read("/seasons/{season:running}/awards"),
        officer("POST", "/seasons/{season:running}/awards").form("category=shining&number=8&words=Good"),
        officer("POST", "/seasons/{season:running}/awards/decide").form("category=innovation&number=5&act=give"),
        read("/seasons/{season:chosen}/awards/{category:shining}/choice"),
        read("/seasons/{season:chosen}/awards/{category:mobilising}/choice"),
        read("/seasons/{season:chosen}/awards/{category:innovation}/choice").answers(404),
        officer("POST", "/seasons/{season:chosen}/awards/{category:shining}/choice/jury").form("person=x").answers(422),
        officer("POST", "/seasons/{season:chosen}/awards/{category:mobilising}/choice/open").form("closes=2026-12-10"),
        signed_in("POST", "/seasons/{season:chosen}/awards/{category:shining}/choice/ballot")
            .form("for=1")
            .answers(409),
        officer("POST", "/seasons/{season:chosen}/awards/{category:shining}/choice/count").form("ok=1").answers(409),
        officer("GET", "/seasons/{season:running}/projects/{number:n5}/closing/film"),
        officer("POST", "/seasons/{season:running}/projects/{number:n5}/closing/film")
            .form("faces=nobody")
            .answers(422),
        read("/seasons/{season:running}/projects/{number:n5}/closing/film/file").answers(404),
        officer("POST", "/seasons/{season:running}/projects/{number:n5}/closing/film/remove").form("ok=1"),
        read("/certificates"),
        read("/certificates/{number:certificate}"),
        read("/api/v1/seasons/{season:running}/running"),
        read("/api/v1/seasons/{season:running}/projects/{number:one}/running"),
        read("/api/v1/seasons/{season:running}/groups"),
        read("/api/v1/seasons/{season:running}/awards"),
        officer("POST", "/api/v1/seasons/{season:running}/midterm/announce").once(),
        officer("POST", "/api/v1/seasons/{season:running}/projects/{number:one}/midterm/open"),
        officer("PUT", "/api/v1/seasons/{season:running}/projects/{number:two}/midterm/sheet").json(scores).personal(),
        officer("POST", "/api/v1/seasons/{season:running}/projects/{number:n3}/midterm/decide")
            .json(r#"{"round":1,"outcome":"passed"}"#),
        officer("POST", "/api/v1/seasons/{season:running}/projects/{number:n4}/midterm/mend")
            .json(r#"{"words":"Mended"}"#),
        officer("PUT", "/api/v1/seasons/{season:running}/projects/{number:n5}/closing")
            .json(r#"{"revision":1,"done":"All of it"}"#),
        officer("POST", "/api/v1/seasons/{season:running}/projects/{number:n6}/closing/accept"),
        officer("POST", "/api/v1/seasons/{season:running}/projects/{number:n7}/closing/return")
            .json(r#"{"reasons":"Costs"}"#),
        signed_in("PUT", "/api/v1/seasons/{season:running}/projects/{number:n8}/grade")
            .json(r#"{"grade":4}"#)
            .answers(409)
            .personal(),
        officer("POST", "/api/v1/seasons/{season:running}/groups/members").json(r#"{"number":2,"team":"corridors"}"#),
        officer("POST", "/api/v1/seasons/{season:running}/groups/leaders")
            .json(r#"{"number":1,"team":"corridors","how":"elected"}"#),
        officer("POST", "/api/v1/seasons/{season:running}/groups/{group:garden}/notes")
            .json(r#"{"kind":"talk","day":"2026-11-20","words":"Talked"}"#),
        officer("POST", "/api/v1/seasons/{season:running}/awards")
            .json(r#"{"category":"shining","number":8,"words":"Good"}"#),
        officer("POST", "/api/v1/seasons/{season:running}/awards/decide")
            .json(r#"{"category":"innovation","number":5,"give":true}"#),
    ]
}
