//! Halls of 东里, with a lot at each step.

use halls::delegates::{
    hall::{HallId, found::FoundHall, found::found},
    lot::{
        LotId, confirm,
        draft::{DraftLot, draft, open},
        enrol::{AtDesk, at_desk},
        freeze, import,
        publish::{Announce, publish},
        queries, seed,
        solve::{Solved, solve},
    },
    seat::{fill, fill::FillSeat},
};
use kernel::{Actor, Day, Instant};

use super::{DAY, RESIDENT, Seed};

/// Days before today on which the lots of the past were published; their numbers were known five days later.
const AGO: i64 = 20;

impl Seed {
    fn day_ago(&self, ago: i64) -> Day {
        let now = testkit::context(Actor::Visitor, 0).now.0;
        debug_assert!(!self.ids.is_empty(), "places come first");
        kernel::local_day(Instant(now - ago * DAY), 480)
    }

    fn hall(&mut self, name: &str) -> HallId {
        let input = FoundHall {
            place: self.a().to_string(),
            name: format!("东里议事厅 {name}"),
            kind: "fixed".into(),
            elected: "1".into(),
            recommended: "2".into(),
            drawn: "2".into(),
            from: self.day_ago(AGO).to_string(),
            until: self.day_ago(-700).to_string(),
            ..FoundHall::default()
        };
        let hall = self.run_then(&Actor::Operator, AGO, move |tx, cx| found(tx, cx, &input));
        self.keep(name, &hall.id);
        hall.id
    }

    /// A lot of a hall of its own.
    fn lot(&mut self, name: &str) -> LotId {
        let hall = self.hall(&format!("hall-{name}"));
        let input = DraftLot {
            title: format!("抽签 {name}"),
            size: "2".into(),
            rule: "leximin".into(),
            panels: "100".into(),
            quotas: "age: x 0-2, y 0-2".into(),
            enrol_until: self.day_ago(-10).to_string(),
            answer_days: "7".into(),
            ..DraftLot::default()
        };
        let lot = self.run_then(&Actor::Operator, AGO, move |tx, cx| draft(tx, cx, &hall, &input));
        self.keep(name, &lot.id);
        lot.id
    }

    fn lot_opened(&mut self, name: &str) -> LotId {
        let id = self.lot(name);
        let of = id.clone();
        self.run_then(&Actor::Operator, AGO, move |tx, cx| open(tx, cx, &of));
        let (of, rows) =
            (id.clone(), format!("name,age\n{RESIDENT}甲,x\n{RESIDENT}乙,y\n{RESIDENT}丙,y\n{RESIDENT}丁,x\n"));
        self.run_then(&Actor::Operator, AGO, move |tx, cx| import::take(tx, cx, &of, &rows));
        id
    }

    fn lot_frozen(&mut self, name: &str) -> LotId {
        let id = self.lot_opened(name);
        let of = id.clone();
        self.run_then(&Actor::Operator, AGO, move |tx, cx| freeze::freeze(tx, cx, &of, "enough"));
        id
    }

    fn lot_published(&mut self, name: &str) -> LotId {
        let id = self.lot_frozen(name);
        let Solved::Found(prepared) = solve(&self.db, &id).unwrap() else { panic!("anybody will do") };
        let day = self.day_ago(AGO - 5).to_string();
        let input = Announce { source: "Numbers".into(), at: "A paper".into(), day };
        self.run_then(&Actor::Operator, AGO, move |tx, cx| publish(tx, cx, &prepared, &input));
        id
    }

    fn lot_seeded(&mut self, name: &str) -> LotId {
        let id = self.lot_published(name);
        let of = id.clone();
        self.run(move |tx, cx| seed::type_seed(tx, cx, &of, "1 2 3"));
        id
    }
}

pub(super) fn halls(s: &mut Seed) {
    let hall = s.hall("hall");
    s.keep("seat-one", "1");
    s.keep("seat-two", "2");
    let (of, day) = (hall.clone(), s.day_ago(3).to_string());
    let who = FillSeat {
        name: RESIDENT.into(),
        source: "A meeting".into(),
        evidence: "Minutes".into(),
        from: day,
        shows: false,
    };
    let sits = s.run(move |tx, cx| fill::fill(tx, cx, (&of, 1), &who));
    s.keep("delegate", sits.id);
    for name in ["lot-draft0", "lot-draft1"] {
        s.lot(name);
    }
    let id = s.lot_opened("lot-open");
    let who = AtDesk { name: RESIDENT.into(), features: vec!["x".into()], once: "s".into(), ..AtDesk::default() };
    let one = s.run(move |tx, cx| at_desk(tx, cx, &id, &who));
    s.keep("volunteer", one.id);
    s.lot_frozen("lot-frozen0");
    s.lot_frozen("lot-frozen1");
    s.lot_published("lot-published");
    s.lot_seeded("lot-seeded");
    let id = s.lot_seeded("lot-drawn");
    let drawing = confirm::prepare(&s.db, &id).unwrap();
    s.run(move |tx, cx| confirm::confirm(tx, cx, &drawing, "1 2 3"));
    let id: LotId = s.id("lot-drawn").parse().unwrap();
    let offers = s.db.read_wait(move |q| queries::offers(q, &id)).unwrap();
    s.keep("member", offers[0].number);
}
