//! Which sentences of the policies speak of a role.

use kernel::Role;

use crate::engine::{POLICIES, attribute};

/// The names of the sentences that give a role something, in the order of the policies, such as `role.worker`. For
/// pages that tell people what they may do: the words of each are `right-<name>` in `locales/`, dots as dashes.
pub fn says(role: Role) -> Vec<&'static str> {
    let attribute = format!("principal.{}", attribute(role));
    let sentences = POLICIES.split("@id(\"").skip(1).filter_map(|rest| rest.split_once('"'));
    let gives = |text: &str| text.contains("permit (") && text.contains(&attribute);
    sentences.filter(|(_, text)| gives(text)).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Action, engine::ENGINE};

    #[test]
    fn a_role_is_told_what_it_may() {
        assert_eq!(says(Role::Secretary), ["role.secretary", "role.secretary.appoints"]);
        assert_eq!(says(Role::Auditor), says(Role::Supervisor));
        assert_eq!(says(Role::Resident), Vec::<&str>::new());
    }

    #[test]
    fn a_role_has_a_sentence_exactly_when_it_allows_something() {
        for role in Role::all() {
            let allows = Action::ALL.iter().filter(|a| **a != Action::SignIn).any(|a| ENGINE.role_allows(role, *a));
            assert_eq!(!says(role).is_empty(), allows, "{role:?}");
        }
    }
}
