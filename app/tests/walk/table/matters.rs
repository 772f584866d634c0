//! Matters, duties, notices.

use super::{LAMP, Row, author, officer, read, signed_in};

pub(super) fn rows() -> Vec<Row> {
    vec![
        read("/matters"),
        read("/matters?place=<a>"),
        signed_in("GET", "/matters/new"),
        signed_in("POST", "/matters/new").parts("place=<a>&title=Lamp&words=Dark&kind=report", LAMP),
        officer("POST", "/matters/{matter:matter3}/note").parts("words=Seen", LAMP),
        officer("POST", "/matters/{matter:matter11}/answer").parts("outcome=solved&words=Done", LAMP),
        read("/matters/{matter:pictured}/files/{file:photo}"),
        read("/matters/{matter:pictured}/files/{file:photo}/small"),
        // a photo that only an inner note shows
        officer("GET", "/matters/{matter:pictured}/files/{file:inner}").hidden(),
        officer("GET", "/matters/{matter:pictured}/files/{file:inner}/small").hidden(),
        read("/matters/{matter:matter0}"),
        officer("POST", "/matters/{matter:matter2}/stage").form("to=deliberate"),
        officer("POST", "/matters/{matter:matter4}/join").form("into=<number0>"),
        author("POST", "/matters/{matter:matter13}/grade").form("grade=good"),
        signed_in("POST", "/matters/{matter:matter5}/follow").form("ok=1"),
        signed_in("POST", "/matters/{matter:matter5}/unfollow").form("ok=1"),
        read("/api/v1/matters"),
        read("/api/v1/matters?place=<a>"),
        signed_in("POST", "/api/v1/matters").json(r#"{"place":"<a>","title":"Lamp"}"#),
        officer("POST", "/api/v1/matters").json(r#"{"place":"<a>","title":"Lamp","kind":"inspection"}"#),
        read("/api/v1/matters/{matter:matter0}"),
        officer("POST", "/api/v1/matters/{matter:matter6}/notes").json(r#"{"words":"Seen"}"#),
        officer("POST", "/api/v1/matters/{matter:matter7}/stage").json(r#"{"to":"deliberate"}"#),
        officer("POST", "/api/v1/matters/{matter:matter8}/join/{into:matter0}"),
        officer("POST", "/api/v1/matters/{matter:matter9}/answer").json(r#"{"outcome":"solved","words":"Done"}"#),
        author("PUT", "/api/v1/matters/{matter:matter14}/grade").json(r#"{"grade":"good"}"#).personal(),
        signed_in("PUT", "/api/v1/matters/{matter:matter5}/following").personal(),
        signed_in("DELETE", "/api/v1/matters/{matter:matter5}/following").personal(),
    ]
}

pub(super) fn duties() -> Vec<Row> {
    vec![
        signed_in("GET", "/due"),
        officer("GET", "/due?of=place&place=<a>"),
        signed_in("GET", "/due/list.csv"),
        officer("GET", "/due/list.csv?of=place&place=<a>"),
        signed_in("POST", "/due/calendar").form("ok=1"),
        read("/due/calendar/{token:feed}"),
        officer("GET", "/due/hand-over?from=<holder1>"),
        officer("POST", "/due/hand-over").form("from=<holder1>&to=person:<resident>"),
        officer("GET", "/duties/new?matter=<matter10>"),
        officer("POST", "/duties/new").form("matter=<matter10>&title=Look&to=person:<resident>&rule=workdays:5"),
        officer("GET", "/duties/{duty:duty0}"),
        officer("POST", "/duties/{duty:duty1}/meet").form("words=Done"),
        officer("POST", "/duties/{duty:duty2}/extend").form("words=More&span=workdays:2"),
        officer("POST", "/duties/{duty:duty3}/pause").form("words=Waiting"),
        officer("POST", "/duties/{duty:duty13}/resume").form("ok=1"),
        officer("POST", "/duties/{duty:duty4}/cancel").form("words=Over"),
        officer("POST", "/duties/{duty:duty5}/hand-over").form("words=Yours&to=<holder3>"),
        officer("GET", "/api/v1/duties?place=<a>"),
        signed_in("GET", "/api/v1/duties").personal(),
        officer("POST", "/api/v1/duties")
            .json(r#"{"place":"<a>","title":"Look","holder":"person:<resident>","rule":"workdays:5"}"#),
        officer("GET", "/api/v1/duties/{duty:duty0}").hidden(),
        officer("POST", "/api/v1/duties/{duty:duty6}/meet").json(r#"{"words":"Done"}"#),
        officer("POST", "/api/v1/duties/{duty:duty7}/extend").json(r#"{"words":"More","span":"workdays:2"}"#),
        officer("POST", "/api/v1/duties/{duty:duty8}/pause").json(r#"{"words":"Waiting"}"#),
        officer("POST", "/api/v1/duties/{duty:duty14}/resume"),
        officer("POST", "/api/v1/duties/{duty:duty9}/cancel").json(r#"{"words":"Over"}"#),
        officer("POST", "/api/v1/duties/{duty:duty10}/hand-over").json(r#"{"to":"<holder3>"}"#),
        officer("POST", "/api/v1/holders/{holder:holder2}/hand-over").json(r#"{"to":"person:<resident>"}"#),
        // who owes nothing: that, too, is not for everybody
        officer("POST", "/api/v1/holders/{holder:idle}/hand-over").json(r#"{"to":"person:<resident>"}"#),
        officer("GET", "/due/hand-over?from=<idle>"),
    ]
}

pub(super) fn notices() -> Vec<Row> {
    let corrected = r#"{"title":"Water","body":"Friday","why":"Wrong day"}"#;
    vec![
        read("/notices"),
        read("/notices?place=<a>"),
        read("/notices.atom"),
        signed_in("GET", "/notices/new"),
        officer("POST", "/notices").form("place=<a>&kind=other&title=Water&body=Thursday&then=post"),
        read("/notices/{notice:notice0}"),
        officer("GET", "/notices/{notice:draft0}").hidden(),
        officer("POST", "/notices/{notice:draft1}/{verb:post-it}").form("ok=1").hidden(),
        officer("POST", "/notices/{notice:notice2}/{verb:correct}").form("title=Water&body=Friday&why=Wrong+day"),
        officer("POST", "/notices/{notice:notice7}/{verb:end}").form("ok=1"),
        officer("POST", "/notices/{notice:notice3}/{verb:withdraw}").form("reason=Mistake"),
        officer("POST", "/notices/{notice:notice0}/{verb:answer}")
            .form("objection=<objection1>&outcome=rejected&words=No"),
        signed_in("POST", "/notices/{notice:notice4}/{verb:object}").form("words=Wrong"),
        read("/api/v1/notices"),
        officer("POST", "/api/v1/notices").json(r#"{"place":"<a>","kind":"other","title":"Water","body":"Thursday"}"#),
        read("/api/v1/notices/{notice:notice0}"),
        officer("GET", "/api/v1/notices/{notice:draft0}").hidden(),
        officer("POST", "/api/v1/notices/{notice:draft2}/post"),
        officer("POST", "/api/v1/notices/{notice:notice5}/correct").json(corrected),
        officer("POST", "/api/v1/notices/{notice:notice8}/end"),
        officer("POST", "/api/v1/notices/{notice:notice6}/withdraw").json(r#"{"reason":"Mistake"}"#),
        read("/api/v1/notices/{notice:notice0}/objections"),
        signed_in("POST", "/api/v1/notices/{notice:notice4}/objections").json(r#"{"words":"Wrong"}"#),
        officer("POST", "/api/v1/objections/{objection:objection2}/answer")
            .json(r#"{"outcome":"rejected","words":"No"}"#),
    ]
}
