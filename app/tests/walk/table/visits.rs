//! Visits of a season.

use super::{Row, officer, read};

pub(super) fn rows() -> Vec<Row> {
    let form = "place=<a>&day=2026-11-20&staff=Hill&findings=Dark&met-elders=3&needs=Light+3&has-rooms=Hall";
    let json = r#"{"place":"<a>","day":"2026-11-20","staff":"Hill","findings":"Dark",
        "met":[{"kind":"elders","people":3}],"needs":[{"need":"Light","mentioned":3}]}"#;
    let corrected = "place=<a>&day=2026-11-20&staff=Hill&findings=Damp&met-elders=3&revision=0";
    let mended = r#"{"revision":1,"place":"<a>","day":"2026-11-20","staff":"Hill","findings":"Dark",
        "met":[{"kind":"elders","people":3}]}"#;
    vec![
        read("/seasons/{season:visiting}/visits"),
        read("/seasons/{season:visiting}/visits?need=Light"),
        officer("GET", "/seasons/{season:visiting}/visits/new"),
        officer("POST", "/seasons/{season:visiting}/visits").form(form),
        read("/seasons/{season:visiting}/visits/{visit:visit0}"),
        officer("GET", "/seasons/{season:visiting}/visits/{visit:visit0}/correct"),
        officer("POST", "/seasons/{season:visiting}/visits/{visit:visit0}/correct").form(corrected),
        officer("POST", "/seasons/{season:visiting}/visits/{visit:visit1}/strike").form("reason=Twice"),
        read("/api/v1/seasons/{season:visiting}/visits"),
        officer("POST", "/api/v1/seasons/{season:visiting}/visits").json(json),
        read("/api/v1/seasons/{season:visiting}/needs"),
        read("/api/v1/seasons/{season:visiting}/visits/{visit:visit0}"),
        officer("POST", "/api/v1/seasons/{season:visiting}/visits/{visit:visit0}/correct").json(mended),
        officer("POST", "/api/v1/seasons/{season:visiting}/visits/{visit:visit2}/strike").json(r#"{"reason":"Twice"}"#),
    ]
}

pub(super) fn workshops() -> Vec<Row> {
    let asked = r#"{"question":"Where?","expert":"Planner","advice":"Here."}"#;
    vec![
        read("/seasons/{season:visiting}/workshops"),
        officer("GET", "/seasons/{season:visiting}/workshops/new"),
        officer("POST", "/seasons/{season:visiting}/workshops").form("day=2026-11-20&title=Evening&place=<a>"),
        read("/seasons/{season:visiting}/workshops/{workshop:workshop}"),
        officer("POST", "/seasons/{season:visiting}/workshops/{workshop:workshop}/cards").form("cards=Bench%0ALamp"),
        officer("POST", "/seasons/{season:collecting}/workshops/{workshop:workshop2}/cards/{number:one}")
            .form("idea=<idea>"),
        officer("GET", "/seasons/{season:collecting}/workshops/{workshop:workshop2}/cards/{number:two}/idea"),
        officer("POST", "/seasons/{season:collecting}/workshops/{workshop:workshop2}/cards/{number:two}/idea")
            .form("title=Lamp&body=Dark"),
        officer("POST", "/seasons/{season:visiting}/workshops/{workshop:workshop}/questions")
            .form("question=Who&expert=Planner&advice=You"),
        officer("POST", "/seasons/{season:visiting}/workshops/{workshop:workshop}/questions/{number:one}")
            .form("taken=yes"),
        officer("POST", "/seasons/{season:visiting}/workshops/{workshop:workshop}/attendance")
            .form("rows=12&headcount=5&basis=Chairs&once=form"),
        read("/api/v1/seasons/{season:visiting}/workshops"),
        officer("POST", "/api/v1/seasons/{season:visiting}/workshops")
            .json(r#"{"day":"2026-11-20","title":"Evening","place":"<a>"}"#),
        read("/api/v1/seasons/{season:visiting}/workshops/{workshop:workshop}"),
        officer("POST", "/api/v1/seasons/{season:visiting}/workshops/{workshop:workshop}/cards")
            .json(r#"{"cards":["Bench"]}"#),
        officer("POST", "/api/v1/seasons/{season:collecting}/workshops/{workshop:workshop2}/cards/{number:one}/idea")
            .json(r#"{"idea":"<idea>"}"#),
        officer("POST", "/api/v1/seasons/{season:visiting}/workshops/{workshop:workshop}/questions").json(asked),
        officer("POST", "/api/v1/seasons/{season:visiting}/workshops/{workshop:workshop}/questions/{number:one}")
            .json(r#"{"taken":"partly","note":"Later"}"#),
    ]
}
