//! What a file would change.

use std::collections::{HashMap, HashSet};

use db::{DbError, Snapshot};
use kernel::PlaceId;

use super::{
    read::{MAX_ERRORS, Row, RowError, Sheet},
    work::Known,
};
use crate::{Code, Level, Place, State, names, store};

/// Changed and missing places that a plan tells one by one.
pub const MAX_TOLD: usize = 50;
/// Places read by one statement.
const PAGE: i64 = 5_000;

/// A place that is not there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New {
    /// The row.
    pub row: Row,
    /// The name it is shown by.
    pub shown: String,
    /// Whether its level stands only in the codes.
    pub is_filler: bool,
    /// The code of the place it will lie in: its parent's, or that of the place above a filler.
    pub parent: Option<Code>,
}

/// A place that is there and stands otherwise in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The place as it is.
    pub place: Place,
    /// Its full name in the file.
    pub name: String,
    /// The name it is shown by then.
    pub shown: String,
    /// The code of the place it lies in by the file.
    pub parent: Option<Code>,
    /// Whether that is another place than now.
    pub is_moved: bool,
}

/// What a preview tells of one place.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Change {
    /// Its code.
    #[schema(value_type = String)]
    pub code: Code,
    /// Its full name now.
    pub was: String,
    /// Its full name in the file; absent for a place that the file does not have.
    pub name: Option<String>,
    /// Whether it lies in another place by the file.
    pub is_moved: bool,
}

/// What a file would change, compared with one snapshot of the tree.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// SHA-256 of the file.
    pub digest: [u8; 32],
    /// Rows of the file.
    pub n_rows: u32,
    /// Places to be added, upper levels first.
    pub new: Vec<New>,
    /// Places to be changed.
    pub changed: Vec<Changed>,
    /// Places that are there already and that others will lie in.
    pub(super) parents: HashMap<Code, Known>,
    /// Places that stand in the file as they are.
    pub n_unchanged: u32,
    /// Places in force that lie below the file's roots and are not in it. They stay: a place ends by a merger or a
    /// split, which says what became of it.
    pub n_missing: u32,
    /// The first [`MAX_TOLD`] of them.
    pub missing: Vec<Change>,
    /// The first [`MAX_ERRORS`] wrong rows.
    pub errors: Vec<RowError>,
    /// All wrong rows.
    pub n_errors: u32,
}

impl Plan {
    /// Whether taking it in would write nothing.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty()
    }

    /// The first [`MAX_TOLD`] changes.
    pub fn changes(&self) -> Vec<Change> {
        let told = |c: &Changed| {
            let code = c.place.code?;
            Some(Change { code, was: c.place.name.clone(), name: Some(c.name.clone()), is_moved: c.is_moved })
        };
        self.changed.iter().filter_map(told).take(MAX_TOLD).collect()
    }
}

/// Compares a file with the tree. With `under`, rows may only add and change what lies in that place.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn plan(s: &mut Snapshot<'_>, sheet: &Sheet, under: Option<&PlaceId>) -> Result<Plan, DbError> {
    let there = There::load(s)?;
    let file: HashMap<Code, &Row> = sheet.rows.iter().map(|row| (row.code, row)).collect();
    let mut plan = Plan {
        digest: sheet.digest,
        n_rows: sheet.n_rows,
        errors: sheet.errors.clone(),
        n_errors: sheet.n_errors,
        ..Plan::default()
    };
    let mut rows: Vec<&Row> = sheet.rows.iter().collect();
    rows.sort_by_key(|row| (row.level, row.code));
    // where each accepted row lies: inside `under`, and below which place that is shown
    let mut accepted: HashMap<Code, bool> = HashMap::new();
    for row in rows {
        match judge(row, &there, &file, (&accepted, under)) {
            Ok(verdict) => {
                accepted.insert(row.code, verdict.is_inside);
                plan.add(row, &verdict, &there);
            }
            Err((field, code)) => plan.wrong(row, field, code),
        }
    }
    plan.name(&there);
    let wanted = plan.new.iter().map(|new| new.parent).chain(plan.changed.iter().map(|changed| changed.parent));
    let known = |code: Code| Some((code, Known::from(there.by_code.get(&code)?)));
    plan.parents = wanted.flatten().filter_map(known).collect();
    plan.look_for_missing(&there, &file);
    plan.errors.sort_by_key(|error| error.row);
    Ok(plan)
}

/// What is in force, by code.
struct There {
    by_code: HashMap<Code, Place>,
    codes: HashMap<PlaceId, Code>,
}

impl There {
    fn load(s: &mut Snapshot<'_>) -> Result<There, DbError> {
        let mut there = There { by_code: HashMap::new(), codes: HashMap::new() };
        let mut after = String::new();
        loop {
            let page = store::coded(s, &after, PAGE)?;
            let is_last = page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX);
            for place in page {
                if let Some(code) = place.code {
                    after = code.to_string();
                    there.codes.insert(place.id.clone(), code);
                    there.by_code.insert(code, place);
                }
            }
            if is_last {
                return Ok(there);
            }
        }
    }

    fn parent_of(&self, place: &Place) -> Option<Code> {
        place.parent.as_ref().and_then(|id| self.codes.get(id)).copied()
    }
}

struct Verdict {
    parent: Option<Code>,
    is_inside: bool,
}

fn judge(
    row: &Row,
    there: &There,
    file: &HashMap<Code, &Row>,
    (accepted, under): (&HashMap<Code, bool>, Option<&PlaceId>),
) -> Result<Verdict, (&'static str, &'static str)> {
    let stored = there.by_code.get(&row.code);
    if stored.is_some_and(|place| place.level != row.level) {
        return Err(("level", "level-changed"));
    }
    let parent = match row.parent {
        Some(parent) if accepted.contains_key(&parent) => Some(parent),
        Some(parent) if !file.contains_key(&parent) && there.by_code.contains_key(&parent) => Some(parent),
        Some(_) => return Err(("parent", "unknown-parent")),
        None => None,
    };
    let parent = parent.and_then(|parent| past_fillers(parent, there, file));
    let inside = |place: &Place| under.is_none_or(|under| place.is_within(under));
    let is_inside = match (stored, parent) {
        (Some(place), _) => inside(place),
        (None, Some(parent)) => match there.by_code.get(&parent) {
            Some(place) => inside(place),
            None => accepted.get(&parent).copied().unwrap_or(false),
        },
        (None, None) => under.is_none(),
    };
    Ok(Verdict { parent, is_inside })
}

/// The place itself, or the one above the fillers that it is.
fn past_fillers(code: Code, there: &There, file: &HashMap<Code, &Row>) -> Option<Code> {
    let mut code = Some(code);
    // a code has at most five levels
    for _ in 0..5 {
        let at = code?;
        code = match (file.get(&at), there.by_code.get(&at)) {
            (Some(row), _) if names::is_filler(row.level, &row.name) => row.parent,
            (None, Some(place)) if place.state == State::Filler => there.parent_of(place),
            _ => return Some(at),
        };
    }
    code
}

impl Plan {
    fn wrong(&mut self, row: &Row, field: &'static str, code: &'static str) {
        self.n_errors = self.n_errors.saturating_add(1);
        if self.errors.len() < MAX_ERRORS {
            let value =
                if field == "parent" { row.parent.map(Code::short).unwrap_or_default() } else { row.code.short() };
            self.errors.push(RowError { row: row.row, line: row.line, field, code, value });
        }
    }

    fn add(&mut self, row: &Row, verdict: &Verdict, there: &There) {
        let Verdict { parent, is_inside } = *verdict;
        let Some(place) = there.by_code.get(&row.code) else {
            if !is_inside {
                self.wrong(row, "code", "outside-your-place");
                return;
            }
            let is_filler = names::is_filler(row.level, &row.name);
            self.new.push(New { row: row.clone(), shown: String::new(), is_filler, parent });
            return;
        };
        // a root of the file may lie somewhere in the tree already: the file does not say that it moved
        let is_moved = parent.is_some() && there.parent_of(place) != parent;
        if *place.name == *row.name && !is_moved {
            self.n_unchanged += 1;
        } else if is_inside {
            let name = row.name.to_string();
            self.changed.push(Changed { place: place.clone(), shown: String::new(), name, parent, is_moved });
        } else {
            self.wrong(row, "code", "outside-your-place");
        }
    }

    /// Gives every new or changed place the name it is shown by, so that siblings differ.
    fn name(&mut self, there: &There) {
        type Group = (Vec<usize>, Vec<usize>);
        let mut groups: HashMap<Option<Code>, Group> = HashMap::new();
        for (at, new) in self.new.iter().enumerate() {
            groups.entry(new.parent).or_default().0.push(at);
        }
        for (at, changed) in self.changed.iter().enumerate() {
            groups.entry(changed.parent.or(there.parent_of(&changed.place))).or_default().1.push(at);
        }
        let changing: HashSet<&PlaceId> = self.changed.iter().map(|changed| &changed.place.id).collect();
        let mut taken: HashMap<Option<Code>, HashSet<String>> = HashMap::new();
        for place in there.by_code.values().filter(|place| !changing.contains(&place.id)) {
            let parent = there.parent_of(place);
            if groups.contains_key(&parent) {
                taken.entry(parent).or_default().insert(place.shown.clone());
            }
        }
        let none = HashSet::new();
        let mut named: Vec<(bool, usize, String)> = Vec::new();
        for (parent, (new, changed)) in &groups {
            let fresh = new.iter().map(|at| (self.new[*at].row.level, &*self.new[*at].row.name));
            let other = changed.iter().map(|at| (self.changed[*at].place.level, self.changed[*at].name.as_str()));
            let list: Vec<(Level, &str)> = fresh.chain(other).collect();
            let shown = names::shown_among(&list, taken.get(parent).unwrap_or(&none));
            let places = new.iter().map(|at| (true, *at)).chain(changed.iter().map(|at| (false, *at)));
            named.extend(places.zip(shown).map(|((is_new, at), shown)| (is_new, at, shown)));
        }
        for (is_new, at, shown) in named {
            if is_new {
                self.new[at].shown = shown;
            } else {
                self.changed[at].shown = shown;
            }
        }
    }

    fn look_for_missing(&mut self, there: &There, file: &HashMap<Code, &Row>) {
        let roots: HashSet<Code> =
            file.values().filter(|row| row.parent.is_none_or(|p| !file.contains_key(&p))).map(|row| row.code).collect();
        let is_missing = |place: &&Place| {
            let mut code = place.code;
            let mut at = Some(*place);
            let open = place.code.is_some_and(|code| !code.is_local() && !file.contains_key(&code));
            // up the tree until one of the file's roots is met
            while let (true, Some(here), Some(place)) = (open, code, at) {
                if roots.contains(&here) {
                    return true;
                }
                code = there.parent_of(place);
                at = code.and_then(|code| there.by_code.get(&code));
            }
            false
        };
        let mut missing: Vec<&Place> = there.by_code.values().filter(is_missing).collect();
        missing.sort_by_key(|place| place.code);
        self.n_missing = u32::try_from(missing.len()).unwrap_or(u32::MAX);
        let told =
            |place: &&Place| Some(Change { code: place.code?, was: place.name.clone(), name: None, is_moved: false });
        self.missing = missing.iter().take(MAX_TOLD).filter_map(told).collect();
    }
}
