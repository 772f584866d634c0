//! What has to be handed over when one property firm follows another: data, in the order of the page.
//!
//! The papers and rooms are those of 物业管理条例 articles 29 and 37; that the firms hand over to one another, article 39.
//! Rooms, facilities, papers and data that are needed, and an account of what was used: Civil Code of China, article 949.
//! Words are `handover-part-<part>` and `handover-item-<key>`. An installation elsewhere changes this table.

/// A line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// What kind of thing it is.
    pub part: &'static str,
    /// Its own word, which stays when the list changes.
    pub key: &'static str,
}

const fn line(part: &'static str, key: &'static str) -> Line {
    Line { part, key }
}

/// The list.
pub const LIST: &[Line] = &[
    line("papers", "plans"),
    line("papers", "manuals"),
    line("papers", "warranties"),
    line("papers", "contracts"),
    line("keys", "rooms"),
    line("keys", "keys"),
    line("keys", "passwords"),
    line("facilities", "lifts"),
    line("facilities", "fire"),
    line("facilities", "water-power"),
    line("facilities", "grounds"),
    line("funds", "repair-fund"),
    line("funds", "shared-income"),
    line("accounts", "fees"),
    line("accounts", "deposits"),
    line("owners", "roll"),
    line("owners", "complaints"),
];

/// The line of a key; none where the list has it no longer.
pub fn of(key: &str) -> Option<&'static Line> {
    LIST.iter().find(|line| line.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_there_once_and_parts_stand_together() {
        let mut keys: Vec<_> = LIST.iter().map(|line| line.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), LIST.len());
        let mut parts: Vec<_> = LIST.iter().map(|line| line.part).collect();
        parts.dedup();
        assert_eq!(parts, ["papers", "keys", "facilities", "funds", "accounts", "owners"]);
    }
}
