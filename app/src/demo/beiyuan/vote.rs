//! The residents' vote that this demonstration adds to the round: an invented roll, ballots on screen and on paper, the
//! close and the result. It is advisory; the panel's list stands without it.

use db::{Db, DbError, Fault};
use decisions::{
    commands::{cast, close, enrol_residents, publish},
    paper::{self, Reading},
};
use kernel::{Actor, Chance, Day, Post, Role};
use people::{
    VoterKey,
    resident::{
        ResidentId, ResidentKind, import,
        queries::{Dweller, dwellers},
        sheet::Row,
    },
};
use programmes::{SeasonId, season::open_vote};
use work::calendar::add_days;

use super::{
    Data,
    load::{FIRST, STAGES, Town},
};
use crate::{
    commands::bulk::CHUNK,
    demo::{
        acts::{acting, day, person, run, together},
        ballots::index,
    },
};

/// Residents of each community, in the order of the visits, and how many of a hundred of them vote on a screen.
const RESIDENTS: [(usize, usize); 13] = [
    (268, 44),
    (241, 39),
    (196, 52),
    (312, 35),
    (175, 48),
    (258, 41),
    (229, 37),
    (184, 55),
    (247, 43),
    (203, 50),
    (281, 33),
    (166, 46),
    (240, 40),
];
/// So many of each community vote on paper.
const ON_PAPER: usize = 3;
/// Every so many papers one is no valid ballot.
const SPOILED: usize = 20;
/// Projects a ballot names at most, as the template says.
const MOST: usize = 5;
/// Rows of the roll that one transaction takes: far inside the budget of a write, also in a debug build.
const ROWS: usize = 25;
/// Papers that one transaction takes, each with questions of its own who may do it.
const FEW: usize = 6;

const SURNAMES: [&str; 20] = [
    "赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨", "朱", "秦", "许",
    "何",
];
const GIVEN: [&str; 16] =
    ["一", "文", "安", "明", "秀", "和", "平", "兰", "立", "远", "佳", "青", "思", "小", "晓", "书"];
const SECOND: [&str; 13] = ["", "华", "宁", "林", "峰", "雨", "然", "月", "涛", "清", "梅", "成", "云"];

/// From the roll to the published result.
pub(super) fn vote(db: &Db, town: &Town, (season, data): (&SeasonId, &Data)) -> Result<(), Fault> {
    let first = add_days(&day(FIRST)?, STAGES[5] + 1);
    roll(db, town, (data, &first))?;
    let key = season.clone();
    run(db, &town.officer, (&first, 8 * 60), move |tx, cx| open_vote::open_vote(tx, cx, &key))?;
    let voters = enrolled(db, town, (season, data), &first)?;
    let projects = projects(data)?;
    let mut chance = Chance::seeded(13_000);
    papers(db, town, (season, &first), &chosen(&voters, &projects, (&mut chance, true)))?;
    let mut screens = chosen(&voters, &projects, (&mut chance, false));
    chance.shuffle(&mut screens);
    let parts = screens.len().div_ceil(CHUNK);
    for (n, chunk) in screens.chunks(CHUNK).enumerate() {
        let (key, chunk) = (season.clone(), chunk.to_vec());
        let on = add_days(&first, i32::try_from(n * 7 / parts).unwrap_or(0));
        run(db, &Actor::Operator, (&on, 19 * 60), move |tx, cx| {
            for ballot in &chunk {
                cast::cast(tx, cx, &key, ballot.voter, &ballot.choices)?;
            }
            Ok(())
        })?;
    }
    let (last, key) = (add_days(&first, 7), season.clone());
    run(db, &town.officer, (&last, 17 * 60), move |tx, cx| close::close(tx, cx, &key))?;
    let counted = decisions::count::count(db, season)?;
    run(db, &town.officer, (&last, 18 * 60), move |tx, cx| publish::publish(tx, cx, &counted).map(|_| ()))
}

/// The invented residents come onto the roll of the thirteen communities.
fn roll(db: &Db, town: &Town, (data, on): (&Data, &Day)) -> Result<(), Fault> {
    let communities: Vec<_> = data.visits.iter().zip(RESIDENTS).collect();
    together(&communities, |(visit, (residents, _))| {
        let rows: Vec<Row> = (0..*residents).map(resident).collect();
        for rows in rows.chunks(ROWS) {
            let (place, rows) = (town.of(&visit.community).clone(), rows.to_vec());
            run(db, &town.officer, (on, 7 * 60), move |tx, cx| import::import(tx, cx, &place, &rows).map(|_| ()))?;
        }
        Ok(())
    })
    .map(|_| ())
}

/// The nth resident of a community: two in a flat, twelve in a stairwell's row of floors.
fn resident(n: usize) -> Row {
    let flat = n / 2;
    let name = [
        SURNAMES[flat % SURNAMES.len()],
        GIVEN[(n * 7 + flat / SURNAMES.len()) % GIVEN.len()],
        SECOND[(n * 5 + flat) % SECOND.len()],
    ];
    Row {
        line: n + 2,
        name: name.concat(),
        phone: None,
        place: String::new(),
        flat: format!("{}-{}-{}{:02}", flat / 36 + 1, flat / 12 % 3 + 1, flat / 2 % 6 + 1, flat % 2 + 1),
        kind: ResidentKind::Resident,
        weight: String::new(),
        subject: String::new(),
    }
}

/// A row of the vote's roll.
struct Enrolled {
    row: ResidentId,
    voter: VoterKey,
}

/// Puts the residents on the roll of the vote; answers with them by community.
fn enrolled(db: &Db, town: &Town, (season, data): (&SeasonId, &Data), on: &Day) -> Result<Vec<Vec<Enrolled>>, Fault> {
    let mut after = (String::new(), String::new());
    loop {
        let (key, from) = (season.clone(), after.clone());
        let chunk = run(db, &town.officer, (on, 9 * 60), move |tx, cx| {
            enrol_residents::enrol_residents(tx, cx, &key, (&from.0, &from.1))
        })?;
        match chunk.after {
            Some(next) => after = next,
            None => break,
        }
    }
    let of =
        |dweller: Dweller| Enrolled { voter: VoterKey::of_person(season.as_str(), &dweller.person), row: dweller.row };
    let mut all = Vec::new();
    for visit in &data.visits {
        let place = town.of(&visit.community).clone();
        // one page: none of the communities has so many
        let found = db.read_wait(move |s| dwellers(s, &place, "", ("", ""), 1_000))?;
        all.push(found.into_iter().map(of).collect());
    }
    Ok(all)
}

/// A project as voters see it: in which community it is done, and how many of a hundred elsewhere like it.
struct Project {
    community: usize,
    liked: u64,
}

fn projects(data: &Data) -> Result<Vec<Project>, DbError> {
    let community = |number: u32| {
        let name = &data.ideas.iter().find(|idea| idea.number == number)?.community;
        data.visits.iter().position(|visit| visit.community == *name)
    };
    let of = |number: u32| {
        let community = community(number).ok_or_else(|| DbError::Data(format!("no community of idea {number}")))?;
        Ok(Project { community, liked: 8 + u64::from(number) * 37 % 23 })
    };
    data.proposals.iter().map(|proposal| of(proposal.idea)).collect()
}

/// Who votes, and what.
#[derive(Clone)]
struct Ballot {
    row: ResidentId,
    voter: VoterKey,
    choices: Vec<u32>,
}

/// The ballots of those who vote on paper, or of those who vote on a screen.
fn chosen(voters: &[Vec<Enrolled>], projects: &[Project], (chance, on_paper): (&mut Chance, bool)) -> Vec<Ballot> {
    let mut ballots = Vec::new();
    for (community, (voters, (_, share))) in voters.iter().zip(RESIDENTS).enumerate() {
        let (paper, rest) = voters.split_at(ON_PAPER.min(voters.len()));
        let voting = if on_paper { paper } else { &rest[..rest.len() * share / 100] };
        for one in voting {
            let choices = choices(projects, community, chance);
            ballots.push(Ballot { row: one.row.clone(), voter: one.voter, choices });
        }
    }
    ballots
}

/// What somebody chooses: what is near by first of all.
fn choices(projects: &[Project], community: usize, chance: &mut Chance) -> Vec<u32> {
    let mut order: Vec<usize> = (0..projects.len()).collect();
    chance.shuffle(&mut order);
    let mut chosen = Vec::new();
    for at in order {
        let near = if projects[at].community == community { 45 } else { 0 };
        if chance.below(100) < projects[at].liked + near {
            chosen.push(u32::try_from(at + 1).unwrap_or(1));
        }
        if chosen.len() == MOST {
            break;
        }
    }
    // nobody comes to vote for nothing
    if chosen.is_empty() {
        chosen.push(u32::try_from(index(chance, projects.len()) + 1).unwrap_or(1));
    }
    chosen.sort_unstable();
    chosen
}

/// Papers are printed, given out against the roll, and each read by two.
fn papers(db: &Db, town: &Town, (season, on): (&SeasonId, &Day), ballots: &[Ballot]) -> Result<(), Fault> {
    let mut numbers = Vec::new();
    while numbers.len() < ballots.len() {
        let key = season.clone();
        numbers.extend(run(db, &town.officer, (on, 8 * 60), move |tx, cx| paper::print::print(tx, cx, &key))?);
    }
    let second = person(db, &town.subdistrict, "苏合")?;
    let second = acting(second, vec![Post { role: Role::Worker, place: town.subdistrict.clone() }]);
    for few in ballots.chunks(FEW) {
        let (key, few) = (season.clone(), few.to_vec());
        run(db, &second, (&add_days(on, 3), 10 * 60), move |tx, cx| {
            few.iter().try_for_each(|ballot| paper::give::give(tx, cx, &key, &ballot.row))
        })?;
    }
    let reading = |(n, ballot): (usize, &Ballot)| match n % SPOILED {
        7 => Reading::Spoiled,
        _ => Reading::Choices(ballot.choices.clone()),
    };
    let read: Vec<(String, Reading)> = numbers.into_iter().zip(ballots.iter().enumerate().map(reading)).collect();
    for (reader, hour) in [(&town.officer, 14), (&second, 15)] {
        for few in read.chunks(FEW) {
            let (key, few) = (season.clone(), few.to_vec());
            run(db, reader, (&add_days(on, 7), hour * 60), move |tx, cx| {
                few.iter()
                    .try_for_each(|(number, reading)| paper::read::read(tx, cx, &key, number, reading).map(|_| ()))
            })?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn three_thousand_invented_residents_each_with_a_flat_and_a_name() {
        assert_eq!(RESIDENTS.iter().map(|(residents, _)| residents).sum::<usize>(), 3_000);
        for (residents, _) in RESIDENTS {
            let rows: BTreeSet<(String, String)> =
                (0..residents).map(resident).map(|row| (row.flat, row.name)).collect();
            assert_eq!(rows.len(), residents);
        }
    }

    #[test]
    fn a_ballot_names_one_to_five_projects_in_order() {
        let projects: Vec<Project> = (0..24).map(|n| Project { community: n % 13, liked: 8 + n as u64 }).collect();
        let mut chance = Chance::seeded(1);
        let mut near = 0;
        for _ in 0..500 {
            let chosen = choices(&projects, 4, &mut chance);
            assert!((1..=5).contains(&chosen.len()) && chosen.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(chosen.iter().all(|n| (1..=24).contains(n)));
            near += usize::from(chosen.contains(&5));
        }
        assert!(near > 200, "{near} of 500 choose what is done where they live");
    }
}
