//! From an idea that was taken up to a project: the first draft, what the coach says to it, the version after that, and
//! the office's check.

use db::{Db, DbError, Fault};
use kernel::{Actor, Day, PersonId};
use programmes::{
    Idea, ProposalId, SeasonId,
    coaching::{
        ask,
        assign::{self, AssignCoach},
        note::{self, WriteNote},
    },
    proposal::{
        Reason,
        check::{self, SendBack},
        save::{self, SaveProposal},
        start::{self, StartProposal},
        submit,
    },
};
use work::calendar::add_days;

use super::{
    Data,
    load::{FIRST, STAGES, Town},
};
use crate::demo::{
    acts::{self, acting, person, run, together},
    written::{FIRST_READING, IdeaData, NO_RISKS, ProposalData, asked, first_draft, written},
};

/// Who coaches.
const COACHES: [&str; 3] = ["宋岚（社区营造）", "魏大同（活动策划）", "许念（项目财务）"];
/// Of so many proposals one comes back from the office.
const CAME_BACK: usize = 8;

/// A proposal on its way.
pub(super) struct Begun<'a> {
    pub(super) source: &'a ProposalData,
    pub(super) idea: &'a IdeaData,
    id: ProposalId,
    pub(super) author: Actor,
    /// It is submitted without its risks.
    hasty: bool,
}

/// The first drafts, what the coaches say to them, and the second versions.
pub(super) fn coached<'a>(
    db: &Db,
    town: &Town,
    (season, data): (&SeasonId, &'a Data),
    ideas: &[Idea],
) -> Result<Vec<Begun<'a>>, Fault> {
    let coaches = COACHES.iter().map(|name| person(db, &town.subdistrict, name)).collect::<Result<Vec<_>, Fault>>()?;
    let first = add_days(&acts::day(FIRST)?, STAGES[3]);
    let mut begun = Vec::new();
    for (n, source) in data.proposals.iter().enumerate() {
        let of = data.ideas.iter().zip(ideas).find(|(told, _)| told.number == source.idea);
        let (idea, posted) = of.ok_or_else(|| DbError::Data(format!("no idea {}", source.idea)))?;
        let author = posted.person.clone().ok_or_else(|| DbError::Data(format!("nobody wrote {}", source.idea)))?;
        let author = acting(author, Vec::new());
        let on = add_days(&first, 1 + i32::try_from(n % 5).unwrap_or(0));
        let minutes = 9 * 60 + i64::try_from(n).unwrap_or(0) * 7;
        let (key, typed) = (season.clone(), first_draft(source, idea, town.of(&idea.community)));
        let from = StartProposal { idea: posted.id.to_string(), ..StartProposal::default() };
        let drafted = run(db, &author, (&on, minutes), move |tx, cx| {
            let started = start::start(tx, cx, &key, &from)?;
            let input = SaveProposal { revision: started.revision, version: true, proposal: typed.clone() };
            save::save(tx, cx, (&key, &started.id), &input)
        })?;
        let one = Begun { source, idea, id: drafted.id, author, hasty: n % CAME_BACK == 3 };
        begun.push((one, &coaches[n % coaches.len()], on));
    }
    together(&begun, |(one, coach, on)| one.reading(db, town, season, (coach, on)))?;
    Ok(begun.into_iter().map(|(one, _, _)| one).collect())
}

/// The proposals are submitted, and the office takes them in the order in which they stand in the data.
pub(super) fn checked(db: &Db, town: &Town, season: &SeasonId, begun: &[Begun<'_>]) -> Result<(), Fault> {
    let first = add_days(&acts::day(FIRST)?, STAGES[4]);
    let begun: Vec<_> = begun.iter().enumerate().collect();
    let day = |n: usize| add_days(&first, 1 + i32::try_from(n / 4).unwrap_or(0));
    together(&begun, |(n, one)| {
        let on = day(*n);
        let of = (season.clone(), one.id.clone());
        run(db, &one.author, (&on, 10 * 60), move |tx, cx| submit::submit(tx, cx, (&of.0, &of.1)))?;
        if one.hasty { one.mended(db, town, season, &on) } else { Ok(()) }
    })?;
    for (n, one) in begun {
        let of = (season.clone(), one.id.clone());
        let taken = add_days(&day(n), if one.hasty { 4 } else { 3 });
        run(db, &town.officer, (&taken, 15 * 60), move |tx, cx| check::accept(tx, cx, (&of.0, &of.1)))?;
    }
    Ok(())
}

impl Begun<'_> {
    /// The coach reads the draft, the author writes on, the coach reads again.
    fn reading(&self, db: &Db, town: &Town, season: &SeasonId, (coach, on): (&PersonId, &Day)) -> Result<(), Fault> {
        let of = || (season.clone(), self.id.clone());
        let (key, input) = (of(), AssignCoach { person: coach.to_string() });
        run(db, &town.officer, (on, 17 * 60), move |tx, cx| assign::assign(tx, cx, (&key.0, &key.1), &input))?;
        let coach = acting(coach.clone(), Vec::new());
        let (key, words) = (of(), self.source.coaching.clone());
        run(db, &coach, (&add_days(on, 3), 14 * 60), move |tx, cx| {
            for words in &words {
                let said = WriteNote { words: words.clone(), once: String::new() };
                note::note(tx, cx, (&key.0, &key.1), &said)?;
            }
            ask::ask(tx, cx, (&key.0, &key.1), &asked(&FIRST_READING)).map(|_| ())
        })?;
        let (key, typed) = (of(), written(self.source, self.idea, (town.of(&self.idea.community), !self.hasty)));
        run(db, &self.author, (&add_days(on, 9), 20 * 60), move |tx, cx| {
            let revision = programmes::proposal::queries::proposal(tx, &key.0, &key.1)?.revision;
            let input = SaveProposal { revision, version: true, proposal: typed.clone() };
            save::save(tx, cx, (&key.0, &key.1), &input)
        })?;
        let safe = if self.hasty { ("partly", NO_RISKS) } else { ("yes", "") };
        let second = FIRST_READING.map(|(question, ..)| match question {
            "safeguard" => (question, safe.0, safe.1),
            _ => (question, "yes", ""),
        });
        let key = of();
        run(db, &coach, (&add_days(on, 11), 14 * 60), move |tx, cx| {
            ask::ask(tx, cx, (&key.0, &key.1), &asked(&second)).map(|_| ())
        })
    }

    /// The office gives it back, the author writes what was missing and submits again.
    fn mended(&self, db: &Db, town: &Town, season: &SeasonId, on: &Day) -> Result<(), Fault> {
        let of = || (season.clone(), self.id.clone());
        let (key, reason) = (of(), Reason { field: "risks".into(), words: NO_RISKS.into() });
        let reasons = SendBack { reasons: vec![reason] };
        let back = run(db, &town.officer, (&add_days(on, 1), 15 * 60), move |tx, cx| {
            check::send_back(tx, cx, (&key.0, &key.1), &reasons)
        })?;
        let (key, typed) = (of(), written(self.source, self.idea, (town.of(&self.idea.community), true)));
        run(db, &self.author, (&add_days(on, 2), 20 * 60), move |tx, cx| {
            let input = SaveProposal { revision: back.revision, version: true, proposal: typed.clone() };
            save::save(tx, cx, (&key.0, &key.1), &input)?;
            submit::submit(tx, cx, (&key.0, &key.1)).map(|_| ())
        })
    }
}
