//! The office's duty to answer ends when nothing is left to answer, whatever was the last of it, and comes back with an
//! idea that comes back.

use matters::duty::{Duty, State as DutyState, queries::given};
use testkit::story::meanwhile;

use super::*;

fn duty(town: &Town<'_>, round: u32) -> Option<Duty> {
    let season = &town.season;
    let once = if round == 1 { format!("ideas {season}") } else { format!("ideas {season} {round}") };
    let home = town.root.home();
    town.db.read_wait(move |s| given(s, home, &once)).unwrap()
}

fn stands(town: &Town<'_>, round: u32) -> Option<DutyState> {
    duty(town, round).map(|duty| duty.state)
}

fn hidden_by(town: &Town<'_>, idea: &IdeaId) {
    let why = Why { reason: "写了别人的电话。".into() };
    town.on(&town.officer(), idea, move |tx, cx, on| hide::hide(tx, cx, on, &why)).unwrap();
}

#[test]
fn the_duty_is_met_when_the_season_goes_on_and_everything_was_answered_before() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let bench = town.posted(&town.resident("刘阿姨"), "长椅").id;
        town.answer(&bench, "taken-up", "好。").unwrap();
        assert_eq!(stands(&town, 1), Some(DutyState::Open), "another idea may still come in");
        assert_eq!(duty(&town, 1).unwrap().title, "回复居民的点子：星选 2025");
        town.go_on();
        assert_eq!(stands(&town, 1), Some(DutyState::Met));
    });
}

#[test]
fn the_duty_is_met_when_the_last_idea_without_an_answer_is_taken_back() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let aunt = town.resident("刘阿姨");
        let (bench, lamp) = (town.posted(&aunt, "长椅").id, town.posted(&aunt, "路灯").id);
        town.go_on();
        town.answer(&bench, "taken-up", "好。").unwrap();
        assert_eq!(stands(&town, 1), Some(DutyState::Open));
        town.on(&aunt, &lamp, withdraw::withdraw).unwrap();
        assert_eq!(stands(&town, 1), Some(DutyState::Met));
    });
}

#[test]
fn the_duty_is_given_anew_for_what_comes_back_without_an_answer() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let (aunt, officer) = (town.resident("刘阿姨"), town.officer());
        let (both, lamp) = (town.posted(&aunt, "长椅和扶手").id, town.posted(&aunt, "路灯").id);
        town.go_on();
        town.answer(&both, "taken-up", "好。").unwrap();
        hidden_by(&town, &lamp);
        assert_eq!((stands(&town, 1), stands(&town, 2)), (Some(DutyState::Met), None));
        // by the day that its author was told
        for _ in 0..2 {
            town.on(&officer, &lamp, show_it::show).unwrap();
        }
        let again = duty(&town, 2).unwrap();
        assert_eq!(
            (again.state, again.deadline.unwrap().day),
            (DutyState::Open, town.shown(&lamp).promise.unwrap().day)
        );
        town.answer(&lamp, "not-now", "今年钱不够。").unwrap();
        assert_eq!((stands(&town, 2), stands(&town, 3)), (Some(DutyState::Met), None));
        // what was answered as a whole is not answered in its parts; the day has gone by, so it is today
        town.today.set(40);
        let part = |title: &str| Part { title: title.into(), body: "详细。".into(), ..Part::default() };
        let two = SplitIdea { parts: vec![part("长椅"), part("扶手")], reason: "两件事。".into() };
        let parts = town.on(&officer, &both, move |tx, cx, on| split::split(tx, cx, on, &two)).unwrap();
        let third = duty(&town, 3).unwrap();
        assert_eq!((third.state, third.deadline.unwrap().day.as_str()), (DutyState::Open, "2025-04-12"));
        hidden_by(&town, &parts[0].id);
        town.on(&officer, &parts[0].id, show_it::show).unwrap();
        for part in &parts {
            assert_eq!((stands(&town, 3), stands(&town, 4)), (Some(DutyState::Open), None));
            town.answer(&part.id, "taken-up", "好。").unwrap();
        }
        assert_eq!(stands(&town, 3), Some(DutyState::Met));
    });
}

#[test]
fn the_duty_is_met_when_the_last_two_answers_are_given_at_the_same_time() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let aunt = town.resident("刘阿姨");
        let (bench, lamp) = (town.posted(&aunt, "长椅").id, town.posted(&aunt, "路灯").id);
        town.go_on();
        let (officer, season) = (town.officer(), town.season.clone());
        let input = AnswerIdea { outcome: "taken-up".into(), words: "好。".into() };
        let (first, second) = meanwhile(
            |open| {
                testkit::story::act(db, officer, move |tx, cx| {
                    let answered = answer::answer(tx, cx, (&season, &bench), &input)?;
                    open.wait();
                    Ok(answered)
                })
            },
            || town.answer(&lamp, "taken-up", "好。"),
        );
        assert!(first.is_ok() && second.is_ok());
        // the one who came last was late or not: the clocks of the two differ
        assert!(!stands(&town, 1).unwrap().is_open());
    });
}
