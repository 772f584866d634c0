//! Verification by a provider of OpenID Connect: a small one that answers what each story wants.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering::Relaxed},
    },
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as URL64};
use db::Db;
use ed25519_dalek::{Signer, SigningKey};
use kernel::{Clock, Instant};
use openidconnect::{
    JsonWebKeyId, PrivateSigningKey,
    core::{CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey},
};
use polls::{Choice, Vote};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use testkit::story::entropy;
use tower::ServiceExt;
use web::{Provider, Rim, Settings, Verifiers};

use crate::support::{Asked, each_engine, motion, refused};

const SECRET: &str = "geheim-of-the-client";
const ORIGIN: &str = "http://localhost:8080";

/// What the provider does next, and what it was asked.
#[derive(Default)]
struct Play {
    challenges: Vec<String>,
    token: String,
    moved: bool,
    asked: Vec<String>,
}

struct Fake {
    issuer: String,
    play: Arc<Mutex<Play>>,
}

impl Fake {
    fn start() -> Fake {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let play = Arc::new(Mutex::new(Play::default()));
        let (own, played) = (issuer.clone(), play.clone());
        std::thread::spawn(move || listener.incoming().flatten().for_each(|stream| answer(stream, &own, &played)));
        Fake { issuer, play }
    }
}

fn answer(mut stream: TcpStream, issuer: &str, play: &Mutex<Play>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut head, mut length) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        if let Some(n) = line.to_lowercase().strip_prefix("content-length:") {
            length = n.trim().parse().unwrap();
        }
        head.push(line.trim().to_owned());
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let path = head[0].split(' ').nth(1).unwrap().to_owned();
    let mut play = play.lock().unwrap();
    play.asked.push(path.clone());
    let described = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "RS256"],
    });
    let (status, more, said) = match path.as_str() {
        "/.well-known/openid-configuration" if play.moved => ("302 Found", "Location: /elsewhere\r\n", json!({})),
        "/.well-known/openid-configuration" | "/elsewhere" => ("200 OK", "", described),
        "/keys" => {
            let x = URL64.encode(key().verifying_key().to_bytes());
            let key = json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": "k", "x": x });
            ("200 OK", "", json!({ "keys": [key, rsa().as_verification_key()] }))
        }
        _ if is_exchange(&head, &String::from_utf8(body).unwrap(), &play.challenges) => {
            ("200 OK", "", json!({ "access_token": "a", "token_type": "Bearer", "id_token": play.token }))
        }
        _ => ("400 Bad Request", "", json!({ "error": "invalid_grant" })),
    };
    let said = said.to_string();
    let head =
        format!("HTTP/1.1 {status}\r\n{more}Content-Type: application/json\r\nContent-Length: {}\r\n", said.len());
    stream.write_all(format!("{head}Connection: close\r\n\r\n{said}").as_bytes()).unwrap();
}

/// The code, the secret of PKCE and the client's own secret, as the provider checks them.
fn is_exchange(head: &[String], body: &str, challenges: &[String]) -> bool {
    let client = base64::prelude::BASE64_STANDARD.encode(format!("linli:{SECRET}"));
    let proved = head.iter().any(|line| line.ends_with(&format!("Basic {client}")));
    let verifier = body.split('&').find_map(|pair| pair.strip_prefix("code_verifier=")).unwrap_or("");
    proved && body.contains("code=good") && challenges.contains(&URL64.encode(Sha256::digest(verifier)))
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[9; 32])
}

/// What nearly all providers sign with. Made for these tests; it opens nothing.
fn rsa() -> CoreRsaPrivateSigningKey {
    let pem = include_str!("provider-for-tests.pem");
    CoreRsaPrivateSigningKey::from_pem(pem, Some(JsonWebKeyId::new("r".into()))).unwrap()
}

fn signed_rs256(claims: &Value) -> String {
    let text = format!(
        "{}.{}",
        URL64.encode(json!({ "alg": "RS256", "kid": "r" }).to_string()),
        URL64.encode(claims.to_string())
    );
    let signature = rsa().sign(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, text.as_bytes()).unwrap();
    format!("{text}.{}", URL64.encode(signature))
}

fn signed(header: &Value, claims: &Value, key: &SigningKey) -> String {
    let text = format!("{}.{}", URL64.encode(header.to_string()), URL64.encode(claims.to_string()));
    let signature = URL64.encode(key.sign(text.as_bytes()).to_bytes());
    format!("{text}.{signature}")
}

struct Moving(Arc<AtomicI64>);

impl Clock for Moving {
    fn now(&self) -> Instant {
        Instant(self.0.load(Relaxed))
    }
}

/// An open poll of three, of whom two have numbers, before a site that knows the provider.
struct World {
    asked: Asked,
    fake: Fake,
    router: Router,
    clock: Arc<AtomicI64>,
}

impl World {
    fn new(db: &Db) -> World {
        let fake = Fake::start();
        let provider = Provider {
            name: "居民联合会".into(),
            issuer: fake.issuer.clone(),
            client_id: "linli".into(),
            client_secret: SECRET.into(),
            claim: "member_number".into(),
        };
        let verifiers = Verifiers { providers: vec![provider], key: [3; 32] };
        let asked = Asked::draft(db, &motion());
        let rows = "姓名,门牌,会员号\n张三,1-1,M-001\n李四,1-2,M-002\n王五,1-3,\n";
        assert_eq!(asked.take_file(rows, &verifiers).unwrap(), 3);
        asked.freeze().unwrap();
        asked.open_poll().unwrap();
        let clock = Arc::new(AtomicI64::new(testkit::START.0));
        let settings = Settings { offset_minutes: 480, origin: ORIGIN.into(), verifiers, ..Settings::default() };
        let rim = Rim::new(db.clone(), settings, Arc::new(Moving(clock.clone())), entropy);
        World { asked, fake, router: web::server::site(polls::web::routes(), rim), clock }
    }

    fn browser(&self) -> Browser<'_> {
        Browser { world: self, cookies: Vec::new() }
    }

    fn seconds(&self) -> i64 {
        self.clock.load(Relaxed) / 1_000_000
    }

    fn vote_page(&self) -> String {
        format!("/polls/{}/vote", self.asked.poll)
    }
}

struct Page {
    status: StatusCode,
    to: String,
    body: String,
}

impl Page {
    /// The code that stands in the form.
    fn code(&self) -> Option<String> {
        let is_code = |text: &&str| text.len() == 19 && text.matches('-').count() == 3;
        self.body.split("value=\"").filter_map(|part| part.split('"').next()).find(is_code).map(str::to_owned)
    }
}

struct Browser<'a> {
    world: &'a World,
    cookies: Vec<(String, String)>,
}

impl Browser<'_> {
    fn get(&mut self, path: &str) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder().uri(path).header(header::COOKIE, cookies.join("; "));
        let request = request.body(Body::empty()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (parts, body) = runtime.block_on(async {
            let (parts, body) = self.world.router.clone().oneshot(request).await.unwrap().into_parts();
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
        Page { status: parts.status, to, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    fn has_errand(&self) -> bool {
        self.cookies.iter().any(|(name, _)| name == "linli-verify")
    }

    /// To the provider; answers the state and the nonce that travelled there.
    fn begin(&mut self) -> (String, String) {
        let page = self.get(&format!("{}/verify?with=0", self.world.vote_page()));
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
        let (at, query) = page.to.split_once('?').unwrap();
        assert_eq!(at, format!("{}/authorize", self.world.fake.issuer));
        let of = |name: &str| {
            query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap_or_default().to_owned()
        };
        assert_eq!(of("code_challenge_method"), "S256");
        assert_eq!(of("scope"), "openid", "nothing more is asked");
        self.world.fake.play.lock().unwrap().challenges.push(of("code_challenge"));
        (of("state"), of("nonce"))
    }

    /// Back from the provider, which has said this.
    fn come_back(&mut self, state: &str, token: String) -> Page {
        self.world.fake.play.lock().unwrap().token = token;
        self.get(&format!("/polls/oidc/callback?state={state}&code=good"))
    }

    /// There and back, with claims changed on the way.
    fn verified(&mut self, change: impl FnOnce(&mut Value)) -> Page {
        let (state, nonce) = self.begin();
        assert!(self.has_errand());
        let mut claims = claims(self.world, &nonce);
        change(&mut claims);
        self.come_back(&state, signed(&json!({ "alg": "EdDSA", "kid": "k" }), &claims, &key()))
    }
}

fn claims(world: &World, nonce: &str) -> Value {
    let now = world.seconds();
    json!({
        "iss": world.fake.issuer, "aud": "linli", "sub": "u-1", "exp": now + 300, "iat": now, "nonce": nonce,
        "member_number": "M-001", "name": "张三丰",
    })
}

/// The sentence of a refusal.
fn says(code: &str) -> &'static str {
    match code {
        "untrusted" => "核对不上",
        "again" => "已经用过",
        "late" => "已经过时",
        "no-claim" => "没有告诉我们您的会员号",
        "nobody" => "投票名册里没有您",
        "voted" => "您已经投过票了",
        "declined" => "没有确认您的身份",
        "unreachable" => "联系不上",
        _ => "?",
    }
}

#[track_caller]
fn is_refused(page: &Page, code: &str) {
    assert!(page.body.contains(says(code)), "{code}: {}", page.body);
    assert!(!page.status.is_success() && page.code().is_none(), "{code}");
}

#[test]
fn who_is_verified_votes_once_at_their_own_row() {
    each_engine(|db| {
        let world = World::new(db);
        let mut browser = world.browser();
        assert!(browser.get(&world.vote_page()).body.contains("用居民联合会核验身份"));
        let letter = world.asked.code("1-1", "张三");
        let page = browser.verified(|_| {});
        assert_eq!(page.status, StatusCode::OK);
        assert!(!browser.has_errand(), "the errand's cookie is forgotten");
        assert!(!page.body.contains("M-001") && !page.body.contains("张三"), "no claim stands on the page");
        let code = page.code().unwrap();
        assert_eq!(refused(world.asked.cast_code(&letter, &Choice::Motion(Vote::Agree), None)), "not-on-the-roll");
        world.asked.cast_code(&code, &Choice::Motion(Vote::Agree), Some(1)).unwrap();
        assert_eq!(world.asked.traces(), (1, 1));
        // the same person again, by whatever way
        is_refused(&browser.verified(|_| {}), "voted");
        assert_eq!(refused(world.asked.cast_code(&code, &Choice::Motion(Vote::Agree), Some(2))), "already-voted");
        // somebody else
        let other = browser.verified(|claims| claims["member_number"] = "M-002".into()).code().unwrap();
        world.asked.cast_code(&other, &Choice::Motion(Vote::Disagree), Some(3)).unwrap();
        assert_eq!(world.asked.traces(), (2, 2));
        let log: Vec<u8> = world.asked.log().into_iter().flat_map(|entry| entry.leaf).collect();
        let log = String::from_utf8_lossy(&log).into_owned();
        assert_eq!(log.matches("roll.verified").count(), 2);
        assert!(!log.contains("M-00") && !log.contains("u-1") && !log.contains("张三"));
        world.asked.end();
        assert_eq!(world.asked.recomputed(), (1, vec![]));
    });
}

#[test]
fn an_answer_that_does_not_hold_opens_nothing() {
    each_engine(|db| {
        let world = World::new(db);
        let mut browser = world.browser();
        let now = world.seconds();
        is_refused(&browser.verified(|claims| claims["nonce"] = "another".into()), "untrusted");
        is_refused(&browser.verified(|claims| claims["aud"] = "somebody".into()), "untrusted");
        is_refused(&browser.verified(|claims| claims["aud"] = json!(["linli", "somebody"])), "untrusted");
        is_refused(&browser.verified(|claims| claims["iss"] = "http://127.0.0.1:1".into()), "untrusted");
        is_refused(&browser.verified(|claims| claims["exp"] = (now - 1).into()), "untrusted");
        is_refused(&browser.verified(|claims| claims["member_number"] = "M-003".into()), "nobody");
        is_refused(&browser.verified(|claims| claims["member_number"] = Value::Null), "no-claim");
        // signed by another key, by the client's secret, by nobody
        let (state, nonce) = browser.begin();
        let other =
            signed(&json!({ "alg": "EdDSA", "kid": "k" }), &claims(&world, &nonce), &SigningKey::from_bytes(&[8; 32]));
        is_refused(&browser.come_back(&state, other), "untrusted");
        for alg in ["none", "HS256"] {
            let (state, nonce) = browser.begin();
            let token = signed(&json!({ "alg": alg }), &claims(&world, &nonce), &key());
            is_refused(&browser.come_back(&state, token), "untrusted");
        }
        assert_eq!(world.asked.traces(), (0, 0));
    });
}

#[test]
fn a_signature_by_rsa_counts_and_not_that_of_another_text() {
    each_engine(|db| {
        let world = World::new(db);
        let mut browser = world.browser();
        let (state, nonce) = browser.begin();
        assert!(browser.come_back(&state, signed_rs256(&claims(&world, &nonce))).code().is_some());
        let (state, nonce) = browser.begin();
        let mut other = claims(&world, &nonce);
        let token = signed_rs256(&other);
        other["member_number"] = "M-002".into();
        let parts: Vec<&str> = token.split('.').collect();
        let forged = format!("{}.{}.{}", parts[0], URL64.encode(other.to_string()), parts[2]);
        is_refused(&browser.come_back(&state, forged), "untrusted");
    });
}

#[test]
fn a_state_is_good_once_in_its_browser_for_ten_minutes() {
    each_engine(|db| {
        let world = World::new(db);
        let mut browser = world.browser();
        let token = |nonce: &str| signed(&json!({ "alg": "EdDSA", "kid": "k" }), &claims(&world, nonce), &key());
        let (state, nonce) = browser.begin();
        // another browser, and one with a cookie of its own errand
        is_refused(&world.browser().come_back(&state, token(&nonce)), "again");
        let mut other = world.browser();
        let _ = other.begin();
        is_refused(&other.come_back(&state, token(&nonce)), "again");
        let kept = browser.cookies.clone();
        assert!(browser.come_back(&state, token(&nonce)).code().is_some());
        browser.cookies = kept;
        is_refused(&browser.come_back(&state, token(&nonce)), "again");
        // too long at the provider
        let (state, nonce) = browser.begin();
        world.clock.fetch_add(601 * 1_000_000, Relaxed);
        is_refused(&browser.come_back(&state, token(&nonce)), "late");
        // the provider says no, and the state is used up by that
        let (state, nonce) = browser.begin();
        let kept = browser.cookies.clone();
        is_refused(&browser.get(&format!("/polls/oidc/callback?state={state}&error=access_denied")), "declined");
        browser.cookies = kept;
        is_refused(&browser.come_back(&state, token(&nonce)), "again");
        let page = browser.get("/polls/oidc/callback?state=nonsense&code=good");
        assert_eq!(page.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_provider_that_is_away_or_has_moved_is_not_followed() {
    each_engine(|db| {
        let world = World::new(db);
        let mut browser = world.browser();
        world.fake.play.lock().unwrap().moved = true;
        let page = browser.get(&format!("{}/verify?with=0", world.vote_page()));
        is_refused(&page, "unreachable");
        assert!(!world.fake.play.lock().unwrap().asked.contains(&"/elsewhere".to_owned()), "no redirect is followed");
        world.fake.play.lock().unwrap().moved = false;
        // the code is not taken: PKCE's secret is another
        let (state, _) = browser.begin();
        world.fake.play.lock().unwrap().challenges.clear();
        is_refused(&browser.come_back(&state, String::new()), "declined");
    });
}

#[test]
fn a_number_stands_on_a_roll_once() {
    each_engine(|db| {
        let world = World::new(db);
        let verifiers = Verifiers {
            providers: vec![Provider {
                name: "居民联合会".into(),
                issuer: world.fake.issuer.clone(),
                client_id: "linli".into(),
                client_secret: SECRET.into(),
                claim: "member_number".into(),
            }],
            key: [3; 32],
        };
        let asked = Asked::draft(db, &motion());
        asked.take_file("姓名,门牌,会员号\n张三,1-1,M-001\n", &verifiers).unwrap();
        // the same file again changes nothing; the number of another does not pass
        assert_eq!(asked.take_file("姓名,门牌,会员号\n张三,1-1,M-001\n", &verifiers).unwrap(), 0);
        assert_eq!(refused(asked.take_file("姓名,门牌,会员号\n李四,1-2,M-001\n", &verifiers)), "subject-taken");
        let text = "姓名,门牌,会员号\n李四,1-2,M-5\n王五,1-3,M-5\n赵六,1-4,\n";
        let (rows, errors) = people::resident::sheet::parse(text.as_bytes()).unwrap();
        let (rows, errors) = polls::roll::file::checked(&asked.read(), &verifiers, rows, errors);
        assert_eq!(rows.len(), 2);
        assert_eq!(
            errors.iter().map(|e| (e.line, e.column, e.code)).collect::<Vec<_>>(),
            [(3, "subject", "subject-twice")]
        );
    });
}
