//! What consents promise, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod support;

use db::{Db, Fault};
use kernel::{Actor, Context, PersonId, Source};
use people::{
    account::ask::Purpose as CodeFor,
    consent::{
        self, ConsentId, Purpose,
        agree::{Agree, Side, agree},
        give::{Desk, at_desk, give},
        queries::Bound,
    },
    session::{Token, switch::switch},
};
use support::*;

const CHILD: &str = "13900000001";
const MOTHER: &str = "13900000002";

fn bound(db: &Db, person: &PersonId) -> (Vec<Bound>, Vec<Bound>) {
    let cx = at(START, signed_in(person));
    db.read_wait(move |s| consent::queries::bound(s, &cx)).unwrap()
}

fn agree_with(db: &Db, me: &Context, contact: &str, name: &str, side: Side) -> Result<PersonId, Fault> {
    let ticket = ticket(db, me, contact, CodeFor::Agree);
    let input = Agree { ticket, name: name.into(), side };
    act(db, me, move |tx, cx| agree(tx, cx, &input))
}

fn act_for(db: &Db, person: &PersonId, token: &Token, giver: Option<&PersonId>) -> Result<(), Fault> {
    let (cx, token, giver) = (at(START, signed_in(person)), token.clone(), giver.cloned());
    act(db, &cx, move |tx, cx| switch(tx, cx, &token, giver.as_ref()))
}

fn end(db: &Db, person: &PersonId, id: &ConsentId) -> Result<(), Fault> {
    let (cx, id) = (at(START + DAY, signed_in(person)), id.clone());
    act(db, &cx, move |tx, cx| consent::end::end(tx, cx, &id))
}

#[test]
fn a_child_acts_for_the_mother_until_either_ends_it() {
    each_engine(|db| {
        places(db);
        let (token, child) = sign_up(db, START, CHILD, "小刚");
        let me = at(START + MINUTE, signed_in(&child));
        let mother = agree_with(db, &me, MOTHER, "李桂英", Side::ActsFor).unwrap();
        for who_ends in [&mother, &child] {
            let (taken, _) = bound(db, &child);
            assert_eq!((taken.len(), taken[0].name.as_str()), (1, "李桂英"));
            act_for(db, &child, &token, Some(&mother)).unwrap();
            let behalf = enters(db, &token, START).unwrap().behalf.unwrap();
            assert_eq!((&behalf.person, behalf.source), (&mother, Source::Web));
            let mut cx = at(START, signed_in(&child));
            cx.behalf = Some(behalf);
            assert_eq!((cx.author(), cx.entered_by()), (Some(&mother), Some(&child)));
            end(db, who_ends, &taken[0].consent.id).unwrap();
            end(db, who_ends, &taken[0].consent.id).unwrap();
            assert_eq!(enters(db, &token, START).unwrap().behalf, None, "at once");
            assert_eq!(refused(act_for(db, &child, &token, Some(&mother))), "no-consent");
            let later = at(START + 2 * HOUR, signed_in(&child));
            assert_eq!(agree_with(db, &later, MOTHER, "李桂英", Side::ActsFor).unwrap(), mother, "the same mother");
        }
        let kinds = told(db);
        assert_eq!(kinds.iter().filter(|k| *k == "consent.given").count(), 3);
        assert_eq!(kinds.iter().filter(|k| *k == "consent.ended").count(), 2);
        let log = leaves(db);
        assert!(!log.contains("李桂英") && !log.contains(MOTHER));
    });
}

#[test]
fn nobody_acts_without_consent_nor_with_somebody_elses_session() {
    each_engine(|db| {
        places(db);
        let (token, child) = sign_up(db, START, CHILD, "小刚");
        let (_, mother) = sign_up(db, START, MOTHER, "李桂英");
        let (stranger_token, stranger) = sign_up(db, START, "13900000003", "生人");
        assert_eq!(refused(act_for(db, &child, &token, Some(&mother))), "no-consent");
        let me = at(START + MINUTE, signed_in(&mother));
        assert_eq!(agree_with(db, &me, CHILD, "小刚", Side::LetsAct).unwrap(), child, "the mother begins it");
        assert_eq!(refused(act_for(db, &stranger, &stranger_token, Some(&mother))), "no-consent");
        assert_eq!(refused(act_for(db, &child, &stranger_token, Some(&mother))), "session-not-found");
        act_for(db, &child, &token, Some(&mother)).unwrap();
        let id = bound(db, &child).0[0].consent.id.clone();
        assert_eq!(refused(end(db, &stranger, &id)), "consent-not-found");
        act_for(db, &child, &token, None).unwrap();
        assert_eq!(enters(db, &token, START).unwrap().behalf, None);
        // who acts for the mother keeps their own account, not hers
        let mut cx = at(START, signed_in(&child));
        cx.behalf = Some(kernel::Behalf { person: mother.clone(), source: Source::Web });
        act(db, &cx, |tx, cx| give(tx, cx, Purpose::ShowName)).unwrap();
        let (c, m) = (child.clone(), mother.clone());
        let agreed = move |s: &mut db::Snapshot<'_>| {
            let child = consent::queries::in_force(s, &c, Purpose::ShowName)?;
            Ok::<_, Fault>((child, consent::queries::in_force(s, &m, Purpose::ShowName)?))
        };
        assert_eq!(db.read_wait(agreed).unwrap(), (true, false));
    });
}

#[test]
fn a_code_for_another_purpose_or_person_agrees_to_nothing() {
    each_engine(|db| {
        places(db);
        let (_, child) = sign_up(db, START, CHILD, "小刚");
        let me = at(START + MINUTE, signed_in(&child));
        let sign_in = ticket(db, &at(START, Actor::Visitor), MOTHER, CodeFor::SignIn);
        let input = Agree { ticket: sign_in, name: "李桂英".into(), side: Side::ActsFor };
        assert_eq!(refused(act(db, &me, move |tx, cx| agree(tx, cx, &input))), "code-gone");
        assert_eq!(refused(agree_with(db, &me, CHILD, "小刚", Side::ActsFor)), "not-oneself");
        assert_eq!(refused(act(db, &me, |tx, cx| give(tx, cx, Purpose::ActFor))), "wrong-purpose");
        assert_eq!(bound(db, &child), (vec![], vec![]));
    });
}

#[test]
fn a_worker_notes_at_the_desk_what_the_giver_said() {
    each_engine(|db| {
        let (root, community) = places(db);
        let (token, child) = sign_up(db, START, CHILD, "小刚");
        let (_, mother) = sign_up(db, START, MOTHER, "李桂英");
        let place = root.clone();
        let site = db.read_wait(move |s| places::site(s, &place)).unwrap().unwrap();
        let go = |actor: Actor, taker: &PersonId| {
            let mut cx = at(START, actor);
            cx.behalf = Some(kernel::Behalf { person: mother.clone(), source: Source::Paper });
            let input = Desk { giver: mother.clone(), taker: Some(taker.clone()), purpose: Purpose::ActFor };
            let site = site.clone();
            act(db, &cx, move |tx, cx| at_desk(tx, cx, &site, &input))
        };
        assert_eq!(refused(go(worker(&community), &child)), "not-allowed", "of another place");
        let desk = worker(&root);
        assert_eq!(refused(go(desk.clone(), &mother)), "not-oneself");
        go(desk.clone(), &child).unwrap();
        go(desk, &child).unwrap();
        let (taken, _) = bound(db, &child);
        assert_eq!((taken.len(), taken[0].consent.source, taken[0].consent.how.as_str()), (1, Source::Paper, "desk"));
        act_for(db, &child, &token, Some(&mother)).unwrap();
        assert_eq!(told(db).iter().filter(|k| *k == "consent.given").count(), 1);
    });
}
