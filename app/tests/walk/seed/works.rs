//! Works at 东里: one that is planned, one that goes on with a photo and shares, two that wait to be accepted, and two to be
//! settled.

use funds::works::{
    WorkId,
    apportion::{Apportion, apportion},
    open::{OpenWork, open},
    quote::{AddQuote, ChooseQuote, add, choose},
    unit::{self, AcceptUnits, AddUnits, ReportUnit, accept, report},
};

use super::{PHOTO, RESIDENT, Seed, Who, files};

pub(super) fn works(s: &mut Seed) {
    for name in ["roof", "lifts", "done0", "done1", "paid0", "paid1"] {
        let input = OpenWork {
            place: s.a().to_string(),
            kind: "replace".into(),
            title: "换电梯".into(),
            from: "2026-10-01".into(),
            until: "2026-12-01".into(),
            ..OpenWork::default()
        };
        let id = s.run(move |tx, cx| open(tx, cx, &input)).id;
        s.keep(name, &id);
        let (of, input) = (id.clone(), AddQuote { bidder: "远山".into(), amount: "100".into(), note: String::new() });
        s.run(move |tx, cx| add(tx, cx, &of, &input));
        let (of, input) = (id.clone(), AddUnits { kind: "replace".into(), labels: "一号梯\n二号梯".into() });
        s.run(move |tx, cx| unit::add(tx, cx, &of, &input));
        if name == "roof" {
            continue;
        }
        let (of, input) = (id.clone(), ChooseQuote { quote: "1".into(), reason: "只有一家".into() });
        s.run(move |tx, cx| choose(tx, cx, &of, &input));
        if name == "lifts" {
            continue;
        }
        for (unit, to) in [(1, "started"), (1, "done"), (2, "started"), (2, "done")] {
            let (of, input) = (id.clone(), ReportUnit { to: to.into(), ..ReportUnit::default() });
            s.run(move |tx, cx| report(tx, cx, (&of, unit), &input));
        }
        if name.starts_with("paid") {
            s.run(move |tx, cx| accept(tx, cx, &id, &AcceptUnits::default()));
        }
    }
    let lifts: WorkId = s.id("lifts").parse().unwrap();
    let officer = s.actor(Who::Officer);
    let place = s.a();
    let site = s.db.read_wait(move |s| places::site(s, &place)).unwrap().unwrap();
    let upload = work::files::Upload { name: "lift.png".into(), bytes: PHOTO.to_vec() };
    let photo = files(&s.db).receive(&testkit::context(officer.clone(), 940), &site, &upload).unwrap().id;
    let input = ReportUnit { to: "started".into(), files: vec![photo.to_string()], ..ReportUnit::default() };
    let of = lifts.clone();
    s.run_then(&officer, 0, move |tx, cx| report(tx, cx, (&of, 1), &input));
    s.keep("lift-photo", photo);
    let flats = format!("1-1,{RESIDENT},50\n1-2,,70");
    let input = Apportion { flats, developer: "远山置业".into(), rule: "largest".into(), bearer: String::new() };
    s.run(move |tx, cx| apportion(tx, cx, &lifts, &input));
}
