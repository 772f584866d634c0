//! The desk and its receipts, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod offices;

use db::Fault;
use kernel::{Actor, Behalf, Instant, PersonId, PlaceId, Source};
use offices::{NOON, Town, each_engine, refused};
use people::account::{self, VerifiedHow};
use people::consent::Purpose;
use people::desk::{
    self, DeskEntry, DeskId, Done, Receipt, ReceiptNumber, Sent,
    begin::{self, Begin},
    consents, queries,
};
use people::post::end::{self, End};

const TODAY: &str = "2026-11-22";

fn worker(town: &Town, place: &PlaceId, name: &'static str) -> (PersonId, Actor) {
    let who = town.person(place, name);
    town.appoint(&Actor::Operator, &who, ("worker", place), (TODAY, "")).unwrap();
    let actor = town.signed_in(&who, TODAY);
    (who, actor)
}

fn begin_at(town: &Town, actor: &Actor, place: &PlaceId, input: Begin) -> Result<DeskEntry, Fault> {
    let place = place.clone();
    town.act(actor, 0, move |tx, cx| begin::begin(tx, cx, &place, &input))
}

fn paper(name: &str) -> Begin {
    Begin { name: name.into(), source: "paper".into(), ..Begin::default() }
}

/// Takes the entry up some minutes after it began.
fn take(town: &Town, worker: &PersonId, entry: &DeskEntry, minutes: i64) -> Result<Behalf, Fault> {
    let (worker, id, now) = (worker.clone(), entry.id.clone(), Instant(entry.begun.0 + minutes * 60_000_000));
    town.db.read_wait(move |s| desk::take(s, &id, &worker, now))
}

fn finish(town: &Town, actor: &Actor, entry: &DeskId, thing: &'static str) -> Result<Receipt, Fault> {
    let entry = entry.clone();
    town.act(actor, 0, move |tx, cx| {
        let page = format!("/seasons/1-x/ideas/{thing}");
        desk::finish(
            tx,
            cx,
            &entry,
            &Done { thing: "idea", id: thing, title: "楼道加灯", page: &page, sent: Sent::of("idea", [thing]) },
        )
    })
}

#[test]
fn a_worker_enters_for_somebody_without_a_phone_and_gives_a_receipt() {
    each_engine(|town| {
        let (wang, actor) = worker(town, &town.yijing, "王工");
        let entry = begin_at(town, &actor, &town.yijing, paper("陈奶奶")).unwrap();
        let behalf = take(town, &wang, &entry, 5).unwrap();
        assert_eq!((behalf.source, &behalf.person), (Source::Paper, &entry.person));
        assert_ne!(entry.person, wang);
        let receipt = finish(town, &actor, &entry.id, "1-a").unwrap();
        assert_eq!(
            (receipt.title.as_str(), receipt.source, receipt.place_name.as_str()),
            ("楼道加灯", Source::Paper, "怡景")
        );
        // she comes back with the slip and reads the number aloud
        let spoken: ReceiptNumber = receipt.number.to_string().replace('-', " ").to_lowercase().parse().unwrap();
        let found = town.db.read_wait(move |s| queries::receipt(s, spoken)).unwrap();
        assert_eq!(found, receipt);
        let whose = town.db.read_wait(move |s| queries::whose(s, spoken)).unwrap().unwrap();
        assert_eq!(whose, (entry.person.clone(), "陈奶奶".to_owned()));
        // the same form again is the same receipt; another thing is refused
        assert_eq!(finish(town, &actor, &entry.id, "1-a").unwrap(), receipt);
        assert_eq!(refused(finish(town, &actor, &entry.id, "1-b")).code, "desk-ended");
        assert_eq!(refused(take(town, &wang, &entry, 6)).code, "desk-ended");
        assert_eq!(town.count_told("desk.receipted"), 1);
    });
}

#[test]
fn an_entry_is_refused_when_foreign_or_expired() {
    each_engine(|town| {
        let (wang, actor) = worker(town, &town.yijing, "王工");
        let (sun, other) = worker(town, &town.yijing, "孙工");
        let entry = begin_at(town, &actor, &town.yijing, paper("陈奶奶")).unwrap();
        assert!(take(town, &wang, &entry, 29).is_ok());
        assert_eq!(refused(take(town, &wang, &entry, 30)).code, "desk-expired");
        assert_eq!(refused(take(town, &sun, &entry, 5)).code, "desk-not-found");
        assert_eq!(refused(finish(town, &other, &entry.id, "1-a")).code, "desk-not-found");
        let id = entry.id.clone();
        let late = town.act(&actor, 1, move |tx, cx| {
            desk::finish(
                tx,
                cx,
                &id,
                &Done { thing: "idea", id: "1-a", title: "", page: "/", sent: Sent::of("idea", ["1-a"]) },
            )
        });
        assert_eq!(refused(late).code, "desk-expired");
        assert!(entry.begun.0 >= NOON);
    });
}

#[test]
fn a_role_that_ends_ends_what_its_holder_was_entering() {
    each_engine(|town| {
        let who = town.person(&town.yijing, "王工");
        let post = town.appoint(&Actor::Operator, &who, ("worker", &town.yijing), (TODAY, "")).unwrap();
        let actor = town.signed_in(&who, TODAY);
        let entry = begin_at(town, &actor, &town.yijing, paper("陈奶奶")).unwrap();
        town.act(&Actor::Operator, 0, move |tx, cx| end::end(tx, cx, &post.id, &End::default())).unwrap();
        assert_eq!(refused(take(town, &who, &entry, 1)).code, "desk-ended");
        let after = town.signed_in(&who, TODAY);
        assert_eq!(refused(finish(town, &after, &entry.id, "1-a")).code, "not-allowed");
    });
}

#[test]
fn only_a_worker_of_the_place_sits_at_its_desk_and_every_wrong_field_is_named() {
    each_engine(|town| {
        let (wang, actor) = worker(town, &town.yijing, "王工");
        assert_eq!(refused(begin_at(town, &actor, &town.tianfu, paper("陈奶奶"))).code, "not-allowed");
        assert_eq!(refused(begin_at(town, &Actor::Visitor, &town.yijing, paper("陈奶奶"))).code, "sign-in-first");
        let chen = town.person(&town.yijing, "陈奶奶");
        let resident = town.signed_in(&chen, TODAY);
        assert_eq!(refused(begin_at(town, &resident, &town.yijing, paper("王爷爷"))).code, "not-allowed");
        let oneself = Begin { person: wang.to_string(), source: "counter".into(), ..Begin::default() };
        assert_eq!(refused(begin_at(town, &actor, &town.yijing, oneself)).code, "desk-yourself");
        let known = Begin { person: chen.to_string(), source: "phone".into(), ..Begin::default() };
        assert_eq!(begin_at(town, &actor, &town.yijing, known).unwrap().person, chen);
        for (input, field) in [
            (Begin { source: "web".into(), ..paper("陈奶奶") }, "source"),
            (Begin { source: "import".into(), ..paper("陈奶奶") }, "source"),
            (paper(" "), "name"),
            (Begin { shown: "看过身份证 110101".into(), ..paper("陈奶奶") }, "shown"),
            (Begin { contact: "12345".into(), ..paper("陈奶奶") }, "contact"),
            (Begin { person: "nobody".into(), source: "phone".into(), ..Begin::default() }, "person"),
        ] {
            assert_eq!(refused(begin_at(town, &actor, &town.yijing, input)).fields[0].field, field);
        }
        let stranger = Begin { person: "1-00000000000000000001".into(), source: "phone".into(), ..Begin::default() };
        assert_eq!(refused(begin_at(town, &actor, &town.yijing, stranger)).code, "person-not-found");
    });
}

#[test]
fn of_two_receipts_at_once_one_is_given() {
    each_engine(|town| {
        let (_, actor) = worker(town, &town.yijing, "王工");
        let entry = begin_at(town, &actor, &town.yijing, paper("陈奶奶")).unwrap();
        let answers: Vec<_> = std::thread::scope(|scope| {
            let hands = ["1-a", "1-b"].map(|thing| scope.spawn(|| finish(town, &actor, &entry.id, thing)));
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        assert_eq!(town.count_told("desk.receipted"), 1);
    });
}

#[test]
fn the_log_knows_the_way_and_never_who() {
    each_engine(|town| {
        let (wang, actor) = worker(town, &town.yijing, "王工");
        let entry = begin_at(town, &actor, &town.yijing, paper("陈奶奶")).unwrap();
        let receipt = finish(town, &actor, &entry.id, "1-a").unwrap();
        let told: Vec<_> = town.told().into_iter().filter(|(kind, _)| kind.starts_with("desk.")).collect();
        assert_eq!(told.len(), 2);
        for (kind, text) in told {
            assert!(text.contains(r#""source":"paper""#) && text.contains(r#""commit""#), "{kind} {text}");
            for private in
                [wang.as_str(), entry.person.as_str(), "陈奶奶", &receipt.number.to_string(), entry.id.as_str()]
            {
                assert!(!text.contains(private), "{kind} {text}");
            }
        }
    });
}

fn verified(town: &Town, person: &PersonId) -> VerifiedHow {
    let person = person.clone();
    town.db.read_wait(move |s| account::queries::standing(s, &person)).unwrap().unwrap()
}

#[test]
fn the_desk_registers_and_checks_through_accounts_and_doubles_nobody() {
    each_engine(|town| {
        let (_, actor) = worker(town, &town.yijing, "王工");
        let unknown = begin_at(town, &actor, &town.yijing, paper("陈奶奶")).unwrap();
        assert_eq!(verified(town, &unknown.person), VerifiedHow::No);
        let shown = Begin { shown: "id-card".into(), ..paper("李爷爷") };
        let old = begin_at(town, &actor, &town.yijing, shown).unwrap();
        assert_eq!(verified(town, &old.person), VerifiedHow::Desk, "without a telephone");
        // later at the desk, she is checked too
        let id = unknown.id.clone();
        town.act(&actor, 0, move |tx, cx| begin::checked_later(tx, cx, &id, "household-book")).unwrap();
        assert_eq!(verified(town, &unknown.person), VerifiedHow::Desk);
        assert_eq!(town.count_told("account.verified"), 2);
        // the same person with the same telephone is the same, however the number is written
        let with = |contact: &str| Begin { contact: contact.into(), ..paper("赵叔") };
        let first = begin_at(town, &actor, &town.yijing, with("13900000001")).unwrap();
        let again = begin_at(town, &actor, &town.yijing, with("139 0000 0001")).unwrap();
        assert_eq!(first.person, again.person);
        let wife = Begin { contact: "13900000001".into(), ..paper("钱姨") };
        assert_ne!(begin_at(town, &actor, &town.yijing, wife).unwrap().person, first.person);
        assert_eq!(town.count_told("person.registered"), 4);
        let log: String = town.told().into_iter().map(|(_, text)| text).collect();
        assert!(!log.contains("1390000") && !log.contains("陈奶奶") && !log.contains("id-card"), "{log}");
    });
}

#[test]
fn a_consent_is_noted_at_the_desk_and_taken_back_there() {
    each_engine(|town| {
        let (wang, actor) = worker(town, &town.yijing, "王工");
        let daughter = town.person(&town.tianfu, "陈小玲");
        let entry = begin_at(town, &actor, &town.yijing, paper("陈奶奶")).unwrap();
        let give = |taker: &PersonId| {
            let (id, taker) = (entry.id.clone(), taker.clone());
            town.act(&actor, 0, move |tx, cx| consents::give(tx, cx, &id, (Purpose::ActFor, Some(taker.clone()))))
        };
        give(&daughter).unwrap();
        give(&daughter).unwrap();
        assert_eq!(refused(give(&wang)).code, "not-oneself", "no worker notes themselves");
        let given = |entry: &DeskEntry| {
            let (cx, id) =
                (kernel::Context::new(actor.clone(), entry.begun, 480, kernel::Chance::seeded(1)), entry.id.clone());
            town.db.read_wait(move |s| consents::given(s, &cx, &id)).unwrap()
        };
        let list = given(&entry);
        assert_eq!(list.len(), 1);
        assert_eq!((list[0].name.as_str(), list[0].consent.how.as_str()), ("陈小玲", "desk"));
        assert_eq!(list[0].consent.source, Source::Paper);
        let consent = list[0].consent.id.clone();
        // somebody else's entry ends nothing of hers
        let other = begin_at(town, &actor, &town.yijing, paper("赵叔")).unwrap();
        let end = |entry: &DeskEntry| {
            let (id, consent) = (entry.id.clone(), consent.clone());
            town.act(&actor, 0, move |tx, cx| consents::end(tx, cx, &id, &consent))
        };
        assert_eq!(refused(end(&other)).code, "consent-not-found");
        end(&entry).unwrap();
        assert!(given(&entry).is_empty());
        let (_, sun) = worker(town, &town.yijing, "孙工");
        let id = entry.id.clone();
        let foreign = town.act(&sun, 0, move |tx, cx| consents::give(tx, cx, &id, (Purpose::ShowName, None)));
        assert_eq!(refused(foreign).code, "desk-not-found");
        assert_eq!((town.count_told("consent.given"), town.count_told("consent.ended")), (1, 1));
    });
}
