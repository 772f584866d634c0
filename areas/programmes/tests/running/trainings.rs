//! Trainings: who signs up, who came, who still needs one, what is said.

use db::{Db, Fault};
use kernel::Actor;
use matters::attendance::record_list::Listed;
use programmes::{
    SeasonId,
    training::{
        TrainingId,
        hold::{HoldTraining, hold},
        queries,
        rate::{Rate, rate},
        sign_in::{SignIn, sign_in},
        sign_up::{SignUp, sign_up, step_back},
    },
};
use testkit::story::{act, each_engine, fields, refused as code};

use crate::{Town, public, somebody, town};

fn planned(db: &Db, town: &Town, who: &Actor, day: &str) -> Result<TrainingId, Fault> {
    let input = HoldTraining {
        title: "向前一步".into(),
        day: day.into(),
        room: "邻里中心二楼".into(),
        teacher: "社区营造顾问".into(),
        about: "怎么开好一次协商会。".into(),
        materials: "讲义 https://example.org/slides".into(),
        once: format!("one {day}"),
    };
    let season = town.season.clone();
    act(db, who, move |tx, cx| hold(tx, cx, &season, &input)).map(|training| training.id)
}

fn joins(db: &Db, who: &Actor, (season, id): (&SeasonId, &TrainingId), number: u32) -> Result<(), Fault> {
    let (season, id) = (season.clone(), id.clone());
    act(db, who, move |tx, cx| sign_up(tx, cx, (&season, &id), SignUp { number })).map(|_| ())
}

fn listed(db: &Db, who: &Actor, (season, id): (&SeasonId, &TrainingId), input: SignIn) -> Result<Listed, Fault> {
    let (season, id) = (season.clone(), id.clone());
    act(db, who, move |tx, cx| sign_in(tx, cx, (&season, &id), &input))
}

#[test]
fn a_training_is_signed_up_for_signed_in_and_those_who_need_one_are_known() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆", "楼道花园"]);
        let season = &town.season;
        assert_eq!(code(planned(db, &town, &town.author, "2026-11-22")), "not-allowed");
        assert_eq!(fields(planned(db, &town, &town.officer, "2028-11-22")), ["day: day-too-late"]);
        let id = planned(db, &town, &town.officer, "2026-11-22").unwrap();
        assert_eq!(planned(db, &town, &town.officer, "2026-11-22").unwrap(), id, "sent twice");
        let of = (season, &id);

        // who does a project, and who does community work
        assert_eq!(code(joins(db, &town.neighbour, of, 1)), "not-allowed");
        assert_eq!(code(joins(db, &town.neighbour, of, 0)), "not-allowed");
        assert_eq!(code(joins(db, &town.author, of, 9)), "project-not-found");
        joins(db, &town.author, of, 2).unwrap();
        joins(db, &town.author, of, 1).unwrap();
        joins(db, &town.author, of, 1).unwrap();
        joins(db, &town.worker, of, 0).unwrap();
        joins(db, &town.second, of, 0).unwrap();
        let at = id.clone();
        let signed = db.read_wait(move |s| queries::signups(s, &at)).unwrap();
        assert_eq!(
            signed.iter().map(|one| (one.number, one.came)).collect::<Vec<_>>(),
            [(0, false), (0, false), (1, false)]
        );
        let (key, at) = (season.clone(), id.clone());
        act(db, &town.second, move |tx, cx| step_back(tx, cx, (&key, &at))).unwrap();

        let came: Vec<String> = [&town.author, &town.worker].map(|who| who.person().unwrap().to_string()).into();
        let list = SignIn { came: came.clone(), projects: vec![1], others: 7 };
        assert_eq!(code(listed(db, &town.author, of, list.clone())), "not-allowed");
        assert_eq!(fields(listed(db, &town.worker, of, SignIn::default())), ["came: required"]);
        let wrong = SignIn { came: vec!["nobody".into()], projects: vec![9], others: 201 };
        assert_eq!(
            fields(listed(db, &town.worker, of, wrong)),
            ["came: unknown-choice", "projects: unknown-choice", "others: too-large"]
        );
        assert_eq!(listed(db, &town.worker, of, list.clone()).unwrap(), Listed { recorded: 9, known: 0 });
        assert_eq!(listed(db, &town.worker, of, list).unwrap(), Listed { recorded: 0, known: 9 });

        let key = season.clone();
        let (held, missing) = db
            .read_wait(move |s| {
                let of = programmes::season::queries::season(s, &key)?;
                Ok::<_, Fault>((queries::held(s, &of)?, queries::missing(s, &key, 0)?))
            })
            .unwrap();
        assert_eq!(held.iter().map(|one| (one.number, one.attendance)).collect::<Vec<_>>(), [(1, 9)]);
        assert_eq!(missing, [(2, "楼道花园".to_owned())]);
        let told = public(db, &["training"]);
        assert!(!told.contains("向前一步") && !told.contains(&came[0]), "{told}");
    });
}

#[test]
fn what_is_said_is_shown_from_five_answers_of_those_who_came() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆"]);
        let id = planned(db, &town, &town.officer, "2026-11-22").unwrap();
        let says = |who: &Actor, grade| {
            let (season, id) = (town.season.clone(), id.clone());
            let input = Rate { grade, words: format!("学到了 {grade}") };
            act(db, who, move |tx, cx| rate(tx, cx, (&season, &id), &input))
        };
        let said = || {
            let id = id.clone();
            db.read_wait(move |s| queries::said(s, &id)).unwrap()
        };
        let workers: Vec<Actor> = (1..=5)
            .map(|n| {
                let name = format!("社工{n}");
                let site = town.season.clone();
                let at = db.read_wait(move |s| programmes::season::queries::season(s, &site)).unwrap().place;
                somebody(db, &at, &name, Some(kernel::Role::Worker))
            })
            .collect();
        for worker in &workers {
            joins(db, worker, (&town.season, &id), 0).unwrap();
        }
        assert_eq!(code(says(&workers[0], 5)), "not-there");
        let came = workers.iter().map(|who| who.person().unwrap().to_string()).collect();
        listed(db, &town.officer, (&town.season, &id), SignIn { came, ..SignIn::default() }).unwrap();
        assert_eq!(code(says(&town.neighbour, 5)), "not-there");
        assert_eq!(fields(says(&workers[0], 6)), ["grade: too-large"]);
        for worker in &workers[..4] {
            says(worker, 5).unwrap();
        }
        says(&workers[3], 4).unwrap();
        assert_eq!(said(), None);
        says(&workers[4], 3).unwrap();
        let (said, words) = said().unwrap();
        assert_eq!((said.answers, said.sum, said.content, words.len()), (5, 22, 4, 5));

        // who came cannot have stepped back; what lies ahead has no list yet
        let next = planned(db, &town, &town.officer, "2026-12-01").unwrap();
        let early = SignIn { others: 1, ..SignIn::default() };
        assert_eq!(code(listed(db, &town.officer, (&town.season, &next), early)), "training-not-yet");
        let past = planned(db, &town, &town.officer, "2026-11-01").unwrap();
        assert_eq!(code(joins(db, &town.worker, (&town.season, &past), 0)), "training-over");
    });
}
