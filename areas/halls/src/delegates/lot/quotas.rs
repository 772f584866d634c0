//! Quotas as an officer types them, a category a line: `年龄：18-35 1-3，36-59 2-4，60+ 2-3`. The last word of each value is
//! its quota, the least and the most parted by `-`, or one number for both. The file that `linli sortition` reads is taken
//! as well.

use kernel::{Kind, Refusal};
use sortition::{Category, Feature, NewBounds, Quotas, read_quotas};

/// Categories at most.
pub const MAX_CATEGORIES: usize = 8;
/// Values of all categories together at most.
pub const MAX_VALUES: usize = 60;
/// Characters of a name at most.
const MAX_NAME: usize = 20;
/// Bytes of the text at most.
pub const MAX_TEXT: usize = 6_000;

fn unreadable(line: usize) -> Refusal {
    Refusal::new(Kind::Conflict, "quotas-unreadable").with_int("line", i64::try_from(line).unwrap_or(i64::MAX))
}

/// Reads them.
///
/// # Errors
/// Refusals `quotas-unreadable` with the line, `quotas-named-twice`, `quotas-bounds` with which, `quotas-too-many`.
pub fn read(text: &str) -> Result<Quotas, Refusal> {
    if text.len() > MAX_TEXT {
        return Err(too_many());
    }
    let first = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().trim();
    let is_file = ["category,", "feature,", "类别,"].iter().any(|head| first.starts_with(head));
    let quotas = if is_file {
        read_quotas(text.as_bytes()).map_err(|error| match error {
            sortition::FileError::Line { line, .. } => unreadable(usize::try_from(line).unwrap_or(usize::MAX)),
            sortition::FileError::File(_) => unreadable(1),
        })?
    } else {
        let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        let categories = lines.map(|(line, at)| category(line).ok_or_else(|| unreadable(at)));
        made(categories.collect::<Result<_, _>>()?)?
    };
    bounded(&quotas)?;
    Ok(quotas)
}

fn too_many() -> Refusal {
    let (categories, values) = (MAX_CATEGORIES, MAX_VALUES);
    Refusal::new(Kind::Conflict, "quotas-too-many")
        .with_int("categories", i64::try_from(categories).unwrap_or(0))
        .with_int("values", i64::try_from(values).unwrap_or(0))
}

fn made(categories: Vec<Category>) -> Result<Quotas, Refusal> {
    use sortition::QuotasError::{Bounds, NamedTwice, Size};
    Quotas::new(categories).map_err(|error| match error {
        Size => too_many(),
        NamedTwice(which) => Refusal::new(Kind::Conflict, "quotas-named-twice").with_text("which", which),
        Bounds(which) => Refusal::new(Kind::Conflict, "quotas-bounds").with_text("which", which),
    })
}

fn bounded(quotas: &Quotas) -> Result<(), Refusal> {
    if quotas.categories().len() > MAX_CATEGORIES || quotas.features().count() > MAX_VALUES {
        return Err(too_many());
    }
    let mut names = quotas.features().flat_map(|(category, feature)| [&category.name, &feature.name]);
    let fits = |name: &String| {
        !name.is_empty() && name.chars().count() <= MAX_NAME && !name.chars().any(|c| c.is_control() || c == '|')
    };
    let sane = quotas.features().all(|(_, feature)| feature.max <= 10_000);
    if names.all(fits) && sane { Ok(()) } else { Err(unreadable(1)) }
}

fn category(line: &str) -> Option<Category> {
    let (name, values) = line.split_once(['：', ':'])?;
    let parts = values.split(['，', ',', '、', ';', '；']).map(str::trim).filter(|part| !part.is_empty());
    let features: Option<Vec<Feature>> = parts.map(feature).collect();
    let (name, features) = (name.trim().to_owned(), features?);
    (!name.is_empty() && !features.is_empty()).then_some(Category { name, features })
}

fn feature(part: &str) -> Option<Feature> {
    let (name, bounds) = part.rsplit_once(char::is_whitespace)?;
    let (min, max) = bounds.split_once(['-', '–', '—', '~', '～']).unwrap_or((bounds, bounds));
    let number = |text: &str| -> Option<u32> { text.parse().ok().filter(|n| *n <= 10_000) };
    let name = name.trim().to_owned();
    (!name.is_empty()).then_some(Feature { name, min: number(min)?, max: number(max)?, flex: None })
}

/// Quotas as [`read`] reads them.
#[must_use]
pub fn text(quotas: &Quotas) -> String {
    let mut out = String::new();
    for category in quotas.categories() {
        let values: Vec<String> =
            category.features.iter().map(|value| format!("{} {}-{}", value.name, value.min, value.max)).collect();
        out.push_str(&format!("{}：{}\n", category.name, values.join("，")));
    }
    out
}

/// Quotas with the bounds that make a panel possible.
///
/// # Errors
/// Those of [`read`], for bounds that are none.
pub fn relaxed(quotas: &Quotas, relax: &[NewBounds]) -> Result<Quotas, Refusal> {
    let mut categories = quotas.categories().to_vec();
    for new in relax {
        let values = categories.iter_mut().filter(|category| category.name == new.category);
        for value in values.flat_map(|category| &mut category.features).filter(|value| value.name == new.feature) {
            (value.min, value.max, value.flex) = (new.new_min, new.new_max, None);
        }
    }
    made(categories)
}

/// Whether two quotas ask for the same features, whatever their bounds.
#[must_use]
pub fn same_features(one: &Quotas, other: &Quotas) -> bool {
    let names = |quotas: &Quotas| -> Vec<(String, String)> {
        quotas.features().map(|(category, feature)| (category.name.clone(), feature.name.clone())).collect()
    };
    names(one) == names(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_back() {
        let typed = "性别：女 3-5，男 3-5\n\n年龄: 18-35 1-3, 36-59 3–5; 60+ 2\n";
        let quotas = read(typed).unwrap();
        let ages = quotas.categories().iter().find(|category| category.name == "年龄").unwrap();
        let bounds: Vec<(&str, u32, u32)> = ages.features.iter().map(|f| (f.name.as_str(), f.min, f.max)).collect();
        assert_eq!(bounds, [("18-35", 1, 3), ("36-59", 3, 5), ("60+", 2, 2)]);
        assert_eq!(read(&text(&quotas)).unwrap(), quotas);
        let file = "category,feature,min,max\n性别,女,3,5\n性别,男,3,5\n年龄,18-35,1,3\n年龄,36-59,3,5\n年龄,60+,2,2\n";
        assert_eq!(read(file).unwrap(), quotas);
    }

    #[test]
    fn what_cannot_be_read_names_its_line() {
        for (typed, code) in [
            ("", "quotas-too-many"),
            ("性别 女 3-5", "quotas-unreadable"),
            ("性别：女", "quotas-unreadable"),
            ("性别：女 x-5", "quotas-unreadable"),
            ("性别：女 5-3", "quotas-bounds"),
            ("性别：女 1-2，女 1-2", "quotas-named-twice"),
            ("a:1 1\nb:1 1\nc:1 1\nd:1 1\ne:1 1\nf:1 1\ng:1 1\nh:1 1\ni:1 1", "quotas-too-many"),
        ] {
            assert_eq!(read(typed).unwrap_err().code, code, "{typed}");
        }
        let refusal = read("性别：女 3-5\n\n年龄：老").unwrap_err();
        assert_eq!(
            refusal.args.first().map(|(name, value)| (*name, value.clone())),
            Some(("line", kernel::Arg::Int(3)))
        );
    }

    proptest::proptest! {
        /// Whatever is typed is refused, or read and written the same.
        #[test]
        fn any_text_is_refused_or_kept(typed in "[a-c:：,，、\\-– 0-9\n\t\"]{0,60}|\\PC{0,80}|category,feature,min,max\n\\PC{0,40}") {
            if let Ok(quotas) = read(&typed) {
                let again = read(&text(&quotas));
                // names from a file may hold the signs that part the lines
                if let Ok(again) = again {
                    proptest::prop_assert!(same_features(&quotas, &again) || typed.starts_with("category,"));
                }
            }
        }
    }
}
