//! The pages of a running season, asked as a browser asks them.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, request::Builder},
};
use db::Db;
use kernel::{Actor, Principal};
use programmes::running::Nothing;
use testkit::story::{Still, entropy};
use tower::ServiceExt;

/// The token of 32 times n opens as the nth of these, from 1 on.
struct Keys(Vec<Principal>);

impl web::Door for Keys {
    fn enter(
        &self,
        _: &mut db::Snapshot<'_>,
        token: &[u8; 32],
        _: kernel::Instant,
        _: &kernel::Day,
    ) -> Result<Option<web::Entry>, db::DbError> {
        let found = (1_u8..).zip(&self.0).find(|(n, _)| *token == web::session::digest(&[*n; 32]));
        let entry = |principal: &Principal| web::Entry {
            principal: principal.clone(),
            name: "某某".into(),
            behalf: None,
            elder: None,
        };
        Ok(found.map(|(_, principal)| entry(principal)))
    }
}

pub(crate) struct Site {
    router: Router,
    runtime: tokio::runtime::Runtime,
    folder: std::path::PathBuf,
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> String {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned()
    }
}

impl Site {
    pub(crate) fn new(db: &Db, persons: &[&Actor]) -> Site {
        let name = u64::from_le_bytes(entropy()[..8].try_into().unwrap());
        let folder = std::env::temp_dir().join(format!("linli-running-{}-{name}", std::process::id()));
        let (store, gate) = (Arc::new(work::files::FolderStore::new(&folder)), Arc::new(work::files::Gate::new(1)));
        let desk = work::files::Desk { db: db.clone(), store, gate };
        let rim = web::Rim::new(db.clone(), web::Settings::default(), Arc::new(Still(testkit::START)), entropy);
        let keys = persons.iter().map(|actor| actor.principal().unwrap().clone()).collect();
        let rim = rim.with_door(Arc::new(Keys(keys))).with_files(desk);
        let router = web::server::site(programmes::web::routes(&Nothing), rim);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Site { router, runtime, folder }
    }

    fn send(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
            let bytes = axum::body::to_bytes(body, 1 << 26).await.unwrap().to_vec();
            Answer { status: parts.status.as_u16(), headers: parts.headers, bytes }
        })
    }

    /// Nobody has signed in as 0.
    fn by(request: Builder, who: u8) -> Builder {
        request.header("cookie", format!("linli-session={}", format!("{who:02x}").repeat(32)))
    }

    pub(crate) fn get(&self, path: &str, who: u8) -> Answer {
        self.send(Self::by(Request::get(path), who).body(Body::empty()).unwrap())
    }

    /// As a player asks for a part.
    pub(crate) fn part(&self, path: &str, who: u8, range: &str) -> Answer {
        self.send(Self::by(Request::get(path), who).header("range", range).body(Body::empty()).unwrap())
    }

    /// A form with the token that the page shows.
    pub(crate) fn post(&self, (page, path): (&str, &str), who: u8, fields: &[(&str, &str)]) -> Answer {
        let csrf = hidden(&self.get(page, who).text(), "csrf").unwrap();
        let all = fields.iter().copied().chain([("csrf", csrf.as_str())]);
        let body: Vec<String> = all.map(|(name, value)| format!("{name}={}", web::in_query(value))).collect();
        let request = Self::by(Request::post(path), who).header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).unwrap())
    }

    /// The same with a file in the field `film`.
    pub(crate) fn post_film(&self, path: &str, who: u8, fields: &[(&str, &str)], film: &[u8]) -> Answer {
        let csrf = hidden(&self.get(path, who).text(), "csrf").unwrap();
        let mut body = Vec::new();
        for (name, value) in fields.iter().copied().chain([("csrf", csrf.as_str())]) {
            let head = format!("--linli\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(head.bytes());
        }
        body.extend("--linli\r\nContent-Disposition: form-data; name=\"film\"; filename=\"成果.mp4\"\r\n\r\n".bytes());
        body.extend_from_slice(film);
        body.extend(b"\r\n--linli--\r\n");
        let request = Self::by(Request::post(path), who).header("content-type", "multipart/form-data; boundary=linli");
        self.send(request.body(Body::from(body)).unwrap())
    }
}

pub(crate) fn hidden(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split('"').next().map(str::to_owned)
}
