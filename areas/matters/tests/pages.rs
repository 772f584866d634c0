//! The pages of matters and duties, in-process, on both engines: what a reader is offered first.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]
#![allow(dead_code, reason = "what other stories share")]

mod support;

use std::sync::Arc;

use axum::{Router, body::Body, http::Request};
use db::Db;
use kernel::{Actor, Instant, PersonId, PlaceId, Post, Principal, Role};
use people::account::register::{Register, register};
use support::{Town, act, at, each_engine, lamp, opened};
use testkit::story::{Still, entropy};
use tower::ServiceExt;
use ui::{Locale, Words};

const DAY: &str = "2025-03-03";

/// The token of 32 times n opens as the n-th of these.
struct Keys(Vec<Principal>);

impl web::Door for Keys {
    fn enter(
        &self,
        _: &mut db::Snapshot<'_>,
        token: &[u8; 32],
        _: Instant,
        _: &kernel::Day,
    ) -> Result<Option<web::Entry>, db::DbError> {
        let found = self.0.iter().zip(1_u8..).find(|(_, n)| *token == web::session::digest(&[*n; 32]));
        let entry = |principal| web::Entry { principal, name: "某某".into(), behalf: None, elder: None };
        Ok(found.map(|(principal, _)| entry(principal.clone())))
    }
}

struct Site {
    router: Router,
    runtime: tokio::runtime::Runtime,
}

impl Site {
    fn new(db: &Db, persons: &[&Principal]) -> Site {
        let keys = Keys(persons.iter().map(|person| (*person).clone()).collect());
        let rim = web::Rim::new(db.clone(), web::Settings::default(), Arc::new(Still(at(DAY))), entropy);
        let router = web::server::site(matters::routes(&runs()), rim.with_door(Arc::new(keys)));
        Site { router, runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap() }
    }

    /// The page of a path for the n-th person, 0 for a visitor.
    fn get(&self, path: &str, n: u8) -> (u16, String) {
        let cookie = format!("linli-session={}", format!("{n:02x}").repeat(32));
        let request = Request::get(path).header("cookie", cookie).header("host", "linli.example");
        self.send(request.body(Body::empty()).unwrap())
    }

    /// What the first person sends, with the token of a page.
    fn post(&self, page: &str, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let (_, page) = self.get(page, 1);
        let csrf = page.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap();
        let all = fields.iter().copied().chain([("csrf", csrf)]);
        let body: Vec<String> = all.map(|(name, value)| format!("{name}={}", web::in_query(value))).collect();
        let request = Request::post(path).header("cookie", format!("linli-session={}", "01".repeat(32)));
        let request = request.header("host", "linli.example").header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).unwrap())
    }

    fn send(&self, request: Request<Body>) -> (u16, String) {
        self.runtime.block_on(async {
            let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
            let bytes = axum::body::to_bytes(body, 1 << 24).await.unwrap().to_vec();
            (parts.status.as_u16(), String::from_utf8_lossy(&bytes).into_owned())
        })
    }
}

fn lives(db: &Db, place: &PlaceId, name: &str, verified: bool) -> Principal {
    let (place, name) = (place.clone(), name.to_owned());
    let person: PersonId = act(db, &Actor::Operator, DAY, move |tx, cx| {
        let site = places::queries::site(tx, &place)?.unwrap();
        register(tx, cx, &site, &Register { name: name.clone(), contact: String::new() })
    })
    .unwrap();
    Principal { person, verified, posts: Vec::new(), seats: Vec::new() }
}

fn t(key: &str) -> &'static str {
    Words::of(Locale::ZhHans).t(key)
}

/// The opening tag of the n-th field of a name.
fn field<'p>(page: &'p str, form: &str, name: &str) -> &'p str {
    let (_, from) = page.split_once(&format!("action=\"{form}\"")).unwrap_or_else(|| panic!("no form {form}"));
    let form = from.split("</form>").next().unwrap();
    let at = form.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no field {name}"));
    let from = form[..at].rfind('<').unwrap();
    form[from..].split('>').next().unwrap()
}

#[test]
fn a_new_matter_begins_where_its_author_lives_and_another_place_may_be_chosen() {
    each_engine(|db| {
        let town = Town::new(db);
        let east = lives(db, &town.east, "王芳", true);
        let nowhere = lives(db, &town.street, "李强", true);
        let site = Site::new(db, &[&east, &nowhere]);
        let hidden = |place: &PlaceId| format!("name=\"place\" value=\"{place}\"");
        let (status, page) = site.get("/matters/new", 1);
        assert!(status == 200 && page.contains(&hidden(&town.east)) && page.contains("value=\"东里\""), "{page}");
        let (_, page) = site.get(&format!("/matters/new?place={}", town.west), 1);
        assert!(page.contains(&hidden(&town.west)) && !page.contains(&hidden(&town.east)));
        let (_, page) = site.get("/matters/new", 2);
        assert!(
            !page.contains("name=\"place\"") && !page.contains("value=\"槐荫里\""),
            "a subdistrict is no answer to where"
        );
        // the list hands on only a place that was chosen
        let (_, page) = site.get("/matters", 1);
        assert!(page.contains("href=\"/matters/new\""));
        let (_, page) = site.get(&format!("/matters?place={}", town.west), 1);
        assert!(page.contains(&format!("href=\"/matters/new?place={}\"", town.west)));
    });
}

#[test]
fn who_may_not_publish_yet_sees_what_to_do_first_and_no_form() {
    each_engine(|db| {
        let town = Town::new(db);
        let by_mail = lives(db, &town.east, "王芳", false);
        let site = Site::new(db, &[&by_mail]);
        let (status, page) = site.get("/matters/new", 1);
        assert!(status == 200 && page.contains(t("matter-before")) && page.contains(t("account-verify")), "{page}");
        assert!(!page.contains("<textarea") && !page.contains("action=\"/matters/new\""));
    });
}

#[test]
fn what_was_meant_for_somebody_at_the_desk_does_not_go_on_in_the_workers_own_name() {
    each_engine(|db| {
        let town = Town::new(db);
        let worker = lives(db, &town.east, "陈工", true);
        let site = Site::new(db, &[&worker]);
        assert_eq!(site.get("/matters/new?desk=", 1).0, 200);
        let (status, page) = site.get("/matters/new?desk=1-cut", 1);
        assert_eq!(status, 404);
        assert!(page.contains(t("refusal-desk-not-found")) && !page.contains("action=\"/matters/new\""), "{page}");
        let typed = [("place", town.east.as_str()), ("title", "路灯坏了"), ("kind", "report"), ("desk", "1-cut")];
        let (status, page) = site.post("/matters/new", "/matters/new", &typed);
        assert_eq!(status, 404);
        assert!(page.contains(t("refusal-desk-not-found")) && page.contains("value=\"路灯坏了\""), "{page}");
        assert!(!site.get("/matters", 1).1.contains("路灯坏了"));
    });
}

#[test]
fn fields_say_what_the_command_behind_them_asks_for() {
    each_engine(|db| {
        let town = Town::new(db);
        let mut worker = lives(db, &town.east, "陈工", true);
        worker.posts.push(Post { role: Role::Worker, place: town.east.clone() });
        let matter = opened(db, &town.resident(), DAY, lamp(&town.east)).unwrap();
        let site = Site::new(db, &[&worker]);
        let (status, page) = site.get(&format!("/matters/{}", matter.id), 1);
        assert_eq!(status, 200);
        for (form, required, most) in [("note", true, 2_000), ("stage", false, 2_000), ("answer", true, 4_000)] {
            let words = field(&page, &format!("/matters/{}/{form}", matter.id), "words");
            assert_eq!(words.contains(" required"), required, "{form}: {words}");
            assert!(words.contains(&format!("maxlength=\"{most}\"")), "{form}: {words}");
        }
    });
}

#[test]
fn what_is_due_opens_on_the_place_for_who_owes_nothing_there() {
    each_engine(|db| {
        let town = Town::new(db);
        let mut officer = lives(db, &town.street, "王主任", true);
        officer.posts.push(Post { role: Role::Officer, place: town.street.clone() });
        let resident = lives(db, &town.east, "李桂英", true);
        let site = Site::new(db, &[&officer, &resident]);
        let here = |of: &str| format!("href=\"/due?of={of}\" aria-current=\"page\"");
        let (status, page) = site.get("/due", 1);
        assert!(status == 200 && page.contains(&here("place")) && page.contains(t("due-mine")), "{page}");
        let (_, page) = site.get("/due?of=mine", 1);
        assert!(page.contains(&here("mine")), "the switch stays");
        let (status, page) = site.get("/due", 2);
        assert!(status == 200 && !page.contains("/due?of=place\""), "a resident sees their own");
    });
}

#[test]
fn before_there_is_a_place_the_pages_say_so() {
    each_engine(|db| {
        let site = Site::new(db, &[]);
        for path in ["/attendance", "/matters", "/notices", "/verdicts"] {
            assert_eq!(site.get(path, 0).0, 200, "{path}");
        }
        assert!(site.get("/attendance", 0).1.contains(t("refusal-no-place-yet")));
        assert_eq!(site.get("/attendance?place=1-00000000000000000009", 0).0, 404);
    });
}

#[test]
fn a_matter_goes_to_the_group_with_text_link_and_picture() {
    each_engine(|db| {
        let town = Town::new(db);
        let matter = opened(db, &town.resident(), DAY, lamp(&town.east)).unwrap();
        let site = Site::new(db, &[]);
        let (_, page) = site.get(&format!("/matters/{}", matter.id), 0);
        assert!(page.contains(&format!("\nhttp://linli.example/matters/{}</textarea>", matter.id)), "{page}");
        let src = format!("/share/qr.png?to=/matters/{}", matter.id);
        let picture = page.split_once(&format!("<img src=\"{src}\"")).unwrap().1.split('>').next().unwrap();
        for part in [t("share-qr"), "width=\"600\"", "height=\"600\""] {
            assert!(picture.contains(part), "{picture}");
        }
        let (status, png) = site.get(&src, 0);
        assert!(status == 200 && png.contains("PNG") && png.contains("IHDR"));
        for other in ["", "//evil.example", "https://evil.example/", "%2F%5Cevil.example", "/a%20b"] {
            assert_eq!(site.get(&format!("/share/qr.png?to={other}"), 0).0, 400, "{other}");
        }
    });
}

#[test]
fn an_objection_says_which_office_answers_and_the_duty_leads_to_it() {
    use matters::notice::{draft::DraftNotice, object, post::post_now};
    use people::post::appoint::{Appoint, appoint};
    each_engine(|db| {
        let town = Town::new(db);
        let mut secretary = lives(db, &town.east, "陈书记", true);
        let poster = town.worker_of(&town.east);
        let site = |who: &Principal| Site::new(db, &[who]);
        let input = DraftNotice {
            place: town.east.to_string(),
            kind: "accounts".into(),
            title: "上半年收支".into(),
            body: "见附表。".into(),
            ..DraftNotice::default()
        };
        let notice = act(db, &poster, DAY, move |tx, cx| post_now(tx, cx, &input)).unwrap().id;
        let object = |words: &'static str| {
            let (id, input) = (notice.clone(), object::NewObjection { words: words.into(), ..Default::default() });
            act(db, &town.resident(), DAY, move |tx, cx| object::object(tx, cx, &id, &input)).unwrap()
        };
        object("少了一笔。");
        let here = format!("/notices/{notice}");
        assert!(site(&secretary).get(&here, 0).1.contains(t("objection-owed-by-nobody")));
        let (place, person) = (town.east.clone(), secretary.person.to_string());
        let input = Appoint { person, role: "secretary".into(), from: DAY.into(), ..Appoint::default() };
        act(db, &Actor::Operator, DAY, move |tx, cx| appoint(tx, cx, &place, &input)).unwrap();
        secretary.posts.push(Post { role: Role::Secretary, place: town.east.clone() });
        let second = object("多了一笔。");
        let page = site(&secretary).get(&here, 0).1;
        assert!(page.contains(&format!("id=\"objection-{}\"", second.id)) && page.contains("由东里"), "{page}");
        let site = site(&secretary);
        let (_, list) = site.get("/due?of=mine&kind=objection", 1);
        assert!(list.contains("答复公示异议：上半年收支"), "{list}");
        let link = list.split("href=\"").find(|part| part.starts_with("/duties/")).unwrap().split('"').next().unwrap();
        let (status, duty) = site.get(link, 1);
        assert_eq!(status, 200);
        assert!(duty.contains(&format!("href=\"{here}#objection-{}\"", second.id)), "{duty}");
        assert!(duty.contains(t("duty-by-answer-there")) && !duty.contains(&format!("action=\"{link}/meet\"")));
    });
}

fn runs() -> std::sync::Arc<matters::verdict::recompute::Runs> {
    matters::verdict::recompute::Runs::new(matters::verdict::recompute::Methods::new(&[matters::METHODS]))
}
