//! Figures of a season: everybody may count them again.

use super::{Row, officer, read};

/// No workbook: what is taken in is walked by the seed.
const FORM: (&str, &str, &[u8]) = ("file", "quarter.xlsx", b"PK");

pub(super) fn rows() -> Vec<Row> {
    vec![
        read("/seasons/{season:visiting}/figures"),
        read("/seasons/{season:funded}/projects.xlsx"),
        officer("GET", "/seasons/{season:funded}/money/postings.xlsx"),
        read("/seasons/{season:visiting}/figures/{figure:communities_visited}"),
        read("/seasons/{season:collecting}/figures/{figure:ideas}?after=1"),
        read("/api/v1/seasons/{season:visiting}/figures"),
        officer("POST", "/api/v1/seasons/{season:funded}/showcase")
            .json(r#"{"section":"money","lang":"en","text":"{projects}","names":"nobody","version":0}"#),
        officer("PUT", "/api/v1/seasons/{season:lapsing}/showcase/public").json(r#"{"public":true}"#),
        officer("PUT", "/api/v1/seasons/{season:funded}/showcase/{section:done}").json(r#"{"hide":true}"#),
        read("/seasons/{season:funded}/showcase"),
        read("/seasons/{season:funded}/showcase.docx"),
        read("/seasons/{season:funded}/showcase.pdf").answers(404),
        officer("POST", "/seasons/{season:lapsing}/showcase/publish").form("act=publish"),
        officer("GET", "/seasons/{season:funded}/showcase/texts/{section:done}"),
        officer("POST", "/seasons/{season:funded}/showcase/texts/{section:done}")
            .form("text=%7Bprojects%7D&names=nobody&version=0"),
        officer("POST", "/seasons/{season:funded}/showcase/texts/{section:done}/arrange").form("act=hide"),
        officer("GET", "/seasons/{season:funded}/forms"),
        officer("POST", "/seasons/{season:funded}/forms").parts("name=Quarter&once=q", FORM).answers(422),
        officer("GET", "/seasons/{season:funded}/forms/{form:1}"),
        officer("POST", "/seasons/{season:funded}/forms/{form:1}/cells").form("act=bind&cell=C1&figure=projects"),
        officer("POST", "/seasons/{season:funded}/forms/{form:1}/fill").form("once=walk"),
        officer("GET", "/seasons/{season:funded}/forms/{form:1}/fillings/{filling:1}"),
        officer("GET", "/api/v1/seasons/{season:funded}/forms"),
        officer("POST", "/api/v1/seasons/{season:funded}/forms/{form:1}/fill").json(r#"{"once":"walk"}"#),
        read("/seasons/{season:funded}/release"),
        read("/seasons/{season:funded}/release.docx"),
        read("/seasons/{season:funded}/release.pdf").answers(404),
        read("/seasons/{season:funded}/slides"),
    ]
}
