//! The course of one season, as far as it has come.

use db::{Db, Fault};
use decisions::{
    review::{self, Conflict, declare::Declaration, invite::Invite, rules::Typed as Points, score::Score},
    selection::{self, announce, announce::Announce, approve, decide},
};
use kernel::{Actor, Chance, Day, PersonId};
use matters::{
    duty::{Holder, give},
    notice,
};
use people::{VoterKey, commands::enrol};
use programmes::{
    Idea, ProposalId, SeasonId, Stage,
    coaching::{ask, assign, note},
    idea::{answer, comment, support},
    proposal::{Reason, Typed, check, save, start, submit},
    season::{advance, open_vote},
    template::bundled,
    visit::{Has, HasLine, Met, MetLine, Need, record},
};
use work::{
    calendar::add_days,
    clock::{Reckoner, Rule},
};

use super::{Far, Round, TEMPLATE};
use crate::{
    commands::bulk::{Paper, cast_chunk},
    demo::{
        acts::{acting, run},
        written::{FIRST_READING, IdeaData, NO_RISKS, ProposalData, asked, first_draft, post_idea, written},
    },
    home::OFFSET_MINUTES,
};

/// On which day of the season each idea is posted.
const POSTED: [i32; 6] = [38, 39, 41, 43, 62, 40];
/// From this day on no answer is late that was given by then.
const ANSWERED: i32 = 52;
/// What the office says to the two ideas that do not become proposals.
const ANSWERS: [(u32, &str, &str); 2] = [
    (5, "not-now", "河边的护栏今年要修，书架先不放。明年征集时请再提。"),
    (6, "elsewhere", "这件事归交通部门管，我们已经转过去，有回音就告诉您。"),
];
/// Voters with codes, of whom some have voted.
const CODES: u32 = 40;

/// One season on its way.
pub(super) struct Course<'a> {
    pub(super) db: &'a Db,
    pub(super) round: &'a Round,
    pub(super) season: SeasonId,
    /// The first day of the season.
    pub(super) first: Day,
    pub(super) far: Far,
    /// Days of it that are over.
    pub(super) days: i32,
}

/// A proposal on its way.
struct Begun<'a> {
    source: &'a ProposalData,
    idea: &'a IdeaData,
    author: Actor,
    id: ProposalId,
}

impl Course<'_> {
    pub(super) fn run(&self) -> Result<(), Fault> {
        self.visits()?;
        if !self.reaches((Far::Call, Stage::Call), 30)? || !self.reaches((Far::Ideas, Stage::Ideas), 37)? {
            return Ok(());
        }
        let ideas = self.ideas()?;
        if !self.reaches((Far::Screening, Stage::Screening), 67)? {
            return Ok(());
        }
        self.answers(&ideas)?;
        if !self.reaches((Far::Coaching, Stage::Coaching), 81)? {
            return Ok(());
        }
        let begun = self.drafts(&ideas)?;
        if !self.reaches((Far::Proposals, Stage::Proposals), 102)? {
            return Ok(());
        }
        self.submitted(&begun)?;
        if !self.reaches((Far::Review, Stage::Deciding), 116)? {
            return Ok(());
        }
        match self.far {
            Far::Review => self.review(1),
            Far::Vote => self.vote(),
            _ => {
                self.review(0)?;
                self.list()
            }
        }
    }

    fn day(&self, n: i32) -> Day {
        add_days(&self.first, n)
    }

    /// Does something on a day of the season, so many minutes after midnight.
    fn act<T: Send + 'static>(
        &self,
        actor: &Actor,
        (day, minutes): (i32, i64),
        verb: impl Fn(&mut db::Tx<'_>, &mut kernel::Context, &SeasonId) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let key = self.season.clone();
        run(self.db, actor, (&self.day(day), minutes), move |tx, cx| verb(tx, cx, &key))
    }

    /// The season moves on, if it comes so far.
    fn reaches(&self, (far, to): (Far, Stage), day: i32) -> Result<bool, Fault> {
        if self.far >= far {
            self.act(&self.round.officer, (day, 9 * 60), move |tx, cx, key| advance::advance(tx, cx, key, to))?;
        }
        Ok(self.far >= far)
    }

    fn visits(&self) -> Result<(), Fault> {
        let visits = [
            (
                "槐树里社区",
                3,
                "买菜回来没有地方歇脚，说的人最多。会缝纫的阿姨有一小队，愿意教。",
                "歇脚的地方",
                "手作社",
            ),
            ("东井社区", 6, "充电棚夜里没有人看，大家都不放心。物业的电工愿意一起查。", "充电安全", "物业电工班"),
        ];
        for (community, day, findings, need, has) in visits {
            let input = record::RecordVisit {
                place: self.round.at(community).to_string(),
                day: self.day(day).to_string(),
                staff: "周敏、许冬梅".into(),
                findings: findings.into(),
                met: vec![MetLine { kind: Met::Residents, people: 16 }, MetLine { kind: Met::Elders, people: 9 }],
                needs: vec![Need { need: need.into(), mentioned: 14 }],
                has: vec![HasLine { kind: Has::Teams, name: has.into(), note: String::new() }],
                once: String::new(),
            };
            // a worker records where they work
            let by = if community == "槐树里社区" { &self.round.worker } else { &self.round.officer };
            self.act(by, (day, 17 * 60), move |tx, cx, key| record::record(tx, cx, key, &input))?;
        }
        Ok(())
    }

    /// The ideas that are posted by now; two are supported and talked about.
    fn ideas(&self) -> Result<Vec<Idea>, Fault> {
        let mut posted = Vec::new();
        for (idea, on) in self.round.told.ideas.iter().zip(POSTED) {
            if on >= self.days {
                continue;
            }
            let author = self.round.actor(&idea.author)?;
            let at = self.round.at(&idea.community);
            posted.push(post_idea(self.db, &self.season, (idea, at), (&author, (&self.day(on), 10 * 60)))?);
        }
        for idea in posted.iter().take(2) {
            for word in ["stairwell-head", "couple"] {
                let id = idea.id.clone();
                let by = self.round.actor(word)?;
                self.act(&by, (44, 11 * 60), move |tx, cx, key| support::support(tx, cx, (key, &id)))?;
            }
            let id = idea.id.clone();
            let said = comment::NewComment {
                words: "这个好，我们楼门也算一个。".into(),
                ..comment::NewComment::default()
            };
            let by = self.round.actor("neighbour")?;
            self.act(&by, (44, 12 * 60), move |tx, cx, key| comment::comment(tx, cx, (key, &id), &said).map(|_| ()))?;
        }
        Ok(posted)
    }

    /// Four ideas are taken up; the two others wait where the season stands in the screening.
    fn answers(&self, ideas: &[Idea]) -> Result<(), Fault> {
        for (idea, source) in ideas.iter().zip(&self.round.told.ideas) {
            let other = ANSWERS.iter().find(|(number, _, _)| *number == source.number);
            let (outcome, words) = match other {
                None => ("taken-up", "这个点子我们想和您一起做。辅导老师会联系您，帮您写成提案。"),
                Some(_) if self.far == Far::Screening => continue,
                Some((_, outcome, words)) => (*outcome, *words),
            };
            let (id, input) = (idea.id.clone(), answer::AnswerIdea { outcome: outcome.into(), words: words.into() });
            // before the season moved on, and not before the idea was there
            let on = ANSWERED.max(POSTED.get(source.number as usize - 1).map_or(0, |posted| posted + 3));
            self.act(&self.round.officer, (on, 15 * 60), move |tx, cx, key| {
                answer::answer(tx, cx, (key, &id), &input).map(|_| ())
            })?;
        }
        Ok(())
    }

    /// The drafts: where the season stands in the coaching, the first was read, the second waits for its coach, the third
    /// has none, and the fourth was not begun.
    fn drafts(&self, ideas: &[Idea]) -> Result<Vec<Begun<'_>>, Fault> {
        let here = self.far == Far::Coaching;
        let mut begun = Vec::new();
        for source in self.round.told.proposals.iter().take(if here { 3 } else { 4 }) {
            let of = self.round.told.ideas.iter().zip(ideas).find(|(idea, _)| idea.number == source.idea);
            let Some((idea, posted)) = of else { continue };
            let author = self.round.actor(&idea.author)?;
            let org = if idea.author == "applicant" { self.round.club.to_string() } else { String::new() };
            let from = start::StartProposal { idea: posted.id.to_string(), org, ..start::StartProposal::default() };
            let typed = first_draft(source, idea, self.round.at(&idea.community));
            let id = self.act(&author, (82, 19 * 60), move |tx, cx, key| {
                let started = start::start(tx, cx, key, &from)?;
                let input = save::SaveProposal { revision: started.revision, version: true, proposal: typed.clone() };
                Ok(save::save(tx, cx, (key, &started.id), &input)?.id)
            })?;
            let one = Begun { source, idea, author, id };
            if !here || source.idea <= 2 {
                self.coached(&one, !here || source.idea == 1)?;
            }
            begun.push(one);
        }
        Ok(begun)
    }

    /// Names the coach, who reads the draft or has still to read it.
    fn coached(&self, one: &Begun<'_>, reads: bool) -> Result<(), Fault> {
        let (id, input) = (one.id.clone(), assign::AssignCoach { person: self.round.coach.to_string() });
        self.act(&self.round.officer, (83, 9 * 60), move |tx, cx, key| {
            assign::assign(tx, cx, (key, &id), &input).map(|_| ())
        })?;
        if !reads {
            return Ok(());
        }
        let (id, words) = (one.id.clone(), one.source.coaching.clone());
        let coach = acting(self.round.coach.clone(), Vec::new());
        self.act(&coach, (85, 14 * 60), move |tx, cx, key| {
            for words in &words {
                let said = note::WriteNote { words: words.clone(), once: String::new() };
                note::note(tx, cx, (key, &id), &said)?;
            }
            ask::ask(tx, cx, (key, &id), &asked(&FIRST_READING)).map(|_| ())
        })
    }

    /// Where the season stands in the proposals, one lies with the office, one is complete and not submitted, one came
    /// back, and one is as it was; later all are projects.
    fn submitted(&self, begun: &[Begun<'_>]) -> Result<(), Fault> {
        let here = self.far == Far::Proposals;
        for one in begun {
            let (back, left) = (here && one.source.idea == 3, here && one.source.idea == 4);
            if left {
                continue;
            }
            let at = self.round.at(&one.idea.community);
            let typed = written(one.source, one.idea, (at, !back));
            self.typed(one, typed, !(here && one.source.idea == 2))?;
            let id = one.id.clone();
            if back {
                let reason = Reason { field: "risks".into(), words: NO_RISKS.into() };
                let reasons = check::SendBack { reasons: vec![reason] };
                self.act(&self.round.officer, (106, 15 * 60), move |tx, cx, key| {
                    check::send_back(tx, cx, (key, &id), &reasons).map(|_| ())
                })?;
            } else if !here {
                self.act(&self.round.officer, (108, 15 * 60), move |tx, cx, key| {
                    check::accept(tx, cx, (key, &id)).map(|_| ())
                })?;
            }
        }
        Ok(())
    }

    /// The author writes on, and submits it.
    fn typed(&self, one: &Begun<'_>, typed: Typed, submits: bool) -> Result<(), Fault> {
        let id = one.id.clone();
        self.act(&one.author, (104, 20 * 60), move |tx, cx, key| {
            let revision = programmes::proposal::queries::proposal(tx, key, &id)?.revision;
            let input = save::SaveProposal { revision, version: true, proposal: typed.clone() };
            save::save(tx, cx, (key, &id), &input)?;
            if submits {
                submit::submit(tx, cx, (key, &id))?;
            }
            Ok(())
        })
    }

    /// The panel: the first `waiting` of the reviewers are invited and have done nothing yet.
    fn review(&self, waiting: usize) -> Result<(), Fault> {
        for (n, who) in self.round.reviewers.iter().enumerate() {
            let input = Invite { person: who.to_string() };
            self.act(&self.round.officer, (116, 10 * 60), move |tx, cx, key| {
                review::invite::invite(tx, cx, key, &input).map(|_| ())
            })?;
            if n >= waiting {
                self.scored(n, who)?;
            }
        }
        if waiting > 0 {
            return Ok(());
        }
        let counted = review::count::count(self.db, &self.season, &mut Chance::seeded(5))?;
        self.act(&self.round.officer, (121, 9 * 60), move |tx, cx, _| {
            review::close::close(tx, cx, &counted).map(|_| ())
        })
    }

    /// One reviewer takes part, declares no conflict, and scores all projects.
    fn scored(&self, n: usize, who: &PersonId) -> Result<(), Fault> {
        let me = acting(who.clone(), Vec::new());
        let numbers = 1..=u32::try_from(self.round.told.proposals.len()).unwrap_or(0);
        let said: Vec<Declaration> =
            numbers.clone().map(|number| Declaration { number, conflict: Conflict::None }).collect();
        self.act(&me, (116, 14 * 60), move |tx, cx, key| {
            review::answer::answer(tx, cx, key, true)?;
            review::declare::declare(tx, cx, key, &said).map(|_| ())
        })?;
        let criteria = bundled(TEMPLATE).and_then(|template| template.review.as_ref()).map(|review| &review.criteria);
        for number in numbers {
            let points = criteria.into_iter().flatten().enumerate().map(|(at, criterion)| {
                let drawn = (at * 5 + n * 3 + number as usize * 7) % 4;
                (criterion.key.clone(), Points::Number(6 + i64::try_from(drawn).unwrap_or(0)))
            });
            let input = Score { scores: points.collect(), comment: String::new() };
            self.act(&me, (117, 14 * 60), move |tx, cx, key| {
                review::score::score(tx, cx, (key, number), &input).map(|_| ())
            })?;
        }
        Ok(())
    }

    /// The vote is open: whoever can sign in and lives here is on its roll, and some have voted by the code of a letter.
    fn vote(&self) -> Result<(), Fault> {
        let scope = self.season.to_string();
        self.act(&self.round.officer, (117, 9 * 60), open_vote::open_vote)?;
        let by_person = self
            .round
            .people
            .iter()
            .map(|(_, person)| enrol::Voter { key: VoterKey::of_person(&scope, person), person: Some(person.clone()) });
        let by_code = (0..CODES).map(|n| {
            let key = VoterKey::of(&scope, &format!("STAGES-AWAY-{n:03}"));
            enrol::Voter { key, person: None }
        });
        let voters: Vec<enrol::Voter> = by_person.chain(by_code).collect();
        self.act(&Actor::Operator, (117, 10 * 60), move |tx, cx, key| {
            decisions::commands::enrol::enrol(tx, cx, key, &voters).map(|_| ())
        })?;
        let paper = |n: u32| Paper { code: format!("STAGES-{n:03}"), choices: vec![n % 2 + 1, n % 2 + 3] };
        let papers: Vec<Paper> = (0..12).map(paper).collect();
        self.act(&Actor::Operator, (118, 18 * 60), move |tx, cx, key| cast_chunk(tx, cx, key, &papers))
    }

    /// The list hangs out, with an objection to it; where it is approved, what was owed afterwards is late.
    fn list(&self) -> Result<(), Fault> {
        let officer = &self.round.officer;
        self.act(officer, (122, 10 * 60), |tx, cx, key| decide::decide(tx, cx, key).map(|_| ()))?;
        let words = Announce {
            title: "试一试：入选名单公示（虚构）".into(),
            body: "经评审，三个项目入选，另一个因为钱不够排在候补。有不同意见，请在公示期内提出。".into(),
        };
        let posted =
            self.act(officer, (126, 10 * 60), move |tx, cx, key| Ok(announce::announce(tx, cx, key, &words)?.id))?;
        if self.far == Far::Notice {
            let said = notice::object::NewObjection {
                words: "候补的巡查队关系到大家夜里的安全，想知道差在哪里。".into(),
                ..notice::object::NewObjection::default()
            };
            let by = self.round.actor("neighbour")?;
            return self
                .act(&by, (127, 10 * 60), move |tx, cx, _| notice::object::object(tx, cx, &posted, &said).map(|_| ()));
        }
        self.act(officer, (152, 9 * 60), move |tx, cx, _| notice::end::end(tx, cx, &posted).map(|_| ()))?;
        self.act(officer, (152, 10 * 60), |tx, cx, key| approve::approve(tx, cx, key).map(|_| ()))?;
        while self.act(officer, (152, 11 * 60), approve::open_some)? {}
        self.owed()
    }

    /// The club owes something for its project, and the day is over.
    fn owed(&self) -> Result<(), Fault> {
        let (club, place) = (self.round.club.clone(), self.round.place.clone());
        self.act(&self.round.officer, (153, 9 * 60), move |tx, cx, key| {
            let rows = selection::queries::rows(tx, key, 0, 10)?;
            // the club's proposal is the second
            let matter = rows.into_iter().find(|row| row.line.number == 2).and_then(|row| row.matter);
            let calendar = work::queries::calendar(tx)?;
            let duty = give::GiveDuty {
                matter,
                title: "交第一次活动的照片和签到表".into(),
                ..give::GiveDuty::new(place.clone(), Holder::Org(club.clone()), &Rule::WithinWorkdays(2))
            };
            let reckoner = Reckoner { calendar: &calendar, offset_minutes: OFFSET_MINUTES };
            give::give(tx, cx, &reckoner, &duty).map(|_| ())
        })
    }
}
