//! People, posts, organisations, the desk.

use super::{Kind, ROLL, Row, nobody, officer, public, read, signed_in};

pub(super) fn rows() -> Vec<Row> {
    vec![
        Row::new("POST", "/api/v1/persons", Kind::Operator).json(r#"{"place":"<a>","name":"N"}"#),
        // whoever has signed in is led on
        read("/sign-in").once(),
        public("/sign-in").form("contact=13900002222").once(),
        public("/sign-in/code").form("contact=13900003333&code=123456").answers(409),
        public("/sign-in/who").form("ticket=x&name=N").answers(409),
        read("/sign-in/password"),
        public("/sign-in/password").form("contact=13900003333&password=not-the-password").answers(403),
        read("/sign-out"),
        public("/sign-out").form("ok=1"),
        signed_in("GET", "/me"),
        signed_in("POST", "/me/names").form("name=N"),
        signed_in("POST", "/me/view").form("language=&view="),
        signed_in("POST", "/me/contacts").form("contact=13900004444").once(),
        signed_in("POST", "/me/contacts/code").form("contact=13900005555&code=123456").answers(409),
        signed_in("POST", "/me/contacts/remove").form("contact=13900005555").answers(409),
        signed_in("GET", "/me/password"),
        signed_in("POST", "/me/password").form("new=a-long-and-new-password-42"),
        signed_in("GET", "/me/data.json"),
        signed_in("POST", "/me/erasure").form("ok=1"),
        signed_in("GET", "/me/devices"),
        signed_in("POST", "/me/devices").form("id=all"),
        signed_in("GET", "/me/family"),
        signed_in("POST", "/me/family").form("contact=13900006666&name=N&side=acts-for").once(),
        signed_in("POST", "/me/family/code").form("contact=13900005555&code=123456&name=N&side=acts-for").answers(409),
        signed_in("POST", "/me/family/act").form("giver=").answers(404),
        signed_in("POST", "/me/family/end").form("consent="),
        officer("GET", "/residents/{place:a}"),
        officer("POST", "/residents/{place:a}").form("resident=<row>&field=phone"),
        officer("POST", "/residents/{place:b}").form("resident=<row>&field=name"),
        signed_in("POST", "/me/family/show").form("purpose=show-name"),
        officer("GET", "/residents/{place:a}/import"),
        officer("POST", "/residents/{place:a}/import").parts("rows=", ROLL),
        officer("POST", "/residents/{place:a}/import/take")
            .form("rows=%E5%A7%93%E5%90%8D%2C%E9%97%A8%E7%89%8C%0AN%2C1-102%0A"),
        // an installation that has its offices is not set up again
        nobody("GET", "/setup"),
        nobody("GET", "/setup?token=0123"),
        nobody("POST", "/setup").form("token=0123&title=T&level=subdistrict&place=P&name=N&contact=13900007777"),
        nobody("POST", "/setup/begin")
            .form("token=0123&title=T&level=subdistrict&place=P&name=N&contact=13900007777&code=1"),
        read("/setup/done"),
    ]
}

pub(super) fn posts() -> Vec<Row> {
    vec![
        read("/places/{place:a}/people"),
        read("/places/{place:a}/people?role=resident"),
        officer("GET", "/places/{place:a}/people/appoint"),
        officer("POST", "/places/{place:a}/people").form("person=<resident>&role=volunteer&from=2026-11-22"),
        read("/posts/{post:post}"),
        read("/posts/{post:post1}"),
        signed_in("GET", "/me/roles"),
        officer("POST", "/posts/{post:post1}/stand-in").form("person=<resident>&from=2026-11-23&until=2026-11-30"),
        officer("POST", "/posts/{post:post1}/end").form("reason=over").answers(409),
        read("/api/v1/places/{place:a}/posts"),
        officer("POST", "/api/v1/places/{place:a}/posts")
            .json(r#"{"person":"<resident>","role":"delegate","from":"2026-11-22"}"#),
        officer("POST", "/api/v1/posts/{post:post2}/stand-in")
            .json(r#"{"person":"<resident>","from":"2027-01-10","until":"2027-01-12"}"#),
        officer("POST", "/api/v1/posts/{post:post2}/end").json("{}").answers(409),
    ]
}

pub(super) fn organisations() -> Vec<Row> {
    vec![
        read("/organisations"),
        read("/organisations?place=<a>"),
        read("/organisations/{org:org0}"),
        officer("POST", "/organisations").form("place=<a>&kind=other&name=Team"),
        officer("POST", "/organisations/{org:org1}/rename").form("name=Other"),
        officer("POST", "/organisations/{org:org2}/close").form("reason=over"),
        officer("POST", "/organisations/{org:org3}/seats").form("person=<objector>&title=member&from=2026-11-22"),
        officer("POST", "/organisations/{org:org4}/seats/{seat:seat4}/end").form("ok=1"),
        read("/api/v1/places/{place:a}/organisations"),
        officer("POST", "/api/v1/places/{place:a}/organisations").json(r#"{"kind":"other","name":"Second team"}"#),
        officer("POST", "/api/v1/organisations/{org:org5}/rename").json(r#"{"name":"Another"}"#),
        officer("POST", "/api/v1/organisations/{org:org6}/close").json("{}"),
        officer("POST", "/api/v1/organisations/{org:org7}/seats")
            .json(r#"{"person":"<objector>","title":"member","from":"2026-11-22"}"#),
        officer("POST", "/api/v1/organisations/{org:org8}/seats/{seat:seat8}/end"),
    ]
}

pub(super) fn desks() -> Vec<Row> {
    vec![
        officer("GET", "/desk?place=<a>"),
        officer("POST", "/desk").form("place=<a>&name=Somebody&source=paper"),
        officer("GET", "/desk/{desk:desk1}"),
        // the seasons that collect, with the address of the form: it takes a desk entry of one's own
        signed_in("GET", "/desk/{desk:desk1}/ideas"),
        officer("POST", "/seasons/{season:collecting}/ideas").form("title=On+paper&body=Words&desk=<desk2>"),
        officer("POST", "/api/v1/places/{place:a}/desk").json(r#"{"name":"Somebody","source":"phone"}"#).personal(),
        officer("POST", "/desk/{desk:desk1}/verify").form("shown=id-card"),
        officer("GET", "/desk/{desk:desk1}/consents"),
        officer("POST", "/desk/{desk:desk1}/consents").form("purpose=show-photo"),
        officer("POST", "/desk/{desk:desk1}/consents/end").form("consent=<consent>"),
        // the last thing of an entry is what ends it
        officer("POST", "/api/v1/desk/{desk:desk1}/matters").json(r#"{"place":"<a>","title":"Lamp"}"#).personal(),
        officer("PUT", "/api/v1/desk/{desk:desk3}/matters/{matter:matter13}/grade")
            .json(r#"{"grade":"fair"}"#)
            .personal(),
        read("/receipts"),
        read("/receipts?number=<receipt>").answers(303),
        read("/receipts?number=<published>").answers(303),
        read("/receipts/{number:receipt}"),
        read("/api/v1/receipts/{number:receipt}"),
    ]
}
