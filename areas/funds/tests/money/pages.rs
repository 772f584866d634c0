//! The pages, asked as a browser asks them.

use std::sync::Arc;

use axum::{Router, body::Body, http::Request};
use kernel::{Actor, Instant, Principal};
use testkit::story::{Still, entropy};
use tower::ServiceExt;

use funds::{
    source::add::{AddSource, add},
    voucher::{decide::approve, hand_in::HandIn},
};

use crate::support::Town;
use testkit::story::each_engine;

/// The token of 32 times n opens as person n.
struct Keys(Vec<Principal>);

impl web::Door for Keys {
    fn enter(
        &self,
        _: &mut db::Snapshot<'_>,
        token: &[u8; 32],
        _: Instant,
        _: &kernel::Day,
    ) -> Result<Option<web::Entry>, db::DbError> {
        let found = (1_u8..).zip(&self.0).find(|(n, _)| *token == web::session::digest(&[*n; 32]));
        Ok(found.map(|(_, principal)| web::Entry {
            principal: principal.clone(),
            name: "某某".into(),
            behalf: None,
            elder: None,
        }))
    }
}

struct Site {
    router: Router,
    runtime: tokio::runtime::Runtime,
}

impl Site {
    fn new(town: &Town, people: &[&Actor]) -> Site {
        let people = people.iter().map(|actor| (*actor.principal().unwrap()).clone()).collect();
        let rim = web::Rim::new(town.db.clone(), web::Settings::default(), Arc::new(Still(testkit::START)), entropy)
            .with_door(Arc::new(Keys(people)))
            .with_files(town.desk());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Site { router: web::server::site(funds::web::routes(), rim), runtime }
    }

    fn send(&self, request: Request<Body>) -> (u16, String) {
        self.runtime.block_on(async {
            let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
            let bytes = axum::body::to_bytes(body, 1 << 24).await.unwrap();
            (parts.status.as_u16(), String::from_utf8_lossy(&bytes).into_owned())
        })
    }

    /// As person `who`, 0 for nobody.
    fn get(&self, path: &str, who: u8) -> (u16, String) {
        let cookie = format!("linli-session={}", format!("{who:02x}").repeat(32));
        self.send(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap())
    }

    fn post(&self, (page, path): (&str, &str), who: u8, fields: &[(&str, &str)]) -> (u16, String) {
        let shown = self.get(page, who).1;
        let csrf = shown.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
        let all = fields.iter().copied().chain([("csrf", csrf.as_str())]);
        let body: Vec<String> = all.map(|(name, value)| format!("{name}={}", web::in_query(value))).collect();
        let cookie = format!("linli-session={}", format!("{who:02x}").repeat(32));
        let request = Request::post(path).header("cookie", cookie);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).unwrap())
    }
}

#[test]
fn an_auditor_follows_one_yuan_and_a_stranger_sees_no_names() {
    each_engine(|db| {
        let town = Town::new(db, None);
        town.in_force(1);
        let giver = AddSource {
            kind: "donor".into(),
            name: "欧阳远山".into(),
            is_person: "1".into(),
            amount: "5000".into(),
            ..AddSource::default()
        };
        town.act(&town.officer, move |tx, cx, season| add(tx, cx, season, &giver)).unwrap();
        town.paid(1, 1).unwrap();
        let paper = HandIn {
            payee: "司马听雪".into(),
            payee_is_person: "1".into(),
            purpose: "=HYPERLINK(\"x\")".into(),
            handler: "端木经手".into(),
            ..town.paper(&town.author, 1)
        };
        let voucher = town.handed(&town.author, 1, &paper).unwrap();
        let site = Site::new(&town, &[&town.officer, &town.author, &town.stranger]);
        let (season, money) =
            (format!("/seasons/{}/money", town.season), format!("/seasons/{}/projects/1/money", town.season));
        let page = format!("{money}/vouchers/{}", voucher.id);
        assert_eq!(site.get(&page, 3).0, 404, "what is not approved is there for those whom it concerns");
        assert!(site.get(&page, 2).1.contains("端木经手"));
        let id = voucher.id.clone();
        town.act(&town.checker, move |tx, cx, season| approve(tx, cx, (season, 1), &id)).unwrap();
        for path in [season.as_str(), &money, &page, &format!("{season}/sources/1")] {
            for who in [0, 3] {
                let (status, text) = site.get(path, who);
                assert_eq!(status, 200, "{path}");
                for name in ["欧阳远山", "司马听雪", "端木经手"] {
                    assert!(!text.contains(name), "{path} shows {name} to {who}");
                }
                assert!(!text.contains('⟦'), "{path} lacks words: {text}");
            }
        }
        let (_, text) = site.get(&money, 3);
        assert!(text.contains("司**") && text.contains("<svg role=\"img\"") && text.contains(&page));
        assert!(site.get(&season, 1).1.contains("欧阳远山"));
        // the photo is served to the project and the office alone
        let shown = site.get(&page, 1).1;
        let photo = shown.split_once("/files/").unwrap().1.split(['"', '/']).next().unwrap().to_owned();
        let photo = format!("{page}/files/{photo}");
        assert_eq!([0, 1, 2, 3].map(|who| site.get(&photo, who).0), [404, 200, 200, 404]);
        // the accountant's file is no formula
        let (status, file) = site.get(&format!("{season}/postings.csv"), 1);
        assert!(status == 200 && file.contains("\"'=HYPERLINK(\"\"x\"\")\"") && file.contains("\"100\""), "{file}");
        assert_eq!(file.lines().count(), 1 + 2 + 2 + 2);
        assert_eq!(site.get(&format!("{season}/postings.csv"), 2).0, 403);
    });
}

#[test]
fn what_was_typed_stays_where_it_is_refused() {
    each_engine(|db| {
        let town = Town::new(db, None);
        town.in_force(1);
        let site = Site::new(&town, &[&town.officer, &town.author]);
        let (season, money) =
            (format!("/seasons/{}/money", town.season), format!("/seasons/{}/projects/1/money", town.season));
        let typed = [("kind", "donor"), ("name", "远山基金"), ("amount", "0.001"), ("once", "a")];
        let (status, text) = site.post((&season, &format!("{season}/sources")), 1, &typed);
        assert_eq!(status, 422);
        assert!(text.contains("远山基金") && text.contains("两位小数"), "{text}");
        let form = format!("{money}/vouchers");
        let typed = [("line", "1"), ("kind", "invoice"), ("purpose", "画框二十个"), ("amount", "-3")];
        let (status, text) = site.post((&form, &form), 2, &typed);
        assert_eq!(status, 422);
        assert!(
            text.contains("画框二十个") && text.contains("不能是负数") && text.contains("请附上一张票据照片"),
            "{text}"
        );
        let (status, text) = site.post((&money, &format!("{money}/terminate")), 1, &[("reason", " ")]);
        assert_eq!(status, 422, "{text}");
    });
}

#[test]
fn the_second_officer_sees_what_waits_and_confirms_it_on_the_page() {
    each_engine(|db| {
        let town = Town::new(db, Some(&crate::support::signed_only()));
        town.in_force(1);
        town.source("public", "4000", "").unwrap();
        town.paid(1, 1).unwrap();
        let site = Site::new(&town, &[&town.officer, &town.author, &town.checker]);
        let (season, money) =
            (format!("/seasons/{}/money", town.season), format!("/seasons/{}/projects/1/money", town.season));
        let (status, _) = site.post((&money, &format!("{money}/terminate")), 1, &[("reason", "团队<b>解散</b>")]);
        assert_eq!(status, 303);
        let own = site.get(&money, 1).1;
        assert!(
            own.contains("等人复核") && own.contains("团队&lt;b&gt;解散") && !own.contains("value=\"confirm\""),
            "{own}"
        );
        assert!(!own.contains("/money/settle\""), "one after the other");
        assert!(site.get(&season, 3).1.contains("等人复核的事"));
        // those of the project are not told before it is done
        assert!(!site.get(&money, 2).1.contains("等人复核"));
        let theirs = site.get(&money, 3).1;
        assert!(theirs.contains("value=\"confirm\"") && theirs.contains("value=\"recall\""), "{theirs}");
        let at = theirs.find("/money/steps/").map(|at| at + "/money/steps/".len()).unwrap();
        let id = theirs[at..].split('"').next().unwrap();
        let step = format!("{season}/steps/{id}");
        let (status, text) = site.post((&money, &step), 1, &[("act", "confirm")]);
        assert!(status == 403 && text.contains("自己提的不能自己批"), "{status} {text}");
        assert_eq!(site.post((&format!("{money}/vouchers"), &step), 2, &[("act", "confirm")]).0, 403);
        assert_eq!(site.post((&money, &step), 3, &[("act", "confirm")]).0, 303);
        assert!(!site.get(&money, 3).1.contains("等人复核") && site.get(&money, 0).1.contains("团队&lt;b&gt;解散"));
    });
}
