//! A paper note becomes an idea with a receipt, told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]

use std::{
    sync::Arc,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use db::{Db, Fault, Statement, Tx};
use kernel::{Actor, Chance, Context, Fen, Instant, PlaceId, Post, Principal, Role};
use people::desk::{DeskEntry, Receipt, begin};
use places::{Level, commands::add};
use programmes::{
    SeasonId,
    idea::{post::PostIdea, post_for::post_for},
    season::open::{OpenSeason, open},
};

static ACTS: AtomicU64 = AtomicU64::new(1);
static IDEAS: Statement = Statement {
    name: "IDEAS",
    module: "stories",
    sql: "SELECT author_person, entered_by, source FROM ideas ORDER BY id /* across homes */",
};
static QUEUED: Statement = Statement {
    name: "QUEUED",
    module: "stories",
    sql: "SELECT kind, leaf FROM entry_queue ORDER BY id /* across homes */",
};
static SECRETS: Statement = Statement {
    name: "SECRETS",
    module: "stories",
    sql: "SELECT body FROM entry_secrets ORDER BY id /* across homes */",
};

fn act<T: Send + 'static>(
    db: &Db,
    actor: &Actor,
    minutes: i64,
    mut command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let n = ACTS.fetch_add(1, Relaxed);
    let now = Instant(1_795_312_800_000_000 + minutes * 60_000_000 + i64::try_from(n).unwrap() * 1_000);
    let cx = Context::new(actor.clone(), now, 480, Chance::seeded(n));
    db.write_wait(move |tx| command(tx, &mut cx.clone()))
}

fn place_and_season(db: &Db) -> (PlaceId, SeasonId) {
    let input = add::AddPlace { parent: None, level: Level::Subdistrict, name: "北园街道".into() };
    let place = act(db, &Actor::Operator, 0, move |tx, cx| add::add(tx, cx, &input)).unwrap().id;
    let season = OpenSeason {
        place: place.clone(),
        name: "金点子".into(),
        about: String::new(),
        budget: Fen(100_000),
        currency: "CNY".into(),
        rule: "mes:cost".into(),
        increment: None,
        max_choices: 3,
        template: "plain".into(),
        start: String::new(),
        source: String::new(),
        once: String::new(),
    };
    (place, act(db, &Actor::Operator, 0, move |tx, cx| open(tx, cx, &season)).unwrap().id)
}

fn worker(seed: u64, place: &PlaceId) -> Actor {
    let person = kernel::Id::random(place.home(), &mut Chance::seeded(seed));
    let posts = vec![Post { role: Role::Worker, place: place.clone() }];
    // a worker types with the right of the post, not with a telephone of their own
    Actor::Person(Arc::new(Principal { person, verified: false, posts, seats: Vec::new() }))
}

fn sit_down(db: &Db, actor: &Actor, place: &PlaceId, shown: &str) -> DeskEntry {
    let (name, source) = ("陈奶奶".into(), "paper".into());
    let input = begin::Begin { name, source, shown: shown.into(), ..begin::Begin::default() };
    let place = place.clone();
    act(db, actor, 0, move |tx, cx| begin::begin(tx, cx, &place, &input)).unwrap()
}

fn note(db: &Db, actor: &Actor, (season, entry): (&SeasonId, &DeskEntry), minutes: i64) -> Result<Receipt, Fault> {
    let input = PostIdea {
        title: "楼道加灯".into(),
        body: "三号楼楼道太黑。".into(),
        once: "note-1".into(),
        ..PostIdea::default()
    };
    let (season, id) = (season.clone(), entry.id.clone());
    act(db, actor, minutes, move |tx, cx| post_for(tx, cx, (&season, &id), &input))
}

fn code(answer: Result<Receipt, Fault>) -> &'static str {
    match answer {
        Err(Fault::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_worker_types_a_paper_note_in_and_the_receipt_leads_to_the_idea() {
    testkit::each_engine(|db| {
        let (place, season) = place_and_season(db);
        let actor = worker(1, &place);
        let entry = sit_down(db, &actor, &place, "id-card");
        let receipt = note(db, &actor, (&season, &entry), 3).unwrap();
        assert_eq!((receipt.thing.as_str(), receipt.title.as_str()), ("idea", "楼道加灯"));
        assert!(receipt.page.starts_with(&format!("/seasons/{season}/ideas/")));
        assert_eq!(note(db, &actor, (&season, &entry), 4).unwrap(), receipt, "sent twice, posted once");
        let (note, id) = (
            PostIdea { title: "小区加座".into(), body: "树下放长椅。".into(), ..PostIdea::default() },
            entry.id.clone(),
        );
        let at = season.clone();
        let second = act(db, &actor, 5, move |tx, cx| post_for(tx, cx, (&at, &id), &note));
        assert_eq!(code(second), "desk-ended", "the first one's receipt would hide that the second was not taken");
        let rows: Vec<(Option<String>, Option<String>, String)> = db.read_wait(|s| s.all(&IDEAS, &[])).unwrap();
        let typist = actor.person().unwrap().to_string();
        assert_eq!(rows, [(Some(entry.person.to_string()), Some(typist.clone()), "paper".to_owned())]);
        let told: Vec<(String, Vec<u8>)> = db.read_wait(|s| s.all(&QUEUED, &[])).unwrap();
        let posted = told.iter().find(|(kind, _)| kind == "idea.posted").map(|(_, leaf)| leaf.clone()).unwrap();
        let text = String::from_utf8(posted).unwrap();
        assert!(text.contains("\"source\":\"paper\""), "{text}");
        assert!(!text.contains(&typist) && !text.contains(entry.person.as_str()), "{text}");
        let secrets: Vec<(String,)> = db.read_wait(|s| s.all(&SECRETS, &[])).unwrap();
        assert!(secrets.iter().any(|(body,)| body.contains(&typist) && body.contains("楼道加灯")));
    });
}

#[test]
fn a_note_is_refused_with_another_workers_entry_or_too_late() {
    testkit::each_engine(|db| {
        let (place, season) = place_and_season(db);
        let (actor, other) = (worker(1, &place), worker(2, &place));
        let entry = sit_down(db, &actor, &place, "id-card");
        assert_eq!(code(note(db, &other, (&season, &entry), 3)), "desk-not-found");
        assert_eq!(code(note(db, &Actor::Visitor, (&season, &entry), 3)), "sign-in-first");
        assert_eq!(code(note(db, &actor, (&season, &entry), 31)), "desk-expired");
        let rows: Vec<(Option<String>, Option<String>, String)> = db.read_wait(|s| s.all(&IDEAS, &[])).unwrap();
        assert_eq!(rows, [], "nothing was posted");
    });
}

#[test]
fn what_counts_is_whether_the_speaker_is_known_not_the_typist() {
    testkit::each_engine(|db| {
        let (place, season) = place_and_season(db);
        let unverified = worker(1, &place);
        let mut known = (*unverified.principal().unwrap()).clone();
        known.verified = true;
        let verified = Actor::Person(Arc::new(known));
        let entry = sit_down(db, &unverified, &place, "");
        // nobody knows who she is: neither worker may publish for her
        for actor in [&unverified, &verified] {
            assert_eq!(code(note(db, actor, (&season, &entry), 3)), "desk-verify-first");
        }
        let id = entry.id.clone();
        act(db, &unverified, 4, move |tx, cx| begin::checked_later(tx, cx, &id, "known-in-person")).unwrap();
        note(db, &unverified, (&season, &entry), 5).unwrap();
        // a worker no longer in office may not, verified or not
        let late = sit_down(db, &unverified, &place, "id-card");
        let mut gone = (*verified.principal().unwrap()).clone();
        gone.posts.clear();
        assert_eq!(code(note(db, &Actor::Person(Arc::new(gone)), (&season, &late), 3)), "not-allowed");
    });
}
