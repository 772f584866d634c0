//! What is done behind the pages: messages handed over, photos swept, by threads that take jobs.

use std::{
    sync::{Arc, atomic::AtomicBool},
    thread::JoinHandle,
};

use db::DbError;
use kernel::Actor;
use matters::duty::jobs::{self, Recount, Unfold};
use web::Settings;
use work::{
    files::{Desk, FileStore, FolderStore, Gate, Sweep},
    jobs::{Handler, Runner, Setup},
    messages::{Deliver, Folder},
};

use crate::{
    home::{Home, SystemClock, entropy},
    router::FOLLOWERS,
};

/// Threads that take jobs: one may wait for a gateway while the other works.
const WORKERS: usize = 2;
/// Pictures decoded at a time; each may take some hundred megabytes.
const DECODERS: usize = 2;

/// What the pages hand on, and who works on it; files and messages lie in folders beside the database.
pub struct Behind {
    /// Where photos and documents are taken in.
    pub files: Desk,
    runner: Arc<Runner>,
}

impl Behind {
    /// What an installation has behind its pages.
    pub fn new(home: &Home, settings: &Settings) -> Behind {
        let store: Arc<dyn FileStore> = Arc::new(FolderStore::new(home.data.join("files")));
        let files = Desk { db: home.db.clone(), store: store.clone(), gate: Arc::new(Gate::new(DECODERS)) };
        let handlers: Vec<Box<dyn Handler>> = vec![
            Box::new(Deliver(Folder::new(home.data.join("messages")))),
            Box::new(people::Purge { db: home.db.clone(), clock: Arc::new(SystemClock) }),
            Box::new(Sweep { db: home.db.clone(), store }),
            Box::new(Recount { offset_minutes: settings.offset_minutes }),
            Box::new(Unfold { offset_minutes: settings.offset_minutes }),
            Box::new(places::Bring(FOLLOWERS)),
            Box::new(activities::remind::Remind { offset_minutes: settings.offset_minutes }),
            Box::new(polls::jobs::remind::Remind),
            Box::new(polls::jobs::close::Close),
            Box::new(owners::round::owed::Late),
            Box::new(halls::conversation::map::refresh::Redraw { db: home.db.jobs() }),
        ];
        let setup = Setup {
            db: home.db.clone(),
            clock: Arc::new(SystemClock),
            entropy,
            offset_minutes: settings.offset_minutes,
            holder: home.holder.clone(),
        };
        Behind { files, runner: Arc::new(Runner::new(setup, handlers)) }
    }

    /// Asks for what is done each day, once a day however often it is started; then starts the threads. They end after
    /// `stop` is set, each when its job is done.
    ///
    /// # Errors
    /// A sentence for the operator when the database fails or the system gives no thread.
    pub fn start(&self, stop: &Arc<AtomicBool>) -> Result<Vec<JoinHandle<()>>, String> {
        let cx = crate::home::context(Actor::Operator);
        let ask = move |tx: &mut db::Tx<'_>| {
            let mut cx = cx.clone();
            people::Purge::ask(tx, &mut cx)?;
            polls::jobs::start(tx, &mut cx)?;
            jobs::start(tx, &mut cx)
        };
        self.files.db.write_wait(ask).map_err(|e: DbError| e.to_string())?;
        let start = |n: usize| {
            let (runner, stop) = (self.runner.clone(), stop.clone());
            std::thread::Builder::new().name(format!("jobs-{n}")).spawn(move || runner.run(&stop))
        };
        (0..WORKERS).map(start).collect::<Result<_, _>>().map_err(|e| e.to_string())
    }
}
