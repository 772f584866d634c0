//! Awards that a jury or the residents choose.

use std::sync::atomic::AtomicU64;

use db::{Db, Fault};
use kernel::{Actor, Chance, Context, Instant, PersonId};
use matters::verdict::recompute::{self, Answer, Methods};
use people::account::verify::{self, Verify};
use programmes::award::{
    self, State,
    choice::{
        self, Choice,
        cast::{Cast, cast},
        count::{Count, count},
        invite::{Invite, invite, uninvite},
        open::{OpenChoice, open},
    },
    decide::{Decide, decide},
    nominate::{Nominate, nominate},
};
use testkit::story::{act, each_engine, fields, meanwhile, refused as code};

use places::Level;

use crate::{Town, a_place, halfway::fail, public, site::Site, somebody, town_by};

/// The fund's template, where a jury chooses the first award and the residents the second, which has two places.
fn template() -> String {
    let text = include_str!("../../templates/self-governance-fund.toml");
    let text = text.replace("key = \"self-governance-fund\"", "key = \"chosen\"");
    let with = |text: String, name: &str, more: &str| {
        let (before, after) = text.split_once(name).unwrap();
        let (line, rest) = after.split_once(" },\n").unwrap();
        format!("{before}{name}{line}, {more} }},\n{rest}")
    };
    let text = with(text, "key = \"shining\"", "decide = \"jury\"");
    with(text, "key = \"mobilising\"", "decide = \"vote\", places = 2")
}

const NAMES: [&str; 4] = ["楼道美术馆", "楼道花园", "楼道书屋", "邻家厨房"];
const CLOSES: &str = "2026-12-01";

struct Story<'a> {
    db: &'a Db,
    town: Town,
}

impl<'a> Story<'a> {
    fn new(db: &'a Db) -> Story<'a> {
        Story { db, town: town_by(db, &NAMES, &template()) }
    }

    fn nominate(&self, category: &str, numbers: &[u32]) -> Result<(), Fault> {
        for number in numbers {
            let words = "孩子们认得邻居了。".into();
            let (season, input) =
                (self.town.season.clone(), Nominate { category: category.into(), number: *number, words });
            act(self.db, &self.town.officer, move |tx, cx| nominate(tx, cx, &season, &input))?;
        }
        Ok(())
    }

    fn invite(&self, who: &Actor) -> Result<(), Fault> {
        let person = who.person().unwrap().to_string();
        let (season, input) = (self.town.season.clone(), Invite { category: "shining".into(), person });
        act(self.db, &self.town.officer, move |tx, cx| invite(tx, cx, &season, &input))
    }

    fn open(&self, category: &str, closes: &str) -> Result<Choice, Fault> {
        let input = OpenChoice { category: category.into(), closes: closes.into() };
        let season = self.town.season.clone();
        act(self.db, &self.town.officer, move |tx, cx| open(tx, cx, &season, &input))
    }

    /// As [`Story::open`], on the day after the last one.
    fn open_late(&self, category: &str, closes: &str) -> Result<Choice, Fault> {
        let input = OpenChoice { category: category.into(), closes: closes.into() };
        let season = self.town.season.clone();
        late(self.db, &self.town.officer, move |tx, cx| open(tx, cx, &season, &input))
    }

    fn cast(&self, who: &Actor, category: &str, approved: &[u32]) -> Result<(), Fault> {
        let (season, input) =
            (self.town.season.clone(), Cast { category: category.into(), approved: approved.to_vec() });
        act(self.db, who, move |tx, cx| cast(tx, cx, &season, &input))
    }

    fn count(&self, who: &Actor, category: &str, chosen: &[u32], reason: &str) -> Result<Choice, Fault> {
        let input = Count { category: category.into(), chosen: chosen.to_vec(), reason: reason.into() };
        let season = self.town.season.clone();
        late(self.db, who, move |tx, cx| count(tx, cx, &season, &input))
    }

    /// Each nomination of a category with what became of it and how many approved.
    fn came_to(&self, category: &str) -> Vec<(u32, State, Option<u64>)> {
        let season = self.town.season.clone();
        let all = self.db.read_wait(move |s| award::queries::awards(s, &season)).unwrap();
        let of = all.into_iter().filter(|one| one.category == category);
        of.map(|one| (one.number, one.state, one.approvals)).collect()
    }

    /// What comes of computing the verdict of a count again from the records.
    fn again(&self, counted: &Choice) -> Answer {
        let id = counted.verdict.as_ref().unwrap().parse().unwrap();
        let verdict = self.db.read_wait(move |s| matters::verdict::queries::verdict(s, &id)).unwrap();
        recompute::recompute(self.db, Methods::new(&[programmes::METHODS]), &verdict, &AtomicU64::new(0))
    }

    fn people(&self, n: usize) -> Vec<Actor> {
        (0..n).map(|n| verified(self.db, &self.town, &format!("住户{n}"))).collect()
    }
}

/// Somebody whom the desk has checked.
fn verified(db: &Db, town: &Town, name: &str) -> Actor {
    let who = somebody(db, &town.place, name, None);
    let person: PersonId = who.person().unwrap().clone();
    let at = town.place.clone();
    act(db, Actor::Operator, move |tx, cx| {
        let site = places::site(tx, &at)?.unwrap();
        verify::verify(tx, cx, &site, &person, &Verify { document: verify::DOCUMENTS[0].into() })
    })
    .unwrap();
    who
}

/// On 2026-12-05: after the last day.
fn late<T: Send + 'static>(
    db: &Db,
    who: &Actor,
    command: impl FnMut(&mut db::Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    on(db, 13, who, command)
}

/// So many days after the stories' first.
fn on<T: Send + 'static>(
    db: &Db,
    days: i64,
    who: &Actor,
    mut command: impl FnMut(&mut db::Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
    static LATER: AtomicU64 = AtomicU64::new(1);
    let n = LATER.fetch_add(1, Relaxed);
    let at = testkit::START.0 + days * 86_400_000_000 + i64::try_from(n).unwrap() * 1_000_000;
    let cx = Context::new(who.clone(), Instant(at), 480, Chance::seeded(900_000 + n));
    db.write_wait(move |tx| command(tx, &mut cx.clone()))
}

#[test]
fn a_jury_chooses_by_approval_and_the_verdict_says_how() {
    each_engine(|db| {
        let story = Story::new(db);
        let (town, jury) = (&story.town, story.people(4));
        story.nominate("shining", &[1, 2]).unwrap();
        // what a jury chooses the office does not give
        for give in [true, false] {
            let (season, input) = (town.season.clone(), Decide { category: "shining".into(), number: 1, give });
            let direct = act(db, &town.second, move |tx, cx| decide(tx, cx, &season, &input));
            assert_eq!(code(direct), "award-by-choice");
        }
        // who sits on it
        assert_eq!(code(story.invite(&somebody(db, &town.place, "没验证", None))), "award-juror-unknown");
        for one in &jury[..2] {
            story.invite(one).unwrap();
            story.invite(one).unwrap();
        }
        assert_eq!(code(story.open("shining", CLOSES)), "award-jury-size");
        story.invite(&jury[2]).unwrap();
        story.invite(&jury[3]).unwrap();
        let (season, input) =
            (town.season.clone(), Invite { category: "shining".into(), person: jury[3].person().unwrap().to_string() });
        act(db, &town.officer, move |tx, cx| uninvite(tx, cx, &season, &input)).unwrap();
        for (day, wrong) in
            [("", "required"), ("2026-11-22", "day-has-passed"), ("2027-01-22", "day-too-late"), ("x", "not-a-date")]
        {
            assert_eq!(fields(story.open("shining", day)), [format!("closes: {wrong}")]);
        }
        let opened = story.open("shining", CLOSES).unwrap();
        assert_eq!((opened.jurors, opened.ballots), (3, 0));
        assert_eq!(story.open("shining", CLOSES).unwrap(), opened, "pressed twice");
        assert_eq!(code(story.open("shining", "2026-12-02")), "award-choice-runs");
        assert_eq!(code(story.nominate("shining", &[3])), "award-choice-open");
        assert_eq!(code(story.invite(&jury[3])), "award-choice-open");
        // the ballots
        assert_eq!(code(story.cast(&jury[3], "shining", &[1])), "award-not-on-jury");
        assert_eq!(code(story.cast(&Actor::Visitor, "shining", &[1])), "sign-in-first");
        assert_eq!(fields(story.cast(&jury[0], "shining", &[])), ["for: required"]);
        assert_eq!(fields(story.cast(&jury[0], "shining", &[1, 3])), ["for: unknown-choice"]);
        story.cast(&jury[0], "shining", &[1]).unwrap();
        story.cast(&jury[0], "shining", &[2, 1]).unwrap();
        story.cast(&jury[0], "shining", &[1, 2, 2]).unwrap();
        assert_eq!(code(story.count(&town.second, "shining", &[], "")), "award-ballots-too-few");
        story.cast(&jury[1], "shining", &[2]).unwrap();
        assert_eq!(code(story.count(&town.author, "shining", &[], "")), "not-allowed");
        let done = story.count(&town.second, "shining", &[], "").unwrap();
        assert_eq!((done.ballots, done.salt.len(), done.reason.as_str()), (2, 0, ""));
        assert_eq!(story.count(&town.second, "shining", &[], "").unwrap(), done, "pressed twice");
        assert_eq!(story.came_to("shining"), [(1, State::Refused, Some(1)), (2, State::Given, Some(2))]);
        assert_eq!(code(story.cast(&jury[2], "shining", &[1])), "award-counted");
        assert_eq!(code(story.nominate("shining", &[3])), "award-counted");
        // the register and the certificate tell how
        let (id, season) = (done.verdict.clone().unwrap().parse().unwrap(), town.season.clone());
        let verdict = db.read_wait(move |s| matters::verdict::queries::verdict(s, &id)).unwrap();
        assert_eq!((verdict.rule.as_str(), verdict.passed), ("award-by-jury", Some(true)));
        assert_eq!(verdict.outcome["given"], "2");
        assert_eq!(verdict.outcome["approvals"], "1: 1; 2: 2");
        let all = db.read_wait(move |s| award::queries::awards(s, &season)).unwrap();
        let given = all.iter().find(|one| one.state == State::Given).unwrap();
        assert!(given.certificate.is_some() && given.verdict == done.verdict);
        // who took part, and for what, is not told
        let told = public(db, &["award", "verdict"]);
        for juror in &jury {
            assert!(!told.contains(juror.person().unwrap().as_str()));
        }
    });
}

#[test]
fn the_digest_of_a_count_is_over_what_it_depends_on() {
    each_engine(|db| {
        let story = Story::new(db);
        let jury = story.people(3);
        story.nominate("shining", &[1, 2]).unwrap();
        jury.iter().for_each(|one| story.invite(one).unwrap());
        story.open("shining", CLOSES).unwrap();
        for (one, approved) in jury.iter().zip([&[1, 2][..], &[2], &[2]]) {
            story.cast(one, "shining", approved).unwrap();
        }
        let done = story.count(&story.town.second, "shining", &[], "").unwrap();
        assert!(matches!(story.again(&done), Answer::Equal { lines: 5, .. }), "{:?}", story.again(&done));
        // what becomes of a project afterwards changes nothing in what was counted
        fail(db, &story.town, 1);
        assert!(matches!(story.again(&done), Answer::Equal { .. }), "{:?}", story.again(&done));
        let id = done.verdict.unwrap().parse().unwrap();
        let verdict = db.read_wait(move |s| matters::verdict::queries::verdict(s, &id)).unwrap();
        let lines = "choice shining jury 1 3\nnominated 1\nnominated 2\nballots 1 1,2\nballots 2 2\n";
        assert_eq!(verdict.inputs, ledger::tree::Hash(<sha2::Sha256 as sha2::Digest>::digest(lines).into()));
    });
}

#[test]
fn nobody_with_a_part_in_a_nominated_project_sits_on_the_jury() {
    each_engine(|db| {
        let story = Story::new(db);
        let (town, jury) = (&story.town, story.people(3));
        jury.iter().for_each(|one| story.invite(one).unwrap());
        // the first officer checked no proposal's way: the authors are those who had a part
        let author = town.author.person().unwrap().clone();
        let at = town.place.clone();
        act(db, Actor::Operator, move |tx, cx| {
            let site = places::site(tx, &at)?.unwrap();
            verify::verify(tx, cx, &site, &author, &Verify { document: verify::DOCUMENTS[0].into() })
        })
        .unwrap();
        story.invite(&town.author).unwrap();
        // what is nominated comes after the jury
        story.nominate("shining", &[1, 2]).unwrap();
        assert_eq!(code(story.open("shining", CLOSES)), "award-juror-involved");
        let (season, input) = (
            town.season.clone(),
            Invite { category: "shining".into(), person: town.author.person().unwrap().to_string() },
        );
        act(db, &town.officer, move |tx, cx| uninvite(tx, cx, &season, &input)).unwrap();
        assert_eq!(code(story.invite(&town.author)), "award-juror-involved");
        story.open("shining", CLOSES).unwrap();
    });
}

#[test]
fn residents_vote_and_a_tie_is_broken_with_a_reason_by_who_nominated_none_of_them() {
    each_engine(|db| {
        let story = Story::new(db);
        let (town, people) = (&story.town, story.people(6));
        story.nominate("mobilising", &[1]).unwrap();
        assert_eq!(code(story.open("mobilising", CLOSES)), "award-nominations-too-few");
        story.nominate("mobilising", &[2, 3, 4]).unwrap();
        assert_eq!(code(story.open("innovation", CLOSES)), "award-by-office");
        story.open("mobilising", CLOSES).unwrap();
        let other = a_place(db, None, Level::Subdistrict, "外街道");
        let stranger = somebody(db, &other, "外边的人", None);
        assert_eq!(code(story.cast(&stranger, "mobilising", &[1])), "award-not-resident");
        for (one, approved) in people.iter().zip([&[1, 2][..], &[1, 2, 3], &[1, 3], &[2, 3]]) {
            story.cast(one, "mobilising", approved).unwrap();
        }
        // four are too few: it is given more days, and what came stays
        assert_eq!(code(story.count(&town.second, "mobilising", &[], "")), "award-ballots-too-few");
        assert_eq!(story.open_late("mobilising", "2026-12-10").unwrap().ballots, 4);
        assert_eq!(code(story.open_late("mobilising", "2026-12-11")), "award-choice-runs");
        story.cast(&people[4], "mobilising", &[4]).unwrap();
        assert_eq!(code(story.count(&town.second, "mobilising", &[], "")), "award-choice-runs");
        let count = |who: &Actor, chosen: &[u32], reason: &str| {
            let input = Count { category: "mobilising".into(), chosen: chosen.to_vec(), reason: reason.into() };
            let season = town.season.clone();
            on(db, 20, who, move |tx, cx| count(tx, cx, &season, &input))
        };
        let over = on(db, 20, &people[5], {
            let (season, input) = (town.season.clone(), Cast { category: "mobilising".into(), approved: vec![1] });
            move |tx, cx| cast(tx, cx, &season, &input)
        });
        assert_eq!(code(over), "award-choice-over");
        // three have as many, and two places are left
        assert_eq!(code(count(&town.second, &[], "")), "award-tied");
        assert_eq!(fields(count(&town.second, &[4, 1], "理由")), ["chosen: unknown-choice"]);
        assert_eq!(fields(count(&town.second, &[1], "理由")), ["chosen: so-many"]);
        assert_eq!(fields(count(&town.second, &[1, 3], "")), ["reason: required"]);
        assert_eq!(code(count(&town.officer, &[1, 3], "理由")), "not-allowed");
        let done = count(&town.second, &[3, 1], "这两个楼门都是头一回有人牵头。").unwrap();
        let came = [
            (1, State::Given, Some(3)),
            (2, State::Refused, Some(3)),
            (3, State::Given, Some(3)),
            (4, State::Refused, Some(1)),
        ];
        assert_eq!(story.came_to("mobilising"), came);
        assert!(matches!(story.again(&done), Answer::Equal { .. }), "{:?}", story.again(&done));
        assert_eq!(done.reason, "这两个楼门都是头一回有人牵头。");
        let told = public(db, &["award", "verdict"]);
        assert!(!told.contains("牵头") && told.contains("award-by-vote"));
    });
}

#[test]
fn a_stopped_project_gets_nothing_however_many_approve() {
    each_engine(|db| {
        let story = Story::new(db);
        story.nominate("shining", &[1, 2]).unwrap();
        let jury = story.people(3);
        jury.iter().for_each(|one| story.invite(one).unwrap());
        story.open("shining", CLOSES).unwrap();
        for (one, approved) in jury.iter().zip([&[1, 2][..], &[1], &[1]]) {
            story.cast(one, "shining", approved).unwrap();
        }
        fail(db, &story.town, 1);
        let done = story.count(&story.town.second, "shining", &[], "").unwrap();
        assert!(matches!(story.again(&done), Answer::Equal { .. }), "{:?}", story.again(&done));
        assert_eq!(story.came_to("shining"), [(1, State::Refused, Some(3)), (2, State::Given, Some(1))]);
    });
}

#[test]
fn a_ballot_is_never_lost_between_two_who_change_their_mind_at_once() {
    each_engine(|db| {
        let story = Story::new(db);
        let (season, people) = (story.town.season.clone(), story.people(5));
        story.nominate("mobilising", &[1, 2]).unwrap();
        story.open("mobilising", CLOSES).unwrap();
        let input = Cast { category: "mobilising".into(), approved: vec![1] };
        let other = Cast { category: "mobilising".into(), approved: vec![2] };
        let (key, me) = (season.clone(), people[0].clone());
        let ((), second) = meanwhile(
            |open| {
                act(db, &me, move |tx, cx| {
                    cast(tx, cx, &key, &input)?;
                    open.wait();
                    Ok(())
                })
                .unwrap();
            },
            || story.cast(&people[0], "mobilising", &other.approved),
        );
        second.unwrap();
        let there = db.read_wait(move |s| choice::queries::choice(s, &season, "mobilising")).unwrap().unwrap();
        assert_eq!(there.ballots, 1, "one person, one ballot");
    });
}

#[test]
fn the_pages_lead_from_the_nominations_to_the_count() {
    each_engine(|db| {
        let story = Story::new(db);
        let (town, people) = (&story.town, story.people(3));
        let site = Site::new(db, &[&town.officer, &town.second, &people[0], &people[1]]);
        let awards = format!("/seasons/{}/awards", town.season);
        let page = format!("{awards}/shining/choice");
        story.nominate("shining", &[1, 2]).unwrap();
        // before it begins nobody but the office sees what is nominated
        assert!(site.get(&page, 1).text().contains("楼道花园") && !site.get(&page, 3).text().contains("楼道花园"));
        assert_eq!(site.get(&format!("{awards}/innovation/choice"), 1).status, 404, "the office decides there");
        // the jury is found by whole names, invited and let go
        let found = site.get(&format!("{page}?find={}", web::in_query("住户0")), 1).text();
        let ids: Vec<String> = people.iter().map(|one| one.person().unwrap().to_string()).collect();
        assert!(found.contains(&ids[0]), "{found}");
        let send = |who: u8, what: &str, fields: &[(&str, &str)]| {
            let answer = site.post((&page, &format!("{page}/{what}")), who, fields);
            (answer.status, answer.text())
        };
        for id in &ids {
            assert_eq!(send(1, "jury", &[("person", id), ("act", "invite")]).0, 303);
        }
        assert_eq!(send(1, "jury", &[("person", &ids[2]), ("act", "leave")]).0, 303);
        let (status, text) = send(1, "open", &[("closes", CLOSES)]);
        assert!(status == 409 && text.contains(CLOSES), "what was typed is kept: {text}");
        assert_eq!(send(1, "jury", &[("person", &ids[2]), ("act", "invite")]).0, 303);
        assert_eq!(send(1, "open", &[("closes", CLOSES)]).0, 303);
        // a juror is told, ticks, and finds the ticks again
        assert!(site.get(&awards, 3).text().contains("请您当评委"));
        assert_eq!(send(3, "ballot", &[]).0, 422);
        assert_eq!(send(3, "ballot", &[("for", "1"), ("for", "2")]).0, 303);
        let text = site.get(&page, 3).text();
        assert!(text.contains("value=\"1\" checked") && text.contains("value=\"2\" checked"), "{text}");
        assert!(!site.get(&page, 4).text().contains("checked"), "nobody sees another's");
        for (who, number) in [(&people[1], 1), (&people[2], 2)] {
            story.cast(who, "shining", &[number]).unwrap();
        }
        // the whole jury is in, and two are tied for one place
        let text = site.get(&page, 2).text();
        assert!(text.contains("票数一样") && text.contains("name=\"chosen\""), "{text}");
        let (status, text) = send(2, "count", &[("chosen", "2"), ("reason", "")]);
        assert!(status == 422 && text.contains("value=\"2\" checked"), "{text}");
        assert_eq!(send(2, "count", &[("chosen", "2"), ("reason", "头一回有人牵头。")]).0, 303);
        let (text, list) = (site.get(&page, 0).text(), site.get(&awards, 0).text());
        for told in ["2 票", "头一回有人牵头。", "/verdicts/", "/certificates/"] {
            assert!(text.contains(told), "{told}: {text}");
        }
        assert!(list.contains("楼道花园") && list.contains("/verdicts/"), "{list}");
        let number = list.split("/certificates/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert!(site.get(&format!("/certificates/{number}"), 0).text().contains("/verdicts/"));
    });
}
