//! The roll: from residents or from a file, frozen, hung out, thawed.

use std::collections::BTreeSet;

use db::{Db, Fault, Statement, Tx};
use kernel::{Actor, Context, PersonId};
use matters::notice;
use people::{
    VoterKey,
    commands::register::{RegisterPerson, register},
    resident,
};
use polls::{
    Choice, DraftPoll, PollId, State, Vote, queries,
    roll::{
        freeze,
        letters::{self, Letter},
        returned, strike,
    },
};

use super::support::{Asked, each_engine, motion, refused};

const AGREE: Choice = Choice::Motion(Vote::Agree);

static VERIFY: Statement = Statement {
    name: "VERIFY",
    module: "stories",
    sql: "INSERT INTO contacts (kind, contact, slot, person, home, added_at, verified_day) \
          VALUES ('phone', ?1, ?2, ?3, ?4, 0, '2026-01-01')",
};

/// Residents of the poll's place, by their flats.
fn settled(db: &Db, asked: &Asked, n: usize) -> Vec<PersonId> {
    let list: String = (0..n).map(|n| format!("居民{n},1-{n},居民\n")).collect();
    let (rows, _) = resident::sheet::parse(format!("姓名,门牌,身份\n{list}房东,9-9,业主\n").as_bytes()).unwrap();
    let place = asked.place.clone();
    asked.act(Actor::Operator, move |tx, cx| resident::import::import(tx, cx, &place, &rows)).unwrap();
    let place = asked.place.clone();
    let found = db.read_wait(move |s| resident::queries::dwellers(s, &place, "", ("", ""), 500)).unwrap();
    found.into_iter().map(|d| d.person).collect()
}

#[test]
fn residents_vote_by_account_or_by_letter_and_owners_elsewhere_do_not() {
    each_engine(|db| {
        let asked = Asked::draft(db, &motion());
        let persons = settled(db, &asked, 4);
        assert_eq!(asked.take_residents().unwrap(), 4);
        assert_eq!(asked.take_residents().unwrap(), 0, "sent again");
        assert_eq!(refused(asked.take("甲,1-1,,\n")), "roll-other-source");
        assert_eq!(asked.freeze().unwrap().voters, 4);
        asked.open_poll().unwrap();
        let drawn = sent(&asked, "");
        assert_eq!(drawn.len(), 4);
        let codes: BTreeSet<&str> = drawn.iter().map(|letter| letter.code.as_str()).collect();
        assert_eq!(codes.len(), 4);
        asked.cast_mine(&persons[0], &AGREE).unwrap();
        assert_eq!(refused(asked.cast_mine(&persons[0], &AGREE)), "already-voted");
        let stranger: PersonId = "1-0000000000000000000z".parse().unwrap();
        assert_eq!(refused(asked.cast_mine(&stranger, &AGREE)), "not-on-the-roll");
        let own = VoterKey::of_person(asked.poll.as_str(), &persons[0]);
        let voted = drawn.iter().find(|letter| letter.to.voter == own).unwrap();
        assert_eq!(refused(asked.cast_code(&voted.code, &AGREE, None)), "already-voted");
        // drawn again, the earlier codes are worthless, and who has voted gets none
        let again = sent(&asked, "");
        assert_eq!(again.len(), 3);
        let replaced = drawn.iter().find(|letter| letter.to.voter == again[1].to.voter).unwrap();
        assert_eq!(refused(asked.cast_code(&replaced.code, &AGREE, None)), "not-on-the-roll");
        let other = &again[0];
        asked.cast_code(&other.code, &AGREE, None).unwrap();
        assert_eq!(asked.traces(), (2, 2));
        let log: String = asked.log().iter().map(|e| String::from_utf8_lossy(&e.leaf).into_owned()).collect();
        assert!(codes.iter().all(|code| !log.contains(code)) && !log.contains("居民1"));
    });
}

#[test]
fn name_and_verified_telephone_open_a_row_of_the_file_and_neither_alone_does() {
    each_engine(|db| {
        let rows =
            "甲,1-1,,13900000001\n乙,1-2,,13900000002\n丙,1-3,,13900000002\n丁,1-4,,13900000004\n丁,2-4,,13900000004\n";
        let asked = Asked::open(db, &motion(), rows);
        let person = |name: &str, contact: &'static str, slot: i64| -> PersonId {
            let new = RegisterPerson { place: asked.place.to_string(), name: name.into() };
            let home = asked.place.home();
            let who = asked.act(Actor::Operator, move |tx, cx| register(tx, cx, home, &new)).unwrap();
            let of = who.clone();
            asked
                .act(Actor::Operator, move |tx, _| {
                    tx.execute(&VERIFY, db::params![contact, slot, &of, of.home()]).map_err(db::Fault::from)
                })
                .unwrap();
            who
        };
        let letter = sent(&asked, "1-1").remove(0);
        asked.cast_mine(&person("甲", "13900000001", 1), &AGREE).unwrap();
        assert_eq!(refused(asked.cast_code(&letter.code, &AGREE, None)), "already-voted");
        // one telephone of a family: the name tells the rows apart
        asked.cast_mine(&person("乙", "13900000002", 1), &AGREE).unwrap();
        assert_eq!(refused(asked.cast_mine(&person("戊", "13900000002", 2), &AGREE)), "not-on-the-roll");
        assert_eq!(refused(asked.cast_mine(&person("丙", "13900000009", 1), &AGREE)), "not-on-the-roll");
        // two rows of one name and telephone: nobody can tell which is theirs
        assert_eq!(refused(asked.cast_mine(&person("丁", "13900000004", 1), &AGREE)), "not-on-the-roll");
        assert_eq!(asked.traces(), (2, 2));
    });
}

/// Letters to flats that begin like this.
fn sent(asked: &Asked, flat: &'static str) -> Vec<Letter> {
    draw(asked, move |tx, cx, id| letters::letters(tx, cx, id, letters::To::Flats(flat, ("", &[]))))
}

fn draw(
    asked: &Asked,
    mut letters: impl FnMut(&mut Tx<'_>, &mut Context, &PollId) -> Result<Vec<Letter>, Fault> + Send + 'static,
) -> Vec<Letter> {
    let id = asked.poll.clone();
    asked.act(Actor::Operator, move |tx, cx| letters(tx, cx, &id)).unwrap()
}

fn by_building(asked: &Asked) -> Vec<(String, [u64; 5])> {
    let id = asked.poll.clone();
    let found = asked.db.read_wait(move |s| queries::letters(s, &id)).unwrap();
    found.into_iter().map(|b| (b.name, [b.voters, b.printed, b.again, b.returned, b.without])).collect()
}

#[test]
fn letters_are_printed_by_building_and_one_that_came_back_opens_nothing() {
    each_engine(|db| {
        let rows: String = (0..205).map(|n| format!("居民{n},1-{n:03},,\n")).collect();
        let asked = Asked::open(db, &motion(), &format!("{rows}甲,2-101,,\n乙,2-102,,\n丙,平房,,\n"));
        assert_eq!(
            by_building(&asked),
            [(String::new(), [1, 0, 0, 0, 1]), ("1".into(), [205, 0, 0, 0, 205]), ("2".into(), [2, 0, 0, 0, 2])]
        );
        let of = |building: &'static str| {
            draw(&asked, move |tx, cx, id| letters::letters(tx, cx, id, letters::To::Without(Some(building))))
        };
        let (first, second, third) = (of("1"), of("1"), of("1"));
        assert_eq!([first.len(), second.len(), third.len()], [200, 5, 0], "a file is bounded, and nobody gets two");
        let two = of("2");
        asked.cast_code(&two[0].code, &AGREE, None).unwrap();
        // one that came back: its code is worthless, whoever has the letter now
        let (id, back) = (asked.poll.clone(), two[1].to.voter);
        let note = move |voter: VoterKey| {
            let id = id.clone();
            move |tx: &mut Tx<'_>, cx: &mut Context| returned::returned(tx, cx, &id, voter)
        };
        asked.act(Actor::Operator, note(back)).unwrap();
        asked.act(Actor::Operator, note(back)).unwrap();
        assert_eq!(refused(asked.act(Actor::Operator, note(VoterKey([7; 32])))), "not-on-the-roll");
        let unsent = asked.row("平房", "丙");
        assert_eq!(refused(asked.act(Actor::Operator, note(unsent))), "no-letter");
        assert_eq!(refused(asked.act(Actor::Visitor, note(back))), "sign-in-first");
        assert_eq!(refused(asked.cast_code(&two[1].code, &AGREE, None)), "not-on-the-roll");
        assert_eq!(by_building(&asked)[2], ("2".into(), [2, 2, 0, 1, 0]));
        let id = asked.poll.clone();
        let list = db.read_wait(move |s| queries::returned_letters(s, &id, ("", &[]))).unwrap();
        assert_eq!(list.iter().map(|row| row.flat.as_str()).collect::<Vec<_>>(), ["2-102"]);
        // a second letter opens the ballot again
        let again = draw(&asked, move |tx, cx, id| letters::letters(tx, cx, id, letters::To::One(back))).remove(0);
        assert_eq!(by_building(&asked)[2], ("2".into(), [2, 2, 1, 0, 0]));
        asked.cast_code(&again.code, &AGREE, None).unwrap();
        let rest = draw(&asked, |tx, cx, id| letters::letters(tx, cx, id, letters::To::Without(None)));
        assert_eq!(rest.len(), 1, "the one whose flat names no building");
        let log: String = asked.log().iter().map(|e| String::from_utf8_lossy(&e.leaf).into_owned()).collect();
        assert_eq!(log.matches("roll.letter-returned").count(), 1);
        assert!(!log.contains("2-102") && !log.contains(&again.code));
    });
}

#[test]
fn an_objection_that_is_right_thaws_the_roll_and_it_hangs_anew() {
    each_engine(|db| {
        let days = DraftPoll { opens: "2026-11-26".into(), closes: "2026-12-20".into(), ..motion() };
        let asked = Asked::draft(db, &DraftPoll { roll_days: 3, ..days });
        asked.take("甲,1-1,,\n乙,1-2,,\n").unwrap();
        let frozen = asked.freeze().unwrap();
        let posted = frozen.notice.clone().unwrap();
        let thaw = |reason: &'static str| {
            let id = asked.poll.clone();
            asked.act(Actor::Operator, move |tx, cx| freeze::thaw(tx, cx, &id, reason))
        };
        assert_eq!(refused(thaw("")), "invalid-input");
        assert_eq!(stands(&asked, &posted), (notice::State::Posted, String::new()), "nothing is half done");
        let (of, withdrawn) = (posted, "名册有误".to_owned());
        asked
            .act(Actor::Operator, move |tx, cx| {
                let input = notice::withdraw::Withdrawal { reason: withdrawn.clone() };
                notice::withdraw::withdraw(tx, cx, &of, &input)
            })
            .unwrap();
        assert_eq!(refused(asked.open_poll()), "roll-notice-withdrawn");
        assert_eq!(refused(thaw("")), "invalid-input");
        assert_eq!(thaw("乙搬走了").unwrap().state, State::Draft);
        let (id, gone) = (asked.poll.clone(), asked.row("1-2", "乙"));
        let strike = move || {
            let id = id.clone();
            asked
                .act(Actor::Operator, move |tx, cx| strike::strike(tx, cx, &id, gone, "搬走了"))
                .map(|()| asked.clone())
        };
        let asked = strike().unwrap();
        assert_eq!(refused(strike().map(|_| ())), "not-on-the-roll");
        let frozen = asked.freeze().unwrap();
        assert_eq!(frozen.voters, 1);
        asked.later(10);
        let posted = frozen.notice.unwrap();
        asked.act(Actor::Operator, move |tx, cx| notice::end::end(tx, cx, &posted)).unwrap();
        asked.open_poll().unwrap();
        asked.cast_code(&asked.code("1-1", "甲"), &AGREE, None).unwrap();
        let counted = asked.end_at(40);
        assert_eq!(counted.poll.voters, 1);
        assert_eq!(asked.recomputed(), (1, vec![]));
    });
}

#[test]
fn the_same_file_again_changes_nothing_and_a_corrected_one_corrects() {
    each_engine(|db| {
        let input = DraftPoll { template: "statutes".into(), base: "roll".into(), quorum: String::new(), ..motion() };
        let asked = Asked::draft(db, &input);
        assert_eq!(asked.take("甲,1-1,2,\n乙,1-2,3,\n").unwrap(), 2);
        assert_eq!(asked.take("甲,1-1,2,\n乙,1-2,3,\n").unwrap(), 0);
        assert_eq!(asked.take("甲,1-1,5,\n").unwrap(), 0);
        let frozen = asked.freeze().unwrap();
        assert_eq!((frozen.voters, frozen.weight), (2, 8));
        let id = asked.poll.clone();
        let answer =
            asked.act(Actor::Visitor, move |tx, cx| letters::letters(tx, cx, &id, letters::To::Flats("", ("", &[]))));
        assert_eq!(refused(answer), "sign-in-first");
    });
}

/// Where a notice stands, and why it was withdrawn.
fn stands(asked: &Asked, id: &notice::NoticeId) -> (notice::State, String) {
    let id = id.clone();
    let found = asked.db.read_wait(move |s| notice::queries::notice(s, &id)).unwrap();
    (found.state, found.reason)
}

#[test]
fn a_poll_back_to_a_draft_withdraws_the_notice_of_its_roll_with_the_same_reason() {
    each_engine(|db| {
        let days = DraftPoll { opens: "2026-11-26".into(), closes: "2026-12-20".into(), ..motion() };
        let asked = Asked::draft(db, &DraftPoll { roll_days: 3, ..days });
        asked.take("甲,1-1,,\n").unwrap();
        let posted = asked.freeze().unwrap().notice.unwrap();
        let thaw = |who: Actor| {
            let id = asked.poll.clone();
            asked.act(who, move |tx, cx| freeze::thaw(tx, cx, &id, "日子写错了"))
        };
        assert_eq!(refused(thaw(Actor::Visitor)), "sign-in-first");
        let thawed = thaw(super::ways::worker(&asked, 1)).unwrap();
        assert_eq!((thawed.state, thawed.notice), (State::Draft, None));
        assert_eq!(stands(&asked, &posted), (notice::State::Withdrawn, "日子写错了".into()));
        assert_eq!(refused(thaw(Actor::Operator)), "wrong-poll-state");
        let log: String = asked.log().iter().map(|e| String::from_utf8_lossy(&e.leaf).into_owned()).collect();
        assert_eq!((log.matches("poll.thawed").count(), log.matches("notice.withdrawn").count()), (1, 1));
        assert!(!log.contains("日子写错了"));
    });
}

#[test]
fn a_roll_that_hangs_beyond_the_first_day_is_not_frozen() {
    each_engine(|db| {
        let with =
            |opens: &str| DraftPoll { roll_days: 3, opens: opens.into(), closes: "2026-11-27".into(), ..motion() };
        // frozen on the 22nd it hangs to the end of the 25th
        let asked = Asked::draft(db, &with("2026-11-25"));
        asked.take("甲,1-1,,\n").unwrap();
        let Err(Fault::Refused(refusal)) = asked.freeze() else { panic!("it hangs too long") };
        assert_eq!(refusal.code, "roll-hangs-too-long");
        let told = format!("{:?}", refusal.args);
        for day in ["2026-11-25", "2026-11-26"] {
            assert!(told.contains(day), "{told}");
        }
        assert_eq!(asked.read().state, State::Draft);
        let id = asked.poll.clone();
        let about = db.read_wait(move |s| notice::queries::about(s, id.home(), "poll", id.as_str())).unwrap();
        assert!(about.is_empty(), "no notice is left hanging");
        let (id, poll) = (asked.poll.clone(), asked.read());
        let hangs = db
            .read_wait(move |s| queries::hangs(s, &poll, &kernel::Day::parse("2026-11-22").unwrap()))
            .unwrap()
            .unwrap();
        assert_eq!((hangs.until.as_str(), hangs.first.as_str()), ("2026-11-25", "2026-11-26"));
        let input = polls::commands::change::ChangePoll {
            revision: asked.read().revision,
            poll: DraftPoll { place: asked.place.to_string(), ..with("2026-11-26") },
        };
        asked.act(Actor::Operator, move |tx, cx| polls::commands::change::change(tx, cx, &id, &input)).unwrap();
        let posted = asked.freeze().unwrap().notice.unwrap();
        assert_eq!(refused(asked.open_poll()), "roll-still-hangs");
        asked.later(4);
        asked.act(Actor::Operator, move |tx, cx| notice::end::end(tx, cx, &posted)).unwrap();
        asked.open_poll().unwrap();
        asked.cast_code(&asked.code("1-1", "甲"), &AGREE, None).unwrap();
    });
}
