//! The pages of roles, organisations and the desk, in-process, on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod offices;

use std::{collections::HashMap, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use db::{DbError, Snapshot};
use kernel::{Actor, Day, Instant, Principal};
use offices::{NOON, Town, each_engine};
use people::{desk, org, post};
use testkit::story::{Still, entropy};
use tower::ServiceExt;
use ui::{Locale, Words};
use web::{Entry, Rim, Settings};

const TODAY: &str = "2026-11-22";

/// Opens to those who hold one of the keys.
struct Keys(HashMap<[u8; 32], Principal>);

impl web::Door for Keys {
    fn enter(&self, _: &mut Snapshot<'_>, token: &[u8; 32], _: Instant, _: &Day) -> Result<Option<Entry>, DbError> {
        let found = self.0.get(token).cloned();
        Ok(found.map(|principal| Entry { principal, name: "某人".into(), behalf: None, elder: None }))
    }
}

struct Site {
    router: Router,
    runtime: tokio::runtime::Runtime,
}

struct Answer {
    status: StatusCode,
    location: String,
    body: String,
}

impl Site {
    /// A site for these persons; the first has the key of ones, the second of twos.
    fn new(town: &Town, persons: &[Actor]) -> Site {
        let keys = persons
            .iter()
            .zip(1_u8..)
            .map(|(actor, n)| (web::session::digest(&[n; 32]), actor.principal().unwrap().clone()));
        let settings = Settings { offset_minutes: 480, name: "示范区".into(), ..Settings::default() };
        let rim = Rim::new(town.db.clone(), settings, Arc::new(Still(Instant(NOON))), entropy)
            .with_door(Arc::new(Keys(keys.collect())));
        let routes = Router::new()
            .merge(post::web::routes())
            .merge(org::web::routes())
            .merge(desk::web::routes())
            .merge(people::web::routes());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Site { router: web::server::site(routes, rim), runtime }
    }

    fn send(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
            let body = axum::body::to_bytes(body, 1 << 24).await.unwrap().to_vec();
            let location = parts.headers.get("location").map_or("", |v| v.to_str().unwrap()).to_owned();
            Answer { status: parts.status, location, body: String::from_utf8(body).unwrap() }
        })
    }

    fn get(&self, path: &str, key: u8) -> Answer {
        let cookie = format!("linli-session={}", format!("{key:02x}").repeat(32));
        self.send(
            Request::get(path).header("cookie", cookie).header("host", "linli.example").body(Body::empty()).unwrap(),
        )
    }

    fn post_raw(&self, path: &str, key: u8, form: String) -> Answer {
        let cookie = format!("linli-session={}", format!("{key:02x}").repeat(32));
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        self.send(request.header("cookie", cookie).body(Body::from(form)).unwrap())
    }

    /// Sends a file, as a form with files does.
    fn upload(&self, path: &str, key: u8, bytes: &[u8]) -> Answer {
        let page = self.get(path, key).body;
        let token = page.split_once("name=\"csrf\" value=\"").map_or("", |(_, rest)| rest.split('"').next().unwrap());
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--edge\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat();
        let cookie = format!("linli-session={}", format!("{key:02x}").repeat(32));
        let request = Request::post(path).header("content-type", "multipart/form-data; boundary=edge");
        self.send(request.header("cookie", cookie).body(Body::from(body)).unwrap())
    }

    fn post(&self, path: &str, key: u8, fields: &[(&str, &str)]) -> Answer {
        let page = self.post_raw(path, key, "typed=1".into()).body;
        let token = page.split_once("name=\"csrf\" value=\"").map_or("", |(_, rest)| rest.split('"').next().unwrap());
        let escape = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
        let form: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
        self.post_raw(path, key, format!("{}&csrf={token}", form.join("&")))
    }
}

#[test]
fn every_page_speaks_four_languages() {
    each_engine(|town| {
        let (li, chen) = (town.person(&town.beiyuan, "李工"), town.person(&town.yijing, "陈奶奶"));
        let office = town.appoint(&Actor::Operator, &li, ("officer", &town.beiyuan), (TODAY, "")).unwrap();
        let helper = town.appoint(&Actor::Operator, &chen, ("volunteer", &town.yijing), (TODAY, "2027-01-01")).unwrap();
        let site = Site::new(town, &[town.signed_in(&li, TODAY), town.signed_in(&chen, TODAY)]);
        let made = site.post(
            "/organisations",
            1,
            &[("place", town.yijing.as_str()), ("kind", "community-org"), ("name", "银龄画社"), ("short", "")],
        );
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let (place, org) = (&town.beiyuan, made.location);
        let misses = ui::words::misses();
        let pages = [
            format!("/places/{place}/people?x=1"),
            format!("/places/{place}/people?role=volunteer"),
            format!("/places/{place}/people?after={}", helper.id),
            format!("/places/{place}/people/appoint?find=%E9%99%88%E5%A5%B6%E5%A5%B6"),
            format!("/posts/{}?find=nobody", office.id),
            format!("/posts/{}?x=1", helper.id),
            "/me/roles?x=1".to_owned(),
            "/organisations?x=1".to_owned(),
            format!("/organisations?place={place}&kind=community-org&q=%E7%94%BB"),
            format!("{org}?find=%E9%99%88%E5%A5%B6%E5%A5%B6"),
            "/desk?find=nobody".to_owned(),
            "/receipts?number=3-1".to_owned(),
        ];
        for path in pages {
            for locale in Locale::ALL {
                let answer = site.get(&format!("{path}&lang={}", locale.tag()), 1);
                assert_eq!(answer.status, StatusCode::OK, "{path}");
                assert!(!answer.body.contains(['⟦']) && !answer.body.contains("{ $"), "{path} in {}", locale.tag());
                assert_eq!(answer.body.matches("<h1").count(), 1, "{path}");
            }
        }
        assert_eq!(ui::words::misses(), misses);
    });
}

#[test]
fn an_officer_appoints_on_a_page_and_names_of_residents_are_masked_for_others() {
    each_engine(|town| {
        let (li, chen) = (town.person(&town.beiyuan, "李工"), town.person(&town.yijing, "陈奶奶"));
        town.appoint(&Actor::Operator, &li, ("officer", &town.beiyuan), (TODAY, "")).unwrap();
        let site = Site::new(town, &[town.signed_in(&li, TODAY), town.signed_in(&chen, TODAY)]);
        let people = format!("/places/{}/people", town.yijing);
        let typed = [("person", chen.as_str()), ("role", "volunteer"), ("from", TODAY), ("until", ""), ("reason", "")];
        let stranger = site.post(&people, 2, &typed);
        assert_eq!(stranger.status, StatusCode::FORBIDDEN);
        let made = site.post(&people, 1, &typed);
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        assert!(site.get(&people, 1).body.contains("陈奶奶"));
        let seen = site.get(&people, 9).body;
        assert!(seen.contains("陈**") && !seen.contains("陈奶奶"), "a visitor sees a masked name");
        let again = site.post(&people, 1, &typed);
        assert_eq!(again.status, StatusCode::CONFLICT);
        let said = Words::of(Locale::ZhHans).t_with("refusal-role-held-already", &[("since", TODAY.into())]);
        assert!(again.body.contains(&said));
        let long = "因为".repeat(101);
        let kept = site.post(&format!("{}/end", made.location), 1, &[("reason", &long)]);
        assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(kept.body.matches(&long).count(), 1, "the reason stands in its own form, and in no other");
        assert!(kept.body.contains(&format!("action=\"{}/end\"", made.location)), "which can be sent again");
        let ended = site.post(&format!("{}/end", made.location), 1, &[("reason", "")]);
        assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
        assert!(!site.get(&people, 1).body.contains("陈奶奶"));
    });
}

#[test]
fn a_worker_sits_down_with_somebody_on_a_page() {
    each_engine(|town| {
        let (wang, sun) = (town.person(&town.yijing, "王工"), town.person(&town.tianfu, "孙工"));
        town.appoint(&Actor::Operator, &wang, ("worker", &town.yijing), (TODAY, "")).unwrap();
        let site = Site::new(town, &[town.signed_in(&wang, TODAY), town.signed_in(&sun, TODAY)]);
        assert_eq!(site.get("/desk", 2).status, StatusCode::FORBIDDEN);
        let wrong = site.post("/desk", 1, &[("place", town.yijing.as_str()), ("name", ""), ("source", "paper")]);
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let typed = [("place", town.yijing.as_str()), ("name", "陈奶奶"), ("source", "paper"), ("shown", "")];
        let begun = site.post("/desk", 1, &typed);
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
        let entry = site.get(&begun.location, 1).body;
        assert!(entry.contains("陈奶奶") && entry.contains("还没有核实身份") && !entry.contains("/ideas"));
        let checked = site.post(&format!("{}/verify", begun.location), 1, &[("shown", "id-card")]);
        assert_eq!(checked.status, StatusCode::SEE_OTHER, "{}", checked.body);
        assert!(site.get(&begun.location, 1).body.contains("/ideas"));
        assert_eq!(site.get(&begun.location, 2).status, StatusCode::NOT_FOUND, "another's entry does not exist");
        // the receipt, as an intake gives it
        let id: desk::DeskId = begun.location.trim_start_matches("/desk/").parse().unwrap();
        let actor = town.signed_in(&wang, TODAY);
        let receipt = town.act(&actor, 0, move |tx, cx| {
            desk::finish(
                tx,
                cx,
                &id,
                &desk::Done {
                    thing: "idea",
                    id: "1-a",
                    title: "楼道加灯",
                    page: "/seasons/1/ideas/1",
                    sent: desk::Sent::of("idea", ["1-a"]),
                },
            )
        });
        let number = receipt.unwrap().number.to_string();
        let slip = site.get(&format!("/receipts/{number}"), 9).body;
        assert!(slip.contains(&number) && slip.contains("楼道加灯") && slip.contains("<svg"), "{slip}");
        assert!(slip.contains("http://") && !slip.contains("陈奶奶"), "the paper names nobody");
        assert!(site.get(&format!("/receipts/{number}"), 1).body.contains("陈奶奶"), "the desk knows whose it is");
        let spoken = number.replace('-', "").to_lowercase();
        assert_eq!(site.get(&format!("/receipts?number={spoken}"), 9).location, format!("/receipts/{number}"));
        assert_eq!(site.get("/receipts/1-00000-00000-A", 9).status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn whoever_comes_with_a_telephone_is_found_by_it_and_consents_are_noted_on_a_page() {
    each_engine(|town| {
        let wang = town.person(&town.yijing, "王工");
        town.appoint(&Actor::Operator, &wang, ("worker", &town.yijing), (TODAY, "")).unwrap();
        let site = Site::new(town, &[town.signed_in(&wang, TODAY)]);
        let new = |name, contact| {
            let typed = [("place", town.yijing.as_str()), ("person", ""), ("name", name), ("contact", contact)];
            let typed: Vec<_> = typed.into_iter().chain([("source", "counter"), ("shown", "id-card")]).collect();
            site.post("/desk", 1, &typed)
        };
        let begun = new("陈奶奶", "13900000001");
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
        new("陈小玲", "13900000002");
        let found = site.get("/desk?find=139%200000%200001", 1).body;
        assert!(found.contains("陈奶奶") && !found.contains("陈小玲") && found.contains("都不是"));
        assert!(!site.get("/desk?find=1390000", 1).body.contains("陈奶奶"), "only a whole number finds");
        let here = format!("{}/consents", begun.location);
        let page = site.get(&format!("{here}?find=13900000002"), 1).body;
        assert!(page.contains("陈奶奶同意由陈小玲代办"), "{page}");
        let taker = page.split_once("name=\"person\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
        let none = site.post(&here, 1, &[("purpose", "act-for"), ("person", "")]);
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        let noted = site.post(&here, 1, &[("purpose", "act-for"), ("person", &taker)]);
        assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
        site.post(&here, 1, &[("purpose", "show-name")]);
        let page = site.get(&here, 1).body;
        assert!(page.contains("陈奶奶同意由陈小玲代办"));
        assert_eq!(page.matches("name=\"consent\"").count(), 2);
        let consent = page.split_once("name=\"consent\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
        assert_eq!(site.post(&format!("{here}/end"), 1, &[("consent", &consent)]).status, StatusCode::SEE_OTHER);
        assert_eq!(site.get(&here, 1).body.matches("name=\"consent\"").count(), 1);
        let misses = ui::words::misses();
        for path in [begun.location.clone(), here.clone()] {
            for locale in Locale::ALL {
                let answer = site.get(&format!("{path}?lang={}", locale.tag()), 1);
                assert!(answer.status == StatusCode::OK && !answer.body.contains(['⟦']), "{path}");
            }
        }
        assert_eq!(ui::words::misses(), misses);
    });
}

#[test]
fn a_file_of_residents_is_shown_before_it_is_taken() {
    each_engine(|town| {
        let (wang, chen) = (town.person(&town.yijing, "王工"), town.person(&town.yijing, "陈奶奶"));
        town.appoint(&Actor::Operator, &wang, ("worker", &town.yijing), (TODAY, "")).unwrap();
        let site = Site::new(town, &[town.signed_in(&wang, TODAY), town.signed_in(&chen, TODAY)]);
        let roll = format!("/residents/{}", town.yijing);
        let here = format!("{roll}/import");
        assert_eq!(site.get(&here, 2).status, StatusCode::FORBIDDEN);
        assert!(site.get(&roll, 1).body.contains(&here));
        // as a spreadsheet saves it: a mark of the order of bytes, and a row that is wrong
        let file = "\u{feff}姓名,手机,门牌,身份\r\n张三,13900000001,1-101,业主\r\n李四,12345,1-102,居民\r\n\
                    王五,,1-103,居民\r\n赵六,,1-104,国王\r\n";
        let looked = site.upload(&here, 1, file.as_bytes());
        assert_eq!(looked.status, StatusCode::OK, "{}", looked.body);
        assert!(looked.body.contains("新增 2 行，改手机号 0 行，不变 0 行，有问题 2 行"), "{}", looked.body);
        assert!(looked.body.contains("请填 11 位手机号") && looked.body.contains("张**"));
        assert!(!looked.body.contains('⟦') && !site.get(&roll, 1).body.contains("1-101"), "nothing is written yet");
        // what the page holds for the second form is the file itself
        let kept = looked.body.split_once("name=\"rows\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
        let take = format!("{here}/take");
        let strange = site.post(&take, 2, &[("rows", &kept)]);
        assert_eq!(strange.status, StatusCode::FORBIDDEN);
        let taken = site.post(&take, 1, &[("rows", &kept)]);
        assert_eq!(taken.status, StatusCode::OK, "{}", taken.body);
        assert!(taken.body.contains("新增 2 行") && site.get(&roll, 1).body.contains("1-101"));
        // a field is shown above the part of the roll that it was asked for on
        let part = site.get(&format!("{roll}?flat=1-103"), 1).body;
        let row = part.split_once("name=\"resident\" value=\"").unwrap().1.split('"').next().unwrap();
        let fields = [("resident", row), ("field", "name"), ("flat", "1-103")];
        let seen = site.post(&roll, 1, &fields);
        assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
        assert!(seen.body.contains("王五") && seen.body.contains("1-103") && !seen.body.contains("1-101"));
        for hidden in ["name=\"flat\" value=\"1-103\"", "name=\"after\"", "name=\"id\""] {
            assert!(part.contains(hidden), "{hidden}");
        }
        let strange = site.post(&roll, 1, &[("resident", row), ("resident", row), ("field", "name")]);
        assert_eq!(strange.status, StatusCode::BAD_REQUEST, "no form sends this");
        assert!(!strange.body.contains("您填的内容都还在"), "so nothing is said to be kept");
        let again = site.post(&take, 1, &[("rows", &kept)]);
        assert!(again.body.contains("新增 0 行，改手机号 0 行，不变 2 行"), "{}", again.body);
        assert!(site.upload(&here, 1, file.as_bytes()).body.contains("没有要导入的内容"));
        // what cannot be read says what to do
        let gbk = site.upload(&here, 1, b"\xd0\xd5\xc3\xfb,\xc3\xc5\xc5\xc6\r\n\xd5\xc5\xc8\xfd,1\r\n");
        assert_eq!(gbk.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(gbk.body.contains("GBK") && gbk.body.contains("另存为"));
        for (bytes, says) in [
            (b"".to_vec(), "这一项要填"),
            (b"name,phone\n".to_vec(), "少了一列"),
            (vec![b'a'; (1 << 20) + 1], "文件太大"),
            (format!("name,flat\n{}", "a,b\n".repeat(5_001)).into_bytes(), "行数太多"),
        ] {
            let page = site.upload(&here, 1, &bytes);
            assert!(page.status.is_client_error() && page.body.contains(says), "{says}: {}", page.status);
        }
    });
}

#[test]
fn before_there_is_a_place_the_list_of_organisations_says_so() {
    testkit::each_engine(|db| {
        let rim = Rim::new(db.clone(), Settings::default(), Arc::new(Still(Instant(NOON))), entropy);
        let router = web::server::site(org::web::routes(), rim);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let site = Site { router, runtime };
        let page = site.get("/organisations", 1);
        let says = Words::of(Locale::ZhHans).t("refusal-no-place-yet");
        assert!(page.status == StatusCode::OK && page.body.contains(says), "{}", page.body);
        assert_eq!(site.get("/organisations?place=1-00000000000000000009", 1).status, StatusCode::NOT_FOUND);
    });
}
