//! Polls at 东里: one in each state, with a roll from a file.

use ballots::BallotKey;
use db::{Fault, Tx};
use kernel::{Actor, Context};
use people::{VoterKey, resident::sheet};
use polls::{
    Choice, DraftPoll, PollId, Salted, Vote,
    commands::{
        cast::{Coded, cast_code},
        close::close,
        draft::draft,
        open::open,
        publish::{count, publish},
    },
    roll::{file, freeze, letters},
    survey::Answers,
};

use super::{RESIDENT, Seed};

/// Days before today on which a poll of the past began.
const AGO: i64 = 20;

fn input(s: &Seed, opens: &str, closes: &str) -> DraftPoll {
    DraftPoll {
        place: s.a().to_string(),
        title: "西门锁不锁".into(),
        kind: "motion".into(),
        openness: "secret".into(),
        template: "house".into(),
        threshold: "1/2".into(),
        bound: "more-than".into(),
        base: "valid".into(),
        opens: opens.into(),
        closes: closes.into(),
        ..DraftPoll::default()
    }
}

impl Seed {
    fn run_ago<T: Send + 'static>(
        &self,
        ago: i64,
        command: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        self.run_then(&Actor::Operator, ago, command)
    }

    /// A draft with a roll of five.
    fn poll(&mut self, name: &str, ago: i64, input: DraftPoll) -> PollId {
        let poll = self.run_ago(ago, move |tx, cx| draft(tx, cx, &input));
        let list: String = (0..5).map(|n| format!("{RESIDENT}{n},1-{n}\n")).collect();
        let (rows, errors) = sheet::parse(format!("name,flat\n{list}").as_bytes()).unwrap();
        let (rows, _) = file::checked(&poll, &web::Verifiers::default(), rows, errors);
        let id = poll.id.clone();
        self.run_ago(ago, move |tx, cx| file::take(tx, cx, &id, &rows));
        self.keep(name, &poll.id);
        poll.id
    }

    fn opened(&mut self, name: &str, ago: i64, input: DraftPoll) -> PollId {
        let id = self.poll(name, ago, input);
        let of = id.clone();
        self.run_ago(ago, move |tx, cx| freeze::freeze(tx, cx, &of, &freeze::FreezeRoll::default()));
        let of = id.clone();
        self.run_ago(ago, move |tx, cx| open(tx, cx, &of));
        id
    }

    fn letter(&self, id: &PollId, ago: i64, n: usize) -> String {
        let (of, voter) = (id.clone(), VoterKey::of_row(id.as_str(), &format!("1-{n}"), &format!("{RESIDENT}{n}")));
        let drawn = self.run_ago(ago, move |tx, cx| letters::letters(tx, cx, &of, letters::To::One(voter)));
        drawn[0].code.clone()
    }

    fn ended(&mut self, name: &str, input: DraftPoll, choice: &Choice) {
        let id = self.opened(name, AGO, input);
        let code = self.letter(&id, AGO, 0);
        let (of, choice) = (id.clone(), choice.clone());
        let cast = self.run_then(&Actor::Voter, AGO, move |tx, cx| {
            cast_code(tx, cx, &of, &Coded { code: &code, choice: &choice, key: None })
        });
        self.keep("poll-ballot", &cast.id);
        let of = id.clone();
        self.run(move |tx, cx| close(tx, cx, &of, None));
        let counted = count(&self.db, &id).unwrap();
        self.run(move |tx, cx| publish(tx, cx, &counted));
    }
}

pub(super) fn polls(s: &mut Seed) {
    let (now, past) = (input(s, "2026-11-22", "2026-12-01"), input(s, "2026-11-02", "2026-11-10"));
    let empty = now.clone();
    let made = s.run(move |tx, cx| draft(tx, cx, &empty));
    s.keep("poll-empty", made.id);
    let id = s.poll("poll-draft", 0, now.clone());
    s.keep("poll-voter-draft", VoterKey::of_row(id.as_str(), "1-0", &format!("{RESIDENT}0")).to_hex());
    s.poll("poll-api", 0, now.clone());
    let id = s.poll("poll-roll", 0, now.clone());
    s.run(move |tx, cx| freeze::freeze(tx, cx, &id, &freeze::FreezeRoll::default()));
    let id = s.opened("poll-open", 0, now.clone());
    for n in [3, 4] {
        let voter = VoterKey::of_row(id.as_str(), &format!("1-{n}"), &format!("{RESIDENT}{n}"));
        s.keep(format!("poll-voter{n}"), voter.to_hex());
    }
    let (code, second) = (s.letter(&id, 0, 0), s.letter(&id, 0, 1));
    s.keep("poll-code", code);
    s.keep("poll-code2", second);
    let id = s.opened("poll-live", 0, DraftPoll { openness: "open".into(), ..now });
    let code = s.letter(&id, 0, 0);
    let key = BallotKey::of(id.as_str(), "0123456789abcdef0123456789abcdef");
    s.run_then(&Actor::Voter, 0, move |tx, cx| {
        cast_code(tx, cx, &id, &Coded { code: &code, choice: &Choice::Motion(Vote::Agree), key })
    });
    s.opened("poll-over", AGO, past.clone());
    s.opened("poll-ends", AGO, past.clone());
    let questions = "[scale] 满意吗？\n[text] 还有呢？".into();
    let survey = DraftPoll { kind: "survey".into(), questions, ..past.clone() };
    let answers = Answers::from([(1, vec!["4".into()]), (2, vec!["灯太暗".into()])]);
    s.ended("poll-survey", survey, &Choice::Survey(Salted::of(answers)));
    let named = DraftPoll { openness: "named".into(), ..past };
    s.ended("poll-done", named, &Choice::Motion(Vote::Agree));
}
