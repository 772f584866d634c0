//! A coach comes and goes: the author writes on, and who coached once does not decide.

use testkit::story::meanwhile;

use super::*;

fn submitted(db: &Db, town: &Town, p: &Proposal) -> Proposal {
    let p = write(db, &town.author, p, (&full(&town.community), false)).unwrap();
    verb(db, &town.author, &p, submit).unwrap()
}

#[test]
fn an_author_writes_on_while_a_coach_is_named_and_speaks() {
    each_engine(|db| {
        let town = town(db);
        to_stage(db, &town.season, Stage::Proposals);
        known(db, &town.coach);
        // the form is open from here on
        let open = fresh(db, &town, "one");
        name_coach(db, &town.officer, &open, &town.coach).unwrap();
        assert_eq!(say(db, &town.coach, &open, ("再想想谁来做。", "a")).unwrap().version, 1);
        let mut typed = full(&town.community);
        let saved = write(db, &town.author, &open, (&typed, false)).unwrap();
        assert_eq!((saved.coach.as_ref(), saved.n_versions), (town.coach.person(), 1));
        // and what the coach read stays as it was
        typed.summary = "改过的。".into();
        let saved = write(db, &town.author, &saved, (&typed, true)).unwrap();
        assert_eq!((saved.n_versions, reread(db, &saved)), (2, saved.clone()));
        let id = saved.id.clone();
        let first = db.read_wait(move |s| queries::version(s, &id, 1)).unwrap();
        assert_eq!(first.typed.summary, "");
        // two of a team still do not overwrite each other
        assert_eq!(code(write(db, &town.author, &open, (&full(&town.community), false))), "proposal-saved-meanwhile");
    });
}

#[test]
fn who_coached_a_proposal_once_does_not_decide_on_it() {
    each_engine(|db| {
        let town = town(db);
        to_stage(db, &town.season, Stage::Proposals);
        let here = |actor: &Actor| actor.principal().unwrap().posts.clone();
        let second = somebody(db, &town.community, "另一位干部", here(&town.officer));
        for who in [&town.officer, &town.coach, &second] {
            known(db, who);
        }
        let p = fresh(db, &town, "one");
        for who in [&town.officer, &town.coach, &second, &town.coach] {
            name_coach(db, &Actor::Operator, &p, who).unwrap();
        }
        let p = submitted(db, &town, &reread(db, &p));
        assert_eq!(p.coached, [person(&town.officer), person(&town.coach), person(&second)]);
        for who in [&town.officer, &second] {
            assert_eq!(code(verb(db, who, &p, accept)), "not-allowed");
            assert_eq!(code(give_back(db, who, &p, &[("goals", "再写。")])), "not-allowed");
        }
        let third = somebody(db, &town.community, "第三位干部", here(&town.officer));
        assert_eq!(verb(db, &third, &p, accept).unwrap().state, State::Checked);
    });
}

#[test]
fn who_is_named_coach_at_the_same_moment_does_not_decide_either() {
    each_engine(|db| {
        let town = town(db);
        to_stage(db, &town.season, Stage::Proposals);
        known(db, &town.officer);
        let p = submitted(db, &town, &fresh(db, &town, "one"));
        let (season, id) = (p.season.clone(), p.id.clone());
        let input = AssignCoach { person: person(&town.officer).to_string() };
        let (named, taken) = meanwhile(
            |open| {
                act(db, Actor::Operator, move |tx, cx| {
                    let named = assign(tx, cx, (&season, &id), &input)?;
                    open.wait();
                    Ok(named)
                })
            },
            || verb(db, &town.officer, &p, accept),
        );
        assert!(named.is_ok());
        assert!(["not-allowed", "changed-meanwhile"].contains(&code(taken)));
        assert_eq!(reread(db, &p).state, State::Submitted);
    });
}

#[test]
fn coaches_follow_one_another_up_to_a_number() {
    each_engine(|db| {
        let town = town(db);
        to_stage(db, &town.season, Stage::Proposals);
        let p = fresh(db, &town, "one");
        for n in 0..20 {
            let coach = somebody(db, &town.community, &format!("老师{n}"), Vec::new());
            known(db, &coach);
            name_coach(db, &town.officer, &p, &coach).unwrap();
        }
        known(db, &town.coach);
        assert_eq!(code(name_coach(db, &town.officer, &p, &town.coach)), "too-many-coaches");
    });
}
