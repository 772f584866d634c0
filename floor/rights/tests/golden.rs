//! What follows from the policies, beside what was checked in.

use std::fmt::Write as _;

use kernel::{Actor, Chance, Home, Id, PersonId, PlaceId, Post, Principal, Role, Site};
use rights::{Action, Resource, authorize};

const GOLDEN: &str = include_str!("../../../policies/golden.txt");

struct Tree {
    above: PlaceId,
    here: PlaceId,
    below: PlaceId,
    elsewhere: PlaceId,
}

impl Tree {
    fn new() -> Tree {
        let mut chance = Chance::seeded(7);
        let mut id = || Id::random(Home(3), &mut chance);
        Tree { above: id(), here: id(), below: id(), elsewhere: id() }
    }

    fn site(&self, place: &PlaceId, above: &[&PlaceId]) -> Site {
        Site { home: Home(3), place: place.clone(), above: above.iter().map(|p| (*p).clone()).collect() }
    }

    fn sites(&self) -> [(char, Site); 4] {
        [
            ('h', self.site(&self.here, &[&self.above])),
            ('b', self.site(&self.below, &[&self.here, &self.above])),
            ('a', self.site(&self.above, &[])),
            ('e', self.site(&self.elsewhere, &[&self.above])),
        ]
    }
}

fn person(seed: u64, verified: bool, posts: Vec<Post>) -> (PersonId, Actor) {
    let person: PersonId = Id::random(Home(3), &mut Chance::seeded(seed));
    let principal = Principal { person: person.clone(), verified, posts, seats: Vec::new() };
    (person, Actor::Person(principal.into()))
}

/// Letters of the places where it is allowed: here, below, above, elsewhere; a dot where nowhere.
fn cell(actor: &Actor, action: Action, tree: &Tree) -> String {
    let allowed = tree.sites().into_iter().filter(|(_, site)| authorize(actor, action, site).is_ok());
    let letters: String = allowed.map(|(letter, _)| letter).collect();
    if letters.is_empty() { ".".into() } else { letters }
}

fn table() -> String {
    let tree = Tree::new();
    let mut out = String::from(
        "# What the policies allow. h: at the place of the post, b: below it, a: above it, e: elsewhere, o: one's own.\n\
         # Made from policies/*.cedar; a test compares. To accept a change: LINLI_GOLDEN=write cargo test -p rights\n",
    );
    let mut columns: Vec<(String, Actor)> = vec![
        ("operator".into(), Actor::Operator),
        ("visitor".into(), Actor::Visitor),
        ("voter".into(), Actor::Voter),
        ("unverified".into(), person(1, false, Vec::new()).1),
        ("verified".into(), person(1, true, Vec::new()).1),
    ];
    for role in Role::all() {
        let post = Post { role, place: tree.here.clone() };
        columns.push((role.as_str().into(), person(1, false, vec![post]).1));
    }
    for &action in Action::ALL {
        let _ = write!(out, "\n{}\n", action.as_str());
        for (name, actor) in &columns {
            let cell = cell(actor, action, &tree);
            if cell != "." {
                let _ = writeln!(out, "  {name:<20}{cell}");
            }
        }
        for (name, verified) in [("unverified", false), ("verified", true)] {
            let (who, actor) = person(1, verified, Vec::new());
            if authorize(&actor, action, Resource::of(Home(3)).owned_by(Some(&who))).is_ok() {
                let _ = writeln!(out, "  {name:<20}o");
            }
        }
    }
    out
}

#[test]
fn rights_are_as_the_golden_table_says() {
    let table = table();
    if std::env::var("LINLI_GOLDEN").is_ok_and(|v| v == "write") {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/golden.txt");
        std::fs::write(path, &table).unwrap();
        return;
    }
    for (line, (now, golden)) in table.lines().zip(GOLDEN.lines()).enumerate() {
        assert_eq!(now, golden, "line {} of policies/golden.txt", line + 1);
    }
    assert_eq!(table.lines().count(), GOLDEN.lines().count(), "policies/golden.txt is longer or shorter");
}

#[test]
fn no_role_reaches_above_or_elsewhere_and_who_has_no_role_reaches_nothing_of_an_office() {
    let tree = Tree::new();
    for role in Role::all() {
        let (_, actor) = person(1, false, vec![Post { role, place: tree.here.clone() }]);
        for &action in Action::ALL.iter().filter(|a| **a != Action::SignIn) {
            let cell = cell(&actor, action, &tree);
            assert!(!cell.contains(['a', 'e']), "{role:?} {action:?} {cell}");
            // what is allowed at the place is allowed below
            assert!(cell == "." || cell == "hb", "{role:?} {action:?} {cell}");
        }
    }
}

#[test]
fn a_refusal_says_what_to_do_first() {
    let tree = Tree::new();
    let site = tree.site(&tree.here, &[]);
    let code = |actor: &Actor, action| authorize(actor, action, &site).unwrap_err().code;
    assert_eq!(code(&Actor::Visitor, Action::PostIdea), "sign-in-first");
    assert_eq!(code(&person(1, false, Vec::new()).1, Action::PostIdea), "verify-first");
    assert_eq!(code(&person(1, true, Vec::new()).1, Action::PostNotice), "not-allowed");
    assert_eq!(code(&person(1, false, Vec::new()).1, Action::PostNotice), "not-allowed");
    assert_eq!(code(&Actor::Voter, Action::PostIdea), "not-allowed");
}

#[test]
fn a_conflict_and_the_maker_are_forbidden_even_to_an_officer() {
    let tree = Tree::new();
    let site = tree.site(&tree.below, &[&tree.here]);
    let (who, actor) = person(1, true, vec![Post { role: Role::Officer, place: tree.here.clone() }]);
    let (other, _) = person(2, true, Vec::new());
    let on = Resource::at(&site);
    assert!(authorize(&actor, Action::AnswerObjection, on).is_ok());
    assert!(authorize(&actor, Action::AnswerObjection, on.in_conflict(std::slice::from_ref(&other))).is_ok());
    assert!(authorize(&actor, Action::AnswerObjection, on.in_conflict(&[other.clone(), who.clone()])).is_err());
    assert!(authorize(&actor, Action::Approve, on.made_by(Some(&other))).is_ok());
    assert!(authorize(&actor, Action::Approve, on.made_by(Some(&who))).is_err());
}

#[test]
fn a_seat_acts_on_what_its_organisation_owes() {
    let org = |seed| Id::random(Home(3), &mut Chance::seeded(seed));
    let (person, _) = person(1, false, Vec::new());
    let actor = Actor::Person(Principal { person, verified: false, posts: Vec::new(), seats: vec![org(9)] }.into());
    let on = Resource::of(Home(3));
    assert!(authorize(&actor, Action::MeetDuty, on.of_organisation(Some(&org(9)))).is_ok());
    assert!(authorize(&actor, Action::MeetDuty, on.of_organisation(Some(&org(8)))).is_err());
    assert!(authorize(&actor, Action::MeetDuty, on).is_err());
}
