//! Letters with codes for the printer, and a code for one person at the desk.

use axum::{extract::State as From, response::Response};
use kernel::{Kind, Refusal};
use people::VoterKey;
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{Tone, Weight, acts, notice, paper, print_button, qr},
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit,
    page::{press, to},
};

use super::{One, answer, one, result::top};
use crate::{
    PollId,
    roll::letters::{self as drawing, Letter, PAGE, To},
};

/// Where the next letters begin, and which flats are meant; or one voter.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    flat: String,
    after_flat: String,
    after: String,
    voter: String,
}

/// `POST /polls/{poll}/letters`: a page of letters. The codes stand here and nowhere else, so that there is nothing to come
/// back to: the page drawn again has other codes.
pub(crate) async fn letters(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(which): Fields<Which>,
) -> Result<Response, Problem> {
    let none = || Refusal::new(Kind::NotFound, "not-on-the-roll");
    let voter = match which.voter.as_str() {
        "" => None,
        text => Some(VoterKey::from_hex(text).ok_or_else(none)?),
    };
    let (poll, asked, cx) = (id.clone(), which.clone(), rim.context_of(&visit));
    let drawn = rim.db.write(move |tx| {
        let after = VoterKey::from_hex(&asked.after);
        let behind: (&str, &[u8]) = match &after {
            Some(key) => (&asked.after_flat, &key.0),
            None => ("", &[]),
        };
        let to = voter.map_or(To::Flats(asked.flat.trim(), behind), To::One);
        drawing::letters(tx, &mut cx.clone(), &poll, to)
    });
    let list = match web::page::shown(drawn.await)? {
        Ok(list) => list,
        // there is one form for each person: what is refused is said on the roll's page
        Err(refusal) if refusal.code == "already-voted" => return Ok(to(&format!("/polls/{id}/roll"))),
        Err(refusal) => return Err(refusal.into()),
    };
    let one = one(&rim, &visit, &id).await?;
    let body = printed(&visit, &one, &which, &list);
    Ok(answer(&visit, visit.words.t("vote-letters-title"), &body, None))
}

fn printed(visit: &Visit, one: &One, which: &Which, list: &[Letter]) -> Markup {
    let w = visit.words;
    let url = format!("{}{}/vote", visit.origin, one.here());
    let full = i64::try_from(list.len()).is_ok_and(|n| n >= PAGE);
    html! {
        (top(one, w, (w.t("vote-letters-title"), w.t("vote-letters-once"))))
        div.stack {
            @if list.is_empty() { (notice(w, Tone::Due, "", &html! { p { (w.t("vote-letters-none")) } })) }
            (acts(&[print_button(w)]))
            @for letter in list { (of_one(visit, one, &url, letter)) }
            @if let Some(last) = list.last().filter(|_| full) {
                @let voter = last.to.voter.to_hex();
                @let hidden = [("flat", which.flat.as_str()), ("after_flat", &last.to.flat), ("after", &voter)];
                (press(visit, &format!("{}/letters", one.here()), &hidden, Weight::Plain, w.t("vote-letters-next")))
            }
        }
    }
}

fn of_one(visit: &Visit, one: &One, url: &str, letter: &Letter) -> Markup {
    let w = visit.words;
    let to = [
        (w.t("vote-letter-to"), html! { (letter.to.flat) " " (letter.to.name) }),
        (w.t("vote-code"), html! { strong.num translate="no" { (letter.code) } }),
    ];
    paper(
        w.t("vote-letter-title"),
        &one.poll.title,
        &to,
        &html! {
            p { (w.t("poll-letter-how")) }
            div.find { (qr(url, w.t("vote-go"))) p.small { span.url translate="no" { (url) } } }
            p.small { (w.t("vote-letter-secret")) }
        },
    )
}
