//! What every handler shares.

use std::{path::PathBuf, sync::Arc};

use axum::http::StatusCode;
use db::Db;
use kernel::{Actor, Chance, Clock, Context};

use work::files::Desk;

use crate::{Door, Problem, Visit, limit::Limiter};

/// Where the fonts lie in which PDFs are set.
#[derive(Debug, Clone)]
pub struct PdfFonts {
    /// The font of the text.
    pub text: PathBuf,
    /// The bold font beside it, where there is one.
    pub strong: Option<PathBuf>,
}

/// A provider of OpenID Connect that verifies people of a poll's roll.
#[derive(Clone, PartialEq, Eq)]
pub struct Provider {
    /// How people call it: what the button says. 1 to 40 characters.
    pub name: String,
    /// Its issuer, such as `https://id.example`: https, but for loopback.
    pub issuer: String,
    /// What it calls this installation.
    pub client_id: String,
    /// What proves to it that this installation asks.
    pub client_secret: String,
    /// The claim whose value stands in rolls, such as `sub` or `member_number`.
    pub claim: String,
}

impl std::fmt::Debug for Provider {
    /// Without the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Provider({})", self.issuer)
    }
}

/// Who verifies people of rolls, and under which key rolls keep what they say.
#[derive(Clone, Default)]
pub struct Verifiers {
    /// The providers, in the order of the settings.
    pub providers: Vec<Provider>,
    /// The installation's key of digests of claims.
    pub key: [u8; 32],
}

impl std::fmt::Debug for Verifiers {
    /// Without the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.providers).finish()
    }
}

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
    /// Where residents reach the site, such as `https://linli.example`, for links that leave it; empty means as the
    /// browser calls it.
    pub origin: String,
    /// Whom a reader of a demonstration can sign in as: the word of a line (`demo-as-<word>`) and a telephone number.
    pub demo_people: Vec<(&'static str, &'static str)>,
    /// Served behind TLS: cookies are secure, and browsers are told to come by TLS only.
    pub https: bool,
    /// A proxy stands before: the client's address is the last one of `X-Forwarded-For`.
    pub proxied: bool,
    /// The fonts of PDFs; without them none are offered.
    pub pdf: Option<PdfFonts>,
    /// Who verifies people of rolls; without a provider nobody does.
    pub verifiers: Verifiers,
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
    door: Option<Arc<dyn Door>>,
    files: Option<Desk>,
    pub(crate) limiter: Arc<Limiter>,
}

impl Rim {
    /// A rim over a database.
    pub fn new(db: Db, settings: Settings, clock: Arc<dyn Clock>, entropy: fn() -> [u8; 32]) -> Rim {
        Rim { db, settings: Arc::new(settings), clock, entropy, door: None, files: None, limiter: Arc::default() }
    }

    /// The same rim with a door for those who sign in.
    #[must_use]
    pub fn with_door(self, door: Arc<dyn Door>) -> Rim {
        Rim { door: Some(door), ..self }
    }

    /// The same rim with a place for photos and documents.
    #[must_use]
    pub fn with_files(self, files: Desk) -> Rim {
        Rim { files: Some(files), ..self }
    }

    /// Where photos and documents are taken in and lie.
    ///
    /// # Errors
    /// 503 where the installation has no place for files.
    pub fn files(&self) -> Result<&Desk, Problem> {
        self.files.as_ref().ok_or_else(|| Problem::of(StatusCode::SERVICE_UNAVAILABLE).because("no place for files"))
    }

    pub(crate) fn door(&self) -> Option<Arc<dyn Door>> {
        self.door.clone()
    }

    /// A text nobody else makes up, so that sending a form twice does it once.
    pub fn once(&self) -> String {
        format!("{:032x}", self.context(Actor::Visitor).chance.bits128())
    }

    /// The context of a command that this visit asks for: who has signed in, and for whom.
    pub fn context_of(&self, visit: &Visit) -> Context {
        let mut context = self.context(visit.actor.clone());
        context.behalf.clone_from(&visit.behalf);
        context
    }

    /// The context of one command: the clock is read and chance is drawn here and nowhere else.
    pub fn context(&self, actor: Actor) -> Context {
        Context::new(actor, self.clock.now(), self.settings.offset_minutes, Chance::from_bytes((self.entropy)()))
    }
}
