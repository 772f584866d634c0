//! The film of a project's results.

use std::sync::Arc;

use db::{Db, Fault};
use kernel::Actor;
use programmes::running::film::{
    Film,
    add::{AddFilm, add, remove},
    queries,
};
use testkit::story::{act, each_engine, fields, refused as code};
use work::files::{Desk, FileKind, FolderStore, Gate, Upload};

use crate::{
    Town,
    closings::closed_well,
    halfway::pass,
    public,
    site::{Site, hidden},
    town,
};

/// The smallest film: what it is, how it is laid out, and no picture.
fn mp4(mark: u8) -> Vec<u8> {
    let boxed = |kind: &[u8; 4], inner: &[u8]| {
        let size = u32::try_from(inner.len() + 8).unwrap();
        [&size.to_be_bytes()[..], kind, inner].concat()
    };
    [boxed(b"ftyp", b"isom0000"), boxed(b"moov", &boxed(b"mvhd", &[mark; 20])), boxed(b"mdat", &[mark; 9])].concat()
}

/// One of some megabytes, of which no two stretches are alike.
fn long(mark: u8) -> Vec<u8> {
    let pictures: Vec<u8> =
        (0..700_000_u32).flat_map(|n| (n.wrapping_mul(2_654_435_761) ^ u32::from(mark)).to_be_bytes()).collect();
    let size = u32::try_from(pictures.len() + 8).unwrap();
    [mp4(mark), size.to_be_bytes().to_vec(), b"mdat".to_vec(), pictures].concat()
}

/// Sends a film, which belongs to nothing yet.
fn sent(db: &Db, who: &Actor, town: &Town, bytes: Vec<u8>) -> Result<work::files::File, Fault> {
    let folder = std::env::temp_dir().join(format!("linli-films-{}", std::process::id()));
    let desk = Desk { db: db.clone(), store: Arc::new(FolderStore::new(folder)), gate: Arc::new(Gate::new(1)) };
    let place = town.place.clone();
    let site = db.read_wait(move |s| places::site(s, &place)).unwrap().unwrap();
    let cx = testkit::context(who.clone(), u64::from(bytes[bytes.len() - 1]) + 77_000);
    desk.receive_film(&cx, &site, Upload { name: "成果.mp4".into(), bytes })
}

fn put(db: &Db, who: &Actor, town: &Town, (file, faces): (&str, &str)) -> Result<Film, Fault> {
    let (season, input) = (town.season.clone(), AddFilm { file: file.into(), faces: faces.into() });
    act(db, who, move |tx, cx| add(tx, cx, (&season, 1), &input))
}

fn sees(db: &Db, who: &Actor, town: &Town) -> bool {
    let (season, who) = (town.season.clone(), who.clone());
    match db.read_wait(move |s| queries::file(s, &who, (&season, 1)).map(|_| ())) {
        Ok(()) => true,
        hidden => {
            assert_eq!(code(hidden), "file-not-found");
            false
        }
    }
}

#[test]
fn a_film_is_seen_by_everybody_once_it_is_accepted_and_those_in_it_agreed() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆"]);
        let first = sent(db, &town.author, &town, mp4(1)).unwrap();
        assert_eq!((first.kind, first.kind.media_type()), (FileKind::Mp4, "video/mp4"));
        let id = first.id.to_string();
        assert_eq!(fields(put(db, &town.author, &town, ("", ""))), ["faces: required", "film: required"]);
        assert_eq!(fields(put(db, &town.author, &town, (&id, "perhaps"))), ["faces: unknown-choice"]);
        assert_eq!(code(put(db, &town.neighbour, &town, (&id, "agreed"))), "not-allowed");
        // a film of somebody else's is none of theirs
        assert_eq!(code(put(db, &town.officer, &town, (&id, "agreed"))), "file-not-found");
        let kept = put(db, &town.author, &town, (&id, "inside")).unwrap();
        assert_eq!(put(db, &town.author, &town, (&id, "inside")).unwrap(), kept, "sent twice");
        assert_eq!(put(db, &town.author, &town, ("", "inside")).unwrap(), kept);
        // another in its place; then only what was asked of those in it changes
        let second = sent(db, &town.author, &town, mp4(2)).unwrap().id;
        assert_eq!(put(db, &town.author, &town, (second.as_str(), "inside")).unwrap().file, second);
        let seen = |who: &Actor| sees(db, who, &town);
        assert_eq!((seen(&town.author), seen(&town.second), seen(&town.neighbour)), (true, true, false));
        assert_eq!(put(db, &town.author, &town, ("", "agreed")).unwrap().file, second);
        assert!(!seen(&town.neighbour), "not before the closing is accepted");
        closed_well(db, &town);
        assert!(seen(&town.neighbour) && seen(&Actor::Visitor));
        assert_eq!(code(put(db, &town.author, &town, ("", "nobody"))), "project-not-running");
        // whoever no longer agrees is heeded also afterwards
        let take = |who: &Actor| {
            let season = town.season.clone();
            act(db, who, move |tx, cx| remove(tx, cx, (&season, 1)))
        };
        assert_eq!(code(take(&town.neighbour)), "not-allowed");
        take(&town.author).unwrap();
        take(&town.author).unwrap();
        assert!(!seen(&Actor::Visitor) && !seen(&town.author));
        let told = public(db, &["closing.film"]);
        assert!(told.contains("agreed") && !told.contains(second.as_str()));
    });
}

#[test]
fn a_film_that_must_stay_inside_stays_there() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆"]);
        pass(db, &town, 1);
        let film = sent(db, &town.author, &town, mp4(3)).unwrap().id;
        put(db, &town.author, &town, (film.as_str(), "inside")).unwrap();
        assert_eq!(code(sent(db, &town.author, &town, b"<html>no film".to_vec())), "film-kind-unknown");
        assert!(!sees(db, &Actor::Visitor, &town) && sees(db, &town.worker, &town));
    });
}

#[test]
fn a_film_is_sent_on_a_page_that_keeps_what_was_said_and_played_in_parts() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆"]);
        let site = Site::new(db, &[&town.author, &town.neighbour]);
        let page = format!("/seasons/{}/projects/1/closing/film", town.season);
        let file = format!("{page}/file");
        // what is no film, and what is too large, comes back with a sentence and with what was said of those in it
        let no = site.post_film(&page, 1, &[("faces", "agreed")], b"<html><script>alert(1)</script>");
        assert_eq!(no.status, 422);
        assert!(no.text().contains("这不是 MP4") && no.text().contains("value=\"agreed\" checked"), "{}", no.text());
        let large = site.post_film(&page, 1, &[("faces", "agreed")], &vec![0; work::files::MAX_FILM + 1]);
        assert_eq!(large.status, 422);
        assert!(large.text().contains("视频最大 40 MB") && large.text().contains("value=\"agreed\" checked"));
        // a film that came with a form in which something was missing need not be sent again
        let again = site.post_film(&page, 1, &[("faces", "")], &mp4(9));
        assert_eq!(again.status, 422);
        let kept = hidden(&again.text(), "file").unwrap();
        assert_eq!(site.post((&page, &page), 1, &[("faces", "inside"), ("file", &kept)]).status, 303);
        let whole = site.get(&file, 1);
        assert_eq!(
            (whole.status, whole.bytes, whole.headers["content-type"].to_str().unwrap()),
            (200, mp4(9), "video/mp4")
        );
        let part = site.part(&file, 1, "bytes=0-7");
        assert_eq!((part.status, part.header("content-range")), (206, format!("bytes 0-7/{}", mp4(9).len())));
        assert_eq!(part.bytes, mp4(9)[..8]);
        assert_eq!(site.part(&file, 1, "bytes=9999-").status, 416);
        // parts of a long one, across the borders between what is read at once
        let film = long(9);
        assert_eq!(site.post_film(&page, 1, &[("faces", "inside")], &film).status, 303);
        let end = film.len() - 1;
        for (first, last) in [(0, end), (5, 1_048_580), (1_048_575, 1_048_576), (1_048_576, 2_097_151), (end - 9, end)]
        {
            let part = site.part(&file, 1, &format!("bytes={first}-{last}"));
            assert_eq!((part.status, part.header("content-length")), (206, (last - first + 1).to_string()));
            assert!(part.bytes == film[first..=last], "{first} to {last}");
        }
        assert!(site.get(&file, 1).bytes == film);
        // a neighbour neither sees it nor sends another
        assert_eq!((site.get(&file, 2).status, site.get(&file, 0).status), (404, 404));
        assert_eq!(site.get(&page, 2).status, 403);
        let running = format!("/seasons/{}/projects/1/running", town.season);
        assert!(site.get(&running, 1).text().contains("<video") && !site.get(&running, 2).text().contains("<video"));
        let policy = site.get(&running, 1).header("content-security-policy");
        assert!(policy.contains("media-src 'self'"), "{policy}");
    });
}
