//! Register a person at the desk.

use db::{Fault, Tx};
use kernel::{Context, PersonId, Shape, Site};
use ledger::entry::{Draft, append};
use rights::{Action, Resource, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{enter, rules, store};
use crate::store as persons;

/// A person as a worker types them.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = RegisterAccount)]
pub struct Register {
    /// 1 to 60 characters. Kept out of the public log.
    pub name: String,
    /// A mobile telephone or a mail address; may be empty. It counts as theirs once they read a code from it.
    #[serde(default)]
    pub contact: String,
}

/// Registers the person, with whom they can be reached. Somebody of the same name on the same contact is the same.
///
/// # Errors
/// Refusals `invalid-input`, `not-allowed`, `contact-full`, `changed-meanwhile`; database faults.
pub fn register(tx: &mut Tx<'_>, cx: &mut Context, site: &Site, input: &Register) -> Result<PersonId, Fault> {
    let permit = authorize(&cx.actor, Action::RegisterPerson, Resource::at(site))?;
    let mut shape = Shape::new();
    let name = shape.line("name", &input.name, rules::MAX_NAME);
    let name = shape.finish(name)?;
    let contact = match input.contact.trim() {
        "" => None,
        typed => Some(rules::contact("contact", typed)?),
    };
    if let Some(contact) = &contact {
        for served in store::served(tx, contact)? {
            if store::name(tx, &served.person)?.as_deref() == Some(name.as_str()) {
                return Ok(served.person);
            }
        }
    }
    let person: PersonId = cx.id(site.home);
    let new = persons::NewPerson { id: &person, place: site.place.as_str(), name: &name };
    persons::insert_person(tx, &permit, &new, cx.now)?;
    let (public, private) = (json!({ "person": person, "place": site.place }), json!({ "name": name }));
    let draft = Draft { kind: "person.registered", subject: person.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    if let Some(contact) = &contact {
        enter::attach(tx, cx, contact, &person, false)?;
    }
    Ok(person)
}
