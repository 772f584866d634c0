//! Proposals of a season and their coaching.

use super::{Row, author, officer, read, signed_in};

pub(super) fn rows() -> Vec<Row> {
    let draft = |method, path| author(method, path).hidden();
    let office = |method, path| officer(method, path).hidden();
    vec![
        read("/seasons/{season:proposing}/proposals"),
        read("/seasons/{season:proposing}/proposals?state=draft&field=culture"),
        signed_in("GET", "/seasons/{season:proposing}/proposals/new"),
        signed_in("POST", "/seasons/{season:proposing}/proposals/new").form("title=Gallery"),
        read("/seasons/{season:proposing}/proposals/{proposal:checked0}"),
        draft("GET", "/seasons/{season:proposing}/proposals/{proposal:proposal0}"),
        read("/seasons/{season:proposing}/proposals/{proposal:checked0}/print"),
        draft("GET", "/seasons/{season:proposing}/proposals/{proposal:proposal0}/print"),
        draft("GET", "/seasons/{season:proposing}/proposals/{proposal:proposal0}/edit"),
        draft("POST", "/seasons/{season:proposing}/proposals/{proposal:proposal0}/edit")
            .form("title=Gallery&then=more")
            .answers(200),
        draft("POST", "/seasons/{season:proposing}/proposals/{proposal:proposal1}/edit")
            .form("title=Gallery&then=version&revision=0"),
        draft("GET", "/seasons/{season:proposing}/proposals/{proposal:proposal2}/withdraw"),
        draft("POST", "/seasons/{season:proposing}/proposals/{proposal:proposal2}/withdraw").form(""),
        draft("GET", "/seasons/{season:proposing}/proposals/{proposal:proposal0}/versions"),
        office("POST", "/seasons/{season:proposing}/proposals/{proposal:submitted0}/check").form("then=accept"),
        draft("GET", "/seasons/{season:proposing}/proposals/{proposal:proposal0}/coaching"),
        office("POST", "/seasons/{season:proposing}/proposals/{proposal:proposal0}/coaching").form("words=Well+begun"),
        office("POST", "/seasons/{season:proposing}/proposals/{proposal:proposal0}/coaching/answers")
            .form("answer-goal=partly&note-goal=How+many"),
        office("POST", "/seasons/{season:proposing}/proposals/{proposal:proposal0}/coach").form("person=<coach>"),
        read("/api/v1/seasons/{season:proposing}/proposals"),
        signed_in("POST", "/api/v1/seasons/{season:proposing}/proposals").json(r#"{"title":"Gallery"}"#).personal(),
        read("/api/v1/seasons/{season:proposing}/proposals/{proposal:checked0}"),
        draft("GET", "/api/v1/seasons/{season:proposing}/proposals/{proposal:proposal0}"),
        draft("PUT", "/api/v1/seasons/{season:proposing}/proposals/{proposal:proposal3}")
            .json(r#"{"revision":0,"proposal":{"title":"Gallery"}}"#),
        draft("POST", "/api/v1/seasons/{season:proposing}/proposals/{proposal:ready0}/submit"),
        draft("POST", "/api/v1/seasons/{season:proposing}/proposals/{proposal:proposal4}/withdraw"),
        office("POST", "/api/v1/seasons/{season:proposing}/proposals/{proposal:submitted1}/accept"),
        office("POST", "/api/v1/seasons/{season:proposing}/proposals/{proposal:submitted2}/return")
            .json(r#"{"reasons":[{"field":"goals","words":"How many?"}]}"#),
        draft("GET", "/api/v1/seasons/{season:proposing}/proposals/{proposal:proposal0}/coaching"),
        office("PUT", "/api/v1/seasons/{season:proposing}/proposals/{proposal:proposal0}/coach")
            .json(r#"{"person":"<coach>"}"#),
        office("POST", "/api/v1/seasons/{season:proposing}/proposals/{proposal:proposal0}/coaching/notes")
            .json(r#"{"words":"Well begun"}"#)
            .personal(),
        office("PUT", "/api/v1/seasons/{season:proposing}/proposals/{proposal:proposal0}/coaching/answers")
            .json(r#"{"answers":[{"question":"goal","answer":"yes"}]}"#)
            .personal(),
    ]
}
