//! Organisations that act through seats, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod offices;

use db::Fault;
use kernel::{Actor, OrgId, PersonId, PlaceId};
use offices::{Town, each_engine, refused};
use people::org::{
    self, Org, OrgKind, Seat, SeatId,
    close::{self, Close},
    queries,
    register::{self, Register},
    rename::{self, Rename},
    seat::{self, GiveSeat},
    unseat,
};
use rights::{Action, authorize};

const TODAY: &str = "2026-11-22";

fn register_at(town: &Town, actor: &Actor, place: &PlaceId, (kind, name): (&str, &str)) -> Result<Org, Fault> {
    let input = Register { kind: kind.into(), name: name.into(), short: String::new() };
    let place = place.clone();
    town.act(actor, 0, move |tx, cx| register::register(tx, cx, &place, &input))
}

fn give(
    town: &Town,
    actor: &Actor,
    (org, person): (&OrgId, &PersonId),
    (title, leads): (&str, bool),
    (from, until): (&str, &str),
) -> Result<Seat, Fault> {
    let leads = if leads { "on" } else { "" }.to_owned();
    let input =
        GiveSeat { person: person.to_string(), title: title.into(), leads, from: from.into(), until: until.into() };
    let org = org.clone();
    town.act(actor, 0, move |tx, cx| seat::seat(tx, cx, &org, &input))
}

fn end_seat(town: &Town, actor: &Actor, org: &OrgId, seat: &SeatId) -> Result<Seat, Fault> {
    let (org, seat) = (org.clone(), seat.clone());
    town.act(actor, 0, move |tx, cx| unseat::unseat(tx, cx, &org, &seat))
}

fn close_org(town: &Town, actor: &Actor, org: &OrgId) -> Result<Org, Fault> {
    let org = org.clone();
    town.act(actor, 0, move |tx, cx| close::close(tx, cx, &org, &Close { reason: "注销".into() }))
}

fn seats_on(town: &Town, person: &PersonId, day: &str) -> Vec<OrgId> {
    town.signed_in(person, day).principal().unwrap().seats.clone()
}

#[test]
fn an_officer_keeps_the_organisations_of_the_subdistrict_and_not_those_of_the_next() {
    each_engine(|town| {
        let (li, wang) = (town.person(&town.beiyuan, "李工"), town.person(&town.yijing, "王工"));
        town.appoint(&Actor::Operator, &li, ("officer", &town.beiyuan), (TODAY, "")).unwrap();
        town.appoint(&Actor::Operator, &wang, ("worker", &town.yijing), (TODAY, "")).unwrap();
        let (officer, worker) = (town.signed_in(&li, TODAY), town.signed_in(&wang, TODAY));
        let committee = register_at(town, &officer, &town.yijing, ("residents-committee", "怡景社区居委会")).unwrap();
        assert_eq!((committee.kind, &*committee.short), (OrgKind::ResidentsCommittee, "怡景社区居委会"));
        assert!(committee.kind.is_of_five());
        let elsewhere = register_at(town, &officer, &town.elsewhere, ("property-company", "好邻物业"));
        assert_eq!(refused(elsewhere).code, "not-allowed");
        assert_eq!(refused(register_at(town, &worker, &town.yijing, ("other", "某队"))).code, "not-allowed");
        let twin = register_at(town, &officer, &town.yijing, ("other", "怡景社区居委会"));
        assert_eq!(refused(twin).code, "org-name-taken");
        let wrong = refused(register_at(town, &officer, &town.yijing, ("guild", " ")));
        let fields: Vec<_> = wrong.fields.iter().map(|f| (f.field, f.code)).collect();
        assert_eq!(fields, [("name", "required"), ("kind", "unknown-choice")]);
    });
}

#[test]
fn a_seat_counts_from_its_first_to_its_last_day_and_acts_for_its_organisation_alone() {
    each_engine(|town| {
        let org = register_at(town, &Actor::Operator, &town.yijing, ("property-company", "好邻物业")).unwrap();
        let other = register_at(town, &Actor::Operator, &town.yijing, ("party-branch", "怡景党支部")).unwrap();
        let zhou = town.person(&town.yijing, "周经理");
        give(town, &Actor::Operator, (&org.id, &zhou), ("经理", true), ("2026-12-01", "2026-12-31")).unwrap();
        assert_eq!(seats_on(town, &zhou, "2026-11-30"), []);
        assert_eq!(seats_on(town, &zhou, "2026-12-01"), std::slice::from_ref(&org.id));
        assert_eq!(seats_on(town, &zhou, "2026-12-31"), std::slice::from_ref(&org.id));
        assert_eq!(seats_on(town, &zhou, "2027-01-01"), []);
        let actor = town.signed_in(&zhou, "2026-12-01");
        let on = |org: &OrgId| {
            let resource = rights::Resource::of(org.home()).of_organisation(Some(org));
            authorize(&actor, Action::MeetDuty, resource).is_ok()
        };
        assert_eq!((on(&org.id), on(&other.id)), (true, false));
    });
}

#[test]
fn who_leads_fills_the_other_seats_and_not_the_leading_one() {
    each_engine(|town| {
        let org = register_at(town, &Actor::Operator, &town.yijing, ("owners-committee", "怡景业委会")).unwrap();
        let [lead, member, new, newer] = ["吴主任", "郑委员", "冯委员", "陈委员"].map(|n| town.person(&town.yijing, n));
        give(town, &Actor::Operator, (&org.id, &lead), ("主任", true), (TODAY, "")).unwrap();
        let (chair, days) = (town.signed_in(&lead, TODAY), (TODAY, ""));
        let seat = give(town, &chair, (&org.id, &member), ("委员", false), days).unwrap();
        let plain = town.signed_in(&member, TODAY);
        assert_eq!(refused(give(town, &plain, (&org.id, &new), ("委员", false), days)).code, "not-allowed");
        assert_eq!(refused(give(town, &chair, (&org.id, &new), ("主任", true), days)).code, "not-allowed");
        assert_eq!(refused(give(town, &Actor::Operator, (&org.id, &new), ("主任", true), days)).code, "lead-taken");
        assert_eq!(refused(give(town, &chair, (&org.id, &member), ("副主任", false), days)).code, "seat-held-already");
        assert_eq!(refused(give(town, &chair, (&org.id, &lead), ("委员", false), days)).code, "appoint-yourself");
        let neighbour = register_at(town, &Actor::Operator, &town.yijing, ("other", "书画社")).unwrap();
        let abroad = give(town, &chair, (&neighbour.id, &new), ("社员", false), days);
        assert_eq!(refused(abroad).code, "not-allowed", "another organisation's seats are not theirs");
        end_seat(town, &chair, &org.id, &seat.id).unwrap();
        assert_eq!(seats_on(town, &member, TODAY), []);
        assert_eq!(refused(end_seat(town, &chair, &org.id, &seat.id)).code, "seat-ended");
        give(town, &chair, (&org.id, &newer), ("委员", false), days).unwrap();
        let history = town.db.read_wait(move |s| queries::seats(s, &org.id, None)).unwrap();
        let names: Vec<_> = history.iter().map(|holder| holder.name.as_str()).collect();
        assert_eq!(names, ["陈委员", "郑委员", "吴主任"], "what was stays in the history");
    });
}

#[test]
fn of_many_who_seat_a_leader_at_once_one_does() {
    each_engine(|town| {
        let org = register_at(town, &Actor::Operator, &town.yijing, ("volunteer-team", "助老队")).unwrap();
        let people: Vec<PersonId> = (0..6).map(|_| town.person(&town.yijing, "队员")).collect();
        let answers: Vec<_> = std::thread::scope(|scope| {
            let hands: Vec<_> = people
                .iter()
                .map(|who| scope.spawn(|| give(town, &Actor::Operator, (&org.id, who), ("队长", true), (TODAY, ""))))
                .collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        for refusal in answers.into_iter().filter(Result::is_err).map(refused) {
            assert!(["lead-taken", "changed-meanwhile"].contains(&refusal.code), "{}", refusal.code);
        }
        let leaders = people.iter().filter(|who| !seats_on(town, who, TODAY).is_empty()).count();
        assert_eq!((leaders, town.count_told("seat.given")), (1, 1));
    });
}

#[test]
fn a_name_is_changed_and_an_organisation_closes_with_its_seats_but_not_while_it_owes() {
    each_engine(|town| {
        let org = register_at(town, &Actor::Operator, &town.yijing, ("community-org", "银龄画社")).unwrap();
        let gu = town.person(&town.yijing, "顾老师");
        give(town, &Actor::Operator, (&org.id, &gu), ("社长", true), (TODAY, "")).unwrap();
        let id = org.id.clone();
        let input = Rename { name: "银龄书画社".into(), short: "画社".into() };
        let renamed = town.act(&Actor::Operator, 0, move |tx, cx| rename::rename(tx, cx, &id, &input)).unwrap();
        assert_eq!((&*renamed.name, &*renamed.short), ("银龄书画社", "画社"));
        let duty = |more: bool| {
            let id = org.id.clone();
            town.act(&Actor::Operator, 0, move |tx, cx| {
                let permit = authorize(&cx.actor, Action::GiveDuty, id.home())?;
                if more { org::hold_duty(tx, &permit, &id) } else { org::release_duty(tx, &permit, &id) }
            })
        };
        duty(true).unwrap();
        let refusal = refused(close_org(town, &Actor::Operator, &org.id));
        assert_eq!((refusal.code, &refusal.args), ("duties-open", &vec![("n", kernel::Arg::Int(1))]));
        duty(false).unwrap();
        assert_eq!(refused(close_org(town, &town.signed_in(&gu, TODAY), &org.id)).code, "not-allowed");
        close_org(town, &Actor::Operator, &org.id).unwrap();
        assert_eq!(seats_on(town, &gu, TODAY), []);
        assert_eq!(refused(close_org(town, &Actor::Operator, &org.id)).code, "org-closed");
        assert_eq!(refused(duty(true)).code, "org-closed");
        let late = give(town, &Actor::Operator, (&org.id, &gu), ("社长", true), (TODAY, ""));
        assert_eq!(refused(late).code, "org-closed");
        register_at(town, &Actor::Operator, &town.yijing, ("community-org", "银龄书画社")).unwrap();
    });
}

#[test]
fn organisations_are_found_by_place_kind_and_a_part_of_the_name() {
    each_engine(|town| {
        for (place, kind, name) in [
            (&town.yijing, "property-company", "好邻物业"),
            (&town.tianfu, "property-company", "安居物业"),
            (&town.tianfu, "community-org", "100%合唱团"),
            (&town.elsewhere, "community-org", "南园合唱团"),
        ] {
            register_at(town, &Actor::Operator, place, (kind, name)).unwrap();
        }
        let find = |place: &PlaceId, kind: Option<OrgKind>, name: &str| {
            let (place, which) = (place.clone(), queries::Which { kind, name: name.into(), after: None });
            let read = town.db.read_wait(move |s| {
                let place = places::queries::show(s, &place)?.unwrap();
                queries::list(s, &place, &which)
            });
            let mut names: Vec<_> = read.unwrap().into_iter().map(|listed| listed.org.name).collect();
            names.sort();
            names
        };
        assert_eq!(find(&town.beiyuan, None, ""), ["100%合唱团", "好邻物业", "安居物业"]);
        assert_eq!(find(&town.tianfu, Some(OrgKind::PropertyCompany), ""), ["安居物业"]);
        assert_eq!(find(&town.beiyuan, None, "合唱"), ["100%合唱团"]);
        assert_eq!(find(&town.beiyuan, None, "%"), ["100%合唱团"], "a sign is searched as itself");
        assert_eq!(find(&town.beiyuan, None, "_"), Vec::<String>::new());
    });
}

#[test]
fn the_log_tells_the_organisation_and_never_who_sits_there() {
    each_engine(|town| {
        let org = register_at(town, &Actor::Operator, &town.yijing, ("community-org", "银龄画社")).unwrap();
        let gu = town.person(&town.yijing, "顾老师");
        let seat = give(town, &Actor::Operator, (&org.id, &gu), ("社长", true), (TODAY, "")).unwrap();
        end_seat(town, &Actor::Operator, &org.id, &seat.id).unwrap();
        let told: Vec<_> = town.told().into_iter().filter(|(kind, _)| kind.starts_with("seat.")).collect();
        assert_eq!(told.len(), 2);
        for (kind, text) in told {
            assert!(!text.contains(gu.as_str()) && !text.contains("顾老师") && !text.contains("社长"), "{kind} {text}");
        }
    });
}
