//! A site with one key for each actor, and what is asked of it.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use db::{Db, DbError, Snapshot};
use kernel::{Day, Instant, PersonId, Principal};
use sha2::Digest;
use testkit::story::{Still, entropy};
use tower::ServiceExt;
use web::{Rim, Settings};
use work::files::{Desk, FolderStore, Gate};

/// The operator's token.
const TOKEN: &str = "a-token-for-tests-only-0123456789";

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Who {
    /// Has not signed in.
    Anonymous,
    /// A verified person without posts.
    Stranger,
    /// Officer and administrator of another subdistrict, worker and secretary of another community.
    WrongPlace,
    /// Had every role here until yesterday.
    Expired,
    /// Officer of the subdistrict.
    Officer,
    /// Administrator of the subdistrict.
    Admin,
    /// Who opened the matters.
    Author,
    /// Auditor of the subdistrict.
    Auditor,
    /// Whoever has the operator's token.
    Operator,
    /// Whoever has a token that is not the operator's.
    Impostor,
}

impl Who {
    /// Those whose session a key opens.
    pub const PERSONS: [Who; 7] =
        [Who::Stranger, Who::WrongPlace, Who::Expired, Who::Officer, Who::Admin, Who::Author, Who::Auditor];

    fn key(self) -> [u8; 32] {
        [self as u8 + 1; 32]
    }

    fn cookie(self) -> String {
        let hex: String = self.key().iter().map(|byte| format!("{byte:02x}")).collect();
        let form = "linli-form=00112233445566778899aabbccddeeff";
        if Who::PERSONS.contains(&self) { format!("linli-session={hex}") } else { form.to_owned() }
    }
}

/// A door that opens with the posts and seats that the database has for the person today.
struct Keys(HashMap<[u8; 32], PersonId>);

/// The person with posts and seats in force.
pub fn principal(s: &mut Snapshot<'_>, person: &PersonId, day: &Day) -> Result<Principal, DbError> {
    let (posts, seats) = (people::post::in_force(s, person, day)?, people::org::queries::seats_of(s, person, day)?);
    Ok(Principal { person: person.clone(), verified: true, posts, seats })
}

impl web::Door for Keys {
    fn enter(
        &self,
        s: &mut Snapshot<'_>,
        token: &[u8; 32],
        _: Instant,
        day: &Day,
    ) -> Result<Option<web::Entry>, DbError> {
        let Some(person) = self.0.get(token) else { return Ok(None) };
        let principal = principal(s, person, day)?;
        Ok(Some(web::Entry { principal, name: "来客".into(), behalf: None, elder: None }))
    }
}

/// Always the same instant.
/// What is sent besides the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// Nothing.
    None,
    /// A form's fields, as they go over the wire, without the token.
    Form(String),
    /// A JSON body.
    Json(String),
    /// A CSV file.
    Csv(String),
    /// A form's fields as in [`Sent::Form`], and a file if it has a name: field, name, content.
    Parts(String, (&'static str, &'static str, &'static [u8])),
}

/// The smallest picture that a camera could have taken: two by two, in one colour.
pub const PHOTO: &[u8] =
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x02\x00\x00\x00\xfd\xd4\x9as\
    \x00\x00\x00\x10IDATx\x9cc8\xe1\xa0\x00D\x0c\x10\n\x00#\x0e\x04\xa1\t\xef\"\x17\x00\x00\x00\x00IEND\xaeB`\x82";

/// A form as browsers send it where it may have files.
fn parts(fields: &str, (field, name, bytes): (&str, &str, &[u8])) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields.split('&').filter_map(|pair| pair.split_once('=')) {
        let value = value.replace('+', " ");
        body.extend(format!("--linli\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    let head = format!("--linli\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
    body.extend(head.bytes());
    body.extend_from_slice(bytes);
    body.extend(b"\r\n--linli--\r\n");
    body
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// Where it leads.
    pub fn location(&self) -> &str {
        self.headers.get("location").map_or("", |value| value.to_str().unwrap())
    }
}

/// Where photos are taken in: a folder of this run.
pub fn files(db: &Db) -> Desk {
    let folder = std::env::temp_dir().join(format!("linli-walk-{}", std::process::id()));
    Desk { db: db.clone(), store: Arc::new(FolderStore::new(folder)), gate: Arc::new(Gate::new(1)) }
}

db::statements! {
    STATEMENTS:
    COUNT = "SELECT (SELECT count(*) FROM entry_queue) + (SELECT count(*) FROM entries) /* across homes */";
}

/// The site.
pub struct Site {
    db: Db,
    router: Router,
    runtime: tokio::runtime::Runtime,
}

impl Site {
    /// With a key for each person.
    pub fn new(db: &Db, persons: &HashMap<Who, PersonId>) -> Site {
        let operator = Some(sha2::Sha256::digest(TOKEN.as_bytes()).into());
        let settings =
            Settings { demo: true, offset_minutes: 480, name: "安里街道".into(), operator, ..Settings::default() };
        let keys = persons.iter().map(|(who, person)| (web::session::digest(&who.key()), person.clone()));
        let door = Arc::new(Keys(keys.collect()));
        let rim = Rim::new(db.clone(), settings, Arc::new(Still(testkit::START)), entropy)
            .with_door(door)
            .with_files(files(db));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Site { db: db.clone(), router: linli::router::site(rim), runtime }
    }

    /// Asks as it is.
    pub fn ask(&self, who: Who, method: &str, path: &str, body: &Sent) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("cookie", who.cookie());
        request = match who {
            Who::Operator => request.header("authorization", format!("Bearer {TOKEN}")),
            Who::Impostor => request.header("authorization", "Bearer another-token-of-somebody-else"),
            _ => request,
        };
        let (kind, body) = match body {
            Sent::None => ("", Vec::new()),
            Sent::Form(fields) => ("application/x-www-form-urlencoded", fields.clone().into_bytes()),
            Sent::Json(text) => ("application/json", text.clone().into_bytes()),
            Sent::Csv(text) => ("text/csv", text.clone().into_bytes()),
            Sent::Parts(fields, file) => ("multipart/form-data; boundary=linli", parts(fields, *file)),
        };
        if !kind.is_empty() {
            request = request.header("content-type", kind);
        }
        let request = request.body(Body::from(body)).unwrap();
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = axum::body::to_bytes(body, 1 << 24).await.unwrap();
            let body = String::from_utf8_lossy(&body).into_owned();
            Answer { status: parts.status, headers: parts.headers, body }
        })
    }

    /// Asks with the token of this browser's forms.
    pub fn send(&self, who: Who, method: &str, path: &str, body: &Sent) -> Answer {
        let (Sent::Form(fields) | Sent::Parts(fields, _)) = body else { return self.ask(who, method, path, body) };
        let page = self.ask(who, "POST", "/notices", &Sent::Form("typed=1".into())).body;
        let token = page.split_once("name=\"csrf\" value=\"").expect("a form that has expired is shown with a token").1;
        let fields = format!("{fields}&csrf={}", token.split('"').next().unwrap());
        let sent = if let Sent::Parts(_, file) = body { Sent::Parts(fields, *file) } else { Sent::Form(fields) };
        self.ask(who, method, path, &sent)
    }

    /// Entries of the log and of the queue before it: each write makes one.
    pub fn entries(&self) -> i64 {
        self.db.read_wait(|s| s.one::<(i64,)>(&COUNT, &[])).unwrap().0
    }
}
