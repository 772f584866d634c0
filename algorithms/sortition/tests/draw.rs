//! Files, lists and draws on cases worked out by hand and with `sha256sum`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests may fall")]

use sortition::{
    Effort, Lottery, Outcome, PanelList, PeopleColumns, Pool, Problem, ProblemError, Quotas, Rule, Seed, draw,
    numbered_list, read_people, read_quotas, report_check, reserve_order, solve, withdraw,
};

const LIST: &str = "sortition-list 1\t2\t3\n1\tBo\tDai\n2\tAnna\tBo\n3\tBo\tChen\n";

fn four() -> Problem {
    let quotas = read_quotas("\u{feff}类别,特征,最少,最多\ngender,female,1,1\ngender,male,1,1\n".as_bytes()).unwrap();
    let rows = b"name,ID,gender\r\nx,Anna,Female\r\ny,Bo,male\r\n,,\r\nz,Chen,female\r\nz,Dai,female\r\n";
    Problem::new(read_people(rows, &quotas, &PeopleColumns::default()).unwrap(), quotas, 2).unwrap()
}

fn lottery(problem: &Problem) -> Lottery {
    match solve(problem, Rule::Leximin, Effort::default()).unwrap() {
        Outcome::Feasible(lottery) => lottery,
        Outcome::Infeasible(infeasible) => panic!("{infeasible:?}"),
    }
}

#[test]
fn a_draw_is_what_sha256sum_says() {
    let problem = four();
    let list = numbered_list(&problem, &lottery(&problem), 3, Effort::default()).unwrap();
    assert_eq!(list.text(), LIST);
    assert_eq!(list.digest(), "cd6ccc9ee37551ae472c87fa91ff3dcf141cf6082ff19f9e81ed8388f14f1f1b");
    for (seed, number) in [("04 11 19 23 27 30 + 09", 1), ("7", 1), ("公开的数", 2)] {
        let drawn = draw(&list, &Seed::new(seed).unwrap());
        assert_eq!((drawn.number, drawn.attempts), (number, 1));
        assert_eq!(drawn.panel, list.panels()[number - 1]);
        assert!(drawn.holds(&list));
    }
    // Anna's hash begins with bd, Chen's with 27
    let drawn = draw(&list, &Seed::new("7").unwrap());
    assert_eq!(reserve_order(&problem, &drawn), [2, 0]);
    let (panel, replaced) = withdraw(&problem, &drawn, &["Dai".to_owned(), "Bo".to_owned()]).unwrap();
    assert_eq!(panel, ["Chen"]);
    assert_eq!((replaced[0].enters.as_deref(), replaced[1].enters.as_deref()), (Some("Chen"), None));
    assert!(withdraw(&problem, &drawn, &["Anna".to_owned()]).is_err());
    assert!(withdraw(&problem, &drawn, &["Bo".to_owned(), "Bo".to_owned()]).is_err());
}

#[test]
fn a_published_list_is_checked_without_solving() {
    let problem = four();
    let list = PanelList::read(LIST.as_bytes()).unwrap();
    let announced = format!("{}\n", list.digest());
    assert!(report_check(&list, Some(&announced), Some(&problem), None).holds);
    // somebody puts two women into a panel
    let other = PanelList::read(LIST.replace("Bo\tDai", "Chen\tDai").as_bytes()).unwrap();
    let drawn = draw(&other, &Seed::new("7").unwrap());
    let report = report_check(&other, Some(&announced), Some(&problem), Some(&drawn));
    assert!(!report.holds && report.draw.is_none(), "nothing is drawn from a list that was not announced");
    let told = serde_json::to_value(&report).unwrap();
    assert!(told.get("number").is_none() && told.get("panel").is_none() && told["holds"] == false, "{told}");
    assert!(report.faults[0].contains("digest") && report.faults[1].contains("panel 1"), "{:?}", report.faults);
    for wrong in [
        LIST.replace("\t2\t3", "\t2\t4"),
        LIST.replace("\t2\t3", "\t02\t3"),
        LIST.replace("Bo\tDai", "Dai\tBo"),
        LIST.replace("2\tAnna", "4\tAnna"),
        LIST.replace("\tBo\tDai", "\tBo"),
        LIST.trim_end().to_owned(),
        format!("{LIST}\n"),
        format!("{LIST}4\tBo\tDai\n"),
    ] {
        assert!(PanelList::read(wrong.as_bytes()).is_err(), "{wrong}");
    }
}

#[test]
fn mistakes_are_named_by_line() {
    let quotas = read_quotas(b"feature;value;min;max;min_flex;max_flex\ng;f;1;2;0;3\ng;m;1;2;;\n").unwrap();
    assert_eq!(quotas.categories()[0].features[0].flex, Some((0, 3)));
    assert_eq!(quotas.categories()[0].features[1].flex, None);
    let said = |error: Result<Quotas, sortition::FileError>| error.unwrap_err().to_string();
    assert!(said(read_quotas(b"category,feature,min,max\ng,f,2,1\n")).starts_with("line 2: min"));
    assert!(
        said(read_quotas(b"category,feature,min,max\ng,f,0,1\n\ng,f,0,1\n")).starts_with("line 4: `f` is named twice")
    );
    assert!(said(read_quotas(b"category,feature,min,max\ng,f,some,1\n")).contains("whole number"));
    assert!(said(read_quotas(b"category,feature,min\ng,f,0\n")).contains("no column `max`"));
    let other = said(read_quotas(b"cat,feature,min,max\ng,f,0,1\n"));
    let both = ["category,feature,min,max", "feature,value,min,max", "no column `category`"];
    assert!(both.iter().all(|form| other.contains(form)), "{other}");
    assert!(read_quotas(b"feature,value,min,max\ng,f,0,1\n").is_ok());
    assert!(said(read_quotas(b"category,feature,min,max\n\xb0,f,0,1\n")).contains("UTF-8"));
    let people = |rows: &str, columns: &PeopleColumns| read_people(rows.as_bytes(), &quotas, columns);
    let none = PeopleColumns::default();
    assert!(people("id,g\n1,f\n1,m\n", &none).unwrap_err().to_string().starts_with("line 3: `1` is the key of line 2"));
    assert!(people("id,g\n1,x\n", &none).unwrap_err().to_string().contains("no quota"));
    assert!(people("id,g\n1\n", &none).unwrap_err().to_string().starts_with("line 2: 1 cells"));
    assert!(people("id,h\n1,f\n", &none).unwrap_err().to_string().contains("no column `g`"));
    // a household's number is no person's
    let keys = |pool: Pool| pool.people().iter().map(|person| person.key.clone()).collect::<Vec<_>>();
    assert_eq!(keys(people("household_id,g\n7,f\n7,m\n", &none).unwrap()), ["1", "2"]);
    assert_eq!(keys(people("g,member_id\nf,b\nm,a\n", &none).unwrap()), ["b", "a"]);
    let pool = people("id,g\n1,f\n2,m\n", &none).unwrap();
    assert!(matches!(Problem::new(pool, quotas.clone(), 3), Err(ProblemError::Size(2))));
}

#[test]
fn an_address_gives_one_member_at_most() {
    let quotas = read_quotas(b"category,feature,min,max\ng,f,0,9\ng,m,0,9\n").unwrap();
    let columns = PeopleColumns { id: None, address: vec!["street".to_owned(), "flat".to_owned()] };
    let rows = b"id,g,street,flat\n1,f,Elm,1\n2,m,elm,1\n3,f,Elm,2\n4,m,,\n5,m,,\n";
    let problem = Problem::new(read_people(rows, &quotas, &columns).unwrap(), quotas.clone(), 4).unwrap();
    let lottery = lottery(&problem);
    let millionths = |c: &sortition::Chance| (c.numerator * 1_000_000 + c.denominator / 2) / c.denominator;
    let chances: Vec<u64> = lottery.chances(&problem).iter().map(millionths).collect();
    assert_eq!(chances, [500_000, 500_000, 1_000_000, 1_000_000, 1_000_000]);
    assert!(problem.fault(&[0, 1, 2, 3]).unwrap().contains("share an address"));
    // with five seats there are not enough addresses, and no change of quotas helps
    let problem = Problem::new(read_people(rows, &quotas, &columns).unwrap(), quotas, 5).unwrap();
    match solve(&problem, Rule::Nash, Effort::default()).unwrap() {
        Outcome::Feasible(lottery) => panic!("{lottery:?}"),
        Outcome::Infeasible(found) => assert!(found.impossible.is_empty() && found.relax.is_empty()),
    }
}

#[test]
fn a_clash_is_named_and_the_effort_ends() {
    // three of five have to be from the one street and three from the other
    let quotas = read_quotas(b"category,feature,min,max\ns,a,3,5\ns,b,3,5\nt,x,0,5\n").unwrap();
    let rows: String = (0..12).map(|at| format!("{},x\n", if at % 2 == 0 { "a" } else { "b" })).collect();
    let pool = read_people(format!("s,t\n{rows}").as_bytes(), &quotas, &PeopleColumns::default()).unwrap();
    let problem = Problem::new(pool, quotas, 5).unwrap();
    let Outcome::Infeasible(found) = solve(&problem, Rule::Leximin, Effort::default()).unwrap() else {
        panic!("six do not fit into five")
    };
    let names: Vec<&str> = found.impossible.iter().map(|quota| quota.feature.as_str()).collect();
    assert_eq!((names, found.seats, found.relax.len()), (vec!["a", "b"], 1, 1));
    assert_eq!(solve(&problem, Rule::Leximin, Effort::steps(5)), Err(sortition::SolveError::Effort));
}

#[test]
fn what_is_stored_comes_back() {
    let problem = four();
    let lottery = lottery(&problem);
    let text = serde_json::to_string(&(problem.pool(), problem.quotas(), &lottery)).unwrap();
    let (pool, quotas, again): (Pool, Quotas, Lottery) = serde_json::from_str(&text).unwrap();
    assert_eq!((&pool, &quotas, &again), (problem.pool(), problem.quotas(), &lottery));
    let twice = r#"[{"key":"a","features":[]},{"key":"a","features":[]}]"#;
    assert!(serde_json::from_str::<Pool>(twice).unwrap_err().to_string().contains("two people"));
    let drawn = draw(&PanelList::read(LIST.as_bytes()).unwrap(), &Seed::new("7").unwrap());
    assert_eq!(serde_json::from_str::<sortition::Draw>(&serde_json::to_string(&drawn).unwrap()).unwrap(), drawn);
}
