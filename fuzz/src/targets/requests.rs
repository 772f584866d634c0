//! Whole requests to the whole site: paths, queries, headers, cookies, forms, files, JSON. Whatever is sent, the site
//! answers, and never with a fault of its own.

use std::{
    cell::RefCell,
    path::PathBuf,
    process,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderName, HeaderValue, Method, Request, StatusCode, Uri},
};
use db::{Address, Db, DbError, Options, Snapshot};
use kernel::{Chance, Clock, Day, Home, Id, Instant, PersonId, PlaceId, Post, Principal, Role};
use serde_json::Value;
use sha2::Digest;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;
use web::{Rim, Settings};
use work::files::{Desk, FolderStore, Gate};

use crate::Target;

pub const TARGETS: &[Target] = &[Target::new(
    "requests",
    "requests as they come over the wire, of an officer and of a stranger: the site answers, never with a fault of its own",
    requests,
)
.made(made)
.slow(4)
// a page, its words and what the database keeps of it; the site is built before the first is measured
.memory(48 << 20, 4_096)
.words(&[
    "GET ", "POST ", "HEAD ", "OPTIONS ", "/api/v1/", "/seasons/", "/places", "/polls", "/matters", "/verdicts", "/ledger/",
    "PLACE", "SEASON", "CSRF", "%00", "%ff", "%2e%2e/", "?lang=ko", "?after=", "?before=", "&page=", "\nauthorization: Bearer ",
    "\ncookie: linli-session=", "\naccept-language: ", "\nrange: bytes=", "\nif-none-match: ", "\nhx-request: true",
    "\ncontent-type: application/json", "\ncontent-type: application/x-www-form-urlencoded",
    "\ncontent-type: multipart/form-data; boundary=x", "\n\n", "{\"", "\":", "null", "[]", "--x\r\n",
    "Content-Disposition: form-data; name=\"", "filename=\"a.png\"", "9223372036854775808", "-1", "\u{feff}", "𠮷",
])];

const TOKEN: &str = "a-token-for-tests-only-0123456789";
/// The session's token of the officer, as the cookie has it.
const SESSION: &str = "0101010101010101010101010101010101010101010101010101010101010101";
/// 2026-11-22, 10:00 in Beijing.
const NOW: Instant = Instant(1_795_312_800_000_000);

struct Still;

impl Clock for Still {
    fn now(&self) -> Instant {
        NOW
    }
}

/// Different bytes each time, the same in each run.
fn entropy() -> [u8; 32] {
    static NEXT: AtomicU64 = AtomicU64::new(1 << 40);
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&NEXT.fetch_add(1, Relaxed).to_le_bytes());
    bytes
}

/// A door that lets one officer in.
struct Officer {
    person: PersonId,
    place: PlaceId,
}

impl web::Door for Officer {
    fn enter(
        &self,
        _: &mut Snapshot<'_>,
        token: &[u8; 32],
        _: Instant,
        _: &Day,
    ) -> Result<Option<web::Entry>, DbError> {
        let posts = [Role::Officer, Role::Worker, Role::Admin].map(|role| Post { role, place: self.place.clone() });
        let principal =
            Principal { person: self.person.clone(), verified: true, posts: posts.to_vec(), seats: Vec::new() };
        let entry = web::Entry { principal, name: "值班".into(), behalf: None, elder: None };
        Ok((*token == web::session::digest(&[1; 32])).then_some(entry))
    }
}

/// A site with a place, a season and somebody's idea, in a folder that goes with it.
struct Site {
    router: Router,
    runtime: Runtime,
    folder: PathBuf,
    /// What stands in inputs for what is drawn anew in each run.
    names: Vec<(&'static str, String)>,
}

impl Site {
    fn new() -> Site {
        let folder = std::env::temp_dir().join(format!("linli-fuzz-{}", process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let db = Db::open(&Address::Sqlite(folder.join("linli.db")), &Options::alone()).expect("a database");
        let place = Site::over(&db, &folder, None);
        let mut site = Site { router: place, runtime, folder, names: Vec::new() };
        let added = site.operate("places", r#"{"level":"subdistrict","name":"槐荫里街道"}"#);
        let season = format!(
            "{{\"place\":\"{added}\",\"name\":\"春季\",\"about\":\"\",\"budget\":10000000,\"currency\":\"CNY\",\
             \"rule\":\"mes_add1u:cost:cost\",\"max_choices\":5}}"
        );
        let season = site.operate("seasons", &season);
        let officer = Officer {
            person: Id::random(Home(1), &mut Chance::seeded(1)),
            place: added.parse().expect("the id of a place"),
        };
        site.router = Site::over(&db, &site.folder, Some(officer));
        site.names = vec![("PLACE", added), ("SEASON", season)];
        let form = format!(
            "POST /notices\ncookie: linli-session={SESSION}\ncontent-type: application/x-www-form-urlencoded\n\nx=1"
        );
        let page = site.answer(form.as_bytes()).expect("a request").1;
        let token =
            page.split_once("name=\"csrf\" value=\"").map(|(_, rest)| rest.split('"').next().unwrap_or_default());
        site.names.push(("CSRF", token.expect("a form that has expired comes with a token").to_owned()));
        site
    }

    fn over(db: &Db, folder: &std::path::Path, officer: Option<Officer>) -> Router {
        let operator = Some(sha2::Sha256::digest(TOKEN.as_bytes()).into());
        let settings =
            Settings { demo: true, offset_minutes: 480, name: "槐荫里".into(), operator, ..Settings::default() };
        let store = Arc::new(FolderStore::new(folder.join("files")));
        let desk = Desk { db: db.clone(), store, gate: Arc::new(Gate::new(1)) };
        let rim = Rim::new(db.clone(), settings, Arc::new(Still), entropy).with_files(desk);
        let rim = match officer {
            Some(officer) => rim.with_door(Arc::new(officer)),
            None => rim,
        };
        linli::router::site(rim)
    }

    /// The id of what the operator adds.
    fn operate(&self, path: &str, json: &str) -> String {
        let request =
            format!("POST /api/v1/{path}\nauthorization: Bearer {TOKEN}\ncontent-type: application/json\n\n{json}");
        let (status, body) = self.answer(request.as_bytes()).expect("a request");
        let told: Value = serde_json::from_str(&body).unwrap_or_default();
        told["id"].as_str().unwrap_or_else(|| panic!("{path}: {status} {body}")).to_owned()
    }

    /// The answer to an input; none where it is no request that a server could hand on.
    fn answer(&self, input: &[u8]) -> Option<(StatusCode, String)> {
        let mut input = input.to_vec();
        for (name, value) in &self.names {
            while let Some(at) = input.windows(name.len()).position(|window| window == name.as_bytes()) {
                input.splice(at..at + name.len(), value.bytes());
            }
        }
        let request = request(&input)?;
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.expect("the site answers");
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, 16 << 20).await.expect("an answer has an end, and is no longer than 16 MiB");
            Some((parts.status, String::from_utf8_lossy(&body).into_owned()))
        })
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// `METHOD PATH`, headers line by line, an empty line, the body.
fn request(input: &[u8]) -> Option<Request<Body>> {
    let cut = input.windows(2).position(|two| two == b"\n\n").unwrap_or(input.len());
    let (head, body) = (&input[..cut], input.get(cut + 2..).unwrap_or_default());
    let mut lines = head.split(|byte| *byte == b'\n');
    let first = lines.next()?;
    let space = first.iter().position(|byte| *byte == b' ')?;
    let path = Uri::try_from(&first[space + 1..]).ok().filter(|uri| uri.path().starts_with('/'))?;
    let mut request = Request::new(Body::from(body.to_vec()));
    *request.method_mut() = Method::from_bytes(&first[..space]).ok()?;
    *request.uri_mut() = path;
    for line in lines.take(50) {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = HeaderName::from_bytes(&line[..colon]).ok()?;
        let value = line[colon + 1..].trim_ascii();
        request.headers_mut().append(name, HeaderValue::from_bytes(value).ok()?);
    }
    Some(request)
}

thread_local! {
    static SITE: RefCell<Option<Site>> = const { RefCell::new(None) };
}

fn requests(input: &[u8]) {
    SITE.with_borrow_mut(|site| {
        let site = site.get_or_insert_with(Site::new);
        if let Some((status, body)) = site.answer(input) {
            // busy is an answer; a fault of the server's own is none
            let fault = status.is_server_error() && status != StatusCode::SERVICE_UNAVAILABLE;
            assert!(!fault, "{status} {body}");
        }
    });
}

/// Every route of the API and the pages that take something, in the least form that each takes.
fn made() -> Vec<Vec<u8>> {
    let json = |path: &str, body: &str| {
        format!("POST /api/v1/{path}\nauthorization: Bearer {TOKEN}\ncontent-type: application/json\n\n{body}")
    };
    let form = |path: &str, fields: &str| {
        format!(
            "POST {path}\ncookie: linli-session={SESSION}; lang=ko\ncontent-type: application/x-www-form-urlencoded\n\n\
             csrf=CSRF&{fields}"
        )
    };
    let parts = |path: &str| {
        format!(
            "POST {path}\ncookie: linli-session={SESSION}\ncontent-type: multipart/form-data; boundary=x\n\n\
             --x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nCSRF\r\n--x\r\nContent-Disposition: form-data; \
             name=\"title\"\r\n\r\n路灯\r\n--x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\r\n\
             \u{89}PNG\r\n--x--\r\n"
        )
    };
    let mut all = vec![
        json("places", r#"{"level":"community","name":"第二社区","parent":"PLACE"}"#),
        json("persons", r#"{"name":"王小明","place":"PLACE"}"#),
        json("seasons/SEASON/projects", r#"[{"reference":"01","name":"长椅","about":"…","cost":2250000}]"#),
        json("seasons/SEASON/ideas", r#"{"title":"路灯","about":"太暗","once":"a1","name":"王"}"#),
        json("seasons/SEASON/roll", r#"{"voters":[{"code":"K7Q2M4XDP9T3W6RB"}]}"#),
        json("seasons/SEASON/ballots", r#"{"code":"K7Q2M4XDP9T3W6RB","choices":[1]}"#),
        json("polls", r#"{"place":"PLACE","kind":"motion","title":"修门"}"#),
        form("/seasons/SEASON/ideas", "title=%E8%B7%AF%E7%81%AF&about=%E6%9A%97&once=a"),
        form("/matters", "kind=report&place=PLACE&title=%E8%B7%AF%E7%81%AF&words=x"),
        form("/places/PLACE/rename", "name=%E6%96%B0"),
        parts("/seasons/SEASON/ideas"),
        "GET /?lang=zh-Hant\naccept-language: ko;q=0.8, en\ncookie: theme=dark; lang=xx\nif-none-match: \"a\"".into(),
        "GET /ledger/entries/0/proof".into(),
        "GET /tile/0/x001/x234/067.p/12".into(),
    ];
    for path in [
        "/seasons/SEASON",
        "/places/PLACE",
        "/places?find=bei",
        "/matters?after=1-x",
        "/due",
        "/figures",
        "/styleguide",
        "/api/v1/places?parent=PLACE",
        "/api/v1/verdicts?kind=x",
        "/api/v1/polls?place=PLACE&after=",
        "/checkpoint",
        "/activities",
        "/polls",
        "/owners",
        "/reports",
        "/funds",
        "/admin",
        "/account",
        "/desk",
    ] {
        all.push(format!("GET {path}\ncookie: linli-session={SESSION}\nrange: bytes=0-1"));
    }
    all.into_iter().map(String::into_bytes).collect()
}
