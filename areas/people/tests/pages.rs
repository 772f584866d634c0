//! The pages of signing in and of one's own account, in-process: as somebody with an old telephone and no script.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod support;

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering::Relaxed},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use db::Db;
use kernel::{Clock, Instant};
use support::*;
use testkit::story::entropy;
use tower::ServiceExt;
use web::{Rim, Settings};

struct Moving(Arc<AtomicI64>);

impl Clock for Moving {
    fn now(&self) -> Instant {
        Instant(self.0.load(Relaxed))
    }
}

/// A browser: it keeps its cookies, and sends the token that the last page's form held.
#[derive(Clone)]
struct Browser {
    router: Router,
    cookies: Vec<(String, String)>,
    csrf: String,
}

struct Page {
    status: StatusCode,
    to: String,
    body: String,
}

impl Page {
    /// The value of a hidden field.
    fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let rest = self.body.split_once(&mark).map_or("", |(_, rest)| rest);
        rest.split('"').next().unwrap_or("").to_owned()
    }

    /// The demonstration's code.
    fn code(&self) -> String {
        let rest = self.body.split_once("验证码是 ").unwrap().1;
        rest.chars().take(6).collect()
    }
}

fn site(db: &Db, demo: bool, clock: &Arc<AtomicI64>) -> Router {
    let settings = Settings { demo, offset_minutes: 480, ..Settings::default() };
    let door = people::door::Door::new(db).unwrap();
    let rim = Rim::new(db.clone(), settings, Arc::new(Moving(clock.clone())), entropy).with_door(Arc::new(door));
    web::server::site(people::web::routes(), rim)
}

impl Browser {
    fn new(router: &Router) -> Browser {
        Browser { router: router.clone(), cookies: Vec::new(), csrf: String::new() }
    }

    fn send(&mut self, method: &str, path: &str, body: String) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookies.join("; "))
            .header(header::USER_AGENT, "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0")
            .body(Body::from(body))
            .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (parts, body) = runtime.block_on(async {
            let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
            (parts, to_bytes(body, 1 << 20).await.unwrap())
        });
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let to = parts.headers.get(header::LOCATION).map_or("", |v| v.to_str().unwrap()).to_owned();
        let page = Page { status: parts.status, to, body: String::from_utf8(body.to_vec()).unwrap() };
        assert!(!page.body.contains('⟦') && !page.body.contains("{ $"), "{path}: a word is missing");
        let csrf = page.hidden("csrf");
        if !csrf.is_empty() {
            self.csrf = csrf;
        }
        page
    }

    fn get(&mut self, path: &str) -> Page {
        self.send("GET", path, String::new())
    }

    fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.csrf.clone();
        let escape = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
        let fields = fields.iter().copied().chain([("csrf", csrf.as_str())]);
        let body = fields.map(|(name, value)| format!("{name}={}", escape(value))).collect::<Vec<_>>().join("&");
        self.send("POST", path, body)
    }

    /// Signs up or in by code; answers the page after the code.
    fn by_code(&mut self, phone: &str, next: &str) -> Page {
        self.get("/sign-in");
        let sent = self.post("/sign-in", &[("contact", phone), ("next", next)]);
        assert_eq!(sent.status, StatusCode::OK);
        let fields =
            [("contact", sent.hidden("contact")), ("challenge", sent.hidden("challenge")), ("code", sent.code())];
        let fields = fields.iter().map(|(name, value)| (*name, value.as_str()));
        self.post("/sign-in/code", &fields.chain([("next", next)]).collect::<Vec<_>>())
    }
}

#[test]
fn an_old_couple_shares_a_telephone() {
    each_engine(|db| {
        places(db);
        let clock = Arc::new(AtomicI64::new(START));
        let router = site(db, true, &clock);
        let mut his = Browser::new(&router);
        assert_eq!(his.get("/me").to, "/sign-in?next=/me");
        let page = his.by_code("139 0000 0001", "/me/devices");
        assert!(page.body.contains("第一次来") && page.body.contains("autocomplete=\"name\""));
        let fields = [("ticket", &*page.hidden("ticket")), ("name", "张大爷"), ("next", "/me/devices")];
        // both taps leave before the first answer and its cookie arrive
        let mut second = his.clone();
        let (once, twice) = (his.post("/sign-in/who", &fields), second.post("/sign-in/who", &fields));
        assert_eq!(his.cookies.last(), second.cookies.last(), "one session");
        assert_eq!((once.status, once.to.as_str()), (StatusCode::SEE_OTHER, "/me/devices"));
        assert_eq!(twice.to, "/me/devices", "a double tap");
        let devices = his.get("/me/devices");
        assert!(devices.body.contains("微信 · 安卓") && devices.body.matches("<li>").count() >= 1);
        let me = his.get("/me");
        assert!(me.body.contains("张大爷") && me.body.contains("手机号已核实") && me.body.contains("139****0001"));

        clock.store(START + HOUR, Relaxed);
        let mut hers = Browser::new(&router);
        // one person is known: in at once
        let page = hers.by_code("13900000001", "//evil.example");
        assert_eq!((page.status, page.to.as_str()), (StatusCode::SEE_OTHER, "/"));
        clock.store(START + 2 * HOUR, Relaxed);
        let out = hers.get("/sign-out");
        assert_eq!(out.status, StatusCode::OK);
        assert_eq!(hers.post("/sign-out", &[]).to, "/");
        assert_eq!(hers.get("/me").status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn a_wrong_code_keeps_the_form_and_says_what_is_left() {
    each_engine(|db| {
        places(db);
        let router = site(db, true, &Arc::new(AtomicI64::new(START)));
        let mut browser = Browser::new(&router);
        browser.get("/sign-in");
        let bad = browser.post("/sign-in", &[("contact", &"1".repeat(10_000))]);
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        let twice = browser.post("/sign-in", &[("contact", "13900000001"), ("contact", "13900000002")]);
        assert_eq!(twice.status, StatusCode::BAD_REQUEST);
        browser.get("/sign-in");
        let sent = browser.post("/sign-in", &[("contact", "13900000001")]);
        let wrong = if sent.code() == "123456" { "123457" } else { "123456" };
        let challenge = sent.hidden("challenge");
        let typed = [("contact", "13900000001"), ("challenge", &challenge), ("code", wrong)];
        let page = browser.post("/sign-in/code", &typed);
        assert_eq!((page.status, page.hidden("challenge")), (StatusCode::CONFLICT, challenge));
        assert!(page.body.contains("还可以试 4 次") && page.body.contains("one-time-code"));
        assert!(!page.body.contains("验证码是 "), "only where it was sent");
        let foreign = browser.post("/sign-in/who", &[("ticket", &"0".repeat(64)), ("name", "谁")]);
        assert_eq!(foreign.status, StatusCode::CONFLICT);
        browser.csrf = "0".repeat(32);
        assert_eq!(browser.post("/sign-in", &[("contact", "13900000001")]).status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn outside_of_the_demonstration_no_page_shows_a_code() {
    each_engine(|db| {
        places(db);
        let router = site(db, false, &Arc::new(AtomicI64::new(START)));
        let mut browser = Browser::new(&router);
        browser.get("/sign-in");
        let sent = browser.post("/sign-in", &[("contact", "13900000001")]);
        assert!(sent.status == StatusCode::OK && !sent.body.contains("验证码是 "));
    });
}

#[test]
fn names_views_passwords_and_data_are_kept() {
    each_engine(|db| {
        places(db);
        let router = site(db, true, &Arc::new(AtomicI64::new(START)));
        let mut browser = Browser::new(&router);
        let page = browser.by_code("13900000001", "/");
        browser.post("/sign-in/who", &[("ticket", &page.hidden("ticket")), ("name", "王芳")]);
        browser.get("/me");
        assert_eq!(browser.post("/me/names", &[("name", "王芳芳"), ("shown-name", "老王")]).to, "/me?saved=1");
        let long = browser.post("/me/names", &[("name", &"长".repeat(10_000)), ("shown-name", "")]);
        assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
        browser.get("/me");
        assert_eq!(browser.post("/me/view", &[("language", "en"), ("view", "elder")]).to, "/me?saved=1&lang=en");
        assert!(browser.get("/me?lang=en").body.contains("My account"));
        browser.get("/me?lang=zh-Hans");
        browser.get("/me/password");
        let common = browser.post("/me/password", &[("new", "password")]);
        assert!(common.status == StatusCode::UNPROCESSABLE_ENTITY && common.body.contains("太常见"));
        assert_eq!(browser.post("/me/password", &[("new", "槐树下的老井很甜")]).to, "/me?saved=1");
        let mut other = Browser::new(&router);
        other.get("/sign-in/password");
        let wrong = other.post("/sign-in/password", &[("contact", "13900000001"), ("password", "wrong wrong")]);
        assert_eq!(wrong.status, StatusCode::FORBIDDEN);
        let inside = other.post("/sign-in/password", &[("contact", "13900000001"), ("password", "槐树下的老井很甜")]);
        assert_eq!(inside.status, StatusCode::SEE_OTHER);
        let data: serde_json::Value = serde_json::from_str(&other.get("/me/data.json").body).unwrap();
        assert_eq!((data["name"].as_str(), data["shown-name"].as_str()), (Some("王芳芳"), Some("老王")));
    });
}

#[test]
fn a_child_and_a_mother_agree_on_the_page() {
    each_engine(|db| {
        places(db);
        let router = site(db, true, &Arc::new(AtomicI64::new(START)));
        let mut child = Browser::new(&router);
        let page = child.by_code("13900000001", "/");
        child.post("/sign-in/who", &[("ticket", &page.hidden("ticket")), ("name", "小刚")]);
        child.get("/me/family");
        let fields = [("contact", "13900000002"), ("name", "李桂英"), ("side", "acts-for")];
        let sent = child.post("/me/family", &fields);
        let code = sent.code();
        let challenge = sent.hidden("challenge");
        let all: Vec<_> = fields.into_iter().chain([("challenge", &*challenge), ("code", &*code)]).collect();
        assert_eq!(child.post("/me/family/code", &all).to, "/me/family");
        let page = child.get("/me/family");
        assert!(page.body.contains("替 李桂英 办事"));
        child.post("/me/family/act", &[("giver", &page.hidden("giver"))]);
        let page = child.get("/me/family");
        assert!(page.body.contains("您现在在替 李桂英 办事"));
        child.post("/me/family/end", &[("consent", &page.hidden("consent"))]);
        assert!(!child.get("/me/family").body.contains("李桂英"));
    });
}

#[test]
fn signing_in_again_ends_what_the_same_browser_had_before() {
    each_engine(|db| {
        places(db);
        let clock = Arc::new(AtomicI64::new(START));
        let router = site(db, true, &clock);
        let mut browser = Browser::new(&router);
        let page = browser.by_code("13900000001", "/");
        browser.post("/sign-in/who", &[("ticket", &page.hidden("ticket")), ("name", "王芳")]);
        let before = browser.clone();
        clock.store(START + HOUR, Relaxed);
        let mut elsewhere = Browser::new(&router);
        elsewhere.by_code("13900000001", "/");
        clock.store(START + 2 * HOUR, Relaxed);
        // her son signs in on her telephone: a form of signing in was still open
        browser.get("/me");
        let sent = browser.post("/sign-in", &[("contact", "13900000002")]);
        let page = browser.post(
            "/sign-in/code",
            &[("contact", "13900000002"), ("challenge", &sent.hidden("challenge")), ("code", &sent.code())],
        );
        assert_eq!(before.clone().get("/me").status, StatusCode::OK, "a code alone ends nothing");
        browser.post("/sign-in/who", &[("ticket", &page.hidden("ticket")), ("name", "王小刚")]);
        assert!(browser.get("/me").body.contains("王小刚"));
        assert_eq!(before.clone().get("/me").status, StatusCode::SEE_OTHER, "the cookie of before opens nothing");
        assert_eq!(elsewhere.get("/me").status, StatusCode::OK, "other devices stay");
    });
}

#[test]
fn name_and_photo_are_agreed_to_and_taken_back_on_the_page() {
    each_engine(|db| {
        places(db);
        let router = site(db, true, &Arc::new(AtomicI64::new(START)));
        let mut browser = Browser::new(&router);
        let page = browser.by_code("13900000001", "/");
        browser.post("/sign-in/who", &[("ticket", &page.hidden("ticket")), ("name", "王芳")]);
        assert_eq!(browser.get("/me/family").body.matches("/me/family/show").count(), 2);
        assert_eq!(browser.post("/me/family/show", &[("purpose", "show-name")]).to, "/me/family");
        let page = browser.get("/me/family");
        assert!(page.body.matches("/me/family/show").count() == 1 && page.body.contains("已同意"));
        let other = browser.post("/me/family/show", &[("purpose", "act-for")]);
        assert_eq!(other.status, StatusCode::CONFLICT, "who acts for whom is agreed by a code");
        browser.post("/me/family/end", &[("consent", &page.hidden("consent"))]);
        assert_eq!(browser.get("/me/family").body.matches("/me/family/show").count(), 2);
    });
}
