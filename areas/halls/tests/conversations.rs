//! Conversations: who says what, what the map tells, what everybody can compute again. Told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

use std::{
    collections::BTreeMap,
    io::Read as _,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering::Relaxed},
    },
};

use db::{Db, Fault, Tx};
use halls::{
    CONVERSATION_METHODS,
    conversation::{
        Conversation, ConversationId, DraftConversation, Participant, Standing, State, Statement, Votes,
        close::close,
        draft::{self, ChangeConversation},
        export, import,
        map::{self, drawn, gather, refresh},
        moderate::{DecideStatement, moderate},
        open::{Announcement, open},
        publish::{publish, settle},
        queries,
        say::{SayStatement, say},
        vote::vote,
    },
};
use kernel::{Actor, Chance, Context, Instant, PlaceId, Post, Principal, Role};
use matters::verdict::recompute::{self, Answer, Told};
use opinion::{OpinionMap, Vote, export::Source};
use people::commands::register::{RegisterPerson, register};
use places::{Level, commands::add};
use proptest::prelude::*;
use testkit::{each_engine, story::refused};

/// 2026-11-22, 10:00 in Beijing.
const START: i64 = 1_795_312_800_000_000;
const DAY: i64 = 86_400_000_000;

/// A place with residents and a conversation.
#[derive(Clone)]
struct Hall {
    db: Db,
    place: PlaceId,
    id: ConversationId,
    people: Vec<Actor>,
    worker: Actor,
    acts: Arc<AtomicU64>,
    days: Arc<AtomicI64>,
}

fn input(place: &PlaceId) -> DraftConversation {
    DraftConversation {
        place: place.to_string(),
        title: "小区里的狗怎么管".into(),
        days: 14,
        adds: "residents".into(),
        statements: (1..=8).map(|n| format!("第{n}条意见\n")).collect(),
        once: "one".into(),
        ..DraftConversation::default()
    }
}

impl Hall {
    fn new(db: &Db, n: usize) -> Hall {
        let nothing = "1-00000000000000000000";
        let mut hall = Hall {
            db: db.clone(),
            place: nothing.parse().unwrap(),
            id: nothing.parse().unwrap(),
            people: Vec::new(),
            worker: Actor::Operator,
            acts: Arc::new(AtomicU64::new(1)),
            days: Arc::default(),
        };
        let new = add::AddPlace { parent: None, level: Level::Subdistrict, name: "邻里街道".into() };
        let root = hall.act(&Actor::Operator, move |tx, cx| add::add(tx, cx, &new)).unwrap().id;
        let new = add::AddPlace { parent: Some(root), level: Level::Community, name: "槐树社区".into() };
        hall.place = hall.act(&Actor::Operator, move |tx, cx| add::add(tx, cx, &new)).unwrap().id;
        hall.people = (0..n).map(|at| hall.person(&format!("居民{at}"), Role::Resident)).collect();
        hall.worker = hall.person("社工", Role::Worker);
        let input = input(&hall.place);
        hall.id = hall.act(&hall.worker.clone(), move |tx, cx| draft::draft(tx, cx, &input)).unwrap().id;
        hall
    }

    fn open(db: &Db, n: usize) -> Hall {
        let hall = Hall::new(db, n);
        hall.opened(&Announcement::default()).unwrap();
        hall
    }

    fn person(&self, name: &str, role: Role) -> Actor {
        let new = RegisterPerson { place: self.place.to_string(), name: name.into() };
        let home = self.place.home();
        let person = self.act(&Actor::Operator, move |tx, cx| register(tx, cx, home, &new)).unwrap();
        let posts = vec![Post { role, place: self.place.clone() }];
        Actor::Person(Arc::new(Principal { person, verified: true, posts, seats: vec![] }))
    }

    fn act<T: Send + 'static>(
        &self,
        actor: &Actor,
        mut command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let n = self.acts.fetch_add(1, Relaxed);
        let now = START + self.days.load(Relaxed) * DAY + i64::try_from(n).unwrap() * 1_000_000;
        let cx = Context::new(actor.clone(), Instant(now), 480, Chance::seeded(n));
        self.db.write_wait(move |tx| command(tx, &mut cx.clone()))
    }

    fn opened(&self, words: &Announcement) -> Result<Conversation, Fault> {
        let (id, words) = (self.id.clone(), words.clone());
        self.act(&self.worker, move |tx, cx| open(tx, cx, &id, &words))
    }

    fn vote(&self, who: &Actor, number: u32, said: Vote) -> Result<Participant, Fault> {
        let id = self.id.clone();
        self.act(who, move |tx, cx| vote(tx, cx, &id, (number, said)))
    }

    fn say(&self, who: &Actor, text: &str) -> Result<Statement, Fault> {
        let (id, input) = (self.id.clone(), SayStatement { text: text.into() });
        self.act(who, move |tx, cx| say(tx, cx, &id, &input))
    }

    fn decide(&self, who: &Actor, number: u32, accept: bool, reason: &str) -> Result<Statement, Fault> {
        let (id, input) = (self.id.clone(), DecideStatement { accept, reason: reason.into() });
        self.act(who, move |tx, cx| moderate(tx, cx, (&id, number), &input))
    }

    fn close(&self) -> Result<Conversation, Fault> {
        let id = self.id.clone();
        self.act(&self.worker, move |tx, cx| close(tx, cx, &id))
    }

    fn publish(&self) -> Result<Conversation, Fault> {
        let settled = settle(&self.db, &self.id)?;
        self.act(&self.worker, move |tx, cx| publish(tx, cx, &settled, &Announcement::default()))
    }

    /// Two groups: the first half wants 1 to 4, the second 5 to 8; all of them want 8.
    fn two_groups(&self) {
        for (at, who) in self.people.iter().enumerate() {
            for number in 1..=8 {
                let first = at < self.people.len() / 2;
                let agrees = number == 8 || (number <= 4) == first;
                self.vote(who, number, if agrees { Vote::Agree } else { Vote::Disagree }).unwrap();
            }
        }
    }

    /// Computes the verdict again from the records.
    fn again(&self) -> Answer {
        let id = self.id.clone();
        let about = self.db.read_wait(move |s| matters::verdict::queries::about(s, id.home(), id.as_str())).unwrap();
        let method = &CONVERSATION_METHODS[0];
        let text = recompute::text_of(&self.db, method, &about[0], 1 << 24).unwrap();
        recompute::from_text(method, &Told::from(&about[0]), &text, true)
    }
}

#[test]
fn residents_answer_and_the_map_becomes_a_verdict_that_is_computed_again() {
    each_engine(|db| {
        let hall = Hall::open(db, 20);
        hall.two_groups();
        let picture = refresh::refresh(db, Instant(START + DAY), &hall.id).unwrap();
        assert_eq!((picture.people, picture.grouped, picture.votes), (20, 20, 160));
        assert_eq!(picture.groups.iter().map(|group| group.size).collect::<Vec<_>>(), [10, 10]);
        assert_eq!(picture.shared.iter().map(|one| (one.number, one.agree)).collect::<Vec<_>>(), [(8, true)]);
        assert!(picture.divides.iter().all(|one| one.distance > 700 && one.number < 8));
        assert_eq!(picture.of(8).unwrap().groups, [[10, 0, 0], [10, 0, 0]]);
        // where somebody stands is found by their number, and by nothing else
        let (id, me) = (hall.id.clone(), hall.people[0].clone());
        let mine = db.read_wait(move |s| queries::me(s, &id, &me)).unwrap().unwrap();
        let found = refresh::redrawn(db, &hall.id).unwrap();
        assert!(map::place_of(&found.members, mine.number).unwrap().group.is_some());
        assert_eq!(map::place_of(&found.members, 0), None);
        assert!(!found.picture.print().unwrap().contains(&mine.number.to_string()));

        assert_eq!(refused(hall.close()), "conversation-still-runs");
        hall.days.fetch_add(15, Relaxed);
        assert_eq!(refused(hall.vote(&hall.people[0], 1, Vote::Pass)), "conversation-over");
        assert_eq!(hall.close().unwrap().state, State::Closed);
        assert_eq!(refused(hall.say(&hall.people[0], "还有话说")), "wrong-conversation-state");
        assert_eq!(hall.publish().unwrap().state, State::Published);
        let Answer::Equal { lines, beside } = hall.again() else { panic!("{:?}", hall.again()) };
        assert_eq!((lines, beside), (1 + 8 + 20, vec![]));
    });
}

#[test]
fn a_vote_counts_once_and_the_last_one_counts() {
    each_engine(|db| {
        let hall = Hall::open(db, 2);
        let me = &hall.people[0];
        let first = hall.vote(me, 1, Vote::Agree).unwrap();
        assert_eq!(hall.vote(me, 1, Vote::Agree).unwrap(), first, "sent again it changes nothing");
        let second = hall.vote(me, 1, Vote::Disagree).unwrap();
        assert_eq!((second.number, second.votes.print().as_str()), (first.number, "1-"));
        hall.vote(&hall.people[1], 1, Vote::Pass).unwrap();
        let gathered = gather(db, &hall.id).unwrap();
        assert_eq!(gathered.people.len(), 2);
        assert_eq!(gathered.people.iter().map(|(_, votes)| votes.len()).sum::<usize>(), 2);
        assert_eq!(refused(hall.vote(me, 99, Vote::Agree)), "statement-not-found");
        assert_eq!(refused(hall.vote(&hall.worker, 1, Vote::Agree)), "conversation-not-resident");
        assert_eq!(refused(hall.vote(&Actor::Operator, 1, Vote::Agree)), "sign-in-first");
    });
}

#[test]
fn a_statement_waits_for_the_office_and_its_author_reads_the_answer() {
    each_engine(|db| {
        let hall = Hall::open(db, 3);
        let (me, other) = (&hall.people[0], &hall.people[1]);
        let said = hall.say(me, "应当划出遛狗的地方").unwrap();
        assert_eq!((said.number, said.state), (9, Standing::Waiting));
        assert_eq!(hall.say(me, "应当划出遛狗的地方！").unwrap().number, 9, "sent again it is the same");
        assert_eq!(refused(hall.say(other, "应当划出遛狗的地方。")), "invalid-input");
        assert_eq!(refused(hall.vote(other, 9, Vote::Agree)), "statement-not-open");
        assert_eq!(refused(hall.decide(other, 9, true, "")), "not-allowed");
        assert_eq!(refused(hall.decide(&hall.worker, 9, false, "")), "invalid-input");
        hall.days.fetch_add(15, Relaxed);
        assert_eq!(refused(hall.close()), "conversation-statements-wait");
        hall.days.fetch_sub(15, Relaxed);
        assert_eq!(hall.decide(&hall.worker, 9, true, "").unwrap().state, Standing::Accepted);
        hall.vote(other, 9, Vote::Agree).unwrap();
        let second = hall.say(me, "养狗的都是坏人").unwrap();
        let rejected = hall.decide(&hall.worker, second.number, false, "这是说人，不是说事").unwrap();
        assert_eq!((rejected.state, rejected.reason.as_str()), (Standing::Rejected, "这是说人，不是说事"));
        let (id, author) = (hall.id.clone(), me.person().unwrap().clone());
        let own = db.read_wait(move |s| queries::own(s, &id, &author)).unwrap();
        assert_eq!(own.iter().map(|one| one.state).collect::<Vec<_>>(), [Standing::Accepted, Standing::Rejected]);
        // taken down, it is in the inputs without its words and counts for nothing
        hall.decide(&hall.worker, 9, false, "说错了地方").unwrap();
        assert_eq!(refused(hall.decide(&hall.worker, 9, true, "")), "statement-decided");
        let gathered = gather(db, &hall.id).unwrap();
        assert_eq!(gathered.counted().last(), Some(&(9, false)));
        assert!(drawn(&gathered.map(&BTreeMap::new()).unwrap()).of(9).is_none());
        // a worker who lives there decides about everybody's but their own
        let Actor::Person(worker) = &hall.worker else { panic!("a person") };
        let mut posts = worker.posts.clone();
        posts.push(Post { role: Role::Resident, place: hall.place.clone() });
        let both = Actor::Person(Arc::new(Principal { posts, ..(**worker).clone() }));
        let own = hall.say(&both, "社工也是居民").unwrap();
        assert_eq!(refused(hall.decide(&both, own.number, true, "")), "not-allowed");
    });
}

#[test]
fn a_draft_is_changed_until_it_opens() {
    each_engine(|db| {
        let hall = Hall::new(db, 1);
        assert_eq!(refused(hall.vote(&hall.people[0], 1, Vote::Agree)), "conversation-not-found");
        let (id, few) = (hall.id.clone(), DraftConversation { statements: "只有一条".into(), ..input(&hall.place) });
        let change = ChangeConversation { revision: 0, conversation: few };
        let changed = hall.act(&hall.worker, move |tx, cx| draft::change(tx, cx, &id, &change)).unwrap();
        assert_eq!((changed.revision, changed.statements), (1, 1));
        assert_eq!(refused(hall.opened(&Announcement::default())), "conversation-few-statements");
        let (id, change) = (hall.id.clone(), ChangeConversation { revision: 0, conversation: input(&hall.place) });
        let stale = hall.act(&hall.worker, move |tx, cx| draft::change(tx, cx, &id, &change));
        assert_eq!(refused(stale), "changed-meanwhile");
        let (id, change) = (hall.id.clone(), ChangeConversation { revision: 1, conversation: input(&hall.place) });
        hall.act(&hall.worker, move |tx, cx| draft::change(tx, cx, &id, &change)).unwrap();
        let words = Announcement { title: "征求意见".into(), body: "请来表态".into() };
        let opened = hall.opened(&words).unwrap();
        assert!(opened.notice.is_some() && opened.seed > 0);
        assert_eq!(hall.opened(&words).unwrap(), opened, "sent again it changes nothing");
        let again = input(&hall.place);
        let twin = hall.act(&hall.worker, move |tx, cx| draft::draft(tx, cx, &again)).unwrap();
        assert_eq!(twin.id, hall.id);
    });
}

/// A part of an archive.
fn part(zip: &[u8], name: &str) -> Vec<u8> {
    let archive = office::zip::Archive::read(zip.to_vec()).unwrap();
    archive.text(name).unwrap().into_bytes()
}

#[test]
fn the_download_comes_to_the_same_groups_and_can_be_taken_in_again() {
    each_engine(|db| {
        let hall = Hall::open(db, 24);
        hall.two_groups();
        hall.say(&hall.people[0], "=2+3 这样的也要能存").unwrap();
        hall.decide(&hall.worker, 9, true, "").unwrap();
        hall.vote(&hall.people[3], 9, Vote::Agree).unwrap();
        hall.days.fetch_add(15, Relaxed);
        hall.close().unwrap();
        hall.publish().unwrap();
        let (gathered, drawing) = (gather(db, &hall.id).unwrap(), refresh::redrawn(db, &hall.id).unwrap());
        let zip = export::archive(&gathered, &drawing.picture, &drawing.members).unwrap();
        let (comments, matrix, lines) =
            (part(&zip, "comments.csv"), part(&zip, "participants-votes.csv"), part(&zip, "votes.csv"));
        let read = opinion::export::read(&comments[..], Source::Matrix(&matrix[..])).unwrap();
        assert_eq!(read.groups.len(), 24);
        let options = map::options(gathered.conversation.seed);
        let found = OpinionMap::new(read.conversation.clone(), options, &BTreeMap::new());
        assert_eq!(found.members(), read.groups, "the groups in the file are those that come out of it");
        assert_eq!(drawn(&found), drawing.picture);
        let by_lines = opinion::export::read(&comments[..], Source::Lines(&lines[..])).unwrap();
        assert_eq!(by_lines.conversation, read.conversation);

        let held = import::read(&comments, Source::Matrix(&matrix)).unwrap();
        let taking = import::Taking {
            place: hall.place.to_string(),
            title: "拿来看看".into(),
            provenance: halls::conversation::Provenance {
                source: "某处".into(),
                licence: "CC BY 4.0".into(),
                ..Default::default()
            },
            seed: gathered.conversation.seed,
            ..import::Taking::default()
        };
        let take = move |tx: &mut Tx<'_>, cx: &mut Context| import::take(tx, cx, &taking, &held);
        let taken = hall.act(&hall.worker, take.clone()).unwrap();
        assert_eq!(hall.act(&hall.worker, take).unwrap().id, taken.id, "the same again is the same");
        let again = Hall { id: taken.id, ..hall.clone() };
        assert_eq!(again.publish().unwrap().state, State::Published);
        assert_eq!(refresh::redrawn(db, &again.id).unwrap().picture, drawing.picture);
        assert!(matches!(again.again(), Answer::Equal { .. }));
    });
}

#[test]
fn a_fault_of_a_file_is_named_with_its_line() {
    let comments = "timestamp,comment-id,moderated,comment-body\n0,1,1,一条\n0,2,1,\n";
    let votes = "participant,1,2\n5,1,0\n";
    let told = |comments: &str, votes: &str| {
        import::read(comments.as_bytes(), Source::Matrix(votes.as_bytes())).unwrap_err().to_string()
    };
    assert_eq!(
        told(comments, votes),
        "comments.csv, line 3: statement 2 has votes and no words in column comment-body; add them"
    );
    assert!(told("comment-id,moderated\n1,1\n", votes).starts_with("comments.csv, line 1: there is no column"));
    assert!(told(comments, "participant,1,2\n5,1,7\n").starts_with("participants-votes.csv, line 2: "));
    assert!(told(comments, "participant,1,2\n5,1\n").starts_with("participants-votes.csv, line 2: "));
}

#[test]
fn a_real_conversation_comes_to_the_groups_of_its_export() {
    let Some(data) = std::env::var_os("LINLI_TEST_DATA") else {
        eprintln!("SKIPPED: LINLI_TEST_DATA is not set");
        return;
    };
    let folder = std::path::Path::new(&data).join("opinion/vtaiwan.uberx");
    let read = |name: &str| {
        let mut bytes = Vec::new();
        std::fs::File::open(folder.join(name)).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    let (comments, matrix) = (read("comments.csv"), read("participants-votes.csv"));
    let held = import::read(&comments, Source::Matrix(&matrix)).unwrap();
    assert_eq!((held.statements.len(), held.people.len()), (197, 1_921));
    assert_eq!(held.statements.iter().filter(|(_, _, counts)| !counts).count(), 78);
    assert_eq!(held.people.iter().map(|(_, votes)| votes.len()).sum::<usize>(), 49_443);
    let statements: Vec<(u32, bool)> = held.statements.iter().map(|(n, _, counts)| (*n, *counts)).collect();
    let ours = map::computed(&statements, &held.people, 0, &BTreeMap::new()).unwrap();
    let export = opinion::export::read(&comments[..], Source::Matrix(&matrix[..])).unwrap();
    let theirs = OpinionMap::new(export.conversation, map::options(0), &BTreeMap::new());
    assert_eq!(ours.members(), theirs.members());
    let picture = drawn(&ours);
    assert_eq!(picture.people, 1_921);
    // the reference finds statement 40 first among what all groups share
    assert_eq!(picture.shared.first().map(|one| (one.number, one.agree)), Some((40, true)));
    let told = picture.print().unwrap();
    assert!(told.len() < 80_000, "{} bytes", told.len());
}

fn said() -> impl Strategy<Value = Vec<(u32, u32, i8)>> {
    prop::collection::vec((1_u32..40, 1_u32..12, -1_i8..=1), 30..300)
}

fn vote_of(value: i8) -> Vote {
    Vote::try_from(i64::from(value)).unwrap()
}

/// What each participant said last, in the order given.
fn rows(said: &[(u32, u32, i8)]) -> Vec<(u32, Votes)> {
    let mut rows: BTreeMap<u32, Votes> = BTreeMap::new();
    for (participant, number, value) in said {
        rows.entry(*participant).or_default().say(*number, vote_of(*value));
    }
    rows.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_order_of_votes_never_matters_and_a_duplicate_never_counts(said in said(), turn in 0_usize..300) {
        // one vote for each person and statement, so that which is last does not depend on the order
        let once: Vec<(u32, u32, i8)> = rows(&said)
            .iter()
            .flat_map(|(p, votes)| votes.iter().map(|(n, vote)| (*p, n, vote.value())).collect::<Vec<_>>())
            .collect();
        let mut turned = once.clone();
        turned.rotate_left(turn % once.len());
        turned.extend_from_slice(&once[..once.len() / 2]);
        let statements: Vec<(u32, bool)> = (1..12).map(|n| (n, n != 5)).collect();
        let picture = |said: &[(u32, u32, i8)]| {
            drawn(&map::computed(&statements, &rows(said), 7, &BTreeMap::new()).unwrap())
        };
        prop_assert_eq!(picture(&once), picture(&turned));
    }

    #[test]
    fn no_group_is_told_where_a_group_has_few_votes(said in said()) {
        let statements: Vec<(u32, bool)> = (1..12).map(|n| (n, true)).collect();
        let found = map::computed(&statements, &rows(&said), 7, &BTreeMap::new()).unwrap();
        let picture = drawn(&found);
        for counted in &picture.counts {
            let column = found.conversation().column_of(u64::from(counted.number)).unwrap();
            let groups = 0..found.grouping().ids().len();
            let few = groups.clone().any(|group| (1..5).contains(&found.counts().group(group, column).votes));
            prop_assert_eq!(counted.groups.is_empty(), few || groups.is_empty());
        }
        let told = |number: u32| !picture.of(number).unwrap().groups.is_empty();
        prop_assert!(picture.divides.iter().all(|one| told(one.number)));
        prop_assert!(picture.groups.iter().flat_map(|group| &group.typical).all(|one| told(one.number)));
    }

    #[test]
    fn a_row_of_votes_is_read_as_it_is_written(said in said()) {
        for (_, votes) in rows(&said) {
            prop_assert_eq!(Votes::parse(&votes.print()), Some(votes));
        }
    }
}
