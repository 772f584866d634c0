//! Register a person.

use db::{Fault, Tx};
use kernel::{Context, Home, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use crate::{PersonId, store};

/// A person as somebody typed them.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct RegisterPerson {
    /// The id of the place where they live or work.
    pub place: String,
    /// 1 to 60 characters. Kept out of the public log.
    pub name: String,
}

/// Registers the person.
///
/// # Errors
/// Refusals `invalid-input`, `not-allowed`; database faults.
pub fn register(tx: &mut Tx<'_>, cx: &mut Context, home: Home, input: &RegisterPerson) -> Result<PersonId, Fault> {
    let mut shape = Shape::new();
    let name = shape.line("name", &input.name, 60);
    let place = shape.line("place", &input.place, 60);
    let (name, place) = shape.finish((name, place))?;
    let permit = authorize(&cx.actor, Action::Enrol, home)?;
    let id: PersonId = cx.id(home);
    store::insert_person(tx, &permit, &store::NewPerson { id: &id, place: &place, name: &name }, cx.now)?;
    let (public, private) = (json!({ "person": id, "place": place }), json!({ "name": name }));
    let draft = Draft { kind: "person.registered", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(id)
}
