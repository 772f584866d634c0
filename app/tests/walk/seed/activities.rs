//! Activities at 东里: one that goes on and one that comes, with sign-ups, check-ins of which some are in doubt, photos.

use activities::{
    ActivityId,
    activity::hold::{HoldActivity, hold},
    checkin::take::{Arrival, CheckIn, take},
    photo::add::{AddPhotos, add},
    signup::join::{Enter, enter},
};

use super::{PHOTO, RESIDENT, Seed, Who, files};

pub(super) fn activities(s: &mut Seed) {
    for (name, day, hours) in
        [("going", "2026-11-22", true), ("coming", "2026-12-05", false), ("off", "2026-12-06", false)]
    {
        let input = HoldActivity {
            place: s.a().to_string(),
            theme: "culture".into(),
            title: "写春联".into(),
            day: day.into(),
            from: "9:00".into(),
            until: "12:00".into(),
            hours,
            ..Default::default()
        };
        let held = s.run(move |tx, cx| hold(tx, cx, &input));
        s.keep(name, held.id);
    }
    let id: ActivityId = s.id("going").parse().unwrap();
    for n in 0..=2 {
        let input = Enter { name: format!("{RESIDENT}{n}"), heads: 2, once: String::new() };
        let of = id.clone();
        let row = s.run(move |tx, cx| enter(tx, cx, &of, &input));
        s.keep(format!("signup{n}"), row.id);
    }
    // noon of the next day by a clock that is wrong: two in doubt; one that counts
    for n in 0..=2 {
        let at = (n < 2).then_some(1_795_406_400_000);
        let rows = vec![Arrival { name: RESIDENT.into(), client: format!("tap-{n}"), at, ..Default::default() }];
        let (of, input) = (id.clone(), CheckIn { sent: at, rows });
        let done = s.run(move |tx, cx| take(tx, cx, &of, &input));
        s.keep(format!("check{n}"), &done[0].0.id);
    }
    let officer = s.actor(Who::Officer);
    let place = s.a();
    let site = s.db.read_wait(move |s| places::site(s, &place)).unwrap().unwrap();
    for (n, name) in ["shown-photo", "gone-photo"].into_iter().enumerate() {
        let upload = work::files::Upload { name: "hall.png".into(), bytes: PHOTO.to_vec() };
        let cx = testkit::context(officer.clone(), 920 + u64::try_from(n).unwrap());
        let photo = files(&s.db).receive(&cx, &site, &upload).unwrap().id;
        let input = AddPhotos { files: vec![photo.to_string()], faces: "nobody".into(), caption: String::new() };
        let of = id.clone();
        s.run_then(&officer, 0, move |tx, cx| add(tx, cx, &of, &input));
        s.keep(name, photo);
    }
}
