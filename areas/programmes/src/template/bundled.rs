//! Templates that come with the program.

use std::sync::LazyLock;

use super::{Template, check::read};

const TEXTS: [&str; 3] = [
    include_str!("../../templates/plain.toml"),
    include_str!("../../templates/star-pick.toml"),
    include_str!("../../templates/self-governance-fund.toml"),
];

// a test reads each of them, so that none can be missing here
static ALL: LazyLock<Vec<Template>> = LazyLock::new(|| TEXTS.iter().filter_map(|text| read(text).ok()).collect());

/// All of them.
pub fn bundled_all() -> &'static [Template] {
    &ALL
}

/// The one of a key.
pub fn bundled(key: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_template_that_comes_along_is_good() {
        for text in TEXTS {
            if let Err(refusal) = read(text) {
                panic!("{refusal:?}\n{}", text.lines().next().unwrap_or_default());
            }
        }
        assert_eq!(bundled_all().len(), TEXTS.len());
    }
}
