//! Matters with photos, duties, and notices with objections.

use super::*;

pub(super) fn matters(s: &mut Seed) {
    let author = s.actor(Who::Author);
    for n in 0..=14 {
        let input = OpenMatter {
            place: s.a(),
            kind: "report".into(),
            title: "路灯坏了".into(),
            words: "三号楼东门".into(),
            anonymous: true,
            files: Vec::new(),
            once: String::new(),
        };
        let made = s.run_then(&author, 3, move |tx, cx| reckoned(|r| open::open(tx, cx, r, &input)));
        s.keep(format!("matter{n}"), &made.id);
        s.keep(format!("number{n}"), &made.number);
    }
    let id: MatterId = s.id("matter0").parse().unwrap();
    let note = matter::step::Note { words: NOTE.into(), inner: true, files: Vec::new() };
    s.run(move |tx, cx| matter::step::note(tx, cx, &id, &note));
    pictured(s, &author);
    for name in ["matter13", "matter14"] {
        let id: MatterId = s.id(name).parse().unwrap();
        let outcome = "solved".parse().unwrap();
        let answer = matter::close::Answer { outcome, words: "修好了".into(), files: Vec::new() };
        s.run(move |tx, cx| matter::close::close(tx, cx, &id, &answer));
    }
}

/// A matter with a photo for everybody, and one that only the office sees.
fn pictured(s: &mut Seed, author: &Actor) {
    let place = s.a();
    let site = s.db.read_wait(move |s| places::site(s, &place)).unwrap().unwrap();
    let taken = |n, actor: &Actor| {
        let upload = work::files::Upload { name: "lamp.png".into(), bytes: PHOTO.to_vec() };
        files(&s.db).receive(&testkit::context(actor.clone(), n), &site, &upload).unwrap().id
    };
    let officer = s.actor(Who::Officer);
    let (photo, inner) = (taken(901, author), taken(902, &officer));
    let input = OpenMatter {
        place: s.a(),
        kind: "report".into(),
        title: "路灯坏了".into(),
        words: "三号楼西门".into(),
        anonymous: true,
        files: vec![photo.to_string()],
        once: String::new(),
    };
    let id = s.run_then(author, 0, move |tx, cx| reckoned(|r| open::open(tx, cx, r, &input))).id;
    let (note, to) =
        (matter::step::Note { words: NOTE.into(), inner: true, files: vec![inner.to_string()] }, id.clone());
    s.run_then(&officer, 0, move |tx, cx| matter::step::note(tx, cx, &to, &note));
    s.keep("photo", photo);
    s.keep("inner", inner);
    s.keep("pictured", id);
}

pub(super) fn duties(s: &mut Seed) {
    let rule: Rule = "workdays:5".parse().unwrap();
    let person: PersonId = s.id("resident").parse().unwrap();
    let mut holders = vec![Holder::Person(person); 15];
    holders.extend((1..=4).map(|n| s.id(&format!("holder{n}")).parse().unwrap()));
    for (n, holder) in holders.into_iter().enumerate() {
        let title = format!("巡查{n}");
        let input = GiveDuty { title, words: DUTY.into(), ..GiveDuty::new(s.a(), holder, &rule) };
        let given = s.run(move |tx, cx| reckoned(|r| give::give(tx, cx, r, &input)));
        s.keep(format!("duty{n}"), given.id);
    }
    for name in ["duty13", "duty14"] {
        let id = s.id(name).parse().unwrap();
        let why = duty::cancel::Reason { words: "等材料".into() };
        s.run(move |tx, cx| reckoned(|r| duty::pause::pause(tx, cx, r, &id, &why)));
    }
    let author = s.actor(Who::Author);
    let token = s.run_then(&author, 0, duty::feed::make);
    s.keep("feed", token);
}

fn reckoned<T>(f: impl FnOnce(&Reckoner<'_>) -> T) -> T {
    let calendar = Calendar::new(work::calendar::bundled().iter());
    f(&Reckoner { calendar: &calendar, offset_minutes: 480 })
}

pub(super) fn notices(s: &mut Seed) {
    let drafted = |s: &Seed, ago| {
        let input = notice::draft::DraftNotice {
            place: s.id("a").into(),
            kind: "other".into(),
            title: "停水通知".into(),
            body: "周四停水".into(),
            ..Default::default()
        };
        s.run_then(&Actor::Operator, ago, move |tx, cx| notice::draft::draft(tx, cx, &input)).id
    };
    for n in 0..=3 {
        let id = drafted(s, 0);
        s.keep(format!("draft{n}"), id);
    }
    for n in 0..=8 {
        // the last two have hung for longer than they must
        let ago = if n >= 7 { 40 } else { 0 };
        let id = drafted(s, ago);
        s.keep(format!("notice{n}"), &id);
        s.run_then(&Actor::Operator, ago, move |tx, cx| notice::post::post(tx, cx, &id));
    }
    let person = s.id("objector").parse().unwrap();
    let objector =
        Actor::Person(Arc::new(kernel::Principal { person, verified: true, posts: Vec::new(), seats: Vec::new() }));
    for (n, at) in ["notice0", "notice0", "notice1"].into_iter().enumerate() {
        let id = s.id(at).parse().unwrap();
        let input = notice::object::NewObjection { words: OBJECTION.into(), ..Default::default() };
        let made = s.run_then(&objector, 0, move |tx, cx| notice::object::object(tx, cx, &id, &input)).id;
        s.keep(format!("objection{n}"), made);
    }
}
