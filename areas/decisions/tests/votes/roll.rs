//! Who votes, and by which way: letters, accounts, codes of the roll, turnout.

use std::collections::BTreeSet;
use std::sync::Arc;

use db::{Db, DbError, Fault};
use decisions::{
    Ballot,
    commands::{cast, enrol, enrol_residents, enrol_self, letters},
};
use kernel::{Actor, PersonId, PlaceId, Principal};
use people::{commands::enrol::Voter, resident};
use places::{Level, commands::add};

use super::{
    TWIN, recomputed,
    support::{Paper, Vote, each_engine, refused},
};

pub(super) fn person(id: &PersonId, verified: bool) -> Actor {
    Actor::Person(Arc::new(Principal { person: id.clone(), verified, posts: vec![], seats: vec![] }))
}

/// A vote, and residents of its place: two parts of it, and an owner who lives elsewhere.
pub(super) fn with_residents(db: &Db, n: usize) -> (Vote, Vec<PersonId>) {
    let vote = Vote::open(db, &Paper { voters: 20, ..Paper::default() });
    let season = vote.season.clone();
    let place = db.read_wait(move |s| programmes::season::queries::season(s, &season)).unwrap().place;
    let part = |name: &str| {
        let input = add::AddPlace { parent: Some(place.clone()), level: Level::Community, name: name.into() };
        vote.act(Actor::Operator, move |tx, cx| add::add(tx, cx, &input)).unwrap().id
    };
    let (east, west) = (part("东里社区"), part("西里社区"));
    for (at, from, until) in [(&east, 0, n / 2), (&west, n / 2, n)] {
        let list: String = (from..until).map(|n| format!("居民{n},{}-101,居民\n", n + 1)).collect();
        let (rows, errors) = resident::sheet::parse(format!("姓名,门牌,身份\n{list}").as_bytes()).unwrap();
        assert!(errors.is_empty());
        let at: PlaceId = at.clone();
        vote.act(Actor::Operator, move |tx, cx| resident::import::import(tx, cx, &at, &rows)).unwrap();
    }
    let (rows, _) = resident::sheet::parse("姓名,门牌,身份\n房东,99-909,业主\n".as_bytes()).unwrap();
    let at = east.clone();
    vote.act(Actor::Operator, move |tx, cx| resident::import::import(tx, cx, &at, &rows)).unwrap();
    let found = db.read_wait(move |s| resident::queries::dwellers(s, &place, "", ("", ""), 500)).unwrap();
    assert_eq!(found.len(), n, "who lives there, and no owner");
    (vote, found.into_iter().map(|d| d.person).collect())
}

pub(super) fn printed(vote: &Vote, flat: &str, after: (&str, &str)) -> Vec<letters::Letter> {
    let (season, flat, after) = (vote.season.clone(), flat.to_owned(), (after.0.to_owned(), after.1.to_owned()));
    vote.act(Actor::Operator, move |tx, cx| letters::letters(tx, cx, &season, &flat, (&after.0, &after.1))).unwrap()
}

pub(super) fn cast_mine(vote: &Vote, who: &PersonId, chosen: &[u32]) -> Result<Ballot, Fault> {
    let (season, chosen) = (vote.season.clone(), chosen.to_vec());
    vote.act(person(who, true), move |tx, cx| cast::cast_mine(tx, cx, &season, &chosen, None))
}

pub(super) fn cast_code(vote: &Vote, typed: &str, chosen: &[u32]) -> Result<Ballot, Fault> {
    let (season, code, chosen) = (vote.season.clone(), typed.to_owned(), chosen.to_vec());
    vote.act(Actor::Voter, move |tx, cx| {
        cast::cast_code(tx, cx, &season, &cast::Coded { code: &code, chosen: &chosen, key: None })
    })
}

/// As the API does.
fn enrol_codes(vote: &Vote, list: &[(&str, Option<&PersonId>)]) -> Result<u64, Fault> {
    let season = vote.season.clone();
    let voters: Vec<_> = list.iter().map(|(code, who)| Voter::with_code(season.as_str(), code, who.cloned())).collect();
    vote.act(Actor::Operator, move |tx, cx| enrol::enrol(tx, cx, &season, &voters))
}

pub(super) fn enrol_self(vote: &Vote, who: Actor) -> Result<bool, Fault> {
    let season = vote.season.clone();
    vote.act(who, move |tx, cx| enrol_self::enrol_self(tx, cx, &season))
}

#[test]
fn one_person_has_one_ballot_by_letter_and_by_account() {
    each_engine(|db| {
        let (vote, persons) = with_residents(db, 6);
        let letters = printed(&vote, "", ("", ""));
        assert_eq!(letters.len(), 6);
        let of = |who: &PersonId| letters.iter().find(|l| l.to.person == *who).unwrap().code.clone();
        cast_mine(&vote, &persons[0], &[1]).unwrap();
        assert_eq!(refused(cast_code(&vote, &of(&persons[0]), &[2])), "already-voted");
        cast_code(&vote, &of(&persons[1]).to_lowercase().replace('-', " "), &[2]).unwrap();
        assert_eq!(refused(cast_mine(&vote, &persons[1], &[1])), "already-voted");
        // a letter printed again makes the first worthless
        let again = printed(&vote, "3-101", ("", ""));
        assert_eq!(again.len(), 1);
        let (who, new) = (again[0].to.person.clone(), again[0].code.clone());
        assert_ne!(new, of(&who));
        assert_eq!(refused(cast_code(&vote, &of(&who), &[1])), "not-on-the-roll");
        cast_code(&vote, &new, &[1]).unwrap();
        assert_eq!(vote.traces(), (3, 3, 6));
    });
}

#[test]
fn a_code_that_the_roll_gives_a_person_leads_to_the_persons_one_ballot() {
    each_engine(|db| {
        let (vote, persons) = with_residents(db, 4);
        let codes = ["desk-code-of-a", "desk-code-of-b", "desk-code-of-c"];
        let list: Vec<_> = codes.into_iter().zip(&persons).map(|(code, who)| (code, Some(who))).collect();
        assert_eq!(enrol_codes(&vote, &list).unwrap(), 3);
        assert_eq!(enrol_codes(&vote, &list).unwrap(), 0, "sent again");
        // on the roll by code, and by account: one row
        assert!(!enrol_self(&vote, person(&persons[0], true)).unwrap());
        cast_code(&vote, codes[0], &[1]).unwrap();
        assert_eq!(refused(cast_mine(&vote, &persons[0], &[2])), "already-voted");
        cast_mine(&vote, &persons[1], &[2]).unwrap();
        assert_eq!(refused(cast_code(&vote, codes[1], &[2])), "already-voted");
        // a second code makes the first worthless, and opens no second row
        assert_eq!(enrol_codes(&vote, &[("desk-code-of-c2", Some(&persons[2]))]).unwrap(), 0);
        assert_eq!(refused(cast_code(&vote, codes[2], &[1])), "not-on-the-roll");
        cast_code(&vote, "desk-code-of-c2", &[1]).unwrap();
        // a code is one voter's: neither a second person's nor nobody's
        assert_eq!(refused(enrol_codes(&vote, &[(codes[0], Some(&persons[3]))])), "code-taken");
        assert_eq!(enrol_codes(&vote, &[(codes[0], None)]).unwrap(), 0);
        assert_eq!(enrol_codes(&vote, &[("code-of-nobody", None)]).unwrap(), 1);
        cast_code(&vote, "code-of-nobody", &[1]).unwrap();
        assert_eq!(refused(enrol_codes(&vote, &[("code-of-nobody", Some(&persons[3]))])), "code-taken");
        assert_eq!(vote.traces(), (4, 4, 8));
        vote.close().unwrap();
        vote.publish(&vote.count().unwrap()).unwrap();
        assert_eq!(recomputed(&vote), (1, vec![]));
    });
}

#[test]
fn a_person_has_one_row_of_the_roll_whatever_wrote_it() {
    each_engine(|db| {
        let (vote, persons) = with_residents(db, 2);
        assert!(enrol_self(&vote, person(&persons[0], true)).unwrap());
        let (season, who) = (vote.season.clone(), persons[0].clone());
        let twin = vote.act(Actor::Operator, move |tx, _| {
            tx.execute(&TWIN, db::params![season.home(), &season, &who]).map_err(Fault::from)
        });
        assert!(matches!(twin, Err(Fault::Db(DbError::Unique(_)))), "{twin:?}");
    });
}

#[test]
fn a_code_of_sixteen_letters_opens_the_row_it_was_enrolled_with() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        assert_eq!(enrol_codes(&vote, &[("abcd-efgh-jkmn-oil0", None)]).unwrap(), 1);
        assert_eq!(enrol_codes(&vote, &[("ABCDEFGHJKMN0110", None)]).unwrap(), 0, "the same code");
        cast_code(&vote, " ABCD EFGH JKMN 0110", &[1]).unwrap();
        assert_eq!(refused(cast_code(&vote, "abcd-efgh-jkmn-oil0", &[1])), "already-voted");
        // a roll that was written before codes were read in several ways
        let (season, key) = (vote.season.clone(), vote.key("old1-old2-old3-old4"));
        let voters = [Voter { key, person: None }];
        vote.act(Actor::Operator, move |tx, cx| enrol::enrol(tx, cx, &season, &voters)).unwrap();
        cast_code(&vote, "old1-old2-old3-old4", &[2]).unwrap();
        assert_eq!(refused(cast_code(&vote, "old1-old2-old3-old4", &[1])), "already-voted");
        assert_eq!(vote.traces(), (2, 2, 4));
    });
}

#[test]
fn one_person_at_the_same_moment_by_both_ways_has_one_ballot() {
    each_engine(|db| {
        let (vote, persons) = with_residents(db, 2);
        let code = printed(&vote, "", ("", "")).into_iter().find(|l| l.to.person == persons[0]).unwrap().code;
        let answers: Vec<_> = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..10_u32)
                .map(|n| {
                    let (vote, persons, code) = (&vote, &persons, &code);
                    scope.spawn(move || match n % 2 {
                        0 => cast_mine(vote, &persons[0], &[1]),
                        _ => cast_code(vote, code, &[2]),
                    })
                })
                .collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        let (cast, not): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!(cast.len(), 1);
        assert!(not.into_iter().all(|answer| refused(answer) == "already-voted"));
        assert_eq!(vote.traces(), (1, 1, 2));
    });
}

#[test]
fn whoever_lives_there_puts_themselves_on_the_roll_and_nobody_else() {
    each_engine(|db| {
        let (vote, persons) = with_residents(db, 2);
        let me = &persons[0];
        assert_eq!(refused(cast_mine(&vote, me, &[1])), "not-on-the-roll");
        assert_eq!(refused(enrol_self(&vote, Actor::Visitor)), "sign-in-first");
        assert_eq!(refused(enrol_self(&vote, Actor::Operator)), "sign-in-first");
        assert_eq!(refused(enrol_self(&vote, person(me, false))), "verify-first", "verified only");
        let stranger: PersonId = "1-0000000000000000000z".parse().unwrap();
        assert_eq!(refused(enrol_self(&vote, person(&stranger, true))), "not-a-resident");
        assert!(enrol_self(&vote, person(me, true)).unwrap());
        assert!(!enrol_self(&vote, person(me, true)).unwrap(), "sent again");
        cast_mine(&vote, me, &[1]).unwrap();
        // nobody votes for somebody else, with a consent or without
        let (season, who) = (vote.season.clone(), persons[1].clone());
        let answer = vote.act(person(me, true), move |tx, cx| {
            cx.behalf = Some(kernel::Behalf { person: who.clone(), source: kernel::Source::Phone });
            cast::cast_mine(tx, cx, &season, &[1], None)
        });
        assert_eq!(refused(answer), "vote-yourself");
        vote.close().unwrap();
        assert_eq!(refused(enrol_self(&vote, person(&persons[1], true))), "wrong-phase");
    });
}

#[test]
fn turnout_is_told_by_parts_where_it_is_enough() {
    each_engine(|db| {
        let (vote, persons) = with_residents(db, 44);
        let mut after = Some((String::new(), String::new()));
        let mut new = 0;
        while let Some((flat, row)) = after {
            let season = vote.season.clone();
            let done = vote
                .act(Actor::Operator, move |tx, cx| enrol_residents::enrol_residents(tx, cx, &season, (&flat, &row)));
            let done = done.unwrap();
            new += done.new;
            after = done.after;
        }
        assert_eq!(new, 44);
        let parts: Vec<&PersonId> = persons.iter().collect();
        // fifteen of one part, twelve of the other, three of those of whom the roll knows no part
        let season = vote.season.clone();
        let place = db.read_wait(move |s| programmes::season::queries::season(s, &season)).unwrap().place;
        let of = |who: &PersonId| {
            let (who, place) = (who.clone(), place.clone());
            let path = db.read_wait(move |s| resident::queries::lives_at(s, &who, &place)).unwrap().unwrap();
            path.rsplit('/').next().unwrap().to_owned()
        };
        let first = of(parts[0]);
        let (one, other): (Vec<&PersonId>, Vec<&PersonId>) = parts.into_iter().partition(|who| of(who) == first);
        one.iter().take(15).for_each(|who| drop(cast_mine(&vote, who, &[1]).unwrap()));
        other.iter().take(12).for_each(|who| drop(cast_mine(&vote, who, &[1]).unwrap()));
        (0..3).for_each(|n| drop(vote.cast(n, &[2]).unwrap()));
        vote.close().unwrap();
        vote.publish(&vote.count().unwrap()).unwrap();
        let season = vote.season.clone();
        let mut told = db.read_wait(move |s| decisions::queries::turnouts(s, &season)).unwrap();
        told.sort();
        let told: Vec<_> = told.iter().map(|t| (t.part.is_empty(), t.voters, t.voted)).collect();
        // three are too few; so that they cannot be worked out from the total, twelve are hidden with them
        assert_eq!(told.iter().filter(|t| t.0).collect::<Vec<_>>(), [&(true, 20, None)]);
        let mut known: Vec<_> = told.iter().filter(|t| !t.0).map(|t| (t.1, t.2)).collect();
        known.sort();
        assert_eq!(known, [(22, None), (22, Some(15))]);
    });
}

#[test]
fn a_printed_page_goes_on_where_the_last_one_ended() {
    each_engine(|db| {
        let (vote, persons) = with_residents(db, 50);
        let first = printed(&vote, "", ("", ""));
        let last = first.last().unwrap();
        let second = printed(&vote, "", (&last.to.flat, last.to.row.as_str()));
        assert_eq!((first.len(), second.len()), (40, 10));
        let all: BTreeSet<String> = first.iter().chain(&second).map(|l| l.to.person.to_string()).collect();
        assert_eq!(all.len(), persons.len());
        let codes: BTreeSet<&str> = first.iter().chain(&second).map(|l| l.code.as_str()).collect();
        assert_eq!(codes.len(), 50);
        let log = vote.log().iter().map(|e| String::from_utf8_lossy(&e.leaf).into_owned()).collect::<String>();
        assert!(codes.iter().all(|code| !log.contains(code)) && !log.contains("居民1"));
        let season = vote.season.clone();
        let answer = vote.act(Actor::Voter, move |tx, cx| letters::letters(tx, cx, &season, "", ("", "")));
        assert_eq!(refused(answer), "not-allowed");
    });
}

// ---- papers
