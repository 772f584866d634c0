//! Hang the list out for objections.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use matters::notice::{self, Notice, draft::DraftNotice, post::post_now};
use programmes::{
    SeasonId, Stage, expect_stage,
    season::{advance, queries as seasons},
    template,
};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{State, queries, store};

/// The wording of the notice.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct Announce {
    /// 1 to 120 characters.
    #[serde(default)]
    pub title: String,
    /// 1 to 8,000 characters: the list in words.
    #[serde(default)]
    pub body: String,
}

/// Posts the list for the time that the template's kind of notice asks for, and moves the season to the notice. A list
/// whose notice was withdrawn is posted anew, for the whole time.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-stage`, `not-decided-yet`, `conditions-open`, `no-notice-needed`,
/// `changed-meanwhile`, those of [`post_now`], `not-allowed`; database faults.
pub fn announce(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId, words: &Announce) -> Result<Notice, Fault> {
    let season = seasons::season(tx, id)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &seasons::site(tx, &season)?)?;
    let selection = queries::decided(tx, id)?;
    let withdrawn = match (selection.state, &selection.notice) {
        (State::Posted, Some(posted)) => {
            let posted = notice::queries::notice(tx, posted)?;
            if posted.state != notice::State::Withdrawn {
                // sent twice: it hangs already
                return Ok(posted);
            }
            Some(posted.id)
        }
        _ => None,
    };
    expect_stage(&season, &[if withdrawn.is_some() { Stage::Notice } else { Stage::Deciding }])?;
    if selection.n_open > 0 {
        let open = i64::from(selection.n_open);
        return Err(Refusal::new(Kind::Conflict, "conditions-open").with_int("n", open).into());
    }
    let template = template::queries::of_season(tx, &season)?;
    let kind = template.notice.ok_or_else(|| Refusal::new(Kind::Conflict, "no-notice-needed"))?.kind;
    // no `once`: the list's own row says whether it hangs, and a notice that somebody else made is never found for it
    let input = DraftNotice {
        place: season.place.to_string(),
        subject_kind: "season".to_owned(),
        subject: id.to_string(),
        kind,
        title: words.title.clone(),
        body: words.body.clone(),
        ..DraftNotice::default()
    };
    let posted = post_now(tx, cx, &input)?;
    let hangs = match &withdrawn {
        None => store::post(tx, &permit, id, &posted.id)?,
        Some(old) => store::post_anew(tx, &permit, id, (old, &posted.id))?,
    };
    if !hangs {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let told = match &withdrawn {
        None => json!({ "notice": posted.id }),
        Some(old) => json!({ "notice": posted.id, "instead_of": old }),
    };
    append(tx, cx, &permit, &Draft { kind: "selection.posted", subject: id.as_str(), public: &told, private: None })?;
    if withdrawn.is_none() {
        advance::shift(tx, cx, &permit, &season, Stage::Notice)?;
    }
    Ok(posted)
}
