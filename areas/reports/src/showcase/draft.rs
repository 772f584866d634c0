//! The text of a part where the office wrote none: the sentences whose figures there are.

use ui::{Locale, Words};

use super::{Section, facts::Values};

/// A sentence: the part it stands in, its key in the words, the figures that it names. It is told where each of them is
/// above nothing.
type Sentence = (Section, &'static str, &'static [&'static str]);

const SENTENCES: [Sentence; 27] = [
    (Section::Opening, "showcase-say-opening", &["place", "season"]),
    (Section::Process, "showcase-say-visited", &["communities_visited"]),
    (Section::Process, "showcase-say-ideas", &["ideas"]),
    (Section::Process, "showcase-say-supported", &["supported_proposals"]),
    (Section::Process, "showcase-say-months", &["implementation_months"]),
    (Section::Process, "showcase-say-groups", &["groups"]),
    (Section::Process, "showcase-say-trainings", &["trainings"]),
    (Section::Process, "showcase-say-midterms", &["midterm_reviews"]),
    (Section::Done, "showcase-say-activities", &["activities"]),
    (Section::Done, "showcase-say-direct", &["direct_visits"]),
    (Section::Done, "showcase-say-indirect", &["indirect_visits"]),
    (Section::Fields, "showcase-say-fields", &["fields", "field_names"]),
    (Section::Projects, "showcase-say-projects", &["projects"]),
    (Section::Projects, "showcase-say-demonstration", &["projects_demonstration"]),
    (Section::Projects, "showcase-say-brand", &["projects_brand"]),
    (Section::Projects, "showcase-say-seedling", &["projects_seedling"]),
    (Section::Awards, "showcase-say-awards", &["awards", "award_names"]),
    (Section::Money, "showcase-say-granted", &["granted"]),
    (Section::Money, "showcase-say-spent", &["paid", "spent"]),
    (Section::Money, "showcase-say-other", &["other_money"]),
    (Section::Thanks, "showcase-say-thanks", &["place"]),
    (Section::News, "showcase-say-news", &["place", "season"]),
    (Section::Year, "showcase-say-year-heard", &["communities_visited", "ideas"]),
    (Section::Year, "showcase-say-year-supported", &["supported_proposals", "field_names"]),
    (Section::Year, "showcase-say-activities", &["activities"]),
    (Section::Year, "showcase-say-year-visits", &["direct_visits", "indirect_visits"]),
    (Section::Next, "showcase-say-next", &["season"]),
];

/// The text of a part with the names of its figures; empty where there is nothing to tell.
pub fn draft(w: Words, section: Section, values: &Values) -> String {
    let there = |key: &&str| values.get(*key).is_some_and(|said| said.value > 0);
    let told: Vec<String> = (SENTENCES.iter())
        .filter(|(of, _, needs)| *of == section && needs.iter().all(there))
        .map(|(_, key, needs)| {
            let names: Vec<(String, String)> =
                needs.iter().map(|name| (name.replace('_', "-"), format!("{{{name}}}"))).collect();
            let args: Vec<(&str, ui::words::Arg<'_>)> =
                names.iter().map(|(arg, name)| (arg.as_str(), name.as_str().into())).collect();
            w.t_with(key, &args)
        })
        .collect();
    // between sentences of Chinese stands nothing
    let between = if matches!(w.locale(), Locale::ZhHans | Locale::ZhHant) { "" } else { " " };
    told.join(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::showcase::{facts::Said, text};

    fn values(of: &[(&str, u64)]) -> Values {
        let said = |value: u64| Said { value, shown: value.to_string(), href: String::new() };
        of.iter().map(|(key, value)| ((*key).to_owned(), said(*value))).collect()
    }

    #[test]
    fn only_what_there_is_is_told() {
        let w = Words::of(Locale::ZhHans);
        let known = values(&[("activities", 115), ("direct_visits", 2_137), ("indirect_visits", 0)]);
        let told = draft(w, Section::Done, &known);
        assert!(told.contains("{activities}") && told.contains("{direct_visits}"), "{told}");
        assert!(!told.contains("{indirect_visits}"), "{told}");
        assert_eq!(draft(w, Section::Money, &known), "");
    }

    #[test]
    fn every_sentence_names_its_figures_in_every_language() {
        for locale in Locale::ALL {
            let w = Words::of(locale);
            for (section, key, needs) in &SENTENCES {
                let known = values(&needs.iter().map(|name| (*name, 1)).collect::<Vec<_>>());
                let told = draft(w, *section, &known);
                let found = text::pieces(&told).unwrap();
                for name in *needs {
                    assert!(found.contains(&text::Piece::Figure(name)), "{locale:?} {key}: {told}");
                }
            }
        }
    }
}
