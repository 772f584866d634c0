//! What every handler shares.

use std::sync::Arc;

use db::Db;
use kernel::{Actor, Chance, Clock, Context};

/// What an installation sets.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Demonstration data: every page says so.
    pub demo: bool,
    /// Minutes east of UTC of the jurisdiction's clock.
    pub offset_minutes: i32,
    /// SHA-256 of the operator's token; without one the operator's routes are closed.
    pub operator: Option<[u8; 32]>,
    /// Name of the installation as the top bar shows it; empty means the product's name.
    pub name: String,
}

/// Database, clock, chance and settings; cheap to clone.
#[derive(Clone)]
pub struct Rim {
    /// The database.
    pub db: Db,
    /// The settings.
    pub settings: Arc<Settings>,
    clock: Arc<dyn Clock>,
    entropy: fn() -> [u8; 32],
}

impl Rim {
    /// A rim over a database.
    pub fn new(db: Db, settings: Settings, clock: Arc<dyn Clock>, entropy: fn() -> [u8; 32]) -> Rim {
        Rim { db, settings: Arc::new(settings), clock, entropy }
    }

    /// The context of one command: the clock is read and chance is drawn here and nowhere else.
    pub fn context(&self, actor: Actor) -> Context {
        Context::new(actor, self.clock.now(), self.settings.offset_minutes, Chance::from_bytes((self.entropy)()))
    }
}
