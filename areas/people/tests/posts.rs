//! Roles at places, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod offices;

use kernel::{Actor, Day, PersonId, PlaceId, Role};
use offices::{Town, each_engine, refused};
use people::post::{
    self, Appointment, PostId,
    end::{self, End},
    queries,
    stand_in::{self, StandIn},
};
use places::{
    Followers, Level,
    commands::{
        add::{AddPlace, add},
        relocate::{MovePlace, relocate},
    },
};
use rights::{Action, may, reach};

const TODAY: &str = "2026-11-22";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn end_post(town: &Town, actor: &Actor, post: &PostId, days: i64) -> Result<Appointment, db::Fault> {
    let post = post.clone();
    town.act(actor, days, move |tx, cx| end::end(tx, cx, &post, &End { reason: "调岗".into() }))
}

fn stand_in_for(
    town: &Town,
    actor: &Actor,
    post: &PostId,
    (person, from, until): (&PersonId, &str, &str),
) -> Result<Appointment, db::Fault> {
    let input = StandIn { person: person.to_string(), from: from.into(), until: until.into(), reason: "休假".into() };
    let post = post.clone();
    town.act(actor, 0, move |tx, cx| stand_in::stand_in(tx, cx, &post, &input))
}

/// Gives the post a duty, or takes one from it, as areas that give duties do.
fn duty(town: &Town, post: &PostId, days: i64, more: bool) -> Result<(), db::Fault> {
    let post = post.clone();
    town.act(&Actor::Operator, days, move |tx, cx| {
        let permit = rights::authorize(&cx.actor, Action::GiveDuty, post.home())?;
        if more { post::hold_duty(tx, &permit, &post, &cx.day) } else { post::release_duty(tx, &permit, &post) }
    })
}

#[test]
fn an_officer_of_a_subdistrict_sees_just_its_communities() {
    each_engine(|town| {
        let li = town.person(&town.beiyuan, "李工");
        town.appoint(&Actor::Operator, &li, ("officer", &town.beiyuan), (TODAY, "2027-11-21")).unwrap();
        let officer = town.signed_in(&li, TODAY);
        assert_eq!(reach(officer.principal().unwrap(), Action::SeeDuties), std::slice::from_ref(&town.beiyuan));
        let places = [&town.beiyuan, &town.yijing, &town.tianfu, &town.elsewhere, &town.district].map(Clone::clone);
        let sites = town.db.read_wait(move |s| {
            places.iter().map(|place| Ok(places::site(s, place)?.unwrap())).collect::<Result<Vec<_>, db::Fault>>()
        });
        let may: Vec<bool> = sites.unwrap().iter().map(|site| may(&officer, Action::SeeDuties, site)).collect();
        assert_eq!(may, [true, true, true, false, false]);
    });
}

#[test]
fn a_worker_of_one_community_appoints_helpers_there_and_not_in_the_next() {
    each_engine(|town| {
        let (wang, zhao) = (town.person(&town.yijing, "王工"), town.person(&town.yijing, "赵阿姨"));
        town.appoint(&Actor::Operator, &wang, ("worker", &town.yijing), (TODAY, "")).unwrap();
        let worker = town.signed_in(&wang, TODAY);
        let head = town.appoint(&worker, &zhao, ("stairwell-head", &town.yijing), (TODAY, "")).unwrap();
        assert_eq!((head.role, head.term), (Role::StairwellHead, 1));
        let next_door = town.appoint(&worker, &zhao, ("stairwell-head", &town.tianfu), (TODAY, ""));
        assert_eq!(refused(next_door).code, "not-allowed");
        let colleague = town.appoint(&worker, &zhao, ("worker", &town.yijing), (TODAY, ""));
        assert_eq!(refused(colleague).code, "not-allowed", "a secretary appoints workers");
        assert_eq!(refused(end_post(town, &town.signed_in(&zhao, TODAY), &head.id, 0)).code, "not-allowed");
        assert_eq!(
            refused(town.appoint(&Actor::Visitor, &zhao, ("volunteer", &town.yijing), (TODAY, ""))).code,
            "sign-in-first"
        );
    });
}

#[test]
fn a_role_is_in_force_from_its_first_to_its_last_day() {
    each_engine(|town| {
        let (wang, zhao) = (town.person(&town.yijing, "王工"), town.person(&town.yijing, "赵阿姨"));
        town.appoint(&Actor::Operator, &wang, ("worker", &town.yijing), ("2026-11-23", "2026-11-30")).unwrap();
        for (on, may) in [("2026-11-22", false), ("2026-11-23", true), ("2026-11-30", true), ("2026-12-01", false)] {
            let answer =
                town.appoint(&town.signed_in(&wang, on), &zhao, ("volunteer", &town.yijing), (TODAY, "2026-12-31"));
            if may {
                let post = answer.unwrap();
                end_post(town, &Actor::Operator, &post.id, 0).unwrap();
            } else {
                assert_eq!(refused(answer).code, "not-allowed", "{on}");
            }
        }
    });
}

#[test]
fn nobody_appoints_themselves_and_every_wrong_field_is_named() {
    each_engine(|town| {
        let li = town.person(&town.beiyuan, "李工");
        town.appoint(&Actor::Operator, &li, ("officer", &town.beiyuan), (TODAY, "")).unwrap();
        let officer = town.signed_in(&li, TODAY);
        let self_made = town.appoint(&officer, &li, ("worker", &town.yijing), (TODAY, ""));
        assert_eq!(refused(self_made).code, "appoint-yourself");
        let nobody: PersonId = "1-00000000000000000001".parse().unwrap();
        let stranger = town.appoint(&officer, &nobody, ("worker", &town.yijing), (TODAY, ""));
        assert_eq!(refused(stranger).code, "person-not-found");
        let wrong = refused(town.appoint(&officer, &li, ("king", &town.yijing), ("", "2026-02-30")));
        let fields: Vec<_> = wrong.fields.iter().map(|f| (f.field, f.code)).collect();
        assert_eq!(fields, [("from", "required"), ("until", "not-a-date"), ("role", "unknown-choice")]);
        let town_hall: kernel::PlaceId = "1-00000000000000000001".parse().unwrap();
        assert_eq!(refused(town.appoint(&officer, &li, ("worker", &town_hall), (TODAY, ""))).code, "place-not-found");
    });
}

#[test]
fn the_same_role_of_the_same_person_there_never_overlaps() {
    each_engine(|town| {
        let wang = town.person(&town.yijing, "王工");
        let give = |place, from, until| town.appoint(&Actor::Operator, &wang, ("worker", place), (from, until));
        let first = give(&town.yijing, "2026-11-22", "2026-12-31").unwrap();
        for (from, until) in [("2026-12-31", ""), ("2026-06-01", "2026-11-22"), ("2026-06-01", "2027-06-01")] {
            let refusal = refused(give(&town.yijing, from, until));
            assert_eq!((refusal.code, refusal.args.len()), ("role-held-already", 1), "{from} {until}");
        }
        assert_eq!(give(&town.yijing, "2027-01-01", "").unwrap().term, 2, "the next term follows");
        assert_eq!(give(&town.tianfu, "2026-11-22", "").unwrap().term, 1, "in another community it is another post");
        end_post(town, &Actor::Operator, &first.id, 0).unwrap();
        assert_eq!(give(&town.yijing, "2026-11-22", "2026-12-31").unwrap().term, 3, "what has ended is no hindrance");
    });
}

#[test]
fn of_many_appointments_at_once_one_holds() {
    each_engine(|town| {
        let wang = town.person(&town.yijing, "王工");
        let answers: Vec<_> = std::thread::scope(|scope| {
            let give = || town.appoint(&Actor::Operator, &wang, ("worker", &town.yijing), (TODAY, ""));
            let hands: Vec<_> = (0..8).map(|_| scope.spawn(give)).collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        for refusal in answers.into_iter().filter(Result::is_err).map(refused) {
            assert!(["role-held-already", "changed-meanwhile"].contains(&refusal.code), "{}", refusal.code);
        }
        assert_eq!(town.signed_in(&wang, TODAY).principal().unwrap().posts.len(), 1);
        assert_eq!(town.count_told("post.appointed"), 1);
    });
}

#[test]
fn a_post_with_open_duties_does_not_end_before_they_are_handed_over() {
    each_engine(|town| {
        let wang = town.person(&town.yijing, "王工");
        let post = town.appoint(&Actor::Operator, &wang, ("worker", &town.yijing), (TODAY, "2026-12-31")).unwrap();
        duty(town, &post.id, 0, true).unwrap();
        duty(town, &post.id, 0, true).unwrap();
        let refusal = refused(end_post(town, &Actor::Operator, &post.id, 0));
        assert_eq!((refusal.code, &refusal.args), ("duties-open", &vec![("n", kernel::Arg::Int(2))]));
        duty(town, &post.id, 0, false).unwrap();
        assert_eq!(refused(end_post(town, &Actor::Operator, &post.id, 0)).args, [("n", kernel::Arg::Int(1))]);
        duty(town, &post.id, 0, false).unwrap();
        assert!(matches!(duty(town, &post.id, 0, false), Err(db::Fault::Db(_))), "nothing is left to release");
        end_post(town, &Actor::Operator, &post.id, 0).unwrap();
        assert_eq!(refused(duty(town, &post.id, 0, true)).code, "post-ended", "an ended post takes no duty");
    });
}

#[test]
fn a_post_that_ran_out_takes_no_duty_and_what_it_left_open_is_shown() {
    each_engine(|town| {
        let wang = town.person(&town.yijing, "王工");
        let post = town.appoint(&Actor::Operator, &wang, ("worker", &town.yijing), (TODAY, "2026-11-30")).unwrap();
        duty(town, &post.id, 8, true).unwrap();
        assert_eq!(refused(duty(town, &post.id, 9, true)).code, "post-ended");
        let left = |on: &'static str| {
            let place = town.beiyuan.clone();
            let read = town.db.read_wait(move |s| {
                let place = places::queries::show(s, &place)?.unwrap();
                queries::left_open(s, &place, &day(on))
            });
            read.unwrap().into_iter().map(|holder| (holder.post.id, holder.name)).collect::<Vec<_>>()
        };
        assert_eq!(left("2026-11-30"), []);
        assert_eq!(left("2026-12-01"), [(post.id.clone(), "王工".to_owned())]);
        assert_eq!(refused(end_post(town, &Actor::Operator, &post.id, 9)).code, "post-ended", "it is over by itself");
        duty(town, &post.id, 9, false).unwrap();
        assert_eq!(left("2026-12-01"), []);
    });
}

#[test]
fn what_was_left_open_is_told_in_the_order_of_the_tree_also_where_a_part_came_by_a_move() {
    const ALONG: Followers = Followers::new(&[people::follow_place]);
    each_engine(|town| {
        let input =
            AddPlace { parent: Some(town.elsewhere.clone()), level: Level::Community, name: "茶花社区".into() };
        let own = town.act(&Actor::Operator, 0, move |tx, cx| add(tx, cx, &input)).unwrap().id;
        for place in [&own, &town.yijing] {
            for _ in 0..26 {
                let who = town.person(place, "王工");
                let post = town.appoint(&Actor::Operator, &who, ("worker", place), (TODAY, "2026-11-30")).unwrap();
                duty(town, &post.id, 8, true).unwrap();
            }
        }
        let (came, input) = (town.yijing.clone(), MovePlace { parent: town.elsewhere.clone(), day: None });
        town.act(&Actor::Operator, 1, move |tx, cx| relocate(tx, cx, ALONG, &came, &input)).unwrap();
        let place = town.elsewhere.clone();
        let left = town.db.read_wait(move |s| {
            let place = places::queries::show(s, &place)?.unwrap();
            queries::left_open(s, &place, &day("2026-12-01"))
        });
        let left: Vec<_> = left.unwrap().into_iter().map(|holder| (holder.path, holder.post.id)).collect();
        assert_eq!(left.len(), 50);
        assert!(left.is_sorted(), "{left:?}");
        let came = left.iter().filter(|(path, _)| path.ends_with(town.yijing.as_str())).count();
        assert_eq!(came, 26, "what came by the move has the lower home and stands first");
    });
}

#[test]
fn of_two_ends_at_once_one_is_told() {
    each_engine(|town| {
        let wang = town.person(&town.yijing, "王工");
        let post = town.appoint(&Actor::Operator, &wang, ("worker", &town.yijing), (TODAY, "")).unwrap();
        let answers: Vec<_> = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..2).map(|_| scope.spawn(|| end_post(town, &Actor::Operator, &post.id, 0))).collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        let refusals: Vec<_> = answers.into_iter().filter(Result::is_err).map(|a| refused(a).code).collect();
        assert_eq!(refusals, ["post-ended"]);
        assert_eq!(town.count_told("post.ended"), 1);
        assert_eq!(town.signed_in(&wang, TODAY).principal().unwrap().posts, []);
    });
}

#[test]
fn a_duty_and_an_end_at_once_never_both_pass() {
    each_engine(|town| {
        for round in 0..6 {
            let wang = town.person(&town.yijing, "王工");
            let post = town.appoint(&Actor::Operator, &wang, ("worker", &town.yijing), (TODAY, "")).unwrap();
            let (held, ended) = std::thread::scope(|scope| {
                let held = scope.spawn(|| duty(town, &post.id, 0, true));
                let ended = scope.spawn(|| end_post(town, &Actor::Operator, &post.id, 0));
                (held.join().unwrap(), ended.join().unwrap())
            });
            assert_ne!(held.is_ok(), ended.is_ok(), "round {round}: {held:?} {ended:?}");
        }
    });
}

#[test]
fn a_stand_in_acts_during_the_leave_and_not_after() {
    each_engine(|town| {
        let (wang, sun) = (town.person(&town.yijing, "王工"), town.person(&town.tianfu, "孙工"));
        let post = town.appoint(&Actor::Operator, &wang, ("worker", &town.yijing), (TODAY, "2027-11-21")).unwrap();
        duty(town, &post.id, 0, true).unwrap();
        let leave = (&sun, "2026-12-01", "2026-12-10");
        let instead = stand_in_for(town, &Actor::Operator, &post.id, leave).unwrap();
        assert_eq!(instead.stand_in_for.as_ref(), Some(&post.id));
        for (on, n) in [("2026-11-30", 0), ("2026-12-01", 1), ("2026-12-10", 1), ("2026-12-11", 0)] {
            assert_eq!(town.signed_in(&sun, on).principal().unwrap().posts.len(), n, "{on}");
            assert_eq!(town.signed_in(&wang, on).principal().unwrap().posts.len(), 1, "the holder keeps the role");
        }
        assert_eq!(refused(duty(town, &instead.id, 9, true)).code, "post-ended", "duties are held by the post itself");
        let again = stand_in_for(town, &Actor::Operator, &instead.id, (&wang, "2026-12-02", "2026-12-03"));
        assert_eq!(refused(again).code, "stand-in-for-stand-in");
        let holder = stand_in_for(town, &Actor::Operator, &post.id, (&wang, "2026-12-02", "2026-12-03"));
        assert_eq!(refused(holder).code, "stand-in-holder");
        let longer = stand_in_for(town, &Actor::Operator, &post.id, (&sun, "2027-11-01", "2027-11-22"));
        assert_eq!(refused(longer).code, "stand-in-outside");
        let open = stand_in_for(town, &Actor::Operator, &post.id, (&sun, "2026-12-20", ""));
        assert_eq!(refused(open).fields[0].code, "required", "a leave has a last day");
        let named = |on: &'static str| {
            let place = town.yijing.clone();
            let found = town.db.read_wait(move |s| post::holders(s, &place, Role::Worker, &day(on))).unwrap();
            found.into_iter().map(|post| post.person).collect::<Vec<_>>()
        };
        assert_eq!(named("2026-12-05"), [wang.clone(), sun.clone()]);
        assert_eq!(named("2026-12-11"), std::slice::from_ref(&wang));
    });
}

#[test]
fn a_stand_in_ends_with_the_post() {
    each_engine(|town| {
        let (wang, sun) = (town.person(&town.yijing, "王工"), town.person(&town.tianfu, "孙工"));
        let post = town.appoint(&Actor::Operator, &wang, ("worker", &town.yijing), (TODAY, "")).unwrap();
        stand_in_for(town, &Actor::Operator, &post.id, (&sun, TODAY, "2026-12-10")).unwrap();
        assert_eq!(town.signed_in(&sun, TODAY).principal().unwrap().posts.len(), 1);
        end_post(town, &Actor::Operator, &post.id, 0).unwrap();
        assert_eq!(town.signed_in(&sun, TODAY).principal().unwrap().posts, []);
        let late = stand_in_for(town, &Actor::Operator, &post.id, (&sun, "2026-12-11", "2026-12-12"));
        assert_eq!(refused(late).code, "post-ended");
    });
}

#[test]
fn the_nearest_above_holds_the_role_for_a_place() {
    each_engine(|town| {
        let [chief, li, wang] = ["总负责", "李工", "王工"].map(|name| town.person(&town.district, name));
        let give = |who, place| town.appoint(&Actor::Operator, who, ("officer", place), (TODAY, "2026-12-31")).unwrap();
        let at = |place: &kernel::PlaceId, on: &'static str| {
            let place = place.clone();
            let found = town.db.read_wait(move |s| post::holders(s, &place, Role::Officer, &day(on))).unwrap();
            found.into_iter().map(|post| post.person).collect::<Vec<_>>()
        };
        assert_eq!(at(&town.yijing, TODAY), []);
        give(&chief, &town.district);
        assert_eq!(at(&town.yijing, TODAY), std::slice::from_ref(&chief));
        let post = give(&li, &town.beiyuan);
        give(&wang, &town.beiyuan);
        assert_eq!(at(&town.yijing, TODAY), [li.clone(), wang.clone()]);
        assert_eq!(at(&town.elsewhere, TODAY), [chief]);
        assert_eq!(at(&town.yijing, "2027-01-01"), []);
        let others = town.db.read_wait(move |s| queries::successors(s, &post, &day(TODAY))).unwrap();
        let others: Vec<_> = others.into_iter().map(|post| post.person).collect();
        assert_eq!(others.first(), Some(&wang), "a colleague could take over first");
        assert!(!others.contains(&li));
    });
}

#[test]
fn who_holds_what_is_read_page_by_page_in_the_order_of_the_tree() {
    each_engine(|town| {
        for n in 0..60 {
            let who = town.person(&town.yijing, "居民");
            let place = if n % 2 == 0 { &town.yijing } else { &town.tianfu };
            town.appoint(&Actor::Operator, &who, ("volunteer", place), (TODAY, "")).unwrap();
        }
        let li = town.person(&town.beiyuan, "李工");
        town.appoint(&Actor::Operator, &li, ("officer", &town.beiyuan), (TODAY, "")).unwrap();
        let list = |place: &kernel::PlaceId, role, after| {
            let (place, which) = (place.clone(), queries::Which { role, after });
            let read = town.db.read_wait(move |s| {
                let place = places::queries::show(s, &place)?.unwrap();
                queries::list(s, &place, &which, &day(TODAY))
            });
            read.unwrap()
        };
        let first = list(&town.beiyuan, None, None);
        assert_eq!(first.len(), 50);
        assert_eq!((first[0].post.role, first[0].place.as_str()), (Role::Officer, "北园街道"), "from the top down");
        let last = first.last().unwrap();
        let rest = list(&town.beiyuan, None, Some(last.post.id.clone()));
        assert_eq!(rest.len(), 11);
        let mut ids: Vec<_> = first.iter().chain(&rest).map(|h| h.post.id.clone()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 61);
        assert_eq!(list(&town.yijing, None, None).len(), 30);
        assert_eq!(list(&town.beiyuan, Some(Role::Officer), None).len(), 1);
        assert_eq!(list(&town.elsewhere, None, None), []);
    });
}

#[test]
fn lists_follow_a_place_that_moved() {
    each_engine(|town| {
        let li = town.person(&town.yijing, "李工");
        town.appoint(&Actor::Operator, &li, ("worker", &town.yijing), (TODAY, "")).unwrap();
        let (place, new) = (town.yijing.clone(), MovePlace { parent: town.elsewhere.clone(), day: None });
        let followers = Followers::new(&[people::follow_place]);
        town.act(&Actor::Operator, 0, move |tx, cx| relocate(tx, cx, followers, &place, &new)).unwrap();
        let list = |place: &PlaceId, after: Option<PostId>| {
            let (place, day) = (place.clone(), Day::parse(TODAY).unwrap());
            let read = move |s: &mut db::Snapshot<'_>| {
                let place = places::queries::show(s, &place)?.unwrap();
                queries::list(s, &place, &queries::Which { role: None, after: after.clone() }, &day)
            };
            let rows = town.db.read_wait(read).unwrap();
            rows.into_iter().map(|row| row.post.id).collect::<Vec<_>>()
        };
        assert_eq!(list(&town.beiyuan, None), []);
        let here = list(&town.elsewhere, None);
        assert_eq!(here.len(), 1, "the post kept its home, and its new street sees it");
        assert_eq!(here, list(&town.yijing, None));
        assert_eq!(list(&town.elsewhere, here.last().cloned()), [], "the next page does not begin anew");
    });
}

#[test]
fn the_log_tells_the_role_and_never_the_person() {
    each_engine(|town| {
        let wang = town.person(&town.yijing, "王工");
        let post = town.appoint(&Actor::Operator, &wang, ("worker", &town.yijing), (TODAY, "")).unwrap();
        end_post(town, &Actor::Operator, &post.id, 0).unwrap();
        let told: Vec<_> = town.told().into_iter().filter(|(kind, _)| kind.starts_with("post.")).collect();
        assert_eq!(told.len(), 2);
        for (_, text) in told {
            assert!(text.contains(r#""role":"worker""#) && text.contains(r#""commit""#), "{text}");
            for private in [wang.as_str(), "王工", "会议决定", "调岗"] {
                assert!(!text.contains(private), "{text}");
            }
        }
    });
}
