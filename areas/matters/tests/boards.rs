//! The pages of notices, attendance and verdicts, in-process, on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::Relaxed},
};

use axum::{Router, body::Body, http::Request};
use db::{Db, Fault, Tx};
use kernel::{Actor, Context, Instant, PersonId, Post, Principal, Role};
use matters::{
    attendance::{
        estimate::{Estimate, estimate},
        record::{RecordAttendance, record},
    },
    notice::{
        answer::{NewAnswer, answer},
        correct::{Correction, correct},
        draft::{DraftNotice, draft},
        object::{NewObjection, object},
        post::post_now,
    },
    verdict::enter::{EnterVerdict, enter},
};
use places::{Level, PlaceId, commands::add};
use serde_json::json;
use testkit::each_engine;
use testkit::story::{Still, entropy};
use tower::ServiceExt;
use ui::Locale;
use web::{Rim, Settings};

/// The token of 32 times n opens as person n: 7 is a resident, 1 the worker, 2 the secretary.
struct Keys(PlaceId);

impl web::Door for Keys {
    fn enter(
        &self,
        _: &mut db::Snapshot<'_>,
        token: &[u8; 32],
        _: Instant,
        _: &kernel::Day,
    ) -> Result<Option<web::Entry>, db::DbError> {
        let found = [1_u8, 2, 7].into_iter().find(|n| *token == web::session::digest(&[*n; 32]));
        let entry =
            |n| web::Entry { principal: principal(n, &self.0), name: "某某".into(), behalf: None, elder: None };
        Ok(found.map(entry))
    }
}

fn person(n: u8) -> PersonId {
    format!("1-{n:0>20}").parse().unwrap()
}

fn principal(n: u8, place: &PlaceId) -> Principal {
    let role = [(1, Role::Worker), (2, Role::Secretary)].into_iter().find(|(who, _)| *who == n);
    let posts = role.map(|(_, role)| Post { role, place: place.clone() }).into_iter().collect();
    Principal { person: person(n), verified: true, posts, seats: vec![] }
}

struct Site {
    db: Db,
    router: Router,
    runtime: tokio::runtime::Runtime,
    place: PlaceId,
    notice: String,
    verdict: String,
}

struct Answer {
    status: u16,
    body: String,
    statements: u64,
}

static ACTS: AtomicU64 = AtomicU64::new(0);

fn act<T: Send + 'static>(
    db: &Db,
    actor: Actor,
    command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> T {
    let n = ACTS.fetch_add(1, Relaxed);
    let mut cx = testkit::context(actor, n);
    cx.now = Instant(cx.now.0 + i64::try_from(n).unwrap() * 1_000);
    db.write_wait(move |tx| command(tx, &mut cx.clone())).unwrap_or_else(|e: Fault| panic!("{e:?}"))
}

/// What the resident says and the worker notes: none of it is for the public.
const SAID: &str = "五号团队的负责人是亲戚";
const BASIS: &str = "十点钟数的椅子";

impl Site {
    fn new(db: &Db) -> Site {
        let root = add::AddPlace { parent: None, level: Level::Subdistrict, name: "邻里街道".into() };
        let place = act(db, Actor::Operator, move |tx, cx| add::add(tx, cx, &root)).id;
        let of = |n| Actor::Person(principal(n, &place).into());
        let typed = DraftNotice {
            place: place.to_string(),
            kind: "grant-approval".into(),
            title: "资助名单公示".into(),
            body: "资助五个团队。下周一发放。".into(),
            ..DraftNotice::default()
        };
        let again = typed.clone();
        act(db, of(1), move |tx, cx| draft(tx, cx, &DraftNotice { title: "还没贴出的".into(), ..again.clone() }));
        let notice = act(db, of(1), move |tx, cx| post_now(tx, cx, &typed)).id;
        let (id, said) = (notice.clone(), NewObjection { words: SAID.into(), ..NewObjection::default() });
        let objection = act(db, of(7), move |tx, cx| object(tx, cx, &id, &said)).id;
        let reply = NewAnswer { outcome: "upheld".into(), words: "已经核对，名单会更正。".into() };
        act(db, of(2), move |tx, cx| answer(tx, cx, &objection, &reply));
        let id = notice.clone();
        act(db, of(1), move |tx, cx| {
            let (title, body, why) = ("资助名单公示", "资助六个团队。下周一发放。", "漏了一个团队");
            correct(tx, cx, &id, &Correction { title: title.into(), body: body.into(), why: why.into() })
        });
        let (home, event) = (place.to_string(), "a-1".to_owned());
        act(db, of(1), move |tx, cx| {
            let (place, event_kind, event) = (home.clone(), "cleaning".to_owned(), event.clone());
            let came = RecordAttendance { person: person(7).to_string(), ..Default::default() };
            let came = RecordAttendance { place, event_kind, event, ..came };
            record(tx, cx, &came)?;
            let (place, event_kind, event) = (came.place, came.event_kind, came.event);
            let basis = BASIS.into();
            estimate(
                tx,
                cx,
                &Estimate { place, event_kind, event, headcount: 40, direct: true, basis, ..Default::default() },
            )
        });
        let at = place.to_string();
        let verdict = act(db, Actor::Operator, move |tx, cx| {
            let input = EnterVerdict {
                place: at.clone(),
                kind: "lot".into(),
                subject_kind: "season".into(),
                subject: "r-1".into(),
                rule: "greedy:cost".into(),
                rule_set: "lots/2026-11".into(),
                parameters: json!({ "budget": 5 }),
                inputs: "x".into(),
                outcome: json!({ "winners": [1, 2] }),
                passed: None,
                explained: "抽签的结果。".into(),
            };
            enter(tx, cx, &input)
        });
        let settings = Settings { demo: true, offset_minutes: 480, ..Settings::default() };
        let rim = Rim::new(db.clone(), settings, Arc::new(Still(testkit::START)), entropy)
            .with_door(Arc::new(Keys(place.clone())));
        let api = utoipa_axum::router::OpenApiRouter::new().nest("/api/v1", matters::api(&runs())).split_for_parts().0;
        let router = web::server::site(matters::routes(&runs()).merge(api), rim);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (notice, verdict) = (notice.to_string(), verdict.id.to_string());
        Site { db: db.clone(), router, runtime, place, notice, verdict }
    }

    fn send(&self, request: Request<Body>) -> Answer {
        let before = self.db.counters().statements();
        self.runtime.block_on(async {
            let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
            let body = axum::body::to_bytes(body, 1 << 24).await.unwrap().to_vec();
            let statements = self.db.counters().statements() - before;
            Answer { status: parts.status.as_u16(), body: String::from_utf8(body).unwrap(), statements }
        })
    }

    fn get(&self, path: &str, who: Option<u8>) -> Answer {
        let cookie = who.map(|n| format!("linli-session={}", format!("{n:02x}").repeat(32))).unwrap_or_default();
        self.send(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap())
    }

    /// A form with the token that the page showed.
    fn post(&self, path: &str, who: u8, fields: &[(&str, &str)]) -> Answer {
        let cookie = format!("linli-session={}", format!("{who:02x}").repeat(32));
        let escape = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
        let form: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
        let request = |form: String| {
            let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
            request.header("cookie", &cookie).body(Body::from(form)).unwrap()
        };
        let page = self.send(request("typed=1".into())).body;
        let token = page.split_once("name=\"csrf\" value=\"").map_or("", |(_, rest)| rest.split('"').next().unwrap());
        self.send(request(format!("{}&csrf={token}", form.join("&"))))
    }
}

#[test]
fn every_page_speaks_four_languages_and_tells_the_public_nothing_personal() {
    each_engine(|db| {
        let site = Site::new(db);
        let (place, notice, verdict) = (&site.place, &site.notice, &site.verdict);
        let pages = [
            ("/notices".to_owned(), 1),
            (format!("/notices?place={place}&kind=grant-approval"), 2),
            ("/notices?view=past".to_owned(), 1),
            ("/notices?view=drafts".to_owned(), 1),
            (format!("/notices?at=2026-12-31&id={notice}"), 1),
            (format!("/notices/{notice}"), 4),
            ("/notices.atom".to_owned(), 1),
            (format!("/notices.atom?place={place}"), 2),
            (format!("/api/v1/notices/{notice}"), 1),
            (format!("/api/v1/notices/{notice}/objections"), 1),
            ("/verdicts".to_owned(), 2),
            (format!("/verdicts?place={place}&kind=lot"), 3),
            (format!("/verdicts/{verdict}"), 1),
            (format!("/api/v1/verdicts/{verdict}"), 1),
            (format!("/attendance?place={place}"), 4),
            (format!("/attendance?place={place}&rows=visits"), 5),
            (format!("/attendance?place={place}&rows=estimates"), 5),
            (format!("/api/v1/attendance/figures?place={place}"), 4),
        ];
        let misses = ui::words::misses();
        for (path, most) in pages {
            for locale in Locale::ALL {
                let joined = if path.contains('?') { '&' } else { '?' };
                let answer = site.get(&format!("{path}{joined}lang={}", locale.tag()), None);
                let what = format!("{path} in {}", locale.tag());
                assert_eq!(answer.status, 200, "{what}");
                assert!(answer.statements <= most, "{what}: {} statements", answer.statements);
                assert!(!answer.body.contains('⟦') && !answer.body.contains("{ $"), "{what}: a word is missing");
                for secret in [SAID, BASIS, person(7).as_str(), person(1).as_str(), "还没贴出的"] {
                    assert!(!answer.body.contains(secret), "{what} tells {secret}");
                }
            }
        }
        assert_eq!(ui::words::misses(), misses);
    });
}

#[test]
fn what_was_said_is_for_the_objector_and_for_those_who_answer() {
    each_engine(|db| {
        let site = Site::new(db);
        let page = format!("/notices/{}", site.notice);
        let public = site.get(&page, None).body;
        assert!(public.contains("已经核对，名单会更正。"), "the answer is public");
        assert!(public.contains("<del>资助五个团队。</del>") && public.contains("<ins>资助六个团队。</ins>"));
        assert!(public.contains("/sign-in?next=/notices/"), "a visitor is led to the door");
        for who in [7, 2] {
            assert!(site.get(&page, Some(who)).body.contains(SAID), "{who}");
        }
        assert!(site.get(&page, Some(7)).body.contains(&format!("action=\"{page}/object\"")));
        let drafts = site.get("/notices?view=drafts", Some(1)).body;
        assert!(drafts.contains("还没贴出的"));
        let list = format!("/attendance/event?event=a-1&event_kind=cleaning&place={}", site.place);
        assert!(site.get(&list, Some(1)).body.contains("0007"), "enough of a number to tell two apart");
        assert_eq!(site.get(&list, Some(7)).status, 403);
        assert!(site.get(&format!("/attendance?place={}&rows=estimates", site.place), Some(1)).body.contains(BASIS));
    });
}

#[test]
fn forms_do_what_they_say_and_keep_what_was_typed() {
    each_engine(|db| {
        let site = Site::new(db);
        let page = format!("/notices/{}", site.notice);
        assert_eq!(site.post(&format!("{page}/object"), 7, &[("words", "还有一处不对"), ("once", "a")]).status, 303);
        let wrong = site.post(&format!("{page}/object"), 7, &[("words", ""), ("shown_as", "老王头")]);
        assert!(wrong.status == 422 && wrong.body.contains("老王头"), "{}", wrong.status);
        let early = site.post(&format!("{page}/end"), 1, &[]);
        assert!(early.status == 409 && early.body.contains("2026-11-30"), "{}", early.status);
        assert_eq!(site.post(&format!("{page}/end"), 7, &[]).status, 403);
        let place = site.place.to_string();
        let short =
            [("place", &*place), ("kind", "residents-affairs"), ("title", "居务"), ("body", "账目"), ("days", "3")];
        let refused = site.post("/notices", 1, &short);
        assert!(refused.status == 409 && refused.body.contains("居务") && refused.body.contains("15"));
        let fine =
            [("place", &*place), ("kind", "residents-affairs"), ("title", "居务"), ("body", "账目"), ("then", "post")];
        assert_eq!(site.post("/notices", 1, &fine).status, 303);
        assert!(site.get("/notices", None).body.contains("居务"));
        assert_eq!(site.post(&format!("{page}/withdraw"), 1, &[("reason", "发错了")]).status, 303);
        assert!(site.get(&page, None).body.contains("发错了"));
        assert!(!site.get("/notices", None).body.contains(&page), "it hangs no more");
    });
}

fn runs() -> std::sync::Arc<matters::verdict::recompute::Runs> {
    matters::verdict::recompute::Runs::new(matters::verdict::recompute::Methods::new(&[matters::METHODS]))
}
