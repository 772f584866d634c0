//! Halls of the demonstration: one of an invented community with 21 seats, eight of them drawn from sixty volunteers, one of
//! whom declined; a lot whose list is out and whose number is known by now; and one that is open. All of it is invented.

use db::{Db, DbError, Fault};
use halls::delegates::{
    hall::{Hall, found::FoundHall, found::found},
    lot::{
        LotId, answer, confirm,
        draft::{DraftLot, draft, open},
        enrol::{Enrol, enrol},
        freeze, import,
        publish::{Announce, publish},
        queries, replace,
        replace::MakeRoom,
        seed,
        solve::{Solved, solve},
    },
    seat::{fill, fill::FillSeat},
};
use kernel::{Actor, Day, Kind, Post, Refusal, Role};
use work::calendar::add_days;

use super::{
    acts::{acting, run},
    load::Places,
    persons::Cast,
};
use crate::home::context;

/// The communities with a hall: of the whole story, of the number that is known, and of the resident who can take part.
const DRAWN: usize = 3;
const WAITING: usize = 4;
const OPEN: usize = 0;

/// Family names, one after the other.
const FAMILIES: [&str; 10] = ["欧阳", "司徒", "诸葛", "慕容", "上官", "令狐", "皇甫", "端木", "东方", "夏侯"];
const GIVEN: [&str; 6] = ["青", "书", "岩", "棠", "远", "禾"];

struct Office {
    worker: Actor,
    officer: Actor,
    checker: Actor,
    today: Day,
}

/// Loads them.
pub(super) fn load(db: &Db, places: &Places, cast: &Cast) -> Result<(), Fault> {
    let missing = || DbError::Data("somebody of the halls is missing".into());
    let at = |word, role, place| -> Result<Actor, Fault> {
        let person = cast.person(word).cloned().ok_or_else(missing)?;
        Ok(acting(person, vec![Post { role, place }]))
    };
    let office = Office {
        worker: at("officer", Role::Officer, places.of(None))?,
        officer: at("officer", Role::Officer, places.of(None))?,
        checker: at("checker", Role::Officer, places.of(None))?,
        today: context(Actor::Operator).day,
    };
    let hall = office.hall(db, places, (DRAWN, "议事厅", ["9", "4", "8"]), -60)?;
    elected(db, &office, &hall)?;
    let lot = office.lot(db, &hall, ("议事代表抽签（第一届）", "8"), (BIG, -58))?;
    office.import(db, &lot, (60, 0), -50)?;
    office.published(db, &lot, (-40, -33))?;
    office.drawn(db, &lot, -33)?;
    answers(db, &office, &lot)?;
    let hall = office.hall(db, places, (WAITING, "移动议事厅", ["5", "2", "4"]), -30)?;
    let lot = office.lot(db, &hall, ("楼门代表抽签", "4"), (SMALL, -28))?;
    office.import(db, &lot, (20, 3), -20)?;
    office.published(db, &lot, (-9, -2))?;
    let hall = office.hall(db, places, (OPEN, "社区议事厅", ["6", "3", "4"]), -5)?;
    let lot = office.lot(db, &hall, ("议事代表抽签", "4"), (SMALL, -4))?;
    office.import(db, &lot, (17, 5), -3)?;
    neighbour(db, &office, &lot, cast)
}

const BIG: &str = "性别：女 4-4，男 4-4\n年龄：18-35 2-3，36-59 2-4，60以上 2-3\n住房：自有 4-6，租住 2-4";
const SMALL: &str = "性别：女 2-2，男 2-2\n年龄：18-35 1-2，36-59 1-2，60以上 1-2";

impl Office {
    fn hall(
        &self,
        db: &Db,
        places: &Places,
        (at, name, [elected, recommended, drawn]): (usize, &str, [&str; 3]),
        day: i32,
    ) -> Result<Hall, Fault> {
        let input = FoundHall {
            place: places.of(Some(at)).to_string(),
            name: format!("{name}（演示）"),
            kind: if at == WAITING { "mobile" } else { "fixed" }.into(),
            about: "每月第二个周六上午开，议楼道、停车、公共空间这些大家的事。演示数据，人名都是编的。".into(),
            elected: elected.into(),
            recommended: recommended.into(),
            drawn: drawn.into(),
            from: add_days(&self.today, day).to_string(),
            until: add_days(&self.today, day + 730).to_string(),
            ..FoundHall::default()
        };
        run(db, &self.worker, (&add_days(&self.today, day), 9 * 60), move |tx, cx| found(tx, cx, &input))
    }

    fn lot(
        &self,
        db: &Db,
        hall: &Hall,
        (title, size): (&str, &str),
        (quotas, day): (&str, i32),
    ) -> Result<LotId, Fault> {
        let input = DraftLot {
            title: title.into(),
            size: size.into(),
            rule: "leximin".into(),
            panels: "500".into(),
            quotas: quotas.into(),
            household: true,
            enrol_until: add_days(&self.today, day + 17).to_string(),
            answer_days: "7".into(),
            once: String::new(),
        };
        let hall = hall.id.clone();
        run(db, &self.worker, (&add_days(&self.today, day), 10 * 60), move |tx, cx| {
            let lot = draft(tx, cx, &hall, &input)?;
            open(tx, cx, &lot.id).map(|lot| lot.id)
        })
    }

    fn import(&self, db: &Db, lot: &LotId, (people, turn): (usize, usize), day: i32) -> Result<(), Fault> {
        let lot = lot.clone();
        run(db, &self.worker, (&add_days(&self.today, day), 10 * 60), move |tx, cx| {
            import::take(tx, cx, &lot, &file(people, turn)).map(|_| ())
        })
    }

    /// Freezes the pool and publishes the list on a day, with a number that is known on another.
    fn published(&self, db: &Db, lot: &LotId, (day, known): (i32, i32)) -> Result<(), Fault> {
        let (of, day) = (lot.clone(), add_days(&self.today, day));
        run(db, &self.worker, (&day, 9 * 60), move |tx, cx| freeze::freeze(tx, cx, &of, "").map(|_| ()))?;
        let Solved::Found(prepared) = solve(db, lot)? else {
            return Err(Refusal::new(Kind::Conflict, "lot-too-hard").into());
        };
        let input = Announce {
            source: "“演示彩”当天的开奖号码，红球由小到大，再写加号和蓝球".into(),
            at: "社区公告栏，和演示彩的网站（都是编的）".into(),
            day: add_days(&self.today, known).to_string(),
        };
        run(db, &self.officer, (&day, 15 * 60), move |tx, cx| publish(tx, cx, &prepared, &input).map(|_| ()))
    }

    fn drawn(&self, db: &Db, lot: &LotId, day: i32) -> Result<(), Fault> {
        const NUMBER: &str = "04 11 19 23 27 30 + 09";
        let (of, day) = (lot.clone(), add_days(&self.today, day));
        run(db, &self.officer, (&day, 21 * 60), move |tx, cx| seed::type_seed(tx, cx, &of, NUMBER).map(|_| ()))?;
        let drawing = confirm::prepare(db, lot)?;
        run(db, &self.checker, (&day, 22 * 60), move |tx, cx| confirm::confirm(tx, cx, &drawing, NUMBER).map(|_| ()))
    }
}

/// Names, features and addresses; some share a flat.
fn file(people: usize, turn: usize) -> String {
    let mut out = "姓名,性别,年龄,住房,地址\n".to_owned();
    for at in turn..people + turn {
        let name = format!("{}{}", FAMILIES[at % 10], GIVEN[at / 10 % 6]);
        let gender = ["女", "男", "女"][at % 3];
        let age = ["60以上", "36-59", "18-35", "60以上", "36-59"][at % 5];
        let home = ["自有", "自有", "租住", "自有"][at % 4];
        // every tenth lives with the one before
        let flat = if at % 10 == 9 { at - 1 } else { at };
        out.push_str(&format!("{name},{gender},{age},{home},{}-{}-{}\n", flat % 7 + 1, flat % 3 + 1, 101 + flat / 7));
    }
    out
}

/// Nine whom meetings elected, and four whom organisations recommend.
fn elected(db: &Db, office: &Office, hall: &Hall) -> Result<(), Fault> {
    let from = add_days(&office.today, -57);
    let organisations = ["手作社（虚构）", "物业服务中心（虚构）", "小学家委会（虚构）", "卫生服务站（虚构）"];
    let seats: Vec<(u32, FillSeat)> = (1..=13_u32)
        .map(|seat| {
            let at = seat as usize;
            let elected = seat <= 9;
            let (source, evidence) = if elected {
                (format!("{seat} 号楼居民会议"), format!("会议记录第 {seat} 号"))
            } else {
                (organisations[at % 4].to_owned(), format!("推荐信第 {} 号", seat - 9))
            };
            let name = format!("{}{}", FAMILIES[at % 10], GIVEN[(at + 3) % 6]);
            (seat, FillSeat { name, shows: seat % 3 == 0, source, evidence, from: from.to_string() })
        })
        .collect();
    let id = hall.id.clone();
    run(db, &office.worker, (&from, 11 * 60), move |tx, cx| {
        seats.iter().try_for_each(|(seat, who)| fill::fill(tx, cx, (&id, *seat), who).map(|_| ()))
    })
}

/// One declines, the next comes in their place, and all who were asked accept.
fn answers(db: &Db, office: &Office, lot: &LotId) -> Result<(), Fault> {
    let asked = |db: &Db| {
        let lot = lot.clone();
        db.read_wait(move |s| queries::offers(s, &lot))
    };
    let first = asked(db)?.first().map_or(0, |offer| offer.number);
    let next = replace::prepare(db, lot, first)?;
    let input = MakeRoom { answer: "declined".into(), reason: "要照顾孙辈".into() };
    run(db, &office.worker, (&add_days(&office.today, -30), 10 * 60), move |tx, cx| {
        replace::make_room(tx, cx, &next, &input).map(|_| ())
    })?;
    let numbers: Vec<u32> =
        (asked(db)?.iter()).filter(|offer| !offer.answer.is_out()).map(|offer| offer.number).collect();
    let of = lot.clone();
    run(db, &office.worker, (&add_days(&office.today, -28), 10 * 60), move |tx, cx| {
        numbers.iter().try_for_each(|number| answer::accept(tx, cx, (&of, *number), number % 4 == 0).map(|_| ()))
    })
}

/// A neighbour has put herself forward by telephone.
fn neighbour(db: &Db, office: &Office, lot: &LotId, cast: &Cast) -> Result<(), Fault> {
    let Some(person) = cast.person("neighbour").cloned() else { return Ok(()) };
    let (lot, features) = (lot.clone(), ["36-59", "女"].map(str::to_owned).to_vec());
    let input = Enrol { features, address: "5-1-302".into() };
    run(db, &acting(person, Vec::new()), (&add_days(&office.today, -1), 20 * 60), move |tx, cx| {
        let lot_now = queries::lot(tx, &lot)?;
        let order: Vec<String> = (lot_now.quotas.categories().iter())
            .filter_map(|category| {
                let one = input.features.iter().find(|value| category.features.iter().any(|of| of.name == **value));
                one.cloned()
            })
            .collect();
        enrol(tx, cx, &lot, &Enrol { features: order, ..input.clone() }).map(|_| ())
    })
}
