//! What is expected of each route: a row for each, some with several.
//!
//! In addresses `{place:a}` is the placeholder `{place}` filled with what [`super::seed`] made under the name `a`; in
//! bodies and queries the same is written `<a>`.

mod activities;
mod conversations;
mod funds;
mod handovers;
mod ideas;
mod owners;
mod plans;
mod polls;
mod proposals;
mod reports;
mod reviews;
mod running;
mod trainings;
mod visits;
mod votes;
mod works;

use super::{
    seed::Seed,
    site::{PHOTO, Sent, Who},
};

/// Routes that are not walked, with the reason. The list may only shrink: its length stands in its type.
pub const EXEMPT: [(&str, &str, &str); 0] = [];

/// Whom a route is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Everybody.
    Public,
    /// Whoever has signed in.
    Person,
    /// Whoever has the right there.
    Right(Who),
    /// Whoever has the operator's token.
    Operator,
    /// Nobody any more.
    Nobody,
}

/// What is expected of a route.
#[derive(Debug, Clone)]
pub struct Row {
    pub method: &'static str,
    /// With what the placeholders are filled with.
    pub path: &'static str,
    pub kind: Kind,
    sent: Sent,
    /// The status for whom it is for, where that is not a success.
    pub answer: Option<u16>,
    /// What is done once: a second time is refused, but not for want of a right.
    pub once: bool,
    /// Who may not know of it is told that it is not there, also before signing in.
    pub hidden: bool,
    /// It takes a person: the operator's token is none.
    pub personal: bool,
}

impl Row {
    fn new(method: &'static str, path: &'static str, kind: Kind) -> Row {
        Row { method, path, kind, sent: Sent::None, answer: None, once: false, hidden: false, personal: false }
    }

    fn form(self, fields: &str) -> Row {
        Row { sent: Sent::Form(fields.into()), ..self }
    }

    fn json(self, text: &str) -> Row {
        Row { sent: Sent::Json(text.into()), ..self }
    }

    fn csv(self, text: &str) -> Row {
        Row { sent: Sent::Csv(text.into()), ..self }
    }

    /// A form that may have files, with one.
    fn parts(self, fields: &str, file: (&'static str, &'static str, &'static [u8])) -> Row {
        Row { sent: Sent::Parts(fields.into(), file), ..self }
    }

    fn answers(self, status: u16) -> Row {
        Row { answer: Some(status), ..self }
    }

    fn once(self) -> Row {
        Row { once: true, ..self }
    }

    fn hidden(self) -> Row {
        Row { hidden: true, ..self }
    }

    fn personal(self) -> Row {
        Row { personal: true, ..self }
    }

    /// As the router knows it.
    pub fn route(&self) -> super::routes::Route {
        let path = self.path.split('?').next().unwrap();
        let part = |part: &str| match part.split_once(':') {
            Some((name, _)) => format!("{name}}}"),
            None => part.to_owned(),
        };
        (self.method.to_owned(), path.split_inclusive('}').map(part).collect())
    }

    /// Where it is asked.
    pub fn address(&self, seed: &Seed) -> String {
        let mut address = String::new();
        for part in self.path.split_inclusive('}') {
            match part.split_once('{') {
                Some((before, name)) => {
                    let name = name.trim_end_matches('}').rsplit(':').next().unwrap();
                    address.push_str(before);
                    address.push_str(seed.id(name));
                }
                None => address.push_str(part),
            }
        }
        filled(&address, seed)
    }

    /// What is sent.
    pub fn sent(&self, seed: &Seed) -> Sent {
        match &self.sent {
            Sent::None => Sent::None,
            Sent::Form(text) => Sent::Form(filled(text, seed)),
            Sent::Json(text) => Sent::Json(filled(text, seed)),
            Sent::Csv(text) => Sent::Csv(filled(text, seed)),
            Sent::Parts(text, file) => Sent::Parts(filled(text, seed), *file),
        }
    }

    /// One of those for whom it is.
    pub fn right(&self) -> Who {
        if let Kind::Right(who) = self.kind { who } else { Who::Officer }
    }
}

/// A photo of a matter.
const LAMP: (&str, &str, &[u8]) = ("photos", "lamp.png", PHOTO);
/// A file of residents.
const ROLL: (&str, &str, &[u8]) = ("file", "roll.csv", "姓名,手机,门牌,身份\n远山,13900008888,2-202,居民\n".as_bytes());

fn filled(text: &str, seed: &Seed) -> String {
    let mut parts = text.split('<');
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('>').unwrap();
        out.push_str(seed.id(name));
        out.push_str(rest);
    }
    out
}

fn read(path: &'static str) -> Row {
    Row::new("GET", path, Kind::Public)
}

fn signed_in(method: &'static str, path: &'static str) -> Row {
    Row::new(method, path, Kind::Person)
}

fn officer(method: &'static str, path: &'static str) -> Row {
    Row::new(method, path, Kind::Right(Who::Officer))
}

fn admin(method: &'static str, path: &'static str) -> Row {
    Row::new(method, path, Kind::Right(Who::Admin))
}

fn author(method: &'static str, path: &'static str) -> Row {
    Row::new(method, path, Kind::Right(Who::Author))
}

fn public(path: &'static str) -> Row {
    Row::new("POST", path, Kind::Public)
}

fn nobody(method: &'static str, path: &'static str) -> Row {
    Row::new(method, path, Kind::Nobody)
}

/// All rows.
pub fn rows() -> Vec<Row> {
    [
        site(),
        places(),
        people(),
        posts(),
        organisations(),
        desks(),
        seasons(),
        funds::rows(),
        funds::api(),
        ideas::rows(),
        votes::rows(),
        matters(),
        duties(),
        notices(),
        records(),
        visits::rows(),
        reports::rows(),
        visits::workshops(),
        reviews::rows(),
        proposals::rows(),
        running::rows(),
        trainings::rows(),
        plans::rows(),
        activities::rows(),
        polls::rows(),
        works::rows(),
        handovers::rows(),
        owners::rows(),
        conversations::rows(),
    ]
    .concat()
}

fn site() -> Vec<Row> {
    let days = ["01-01", "02-02", "02-03", "02-04", "05-01", "10-01", "10-02"];
    let days: Vec<String> = days.iter().map(|day| format!("%222030-{day}%22:%22day%22")).collect();
    let year = format!("%7B%22holidays%22:%7B{}%7D,%22workdays%22:%7B%7D%7D", days.join(","));
    vec![
        read("/"),
        read("/assets/{name:asset}"),
        // these requests do not say which site they want, so that there is no address to draw
        read("/share/qr.png?to=/matters").answers(400),
        read("/healthz"),
        read("/readyz"),
        read("/metrics"),
        read("/source"),
        read("/styleguide"),
        public("/styleguide").form("name=x"),
        read("/api/v1/openapi.json"),
        read("/checkpoint"),
        read("/ledger"),
        read("/ledger?about=<collecting>"),
        read("/ledger/find"),
        read("/ledger/find?about=<published>&kind=verdict.published").answers(303),
        read("/ledger/key"),
        read("/ledger/entries/{seq:first}"),
        read("/ledger/entries/{seq:first}/proof"),
        read("/tile/{*path:tile}"),
        read("/work/calendar"),
        admin("POST", "/work/calendar").form(&format!("text={year}&source=test&act=look")),
        admin("POST", "/work/calendar").form(&format!("text={year}&source=test&act=import")),
        admin("GET", "/work/jobs"),
        admin("POST", "/work/jobs/{job:job0}/retry").form("ok=1"),
        admin("POST", "/work/jobs/{job:job1}/discard").form("ok=1"),
    ]
}

fn places() -> Vec<Row> {
    vec![
        read("/places"),
        read("/places/{place:a}"),
        read("/api/v1/places"),
        read("/api/v1/places/search?q=x"),
        read("/api/v1/places/{place:a}"),
        officer("POST", "/api/v1/places").json(r#"{"parent":"<s1>","level":"community","name":"New"}"#),
        officer("POST", "/api/v1/places/imports?under=<s1>").csv("code,level,name,parent\n"),
        officer("POST", "/api/v1/places/{place:c1}/rename").json(r#"{"name":"Renamed"}"#),
        officer("POST", "/api/v1/places/{place:c2}/aliases").json(r#"{"alias":"Old"}"#),
        officer("POST", "/api/v1/places/{place:c3}/split").json(r#"{"parts":[{"name":"East"},{"name":"West"}]}"#),
        officer("POST", "/api/v1/places/mergers").json(r#"{"places":["<c4>","<c5>"],"name":"Both"}"#),
        officer("POST", "/api/v1/places/{place:estate}/move").json(r#"{"parent":"<c2>"}"#),
        // a new tree has nothing above it, and what lies in two places takes the right in both
        Row::new("POST", "/api/v1/places", Kind::Operator).json(r#"{"level":"district","name":"New"}"#),
        Row::new("POST", "/api/v1/places/imports", Kind::Operator).csv("code,level,name,parent\n"),
    ]
}

fn people() -> Vec<Row> {
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

fn posts() -> Vec<Row> {
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

fn organisations() -> Vec<Row> {
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

fn desks() -> Vec<Row> {
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
        read("/receipts/{number:receipt}"),
        read("/api/v1/receipts/{number:receipt}"),
    ]
}

fn seasons() -> Vec<Row> {
    let season = r#"{"place":"<a>","name":"S","budget":100,"currency":"CNY","rule":"greedy:cost","max_choices":2}"#;
    vec![
        read("/seasons"),
        read("/programmes"),
        read("/programmes/{key:plain}"),
        officer("GET", "/seasons/new?place=<a>"),
        officer("POST", "/seasons/new").form("place=<a>&template=star-pick&name=Star&budget=1000&once=form"),
        officer("GET", "/seasons/{season:moving}/plan"),
        officer("POST", "/seasons/{season:moving}/plan")
            .form("revision=0&from-ideas=2026-11-01&until-ideas=2026-11-02"),
        officer("POST", "/seasons/{season:moving}/advance").form("to=deciding"),
        officer("POST", "/seasons/{season:opening2}/open-vote").form("ok=1"),
        read("/api/v1/seasons/{season:moving}/plan"),
        officer("PUT", "/api/v1/seasons/{season:moving}/plan")
            .json(r#"{"revision":1,"stages":[{"stage":"ideas","from":"2026-11-01","until":"2026-11-03"}]}"#),
        officer("POST", "/api/v1/seasons/{season:moving2}/advance").json(r#"{"to":"deciding"}"#),
        read("/seasons/{season:collecting}"),
        read("/seasons/{season:published}"),
        read("/seasons/{season:collecting}/ideas"),
        signed_in("POST", "/seasons/{season:collecting}/ideas").form("title=Idea&body=Words"),
        read("/seasons/{season:collecting}/ideas/{idea:idea}"),
        read("/seasons/{season:published}/selection"),
        // no list there: who may is told so, who may not is refused before
        officer("POST", "/seasons/{season:published}/selection/decide").form("ok=1").answers(409),
        officer("POST", "/seasons/{season:published}/selection/announce").form("title=List&body=Words").answers(409),
        officer("POST", "/seasons/{season:published}/selection/approve").form("ok=1").answers(409),
        officer("POST", "/seasons/{season:published}/selection/{number:one}/condition").form("words=Mend").answers(409),
        officer("POST", "/seasons/{season:published}/selection/{number:one}/met").form("ok=1").answers(409),
        read("/api/v1/seasons/{season:published}/selection").answers(404),
        officer("POST", "/api/v1/seasons/{season:published}/selection").answers(409),
        officer("PUT", "/api/v1/seasons/{season:published}/selection/{number:one}/condition")
            .json(r#"{"words":"Mend"}"#)
            .answers(409),
        officer("POST", "/api/v1/seasons/{season:published}/selection/{number:one}/met").answers(409),
        officer("POST", "/api/v1/seasons/{season:published}/selection/announce")
            .json(r#"{"title":"List","body":"Words"}"#)
            .answers(409),
        officer("POST", "/api/v1/seasons/{season:published}/selection/approve").answers(409),
        read("/seasons/{season:published}/result"),
        read("/seasons/{season:published}/projects/{number:one}"),
        read("/api/v1/seasons"),
        officer("POST", "/api/v1/seasons").json(season),
        read("/api/v1/seasons/{season:voting}"),
        read("/api/v1/seasons/{season:voting}/projects"),
        officer("POST", "/api/v1/seasons/{season:collecting}/projects")
            .json(r#"[{"reference":"P","name":"Bench","cost":50}]"#),
        read("/api/v1/seasons/{season:collecting}/ideas"),
        signed_in("POST", "/api/v1/seasons/{season:collecting}/ideas").json(r#"{"title":"Idea","body":"Words"}"#),
        officer("POST", "/api/v1/seasons/{season:opening}/roll").json(r#"{"voters":[{"code":"code-of-letter-9"}]}"#),
        officer("POST", "/api/v1/seasons/{season:opening}/open-vote"),
        public("/api/v1/seasons/{season:voting}/ballots").json(r#"{"code":"code-of-letter-1","choices":[1]}"#).once(),
        officer("POST", "/api/v1/seasons/{season:voting2}/close-vote"),
        read("/api/v1/seasons/{season:published}/result"),
        read("/api/v1/seasons/{season:published}/result/{number:one}"),
        officer("POST", "/api/v1/seasons/{season:closed}/result"),
    ]
}

fn matters() -> Vec<Row> {
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

fn duties() -> Vec<Row> {
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

fn notices() -> Vec<Row> {
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

fn records() -> Vec<Row> {
    let at = r#""place":"<a>","event_kind":"meeting","event":"meeting-2""#;
    let verdict = r#"{"place":"<a>","kind":"meeting-vote","subject_kind":"matter","subject":"<matter0>","rule":"majority",
        "rule_set":"house/2026-11","parameters":{},"inputs":"5 2","outcome":{"yes":5},"explained":"Five to two"}"#;
    vec![
        read("/attendance"),
        read("/attendance?place=<a>&rows=visits"),
        read("/attendance?place=<a>&rows=estimates"),
        officer("GET", "/attendance/event?event=meeting-1&event_kind=meeting&place=<a>"),
        officer("POST", "/attendance/{attendance:attendance1}/strike")
            .form("reason=Twice&event=meeting-1&event_kind=meeting&place=<a>"),
        officer("POST", "/api/v1/attendance").json(&format!("{{{at}}}")),
        officer("POST", "/api/v1/attendance/lists").json(&format!(r#"{{{at},"rows":[{{"mark":"7"}}]}}"#)),
        officer("POST", "/api/v1/attendance/estimates")
            .json(&format!(r#"{{{at},"headcount":30,"direct":true,"basis":"Chairs"}}"#)),
        officer("POST", "/api/v1/attendance/{attendance:attendance2}/strike").json(r#"{"reason":"Twice"}"#),
        read("/api/v1/attendance/figures?place=<a>"),
        read("/verdicts"),
        read("/verdicts?about=<published>"),
        read("/verdicts/{verdict:verdict}"),
        read("/verdicts/latest?kind=meeting-vote&about=<published>").answers(303),
        public("/verdicts/{verdict:verdict}/recompute").form(""),
        read("/verdicts/{verdict:verdict}/file"),
        // an auditor may, but this one was computed elsewhere
        Row::new("POST", "/verdicts/{verdict:verdict}/sealed", Kind::Right(Who::Auditor)).form("").answers(409),
        read("/api/v1/verdicts"),
        officer("POST", "/api/v1/verdicts").json(verdict),
        read("/api/v1/verdicts/{verdict:verdict}"),
        read("/api/v1/verdicts/{verdict:verdict}/recompute"),
        public("/api/v1/verdicts/{verdict:verdict}/recompute"),
        Row::new("POST", "/api/v1/verdicts/{verdict:verdict}/sealed", Kind::Right(Who::Auditor)).answers(409),
    ]
}
