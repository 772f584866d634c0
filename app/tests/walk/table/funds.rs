//! The money of a season.

use super::{PHOTO, Row, author, officer, read};

/// A photo of a voucher.
const BILL: (&str, &str, &[u8]) = ("photos", "bill.png", PHOTO);

pub(super) fn rows() -> Vec<Row> {
    let bill =
        "line=1&kind=invoice&paper=N77&day=2026-11-20&amount=1&payee=Shop&purpose=Frames&handler=Hill&witness=Lake";
    vec![
        read("/seasons/{season:funded}/money"),
        officer("POST", "/seasons/{season:funded}/money/sources").form("kind=donor&name=Hill&amount=12.50"),
        officer("POST", "/seasons/{season:lapsing}/money/year-end").form("x=1"),
        officer("POST", "/seasons/{season:funded}/money/steps/{step:step0}").form("act=confirm"),
        officer("GET", "/seasons/{season:funded}/money/postings.csv"),
        read("/seasons/{season:funded}/money/sources/{source:one}"),
        officer("POST", "/seasons/{season:funded}/money/sources/{source:one}").form("reason=Twice").answers(409),
        read("/seasons/{season:funded}/projects/{number:one}/money"),
        read("/seasons/{season:funded}/projects/{number:three}/money"),
        officer("POST", "/seasons/{season:funded}/projects/{number:three}/money/agreement")
            .form("from=2026-11-01&until=2027-10-31&person=<resident>"),
        author("POST", "/seasons/{season:funded}/projects/{number:two}/money/sign").form("side=team"),
        officer("POST", "/seasons/{season:funded}/projects/{number:two}/money/sign").form("side=office"),
        officer("POST", "/seasons/{season:funded}/projects/{number:one}/money/tranches/{tranche:two}")
            .form("act=propose"),
        officer("POST", "/seasons/{season:funded}/projects/{number:one}/money/returns").form("amount=1"),
        officer("GET", "/seasons/{season:funded}/projects/{number:one}/money/vouchers"),
        officer("POST", "/seasons/{season:funded}/projects/{number:one}/money/vouchers").parts(bill, BILL),
        read("/seasons/{season:funded}/projects/{number:one}/money/vouchers/{voucher:voucher0}"),
        officer("POST", "/seasons/{season:funded}/projects/{number:one}/money/vouchers/{voucher:voucher1}/decide")
            .form("act=refuse&reason=Blurred"),
        officer(
            "GET",
            "/seasons/{season:funded}/projects/{number:one}/money/vouchers/{voucher:voucher0}/files/{file:bill0}",
        )
        .hidden(),
        officer(
            "GET",
            "/seasons/{season:funded}/projects/{number:one}/money/vouchers/{voucher:voucher0}/files/{file:bill0}/small",
        )
        .hidden(),
    ]
}

pub(super) fn api() -> Vec<Row> {
    let source = r#"{"kind":"donor","name":"Hill","amount":"12.50"}"#;
    let again = r#"{"line":"1","kind":"invoice","paper":"N78","day":"2026-11-20","amount":"1","payee":"Shop",
        "purpose":"Frames","handler":"Hill","witness":"Lake","files":["<bill3>"]}"#;
    vec![
        read("/api/v1/seasons/{season:funded}/money"),
        officer("POST", "/api/v1/seasons/{season:funded}/money/sources").json(source),
        officer("POST", "/api/v1/seasons/{season:lapsing}/money/year-end"),
        officer("GET", "/api/v1/seasons/{season:funded}/money/steps"),
        officer("POST", "/api/v1/seasons/{season:funded}/money/steps/{step:step0}/confirm"),
        officer("POST", "/api/v1/seasons/{season:funded}/money/steps/{step:step1}/recall"),
        officer("POST", "/api/v1/seasons/{season:funded}/money/sources/{source:one}/withdraw")
            .json(r#"{"reason":"Twice"}"#)
            .answers(409),
        read("/api/v1/seasons/{season:funded}/projects/{number:one}/money"),
        officer("POST", "/api/v1/seasons/{season:funded}/projects/{number:three}/money/agreement")
            .json(r#"{"from":"2026-11-01","until":"2027-10-31","person":"<resident>"}"#),
        officer("POST", "/api/v1/seasons/{season:funded}/projects/{number:three}/money/sign")
            .json(r#"{"side":"office"}"#),
        officer("POST", "/api/v1/seasons/{season:funded}/projects/{number:five}/money/tranches/{tranche:one}/propose"),
        officer("POST", "/api/v1/seasons/{season:funded}/projects/{number:five}/money/tranches/{tranche:one}/recall"),
        officer("POST", "/api/v1/seasons/{season:funded}/projects/{number:four}/money/tranches/{tranche:one}/release"),
        officer("POST", "/api/v1/seasons/{season:funded}/projects/{number:one}/money/vouchers").json(again),
        officer(
            "POST",
            "/api/v1/seasons/{season:funded}/projects/{number:one}/money/vouchers/{voucher:voucher2}/approve",
        ),
        officer(
            "POST",
            "/api/v1/seasons/{season:funded}/projects/{number:one}/money/vouchers/{voucher:voucher3}/refuse",
        )
        .json(r#"{"reason":"Blurred"}"#),
        officer("POST", "/api/v1/seasons/{season:funded}/projects/{number:one}/money/returns")
            .json(r#"{"amount":"1"}"#),
        officer("POST", "/seasons/{season:funded}/projects/{number:five}/money/settle").form("x=1"),
        officer("POST", "/api/v1/seasons/{season:funded}/projects/{number:five}/money/settle"),
        officer("POST", "/seasons/{season:funded}/projects/{number:four}/money/terminate").form("reason=Over"),
        officer("POST", "/api/v1/seasons/{season:funded}/projects/{number:four}/money/terminate")
            .json(r#"{"reason":"Over"}"#),
    ]
}
