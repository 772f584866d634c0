//! Objections: owed an answer by somebody without a part in it, taken to the last day, told to nobody.

use kernel::{Actor, Behalf, Principal, Source};
use matters::{
    duty::{
        self, Holder,
        meet::{Meet, meet},
    },
    notice::{
        ObjectionState,
        object::{NewObjection, object},
        queries,
    },
};
use people::post as posts;

use super::{Ward, act, context, each_engine, person, refusal, refused, resident};

#[test]
fn an_objection_is_answered_by_somebody_else_and_an_upheld_one_forces_a_correction() {
    each_engine(|db| {
        let ward = Ward::new(db);
        let notice = ward.posted("grant-approval");
        let objection = ward.object(ward.secretary(), &notice.id, "少了一个团队。", 1).unwrap();
        assert_eq!(objection.due_day.as_str(), "2026-11-30", "seven days; 30 November is a Monday");
        assert_eq!(refused(ward.answer(ward.secretary(), &objection.id, "upheld", 2)), "not-allowed", "her own");
        assert_eq!(refused(ward.answer(ward.worker(), &objection.id, "rejected", 2)), "not-allowed", "he posted it");
        assert_eq!(refused(ward.answer(resident(9), &objection.id, "rejected", 2)), "not-allowed");
        assert_eq!(refused(ward.end(ward.worker(), &notice.id, 9)), "objections-open");
        let answered = ward.answer(ward.officer(), &objection.id, "upheld", 2).unwrap();
        assert_eq!((answered.state, answered.answered_by.clone()), (ObjectionState::Upheld, Some(person(3))));
        assert_eq!(refused(ward.answer(ward.officer(), &objection.id, "rejected", 2)), "objection-answered");
        assert_eq!(refused(ward.end(ward.worker(), &notice.id, 9)), "correction-owed");
        let corrected = ward.correct(&notice.id, "资助六个团队。下周一发放。", 9).unwrap();
        assert_eq!((corrected.n_objections, corrected.n_open, corrected.n_upheld), (1, 0, 0));
        let id = objection.id.clone();
        let settled = db.read_wait(move |s| queries::objection(s, &id)).unwrap();
        assert_eq!(settled.corrected_in, Some(2));
        assert_eq!(refused(ward.end(ward.worker(), &notice.id, 15)), "notice-still-running");
        assert!(ward.end(ward.worker(), &notice.id, 20).is_ok());
    });
}

#[test]
fn an_objection_is_owed_an_answer_by_somebody_who_has_no_part_in_it() {
    each_engine(|db| {
        let ward = Ward::new(db);
        ward.appoint(1, "worker", &ward.community);
        let secretary = ward.appoint(2, "secretary", &ward.community);
        let officer = ward.appoint(3, "officer", &ward.street);
        let notice = ward.posted("grant-approval");
        let objection = ward.object(resident(9), &notice.id, "少了一个团队。", 1).unwrap();
        let due = ward.due();
        assert_eq!(due.len(), 1);
        let given = &due[0].duty;
        assert_eq!(given.holder, Holder::Post(secretary.clone()), "the worker put the notice up");
        assert_eq!(given.title, "答复公示异议：资助名单公示");
        assert_eq!((given.kind.as_str(), given.may_extend, &given.given_by), ("objection", 0, &None));
        assert_eq!(given.page, format!("/notices/{}#objection-{}", notice.id, objection.id));
        assert_eq!(given.deadline.as_ref().unwrap().day, objection.due_day, "one day, told twice");
        // nothing but the answer meets it
        let (id, by_hand) = (given.id.clone(), Meet { words: "打过电话".into(), ..Meet::default() });
        let met = act(db, context(ward.secretary(), 2), move |tx, cx| meet(tx, cx, &id, &by_hand));
        assert_eq!(refused(met), "answer-there");
        // the secretary's own objection goes past her, to the street
        let hers = ward.object(ward.secretary(), &notice.id, "日期不对。", 1).unwrap();
        let holders: Vec<Holder> = ward.due().into_iter().map(|named| named.duty.holder).collect();
        assert_eq!(holders, [Holder::Post(secretary), Holder::Post(officer)]);
        let owed = |id: &posts::PostId| {
            let id = id.clone();
            db.read_wait(move |s| posts::queries::post(s, &id)).unwrap().open_duties
        };
        let Holder::Post(of_hers) = &holders[1] else { panic!() };
        assert_eq!(owed(of_hers), 1, "a post that owes an answer cannot simply end");
        // whoever answers in time meets it, whoever owed it
        ward.answer(ward.officer(), &objection.id, "rejected", 8).unwrap();
        let left = ward.due();
        assert_eq!(
            left.iter().map(|named| named.duty.page.clone()).collect::<Vec<_>>(),
            [format!("/notices/{}#objection-{}", notice.id, hers.id)]
        );
        let ended = |id: &duty::DutyId| {
            let id = id.clone();
            db.read_wait(move |s| duty::queries::duty(s, &id)).unwrap()
        };
        let first = ended(&given.id);
        assert_eq!(first.state, duty::State::Met, "the eighth day is the due day");
        assert!(first.evidence[0].starts_with("entry:"));
        ward.answer(ward.officer(), &hers.id, "answered", 9).unwrap();
        assert_eq!(ended(&left[0].duty.id).state, duty::State::MetLate);
        assert_eq!((ward.due(), owed(of_hers)), (Vec::new(), 0));
        assert!(ward.end(ward.worker(), &notice.id, 9).is_ok());
        // no byte of the log and no step of the duty tells who objected
        for (kind, bytes) in ward.entries() {
            assert!(!bytes.contains(person(9).as_str()) && !bytes.contains("资助名单"), "{kind}: {bytes}");
        }
        let id = first.id;
        let steps = db.read_wait(move |s| duty::queries::steps(s, &id)).unwrap();
        assert!(steps.iter().all(|step| step.person != Some(person(9))));
    });
}

#[test]
fn an_objection_is_taken_also_where_nobody_holds_a_post_that_could_answer() {
    each_engine(|db| {
        let ward = Ward::new(db);
        ward.appoint(1, "worker", &ward.community);
        let notice = ward.posted("roll");
        ward.object(resident(9), &notice.id, "少了一户。", 1).unwrap();
        assert_eq!(ward.due(), [], "the worker put it up, and there is nobody else");
        // a form that is sent twice owes one answer
        ward.appoint(3, "officer", &ward.street);
        for _ in 0..2 {
            let id = notice.id.clone();
            let input =
                NewObjection { words: "多了一户。".into(), once: "form-1".into(), ..NewObjection::default() };
            act(db, context(resident(9), 1), move |tx, cx| object(tx, cx, &id, &input)).unwrap();
        }
        assert_eq!(ward.due().len(), 1);
        assert_eq!(ward.due()[0].duty.rule.to_string(), "days-to-workday:3", "of a list of voters: within three days");
    });
}

#[test]
fn of_two_answers_at_once_one_stands() {
    each_engine(|db| {
        let ward = Ward::new(db);
        let notice = ward.posted("grant-approval");
        let objection = ward.object(resident(9), &notice.id, "少了一个团队。", 1).unwrap();
        let answers: Vec<_> = std::thread::scope(|scope| {
            let outcomes = ["upheld", "rejected", "answered", "upheld", "rejected"];
            let hands = outcomes.map(|outcome| {
                let (ward, id) = (&ward, &objection.id);
                scope.spawn(move || ward.answer(ward.officer(), id, outcome, 2))
            });
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        let (yes, no): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!(yes.len(), 1);
        assert!(no.into_iter().all(|answer| refused(answer) == "objection-answered"));
        let stands = yes.into_iter().next().unwrap().unwrap();
        let shown = ward.shown(&notice.id);
        let owed = u32::from(stands.state == ObjectionState::Upheld);
        assert_eq!((shown.n_objections, shown.n_open, shown.n_upheld), (1, 0, owed));
        let told = ward.entries().into_iter().filter(|(kind, _)| kind == "objection.answered").count();
        assert_eq!(told, 1);
    });
}

#[test]
fn objections_are_taken_to_the_end_of_the_last_day_from_verified_people() {
    each_engine(|db| {
        let ward = Ward::new(db);
        let notice = ward.posted("other");
        let unverified = Principal { person: person(8), verified: false, posts: vec![], seats: vec![] };
        let unverified = Actor::Person(unverified.into());
        assert_eq!(refused(ward.object(Actor::Visitor, &notice.id, "不对", 1)), "sign-in-first");
        assert_eq!(refused(ward.object(unverified, &notice.id, "不对", 1)), "verify-first");
        assert!(ward.object(resident(9), &notice.id, "不对", 3).is_ok(), "25 November is the last day");
        let no = refusal(ward.object(resident(9), &notice.id, "不对", 4));
        assert_eq!((no.code, no.kind), ("objections-closed", kernel::Kind::Conflict));
        assert_eq!(refused(ward.object(resident(9), &notice.id, "  ", 1)), "invalid-input");
        let drafted = ward.draft(ward.worker(), ward.typed("other", None)).unwrap();
        assert_eq!(refused(ward.object(resident(9), &drafted.id, "不对", 1)), "notice-wrong-state");
        assert_eq!(ward.shown(&notice.id).n_objections, 1);
        // sent twice is made once; another's text is not handed out
        let once = |n| {
            let (id, input) = (
                notice.id.clone(),
                NewObjection { words: "再想想".into(), once: "form-1".into(), ..NewObjection::default() },
            );
            act(db, context(resident(n), 1), move |tx, cx| object(tx, cx, &id, &input))
        };
        let first = once(9).unwrap();
        assert_eq!(once(9).unwrap(), first);
        assert_eq!(refused(once(10)), "changed-meanwhile");
        assert_eq!(ward.shown(&notice.id).n_objections, 2);
    });
}

#[test]
fn at_the_desk_a_worker_objects_for_somebody_and_a_neighbour_cannot() {
    each_engine(|db| {
        let ward = Ward::new(db);
        let notice = ward.posted("other");
        let for_her = |actor: Actor| {
            let mut cx = context(actor, 1);
            cx.behalf = Some(Behalf { person: person(77), source: Source::Counter });
            let (id, input) = (notice.id.clone(), NewObjection { words: "不同意".into(), ..NewObjection::default() });
            act(db, cx, move |tx, cx| object(tx, cx, &id, &input))
        };
        assert_eq!(refused(for_her(resident(9))), "not-allowed");
        let objection = for_her(ward.secretary()).unwrap();
        assert_eq!(objection.author, Some(person(77)), "it is hers, not the secretary's");
        assert!(ward.answer(ward.secretary(), &objection.id, "rejected", 2).is_ok(), "typing is no conflict");
        let public = &ward.entries().into_iter().find(|(kind, _)| kind == "objection.made").unwrap().1;
        assert!(public.contains("\"source\":\"counter\"") && !public.contains(person(77).as_str()));
    });
}

#[test]
fn nothing_public_tells_who_objected_or_what_was_said() {
    each_engine(|db| {
        let ward = Ward::new(db);
        let notice = ward.posted("grant-approval");
        let objection = ward.object(resident(4242), &notice.id, "五号团队的负责人是亲戚", 1).unwrap();
        ward.answer(ward.officer(), &objection.id, "upheld", 2).unwrap();
        ward.correct(&notice.id, "资助六个团队。", 3).unwrap();
        ward.end(ward.worker(), &notice.id, 30).unwrap();
        let entries = ward.entries();
        assert!(entries.len() >= 7);
        for (kind, bytes) in entries {
            for private in [person(4242).as_str(), "亲戚", "已经核对", "漏了一个团队", "资助", person(1).as_str()]
            {
                assert!(!bytes.contains(private), "{kind} tells {private}: {bytes}");
            }
        }
    });
}
