//! The owners of the estate with the twenty lifts are asked: a year from door to door, papers typed by two, and the verdict
//! by the law of that time. All owners and all answers are invented.

use std::fmt::Write as _;

use db::{Db, DbError, Fault};
use kernel::{Actor, Day, Post, Role};
use owners::{
    ballot::paper::{self, TypePaper},
    law::set::{self, SetLaw},
    register::{Prepared, keep, sheet},
    round::{
        RoundId, call, close, committee, count,
        draft::{DraftRound, draft},
        freeze, posted,
    },
    visit::record::{Tap, Visits, record},
};
use people::resident;
use work::calendar::add_days;

use super::{
    acts::{acting, day, run},
    estate::{AREAS, FLOORS, HANDOVER, LIFTS, entrances},
    load::Places,
    persons::{self, Cast},
};

/// Families and given names of owners, one after the other: no two owners have the same name.
const FAMILIES: [&str; 12] = ["吴", "沈", "陆", "钱", "顾", "蒋", "许", "曹", "严", "汤", "倪", "龚"];
const GIVEN: [&str; 40] = [
    "安", "柏", "晨", "达", "恩", "帆", "岗", "和", "嘉", "凯", "岚", "敏", "宁", "鹏", "琪", "然", "森", "涛", "薇",
    "晓", "雅", "泽", "芳", "国", "红", "杰", "昆", "丽", "明", "楠", "平", "清", "蓉", "松", "婷", "文", "旭", "燕",
    "志", "竹",
];
/// The flats of one owner who has three and an account ([`persons::OWNER`]).
const OF_ONE: [&str; 3] = ["1-1-0101", "1-1-0102", "1-2-0101"];
/// Minutes between two visits, so that a month is full of them.
const BETWEEN: i64 = 350;

/// A flat with what its owner says in the end.
struct Flat {
    unit: String,
    /// None for a flat that hands in no paper.
    choice: Option<&'static str>,
}

/// Loads the round of 2018 and 2019, and one for a wall that goes on.
pub(super) fn load(db: &Db, places: &Places, cast: &Cast, today: &Day) -> Result<(), Fault> {
    let place = places.of(Some(LIFTS));
    let actor = |word: &str| {
        let person = cast.person(word).cloned().ok_or_else(|| DbError::Data("a worker is missing".into()))?;
        Ok::<_, DbError>(acting(person, vec![Post { role: Role::Officer, place: places.of(None) }]))
    };
    let third = cast.person("other-worker").ok_or_else(|| DbError::Data("a worker is missing".into()))?;
    persons::appoint(db, &place, third, Role::Worker)?;
    let typists = [actor("officer")?, actor("checker")?, actor("other-worker")?];
    let (roll, flats) = roll();
    let looked = sheet::look(roll.into_bytes())?;
    let prepared = Prepared::of(&looked.roll()?);
    let (of, same) = (place.clone(), prepared.clone());
    run(db, &typists[0], (&day("2018-05-21")?, 10 * 60), move |tx, cx| keep::keep(tx, cx, &of, &same))?;
    lifts(db, &place, &typists, &flats)?;
    wall(db, &place, &typists[0], today)?;
    // an estate like it lies where the rules are those of Beijing
    let other = places.of(Some(HANDOVER));
    let of = other.clone();
    run(db, &typists[0], (&add_days(today, -60), 10 * 60), move |tx, cx| keep::keep(tx, cx, &of, &prepared))?;
    for (place, rules) in [(&place, "cn"), (&other, "cn-beijing")] {
        owner(db, place, &typists[0], today)?;
        let (of, input) = (place.clone(), SetLaw { rules: rules.into(), ..SetLaw::default() });
        run(db, &typists[0], (&add_days(today, -59), 10 * 60), move |tx, cx| set::set(tx, cx, &of, &input))?;
    }
    let (_, name, phone) = persons::OWNER;
    persons::come_in(db, name, phone)?;
    doors(db, &place, &typists[0], today)?;
    gate(db, &other, &typists[0], today)
}

/// The owner of three flats on the roll of residents.
fn owner(db: &Db, place: &kernel::PlaceId, office: &Actor, today: &Day) -> Result<(), Fault> {
    let (_, name, phone) = persons::OWNER;
    let mut file = String::from("姓名,手机,门牌,身份\n");
    for unit in OF_ONE {
        // a String takes whatever is written to it
        let _ = writeln!(file, "{name},{phone},{unit},业主");
    }
    let (rows, _) = resident::sheet::parse(file.as_bytes())?;
    let of = place.clone();
    run(db, office, (today, 8 * 60), move |tx, cx| resident::import::import(tx, cx, &of, &rows).map(|_| ()))
}

/// A round in which owners vote on these pages, on paper, or by the code of a letter; a later ballot takes the earlier one's
/// place.
fn doors(db: &Db, place: &kernel::PlaceId, office: &Actor, today: &Day) -> Result<(), Fault> {
    let mut new = asked(
        place,
        "1 号楼换单元门和门禁",
        "1 号楼四个单元的门和门禁都旧了，全部更换，使用维修资金，是否同意？（演示）",
        "52000",
    );
    (new.buildings, new.later) = ("1".into(), "replace".into());
    new.closes = add_days(today, 12).to_string();
    let ago = |days: i32| add_days(today, -days);
    let id = begun(db, office, (&ago(38), &ago(28)), new)?;
    run(db, office, (&ago(8), 10 * 60), move |tx, cx| call::open(tx, cx, &id)).map(|_| ())
}

/// A round by the rules of Beijing whose vote is announced: the residents' committee has the notice; owners say
/// what they think, which is no vote.
fn gate(db: &Db, place: &kernel::PlaceId, office: &Actor, today: &Day) -> Result<(), Fault> {
    let new = DraftRound {
        item: "change-use".into(),
        rules: "cn-beijing".into(),
        closes: add_days(today, 30).to_string(),
        ..asked(place, "南门改成只走人", "小区南门改成只走人、不走车，车都从东门进出，是否同意？（演示）", "")
    };
    let ago = |days: i32| add_days(today, -days);
    let id = begun(db, office, (&ago(14), &ago(5)), new)?;
    let told = committee::Told { committee: "北望社区居委会（虚构）".into(), ..committee::Told::default() };
    run(db, office, (&ago(5), 15 * 60), move |tx, cx| committee::tell(tx, cx, &id, &told)).map(|_| ())
}

/// A round whose roll was frozen on the first day and whose vote was announced on the second.
fn begun(db: &Db, office: &Actor, (frozen, called): (&Day, &Day), new: DraftRound) -> Result<RoundId, Fault> {
    let id = run(db, office, (frozen, 10 * 60), move |tx, cx| {
        let id = draft(tx, cx, &new)?.id;
        freeze::freeze(tx, cx, &id)?;
        Ok(id)
    })?;
    let of = id.clone();
    run(db, office, (called, 10 * 60), move |tx, cx| call::call(tx, cx, &of))?;
    Ok(id)
}

fn asked(place: &kernel::PlaceId, title: &str, question: &str, cost: &str) -> DraftRound {
    DraftRound {
        place: place.to_string(),
        item: "use-fund".into(),
        title: title.into(),
        question: question.into(),
        cost: cost.into(),
        rules: "cn".into(),
        later: "refuse".into(),
        ..DraftRound::default()
    }
}

fn lifts(db: &Db, place: &kernel::PlaceId, typists: &[Actor; 3], flats: &[Flat]) -> Result<(), Fault> {
    let office = &typists[0];
    let mut new = asked(
        place,
        "新康园二十部电梯更换和大修",
        "六幢楼二十部电梯用了二十多年，十二部更换、八部大修，使用维修资金，是否同意？（演示：业主和答复都是编的）",
        "3198000",
    );
    new.closes = "2019-05-30".into();
    let id = run(db, office, (&day("2018-05-28")?, 10 * 60), move |tx, cx| {
        let id = draft(tx, cx, &new)?.id;
        freeze::freeze(tx, cx, &id)?;
        Ok(id)
    })?;
    for month in 0..12_i32 {
        visits(db, office, &id, (month, flats))?;
    }
    let of = id.clone();
    run(db, office, (&day("2019-05-06")?, 10 * 60), move |tx, cx| call::call(tx, cx, &of))?;
    let of = id.clone();
    run(db, office, (&day("2019-05-22")?, 9 * 60), move |tx, cx| call::open(tx, cx, &of))?;
    papers(db, &id, typists, flats)?;
    let of = id.clone();
    run(db, office, (&day("2019-05-31")?, 18 * 60), move |tx, cx| close::close(tx, cx, &of))?;
    let counted = count::count(db, &id)?;
    run(db, office, (&day("2019-06-01")?, 9 * 60), move |tx, cx| {
        count::publish(tx, cx, &counted)?;
        posted::post(tx, cx, &counted.round.id)
    })?;
    run(db, office, (&day("2019-06-05")?, 9 * 60), move |tx, cx| posted::end(tx, cx, &id))?;
    Ok(())
}

/// A month of visits, noted in one go as a phone sends them: nobody at home first, an answer in the end.
fn visits(db: &Db, office: &Actor, id: &RoundId, (month, flats): (i32, &[Flat])) -> Result<(), Fault> {
    let on = add_days(&day("2018-06-25")?, month * 26);
    let sent = 1_529_900_000_000_i64;
    let rows: Vec<Tap> = (1_u32..)
        .zip(flats)
        .filter(|(number, _)| number % 4 == u32::try_from(month).unwrap_or(0) % 4)
        .zip(0_i64..)
        .map(|((number, flat), nth)| {
            let first = month < 4;
            let result = match (first, number % 5, flat.choice) {
                (true, 0, _) => "come-back",
                (true, _, _) if number % 3 != 0 => "nobody",
                (_, _, Some("agree")) => "agrees",
                (_, _, Some("disagree")) => "refuses",
                (false, 1, _) => "no-talk",
                _ => "undecided",
            };
            let at = Some(sent - nth * BETWEEN * 60_000);
            Tap { door: number, result: result.into(), client: format!("{month}-{number}"), at, ..Tap::default() }
        })
        .collect();
    let (of, input) = (id.clone(), Visits { sent: Some(sent), rows });
    run(db, office, (&on, 20 * 60), move |tx, cx| record(tx, cx, &of, &input)).map(|_| ())
}

/// Two people type each paper, a building's at a time; of one they read different things, and a third decides.
fn papers(db: &Db, id: &RoundId, typists: &[Actor; 3], flats: &[Flat]) -> Result<(), Fault> {
    let on = day("2019-05-30")?;
    let paper = |flat: &Flat, choice: &str| TypePaper {
        unit: flat.unit.clone(),
        choice: choice.into(),
        channel: "paper".into(),
        ..TypePaper::default()
    };
    let cast: Vec<(&Flat, &'static str)> =
        flats.iter().filter_map(|flat| flat.choice.map(|choice| (flat, choice))).collect();
    for (who, minutes) in [(0, 14 * 60), (1, 16 * 60)] {
        for (part, nth) in cast.chunks(60).zip(0..) {
            let typed: Vec<TypePaper> = (part.iter())
                .enumerate()
                .map(|(at, (flat, choice))| {
                    let slipped = who == 1 && nth == 0 && at == 0;
                    paper(flat, if slipped { "abstain" } else { choice })
                })
                .collect();
            let of = id.clone();
            run(db, &typists[who], (&on, minutes + nth), move |tx, cx| {
                typed.iter().try_for_each(|input| paper::read(tx, cx, &of, input).map(|_| ()))
            })?;
        }
    }
    let Some((flat, choice)) = cast.first() else { return Ok(()) };
    let (of, input) = (id.clone(), paper(flat, choice));
    run(db, &typists[2], (&on, 18 * 60), move |tx, cx| paper::read(tx, cx, &of, &input)).map(|_| ())
}

/// A second round whose vote is open: somebody can go from door to door and type papers.
fn wall(db: &Db, place: &kernel::PlaceId, office: &Actor, today: &Day) -> Result<(), Fault> {
    let mut new = asked(
        place,
        "6 号楼外墙修补",
        "6 号楼北面外墙脱落，全部修补并重新粉刷，使用维修资金，是否同意？（演示）",
        "186000",
    );
    new.buildings = "6".into();
    new.closes = add_days(today, 10).to_string();
    let ago = |days: i32| add_days(today, -days);
    let id = begun(db, office, (&ago(40), &ago(30)), new)?;
    run(db, office, (&ago(10), 10 * 60), move |tx, cx| call::open(tx, cx, &id))?;
    Ok(())
}

/// The file of the register, and what each flat says: seven of ten agree, one is against, one abstains, one says nothing.
fn roll() -> (String, Vec<Flat>) {
    let mut file = String::from("unit,building,floor,owner,area,status\n");
    let (mut areas, mut flats) = (AREAS.iter().cycle(), Vec::new());
    let units = entrances().flat_map(|(building, entrance)| {
        (1..=FLOORS).flat_map(move |floor| [1, 2].map(|door| (building, entrance, floor, door)))
    });
    for ((building, entrance, floor, door), n) in units.zip(0_usize..) {
        let area = areas.next().unwrap_or(&0);
        let unit = format!("{building}-{entrance}-{floor:02}{door:02}");
        let sold = (building, entrance, floor) != (6, 2, FLOORS);
        let owner = match (sold, OF_ONE.contains(&unit.as_str())) {
            (false, _) => String::new(),
            (true, true) => persons::OWNER.1.to_owned(),
            (true, false) => format!("{}{}", FAMILIES[n % FAMILIES.len()], GIVEN[n / FAMILIES.len() % GIVEN.len()]),
        };
        let status = if sold { "sold" } else { "unsold" };
        // a String takes whatever is written to it
        let _ = writeln!(file, "{unit},{building},{floor},{owner},{}.{:02},{status}", area / 100, area % 100);
        let choice = match n % 10 {
            _ if OF_ONE.contains(&unit.as_str()) => Some("agree"),
            0..=6 => Some("agree"),
            // with this one it is seven of ten by area too
            9 if n == 9 => Some("agree"),
            7 => Some("disagree"),
            8 => Some("abstain"),
            _ => None,
        };
        flats.push(Flat { unit, choice });
    }
    (file, flats)
}
