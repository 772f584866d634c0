//! Registers of owners, rounds, ballots and visits.

use super::{Row, officer, read, signed_in};

pub(super) fn rows() -> Vec<Row> {
    [registers(), pages(), api()].concat()
}

fn registers() -> Vec<Row> {
    let file = "rows=unit,building,floor,owner,area,status%0A1-101,1,1,Hill,50,sold%0A";
    vec![
        officer("GET", "/registers/{place:a}"),
        officer("GET", "/registers/{place:a}/import"),
        officer("POST", "/registers/{place:a}/import").form(file),
        officer("POST", "/registers/{place:a}/import/take").form(file),
        officer("POST", "/registers/{place:a}/units/{number:one}/reveal").form("ok=1"),
        officer("GET", "/api/v1/registers/{place:a}"),
        officer("POST", "/api/v1/registers/{place:a}")
            .json(r#"{"rows":"unit,building,floor,owner,area,status\n1,1,1,Lake,60,sold\n"}"#),
    ]
}

fn pages() -> Vec<Row> {
    let draft = "place=<a>&item=other&title=Gate&question=Shall+we&rules=cn&later=refuse&closes=2027-02-01";
    let result = "rows=unit,choice,channel%0A1-201,agree,import%0A";
    vec![
        read("/places/{place:a}/owner-rules"),
        officer("POST", "/places/{place:a}/owner-rules").form("rules=cn"),
        read("/rounds"),
        read("/rounds?place=<a>"),
        officer("GET", "/rounds/new?place=<a>"),
        officer("POST", "/rounds").form(draft),
        read("/rounds/{round:round-open0}"),
        officer("GET", "/rounds/{round:round-draft0}").hidden(),
        officer("GET", "/rounds/{round:round-draft0}/change"),
        officer("POST", "/rounds/{round:round-draft0}/change").form(draft),
        officer("POST", "/rounds/{round:round-draft1}/move").form("to=roll"),
        read("/rounds/{round:round-posted0}/sheet"),
        read("/rounds/{round:round-posted0}/sheet?all=1"),
        read("/rounds/{round:round-posted0}/sheet.csv"),
        officer("GET", "/rounds/{round:round-posted0}/inputs/{file:roll-csv}"),
        officer("GET", "/rounds/{round:round-open0}/papers"),
        officer("POST", "/rounds/{round:round-open0}/papers").form("unit=1-101&choice=agree&channel=paper"),
        officer("GET", "/rounds/{round:round-open0}/papers/print"),
        officer("GET", "/rounds/{round:round-open0}/ballots/import"),
        officer("POST", "/rounds/{round:round-open0}/ballots/import").form(result),
        officer("POST", "/rounds/{round:round-open0}/ballots/import/take")
            .form(&format!("{result}&source=City&published=2026-11-01")),
        officer("GET", "/rounds/{round:round-open0}/letters"),
        officer("POST", "/rounds/{round:round-open0}/letters").form("building=1"),
        read("/rounds/{round:round-open0}/receipt/{entry:owner-receipt}"),
        read("/rounds/{round:round-open0}/vote"),
        signed_in("POST", "/rounds/{round:round-open0}/vote").form("unit=1-101&choice=agree").answers(403),
        officer("GET", "/rounds/{round:round-open0}/files/{file:paper-photo}"),
        officer("GET", "/rounds/{round:round-open0}/files/{file:paper-photo}/small"),
        officer("GET", "/rounds/{round:round-open0}/board"),
        officer("GET", "/rounds/{round:round-open0}/board?building=1"),
        officer("GET", "/rounds/{round:round-open0}/doors"),
        officer("GET", "/rounds/{round:round-open0}/doors/{door:one}"),
        officer("POST", "/rounds/{round:round-open0}/doors/{door:one}").form("result=agrees&words=Yes&client=w"),
        read("/rounds/{round:round-open0}/survey"),
        signed_in("POST", "/rounds/{round:round-open0}/survey").form("unit=1-101&answer=agrees").answers(403),
    ]
}

fn api() -> Vec<Row> {
    let draft = r#"{"place":"<a>","item":"other","title":"Gate","question":"Shall we?","rules":"cn","later":"refuse","closes":"2027-02-01"}"#;
    vec![
        read("/api/v1/places/{place:a}/owner-rules"),
        officer("PUT", "/api/v1/places/{place:a}/owner-rules").json(r#"{"rules":"cn"}"#),
        read("/api/v1/rounds?place=<a>"),
        officer("POST", "/api/v1/rounds").json(draft),
        read("/api/v1/rounds/{round:round-open0}"),
        officer("PUT", "/api/v1/rounds/{round:round-draft2}").json(draft),
        officer("POST", "/api/v1/rounds/{round:round-draft3}/freeze"),
        officer("POST", "/api/v1/rounds/{round:round-roll0}/thaw").json(r#"{"reason":"Wrong"}"#),
        officer("POST", "/api/v1/rounds/{round:round-roll1}/call"),
        officer("POST", "/api/v1/rounds/{round:round-notice0}/committee").json(r#"{"committee":"Hill"}"#),
        officer("POST", "/api/v1/rounds/{round:round-notice0}/delegate").json(r#"{"delegate":"Somebody"}"#),
        officer("POST", "/api/v1/rounds/{round:round-notice0}/open"),
        officer("POST", "/api/v1/rounds/{round:round-open0}/extend").json(r#"{"closes":"2027-02-01","reason":"Rain"}"#),
        officer("POST", "/api/v1/rounds/{round:round-open1}/close"),
        officer("POST", "/api/v1/rounds/{round:round-closed0}/count"),
        officer("POST", "/api/v1/rounds/{round:round-counted0}/post"),
        officer("POST", "/api/v1/rounds/{round:round-posted0}/challenge").json(r#"{"words":"A court"}"#),
        officer("POST", "/api/v1/rounds/{round:round-challenged0}/settle").json(r#"{"words":"Stands","stands":true}"#),
        officer("POST", "/api/v1/rounds/{round:round-posted1}/end"),
        officer("POST", "/api/v1/rounds/{round:round-open0}/papers")
            .json(r#"{"unit":"1-102","choice":"agree","channel":"paper"}"#)
            .personal(),
        officer("POST", "/api/v1/rounds/{round:round-open0}/ballots")
            .json(r#"{"rows":"unit,choice,channel\n1-202,agree,import\n","source":"City","published":"2026-11-01"}"#),
        signed_in("POST", "/api/v1/rounds/{round:round-open0}/vote")
            .json(r#"{"unit":"1-101","choice":"agree"}"#)
            .personal()
            .answers(403),
        officer("POST", "/api/v1/rounds/{round:round-open0}/visits")
            .json(r#"{"rows":[{"door":1,"result":"nobody","client":"w"}]}"#),
        officer("GET", "/api/v1/rounds/{round:round-open0}/board"),
        signed_in("POST", "/api/v1/rounds/{round:round-open0}/survey")
            .json(r#"{"unit":"1-101","answer":"agrees"}"#)
            .personal()
            .answers(403),
    ]
}
