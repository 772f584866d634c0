//! Take in one part of a file of official codes.

use std::collections::HashMap;

use db::{DbError, Fault, Tx};
use kernel::{Context, Home, Kind, PlaceId, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::changed_meanwhile;
use crate::{
    Code, Followers, Level, Place, Reason, State,
    import::{Changed, Known, New, Part, Row},
    store,
};

/// Takes the part in: adds its new places, gives its changed ones another version, and tells it in one entry that
/// holds the counts, the changed names, and a digest over the part's rows. What `followers` keep of places that moved
/// follows. Answers with the places it has made.
///
/// # Errors
/// Refusals `place-not-found`, `parent-not-found`, `outside-your-place`, `changed-meanwhile`, `not-allowed`; database
/// faults.
pub fn take(tx: &mut Tx<'_>, cx: &mut Context, followers: Followers, part: &Part) -> Result<Vec<(Code, Known)>, Fault> {
    let permit = permit(tx, cx, part)?;
    let mut known: HashMap<Code, Known> = part.parents.clone();
    let mut last_home = store::next_home(tx)?.0.saturating_sub(1);
    let (mut coming, mut made) = (Vec::with_capacity(part.new.len()), Vec::with_capacity(part.new.len()));
    for new in &part.new {
        let parent = found(&known, new.parent)?;
        let home = match parent {
            Some(parent) if new.row.level != Level::Subdistrict => parent.home,
            _ => {
                last_home += 1;
                Home(last_home)
            }
        };
        let place = place(cx, home, parent, new);
        inside(part, &place)?;
        known.insert(new.row.code, Known::from(&place));
        made.push((new.row.code, Known::from(&place)));
        coming.push(store::Coming { place, reason: Reason::Imported });
    }
    store::insert_many(tx, &permit, &coming, cx.now).map_err(meanwhile)?;
    let mut changes = Vec::with_capacity(part.changed.len());
    for changed in &part.changed {
        inside(part, &changed.place)?;
        changes.push(change(tx, cx, &permit, followers, (&known, changed))?);
    }
    tell(tx, cx, &permit, (part, &coming, changes))?;
    Ok(made)
}

fn permit(tx: &mut Tx<'_>, cx: &Context, part: &Part) -> Result<Permit, Fault> {
    let Some(under) = &part.under else {
        // the whole tree: only whoever holds the installation
        return Ok(authorize(&cx.actor, Action::ImportPlaces, Home(1))?);
    };
    let site = store::site(tx, under)?.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
    Ok(authorize(&cx.actor, Action::ImportPlaces, &site)?)
}

fn found(known: &HashMap<Code, Known>, code: Option<Code>) -> Result<Option<&Known>, Refusal> {
    let Some(code) = code else { return Ok(None) };
    let parent = known.get(&code).ok_or_else(|| Refusal::new(Kind::NotFound, "parent-not-found"))?;
    Ok(Some(parent))
}

fn inside(part: &Part, place: &Place) -> Result<(), Refusal> {
    match &part.under {
        Some(under) if !place.is_within(under) => Err(Refusal::new(Kind::Forbidden, "outside-your-place")),
        _ => Ok(()),
    }
}

fn place(cx: &mut Context, home: Home, parent: Option<&Known>, new: &New) -> Place {
    let id: PlaceId = cx.id(home);
    let path = parent.map_or_else(|| id.to_string(), |parent| format!("{}/{id}", parent.path));
    Place {
        id,
        home,
        parent: parent.map(|parent| parent.id.clone()),
        level: new.row.level,
        name: new.row.name.to_string(),
        shown: new.shown.clone(),
        code: Some(new.row.code),
        path,
        state: if new.is_filler { State::Filler } else { State::Open },
        version: 1,
        // a list of codes does not say since when a place is there
        valid_from: None,
        valid_until: None,
    }
}

fn change(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    followers: Followers,
    (known, changed): (&HashMap<Code, Known>, &Changed),
) -> Result<Value, Fault> {
    let place = &changed.place;
    let parent = if changed.is_moved { found(known, changed.parent)? } else { None };
    let change = store::Change {
        name: changed.name.clone(),
        shown: changed.shown.clone(),
        code: place.code,
        parent: parent.map_or_else(|| place.parent.clone(), |parent| Some(parent.id.clone())),
    };
    if !store::revise(tx, permit, place, &change, (&cx.day, Reason::Imported))? {
        return Err(changed_meanwhile());
    }
    if let Some(parent) = parent {
        if parent.path.split('/').any(|id| id == place.id.as_str()) {
            return Err(Refusal::new(Kind::Conflict, "inside-itself").with_text("place", &*place.name).into());
        }
        let path = format!("{}/{}", parent.path, place.id);
        store::rebase(tx, permit, place, &path)?;
        followers.call(tx, cx, permit, (place, &path))?;
    }
    Ok(json!({
        "place": place.id, "name": change.name, "was": place.name, "parent": parent.map(|parent| &parent.id),
    }))
}

fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (part, coming, changes): (&Part, &[store::Coming], Vec<Value>),
) -> Result<(), Fault> {
    let paths = coming.iter().map(|coming| &coming.place.path).chain(part.changed.iter().map(|c| &c.place.path));
    let root = paths.filter_map(|path| path.split('/').next()).next().unwrap_or_default().to_owned();
    let told = json!({
        "file": hex(&part.file), "part": part.number, "parts": part.n_parts, "new": part.new.len(),
        "digest": hex(&digest(part)), "changed": changes,
    });
    append(tx, cx, permit, &Draft { kind: "places.imported", subject: &root, public: &told, private: None })?;
    Ok(())
}

/// SHA-256 over the part's rows as lines `code,level,name,parent`, codes with 12 digits, in the order they were taken
/// in: upper levels first, then by code. Whoever has the file can compute it again.
pub fn digest(part: &Part) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for New { row, .. } in &part.new {
        hasher.update(line(row));
    }
    for changed in &part.changed {
        let code = changed.place.code.map(|code| code.to_string()).unwrap_or_default();
        hasher.update(format!("{code},{},{}\n", changed.place.level.as_str(), changed.name));
    }
    hasher.finalize().into()
}

fn line(row: &Row) -> String {
    let parent = row.parent.map(|parent| parent.to_string()).unwrap_or_default();
    format!("{},{},{},{parent}\n", row.code, row.level.as_str(), row.name)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A code that came in meanwhile by another import.
fn meanwhile(error: DbError) -> Fault {
    match error {
        DbError::Unique(_) => changed_meanwhile(),
        error => error.into(),
    }
}
