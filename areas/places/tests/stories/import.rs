//! Official codes from a file.

use std::{collections::HashSet, sync::Arc};

use kernel::{Actor, Home, Post, Principal, Role};
use places::{At, Level, State, Tree};

use crate::support::{
    CITIES, NOBODY, act, below, by_code, each_engine, entries, found, history, import, import_as, planned, refused,
    shown,
};

/// A small tree of invented places with everything that makes official files hard: a filler, names that end alike.
const SMALL: &str = "\
code,level,name,parent
11,province,云海市,
1101,city,市辖区,11
110191,district,东山区,1101
110191001,street,青石街道,110191
110191001001,community,果园社区居委会,110191001
110191001002,community,果园村委会,110191001
110191001003,community,柳林第二社区居委会,110191001
110191002,street,白沙街道,110191
110191002001,community,果园社区居委会,110191002
";

#[test]
fn two_cities_are_taken_in_whole_and_a_second_time_nothing_changes() {
    each_engine(|db| {
        let preview = planned(db, CITIES, None);
        assert_eq!((preview.n_rows, preview.new.len(), preview.changed.len()), (14_663, 14_663, 0));
        assert_eq!((preview.n_errors, preview.n_missing, preview.n_unchanged), (0, 0, 0));
        assert_eq!(below(db, None), [], "a preview writes nothing");
        let parts = import(db, CITIES);
        assert_eq!(entries(db, "places.imported"), i64::from(parts), "one entry a part");
        assert!(parts < 150, "{parts}");
        let again = planned(db, CITIES, None);
        assert_eq!((again.n_unchanged, again.n_errors, again.n_missing), (14_663, 0, 0));
        assert!(again.is_empty());
        assert_eq!(import(db, CITIES), 0);
        assert_eq!(entries(db, "places.imported"), i64::from(parts), "no entry tells of nothing");
        let tree = db.read_wait(Tree::load).unwrap();
        assert_eq!(tree.len(), 14_663);
        as_the_file_has_it(&tree);
    });
}

/// Numbers of each level, one home a subdistrict, and names that tell siblings apart.
fn as_the_file_has_it(tree: &Tree) {
    let lines = |level: &str| CITIES.lines().filter(|line| line.split(',').nth(1) == Some(level)).count();
    let all: Vec<At> = tree.all().collect();
    let of = |level: Level| all.iter().filter(move |at| tree.level(**at) == level);
    for (level, word) in [
        (Level::Province, "province"),
        (Level::City, "city"),
        (Level::District, "district"),
        (Level::Subdistrict, "street"),
        (Level::Community, "community"),
    ] {
        assert_eq!(of(level).count(), lines(word), "{word}");
    }
    let homes: HashSet<Home> = of(Level::Subdistrict).map(|at| tree.home(*at)).collect();
    assert_eq!(homes.len(), lines("street"), "each subdistrict begins a home");
    for at in of(Level::Community) {
        assert_eq!(tree.parent(*at).map(|above| tree.home(above)), Some(tree.home(*at)));
    }
    for at in of(Level::District) {
        let above = tree.parent(*at).unwrap();
        assert_eq!(tree.level(above), Level::Province, "a filler is no level of its own");
        assert_eq!(tree.home(above), tree.home(*at));
    }
    let full: HashSet<(&str, &str)> = CITIES
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (cells[3], cells[2])
        })
        .collect();
    let shown: HashSet<(Option<At>, &str)> = all.iter().map(|at| (tree.parent(*at), tree.shown(*at))).collect();
    // the two fillers have the province as their parent by the file, too
    assert_eq!(shown.len(), full.len(), "siblings are shown by different names where their full names differ");
    assert!(all.iter().all(|at| !tree.shown(*at).is_empty()));
}

#[test]
fn a_wrong_code_in_row_7000_is_named_and_nothing_of_it_is_taken_in() {
    let mut lines: Vec<String> = CITIES.lines().map(str::to_owned).collect();
    let code = lines[7_000].split(',').next().unwrap().to_owned();
    lines[7_000] = lines[7_000].replacen(&code, "11O114", 1);
    let text = lines.join("\n");
    each_engine(|db| {
        let preview = planned(db, &text, None);
        assert_eq!((preview.n_errors, preview.new.len()), (1, 14_662));
        let error = &preview.errors[0];
        assert_eq!((error.row, error.line, error.field, error.code), (7_000, 7_001, "code", "not-a-code"));
        assert_eq!(error.value, "11O114");
        assert_eq!(below(db, None), []);
    });
}

#[test]
fn the_level_that_stands_only_in_codes_keeps_its_code_and_is_shown_nowhere() {
    each_engine(|db| {
        import(db, SMALL);
        let roots = below(db, None);
        assert_eq!(roots.iter().map(|l| l.label()).collect::<Vec<_>>(), ["云海市"]);
        let districts = below(db, Some(&roots[0].place.id));
        assert_eq!(districts.iter().map(|l| l.label()).collect::<Vec<_>>(), ["东山区"]);
        let filler = by_code(db, "1101");
        assert_eq!((filler.state, filler.name.as_str()), (State::Filler, "市辖区"));
        assert!(found(db, "市辖区").is_empty());
        assert!(planned(db, SMALL, None).is_empty(), "and the file still fits");
    });
}

#[test]
fn names_that_occur_twice_stand_with_their_street() {
    each_engine(|db| {
        import(db, SMALL);
        let street = by_code(db, "110191001");
        let labels: Vec<String> = below(db, Some(&street.id)).iter().map(|l| l.label()).collect();
        assert_eq!(labels, ["果园（青石街道）", "果园村", "柳林第二"]);
        assert_eq!(by_code(db, "110191001001").name, "果园社区居委会");
    });
}

#[test]
fn a_file_of_next_year_changes_what_changed_and_keeps_what_is_missing() {
    each_engine(|db| {
        import(db, SMALL);
        let before = by_code(db, "110191001003");
        let next = SMALL.replace("柳林第二社区居委会", "柳林社区居委会").replace(
            "110191002001,community,果园社区居委会,110191002\n",
            "110191002002,community,白沙滩村委会,110191002\n",
        );
        let preview = planned(db, &next, None);
        assert_eq!((preview.new.len(), preview.changed.len(), preview.n_missing, preview.n_unchanged), (1, 1, 1, 7));
        assert_eq!(preview.missing[0].was, "果园社区居委会");
        let told = &preview.changes()[0];
        assert_eq!((told.was.as_str(), told.name.as_deref()), ("柳林第二社区居委会", Some("柳林社区居委会")));
        import(db, &next);
        let after = shown(db, &before.id);
        assert_eq!((after.name.as_str(), after.shown.as_str(), after.version), ("柳林社区居委会", "柳林", 2));
        assert_eq!(after.home, before.home);
        let versions = history(db, &before.id).versions;
        assert_eq!(
            versions.iter().map(|v| v.name.as_str()).collect::<Vec<_>>(),
            ["柳林社区居委会", "柳林第二社区居委会"]
        );
        assert_eq!(versions[1].until, versions[0].from);
        assert_eq!(by_code(db, "110191002001").state, State::Open, "what a file lacks stays");
        assert!(planned(db, &next, None).is_empty());
    });
}

#[test]
fn a_file_may_move_a_community_to_another_street() {
    each_engine(|db| {
        import(db, SMALL);
        let (was, street) = (by_code(db, "110191001003"), by_code(db, "110191002"));
        // by local codes, which say nothing about where a place lies
        let local = "code,level,name,parent\nL110191001901,community,临时社区,110191001\n";
        import(db, local);
        let temporary = found(db, "临时社区").remove(0).place;
        assert!(temporary.code.unwrap().is_local());
        let moved = local.replace(",110191001\n", ",110191002\n");
        let preview = planned(db, &moved, None);
        assert!(preview.changed[0].is_moved);
        import(db, &moved);
        let now = shown(db, &temporary.id);
        assert_eq!((now.parent, now.home), (Some(street.id.clone()), was.home), "home and id stay");
        assert!(now.path.starts_with(&street.path));
    });
}

#[test]
fn an_import_that_was_cut_short_goes_on_where_it_stopped() {
    each_engine(|db| {
        let mut work = places::import::Work::new(planned(db, CITIES, None), None);
        for _ in 0..3 {
            let part = work.next_part().unwrap();
            work.learn(
                act(db, Actor::Operator, move |tx, cx| places::commands::import::take(tx, cx, NOBODY, &part)).unwrap(),
            );
        }
        let rest = planned(db, CITIES, None);
        assert!(rest.n_unchanged > 0 && !rest.new.is_empty());
        import(db, CITIES);
        assert!(planned(db, CITIES, None).is_empty());
        assert_eq!(db.read_wait(Tree::load).unwrap().len(), 14_663);
    });
}

#[test]
fn two_imports_at_once_add_nothing_twice() {
    each_engine(|db| {
        let plan = planned(db, SMALL, None);
        let mut works = [(); 2].map(|()| places::import::Work::new(plan.clone(), None));
        let parts = works.each_mut().map(|work| work.next_part().unwrap());
        let answers: Vec<_> = std::thread::scope(|scope| {
            let hands: Vec<_> = parts
                .iter()
                .map(|part| {
                    let part = Arc::clone(part);
                    scope.spawn(move || {
                        act(db, Actor::Operator, move |tx, cx| places::commands::import::take(tx, cx, NOBODY, &part))
                    })
                })
                .collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        let no = answers.into_iter().find(Result::is_err).unwrap();
        assert_eq!(refused(no), "changed-meanwhile");
        assert_eq!(db.read_wait(Tree::load).unwrap().len(), 9);
    });
}

#[test]
fn an_officer_imports_below_the_own_street_and_nowhere_else() {
    each_engine(|db| {
        import(db, SMALL);
        let (street, other) = (by_code(db, "110191001"), by_code(db, "110191002"));
        let at = |role, place: &places::Place| {
            let posts = vec![Post { role, place: place.id.clone() }];
            let person = "1-00000000000000000009".parse().unwrap();
            Actor::Person(Arc::new(Principal { person, verified: true, posts, seats: Vec::new() }))
        };
        let new = "code,level,name,parent\n110191001009,community,新桥社区居委会,110191001\n";
        let far = "code,level,name,parent\n110191002009,community,新桥社区居委会,110191002\n";
        let admin = at(Role::Admin, &street);
        assert_eq!(planned(db, far, Some(&street.id)).errors[0].code, "outside-your-place");
        assert_eq!(refused(import_as(db, &admin, new, None)), "not-allowed", "the whole tree is the operator's");
        assert_eq!(refused(import_as(db, &at(Role::Resident, &street), new, Some(&street.id))), "not-allowed");
        assert_eq!(refused(import_as(db, &admin, far, Some(&other.id))), "not-allowed");
        assert_eq!(import_as(db, &admin, new, Some(&street.id)), Ok(1));
        assert_eq!(by_code(db, "110191001009").parent, Some(street.id));
    });
}

#[test]
fn rows_without_a_place_to_lie_in_are_refused() {
    each_engine(|db| {
        let orphan = "code,level,name,parent\n110191001001,community,果园社区居委会,110191001\n";
        let preview = planned(db, orphan, None);
        assert_eq!(
            (preview.n_errors, preview.errors[0].field, preview.errors[0].code),
            (1, "parent", "unknown-parent")
        );
        let wrong = SMALL.replace("110191001,street,青石街道,110191\n", "110191001,street,,110191\n");
        let preview = planned(db, &wrong, None);
        assert_eq!(preview.n_errors, 4, "the street, and the three that would lie in it");
        import(db, SMALL);
        let other = "code,level,name,parent\n110191001001,community,果园社区居委会,110191001\n";
        assert_eq!(planned(db, other, None).n_unchanged, 1, "the parent is there now");
    });
}
