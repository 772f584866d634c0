//! Visits of a season.

use super::{Row, officer, read};

pub(super) fn rows() -> Vec<Row> {
    let form = "place=<a>&day=2026-11-20&staff=Hill&findings=Dark&met-elders=3&needs=Light+3&has-rooms=Hall";
    let json = r#"{"place":"<a>","day":"2026-11-20","staff":"Hill","findings":"Dark",
        "met":[{"kind":"elders","people":3}],"needs":[{"need":"Light","mentioned":3}]}"#;
    vec![
        read("/seasons/{season:visiting}/visits"),
        read("/seasons/{season:visiting}/visits?need=Light"),
        officer("GET", "/seasons/{season:visiting}/visits/new"),
        officer("POST", "/seasons/{season:visiting}/visits").form(form),
        read("/seasons/{season:visiting}/visits/{visit:visit0}"),
        officer("GET", "/seasons/{season:visiting}/visits/{visit:visit0}/correct"),
        officer("POST", "/seasons/{season:visiting}/visits/{visit:visit0}/correct").form(form),
        officer("POST", "/seasons/{season:visiting}/visits/{visit:visit1}/strike").form("reason=Twice"),
        read("/api/v1/seasons/{season:visiting}/visits"),
        officer("POST", "/api/v1/seasons/{season:visiting}/visits").json(json),
        read("/api/v1/seasons/{season:visiting}/needs"),
        read("/api/v1/seasons/{season:visiting}/visits/{visit:visit0}"),
        officer("POST", "/api/v1/seasons/{season:visiting}/visits/{visit:visit0}/correct").json(json),
        officer("POST", "/api/v1/seasons/{season:visiting}/visits/{visit:visit2}/strike").json(r#"{"reason":"Twice"}"#),
    ]
}
