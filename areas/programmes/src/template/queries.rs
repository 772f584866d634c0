//! Reading templates.

use db::{DbError, Fault, Snapshot};
use kernel::{Home, Kind, Refusal};

use super::{Template, bundled, bundled_all, check::read, store};
use crate::{Season, SeasonId, season::store as seasons};

/// The template of a key: the installation's own, else the one that comes with the program.
///
/// # Errors
/// Refusal `template-not-found`; database faults.
pub fn template(s: &mut Snapshot<'_>, home: Home, key: &str) -> Result<Template, Fault> {
    if let Some(body) = store::body(s, home, key)? {
        return Ok(read(&body).map_err(|refusal| DbError::Data(format!("template {key}: {refusal}")))?);
    }
    let found = bundled(key).cloned();
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "template-not-found"))?)
}

/// All templates of an installation: its own first, then those that come with the program and that it did not replace.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn templates(s: &mut Snapshot<'_>, home: Home) -> Result<Vec<Template>, DbError> {
    let mut all: Vec<Template> = Vec::new();
    for body in store::bodies(s, home)? {
        all.push(read(&body).map_err(|refusal| DbError::Data(format!("template: {refusal}")))?);
    }
    for template in bundled_all() {
        if !all.iter().any(|own| own.key == template.key) {
            all.push(template.clone());
        }
    }
    Ok(all)
}

/// The templates of the installation's root; of an installation without places, those that come with the program.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn here(s: &mut Snapshot<'_>) -> Result<Vec<Template>, DbError> {
    match places::queries::list(s, None)?.first() {
        Some(root) => templates(s, root.home),
        None => Ok(bundled_all().to_vec()),
    }
}

/// One of them, by its key; the others are not read.
///
/// # Errors
/// Refusal `template-not-found`; database faults.
pub fn one_here(s: &mut Snapshot<'_>, key: &str) -> Result<Template, Fault> {
    let Some(root) = places::queries::list(s, None)?.into_iter().next() else {
        let found = bundled(key).cloned();
        return Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "template-not-found"))?);
    };
    template(s, root.home, key)
}

/// The template by which a season runs, as it was when the season was opened.
///
/// # Errors
/// Database faults.
pub fn of_season(s: &mut Snapshot<'_>, season: &Season) -> Result<Template, Fault> {
    let body = store::of_season(s, &season.id)?;
    kept(s, season, body)
}

/// A season with the template by which it runs, in one statement: what nearly every page of a season asks first.
///
/// # Errors
/// Refusal `season-not-found`; database faults.
pub fn with_season(s: &mut Snapshot<'_>, id: &SeasonId) -> Result<(Season, Template), Fault> {
    let found = seasons::with_template(s, id)?;
    let (season, body) = found.ok_or_else(|| Refusal::new(Kind::NotFound, "season-not-found"))?;
    let template = kept(s, &season, body)?;
    Ok((season, template))
}

fn kept(s: &mut Snapshot<'_>, season: &Season, body: Option<String>) -> Result<Template, Fault> {
    match body {
        Some(body) => {
            let read = serde_json::from_str(&body);
            Ok(read.map_err(|error| DbError::Data(format!("template of {}: {error}", season.id)))?)
        }
        // seasons older than templates
        None => template(s, season.id.home(), &season.template),
    }
}
