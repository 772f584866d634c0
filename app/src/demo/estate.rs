//! An estate of the demonstration: twenty lifts, twelve replaced and eight overhauled, with their bill shared over the
//! flats; and a property firm that hands over to the next. All of it is invented, the money too.

use std::fmt::Write as _;

use db::{Db, DbError, Fault};
use funds::{
    handover::{
        begin::{self, BeginHandover},
        mark::{self, MarkItem},
    },
    works::{
        WorkId, apportion, open, quote,
        settle::{self, SettleWork},
        unit,
    },
};
use kernel::{Actor, Day, OrgId, Post, Role};
use people::org;
use work::calendar::add_days;

use super::{
    acts::{acting, run},
    load::{Places, write},
    persons::Cast,
};
use crate::home::context;

/// The community of the lifts, and that of the handover.
pub(super) const LIFTS: usize = 4;
pub(super) const HANDOVER: usize = 5;
/// Entrances of each building; a lift stands in each.
const ENTRANCES: [u32; 6] = [4, 4, 4, 3, 3, 2];
/// Lifts that are replaced: those of the first three buildings.
const REPLACED: usize = 12;
/// The lift that was accepted with something still to mend.
const LOOSE: u32 = 10;
/// Floors, and the areas of flats in hundredths of a square metre, one after the other; two flats a floor.
pub(super) const FLOORS: u32 = 11;
pub(super) const AREAS: [u32; 3] = [6_852, 8_930, 10_375];
/// Owners' family names, one after the other.
const FAMILIES: [&str; 12] = ["吴", "沈", "陆", "钱", "顾", "蒋", "许", "曹", "严", "汤", "倪", "龚"];

/// The two officers: who orders and reports, who accepts and settles.
struct Office {
    orders: Actor,
    accepts: Actor,
    today: Day,
}

impl Office {
    fn days_ago(&self, days: i32) -> Day {
        add_days(&self.today, -days)
    }
}

/// Loads both.
pub(super) fn load(db: &Db, places: &Places, cast: &Cast) -> Result<(), Fault> {
    let officer = |word| {
        let person = cast.person(word).cloned().ok_or_else(|| DbError::Data("an officer is missing".into()))?;
        Ok::<_, DbError>(acting(person, vec![Post { role: Role::Officer, place: places.of(None) }]))
    };
    let office =
        Office { orders: officer("officer")?, accepts: officer("checker")?, today: context(Actor::Operator).day };
    lifts(db, places, &office)?;
    handover(db, places, &office)
}

fn lifts(db: &Db, places: &Places, office: &Office) -> Result<(), Fault> {
    let id = ordered(db, places, office)?;
    let n_lifts = ENTRANCES.iter().sum::<u32>();
    for (number, start) in (1..=n_lifts).zip(0..) {
        // three a week are begun, each takes three weeks
        let begun = office.days_ago(150 - start * 7 / 3);
        for (to, day) in [("started", begun.clone()), ("done", add_days(&begun, 21))] {
            let (of, input) =
                (id.clone(), unit::ReportUnit { to: to.into(), day: day.to_string(), ..unit::ReportUnit::default() });
            run(db, &office.orders, (&day, 17 * 60), move |tx, cx| unit::report(tx, cx, (&of, number), &input))?;
        }
    }
    let of = id.clone();
    run(db, &office.accepts, (&office.days_ago(60), 10 * 60), move |tx, cx| {
        let open = "扶手少一颗螺丝，一周内补上".to_owned();
        unit::accept(tx, cx, &of, &unit::AcceptUnits { units: vec![LOOSE], open })?;
        unit::accept(tx, cx, &of, &unit::AcceptUnits::default())
    })?;
    let (of, sum) = (
        id.clone(),
        SettleWork {
            amount: "3205600".into(), reason: "3 号楼井道加固，业主委员会和施工单位签了变更单".into()
        },
    );
    run(db, &office.accepts, (&office.days_ago(45), 10 * 60), move |tx, cx| settle::settle(tx, cx, &of, &sum))?;
    let shared = apportion::Apportion {
        flats: flats(),
        developer: "书院置业有限公司（虚构）".into(),
        rule: "largest".into(),
        bearer: String::new(),
    };
    run(db, &office.orders, (&office.days_ago(40), 10 * 60), move |tx, cx| {
        apportion::apportion(tx, cx, &id, &shared)?;
        apportion::announce(tx, cx, &id)
    })?;
    Ok(())
}

/// The work with its lifts, its quotes and the one that was chosen.
fn ordered(db: &Db, places: &Places, office: &Office) -> Result<WorkId, Fault> {
    let new = open::OpenWork {
        place: places.of(Some(LIFTS)).to_string(),
        kind: "replace".into(),
        title: "书院小区二十部电梯更换和大修".into(),
        about: "六幢楼二十部电梯用了二十多年，经常停梯。十二部更换，八部大修；钱由维修资金和业主按专有面积分摊。演示数据，单位和金额都是编的。"
            .into(),
        decision: "业主共同决定：使用和筹集维修资金，参与和同意的面积与人数都过了法定比例（虚构）".into(),
        from: office.days_ago(150).to_string(),
        until: office.days_ago(60).to_string(),
        ..open::OpenWork::default()
    };
    let labels: Vec<String> = entrances().map(|(building, n)| format!("{building} 号楼 {n} 单元电梯")).collect();
    let units = [("replace", &labels[..REPLACED]), ("overhaul", &labels[REPLACED..])]
        .map(|(kind, labels)| unit::AddUnits { kind: kind.into(), labels: labels.join("\n") });
    let quotes = [
        ("云梯电梯工程有限公司（虚构）", "3268000", "保修两年"),
        ("安行机电有限公司（虚构）", "3198000", "保修五年，大修的八部换钢丝绳和控制柜"),
        ("平步电梯服务有限公司（虚构）", "3350000", "保修三年"),
    ]
    .map(|(bidder, amount, note)| quote::AddQuote {
        bidder: bidder.into(),
        amount: amount.into(),
        note: note.into(),
    });
    let choice = quote::ChooseQuote {
        quote: "2".into(), reason: "报价最低，保修最长；业主委员会一起开标".into()
    };
    run(db, &office.orders, (&office.days_ago(170), 10 * 60), move |tx, cx| {
        let id = open::open(tx, cx, &new)?.id;
        for one in &units {
            unit::add(tx, cx, &id, one)?;
        }
        for one in &quotes {
            quote::add(tx, cx, &id, one)?;
        }
        quote::choose(tx, cx, &id, &choice)?;
        Ok(id)
    })
}

/// Building and entrance of each lift.
pub(super) fn entrances() -> impl Iterator<Item = (u32, u32)> {
    (1..).zip(ENTRANCES).flat_map(|(building, n)| (1..=n).map(move |entrance| (building, entrance)))
}

/// The roll of the flats: two a floor, of which a few are not sold.
fn flats() -> String {
    let mut roll = String::new();
    let (mut areas, mut families) = (AREAS.iter().cycle(), FAMILIES.iter().cycle());
    for (building, entrance) in entrances() {
        for (floor, door) in (1..=FLOORS).flat_map(|floor| [(floor, 1), (floor, 2)]) {
            let (area, family) = (areas.next().unwrap_or(&0), families.next().unwrap_or(&""));
            let sold = (building, entrance, floor) != (6, 2, FLOORS);
            let owner =
                if sold { format!("{family}{}", ["女士", "先生"][(door - 1) as usize]) } else { String::new() };
            // a String takes whatever is written to it
            let _ =
                writeln!(roll, "{building}-{entrance}-{floor:02}{door:02},{owner},{}.{:02}", area / 100, area % 100);
        }
    }
    roll
}

/// A handover under way: most was handed over, one thing is missing, one is disputed, the last are still open.
fn handover(db: &Db, places: &Places, office: &Office) -> Result<(), Fault> {
    let firm = |kind: &'static str, name: &'static str, short: &'static str| {
        let place = places.of(Some(HANDOVER));
        write(db, Actor::Operator, move |tx, cx| {
            let new = org::register::Register { kind: kind.into(), name: name.into(), short: short.into() };
            Ok(org::register::register(tx, cx, &place, &new)?.id)
        })
    };
    let old: OrgId = firm("property-company", "北望物业管理有限公司（虚构）", "北望物业")?;
    let new = firm("property-company", "和顺物业服务有限公司（虚构）", "和顺物业")?;
    let owners = firm("owners-committee", "北望小区业主委员会（虚构）", "北望业委会")?;
    let input = BeginHandover {
        place: places.of(Some(HANDOVER)).to_string(),
        old_firm: old.to_string(),
        new_firm: new.to_string(),
        residents: owners.to_string(),
        due: add_days(&office.today, 20).to_string(),
        once: String::new(),
    };
    run(db, &office.orders, (&office.days_ago(6), 9 * 60), move |tx, cx| {
        let id = begin::begin(tx, cx, &input)?.id;
        for number in 1..=funds::handover::list::LIST.len().saturating_sub(3) {
            let (state, note) = match number {
                3 => ("missing", "两台水泵的保修卡还没找到"),
                11 => ("disputed", "草坪的面积两边量得不一样，约好一起再量"),
                _ => ("handed", ""),
            };
            let item = MarkItem { item: number.to_string(), state: state.into(), note: note.into() };
            mark::mark(tx, cx, &id, &item)?;
        }
        Ok(())
    })
}
