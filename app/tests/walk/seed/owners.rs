//! A register of 东里 and rounds of its owners, one for each step.

use db::{Fault, Tx};
use kernel::Context;
use owners::{
    ballot::{
        letters,
        online::{CastOnline, cast},
        paper::{TypePaper, read},
    },
    register::{Prepared, keep, sheet},
    round::{
        Round, RoundId, call, close, count,
        draft::{DraftRound, draft},
        freeze,
        posted::{self, Challenge},
    },
};

use work::calendar::add_days;

use super::{PHOTO, RESIDENT, Seed, Who, files};

type Verb = fn(&mut Tx<'_>, &mut Context, &RoundId) -> Result<Round, Fault>;

/// The steps with the days before today on which they were taken.
const STEPS: [(&str, i64, Verb); 7] = [
    ("roll", 60, freeze::freeze),
    ("notice", 50, call::call),
    ("open", 30, call::open),
    ("closed", 10, close::close),
    ("counted", 9, |_, _, _| unreachable!("it is counted outside")),
    ("posted", 8, posted::post),
    ("challenged", 7, |tx, cx, id| posted::challenge(tx, cx, id, &Challenge { words: "起诉".into(), stands: false })),
];

const ROUNDS: [(&str, usize); 13] = [
    ("draft0", 0),
    ("draft1", 0),
    ("draft2", 0),
    ("draft3", 0),
    ("roll0", 1),
    ("roll1", 1),
    ("notice0", 2),
    ("open0", 3),
    ("open1", 3),
    ("closed0", 4),
    ("counted0", 5),
    ("posted0", 6),
    ("posted1", 6),
];

pub(super) fn owners(s: &mut Seed) {
    let file = format!(
        "unit,building,floor,owner,area,status\n1-101,1,1,{RESIDENT},100,sold\n1-102,1,1,{RESIDENT},100,sold\n\
         1-201,1,2,远山,100,sold\n1-202,1,2,,100,unsold\n"
    );
    let prepared = Prepared::of(&sheet::look(file.into_bytes()).unwrap().roll().unwrap());
    let place = s.a();
    s.run_then(&kernel::Actor::Operator, 70, move |tx, cx| keep::keep(tx, cx, &place, &prepared));
    s.keep("roll-csv", "roll.csv");
    for (name, steps) in ROUNDS {
        round(s, name, steps);
    }
    round(s, "challenged0", 7);
    let open: RoundId = s.id("round-open0").parse().unwrap();
    let officer = s.actor(Who::Officer);
    let place = s.a();
    let site = s.db.read_wait(move |s| places::site(s, &place)).unwrap().unwrap();
    let upload = work::files::Upload { name: "paper.png".into(), bytes: PHOTO.to_vec() };
    let photo = files(&s.db).receive(&testkit::context(officer.clone(), 9_950), &site, &upload).unwrap().id;
    let input = TypePaper {
        unit: "1-202".into(),
        choice: "agree".into(),
        channel: "paper".into(),
        files: vec![photo.to_string()],
        ..TypePaper::default()
    };
    s.run_then(&officer, 0, move |tx, cx| read(tx, cx, &open, &input));
    s.keep("paper-photo", photo);
    let open: RoundId = s.id("round-open0").parse().unwrap();
    let of = open.clone();
    let drawn = s.run_then(&officer, 0, move |tx, cx| letters::letters(tx, cx, &of, letters::To::One("1-201")));
    let vote = CastOnline { choice: "agree".into(), code: drawn[0].code.clone(), ..CastOnline::default() };
    let taken = s.run_then(&kernel::Actor::Voter, 0, move |tx, cx| cast(tx, cx, &open, &vote));
    s.keep("owner-receipt", taken.receipt.unwrap());
}

fn round(s: &mut Seed, name: &str, steps: usize) {
    // whose vote is over, or is about to be closed, ended before today
    let ends =
        add_days(&testkit::context(kernel::Actor::Visitor, 0).day, if steps > 3 || name == "open1" { -11 } else { 10 });
    let input = DraftRound {
        place: s.a().to_string(),
        item: "use-fund".into(),
        title: "换电梯".into(),
        question: "用维修资金换电梯".into(),
        rules: "cn".into(),
        later: "refuse".into(),
        closes: ends.to_string(),
        ..DraftRound::default()
    };
    let id = s.run_then(&kernel::Actor::Operator, 65, move |tx, cx| draft(tx, cx, &input)).id;
    for (step, ago, verb) in STEPS.iter().take(steps) {
        let of = id.clone();
        if *step == "counted" {
            let counted = count::count(&s.db, &id).unwrap();
            s.run_then(&kernel::Actor::Operator, *ago, move |tx, cx| count::publish(tx, cx, &counted));
        } else {
            let verb = *verb;
            s.run_then(&kernel::Actor::Operator, *ago, move |tx, cx| verb(tx, cx, &of));
        }
    }
    s.keep(format!("round-{name}"), &id);
}
