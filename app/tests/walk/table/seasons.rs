//! Seasons, their lists and results.

use super::{Row, officer, public, read, signed_in};

pub(super) fn rows() -> Vec<Row> {
    let season = r#"{"place":"<a>","name":"S","budget":100,"currency":"CNY","rule":"greedy:cost","max_choices":2}"#;
    vec![
        read("/seasons"),
        read("/programmes"),
        read("/programmes/{key:plain}"),
        officer("GET", "/seasons/new?place=<a>"),
        officer("POST", "/seasons/new").form("place=<a>&template=star-pick&name=Star&budget=1000&once=form"),
        officer("GET", "/seasons/{season:moving}/plan"),
        officer("POST", "/seasons/{season:moving}/plan")
            .form("revision=0&from-ideas=2026-11-01&until-ideas=2026-11-02"),
        officer("POST", "/seasons/{season:moving}/advance").form("to=deciding"),
        officer("POST", "/seasons/{season:opening2}/open-vote").form("ok=1"),
        read("/api/v1/seasons/{season:moving}/plan"),
        officer("PUT", "/api/v1/seasons/{season:moving}/plan")
            .json(r#"{"revision":1,"stages":[{"stage":"ideas","from":"2026-11-01","until":"2026-11-03"}]}"#),
        officer("POST", "/api/v1/seasons/{season:moving2}/advance").json(r#"{"to":"deciding"}"#),
        read("/seasons/{season:collecting}"),
        read("/seasons/{season:published}"),
        read("/seasons/{season:collecting}/ideas"),
        signed_in("POST", "/seasons/{season:collecting}/ideas").form("title=Idea&body=Words"),
        read("/seasons/{season:collecting}/ideas/{idea:idea}"),
        read("/seasons/{season:published}/selection"),
        // no list there: who may is told so, who may not is refused before
        officer("POST", "/seasons/{season:published}/selection/decide").form("ok=1").answers(409),
        officer("POST", "/seasons/{season:published}/selection/announce").form("title=List&body=Words").answers(409),
        officer("POST", "/seasons/{season:published}/selection/approve").form("ok=1").answers(409),
        officer("POST", "/seasons/{season:published}/selection/{number:one}/condition").form("words=Mend").answers(409),
        officer("POST", "/seasons/{season:published}/selection/{number:one}/met").form("ok=1").answers(409),
        read("/api/v1/seasons/{season:published}/selection").answers(404),
        officer("POST", "/api/v1/seasons/{season:published}/selection").answers(409),
        officer("PUT", "/api/v1/seasons/{season:published}/selection/{number:one}/condition")
            .json(r#"{"words":"Mend"}"#)
            .answers(409),
        officer("POST", "/api/v1/seasons/{season:published}/selection/{number:one}/met").answers(409),
        officer("POST", "/api/v1/seasons/{season:published}/selection/announce")
            .json(r#"{"title":"List","body":"Words"}"#)
            .answers(409),
        officer("POST", "/api/v1/seasons/{season:published}/selection/approve").answers(409),
        read("/seasons/{season:published}/result"),
        read("/seasons/{season:published}/projects/{number:one}"),
        read("/api/v1/seasons"),
        officer("POST", "/api/v1/seasons").json(season),
        read("/api/v1/seasons/{season:voting}"),
        read("/api/v1/seasons/{season:voting}/projects"),
        officer("POST", "/api/v1/seasons/{season:collecting}/projects")
            .json(r#"[{"reference":"P","name":"Bench","cost":50}]"#),
        read("/api/v1/seasons/{season:collecting}/ideas"),
        signed_in("POST", "/api/v1/seasons/{season:collecting}/ideas").json(r#"{"title":"Idea","body":"Words"}"#),
        officer("POST", "/api/v1/seasons/{season:opening}/roll").json(r#"{"voters":[{"code":"code-of-letter-9"}]}"#),
        officer("POST", "/api/v1/seasons/{season:opening}/open-vote"),
        public("/api/v1/seasons/{season:voting}/ballots").json(r#"{"code":"code-of-letter-1","choices":[1]}"#).once(),
        officer("POST", "/api/v1/seasons/{season:voting2}/close-vote"),
        read("/api/v1/seasons/{season:published}/result"),
        read("/api/v1/seasons/{season:published}/result/{number:one}"),
        officer("POST", "/api/v1/seasons/{season:closed}/result"),
    ]
}
