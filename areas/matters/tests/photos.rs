//! Photos of matters, from the form to the served bytes, in-process, on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]
#![allow(dead_code, reason = "what other stories share")]

mod support;

use std::{io::Cursor, sync::Arc};

use axum::{Router, body::Body, http::Request};
use db::Db;
use kernel::{Instant, PlaceId, Post, Principal, Role};
use support::{Town, at, each_engine, lamp, opened};
use testkit::story::{Still, entropy};
use tower::ServiceExt;
use work::files::{Desk, FolderStore, Gate, MAX_UPLOAD};

const DAY: &str = "2025-03-03";
const CAMERA: &[u8] = b"INVENTED-CAMERA";

/// The token of 32 times n opens as person n: 7 is a resident, 1 the worker.
struct Keys(PlaceId);

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
            let post = (n == 1).then(|| Post { role: Role::Worker, place: self.0.clone() });
            let person = format!("{}-{n:0>20}", self.0.home().0).parse().unwrap();
            let principal = Principal { person, verified: true, posts: post.into_iter().collect(), seats: Vec::new() };
            web::Entry { principal, name: "某某".into(), behalf: None, elder: None }
        }))
    }
}

struct Answer {
    status: u16,
    headers: axum::http::HeaderMap,
    bytes: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

struct Site {
    router: Router,
    runtime: tokio::runtime::Runtime,
    folder: std::path::PathBuf,
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Site {
    fn new(db: &Db, place: &PlaceId) -> Site {
        let folder = std::env::temp_dir().join(format!(
            "linli-photos-{}-{}",
            std::process::id(),
            u64::from_le_bytes(entropy()[..8].try_into().unwrap())
        ));
        let desk = Desk { db: db.clone(), store: Arc::new(FolderStore::new(&folder)), gate: Arc::new(Gate::new(1)) };
        let rim = web::Rim::new(db.clone(), web::Settings::default(), Arc::new(Still(at(DAY))), entropy);
        let rim = rim.with_door(Arc::new(Keys(place.clone()))).with_files(desk);
        let router = web::server::site(matters::routes(&runs()), rim);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Site { router, runtime, folder }
    }

    fn send(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
            let bytes = axum::body::to_bytes(body, 1 << 24).await.unwrap().to_vec();
            Answer { status: parts.status.as_u16(), headers: parts.headers, bytes }
        })
    }

    fn get(&self, path: &str, who: Option<u8>) -> Answer {
        let cookie = who.map(|n| format!("linli-session={}", format!("{n:02x}").repeat(32))).unwrap_or_default();
        self.send(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap())
    }

    /// A form with files, with the token that the page of a new matter shows.
    fn post(&self, path: &str, who: u8, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
        let page = self.get("/matters/new", Some(who)).text();
        let csrf = hidden(&page, "csrf").unwrap();
        let mut body = Vec::new();
        for (name, value) in fields.iter().copied().chain([("csrf", csrf.as_str())]) {
            let head = format!("--linli\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(head.bytes());
        }
        for (name, bytes) in files {
            let head = "--linli\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"";
            body.extend(format!("{head}{name}\"\r\nContent-Type: image/jpeg\r\n\r\n").bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--linli--\r\n");
        let request = Request::post(path).header("content-type", "multipart/form-data; boundary=linli");
        let cookie = format!("linli-session={}", format!("{who:02x}").repeat(32));
        self.send(request.header("cookie", cookie).body(Body::from(body)).unwrap())
    }
}

fn hidden(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split('"').next().map(str::to_owned)
}

/// A photo as a telephone writes it: with a block of EXIF that names the camera.
fn photo() -> Vec<u8> {
    let mut jpeg = Vec::new();
    let picture = image::RgbImage::from_fn(60, 40, |x, _| image::Rgb([if x < 30 { 250 } else { 10 }, 90, 40]));
    picture.write_to(&mut Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
    let mut exif = b"Exif\x00\x00II\x2a\x00\x08\x00\x00\x00\x01\x00".to_vec();
    exif.extend([0x0f, 0x01, 2, 0, 16, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(CAMERA);
    exif.push(0);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_photo_is_kept_through_a_refused_form_and_served_without_its_exif() {
    each_engine(|db| {
        let town = Town::new(db);
        let site = Site::new(db, &town.east);
        let (east, photo) = (town.east.to_string(), photo());
        assert!(holds(&photo, CAMERA));
        let typed = [("place", east.as_str()), ("title", "路灯坏了"), ("words", "三号楼东门的。"), ("kind", "report")];
        let other = site.post("/matters/new", 7, &typed, &[("灯.jpg", b"just words")]);
        let page = other.text();
        assert!((400..500).contains(&other.status), "{}", other.status);
        for kept in ["路灯坏了", "三号楼东门的。", "只能上传照片"] {
            assert!(page.contains(kept), "{kept}");
        }
        let untitled = [("place", east.as_str()), ("title", ""), ("words", "三号楼东门的。"), ("kind", "report")];
        let again = site.post("/matters/new", 7, &untitled, &[("灯.jpg", &photo)]);
        let kept = hidden(&again.text(), "files").unwrap();
        assert!((400..500).contains(&again.status));
        let done = site.post("/matters/new", 7, &[&typed[..], &[("files", &kept)]].concat(), &[]);
        assert_eq!(done.status, 303, "{}", done.text());
        let matter = done.header("location").split('?').next().unwrap().to_owned();

        let page = site.get(&matter, None).text();
        assert!(page.contains(&format!("{matter}/files/{kept}/small")), "shown in the thread");
        for path in [format!("{matter}/files/{kept}"), format!("{matter}/files/{kept}/small")] {
            let served = site.get(&path, None);
            assert_eq!((served.status, served.header("content-type")), (200, "image/jpeg"), "{path}");
            assert_eq!(
                (served.header("x-content-type-options"), served.header("content-disposition")),
                ("nosniff", "inline")
            );
            assert!(served.header("cache-control").starts_with("private"));
            assert!(served.bytes.starts_with(&[0xff, 0xd8]));
            assert!(!holds(&served.bytes, CAMERA) && !holds(&served.bytes, b"Exif"), "{path}");
        }
        let stranger = opened(db, &town.resident(), DAY, lamp(&town.east)).unwrap().id;
        assert_eq!(site.get(&format!("/matters/{stranger}/files/{kept}"), None).status, 404, "of that matter only");
        let stolen = site.post(&format!("/matters/{stranger}/note"), 1, &[("words", "看"), ("files", &kept)], &[]);
        assert_eq!(stolen.status, 404, "somebody else's file");
        let page = stolen.text();
        assert!(page.contains("请重新选") && hidden(&page, "files").is_none(), "the form can be sent without it");

        let large = vec![7; MAX_UPLOAD + 1];
        let note = [("words", "内部看一下。"), ("inner", "1")];
        let refused = site.post(&format!("{matter}/note"), 1, &note, &[("大.jpg", &large)]);
        assert!((400..500).contains(&refused.status) && refused.text().contains("内部看一下。"), "words are kept");
        let noted = site.post(&format!("{matter}/note"), 1, &note, &[("看.jpg", &photo), ("又.jpg", &photo)]);
        assert_eq!(noted.status, 303, "{}", noted.text());
        let page = site.get(&matter, Some(1)).text();
        let inner: Vec<&str> = page
            .split("/files/")
            .skip(1)
            .filter_map(|rest| rest.split(['/', '"']).next())
            .filter(|id| *id != kept)
            .collect();
        assert_eq!(inner.len(), 4, "two, each small and whole");
        let path = format!("{matter}/files/{}", inner[0]);
        assert_eq!((site.get(&path, Some(1)).status, site.get(&path, None).status), (200, 404), "an inner step's");
        assert_eq!(site.get(&path, Some(7)).status, 404);
    });
}

fn runs() -> std::sync::Arc<matters::verdict::recompute::Runs> {
    matters::verdict::recompute::Runs::new(matters::verdict::recompute::Methods::new(&[matters::METHODS]))
}
