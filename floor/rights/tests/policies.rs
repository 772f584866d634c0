//! The policies themselves: strict, named, and the same in SQL as in a decision.

use kernel::{Actor, Chance, Home, Id, PersonId, PlaceId, Post, Principal, Role, Site};
use proptest::prelude::*;
use rights::{Action, POLICIES, SCHEMA, authorize, check, reach};

#[test]
fn the_policies_hold_against_the_schema() {
    check(SCHEMA, POLICIES).unwrap();
}

#[test]
fn what_the_schema_does_not_know_or_deserves_a_warning_is_found() {
    let wrong = [
        POLICIES.replacen("principal.workerAt", "principal.workersAt", 1),
        POLICIES.replacen("Action::\"community work", "Action::\"comunity work", 1),
        POLICIES.replacen("principal.verified", "principal.workerAt", 1),
        // can never be true: a warning
        POLICIES.replacen("context has maker && context.maker", "!(context has maker) && context.maker", 1),
        format!("{POLICIES} permit (principal, action, resource"),
    ];
    for policies in wrong {
        assert!(check(SCHEMA, &policies).is_err(), "{}", &policies[policies.len() - 80..]);
    }
}

#[test]
fn every_sentence_has_a_name_and_words_and_none_allows_everything_to_everybody() {
    let sentences: Vec<&str> = POLICIES.split(";\n").map(str::trim).filter(|s| !s.is_empty()).collect();
    assert!(sentences.len() > 10);
    for sentence in sentences {
        assert!(sentence.contains("@id(\"") && sentence.contains("@says(\""), "{sentence}");
        let bare = sentence.contains("permit (principal,");
        assert!(!bare, "a permit must say who: {sentence}");
    }
}

#[test]
fn every_action_stands_in_the_schema() {
    for action in Action::ALL {
        let granted = authorize(&Actor::Operator, *action, Home(1));
        assert!(granted.is_ok(), "{action:?} is not in policies/schema.cedarschema");
    }
}

/// A tree as parents of places 1..; place 0 is the root.
fn trees() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(any::<prop::sample::Index>(), 1..24)
        .prop_map(|picks| picks.iter().enumerate().map(|(n, pick)| pick.index(n + 1)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// What a list shows (paths that begin with a place of `reach`) is what a decision on each row allows.
    #[test]
    fn the_filter_of_a_list_is_the_decision_on_each_row(
        parents in trees(),
        posts in prop::collection::vec((0_usize..18, any::<prop::sample::Index>()), 0..6),
        act in any::<prop::sample::Index>(),
    ) {
        let mut chance = Chance::seeded(5);
        let ids: Vec<PlaceId> = (0..=parents.len()).map(|_| Id::random(Home(1), &mut chance)).collect();
        let above = |place: usize| {
            let mut chain = Vec::new();
            let mut at = place;
            while at > 0 {
                at = parents[at - 1];
                chain.push(ids[at].clone());
            }
            chain
        };
        let roles: Vec<Role> = Role::all().collect();
        let posts = posts.iter().map(|(role, at)| Post { role: roles[*role], place: at.get(&ids).clone() }).collect();
        let person: PersonId = Id::random(Home(1), &mut chance);
        let principal = Principal { person, verified: false, posts, seats: Vec::new() };
        let action = *act.get(Action::ALL);
        prop_assume!(action != Action::SignIn);
        let reached = reach(&principal, action);
        let actor = Actor::Person(principal.into());
        for (n, id) in ids.iter().enumerate() {
            let site = Site { home: Home(1), place: id.clone(), above: above(n) };
            let path = site.above.iter().rev().chain([id]).map(|p| p.as_str()).collect::<Vec<_>>().join("/");
            let listed = reached.iter().any(|place| {
                let own = site.above.iter().rev().chain([id]).take_while(|p| *p != place).count();
                let prefix: Vec<&str> = site.above.iter().rev().chain([id]).take(own + 1).map(|p| p.as_str()).collect();
                prefix.last() == Some(&place.as_str()) && path.starts_with(&prefix.join("/"))
            });
            prop_assert_eq!(listed, authorize(&actor, action, &site).is_ok());
        }
    }
}
