//! What becomes of an idea: signed, shown, talked about, supported, merged, split, answered in time or late.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]

mod asked;
mod cards;
mod owed;
mod photos;
mod search;
mod site;
mod together;

use std::{cell::Cell, sync::Arc};

use db::{Db, Fault, Tx};
use kernel::{Actor, Chance, Context, Fen, Instant, PersonId, PlaceId, Post, Principal, Role};
use people::{account::rename, commands::register, post::appoint};
use places::{Level, commands::add};
use programmes::{
    Idea, IdeaId, SeasonId,
    idea::{
        Outcome, State,
        answer::{self, AnswerIdea},
        comment::{self, NewComment},
        hide::{self, Why},
        merge::{self, MergeIdeas},
        post::{PostIdea, post},
        queries::{self, Filter, Order},
        show_it,
        split::{self, Part, SplitIdea},
        support, withdraw,
    },
    season::{self, advance, open::OpenSeason, open::open},
};
use site::{Site, hidden, photo};
use testkit::story::each_engine;

/// 2025-03-03, a Monday of a year whose holidays are known, at 10 in the morning.
const MONDAY: i64 = 1_740_967_200_000_000;
const DAY: i64 = 86_400_000_000;

struct Town<'a> {
    db: &'a Db,
    root: PlaceId,
    east: PlaceId,
    flat: PlaceId,
    season: SeasonId,
    turn: Cell<u64>,
    /// Days since the first one.
    today: Cell<i64>,
}

impl<'a> Town<'a> {
    fn new(db: &'a Db, template: &str) -> Town<'a> {
        let none: PlaceId = "1-0123456789abcdefghjk".parse().unwrap();
        let season = "1-0123456789abcdefghjk".parse().unwrap();
        let (root, turn, today) = (none.clone(), Cell::new(1), Cell::new(0));
        let mut town = Town { db, root, east: none.clone(), flat: none, season, turn, today };
        town.root = town.place(None, Level::Subdistrict, "安里街道");
        town.east = town.place(Some(&town.root), Level::Community, "东里社区");
        let estate = town.place(Some(&town.east), Level::Estate, "东里小区");
        let building = town.place(Some(&estate), Level::Building, "3 号楼");
        let entrance = town.place(Some(&building), Level::Entrance, "1 单元");
        town.flat = town.place(Some(&entrance), Level::Flat, "101");
        let officer = town.person(&town.root, "某干部", "");
        let input = appoint::Appoint {
            person: officer.to_string(),
            role: "officer".into(),
            from: "2025-03-03".into(),
            ..appoint::Appoint::default()
        };
        let root = town.root.clone();
        town.run(&Actor::Operator, move |tx, cx| appoint::appoint(tx, cx, &root, &input)).unwrap();
        let input = OpenSeason::by(template, town.root.clone(), "星选 2025", Fen(1_000_000));
        town.season = town.run(&Actor::Operator, move |tx, cx| open(tx, cx, &input)).unwrap().id;
        while template != "plain" && town.stage() != programmes::Stage::Ideas {
            town.go_on();
        }
        town
    }

    fn run<T: Send + 'static>(
        &self,
        actor: &Actor,
        mut command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let n = self.turn.replace(self.turn.get() + 1);
        let now = Instant(MONDAY + self.today.get() * DAY + i64::try_from(n).unwrap() * 1_000);
        let cx = Context::new(actor.clone(), now, 480, Chance::seeded(n));
        self.db.write_wait(move |tx| command(tx, &mut cx.clone()))
    }

    fn place(&self, parent: Option<&PlaceId>, level: Level, name: &str) -> PlaceId {
        let input = add::AddPlace { parent: parent.cloned(), level, name: name.into() };
        self.run(&Actor::Operator, move |tx, cx| add::add(tx, cx, &input)).unwrap().id
    }

    /// Somebody who lives there and appears to others under a name.
    fn person(&self, place: &PlaceId, name: &str, shown: &str) -> PersonId {
        let input = register::RegisterPerson { place: place.to_string(), name: name.into() };
        let home = place.home();
        let person = self.run(&Actor::Operator, move |tx, cx| register::register(tx, cx, home, &input)).unwrap();
        let input = rename::Rename { name: name.into(), shown_name: shown.into() };
        self.run(&known(&person, Vec::new()), move |tx, cx| rename::rename(tx, cx, &input)).unwrap();
        person
    }

    fn resident(&self, shown: &str) -> Actor {
        known(&self.person(&self.flat, "真名", shown), Vec::new())
    }

    fn officer(&self) -> Actor {
        let person = kernel::Id::random(self.root.home(), &mut Chance::seeded(77));
        known(&person, vec![Post { role: Role::Officer, place: self.root.clone() }])
    }

    fn stage(&self) -> programmes::Stage {
        let id = self.season.clone();
        self.db.read_wait(move |s| season::queries::season(s, &id)).unwrap().stage
    }

    fn go_on(&self) {
        let id = self.season.clone();
        self.run(&Actor::Operator, move |tx, cx| {
            let to = season::queries::next_stage(tx, &id)?;
            advance::advance(tx, cx, &id, to)
        })
        .unwrap();
    }

    fn post(&self, actor: &Actor, input: PostIdea) -> Result<Idea, Fault> {
        let id = self.season.clone();
        self.run(actor, move |tx, cx| post(tx, cx, &id, &input))
    }

    fn posted(&self, actor: &Actor, title: &str) -> Idea {
        self.post(actor, idea(title)).unwrap()
    }

    /// Runs a verb on an idea.
    fn on<T: Send + 'static>(
        &self,
        actor: &Actor,
        idea: &IdeaId,
        mut verb: impl FnMut(&mut Tx<'_>, &mut Context, (&SeasonId, &IdeaId)) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (season, idea) = (self.season.clone(), idea.clone());
        self.run(actor, move |tx, cx| verb(tx, cx, (&season, &idea)))
    }

    fn shown(&self, idea: &IdeaId) -> Idea {
        let (season, idea) = (self.season.clone(), idea.clone());
        self.db.read_wait(move |s| queries::idea(s, &season, &idea)).unwrap()
    }

    fn answer(&self, idea: &IdeaId, outcome: &'static str, words: &'static str) -> Result<Idea, Fault> {
        let input = AnswerIdea { outcome: outcome.into(), words: words.into() };
        self.on(&self.officer(), idea, move |tx, cx, on| answer::answer(tx, cx, on, &input))
    }

    fn list(&self, filter: Filter) -> Vec<String> {
        let season = self.season.clone();
        let found = self.db.read_wait(move |s| queries::page(s, &season, &filter)).unwrap();
        found.into_iter().map(|idea| idea.title).collect()
    }
}

fn known(person: &PersonId, posts: Vec<Post>) -> Actor {
    Actor::Person(Arc::new(Principal { person: person.clone(), verified: true, posts, seats: Vec::new() }))
}

fn idea(title: &str) -> PostIdea {
    PostIdea { title: title.into(), body: "种菜。".into(), field: "elders".into(), ..PostIdea::default() }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, Fault>) -> String {
    match answer {
        Err(Fault::Refused(refusal)) => match refusal.fields.first() {
            Some(field) => format!("{}: {}", field.field, field.code),
            None => refusal.code.to_owned(),
        },
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn an_idea_has_a_field_a_place_a_name_of_its_own_and_a_day_for_its_answer() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let (aunt, nobody) = (town.resident("刘阿姨"), town.resident(""));
        let first = town.posted(&aunt, "长椅");
        assert_eq!((first.author.as_str(), first.state), ("刘阿姨", State::Shown));
        assert_eq!(first.place_name, "东里", "of where somebody lives only the community is told");
        // fifteen workdays from the 3rd of March 2025
        assert_eq!(first.promise.as_ref().unwrap().day.as_str(), "2025-03-24");
        assert_eq!(town.shown(&first.id), first);
        assert_eq!(town.posted(&nobody, "路灯").author, "");
        let without = town.post(&aunt, PostIdea { nameless: true, ..idea("扶手") }).unwrap();
        assert_eq!(without.author, "", "who has a name may leave it out");
        let whole = town.post(&aunt, PostIdea { place: town.root.to_string(), ..idea("花坛") }).unwrap();
        assert_eq!(whole.place_name, "安里街道");
        let cases = [
            (PostIdea { field: String::new(), ..idea("x") }, "field: required"),
            (PostIdea { field: "cats".into(), ..idea("x") }, "field: unknown-choice"),
            (PostIdea { place: town.flat.to_string(), ..idea("x") }, "place: place-too-near"),
            (PostIdea { place: "1-0123456789abcdefghjk".into(), ..idea("x") }, "place: unknown-choice"),
            (PostIdea { author: "王主任".into(), ..idea("x") }, "author: own-name-only"),
            (PostIdea { files: vec!["1-0123456789abcdefghjk".into(); 4], ..idea("x") }, "files: too-many"),
        ];
        for (input, code) in cases {
            assert_eq!(refused(town.post(&aunt, input)), code);
        }
        for n in 3..10 {
            town.posted(&aunt, &format!("第 {n} 个"));
        }
        assert_eq!(refused(town.post(&aunt, idea("第十一个"))), "too-many-of-yours");
        assert!(town.post(&nobody, idea("别人的")).is_ok());
    });
}

#[test]
fn an_idea_waits_for_a_look_where_the_template_says_so_and_may_be_hidden_and_taken_back() {
    each_engine(|db| {
        let town = Town::new(db, "self-governance-fund");
        let (aunt, other, officer) = (town.resident("刘阿姨"), town.resident(""), town.officer());
        let idea = town.posted(&aunt, "长椅").id;
        assert_eq!(town.shown(&idea).state, State::Waiting);
        assert!(town.list(Filter::default()).is_empty());
        assert_eq!(refused(town.on(&other, &idea, support::support)), "idea-wrong-state");
        assert_eq!(refused(town.on(&aunt, &idea, show_it::show)), "not-allowed");
        for _ in 0..2 {
            town.on(&officer, &idea, show_it::show).unwrap();
        }
        assert_eq!(town.list(Filter::default()), ["长椅"]);
        let why = Why { reason: "写了别人的电话。".into() };
        assert_eq!(
            refused(town.on(&officer, &idea, |tx, cx, on| hide::hide(tx, cx, on, &Why::default()))),
            "reason: required"
        );
        town.on(&officer, &idea, move |tx, cx, on| hide::hide(tx, cx, on, &why)).unwrap();
        assert_eq!(town.shown(&idea).reason, "写了别人的电话。");
        let (season, id) = (town.season.clone(), idea.clone());
        let seen_by = |actor: &Actor| {
            let (cx, season, id) = (testkit::context(actor.clone(), 1), season.clone(), id.clone());
            let seen = db.read_wait(move |s| {
                let season = season::queries::season(s, &season)?;
                queries::seen(s, &cx, &season, &id)
            });
            seen.is_ok()
        };
        assert!(seen_by(&aunt) && seen_by(&officer) && !seen_by(&other) && !seen_by(&Actor::Visitor));
        assert_eq!(refused(town.on(&other, &idea, withdraw::withdraw)), "not-allowed");
        for _ in 0..2 {
            town.on(&aunt, &idea, withdraw::withdraw).unwrap();
        }
        assert_eq!(town.shown(&idea).state, State::Withdrawn);
        assert_eq!(refused(town.on(&officer, &idea, show_it::show)), "idea-wrong-state");
    });
}

#[test]
fn the_office_answers_with_a_reason_and_late_answers_say_so() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let aunt = town.resident("刘阿姨");
        let (first, second) = (town.posted(&aunt, "长椅").id, town.posted(&aunt, "路灯").id);
        assert_eq!(refused(town.answer(&first, "merged", "一样。")), "outcome: unknown-choice");
        assert_eq!(refused(town.answer(&first, "taken-up", " ")), "words: required");
        let input = AnswerIdea { outcome: "taken-up".into(), words: "好。".into() };
        let tried = town.on(&aunt, &first, move |tx, cx, on| answer::answer(tx, cx, on, &input));
        assert_eq!(refused(tried), "not-allowed");
        let answered = town.answer(&first, "taken-up", "下周去看现场。").unwrap();
        assert!(!answered.is_late());
        assert_eq!(town.answer(&first, "taken-up", "下周去看现场。").unwrap(), answered, "the same changes nothing");
        let season = town.season.clone();
        let owed = |after: &'static str| {
            let season = season.clone();
            db.read_wait(move |s| queries::unanswered(s, &season, after)).unwrap()
        };
        assert_eq!(owed("").len(), 1);
        town.today.set(30);
        let late = town.answer(&second, "elsewhere", "转给供电公司。").unwrap();
        assert!(late.is_late());
        assert_eq!(late.answer.as_ref().unwrap().outcome, Outcome::Elsewhere);
        let changed = town.answer(&first, "not-now", "今年钱不够。").unwrap();
        assert!(!changed.is_late(), "the first answer was in time, and its day stays");
        assert!(owed("").is_empty());
        let only = |answered: &str| Filter { answered: answered.into(), ..Filter::default() };
        assert_eq!((town.list(only("answered")).len(), town.list(only("unanswered")).len()), (2, 0));
    });
}

#[test]
fn one_duty_of_the_office_stands_for_all_answers_and_ends_with_the_last() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let aunt = town.resident("刘阿姨");
        let (first, second) = (town.posted(&aunt, "长椅").id, town.posted(&aunt, "路灯").id);
        let (home, once) = (town.root.home(), format!("ideas {}", town.season));
        let duty = || {
            let once = once.clone();
            db.read_wait(move |s| matters::duty::queries::given(s, home, &once)).unwrap().unwrap()
        };
        assert!(duty().state.is_open() && duty().title.contains("星选 2025"));
        town.answer(&first, "taken-up", "好。").unwrap();
        town.go_on();
        assert!(duty().state.is_open(), "one is left");
        town.answer(&second, "not-now", "今年钱不够。").unwrap();
        assert_eq!(duty().state, matters::duty::State::Met);
    });
}

#[test]
fn one_person_is_one_support_and_merged_ideas_carry_theirs_over() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let (aunt, uncle, officer) = (town.resident("刘阿姨"), town.resident("老王"), town.officer());
        let (bench, chair) = (town.posted(&aunt, "长椅").id, town.posted(&uncle, "椅子").id);
        for _ in 0..2 {
            town.on(&aunt, &bench, support::support).unwrap();
            town.on(&aunt, &chair, support::support).unwrap();
        }
        town.on(&uncle, &chair, support::support).unwrap();
        assert_eq!((town.shown(&bench).n_supports, town.shown(&chair).n_supports), (1, 2));
        for _ in 0..2 {
            town.on(&uncle, &chair, support::unsupport).unwrap();
        }
        town.on(&uncle, &chair, support::support).unwrap();
        assert_eq!(refused(town.on(&Actor::Operator, &chair, support::support)), "not-allowed");
        let input = MergeIdeas {
            ideas: vec![chair.to_string(), bench.to_string()],
            into: bench.to_string(),
            words: "说的是同一件事。".into(),
        };
        let season = town.season.clone();
        for _ in 0..2 {
            let (season, input) = (season.clone(), input.clone());
            let merged = town.run(&officer, move |tx, cx| merge::merge(tx, cx, &season, &input)).unwrap();
            assert_eq!((merged.n_supports, merged.n_merged), (2, 1), "who supported both counts once");
        }
        let chair = town.shown(&chair);
        assert_eq!((chair.state, chair.merged_into), (State::Merged, Some(bench.clone())));
        assert_eq!(chair.answer.unwrap().words, "说的是同一件事。");
        assert_eq!(town.list(Filter::default()), ["长椅"]);
        // what was merged leads on when its target is merged too
        let seat = town.posted(&uncle, "座位").id;
        let input = MergeIdeas { ideas: vec![bench.to_string()], into: seat.to_string(), words: "一起办。".into() };
        let merged = town.run(&officer, move |tx, cx| merge::merge(tx, cx, &season, &input)).unwrap();
        assert_eq!((merged.n_supports, merged.n_merged), (2, 2));
        assert_eq!(town.shown(&chair.id).merged_into, Some(seat));
    });
}

#[test]
fn an_idea_that_holds_two_is_split_and_nobody_waits_anew() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let both = town.posted(&town.resident("刘阿姨"), "长椅和路灯");
        town.today.set(5);
        let part = |title: &str| Part { title: title.into(), body: "详细。".into(), ..Part::default() };
        let one = SplitIdea { parts: vec![part("长椅")], reason: "两件事。".into() };
        let tried = town.on(&town.officer(), &both.id, move |tx, cx, on| split::split(tx, cx, on, &one));
        assert_eq!(refused(tried), "parts: required");
        let two = SplitIdea { parts: vec![part("长椅"), part("路灯")], reason: "两件事。".into() };
        for _ in 0..2 {
            let two = two.clone();
            let parts = town.on(&town.officer(), &both.id, move |tx, cx, on| split::split(tx, cx, on, &two)).unwrap();
            assert_eq!(parts.len(), 2);
            for part in parts {
                assert_eq!((part.author.as_str(), &part.promise), ("刘阿姨", &both.promise));
                assert_eq!(part.split_from, Some(both.id.clone()));
            }
        }
        assert_eq!(town.shown(&both.id).state, State::Split);
        assert_eq!(town.list(Filter::default()).len(), 2);
    });
}

#[test]
fn comments_are_two_deep_bounded_in_length_and_hidden_with_a_reason() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let (aunt, uncle) = (town.resident("刘阿姨"), town.resident("老王"));
        let bench = town.posted(&aunt, "长椅").id;
        let say = |actor: &Actor, words: &str, to: &str, once: &str| {
            let input = NewComment { words: words.into(), to: to.into(), nameless: false, once: once.into() };
            town.on(actor, &bench, move |tx, cx, on| comment::comment(tx, cx, on, &input))
        };
        let first = say(&uncle, "支持！", "", "1").unwrap();
        assert_eq!(say(&uncle, "支持！", "", "1").unwrap(), first, "sent twice, said once");
        let reply = say(&aunt, "谢谢。", first.id.as_str(), "2").unwrap();
        let deeper = say(&uncle, "不客气。", reply.id.as_str(), "3").unwrap();
        assert_eq!((&reply.thread, &deeper.thread), (&first.id, &first.id), "no deeper than two");
        let second = say(&aunt, "什么颜色？", "", "4").unwrap();
        say(&aunt, "补一句。", first.id.as_str(), "5").unwrap();
        assert_eq!(refused(say(&aunt, "", "", "6")), "words: required");
        assert_eq!(refused(say(&aunt, &"字".repeat(1_001), "", "7")), "words: too-long");
        assert_eq!(refused(say(&aunt, "x", second.id.as_str().replace('1', "2").as_str(), "8")), "to: unknown-choice");
        let reason = Why { reason: "骂人。".into() };
        let (hidden, officer) = (reply.id.clone(), town.officer());
        town.on(&officer, &bench, move |tx, cx, (season, idea)| {
            hide::hide_comment(tx, cx, (season, idea, &hidden), &reason)
        })
        .unwrap();
        let (season, id) = (town.season.clone(), bench.clone());
        let all = db.read_wait(move |s| queries::comments(s, (&season, &id), "")).unwrap();
        let words: Vec<&str> = all.iter().map(|c| c.words.as_str()).collect();
        assert_eq!(
            words,
            ["支持！", "谢谢。", "不客气。", "补一句。", "什么颜色？"],
            "replies stand under what they answer"
        );
        assert_eq!(all[1].hidden.as_deref(), Some("骂人。"));
        assert_eq!((all[0].author.as_str(), town.shown(&bench).n_comments), ("老王", 5));
    });
}

#[test]
fn a_list_is_narrowed_sorted_and_goes_on_without_gap_or_repeat() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        // posts at the desk of the installation have no author and no bound
        for n in 0..120 {
            let field = if n % 3 == 0 { "elders" } else { "safety" };
            let place = if n % 4 == 0 { town.east.to_string() } else { String::new() };
            let input = PostIdea { field: field.into(), place, ..idea(&format!("第{n:03}号 50%")) };
            town.post(&Actor::Operator, input).unwrap();
        }
        let voters: Vec<Actor> = (0..3).map(|n| town.resident(&format!("邻居{n}"))).collect();
        let season = town.season.clone();
        let newest = db.read_wait(move |s| queries::page(s, &season, &Filter::default())).unwrap();
        for (n, voter) in voters.iter().enumerate() {
            for idea in newest.iter().take(10 * (n + 1)) {
                town.on(voter, &idea.id, support::support).unwrap();
            }
        }
        for (filter, expected) in [
            (Filter::default(), 120),
            (Filter { field: "elders".into(), ..Filter::default() }, 40),
            (Filter { area: town.east.to_string(), ..Filter::default() }, 30),
            (Filter { area: town.east.to_string(), field: "elders".into(), ..Filter::default() }, 10),
            (Filter { words: "第00".into(), ..Filter::default() }, 10),
            (Filter { words: "50%".into(), ..Filter::default() }, 120),
            (Filter { words: "50_".into(), ..Filter::default() }, 0),
        ] {
            for order in [Order::Newest, Order::Supports] {
                let (mut before, mut seen) = (String::new(), Vec::new());
                loop {
                    let (season, filter) =
                        (town.season.clone(), Filter { order, before: before.clone(), ..filter.clone() });
                    let page = db.read_wait(move |s| queries::page(s, &season, &filter)).unwrap();
                    let Some(last) = page.last() else { break };
                    before = queries::cursor(order, last);
                    seen.extend(page.into_iter().map(|idea| (idea.n_supports, idea.id)));
                }
                let sorted = match order {
                    Order::Newest => seen.windows(2).all(|pair| pair[0].1 > pair[1].1),
                    Order::Supports => seen.windows(2).all(|pair| pair[0] > pair[1]),
                };
                assert!(sorted && seen.len() == expected, "{} of {expected} in {order:?}: {filter:?}", seen.len());
            }
        }
    });
}

#[test]
fn a_resident_posts_an_idea_with_a_photo_and_reads_the_offices_answer() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let resident = town.person(&town.flat, "刘某", "刘阿姨");
        let site = Site::new(&town, resident);
        let list = format!("/seasons/{}/ideas", town.season);
        let page = site.get(&list, 7).text();
        assert!(
            page.contains("助老帮扶")
                && page.contains("<option value=\"\"")
                && page.contains(">东里</option>")
                && page.contains("会显示为“刘阿姨”")
        );
        let (photo, typed) = (photo(), [("title", ""), ("body", "树下放一条。"), ("field", "elders"), ("once", "1")]);
        let again = site.post((&list, &list), 7, &typed, &[&photo]);
        let kept = hidden(&again.text(), "files").unwrap();
        assert_eq!(again.status, 422);
        assert!(again.text().contains("树下放一条。"), "what was typed is kept, and so is the photo");
        let typed = [("title", "长椅"), ("body", "树下放一条。"), ("field", "elders"), ("once", "1"), ("files", &kept)];
        let cut: Vec<_> = typed.into_iter().chain([("desk", "1-cut")]).collect();
        assert_eq!(site.post((&list, &list), 7, &cut, &[]).status, 404, "it was meant for somebody at the desk");
        assert_eq!(site.get(&format!("{list}?desk=1-cut"), 7).status, 404);
        let done = site.post((&list, &list), 7, &typed, &[]);
        assert_eq!(done.status, 303, "{}", done.text());
        let thanks = site.get(&done.location(), 7).text();
        assert!(thanks.contains("2025年3月24日"), "the day of the answer is told at once");
        let id = done.location().rsplit('=').next().unwrap().to_owned();
        let idea = format!("{list}/{id}");
        let page = site.get(&idea, 0).text();
        assert!(page.contains("刘阿姨") && page.contains(&format!("{idea}/files/{kept}/small")), "{page}");
        assert!(!page.contains("刘某"));
        for path in [format!("{idea}/files/{kept}"), format!("{idea}/files/{kept}/small")] {
            assert!(site.get(&path, 0).bytes.starts_with(&[0xff, 0xd8]), "{path}");
        }
        assert_eq!(site.get(&format!("{idea}/files/{id}"), 0).status, 404);

        assert_eq!(site.post((&idea, &format!("{idea}/support")), 7, &[], &[]).status, 303);
        let comment = [("words", "可以离垃圾桶远一点。"), ("once", "2")];
        assert_eq!(site.post((&idea, &format!("{idea}/comments")), 7, &comment, &[]).status, 303);
        let empty = site.post((&idea, &format!("{idea}/comments")), 7, &[("words", "")], &[]);
        assert_eq!(empty.status, 422);
        let work = site.get(&format!("{list}/work"), 1);
        assert!(work.text().contains("长椅") && work.text().contains("2025-03-24"), "{}", work.text());
        assert_eq!(site.get(&format!("{list}/work"), 7).status, 403);
        let wrong = site.post((&idea, &format!("{idea}/answer")), 1, &[("outcome", "taken-up"), ("words", "")], &[]);
        assert_eq!(wrong.status, 422);
        let words = [("outcome", "taken-up"), ("words", "四月装好。")];
        assert_eq!(site.post((&idea, &format!("{idea}/answer")), 1, &words, &[]).status, 303);
        let page = site.get(&idea, 0).text();
        for told in ["四月装好。", "采纳", "1 人支持", "可以离垃圾桶远一点。"] {
            assert!(page.contains(told), "{told}");
        }

        let other = town.posted(&town.resident("老王"), "椅子").id;
        let picked = [("pick", id.as_str()), ("pick", other.as_str())];
        let look = site.post((&format!("{list}/work"), &format!("{list}/merge")), 1, &picked, &[]);
        assert!(look.status == 200 && look.text().contains("椅子"), "{}", look.status);
        let sure = [&picked[..], &[("into", id.as_str()), ("words", "同一件事。"), ("ok", "1")]].concat();
        let merged = site.post((&format!("{list}/work"), &format!("{list}/merge")), 1, &sure, &[]);
        assert_eq!(merged.location(), idea, "{}", merged.text());
        assert!(site.get(&idea, 0).text().contains("老王"), "all authors are credited");
        assert!(site.get(&format!("{list}/{other}"), 0).text().contains("一起办"));
    });
}
