//! Loading the demonstration through the same commands that residents and workers use.

use std::sync::Arc;

use db::{Db, Fault, Tx};
use decisions::commands::{close::close, publish::publish};
use kernel::{Actor, Chance, Context, Day, Fen, Kind, Refusal, Site};
use people::{VoterKey, commands::enrol};
use places::{Level, PlaceId, commands::add};
use programmes::{
    SeasonId,
    idea::post,
    project::add as add_projects,
    season::{open, open_vote},
};
use work::{
    calendar::add_days,
    files::{Desk, FileStore, Gate},
};

use super::{
    acts::{run, together},
    ballots::{MAX_CHOICES, papers},
    beiyuan, conversations, estate, halls, matters, owners, persons, polls, stages,
    tables::{AUTUMN, COMMUNITIES, IDEAS, NewProject, SPRING, STAYED_AWAY, SUBDISTRICT},
    weifang,
};
use crate::{
    commands::bulk::{CHUNK, cast_chunk},
    home::context,
};

/// The seed of everything that is drawn here.
const SEED: u64 = 20_261_122;

/// Pictures that are decoded at a time.
const DECODERS: usize = 2;

/// Loads places, three seasons (published, voting, collecting) with their projects, ballots and ideas, a season for each
/// stage of a whole programme, and one that is over; what is built and handed over at two estates. The photos of its receipts go into `store`.
///
/// # Errors
/// Database faults; a refusal would be a fault of this program.
pub fn load(db: &Db, store: Arc<dyn FileStore>) -> Result<(), Fault> {
    let mut chance = Chance::seeded(SEED);
    let places = places(db)?;
    let cast = persons::load(db, &places)?;
    matters::load(db, &places, &cast)?;
    estate::load(db, &places, &cast)?;
    owners::load(db, &places, &cast, &context(Actor::Operator).day)?;
    polls::load(db, &places, &cast)?;
    conversations::load(db, &places, &cast)?;
    halls::load(db, &places, &cast)?;
    let (place, today) = (places.of(None), context(Actor::Operator).day);
    let ago = |days: i32| add_days(&today, -days);
    let spring = Plan {
        name: "2026 年春季邻里微项目",
        about: "各社区居民提出的二十四个小项目，由年满十八周岁的居民投票，每人最多选五个。",
        budget: 30_000_000,
        projects: &SPRING,
    };
    let season = spring.open(db, &place, &ago(236))?;
    vote(db, (&season, &ago(204)), &SPRING, (100, &mut chance))?;
    stayed_away(db, &season, &ago(204))?;
    let (key, end) = (season.clone(), ago(192));
    run(db, &Actor::Operator, (&end, 20 * 60), move |tx, cx| close(tx, cx, &key))?;
    let counted = Arc::new(decisions::count::count(db, &season)?);
    run(db, &Actor::Operator, (&end, 21 * 60), move |tx, cx| publish(tx, cx, &counted).map(|_| ()))?;

    let autumn = Plan {
        name: "2026 年秋季社区微更新",
        about: "九个小项目正在投票。票在截止以前封在票箱里，页面和台账上都看不到中间结果。",
        budget: 9_000_000,
        projects: &AUTUMN,
    };
    let season = autumn.open(db, &place, &ago(36))?;
    by_account(db, &season, &cast)?;
    vote(db, (&season, &ago(5)), &AUTUMN, (12, &mut chance))?;

    let winter = Plan {
        name: "2027 年金点子征集",
        about: "您觉得身边哪件小事可以做得更好？写下来，人人都能看到，也都会有答复。",
        budget: 20_000_000,
        projects: &[],
    };
    ideas(db, &winter.open(db, &place, &today)?)?;
    let files = Desk { db: db.clone(), store, gate: Arc::new(Gate::new(DECODERS)) };
    let parts: [&(dyn Fn() -> Result<(), Fault> + Sync); 3] =
        [&|| stages::load(db, (&places, &cast), &today), &|| beiyuan::load(db, &files, &cast), &|| weifang::load(db)];
    together(&parts, |part| part()).map(|_| ())
}

struct Plan {
    name: &'static str,
    about: &'static str,
    budget: i64,
    projects: &'static [NewProject],
}

impl Plan {
    /// On a day; one of today begins now.
    fn open(&self, db: &Db, place: &PlaceId, day: &Day) -> Result<SeasonId, Fault> {
        let new = open::OpenSeason {
            place: place.clone(),
            name: self.name.into(),
            about: self.about.into(),
            budget: Fen(self.budget),
            currency: "CNY".into(),
            rule: tally::Rule::MES_ADD1U_COST_COST.to_string(),
            increment: Some(Fen(100)),
            max_choices: MAX_CHOICES,
            template: "plain".into(),
            start: String::new(),
            source: String::new(),
            once: String::new(),
        };
        let rows = (1..).zip(self.projects).map(|(number, (name, category, cost, _, _, about))| {
            let reference = format!("{number:02}");
            let (name, about, category) = ((*name).into(), (*about).into(), (*category).into());
            add_projects::NewProject { reference, name, about, category, cost: Fen(cost * 100) }
        });
        let rows: Vec<_> = rows.collect();
        run(db, &Actor::Operator, (day, 0), move |tx, cx| {
            let season = open::open(tx, cx, &new)?;
            add_projects::add_projects(tx, cx, &season.id, &rows)?;
            Ok(season.id)
        })
    }
}

/// The subdistrict and its communities.
pub(super) struct Places {
    root: PlaceId,
    communities: Vec<PlaceId>,
}

impl Places {
    /// The community with this number, else the subdistrict.
    pub(super) fn of(&self, community: Option<usize>) -> PlaceId {
        community.and_then(|n| self.communities.get(n)).unwrap_or(&self.root).clone()
    }
}

/// A place with those above it; one that was just made is there.
pub(super) fn site(tx: &mut Tx<'_>, place: &PlaceId) -> Result<Site, Fault> {
    Ok(places::site(tx, place)?.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
}

fn places(db: &Db) -> Result<Places, Fault> {
    write(db, Actor::Operator, |tx, cx| {
        let new = |parent, level, name: &str| add::AddPlace { parent, level, name: name.to_owned() };
        let root = add::add(tx, cx, &new(None, Level::Subdistrict, SUBDISTRICT))?.id;
        let mut communities = Vec::new();
        for (name, _) in COMMUNITIES {
            communities.push(add::add(tx, cx, &new(Some(root.clone()), Level::Community, name))?.id);
        }
        Ok(Places { root, communities })
    })
}

fn vote(
    db: &Db,
    (season, day): (&SeasonId, &Day),
    projects: &[NewProject],
    (share, chance): (u32, &mut Chance),
) -> Result<(), Fault> {
    let key = season.clone();
    run(db, &Actor::Operator, (day, 8 * 60), move |tx, cx| open_vote::open_vote(tx, cx, &key))?;
    for chunk in papers(projects, share, chance).chunks(CHUNK) {
        let (key, chunk) = (season.clone(), chunk.to_vec());
        run(db, &Actor::Operator, (day, 9 * 60), move |tx, cx| cast_chunk(tx, cx, &key, &chunk))?;
    }
    Ok(())
}

/// Those who can sign in and live here vote by their accounts.
fn by_account(db: &Db, season: &SeasonId, cast: &persons::Cast) -> Result<(), Fault> {
    let voter = |person: &kernel::PersonId| {
        let key = VoterKey::of_person(season.as_str(), person);
        enrol::Voter { key, person: Some(person.clone()) }
    };
    let words = ["resident", "neighbour", "stairwell-head"];
    let voters: Vec<_> = words.iter().filter_map(|word| cast.person(word)).map(voter).collect();
    let key = season.clone();
    write(db, Actor::Operator, move |tx, cx| decisions::commands::enrol::enrol(tx, cx, &key, &voters).map(|_| ()))
}

/// Residents on the roll who do not vote.
fn stayed_away(db: &Db, season: &SeasonId, day: &Day) -> Result<(), Fault> {
    let code = |n| VoterKey::of(season.as_str(), &format!("DEMO-AWAY-{n:04}"));
    let voters: Vec<_> = (0..STAYED_AWAY).map(|n| enrol::Voter { key: code(n), person: None }).collect();
    for chunk in voters.chunks(enrol::MAX_CHUNK) {
        let (key, chunk) = (season.clone(), chunk.to_vec());
        run(db, &Actor::Operator, (day, 9 * 60), move |tx, cx| {
            decisions::commands::enrol::enrol(tx, cx, &key, &chunk).map(|_| ())
        })?;
    }
    Ok(())
}

fn ideas(db: &Db, season: &SeasonId) -> Result<(), Fault> {
    for (title, body, _) in IDEAS {
        let new = post::PostIdea { title: title.into(), body: body.into(), ..post::PostIdea::default() };
        let key = season.clone();
        write(db, Actor::Operator, move |tx, cx| post::post(tx, cx, &key, &new).map(|_| ()))?;
    }
    Ok(())
}

pub(super) fn write<T: Send + 'static>(
    db: &Db,
    actor: Actor,
    mut f: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let cx = context(actor);
    db.write_wait(move |tx| f(tx, &mut cx.clone()))
}
