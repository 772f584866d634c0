//! What accounts promise, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod support;

use kernel::{Actor, PersonId, Site};
use people::account::{
    self, VerifiedHow,
    add_contact::add_contact,
    ask::{FROM_ONE_IN_DAY, FROM_ONE_IN_HOUR, IN_DAY, IN_HOUR, Purpose, TRIES},
    enter::Who,
    erasure::ask_erasure,
    password::{self, PasswordSignIn},
    prove::Proved,
    register::{Register, register},
    remove_contact::remove_contact,
    rename::{Rename, rename},
    rules,
    set_password::{SetPassword, set_password},
    settings::{View, settings},
    verify::{Verify, verify},
};
use support::*;

const PHONE: &str = "13900000001";
const MAIL: &str = "wang@example.org";

#[test]
fn a_phone_becomes_an_account_and_the_same_phone_comes_back_to_it() {
    each_engine(|db| {
        let (root, _) = places(db);
        let (token, person) = sign_up(db, START, "+86 139 0000 0001", "王芳");
        let mine = account(db, &person);
        assert_eq!((mine.name.as_str(), mine.verified, mine.place), ("王芳", VerifiedHow::Phone, root));
        let entry = enters(db, &token, START).unwrap();
        assert!(entry.principal.verified && entry.name == "王芳");
        let cx = at(START + HOUR, Actor::Visitor);
        let again = ticket(db, &cx, PHONE, Purpose::SignIn);
        let key = again.clone();
        let (_, persons) = db.read_wait(move |s| account::enter::choices(s, &cx, &key)).unwrap();
        assert_eq!(persons, std::slice::from_ref(&person));
        let cx = at(START + HOUR, Actor::Visitor);
        let (other, same) = come_in(db, &cx, &again, Who::Known(person.clone())).unwrap();
        assert!(same == person && other != token, "a new token each time");
        assert!(enters(db, &token, START + HOUR).is_some(), "the earlier session stays");
        assert_eq!(told(db), ["account.verified", "person.registered"]);
        let log = leaves(db);
        assert!(!log.contains("王芳") && !log.contains("1390000"), "{log}");
    });
}

#[test]
fn asking_tells_nothing_about_who_is_known() {
    each_engine(|db| {
        places(db);
        sign_up(db, START, PHONE, "王芳");
        let answer = |contact: &str| {
            let cx = at(START + HOUR, Actor::Visitor);
            code(db, &cx, contact, Purpose::SignIn).map(|asked| (asked.code.len(), asked.challenge.len()))
        };
        assert_eq!(answer(PHONE), answer("13900000099"));
        let wrong = |contact: &str| {
            let cx = at(START + HOUR, Actor::Visitor);
            let asked = code(db, &cx, contact, Purpose::SignIn).unwrap();
            try_code(db, &cx, contact, &asked.typed("000000"), Purpose::SignIn).unwrap()
        };
        // one in a million is right
        assert_eq!(wrong(PHONE), wrong("13900000099"));
    });
}

#[test]
fn a_code_tried_a_thousand_times_at_once_is_tried_five_times() {
    each_engine(|db| {
        places(db);
        let cx = at(START, Actor::Visitor);
        let right = code(db, &cx, PHONE, Purpose::SignIn).unwrap();
        let (compared, gone): (usize, usize) = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..20)
                .map(|hand| {
                    let (cx, right) = (at(START, Actor::Visitor), right.clone());
                    scope.spawn(move || {
                        let mut counts = (0, 0);
                        for n in 0..50 {
                            let guess = format!("{:06}", hand * 50 + n);
                            if guess == right.code {
                                continue;
                            }
                            match try_code(db, &cx, PHONE, &right.typed(&guess), Purpose::SignIn).unwrap() {
                                Proved::Wrong { .. } => counts.0 += 1,
                                _ => counts.1 += 1,
                            }
                        }
                        counts
                    })
                })
                .collect();
            hands.into_iter().map(|h| h.join().unwrap()).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
        });
        assert_eq!(compared, usize::try_from(TRIES).unwrap());
        assert!(gone > 900);
        assert_eq!(try_code(db, &cx, PHONE, &right, Purpose::SignIn).unwrap(), Proved::Gone, "also for the right one");
    });
}

#[test]
fn codes_end_by_time_and_by_a_clock_that_goes_back() {
    each_engine(|db| {
        places(db);
        let go = |now: i64, code: &Asked| try_code(db, &at(now, Actor::Visitor), PHONE, code, Purpose::SignIn).unwrap();
        let send = |now: i64| code(db, &at(now, Actor::Visitor), PHONE, Purpose::SignIn).unwrap();
        let first = send(START);
        assert_eq!(go(START + 10 * MINUTE, &first), Proved::Gone);
        assert!(matches!(go(START + 10 * MINUTE - 1, &first), Proved::Right(_)));
        let new = send(START + 21 * MINUTE);
        assert_eq!(go(START, &new), Proved::Gone, "a code from the future is none");
        assert!(matches!(go(START + 22 * MINUTE, &new), Proved::Right(_)));
    });
}

#[test]
fn a_stranger_neither_ends_nor_uses_up_the_code_that_somebody_waits_for() {
    each_engine(|db| {
        places(db);
        let send = || code(db, &at(START, Actor::Visitor), PHONE, Purpose::SignIn).unwrap();
        let go = |asked: &Asked| try_code(db, &at(START, Actor::Visitor), PHONE, asked, Purpose::SignIn).unwrap();
        let hers = send();
        let his = send();
        let wrong = if hers.code == "123456" || his.code == "123456" { "123457" } else { "123456" };
        for left in (0..TRIES).rev() {
            assert_eq!(go(&his.typed(wrong)), Proved::Wrong { left });
        }
        assert_eq!(go(&his), Proved::Gone, "his tries are used up");
        if hers.code != his.code {
            let crossed = send();
            assert_eq!(go(&crossed.typed(&hers.code)), Proved::Wrong { left: TRIES - 1 }, "her code in his browser");
        }
        for none in ["", "0", &"0".repeat(64), &"x".repeat(1_000_000)] {
            assert_eq!(go(&Asked { challenge: none.into(), code: hers.code.clone() }), Proved::Gone);
        }
        let other = try_code(db, &at(START, Actor::Visitor), "13900000002", &hers, Purpose::SignIn).unwrap();
        assert_eq!(other, Proved::Gone, "a challenge belongs to one contact");
        assert!(matches!(go(&hers), Proved::Right(_)), "and hers is still good");
        let his = send();
        let ticket = go(&his).ticket().unwrap();
        come_in(db, &at(START, Actor::Visitor), &ticket, named("王芳")).unwrap();
        let ticket = go(&hers).ticket().unwrap();
        assert!(come_in(db, &at(START, Actor::Visitor), &ticket, named("王芳")).is_ok(), "each ticket serves once");
    });
}

#[test]
fn who_asks_again_and_again_from_one_network_leaves_codes_to_others_and_no_more_than_that() {
    each_engine(|db| {
        places(db);
        let ask = |minute: i64, from: [u8; 4]| {
            let cx = at(START + minute * MINUTE, Actor::Visitor);
            code_from(db, &cx, PHONE, Purpose::SignIn, Some(from.into())).map(|_| ()).map_err(|f| f.to_string())
        };
        let (stranger, hers) = ([203, 0, 113, 7], [198, 51, 100, 9]);
        let sent = (0..10).filter(|n| ask(*n, stranger).is_ok()).count();
        assert_eq!(sent, usize::try_from(FROM_ONE_IN_HOUR).unwrap());
        assert!(ask(11, hers).is_ok() && ask(12, hers).is_ok(), "a refused one counts for nobody");
        assert!(ask(13, hers).is_err(), "five an hour, from wherever");
        // hour after hour
        let sent = (1..10).filter(|n| ask(61 * n + 13, stranger).is_ok()).count();
        assert!(sent < usize::try_from(FROM_ONE_IN_DAY).unwrap(), "{sent}");
        assert!(ask(61 * 10, hers).is_ok());
    });
}

#[test]
fn a_double_tap_is_one_sign_in_and_a_used_code_opens_nothing_later() {
    each_engine(|db| {
        places(db);
        let cx = at(START, Actor::Visitor);
        let right = code(db, &cx, PHONE, Purpose::SignIn).unwrap();
        let one = try_code(db, &cx, PHONE, &right, Purpose::SignIn).unwrap().ticket().unwrap();
        let two = try_code(db, &cx, PHONE, &right, Purpose::SignIn).unwrap().ticket().unwrap();
        assert_eq!(one, two);
        let first = come_in(db, &at(START, Actor::Visitor), &one, named("王芳")).unwrap();
        let second = come_in(db, &at(START + SECOND, Actor::Visitor), &two, named("王芳")).unwrap();
        assert_eq!(first, second, "the same person and the same session");
        let later = at(START + 2 * MINUTE, Actor::Visitor);
        assert_eq!(try_code(db, &later, PHONE, &right, Purpose::SignIn).unwrap(), Proved::Gone);
        assert_eq!(refused(come_in(db, &later, &one, Who::Known(first.1.clone()))), "code-gone");
        assert_eq!(told(db).iter().filter(|kind| *kind == "person.registered").count(), 1);
    });
}

#[test]
fn many_who_come_in_with_one_ticket_are_one_person() {
    each_engine(|db| {
        places(db);
        let ticket = ticket(db, &at(START, Actor::Visitor), PHONE, Purpose::SignIn);
        let persons: Vec<PersonId> = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..8)
                .map(|_| {
                    let ticket = ticket.clone();
                    scope.spawn(move || come_in(db, &at(START, Actor::Visitor), &ticket, named("王芳")))
                })
                .collect();
            hands.into_iter().filter_map(|hand| hand.join().unwrap().ok()).map(|(_, person)| person).collect()
        });
        assert!(!persons.is_empty() && persons.iter().all(|p| *p == persons[0]), "{persons:?}");
        assert_eq!(told(db).iter().filter(|kind| *kind == "person.registered").count(), 1);
    });
}

#[test]
fn a_contact_gets_five_codes_an_hour_and_twenty_a_day() {
    each_engine(|db| {
        places(db);
        let mut sent = 0;
        for hour in 0..10 {
            for n in 0..10 {
                let cx = at(START + hour * HOUR + hour * MINUTE + n * SECOND, Actor::Visitor);
                match code(db, &cx, PHONE, Purpose::SignIn) {
                    Ok(_) => sent += 1,
                    Err(fault) => assert!(fault.is_refusal("too-many-codes"), "{fault}"),
                }
                if hour == 0 {
                    assert_eq!(sent, (n + 1).min(i64::from(IN_HOUR)));
                }
            }
        }
        assert_eq!(sent, i64::from(IN_DAY));
        assert!(code(db, &at(START + 25 * HOUR, Actor::Visitor), PHONE, Purpose::SignIn).is_ok());
        assert!(code(db, &at(START, Actor::Visitor), "13900000002", Purpose::SignIn).is_ok(), "others are not touched");
    });
}

#[test]
fn many_who_ask_at_once_get_five_codes() {
    each_engine(|db| {
        places(db);
        let sent: usize = std::thread::scope(|scope| {
            let hand = |_| scope.spawn(|| code(db, &at(START, Actor::Visitor), PHONE, Purpose::SignIn).is_ok());
            let hands: Vec<_> = (0..16).map(hand).collect();
            hands.into_iter().filter(|_| true).map(|hand| usize::from(hand.join().unwrap())).sum()
        });
        assert_eq!(sent, usize::try_from(IN_HOUR).unwrap());
    });
}

#[test]
fn one_phone_serves_eight_persons_and_no_ninth() {
    each_engine(|db| {
        places(db);
        let mut persons = Vec::new();
        for n in 0..8_i64 {
            persons.push(sign_up(db, START + n * DAY, PHONE, &format!("家人{n}")).1);
        }
        persons.sort();
        persons.dedup();
        assert_eq!(persons.len(), 8);
        let cx = at(START + 9 * DAY, Actor::Visitor);
        let full = ticket(db, &cx, PHONE, Purpose::SignIn);
        assert_eq!(refused(come_in(db, &cx, &full, named("家人九"))), "contact-full");
        assert!(come_in(db, &cx, &full, Who::Known(persons[3].clone())).is_ok(), "who is there comes in");
        let (_, stranger) = sign_up(db, START + 9 * DAY, "13900000002", "生人");
        let cx = at(START + 10 * DAY, Actor::Visitor);
        let other = ticket(db, &cx, PHONE, Purpose::SignIn);
        assert_eq!(refused(come_in(db, &cx, &other, Who::Known(stranger))), "not-on-this-contact");
    });
}

#[test]
fn somebody_whom_the_desk_registered_comes_in_by_name_and_a_stranger_with_the_number_does_not() {
    each_engine(|db| {
        let (_, community) = places(db);
        let site = site_of(db, &community);
        let desk = at(START, worker(&community));
        let input = Register { name: "李桂英".into(), contact: PHONE.into() };
        let (s, i) = (site.clone(), input.clone());
        let person = act(db, &desk, move |tx, cx| register(tx, cx, &s, &i)).unwrap();
        let again = act(db, &desk, move |tx, cx| register(tx, cx, &site, &input)).unwrap();
        assert_eq!(again, person, "the same name on the same telephone");
        assert_eq!(account(db, &person).verified, VerifiedHow::No);
        let cx = at(START + HOUR, Actor::Visitor);
        let t = ticket(db, &cx, PHONE, Purpose::SignIn);
        let (c, key) = (cx.clone(), t.clone());
        let (_, shown) = db.read_wait(move |s| account::enter::choices(s, &c, &key)).unwrap();
        assert!(shown.is_empty(), "the roll tells nobody's name");
        assert_eq!(refused(come_in(db, &cx, &t, Who::Known(person.clone()))), "not-on-this-contact");
        let (_, found) = come_in(db, &cx, &t, named(" 李 桂英")).unwrap();
        assert_eq!(found, person);
        assert_eq!(account(db, &person).verified, VerifiedHow::Phone);
        let (_, new) = sign_up(db, START + 2 * HOUR, PHONE, "新机主");
        assert_ne!(new, person);
    });
}

fn site_of(db: &db::Db, place: &kernel::PlaceId) -> Site {
    let place = place.clone();
    db.read_wait(move |s| places::site(s, &place)).unwrap().unwrap()
}

#[test]
fn mail_does_not_verify_and_a_phone_added_later_does() {
    each_engine(|db| {
        places(db);
        let (token, person) = sign_up(db, START, MAIL, "王芳");
        assert_eq!(account(db, &person).verified, VerifiedHow::Email);
        assert!(!enters(db, &token, START).unwrap().principal.verified);
        let me = at(START + MINUTE, signed_in(&person));
        let t = ticket(db, &me, PHONE, Purpose::AddContact);
        let stranger = sign_up(db, START + MINUTE, "13900000009", "别人").1;
        let key = t.clone();
        let foreign = act(db, &at(START + MINUTE, signed_in(&stranger)), move |tx, cx| add_contact(tx, cx, &key));
        assert_eq!(refused(foreign), "code-gone", "a ticket serves who asked for it");
        let key = t.clone();
        act(db, &me, move |tx, cx| add_contact(tx, cx, &key)).unwrap();
        assert!(enters(db, &token, START).unwrap().principal.verified);
        act(db, &me, |tx, cx| remove_contact(tx, cx, PHONE)).unwrap();
        assert_eq!(account(db, &person).verified, VerifiedHow::Email, "with the telephone goes what it proved");
        assert_eq!(refused(act(db, &me, |tx, cx| remove_contact(tx, cx, MAIL))), "last-contact");
        let visitor = at(START, Actor::Visitor);
        assert_eq!(refused(code(db, &visitor, PHONE, Purpose::AddContact)), "sign-in-first");
    });
}

#[test]
fn the_desk_verifies_whom_it_sees_and_never_itself() {
    each_engine(|db| {
        let (_, community) = places(db);
        let site = site_of(db, &community);
        let desk = at(START, worker(&community));
        let (s, input) = (site.clone(), Register { name: "张大爷".into(), contact: String::new() });
        let person = act(db, &desk, move |tx, cx| register(tx, cx, &s, &input)).unwrap();
        let go = |cx: &kernel::Context, person: &PersonId, document: &str| {
            let (s, p, input) = (site.clone(), person.clone(), Verify { document: document.into() });
            act(db, cx, move |tx, cx| verify(tx, cx, &s, &p, &input))
        };
        assert_eq!(refusal(go(&desk, &person, "library-card")).fields[0].code, "unknown-choice");
        assert_eq!(refused(go(&at(START, signed_in(&person)), &person, "id-card")), "not-allowed");
        assert_eq!(refused(go(&desk, desk.actor.person().unwrap(), "id-card")), "not-oneself");
        go(&desk, &person, "id-card").unwrap();
        go(&desk, &person, "id-card").unwrap();
        assert_eq!(account(db, &person).verified, VerifiedHow::Desk);
        assert_eq!(told(db), ["account.verified", "person.registered"]);
        let me = at(START, signed_in(&person));
        let named = |name: &str, shown: &str| Rename { name: name.into(), shown_name: shown.into() };
        let (same, other) = (named("张大爷", "老张"), named("张三", "老张"));
        act(db, &me, move |tx, cx| rename(tx, cx, &same)).unwrap();
        assert_eq!(account(db, &person).verified, VerifiedHow::Desk);
        act(db, &me, move |tx, cx| rename(tx, cx, &other)).unwrap();
        assert_eq!(account(db, &person).verified, VerifiedHow::No, "what was checked was another name");
    });
}

#[test]
fn names_and_choices_are_bounded() {
    each_engine(|db| {
        places(db);
        let (_, person) = sign_up(db, START, PHONE, "王芳");
        let me = at(START, signed_in(&person));
        for (name, shown, field) in [
            ("长".repeat(10_000), String::new(), "name"),
            (String::new(), String::new(), "name"),
            ("王\u{0}芳".into(), String::new(), "name"),
            ("王芳".into(), "长".repeat(31), "shown-name"),
        ] {
            let input = Rename { name, shown_name: shown };
            assert_eq!(refusal(act(db, &me, move |tx, cx| rename(tx, cx, &input))).fields[0].field, field);
        }
        let long = at(START + DAY, Actor::Visitor);
        let t = ticket(db, &long, "13900000007", Purpose::SignIn);
        assert_eq!(refused(come_in(db, &long, &t, named(&"长".repeat(10_000)))), "invalid-input");
        for contact in ["", "12345", &"1".repeat(10_000)] {
            assert_eq!(refused(code(db, &long, contact, Purpose::SignIn)), "invalid-input");
        }
        let input = View { language: "tlh".into(), view: "huge".into() };
        assert_eq!(refusal(act(db, &me, move |tx, cx| settings(tx, cx, &input))).fields.len(), 2);
        let input = View { language: "ko".into(), view: "elder".into() };
        act(db, &me, move |tx, cx| settings(tx, cx, &input)).unwrap();
        assert_eq!((account(db, &person).language.as_str(), account(db, &person).elder), ("ko", Some(true)));
    });
}

#[test]
fn a_password_opens_is_counted_and_locks() {
    each_engine(|db| {
        places(db);
        let (token, person) = sign_up(db, START, PHONE, "王芳");
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let go = |now: i64, contact: &str, password: &str| {
            let input = PasswordSignIn { contact: contact.into(), password: password.into(), device: "x".into() };
            runtime.block_on(password::sign_in(db, &at(now, Actor::Visitor), &input))
        };
        assert_eq!(refused(go(START, PHONE, "")), "wrong-password", "nobody has none");
        let me = at(START, signed_in(&person));
        let (_, contacts) = db
            .read_wait({
                let me = me.clone();
                move |s| account::queries::mine(s, &me)
            })
            .unwrap();
        assert!(rules::password("password", "password", &contacts).is_err());
        let hashed =
            runtime.block_on(password::hash("槐树下的老井很甜".into(), &mut at(START, Actor::Visitor).chance)).unwrap();
        assert!(!hashed.as_str().contains("槐树") && hashed.as_str().starts_with("argon2id$19456$2$1$"));
        let other = sign_in_again(db, &person);
        let input = SetPassword { password: Some(hashed), end_others: Some(token.clone()) };
        act(db, &me, move |tx, cx| set_password(tx, cx, &input)).unwrap();
        assert!(enters(db, &token, START).is_some() && enters(db, &other, START).is_none(), "the others ended");
        assert_eq!(go(START + HOUR, PHONE, "槐树下的老井很甜").unwrap().1, person);
        for n in 0..password::TRIES {
            let now = START + 2 * HOUR + i64::from(n) * SECOND;
            assert_eq!(refused(go(now, PHONE, "wrong wrong")), "wrong-password");
        }
        let now = START + 2 * HOUR + MINUTE;
        assert_eq!(refused(go(now, PHONE, "槐树下的老井很甜")), "too-many-tries", "even the right one");
        assert_eq!(refused(go(now, "13900000044", "槐树下的老井很甜")), "wrong-password", "unknown is as wrong");
        assert!(go(START + 2 * HOUR + 16 * MINUTE, PHONE, "槐树下的老井很甜").is_ok());
        assert_eq!(refused(go(START + 4 * HOUR, PHONE, &"x".repeat(1_000_000))), "wrong-password");
    });
}

fn sign_in_again(db: &db::Db, person: &PersonId) -> people::session::Token {
    let cx = at(START, Actor::Visitor);
    let t = ticket(db, &cx, PHONE, Purpose::SignIn);
    come_in(db, &cx, &t, Who::Known(person.clone())).unwrap().0
}

#[test]
fn passwords_tried_at_once_are_tried_ten_times() {
    each_engine(|db| {
        places(db);
        sign_up(db, START, PHONE, "王芳");
        let tried: usize = std::thread::scope(|scope| {
            let hand = |_| {
                scope.spawn(|| {
                    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
                    let input =
                        PasswordSignIn { contact: PHONE.into(), password: "wrong wrong".into(), device: String::new() };
                    let answer = runtime.block_on(password::sign_in(db, &at(START, Actor::Visitor), &input));
                    usize::from(refused(answer) == "wrong-password")
                })
            };
            let hands: Vec<_> = (0..24).map(hand).collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).sum()
        });
        assert_eq!(tried, usize::try_from(password::TRIES).unwrap());
    });
}

#[test]
fn a_person_takes_their_data_along_and_may_ask_to_be_forgotten() {
    each_engine(|db| {
        places(db);
        let (_, person) = sign_up(db, START, PHONE, "王芳");
        let me = at(START, signed_in(&person));
        act(db, &me, ask_erasure).unwrap();
        act(db, &me, ask_erasure).unwrap();
        let data = db.read_wait(move |s| account::queries::export(s, &me)).unwrap();
        assert_eq!(data["name"], "王芳");
        assert_eq!(data["contacts"][0]["contact"], PHONE);
        assert_eq!(data["sign-ins"].as_array().unwrap().len(), 1);
        assert_eq!(data["sessions"][0]["device"], "微信 · 安卓");
        assert_eq!(data["erasure-asked-day"], "2026-11-22");
        assert_eq!(told(db).iter().filter(|kind| *kind == "account.erasure-asked").count(), 1);
        let visitor = at(START, Actor::Visitor);
        assert_eq!(refused(db.read_wait(move |s| account::queries::export(s, &visitor))), "sign-in-first");
    });
}

static LEFT: db::Statement = db::Statement {
    name: "LEFT",
    module: "stories",
    sql: "SELECT (SELECT count(*) FROM codes) + (SELECT count(*) FROM code_counts), (SELECT count(*) FROM password_tries), \
          (SELECT count(*) FROM sign_ins) /* across homes */",
};

#[test]
fn codes_tries_and_sign_ins_are_forgotten_in_their_time_and_not_before() {
    each_engine(|db| {
        places(db);
        sign_up(db, START, "13900000001", "王芳");
        let cx = at(START, Actor::Visitor);
        let wrong = people::account::password::PasswordSignIn {
            contact: "13900000001".into(),
            password: "wrong wrong".into(),
            device: String::new(),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        assert!(runtime.block_on(people::account::password::sign_in(db, &cx, &wrong)).is_err());
        let purge =
            |now: i64| db.write_wait(move |tx| people::account::purge::purge(tx, kernel::Instant(now))).unwrap();
        let left = || db.read_wait(|s| s.one::<(i64, i64, i64)>(&LEFT, &[])).unwrap();
        assert_eq!((purge(START + 23 * HOUR), left()), (0, (2, 1, 1)));
        assert_eq!((purge(START + 25 * HOUR), left()), (3, (0, 0, 1)));
        assert_eq!((purge(START + 199 * DAY), left()), (0, (0, 0, 1)), "six months and more");
        assert_eq!((purge(START + 201 * DAY), left()), (1, (0, 0, 0)));
    });
}

#[test]
fn purging_is_asked_for_once_and_comes_again_tomorrow() {
    use work::jobs::{Asked, Handler, Job, Outcome};
    struct Late;
    impl kernel::Clock for Late {
        fn now(&self) -> kernel::Instant {
            kernel::Instant(START + 2 * DAY)
        }
    }
    each_engine(|db| {
        places(db);
        sign_up(db, START, "13900000001", "王芳");
        let cx = at(START, Actor::Operator);
        let ask = || act(db, &cx, |tx, cx| Ok(people::Purge::ask(tx, cx)?)).unwrap();
        let Asked::Queued(id) = ask() else { unreachable!("the first is queued") };
        assert_eq!(ask(), Asked::Before);
        let purge = people::Purge { db: db.clone(), clock: std::sync::Arc::new(Late) };
        let payload = "null".into();
        let job = Job { id, kind: purge.kind().into(), payload, attempt: 1, lease_until: kernel::Instant(START) };
        let Ok(Outcome::Later(next)) = purge.run(&job) else { unreachable!("it comes again") };
        assert_eq!(next.0, START + 3 * DAY);
        assert_eq!(db.read_wait(|s| s.one::<(i64, i64, i64)>(&LEFT, &[])).unwrap().0, 0);
    });
}
