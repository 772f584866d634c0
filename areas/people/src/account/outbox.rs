//! Where codes leave the house.

use db::{Fault, Tx};
use kernel::{Context, Refusal};
use ui::Words;
use work::messages::{self, Message};

use super::{Contact, ContactKind, store};

/// What a message says.
pub(super) struct Said<'a> {
    /// In which language.
    pub words: Words,
    /// The code.
    pub code: &'a str,
    /// Who asks for agreement, if that is what it is for.
    pub from: Option<String>,
}

/// The contact as messages name it.
///
/// # Errors
/// Refusal `contact-not-valid`.
pub(super) fn addressed(to: &Contact) -> Result<messages::Contact, Refusal> {
    match to.kind() {
        ContactKind::Phone => messages::Contact::phone(to.as_str()),
        ContactKind::Email => messages::Contact::email(to.as_str()),
    }
}

/// Hands the words with the code to the house's messages, in the transaction that makes the code. It is the only place
/// where the code is written down, and the job empties it once the message has gone.
///
/// # Errors
/// Database faults.
pub(super) fn send(tx: &mut Tx<'_>, cx: &mut Context, to: &Contact, said: &Said<'_>) -> Result<(), Fault> {
    let to = addressed(to)?;
    let text = match &said.from {
        None => said.words.t_with("code-message", &[("code", said.code.into())]),
        Some(name) => said.words.t_with("code-message-agree", &[("code", said.code.into()), ("name", name.into())]),
    };
    let subject = said.words.t("code-message-subject").to_owned();
    let message = Message { to, kind: "sign-in-code".into(), subject, text };
    messages::send(tx, cx, store::NOWHERE, &message, None)?;
    Ok(())
}
