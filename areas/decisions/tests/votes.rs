//! The residents' vote: by letter and by account, changed, on paper. Told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]

#[path = "stories/support.rs"]
mod support;

use std::{collections::BTreeSet, sync::Arc};

use db::{Db, DbError, Fault, Statement};
use decisions::{
    Ballot, BallotKey,
    commands::{
        cast::{self, New},
        change, enrol, enrol_residents, enrol_self, letters,
    },
    paper::{self, Reading, State},
    recompute::Recompute,
};
use kernel::{Actor, PersonId, PlaceId, Principal};
use people::{commands::enrol::Voter, resident};
use places::{Level, commands::add};
use serde_json::Value;
use support::{Paper, Vote, code, each_engine, refused, rows};

macro_rules! sql {
    ($($name:ident = $sql:expr;)*) => {
        $(static $name: Statement = Statement { name: stringify!($name), module: "votes", sql: $sql };)*
    };
}

sql! {
    KEYS = "SELECT opener FROM ballot_keys /* across homes */";
    TWIN = "INSERT INTO roll (home, season, voter, person, salt) SELECT home, season, salt, person, salt FROM roll \
            WHERE home = ?1 AND season = ?2 AND person = ?3";
    CODES = "SELECT voter FROM voter_codes /* across homes */";
    SEALED = "SELECT id FROM sealed_entries WHERE kind = 'ballot.cast' ORDER BY id /* across homes */";
    KEPT_OF_PAPERS = "SELECT first_by, first_read FROM papers WHERE state <> 'once' /* across homes */";
    PAPER_AND_BALLOT = "SELECT count(*) FROM ballots b JOIN papers p ON p.xmin::text = b.xmin::text /* across homes */";
    SAME_TRANSACTION = "SELECT count(*) FROM ballots b JOIN roll r ON r.xmin::text = b.xmin::text /* across homes */";
}

fn secret(n: u32) -> String {
    format!("{n:032x}")
}

fn key(vote: &Vote, n: u32) -> BallotKey {
    BallotKey::of(vote.season.as_str(), &secret(n)).unwrap()
}

/// Voter `n` casts with a link to change it.
fn cast_keyed(vote: &Vote, n: u32, chosen: &[u32]) -> Result<Ballot, Fault> {
    let (season, voter, key, chosen) = (vote.season.clone(), vote.key(&code(n)), key(vote, n), chosen.to_vec());
    vote.act(Actor::Voter, move |tx, cx| {
        cast::cast_with(tx, cx, &season, &New { voter, chosen: &chosen, key: Some(key) })
    })
}

fn change(vote: &Vote, n: u32, chosen: &[u32]) -> Result<Ballot, Fault> {
    let (season, key, chosen) = (vote.season.clone(), key(vote, n), chosen.to_vec());
    vote.act(Actor::Voter, move |tx, cx| change::change(tx, cx, &season, key, &chosen))
}

fn stored(vote: &Vote) -> Vec<Ballot> {
    let season = vote.season.clone();
    vote.db.read_wait(move |s| decisions::store::ballots(s, &season, "", 1_000)).unwrap()
}

/// The ballots in the log: id and choices.
fn logged(vote: &Vote) -> Vec<(String, Value)> {
    let log = vote.log();
    let cast = log.iter().filter(|entry| entry.kind == "ballot.cast");
    let leaf = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
    cast.map(|entry| (entry.id.clone(), leaf(&entry.leaf)["public"]["choices"].clone())).collect()
}

/// The verdict computed again from the log alone.
fn recomputed(vote: &Vote) -> (usize, Vec<String>) {
    let mut again = Recompute::new();
    for entry in vote.log() {
        again.entry(entry.seq, &entry.leaf);
    }
    let (confirmed, faults) = again.finish();
    (confirmed.len(), faults.into_iter().map(|fault| fault.to_string()).collect())
}

#[test]
fn a_ballot_is_changed_until_the_close_and_counts_once() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        let first = cast_keyed(&vote, 0, &[1, 2]).unwrap();
        cast_keyed(&vote, 1, &[3]).unwrap();
        assert_eq!(change(&vote, 0, &[2, 1]).unwrap(), first, "the same choices change nothing");
        let second = change(&vote, 0, &[4]).unwrap();
        assert_ne!(second.id, first.id, "a ballot that was changed has nothing of the old one");
        let third = change(&vote, 0, &[]).unwrap();
        assert_eq!(third.choices, [0_u32; 0]);
        assert_eq!(vote.traces(), (2, 2, 4), "two ballots, two marks, four sealed entries");
        let ids: BTreeSet<String> = stored(&vote).iter().map(|b| b.id.to_string()).collect();
        let sealed: BTreeSet<String> = rows::<(String,)>(db, &SEALED).into_iter().map(|(id,)| id).collect();
        assert_eq!(ids, sealed);
        assert!(ids.contains(third.id.as_str()) && !ids.contains(first.id.as_str()));

        vote.close().unwrap();
        assert_eq!(refused(change(&vote, 0, &[1])), "wrong-phase");
        vote.publish(&vote.count().unwrap()).unwrap();
        let log = logged(&vote);
        assert_eq!(log.len(), 2);
        let ids: BTreeSet<String> = log.into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, sealed, "only what stands last is in the log");
        assert_eq!(recomputed(&vote), (1, vec![]));
        assert_eq!(refused(change(&vote, 0, &[1])), "wrong-phase");
    });
}

#[test]
fn a_change_is_refused_with_a_reason_and_leaves_the_ballot() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        let ballot = cast_keyed(&vote, 0, &[1]).unwrap();
        assert_eq!(refused(change(&vote, 7, &[1])), "no-such-ballot");
        for (chosen, expected) in
            [(&[9][..], "unknown-project"), (&[1, 1], "named-twice"), (&[1, 2, 3, 4], "too-many-choices")]
        {
            assert_eq!(refused(change(&vote, 0, chosen)), expected);
        }
        let (season, other) = (vote.season.clone(), key(&vote, 0));
        let answer = vote.act(Actor::Visitor, move |tx, cx| change::change(tx, cx, &season, other, &[2]));
        assert_eq!(refused(answer), "sign-in-first");
        assert_eq!(stored(&vote), [ballot]);
        // a secret that another ballot has already opens nothing of it
        let (season, voter, taken) = (vote.season.clone(), vote.key(&code(1)), key(&vote, 0));
        let answer = vote.act(Actor::Voter, move |tx, cx| {
            cast::cast_with(tx, cx, &season, &New { voter, chosen: &[2], key: Some(taken) })
        });
        assert_eq!(refused(answer), "key-taken");
        assert_eq!(vote.traces(), (1, 1, 2), "the voter can vote again");
        assert_eq!(BallotKey::of("1-a", "short"), None);
        assert_eq!(BallotKey::of("1-a", &"'".repeat(40)), None);
    });
}

#[test]
fn many_hands_change_one_ballot_and_one_ballot_is_left() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        cast_keyed(&vote, 0, &[]).unwrap();
        std::thread::scope(|scope| {
            for n in 0..12_u32 {
                let vote = &vote;
                scope.spawn(move || match change(vote, 0, &[n % 5 + 1]) {
                    Ok(ballot) => assert_eq!(ballot.choices, [n % 5 + 1]),
                    refusal => assert_eq!(refused(refusal), "changed-meanwhile"),
                });
            }
        });
        assert_eq!(vote.traces(), (1, 1, 2));
        vote.close().unwrap();
        assert_eq!(logged(&vote).len(), 1);
        vote.publish(&vote.count().unwrap()).unwrap();
        assert_eq!(recomputed(&vote), (1, vec![]));
    });
}

#[test]
fn changes_during_the_close_are_in_or_refused() {
    const HANDS: u32 = 6;
    each_engine(|db| {
        let vote = Vote::open(db, &Paper { voters: HANDS, ..Paper::default() });
        (0..HANDS).for_each(|n| drop(cast_keyed(&vote, n, &[1]).unwrap()));
        let last: Vec<Ballot> = std::thread::scope(|scope| {
            let hand = |n: u32| {
                let vote = &vote;
                move || {
                    let mut last = None;
                    for turn in 0..200 {
                        match change(vote, n, &[turn % 5 + 1]) {
                            Ok(ballot) => last = Some(ballot),
                            refusal => {
                                assert_eq!(refused(refusal), "wrong-phase");
                                break;
                            }
                        }
                    }
                    last.unwrap()
                }
            };
            let hands: Vec<_> = (0..HANDS).map(|n| scope.spawn(hand(n))).collect();
            std::thread::sleep(std::time::Duration::from_millis(60));
            vote.close().unwrap();
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        let said: BTreeSet<String> = last.iter().map(|b| b.id.to_string()).collect();
        let log: BTreeSet<String> = logged(&vote).into_iter().map(|(id, _)| id).collect();
        assert_eq!(log, said, "what each was last told is what is in the log");
    });
}

#[test]
fn links_and_codes_are_destroyed_and_nothing_joins_what_was_changed() {
    each_engine(|db| {
        let (vote, persons) = with_residents(db, 12);
        printed(&vote, "", ("", ""));
        let cast: Vec<Ballot> = (0..12).map(|n| cast_keyed(&vote, n, &[n % 5 + 1]).unwrap()).collect();
        (0..12).step_by(2).for_each(|n| drop(change(&vote, n, &[(n + 1) % 5 + 1]).unwrap()));
        cast_mine(&vote, &persons[0], &[1]).unwrap();
        assert_eq!((rows::<(Vec<u8>,)>(db, &KEYS).len(), rows::<(Vec<u8>,)>(db, &CODES).len()), (12, 12));
        vote.close().unwrap();
        let counted = vote.count().unwrap();
        assert_eq!(counted.n_ballots, 13);
        assert_eq!((rows::<(Vec<u8>,)>(db, &KEYS).len(), rows::<(Vec<u8>,)>(db, &CODES).len()), (0, 0));
        if db.dialect() == db::Dialect::Postgres {
            assert_eq!(rows::<(i64,)>(db, &SAME_TRANSACTION), [(0,)], "ballots that name their voter's row");
        }
        let log = logged(&vote);
        for n in (0..12).step_by(2) {
            let old = cast[n].id.to_string();
            assert!(log.iter().all(|(id, _)| *id != old), "a ballot that was replaced is in the log");
        }
        let text = vote.log().iter().map(|e| String::from_utf8_lossy(&e.leaf).into_owned()).collect::<String>();
        for n in 0..12 {
            assert!(!text.contains(&secret(n)) && !text.contains(&ledger::tree::Hash(key(&vote, n).0).to_string()));
        }
    });
}

// ---- who may vote

fn person(id: &PersonId, verified: bool) -> Actor {
    Actor::Person(Arc::new(Principal { person: id.clone(), verified, posts: vec![], seats: vec![] }))
}

/// A vote, and residents of its place: two parts of it, and an owner who lives elsewhere.
fn with_residents(db: &Db, n: usize) -> (Vote, Vec<PersonId>) {
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

fn printed(vote: &Vote, flat: &str, after: (&str, &str)) -> Vec<letters::Letter> {
    let (season, flat, after) = (vote.season.clone(), flat.to_owned(), (after.0.to_owned(), after.1.to_owned()));
    vote.act(Actor::Operator, move |tx, cx| letters::letters(tx, cx, &season, &flat, (&after.0, &after.1))).unwrap()
}

fn cast_mine(vote: &Vote, who: &PersonId, chosen: &[u32]) -> Result<Ballot, Fault> {
    let (season, chosen) = (vote.season.clone(), chosen.to_vec());
    vote.act(person(who, true), move |tx, cx| cast::cast_mine(tx, cx, &season, &chosen, None))
}

fn cast_code(vote: &Vote, typed: &str, chosen: &[u32]) -> Result<Ballot, Fault> {
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

fn enrol_self(vote: &Vote, who: Actor) -> Result<bool, Fault> {
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

fn given(vote: &Vote, row: &resident::ResidentId) -> Result<(), Fault> {
    let (season, row) = (vote.season.clone(), row.clone());
    vote.act(Actor::Operator, move |tx, cx| paper::give::give(tx, cx, &season, &row))
}

fn worker(vote: &Vote, n: u32) -> Actor {
    let season = vote.season.clone();
    let place = vote.db.read_wait(move |s| programmes::season::queries::season(s, &season)).unwrap().place;
    let person: PersonId = format!("1-0000000000000000000{n}").parse().unwrap();
    let post = kernel::Post { role: kernel::Role::Worker, place };
    Actor::Person(Arc::new(Principal { person, verified: true, posts: vec![post], seats: vec![] }))
}

fn read(vote: &Vote, n: u32, number: &str, reading: Reading) -> Result<State, Fault> {
    let (season, number, who) = (vote.season.clone(), number.to_owned(), worker(vote, n));
    vote.act(who, move |tx, cx| paper::read::read(tx, cx, &season, &number, &reading))
}

#[test]
fn a_paper_is_read_by_two_and_cast_once_and_nothing_joins_it_with_a_voter() {
    let choices = |list: &[u32]| Reading::Choices(list.to_vec());
    each_engine(|db| {
        let (vote, persons) = with_residents(db, 6);
        let letters = printed(&vote, "", ("", ""));
        let season = vote.season.clone();
        let papers = vote.act(worker(&vote, 1), move |tx, cx| paper::print::print(tx, cx, &season)).unwrap();
        assert_eq!(papers.len(), paper::print::PAGE);
        for letter in letters.iter().take(4) {
            given(&vote, &letter.to.row).unwrap();
        }
        assert_eq!(refused(given(&vote, &letters[0].to.row)), "already-voted", "one paper each");
        assert_eq!(refused(cast_code(&vote, &letters[0].code, &[1])), "already-voted", "and no other way");
        cast_mine(&vote, &letters[5].to.person, &[1]).unwrap();
        assert_eq!(refused(given(&vote, &letters[5].to.row)), "already-voted");

        // two who agree
        assert_eq!(read(&vote, 1, &papers[0], choices(&[2, 1])).unwrap(), State::Once);
        assert_eq!(refused(vote.close()), "papers-open");
        assert_eq!(read(&vote, 1, &papers[0], choices(&[1, 2])).unwrap(), State::Once, "sent again");
        assert_eq!(refused(read(&vote, 1, &papers[0], choices(&[3]))), "paper-other-hands");
        assert_eq!(read(&vote, 2, &papers[0], choices(&[1, 2])).unwrap(), State::Counted);
        assert_eq!(refused(read(&vote, 3, &papers[0], choices(&[1, 2]))), "paper-done");
        // two who differ, and a third
        read(&vote, 1, &papers[1], choices(&[3])).unwrap();
        assert_eq!(read(&vote, 2, &papers[1], choices(&[4])).unwrap(), State::Differ);
        assert_eq!(refused(read(&vote, 2, &papers[1], choices(&[3]))), "paper-other-hands");
        assert_eq!(refused(read(&vote, 3, &papers[1], choices(&[5]))), "paper-matches-neither");
        assert_eq!(read(&vote, 3, &papers[1], choices(&[4])).unwrap(), State::Counted);
        // one that is none
        read(&vote, 1, &papers[2], Reading::Spoiled).unwrap();
        assert_eq!(read(&vote, 2, &papers[2], Reading::Spoiled).unwrap(), State::Spoiled);
        // refused
        assert_eq!(refused(read(&vote, 1, "0000000000x", choices(&[]))), "unknown-paper");
        assert_eq!(refused(read(&vote, 1, &papers[3], choices(&[1, 1]))), "named-twice");
        let stranger = vote.act(person(&persons[0], true), {
            let (season, number) = (vote.season.clone(), papers[3].clone());
            move |tx, cx| paper::read::read(tx, cx, &season, &number, &Reading::Spoiled)
        });
        assert_eq!(refused(stranger), "not-allowed");

        assert_eq!(vote.traces(), (3, 5, 8), "two papers and one by account; four papers given");
        vote.close().unwrap();
        let counted = vote.count().unwrap();
        assert_eq!((counted.papers.given, counted.papers.counted, counted.papers.spoiled), (4, 2, 1));
        vote.publish(&counted).unwrap();
        assert_eq!(recomputed(&vote), (1, vec![]));
        assert_eq!(logged(&vote).len(), 3, "a ballot from a paper looks like any other");
        if db.dialect() == db::Dialect::Postgres {
            assert_eq!(rows::<(i64,)>(db, &SAME_TRANSACTION), [(0,)]);
            assert_eq!(rows::<(i64,)>(db, &PAPER_AND_BALLOT), [(0,)], "papers that name their ballot");
        }
        let kept: Vec<(String, String)> = rows(db, &KEPT_OF_PAPERS);
        assert!(kept.iter().all(|(by, what)| by.is_empty() && what.is_empty()), "{kept:?}");
        let log = vote.log().iter().map(|e| String::from_utf8_lossy(&e.leaf).into_owned()).collect::<String>();
        assert!(papers.iter().all(|number| !log.contains(number.as_str())));
    });
}

#[test]
fn no_more_papers_are_cast_than_were_given_and_two_hands_at_once_cast_one() {
    each_engine(|db| {
        let (vote, _) = with_residents(db, 2);
        let letters = printed(&vote, "", ("", ""));
        let season = vote.season.clone();
        let papers = vote.act(Actor::Operator, move |tx, cx| paper::print::print(tx, cx, &season)).unwrap();
        given(&vote, &letters[0].to.row).unwrap();
        read(&vote, 1, &papers[0], Reading::Choices(vec![1])).unwrap();
        std::thread::scope(|scope| {
            for n in 2..8 {
                let (vote, papers) = (&vote, &papers);
                scope.spawn(move || match read(vote, n, &papers[0], Reading::Choices(vec![1])) {
                    Ok(state) => assert_eq!(state, State::Counted),
                    refusal => assert!(["paper-done", "changed-meanwhile"].contains(&refused(refusal))),
                });
            }
        });
        assert_eq!(vote.traces().0, 1);
        read(&vote, 1, &papers[1], Reading::Choices(vec![1])).unwrap();
        assert_eq!(refused(read(&vote, 2, &papers[1], Reading::Choices(vec![1]))), "more-papers-than-given");
        assert_eq!(vote.traces().0, 1);
        // two others say that it is none, and the vote can be closed
        assert_eq!(read(&vote, 2, &papers[1], Reading::Spoiled).unwrap(), State::Differ);
        assert_eq!(read(&vote, 3, &papers[1], Reading::Spoiled).unwrap(), State::Spoiled);
        vote.close().unwrap();
        vote.publish(&vote.count().unwrap()).unwrap();
        assert_eq!(recomputed(&vote), (1, vec![]));
    });
}

fn discarded(vote: &Vote, n: u32, number: &str) -> Result<State, Fault> {
    let (season, number, who) = (vote.season.clone(), number.to_owned(), worker(vote, n));
    vote.act(who, move |tx, cx| paper::discard::discard(tx, cx, &season, &number, paper::discard::Why::Missing))
}

fn pending(vote: &Vote) -> Vec<(String, State)> {
    let season = vote.season.clone();
    let found = vote.db.read_wait(move |s| paper::store::pending(s, &season)).unwrap();
    found.into_iter().map(|paper| (paper.number, paper.state)).collect()
}

#[test]
fn a_paper_that_holds_up_the_close_is_named_and_read_again_or_taken_back() {
    each_engine(|db| {
        let (vote, _) = with_residents(db, 3);
        let letters = printed(&vote, "", ("", ""));
        let season = vote.season.clone();
        let papers = vote.act(Actor::Operator, move |tx, cx| paper::print::print(tx, cx, &season)).unwrap();
        letters.iter().for_each(|letter| given(&vote, &letter.to.row).unwrap());
        read(&vote, 1, &papers[0], Reading::Choices(vec![1])).unwrap();
        read(&vote, 1, &papers[1], Reading::Choices(vec![1])).unwrap();
        read(&vote, 2, &papers[1], Reading::Choices(vec![2])).unwrap();
        read(&vote, 1, &papers[2], Reading::Choices(vec![3])).unwrap();
        read(&vote, 2, &papers[2], Reading::Choices(vec![3])).unwrap();
        let mut waiting = vec![(papers[1].clone(), State::Differ), (papers[0].clone(), State::Once)];
        assert_eq!(pending(&vote), waiting);
        let refusal = testkit::story::refusal(vote.close());
        assert_eq!(refusal.code, "papers-open");
        let named = format!("{}, {}", papers[1], papers[0]);
        assert_eq!(refusal.args, [("papers", kernel::Arg::Int(2)), ("numbers", kernel::Arg::Text(named))]);

        // one was typed under the number of another paper
        let (season, number) = (vote.season.clone(), papers[0].clone());
        let stranger = vote.act(Actor::Visitor, move |tx, cx| {
            paper::discard::discard(tx, cx, &season, &number, paper::discard::Why::WrongNumber)
        });
        assert_eq!(refused(stranger), "sign-in-first");
        assert_eq!(discarded(&vote, 2, &papers[0]).unwrap(), State::Blank);
        assert_eq!(discarded(&vote, 2, &papers[0]).unwrap(), State::Blank, "sent again");
        assert_eq!(refused(discarded(&vote, 2, &papers[2])), "paper-done");
        assert_eq!(refused(discarded(&vote, 2, "0")), "unknown-paper");
        waiting.pop();
        assert_eq!(pending(&vote), waiting);
        // it may be read anew, by two
        assert_eq!(read(&vote, 1, &papers[0], Reading::Choices(vec![2])).unwrap(), State::Once);
        assert_eq!(read(&vote, 3, &papers[0], Reading::Choices(vec![2])).unwrap(), State::Counted);
        assert_eq!(discarded(&vote, 3, &papers[1]).unwrap(), State::Blank);
        vote.close().unwrap();
        assert_eq!(refused(discarded(&vote, 3, &papers[1])), "wrong-phase");
        let counted = vote.count().unwrap();
        assert_eq!((counted.papers.given, counted.papers.counted, counted.papers.pending), (3, 2, 0));
        vote.publish(&counted).unwrap();
        assert_eq!(recomputed(&vote), (1, vec![]));
        let told: Vec<_> = vote.log().into_iter().filter(|entry| entry.kind == "paper.discarded").collect();
        assert_eq!(told.len(), 2);
        let text: String = told.iter().map(|entry| String::from_utf8_lossy(&entry.leaf).into_owned()).collect();
        assert!(text.contains("missing") && papers.iter().all(|number| !text.contains(number.as_str())), "{text}");
    });
}

#[test]
fn a_spoiled_paper_takes_no_place_from_a_valid_one_in_whatever_order_they_are_typed() {
    each_engine(|db| {
        for spoiled_first in [true, false] {
            let (vote, _) = with_residents(db, 1);
            let letters = printed(&vote, "", ("", ""));
            let season = vote.season.clone();
            let papers = vote.act(Actor::Operator, move |tx, cx| paper::print::print(tx, cx, &season)).unwrap();
            given(&vote, &letters[0].to.row).unwrap();
            let settle = |number: &str, reading: Reading| {
                read(&vote, 1, number, reading.clone()).unwrap();
                read(&vote, 2, number, reading)
            };
            let mut turns = [(&papers[0], Reading::Spoiled), (&papers[1], Reading::Choices(vec![1]))];
            if !spoiled_first {
                turns.reverse();
            }
            for (number, reading) in turns {
                settle(number, reading).unwrap();
            }
            assert_eq!(refused(settle(&papers[2], Reading::Choices(vec![1]))), "more-papers-than-given");
            assert_eq!(vote.traces().0, 1);
        }
    });
}

#[test]
fn a_worker_of_two_places_gives_papers_at_both() {
    each_engine(|db| {
        let (vote, _) = with_residents(db, 4);
        let letters = printed(&vote, "", ("", ""));
        let communities: BTreeSet<&str> = letters.iter().map(|l| l.to.path.rsplit('/').next().unwrap()).collect();
        assert_eq!(communities.len(), 2);
        let who = |places: &[&str]| {
            let person: PersonId = "1-00000000000000000009".parse().unwrap();
            let post = |place: &&str| kernel::Post { role: kernel::Role::Worker, place: place.parse().unwrap() };
            let posts = places.iter().map(post).collect();
            Actor::Person(Arc::new(Principal { person, verified: true, posts, seats: vec![] }))
        };
        let give = |who: &Actor, row: &resident::ResidentId| {
            let (season, row) = (vote.season.clone(), row.clone());
            vote.act(who.clone(), move |tx, cx| paper::give::give(tx, cx, &season, &row))
        };
        let all: Vec<&str> = communities.into_iter().collect();
        let elsewhere = letters.iter().find(|l| l.to.path.ends_with(all[1])).unwrap();
        assert_eq!(refused(give(&who(&all[..1]), &elsewhere.to.row)), "not-a-resident");
        for letter in &letters {
            give(&who(&all), &letter.to.row).unwrap();
        }
        assert_eq!(vote.traces().1, 4);
    });
}
