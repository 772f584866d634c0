//! Computing a verdict again on its page: anybody has it done, what came out is kept, what differs is said; what is sealed
//! is computed for all and handed to auditors alone.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]
#![allow(dead_code, reason = "what other stories share")]

mod support;

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering::Relaxed},
};

use axum::{Router, body::Body, http::Request};
use db::Db;
use kernel::{Actor, Clock, Instant, Post, Principal, Role};
use ledger::{note::Signer, sequencer::Sequencer, tree::Hash};
use matters::verdict::{
    Explained, NewVerdict, VerdictId,
    enter::may_enter,
    recompute::{Answer, Computed, Count, KEPT, Method, Methods, Openness, Runs, Told, file::VerdictFile, members},
    record,
};
use rights::{Action, authorize};
use serde_json::{Value, json};
use support::{Town, act, at, each_engine, person};
use testkit::story::entropy;
use tower::ServiceExt;
use ui::{Locale, Words};

const DAY: &str = "2025-03-03";
/// Two numbers that are added up.
const TEXT: &str = "1\n2\n";

/// Adds up numbers, a line each.
#[derive(Default)]
struct Sum(i64);

impl Count for Sum {
    fn line(&mut self, line: &str) -> Result<(), String> {
        self.0 += line.parse::<i64>().map_err(|e| e.to_string())?;
        Ok(())
    }

    fn end(self: Box<Self>, _: &Told) -> Result<Computed, String> {
        Ok(Computed { outcome: members(json!({ "sum": self.0 })), ..Computed::default() })
    }
}

const fn sums(kind: &'static str, openness: Openness) -> Method {
    Method {
        kind,
        knows: |set| set == "sums/2026-11",
        openness,
        in_log: false,
        gather: |_, verdict, sink| {
            // the records of the last one are gone
            if verdict.kind == "gone" {
                return Err(matters::verdict::recompute::gone().into());
            }
            Ok(TEXT.split_inclusive('\n').try_for_each(sink)?)
        },
        own: None,
        begin: || Box::<Sum>::default(),
    }
}

const METHODS: Methods = Methods::new(&[&[
    sums("sum", Openness::Open),
    sums("sealed-sum", Openness::Sealed),
    sums("named-sum", Openness::Named(|line| line.replace('1', "*"))),
    sums("gone", Openness::Open),
]]);

/// A clock that goes when it is told to.
struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> Instant {
        Instant(self.0.load(Relaxed))
    }
}

struct Keys(Vec<Principal>);

impl web::Door for Keys {
    fn enter(
        &self,
        _: &mut db::Snapshot<'_>,
        token: &[u8; 32],
        _: Instant,
        _: &kernel::Day,
    ) -> Result<Option<web::Entry>, db::DbError> {
        let found = self.0.iter().zip(1_u8..).find(|(_, n)| *token == web::session::digest(&[*n; 32]));
        let entry = |principal| web::Entry { principal, name: "某某".into(), behalf: None, elder: None };
        Ok(found.map(|(principal, _)| entry(principal.clone())))
    }
}

struct Site {
    router: Router,
    clock: Arc<Hands>,
    runtime: tokio::runtime::Runtime,
}

impl Site {
    fn new(db: &Db, persons: Vec<Principal>) -> Site {
        let clock = Arc::new(Hands(AtomicI64::new(at(DAY).0)));
        let rim = web::Rim::new(db.clone(), web::Settings::default(), clock.clone(), entropy);
        let runs = Runs::new(METHODS);
        let api = utoipa_axum::router::OpenApiRouter::new().nest("/api/v1", matters::api(&runs)).split_for_parts().0;
        let router = web::server::site(matters::routes(&runs).merge(api), rim.with_door(Arc::new(Keys(persons))));
        Site { router, clock, runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap() }
    }

    /// The page of a path for the n-th person, 0 for a visitor.
    fn get(&self, path: &str, n: u8) -> (u16, String) {
        self.send(asked("GET", path, n).body(Body::empty()).unwrap())
    }

    /// What the n-th person sends, with the token of the verdict's page.
    fn post(&self, id: &VerdictId, verb: &str, n: u8) -> (u16, String) {
        let (_, page) = self.get(&format!("/verdicts/{id}"), n);
        let csrf =
            page.split_once("name=\"csrf\" value=\"").map_or("none", |(_, rest)| rest.split('"').next().unwrap());
        let request = asked("POST", &format!("/verdicts/{id}/{verb}"), n);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(format!("csrf={}", web::in_query(csrf)))).unwrap())
    }

    fn api(&self, method: &str, id: &VerdictId, verb: &str) -> (u16, Value) {
        let request = asked(method, &format!("/api/v1/verdicts/{id}/{verb}"), 0);
        let (status, body) = self.send(request.body(Body::empty()).unwrap());
        (status, serde_json::from_str(&body).unwrap())
    }

    fn send(&self, request: Request<Body>) -> (u16, String) {
        self.runtime.block_on(async {
            let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
            let bytes = axum::body::to_bytes(body, 1 << 24).await.unwrap().to_vec();
            (parts.status.as_u16(), String::from_utf8_lossy(&bytes).into_owned())
        })
    }

    /// What the page says of computing again.
    fn told(&self, id: &VerdictId) -> String {
        let (status, page) = self.get(&format!("/verdicts/{id}"), 0);
        assert_eq!(status, 200);
        page.split_once("id=\"compute\"").unwrap().1.to_owned()
    }
}

fn asked(method: &str, path: &str, n: u8) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(path).header("host", "linli.example");
    request.header("sec-fetch-site", "same-origin").header(
        "cookie",
        match n {
            0 => "linli-form=00112233445566778899aabbccddeeff".to_owned(),
            n => format!("linli-session={}", format!("{n:02x}").repeat(32)),
        },
    )
}

fn t(key: &str) -> &'static str {
    Words::of(Locale::ZhHans).t(key)
}

/// A verdict of a kind over [`TEXT`] that says `sum`.
fn recorded(db: &Db, town: &Town, kind: &'static str, sum: i64) -> VerdictId {
    let place = town.east.clone();
    let verdict = act(db, &Actor::Operator, DAY, move |tx, cx| {
        let site = places::site(tx, &place)?.unwrap();
        let permit = authorize(&cx.actor, Action::RecordVerdict, &site)?;
        let new = NewVerdict {
            site: &site,
            kind,
            subject_kind: "sums",
            subject: "5 and 6",
            title: "",
            matter: None,
            rule: "add",
            rule_set: "sums/2026-11",
            parameters: json!({}),
            inputs: Hash::of(TEXT.as_bytes()),
            outcome: json!({ "sum": sum }),
            passed: None,
            explained: Explained::of("season-result"),
        };
        record::record(tx, cx, &permit, &new)
    });
    verdict.unwrap().id
}

fn sequenced(db: &Db) {
    let signer = Signer::new("linli.example/log/1", &[7; 32]).unwrap();
    let clock = Arc::new(testkit::story::Still(at(DAY)));
    Sequencer::new(db, signer, "story".into(), clock).unwrap().drain().unwrap();
}

/// The kinds of entries about the verdicts, in the log after it was placed.
fn n_unsealed(db: &Db) -> usize {
    sequenced(db);
    let all = db.read_wait(|s| ledger::read::tail(s, 0, 2_000)).unwrap();
    all.iter().filter(|entry| entry.kind == "verdict.unsealed").count()
}

fn principal(actor: Actor) -> Principal {
    match actor {
        Actor::Person(principal) => (*principal).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn anybody_has_a_verdict_computed_again_and_what_came_out_is_kept_for_a_while() {
    each_engine(|db| {
        let town = Town::new(db);
        let site = Site::new(db, Vec::new());
        let (right, wrong, gone) =
            (recorded(db, &town, "sum", 3), recorded(db, &town, "sealed-sum", 4), recorded(db, &town, "gone", 3));
        assert!(site.told(&right).contains(t("verdict-again-button")));
        assert_eq!(site.api("GET", &right, "recompute").1["state"], "none");
        assert_eq!(site.post(&right, "recompute", 0).0, 303);
        let told = site.told(&right);
        assert!(!told.contains(t("verdict-again-button")) && told.contains(t("verdict-again-kept")), "{told}");
        let equal = Words::of(Locale::ZhHans).t_with("verdict-again-equal", &[("lines", "2".into())]);
        assert!(told.contains(&equal), "{told}");
        assert_eq!(site.api("GET", &right, "recompute").1["state"], "equal");
        // kept: the button comes back later
        site.clock.0.fetch_add(KEPT, Relaxed);
        assert!(site.told(&right).contains(t("verdict-again-button")));

        let (status, answer) = site.api("POST", &wrong, "recompute");
        assert_eq!((status, &answer["state"]), (200, &"differs".into()));
        let difference = json!([{ "member": "outcome.sum", "recorded": 4, "computed": 3 }]);
        assert_eq!(answer["differences"], difference);
        let told = site.told(&wrong);
        assert!(told.contains(t("verdict-again-computed")) && told.contains(t("verdict-again-differs-do")), "{told}");
        assert_eq!(site.post(&gone, "recompute", 0).0, 303);
        assert!(site.told(&gone).contains(t("refusal-verdict-inputs-gone")));
        // without the form's token nothing is done
        let request = asked("POST", &format!("/verdicts/{right}/recompute"), 0);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        assert_eq!(site.send(request.body(Body::from("csrf=no")).unwrap()).0, 403);
        assert_eq!(site.api("GET", &right, "recompute").1["state"], "none");
    });
}

#[test]
fn nobody_enters_a_verdict_of_a_kind_that_is_computed() {
    assert_eq!(may_enter(METHODS, "meeting-vote"), Ok(()));
    let refused = may_enter(METHODS, " sum ").unwrap_err();
    assert_eq!(refused.fields.iter().map(|f| (f.field, f.code)).collect::<Vec<_>>(), [("kind", "kind-is-computed")]);
}

#[test]
fn the_file_of_a_verdict_is_for_all_and_what_is_sealed_for_auditors_who_are_logged() {
    each_engine(|db| {
        let town = Town::new(db);
        let post = |role, place: &kernel::PlaceId| Post { role, place: place.clone() };
        let auditor = person(town.home(), vec![post(Role::Auditor, &town.street)]);
        let elsewhere = person(town.home(), vec![post(Role::Auditor, &town.west)]);
        let officer = person(town.home(), vec![post(Role::Officer, &town.street)]);
        let persons: Vec<Principal> = [auditor, elsewhere, officer].map(principal).into();
        let site = Site::new(db, persons);
        let (open, sealed, named) =
            (recorded(db, &town, "sum", 3), recorded(db, &town, "sealed-sum", 3), recorded(db, &town, "named-sum", 3));
        let file = |id: &VerdictId| site.get(&format!("/verdicts/{id}/file"), 0);
        assert_eq!(file(&open).0, 409, "its entry has no place in the log yet");
        sequenced(db);
        let check = |text: &str| {
            let file = VerdictFile::parse(text).unwrap();
            (file.inputs.clone(), file.text.clone(), file.check(METHODS, None).unwrap().answer)
        };
        let equal = Answer::Equal { lines: 2, beside: Vec::new() };
        let (status, text) = file(&open);
        assert_eq!((status, check(&text)), (200, ("open".into(), TEXT.into(), equal.clone())));
        let absent = ("absent".to_owned(), String::new(), Answer::cannot("inputs-absent"));
        for id in [&sealed, &named] {
            let (status, text) = file(id);
            assert_eq!((status, check(&text)), (200, absent.clone()));
        }

        // who has not signed in, who audits elsewhere, who is no auditor
        for (n, status) in [(0, 401), (2, 403), (3, 403)] {
            assert_eq!(site.post(&sealed, "sealed", n).0, status, "{n}");
            let page = site.get(&format!("/verdicts/{sealed}"), n).1;
            assert!(!page.contains(t("verdict-sealed-button")), "{n}");
        }
        assert_eq!(n_unsealed(db), 0);
        assert!(site.get(&format!("/verdicts/{sealed}"), 1).1.contains(t("verdict-sealed-button")));
        let (status, text) = site.post(&sealed, "sealed", 1);
        assert_eq!((status, check(&text)), (200, ("sealed".into(), TEXT.into(), equal)));
        assert_eq!(n_unsealed(db), 1);
        // names are blotted out; what the lines come to is not the sum any more here, and the digest is not compared
        let (status, text) = site.post(&named, "sealed", 1);
        let file = VerdictFile::parse(&text).unwrap();
        assert_eq!((status, file.inputs.as_str(), file.text.as_str()), (200, "named", "*\n2\n"));
        assert_eq!(site.post(&open, "sealed", 1).0, 409, "anybody may have it");
    });
}
