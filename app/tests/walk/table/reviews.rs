//! Reviews of seasons. The officer of the place sits on the panel too.

use super::{Row, officer, read};

pub(super) fn rows() -> Vec<Row> {
    let sheet = "score-1=7&score-2=7&score-3=7&score-4=7&score-5=7&score-6=7&score-7=7&comment=Words";
    let json = r#"{"scores":{"need":6,"participation":6,"feasibility":6,"budget":6,"innovation":6,"sustainability":6,
        "team":6},"comment":"Words"}"#;
    vec![
        read("/seasons/{season:reviewing}/review"),
        read("/seasons/{season:collecting}/review"),
        read("/seasons/{season:reviewed}/review"),
        read("/seasons/{season:reviewed}/review/projects/{number:one}"),
        read("/seasons/{season:reviewed}/review/minutes"),
        officer("GET", "/seasons/{season:reviewing}/review/mine"),
        officer("POST", "/seasons/{season:answering}/review/answer").form("accept=yes"),
        officer("POST", "/seasons/{season:reviewing}/review/declare").form("p-1=none"),
        officer("GET", "/seasons/{season:reviewing}/review/sheets/{number:one}"),
        officer("POST", "/seasons/{season:reviewing}/review/sheets/{number:one}").form(sheet),
        officer("GET", "/seasons/{season:reviewing}/review/run?find=x"),
        officer("POST", "/seasons/{season:reviewing}/review/reviewers").form("person=<helper4>"),
        officer("POST", "/seasons/{season:closable}/review/close").form("ok=1"),
        read("/api/v1/seasons/{season:reviewed}/review"),
        read("/api/v1/seasons/{season:reviewed}/review/sheets"),
        officer("GET", "/api/v1/seasons/{season:reviewing}/review/reviewers"),
        officer("POST", "/api/v1/seasons/{season:reviewing}/review/reviewers").json(r#"{"person":"<helper4>"}"#),
        officer("POST", "/api/v1/seasons/{season:answering}/review/answer").json(r#"{"accept":true}"#),
        officer("PUT", "/api/v1/seasons/{season:reviewing}/review/declarations")
            .json(r#"[{"number":1,"conflict":"none"}]"#),
        officer("PUT", "/api/v1/seasons/{season:reviewing}/review/sheets/{number:one}").json(json),
        officer("POST", "/api/v1/seasons/{season:closable2}/review/close"),
        read("/seasons/{season:reviewing}/contest"),
        read("/seasons/{season:reviewing}/contest/room"),
        officer("POST", "/seasons/{season:reviewing}/contest").form("minutes=5&revision=0"),
        officer("POST", "/seasons/{season:reviewing}/contest/next").form("revision=1"),
        officer("POST", "/seasons/{season:reviewing}/contest/questions").form("position=1&question=Who"),
        officer("PUT", "/api/v1/seasons/{season:closable}/contest").json(r#"{"minutes":5,"order":[1]}"#),
        read("/api/v1/seasons/{season:closable}/contest"),
        officer("POST", "/api/v1/seasons/{season:closable}/contest/next").json(r#"{"revision":1}"#),
        officer("POST", "/api/v1/seasons/{season:closable}/contest/questions")
            .json(r#"{"position":1,"question":"Who"}"#),
    ]
}
