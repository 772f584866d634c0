//! Plans of projects that run, promotion, pairs of teams.

use super::{Row, officer, read};

pub(super) fn rows() -> Vec<Row> {
    let plan = "version=0&ends=2027-03-31&month-1=2026-11&month-1-activities=2";
    let pair = "old=1&new=2&about=Rota&from=2026-11-22&until=2027-01-31";
    vec![
        read("/seasons/{season:running}/projects/{number:n5}/plan"),
        officer("GET", "/seasons/{season:running}/projects/{number:n8}/plan/edit"),
        officer("POST", "/seasons/{season:running}/projects/{number:n8}/plan").form(plan),
        officer("POST", "/seasons/{season:running}/projects/{number:n5}/plan/decide").form("version=2&act=accept"),
        officer("POST", "/seasons/{season:running}/projects/{number:n3}/plan/withdraw").form("version=2"),
        read("/seasons/{season:running}/promotion"),
        // nobody has closed a project there
        officer("POST", "/seasons/{season:running}/projects/{number:n8}/promote").form("ok=1").answers(409),
        read("/seasons/{season:running}/mentors"),
        officer("POST", "/seasons/{season:running}/mentors").form(pair),
        // only the teams agree, and these projects have none
        officer("POST", "/seasons/{season:running}/mentors/agree").form("old=1&new=3").answers(403),
        officer("POST", "/seasons/{season:running}/mentors/end").form("old=1&new=3"),
        read("/api/v1/seasons/{season:running}/projects/{number:n5}/plan"),
        officer("POST", "/api/v1/seasons/{season:running}/projects/{number:n8}/plan")
            .json(r#"{"version":0,"plan":{"months":[{"month":"2026-11","activities":"2"}],"ends":"2027-03-31"}}"#),
        officer("POST", "/api/v1/seasons/{season:running}/projects/{number:n5}/plan/decide")
            .json(r#"{"version":2,"accept":true}"#),
        officer("POST", "/api/v1/seasons/{season:running}/projects/{number:n3}/plan/{version:two}/withdraw"),
    ]
}
