//! The form to add a statement.

use axum::{extract::State as From, response::Response};
use kernel::Refusal;
use ui::{
    Markup, html,
    parts::{Field, Weight, acts, button, sheet, textarea},
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit,
    page::{act, errors, form, shown, to},
};

use super::{
    One,
    vote::{Which, facts, page},
};
use crate::conversation::{
    ConversationId,
    rules::MAX_TEXT,
    say::{self as saying, SayStatement},
};

/// A sheet with the form; what was refused stays in it.
pub(super) fn sheet_of(visit: &Visit, one: &One, typed: &str, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let field = Field {
        name: "text",
        label: w.t("conversation-your-statement"),
        hint: w.t("conversation-your-statement-hint"),
        value: typed,
        error: errors(w, refusal).of("text"),
        required: true,
    };
    let fields = html! {
        (textarea(w, &field, 3, u32::try_from(MAX_TEXT).ok()))
        (acts(&[button(Weight::Plain, w.t("conversation-say"))]))
    };
    sheet(w.t("conversation-say-title"), &form(visit, &format!("{}/statements", one.here()), &[], &fields))
}

/// `POST /conversations/{conversation}/statements`.
pub(crate) async fn say(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ConversationId>,
    Fields(typed): Fields<SayStatement>,
) -> Result<Response, Problem> {
    let (key, input) = (id.clone(), typed.clone());
    match shown(act(&rim, &visit, move |tx, cx| saying::say(tx, cx, &key, &input)).await)? {
        Ok(statement) => Ok(to(&format!("/conversations/{id}/vote?said={}", statement.number))),
        Err(refusal) => {
            let facts = facts(&rim, &visit, &id, None).await?;
            Ok(page(&visit, &facts, (&Which::default(), &typed.text), Some(&refusal)))
        }
    }
}
