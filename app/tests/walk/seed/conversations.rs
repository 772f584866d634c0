//! Conversations at 东里: one in each state, and one that was taken in and is published.

use halls::conversation::{
    Conversation, DraftConversation, Provenance, Votes,
    close::close,
    draft::draft,
    import::{self, Held, Taking},
    open::{Announcement, open},
    publish::{publish, settle},
    say::{SayStatement, say},
};

use super::{Seed, Who};

/// Days before today on which a conversation of the past began.
const AGO: i64 = 30;

impl Seed {
    fn conversation(&mut self, name: &str, ago: i64) -> Conversation {
        let input = DraftConversation {
            place: self.a().to_string(),
            title: "狗怎么管".into(),
            days: 14,
            adds: "residents".into(),
            statements: "要牵绳\n要戴嘴套\n要办证".into(),
            ..DraftConversation::default()
        };
        let one = self.run_then(&kernel::Actor::Operator, ago, move |tx, cx| draft(tx, cx, &input));
        self.keep(name, &one.id);
        one
    }

    fn open_conversation(&mut self, name: &str, ago: i64) -> Conversation {
        let id = self.conversation(name, ago).id;
        self.run_then(&kernel::Actor::Operator, ago, move |tx, cx| open(tx, cx, &id, &Announcement::default()))
    }
}

pub(super) fn conversations(s: &mut Seed) {
    let author = s.persons[&Who::Author].clone();
    s.post(&author, "resident", "a", ("2026-10-01", ""));
    for name in ["talk-draft", "talk-opens", "talk-opens-api"] {
        s.conversation(name, 0);
    }
    for (name, number) in [("talk-four", 4), ("talk-five", 5)] {
        s.keep(name, number);
    }
    let one = s.open_conversation("talk-open", 0);
    let author = s.actor(Who::Author);
    for text in ["要捡便", "要打疫苗", "要打针"] {
        let (id, input) = (one.id.clone(), SayStatement { text: text.into() });
        s.run_then(&author, 0, move |tx, cx| say(tx, cx, &id, &input));
    }
    for name in ["talk-over", "talk-over-api"] {
        s.open_conversation(name, AGO);
    }
    for name in ["talk-closed", "talk-closed-api"] {
        let id = s.open_conversation(name, AGO).id;
        s.run(move |tx, cx| close(tx, cx, &id));
    }
    let people = (1..=20_u32).map(|n| {
        let sign = if n % 2 == 0 { "1+2+3-" } else { "1-2-3+" };
        (n, Votes::parse(sign).unwrap())
    });
    let held =
        Held { statements: (1..=3).map(|n| (n, format!("第{n}条"), true)).collect(), people: people.collect() };
    let taking = Taking {
        place: s.a().to_string(),
        title: "别处的议题".into(),
        provenance: Provenance { source: "某处".into(), licence: "CC BY 4.0".into(), ..Provenance::default() },
        ..Taking::default()
    };
    let taken = s.run(move |tx, cx| import::take(tx, cx, &taking, &held));
    s.keep("talk-done", &taken.id);
    let settled = settle(&s.db, &taken.id).unwrap();
    s.run(move |tx, cx| publish(tx, cx, &settled, &Announcement::default()));
}
