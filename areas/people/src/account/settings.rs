//! Choose language and view.

use db::{Fault, Tx};
use kernel::{Context, Shape};
use serde::Deserialize;
use ui::Locale;

use super::{mine, store};

/// What somebody chose.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct View {
    /// The tag of a language of the pages; empty leaves it to the browser.
    #[serde(default)]
    pub language: String,
    /// `elder`, `plain`, or empty for the device's own.
    #[serde(default)]
    pub view: String,
}

/// Keeps the choice with the account. It is nobody else's matter, so the log does not tell of it but that the account
/// changed.
///
/// # Errors
/// Refusals `sign-in-first`, `invalid-input`; database faults.
pub fn settings(tx: &mut Tx<'_>, cx: &mut Context, input: &View) -> Result<(), Fault> {
    let (permit, account) = mine::mine(tx, cx)?;
    let mut shape = Shape::new();
    let known = input.language.is_empty() || Locale::ALL.iter().any(|l| l.tag() == input.language);
    if !known {
        shape.error("language", "unknown-choice");
    }
    let elder = match input.view.as_str() {
        "elder" => Some(true),
        "plain" => Some(false),
        "" => None,
        _ => {
            shape.error("view", "unknown-choice");
            None
        }
    };
    shape.finish(())?;
    if (input.language.as_str(), elder) == (account.language.as_str(), account.elder) {
        return Ok(());
    }
    store::set_view(tx, &permit, &account.person, (&input.language, elder))?;
    mine::tell(tx, cx, &permit, "account.view-chosen", &account.person)
}
