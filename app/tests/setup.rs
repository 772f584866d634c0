//! The first officer sets an installation up: with the printed token, once.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use db::{Db, Statement};
use kernel::Role;
use linli::commands::setup;
use testkit::story::Still;
use tower::ServiceExt;
use web::{Rim, Settings};

static JOBS: Statement =
    Statement { name: "JOBS", module: "setup", sql: "SELECT payload FROM jobs WHERE kind = 'message.deliver'" };
static OFFICES: Statement = Statement { name: "OFFICES", module: "setup", sql: "SELECT role FROM posts ORDER BY role" };
static TOKENS: Statement =
    Statement { name: "TOKENS", module: "setup", sql: "SELECT value FROM settings WHERE name = 'setup-token'" };

fn site(db: &Db, demo: bool) -> Router {
    let settings = Settings { demo, offset_minutes: 480, ..Settings::default() };
    let door = people::door::Door::new(db).unwrap();
    let rim =
        Rim::new(db.clone(), settings, Arc::new(Still(testkit::START)), linli::home::entropy).with_door(Arc::new(door));
    linli::router::site(rim)
}

/// Status, cookies and body.
fn send(router: &Router, method: &str, path: &str, cookie: &str, body: String) -> (StatusCode, Vec<String>, String) {
    let request = Request::builder().method(method).uri(path).header(header::COOKIE, cookie);
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (parts, body) = router.clone().oneshot(request.unwrap()).await.unwrap().into_parts();
        let body = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
        let cookies = parts.headers.get_all(header::SET_COOKIE).iter().map(|v| v.to_str().unwrap().to_owned());
        (parts.status, cookies.collect(), body)
    })
}

fn post(router: &Router, path: &str, cookie: &str, fields: &[(&str, &str)]) -> (StatusCode, Vec<String>, String) {
    let escape = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    send(router, "POST", path, cookie, body.join("&"))
}

fn pair(cookies: &[String], name: &str) -> String {
    let line = cookies.iter().find(|line| line.starts_with(name)).unwrap();
    line.split(';').next().unwrap().to_owned()
}

#[test]
fn the_printed_token_makes_the_first_officer_and_serves_once() {
    testkit::each_engine(|db| {
        let first = setup::offer(db).unwrap().unwrap();
        let token = setup::offer(db).unwrap().unwrap();
        let kept: Vec<(String,)> = db.read_wait(|s| s.all(&TOKENS, &[])).unwrap();
        assert!(kept.len() == 1 && kept[0].0 != token, "only its digest is stored");
        let router = site(db, false);
        for wrong in [first.as_str(), "", "0"] {
            assert_eq!(
                send(&router, "GET", &format!("/setup?token={wrong}"), "", String::new()).0,
                StatusCode::FORBIDDEN
            );
        }
        let (status, cookies, page) = send(&router, "GET", &format!("/setup?token={token}"), "", String::new());
        assert!(status == StatusCode::OK && !page.contains('⟦'), "{page}");
        let cookie = pair(&cookies, "linli-form");
        let csrf = page.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
        let mut fields =
            vec![("csrf", csrf.as_str()), ("token", token.as_str()), ("title", "槐树街道"), ("level", "subdistrict")];
        fields.extend([("place", "槐树街道"), ("name", "王主任"), ("contact", "13900000001")]);
        let short: Vec<_> = fields.iter().copied().filter(|(name, _)| *name != "title").collect();
        assert_eq!(post(&router, "/setup", &cookie, &short).0, StatusCode::UNPROCESSABLE_ENTITY);
        let (status, _, page) = post(&router, "/setup", &cookie, &fields);
        assert!(status == StatusCode::OK && !page.contains("验证码是"), "no code on the page");
        let jobs: Vec<(String,)> = db.read_wait(|s| s.all(&JOBS, &[])).unwrap();
        let code: String = jobs[0].0.split_once("验证码 ").unwrap().1.chars().take(6).collect();
        let challenge = page.split_once("name=\"challenge\" value=\"").unwrap().1.split('"').next().unwrap();
        fields.push(("challenge", challenge));
        let wrong = if code == "123456" { "123457" } else { "123456" };
        let mistyped: Vec<_> = fields.iter().copied().chain([("code", wrong)]).collect();
        let (status, _, again) = post(&router, "/setup/begin", &cookie, &mistyped);
        assert!(status == StatusCode::CONFLICT && again.contains("139****0001"), "says where the code went: {again}");
        assert!(again.contains(challenge), "and still waits for it");
        fields.push(("code", &code));
        let (status, cookies, _) = post(&router, "/setup/begin", &cookie, &fields);
        assert_eq!(status, StatusCode::SEE_OTHER);
        let session = pair(&cookies, "linli-session");
        let (status, _, me) = send(&router, "GET", "/me", &session, String::new());
        assert!(status == StatusCode::OK && me.contains("王主任"));
        let roles: Vec<(String,)> = db.read_wait(|s| s.all(&OFFICES, &[])).unwrap();
        assert_eq!(roles, [(Role::Admin.as_str().to_owned(),), (Role::Officer.as_str().to_owned(),)]);
        assert_eq!(post(&router, "/setup/begin", &cookie, &fields).0, StatusCode::FORBIDDEN, "a second run");
        assert_eq!(setup::offer(db).unwrap(), None);
        let next = ui::Words::of(ui::Locale::ZhHans).t("setup-next-roll");
        let (status, _, page) = send(&router, "GET", "/setup/done", &session, String::new());
        assert!(status == StatusCode::OK && page.contains(next), "what comes next, for the officer");
        let (status, _, page) = send(&router, "GET", "/setup/done", "", String::new());
        assert!(status == StatusCode::OK && !page.contains(next), "a visitor is not told to go on");
    });
}

#[test]
fn a_demonstration_is_not_set_up() {
    testkit::each_engine(|db| {
        let token = setup::offer(db).unwrap().unwrap();
        let answer = send(&site(db, true), "GET", &format!("/setup?token={token}"), "", String::new());
        assert_eq!(answer.0, StatusCode::FORBIDDEN);
    });
}
