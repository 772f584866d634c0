//! Works and who bears how much of them.

use super::{LAMP, Row, officer, read};

pub(super) fn rows() -> Vec<Row> {
    let form = "place=<a>&kind=repair&title=Roof&from=2026-10-01&until=2026-12-01";
    let json = r#"{"place":"<a>","kind":"repair","title":"Roof","from":"2026-10-01","until":"2026-12-01"}"#;
    let flats = r#"{"flats":"1-1,Hill,50\n1-2,Lake,70","rule":"one","bearer":"1-2"}"#;
    vec![
        read("/works"),
        read("/works?place=<a>&state=started"),
        officer("GET", "/works/new?place=<a>"),
        officer("POST", "/works").form(form),
        read("/works/{work:lifts}"),
        officer("POST", "/works/{work:roof}/quotes").form("bidder=Hill&amount=12.50"),
        officer("POST", "/works/{work:roof}/choose").form("quote=1&reason=Cheap"),
        officer("POST", "/works/{work:paid0}/settle").form("amount=90"),
        read("/works/{work:lifts}/units"),
        officer("POST", "/works/{work:lifts}/units").form("kind=overhaul&labels=Third"),
        read("/works/{work:lifts}/units/{unit:one}"),
        officer("POST", "/works/{work:lifts}/units/{unit:two}").parts("to=started&words=Begun", LAMP),
        officer("POST", "/works/{work:done0}/accept").form("open=Lamp"),
        read("/works/{work:lifts}/apportionment"),
        officer("POST", "/works/{work:done0}/apportionment").form("flats=1-1,Hill,50&rule=largest"),
        read("/works/{work:lifts}/apportionment.csv"),
        officer("POST", "/works/{work:lifts}/apportionment/notice").form("ok=1"),
        read("/works/{work:lifts}/files/{file:lift-photo}"),
        read("/works/{work:lifts}/files/{file:lift-photo}/small"),
        read("/api/v1/works?place=<a>"),
        read("/api/v1/works/by-kind?place=<a>"),
        officer("POST", "/api/v1/works").json(json),
        read("/api/v1/works/{work:lifts}"),
        officer("POST", "/api/v1/works/{work:roof}/quotes").json(r#"{"bidder":"Lake","amount":"12.50"}"#),
        officer("POST", "/api/v1/works/{work:roof}/choose").json(r#"{"quote":"1","reason":"Near"}"#),
        officer("POST", "/api/v1/works/{work:lifts}/units").json(r#"{"kind":"build","labels":"Fourth"}"#),
        officer("POST", "/api/v1/works/{work:lifts}/units/{unit:one}").json(r#"{"to":"done"}"#),
        officer("POST", "/api/v1/works/{work:done1}/accept").json(r#"{"units":[1]}"#),
        officer("POST", "/api/v1/works/{work:paid1}/settle").json(r#"{"amount":"100"}"#),
        read("/api/v1/works/{work:lifts}/apportionment"),
        officer("POST", "/api/v1/works/{work:done1}/apportionment").json(flats),
        officer("POST", "/api/v1/works/{work:done1}/apportionment/notice"),
    ]
}
