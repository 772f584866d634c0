//! The pages of ideas, asked as a browser asks them.

use std::{io::Cursor, sync::Arc};

use axum::{Router, body::Body, http::Request};
use kernel::{Instant, PersonId, PlaceId, Post, Principal, Role};
use testkit::story::{Still, entropy};
use tower::ServiceExt;

use super::{MONDAY, Town};

/// The token of 32 times n opens as person n: 1 is the officer, 7 a resident.
struct Keys(PlaceId, PersonId);

impl web::Door for Keys {
    fn enter(
        &self,
        _: &mut db::Snapshot<'_>,
        token: &[u8; 32],
        _: Instant,
        _: &kernel::Day,
    ) -> Result<Option<web::Entry>, db::DbError> {
        let found = [1_u8, 7].into_iter().find(|n| *token == web::session::digest(&[*n; 32]));
        Ok(found.map(|n| {
            let post = (n == 1).then(|| Post { role: Role::Officer, place: self.0.clone() });
            let person = if n == 7 { self.1.clone() } else { format!("{}-{n:0>20}", self.0.home().0).parse().unwrap() };
            let principal = Principal { person, verified: true, posts: post.into_iter().collect(), seats: Vec::new() };
            web::Entry { principal, name: "某某".into(), behalf: None, elder: None }
        }))
    }
}

pub(super) struct Site {
    router: Router,
    runtime: tokio::runtime::Runtime,
    folder: std::path::PathBuf,
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub(super) struct Answer {
    pub(super) status: u16,
    headers: axum::http::HeaderMap,
    pub(super) bytes: Vec<u8>,
}

impl Answer {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(super) fn location(&self) -> String {
        self.headers.get("location").map_or("", |value| value.to_str().unwrap()).to_owned()
    }
}

impl Site {
    pub(super) fn new(town: &Town<'_>, resident: PersonId) -> Site {
        let name = u64::from_le_bytes(entropy()[..8].try_into().unwrap());
        let folder = std::env::temp_dir().join(format!("linli-ideas-{}-{name}", std::process::id()));
        let (store, gate) = (Arc::new(work::files::FolderStore::new(&folder)), Arc::new(work::files::Gate::new(1)));
        let desk = work::files::Desk { db: town.db.clone(), store, gate };
        let rim = web::Rim::new(town.db.clone(), web::Settings::default(), Arc::new(Still(Instant(MONDAY))), entropy);
        let rim = rim.with_door(Arc::new(Keys(town.root.clone(), resident))).with_files(desk);
        let router = web::server::site(programmes::web::routes(&programmes::running::Nothing), rim);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Site { router, runtime, folder }
    }

    pub(super) fn send(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
            let bytes = axum::body::to_bytes(body, 1 << 24).await.unwrap().to_vec();
            Answer { status: parts.status.as_u16(), headers: parts.headers, bytes }
        })
    }

    pub(super) fn get(&self, path: &str, who: u8) -> Answer {
        let cookie = format!("linli-session={}", format!("{who:02x}").repeat(32));
        self.send(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap())
    }

    /// A form with the token that the page shows, and with files.
    pub(super) fn post(&self, (page, path): (&str, &str), who: u8, fields: &[(&str, &str)], files: &[&[u8]]) -> Answer {
        let csrf = hidden(&self.get(page, who).text(), "csrf").unwrap();
        let cookie = format!("linli-session={}", format!("{who:02x}").repeat(32));
        let all = fields.iter().copied().chain([("csrf", csrf.as_str())]);
        let request = Request::post(path).header("cookie", cookie);
        if files.is_empty() {
            let body: Vec<String> = all.map(|(name, value)| format!("{name}={}", web::in_query(value))).collect();
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            return self.send(request.body(Body::from(body.join("&"))).unwrap());
        }
        let mut body = Vec::new();
        for (name, value) in all {
            let head = format!("--linli\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(head.bytes());
        }
        for bytes in files {
            let head = "--linli\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.jpg\"\r\n\r\n";
            body.extend(head.bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--linli--\r\n");
        let request = request.header("content-type", "multipart/form-data; boundary=linli");
        self.send(request.body(Body::from(body)).unwrap())
    }
}

pub(super) fn hidden(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split('"').next().map(str::to_owned)
}

pub(super) fn photo() -> Vec<u8> {
    let mut jpeg = Vec::new();
    let picture = image::RgbImage::from_fn(60, 40, |x, _| image::Rgb([if x < 30 { 250 } else { 10 }, 90, 40]));
    picture.write_to(&mut Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
    jpeg
}
