//! A subdistrict with approved projects of an invented season, and people.

use std::{
    io::Cursor,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use db::{Db, Fault, Tx};
use funds::{
    agreement::{
        Agreement,
        draft::{DraftAgreement, draft},
        sign::{Side, sign},
    },
    ending::{Step, confirm::confirm},
    source::{
        Source,
        add::{AddSource, add},
    },
    voucher::{
        Voucher,
        hand_in::{HandIn, hand_in},
    },
};
use kernel::{Actor, Context, Fen, PlaceId, Post, Principal, Role};
use matters::matter::open::{self, OpenMatter};
use people::commands::register::{RegisterPerson, register};
use places::{Level, commands::add as places_add};
use programmes::{
    SeasonId, Stage,
    project::add as add_projects,
    proposal::{
        Typed, TypedLine,
        check::accept,
        queries as proposals,
        save::{SaveProposal, save},
        start::{StartProposal, start},
        submit::submit,
    },
    running,
    season::{
        advance,
        open::{OpenSeason, open},
        queries as seasons,
    },
    template::adopt,
};
use rights::{Action, authorize};
use testkit::story::act;
use work::files::{Desk, FolderStore, Gate, Upload};

/// The fund's own template, of which all tranches are paid out once the agreement is signed.
pub fn signed_only() -> String {
    include_str!("../../../programmes/templates/self-governance-fund.toml")
        .replace("key = \"self-governance-fund\"", "key = \"signed-only\"")
        .replace("midterm-passed", "signed")
        .replace("closing-accepted", "signed")
}

/// Each upload has chance of its own.
static UPLOADS: AtomicU64 = AtomicU64::new(7_000);

pub struct Town {
    pub db: Db,
    pub place: PlaceId,
    pub season: SeasonId,
    /// Who wrote the first project's proposal.
    pub author: Actor,
    pub stranger: Actor,
    /// Who keeps the money.
    pub officer: Actor,
    /// Who checks.
    pub checker: Actor,
    folder: PathBuf,
}

impl Drop for Town {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub fn somebody(db: &Db, place: &PlaceId, name: &str, posts: Vec<Post>) -> Actor {
    let (home, input) = (place.home(), RegisterPerson { place: place.to_string(), name: name.into() });
    let person = act(db, Actor::Operator, move |tx, cx| register(tx, cx, home, &input)).unwrap();
    Actor::Person(Arc::new(Principal { person, verified: true, posts, seats: Vec::new() }))
}

fn to_stage(db: &Db, season: &SeasonId, to: Stage) {
    let id = season.clone();
    act(db, Actor::Operator, move |tx, cx| {
        let season = seasons::season(tx, &id)?;
        let permit = authorize(&cx.actor, Action::RunSeason, id.home())?;
        advance::shift(tx, cx, &permit, &season, to)
    })
    .unwrap();
}

impl Town {
    /// With a project from a proposal (number 1: materials 5,000, volunteers 500, equipment 800 yuan) and one that the
    /// office put on the list (number 2: 20,000 yuan), both approved, and one that is not (3).
    pub fn new(db: &Db, template: Option<&str>) -> Town {
        let input = places_add::AddPlace { parent: None, level: Level::Subdistrict, name: "邻里街道".into() };
        let place = act(db, Actor::Operator, move |tx, cx| places_add::add(tx, cx, &input)).unwrap().id;
        let mut key = "self-governance-fund".to_owned();
        if let Some(text) = template {
            let (at, text) = (place.clone(), text.to_owned());
            key = act(db, Actor::Operator, move |tx, cx| adopt::adopt(tx, cx, &at, &text)).unwrap().key;
        }
        let input = OpenSeason::by(&key, place.clone(), "自治金", Fen(100_000_000));
        let season = act(db, Actor::Operator, move |tx, cx| open(tx, cx, &input)).unwrap().id;
        let officer = || vec![Post { role: Role::Officer, place: place.clone() }];
        let folder = testkit::Folder::new();
        let town = Town {
            author: somebody(db, &place, "提案人", Vec::new()),
            stranger: somebody(db, &place, "路人", Vec::new()),
            officer: somebody(db, &place, "经办", officer()),
            checker: somebody(db, &place, "复核", officer()),
            folder: folder.path().join("files"),
            db: db.clone(),
            place,
            season,
        };
        std::mem::forget(folder);
        to_stage(db, &town.season, Stage::Proposals);
        town.propose();
        let project = |n: &str| add_projects::NewProject {
            reference: n.into(),
            name: format!("社区花园 {n}"),
            about: String::new(),
            category: String::new(),
            cost: Fen(2_000_000),
        };
        let projects = [project("A"), project("B")];
        town.act(&Actor::Operator, move |tx, cx, season| add_projects::add_projects(tx, cx, season, &projects))
            .unwrap();
        to_stage(db, &town.season, Stage::Approved);
        for number in [1_u32, 2] {
            town.begin(number);
        }
        town
    }

    fn propose(&self) {
        let input = StartProposal { title: "楼道美术馆".into(), ..StartProposal::default() };
        let p = self.act(&self.author, move |tx, cx, season| start(tx, cx, season, &input)).unwrap();
        let line = |kind: &str, quantity: &str, price: &str| {
            let [kind, what, quantity, price] = [kind, "彩笔", quantity, price].map(str::to_owned);
            TypedLine { kind, what, quantity, price, from: "grant".into() }
        };
        let mut answers: std::collections::BTreeMap<String, String> =
            ["need", "goals", "method", "months", "team"].map(|key| (key.to_owned(), "清清楚楚。".to_owned())).into();
        answers.insert("people".into(), "120".into());
        let typed = Typed {
            title: "楼道美术馆".into(),
            summary: "把楼道变成画廊。".into(),
            place: self.place.to_string(),
            field: "stairwells".into(),
            tier: "seedling".into(),
            group: "corridors".into(),
            answers,
            lines: vec![line("materials", "100", "50"), line("volunteers", "10", "50"), line("equipment", "2", "400")],
            funds: Vec::new(),
        };
        let (id, input) = (p.id.clone(), SaveProposal { revision: p.revision, version: false, proposal: typed });
        self.act(&self.author, move |tx, cx, season| save(tx, cx, (season, &id), &input)).unwrap();
        let id = p.id.clone();
        self.act(&self.author, move |tx, cx, season| submit(tx, cx, (season, &id))).unwrap();
        self.act(&self.officer, move |tx, cx, season| accept(tx, cx, (season, &p.id))).unwrap();
    }

    /// As the approval of a list does it.
    fn begin(&self, number: u32) {
        let place = self.place.clone();
        self.act(&Actor::Operator, move |tx, cx, season| {
            let applied = proposals::of_project(tx, season, number)?;
            let place = places::queries::show(tx, &place)?.unwrap();
            let permit = authorize(&cx.actor, Action::RunSeason, season.home())?;
            let input = OpenMatter {
                place: place.id.clone(),
                kind: "project".into(),
                title: "楼道美术馆".into(),
                words: String::new(),
                anonymous: true,
                files: Vec::new(),
                once: format!("project-{season}-{number}"),
            };
            let matter = open::begin(tx, cx, &permit, (&place, applied.as_ref().map(|of| &of.author)), &input)?;
            let season = seasons::season(tx, season)?;
            running::begin::begin(tx, cx, &permit, (&season, number), Some(&matter.id))
        })
        .unwrap();
    }

    pub fn act<T: Send + 'static>(
        &self,
        actor: &Actor,
        command: impl Fn(&mut Tx<'_>, &mut Context, &SeasonId) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let season = self.season.clone();
        act(&self.db, actor, move |tx, cx| command(tx, cx, &season))
    }

    pub fn source(&self, kind: &str, yuan: &str, project: &str) -> Result<Source, Fault> {
        let input = AddSource {
            kind: kind.into(),
            name: "远山基金".into(),
            amount: yuan.into(),
            basis: if kind == "in-kind" { "按市场价两家报价的平均".into() } else { String::new() },
            project: project.into(),
            ..AddSource::default()
        };
        self.act(&self.officer, move |tx, cx, season| add(tx, cx, season, &input))
    }

    pub fn drafted(&self, project: u32) -> Result<Agreement, Fault> {
        let person = if project == 1 { String::new() } else { self.author.person().unwrap().to_string() };
        let input =
            DraftAgreement { from: "2026-11-01".into(), until: "2027-10-31".into(), person, org: String::new() };
        self.act(&self.officer, move |tx, cx, season| draft(tx, cx, (season, project), &input))
    }

    pub fn signed(&self, project: u32, actor: &Actor, side: Side) -> Result<Agreement, Fault> {
        self.act(actor, move |tx, cx, season| sign(tx, cx, (season, project), side))
    }

    /// Drafted and signed by both.
    pub fn in_force(&self, project: u32) {
        self.drafted(project).unwrap();
        self.signed(project, &self.officer, Side::Office).unwrap();
        self.signed(project, &self.author, Side::Team).unwrap();
    }

    /// Paid out.
    pub fn paid(&self, project: u32, tranche: u32) -> Result<(), Fault> {
        use funds::tranche::{propose::propose, release::release};
        self.act(&self.officer, move |tx, cx, season| propose(tx, cx, (season, project, tranche)))?;
        self.act(&self.checker, move |tx, cx, season| release(tx, cx, (season, project, tranche)))?;
        Ok(())
    }

    /// What the officer proposes, confirmed by the second person.
    pub fn confirmed(&self, step: Result<Step, Fault>) -> Result<Step, Fault> {
        let id = step?.id;
        self.act(&self.checker, move |tx, cx, season| confirm(tx, cx, (season, &id)))
    }

    /// The agreement of a project as it stands.
    pub fn agreement(&self, project: u32) -> Agreement {
        let season = self.season.clone();
        self.db.read_wait(move |s| funds::agreement::queries::agreement(s, &season, project)).unwrap()
    }

    /// Where its photos lie.
    pub fn desk(&self) -> Desk {
        let store = Arc::new(FolderStore::new(&self.folder));
        Desk { db: self.db.clone(), store, gate: Arc::new(Gate::new(1)) }
    }

    /// A photo of its own, which nobody has seen before.
    pub fn photo(&self, actor: &Actor, seed: u32) -> String {
        let desk = self.desk();
        let [r, g, b, _] = seed.wrapping_mul(2_654_435_761).to_be_bytes();
        let picture = image::RgbImage::from_fn(64, 64, |x, y| {
            let bright = (seed >> ((x / 8 + y / 8 * 4) % 32)) & 1;
            if bright == 1 { image::Rgb([r, g, b]) } else { image::Rgb([255, 255, 255]) }
        });
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let place = self.place.clone();
        let site = self.db.read_wait(move |s| places::site(s, &place)).unwrap().unwrap();
        let upload = Upload { name: "票.png".into(), bytes: bytes.into_inner() };
        desk.receive(&testkit::context(actor.clone(), UPLOADS.fetch_add(1, Relaxed)), &site, &upload)
            .unwrap()
            .id
            .to_string()
    }

    /// A voucher that nothing stops: one of the first project's materials.
    pub fn paper(&self, actor: &Actor, seed: u32) -> HandIn {
        HandIn {
            line: "1".into(),
            kind: "invoice".into(),
            paper: format!("NO{seed}"),
            day: "2026-11-10".into(),
            amount: "100".into(),
            payee: "东门五金店".into(),
            purpose: "买画框".into(),
            handler: "甲".into(),
            witness: "乙".into(),
            files: vec![self.photo(actor, seed)],
            once: format!("once-{seed}"),
            ..HandIn::default()
        }
    }

    pub fn handed(&self, actor: &Actor, project: u32, input: &HandIn) -> Result<Voucher, Fault> {
        let input = input.clone();
        self.act(actor, move |tx, cx, season| hand_in(tx, cx, (season, project), &input))
    }

    pub fn faults(&self) -> Vec<String> {
        let season = self.season.clone();
        self.db.read_wait(move |s| funds::book::queries::faults(s, &season)).unwrap()
    }

    /// What lies on an account, by its own side.
    pub fn on(&self, account: &str) -> i64 {
        let (season, account) = (self.season.clone(), account.parse::<funds::book::Account>().unwrap());
        let found = self.db.read_wait(move |s| funds::book::queries::balance(s, &season, account)).unwrap();
        found.0 * account.kind.side()
    }
}
