//! Conversations.

use super::{Row, author, officer, read, signed_in};

pub(super) fn rows() -> Vec<Row> {
    [pages(), saying(), office(), api()].concat()
}

const FORM: &str = "title=Dogs&days=14&adds=residents&statements=One%20a%0ATwo%20b%0AThree%20c";

fn pages() -> Vec<Row> {
    vec![
        read("/conversations"),
        read("/conversations?place=<a>"),
        officer("GET", "/conversations/new?place=<a>"),
        officer("POST", "/conversations").form(&format!("{FORM}&place=<a>")),
        officer("GET", "/conversations/{conversation:talk-draft}").hidden(),
        officer("GET", "/conversations/{conversation:talk-draft}/change").hidden(),
        officer("POST", "/conversations/{conversation:talk-draft}/change")
            .form(&format!("{FORM}&revision=99"))
            .answers(409),
        read("/conversations/{conversation:talk-open}"),
        read("/conversations/{conversation:talk-over}"),
        read("/conversations/{conversation:talk-closed}"),
        read("/conversations/{conversation:talk-done}"),
        read("/conversations/{conversation:talk-open}/vote"),
        read("/conversations/{conversation:talk-done}/vote"),
        read("/conversations/{conversation:talk-open}/statements"),
        read("/conversations/{conversation:talk-done}/statements"),
        read("/conversations/{conversation:talk-done}/statements/{number:one}"),
        read("/conversations/{conversation:talk-open}/map"),
        read("/conversations/{conversation:talk-done}/map"),
        read("/conversations/{conversation:talk-done}/map.csv"),
        read("/conversations/{conversation:talk-open}/map.csv").answers(404),
        read("/conversations/{conversation:talk-done}/data.zip"),
        read("/conversations/{conversation:talk-open}/data.zip").answers(409),
    ]
}

fn saying() -> Vec<Row> {
    vec![
        signed_in("GET", "/conversations/{conversation:talk-open}/mine"),
        // said again, it is the same
        author("POST", "/conversations/{conversation:talk-open}/vote").form("statement=1&vote=agree").personal(),
        author("POST", "/conversations/{conversation:talk-open}/statements").form("text=Dogs%20sleep").personal(),
        author("POST", "/api/v1/conversations/{conversation:talk-open}/votes")
            .json(r#"{"statement":2,"vote":"disagree"}"#)
            .personal(),
        signed_in("GET", "/api/v1/conversations/{conversation:talk-open}/votes").personal(),
        author("POST", "/api/v1/conversations/{conversation:talk-open}/statements")
            .json(r#"{"text":"Cats sleep"}"#)
            .personal(),
    ]
}

fn office() -> Vec<Row> {
    vec![
        officer("GET", "/conversations/{conversation:talk-draft}/office").hidden(),
        officer("GET", "/conversations/{conversation:talk-open}/office"),
        officer("GET", "/conversations/{conversation:talk-closed}/office"),
        officer("POST", "/conversations/{conversation:talk-opens}/open").form("title=&body=").hidden(),
        officer("POST", "/conversations/{conversation:talk-open}/statements/{number:talk-four}/decide")
            .form("act=accept"),
        officer("POST", "/conversations/{conversation:talk-open}/office/statements").form("text=Office%20says").once(),
        officer("POST", "/conversations/{conversation:talk-open}/redraw").form("ok=1"),
        officer("POST", "/conversations/{conversation:talk-over}/close").form("ok=1"),
        officer("POST", "/conversations/{conversation:talk-closed}/publish").form("title=&body="),
    ]
}

fn api() -> Vec<Row> {
    let json = r#"{"place":"<a>","title":"Dogs","days":14,"adds":"nobody","statements":"One a\nTwo b\nThree c"}"#;
    vec![
        read("/api/v1/conversations"),
        officer("POST", "/api/v1/conversations").json(json),
        read("/api/v1/conversations/{conversation:talk-done}"),
        officer("POST", "/api/v1/conversations/{conversation:talk-draft}/change")
            .json(&format!(r#"{{"revision":99,"conversation":{json}}}"#))
            .answers(409),
        officer("POST", "/api/v1/conversations/{conversation:talk-opens-api}/open").json("{}"),
        read("/api/v1/conversations/{conversation:talk-open}/statements"),
        officer("POST", "/api/v1/conversations/{conversation:talk-open}/statements/{number:talk-five}/decide")
            .json(r#"{"accept":false,"reason":"Said"}"#),
        read("/api/v1/conversations/{conversation:talk-done}/map"),
        officer("POST", "/api/v1/conversations/{conversation:talk-open}/map"),
        officer("POST", "/api/v1/conversations/{conversation:talk-over-api}/close"),
        officer("POST", "/api/v1/conversations/{conversation:talk-closed-api}/result").json("{}"),
    ]
}
