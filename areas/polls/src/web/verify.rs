//! To a provider of OpenID Connect and back, to the ballot.

use axum::{
    extract::{Query, State as From},
    http::HeaderMap,
    response::Response,
};
use kernel::{Actor, Kind, Refusal};
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{Tone, Weight, acts, link_button, notice, sheet},
};
use web::{
    PathId, Problem, Provider, Rim, Visit, brief,
    page::{shown, to},
};

use super::{
    ballot::Typed,
    vote::{Facts, facts, first, page_with},
};
use crate::{
    PollId,
    verify::{Back, Errand, MINUTES, Subject, admit::admit, begin},
};

use asked::{Place, subject, way};

/// The name of the cookie that binds an errand to a browser.
const COOKIE: &str = "verify";

/// The address to which providers send people back, as it is registered with them.
fn back_to(rim: &Rim) -> String {
    format!("{}/polls/oidc/callback", rim.settings.origin.trim_end_matches('/'))
}

fn off() -> Problem {
    Refusal::new(Kind::NotFound, "verify-off").into()
}

/// The providers that can find somebody on the poll's roll, each with what is asked of it and what is kept.
pub(super) fn ways(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    html! {
        @if !facts.verifiers.is_empty() {
            (sheet(w.t("verify-title"), &html! {
                p { (w.t("verify-asks")) }
                @for (at, name) in facts.verifiers.iter().enumerate() {
                    @let label = w.t_with("verify-with", &[("name", name.as_str().into())]);
                    (acts(&[link_button(Weight::Plain, &format!("{}/verify?with={at}", facts.here()), &label)]))
                }
            }))
        }
    }
}

/// Which of the providers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct With {
    with: String,
}

/// `GET /polls/{poll}/vote/verify`: to the provider. A link and not a form, for a form may not lead away from here
/// (`form-action`).
pub(crate) async fn begin(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<PollId>,
    Query(With { with }): Query<With>,
) -> Result<Response, Problem> {
    let at = with.parse().unwrap_or(usize::MAX);
    let provider = rim.settings.verifiers.providers.get(at).cloned().ok_or_else(off)?;
    let facts = facts(&rim, &visit, &id, true).await?;
    if facts.not_now.is_some() {
        return Ok(refused(&visit, &facts, None));
    }
    // before anything is written, so that no more errands are kept than providers are asked
    let place = match Place::take() {
        Ok(place) => place,
        Err(refusal) => return Ok(refused(&visit, &facts, Some(&refusal))),
    };
    let (cx, issuer) = (rim.context(Actor::Voter), provider.issuer.clone());
    let errand = match shown(rim.db.write(move |tx| begin::begin(tx, &mut cx.clone(), &id, &issuer)).await)? {
        Ok(errand) => errand,
        Err(refusal) => return Ok(refused(&visit, &facts, Some(&refusal))),
    };
    let browser = errand.browser.clone();
    match way(place, provider, back_to(&rim), errand).await {
        Ok(url) => {
            let mut response = to(&url);
            let age = u32::try_from(MINUTES * 60).unwrap_or(0);
            let (name, value) = brief::set(&rim, COOKIE, &browser, age);
            response.headers_mut().append(name, value);
            Ok(response)
        }
        Err(refusal) => Ok(refused(&visit, &facts, Some(&refusal))),
    }
}

/// What the provider sends back with the browser.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Brought {
    state: String,
    code: String,
    error: String,
    /// Who answers, where the provider says it (RFC 9207).
    iss: String,
}

/// Characters of a provider's code at most.
const MAX_CODE: usize = 4_000;

/// `GET /polls/oidc/callback`: from the provider, to the ballot of the row that it leads to.
pub(crate) async fn callback(
    From(rim): From<Rim>,
    visit: Visit,
    headers: HeaderMap,
    Query(brought): Query<Brought>,
) -> Result<Response, Problem> {
    if rim.settings.verifiers.providers.is_empty() {
        return Err(off());
    }
    let id: Option<PollId> = brought.state.split_once('.').and_then(|(id, _)| id.parse().ok());
    let id = id.ok_or_else(|| Refusal::new(Kind::NotFound, "verify-again"))?;
    let facts = facts(&rim, &visit, &id, true).await?;
    let browser = brief::value(&headers, &rim, COOKIE).unwrap_or("").to_owned();
    let found = come_back(&rim, &id, &brought, &browser).await?;
    // whoever found no place tries the same address again, in the same browser
    let again = found.as_ref().is_err_and(|refusal| refusal.code == "busy");
    let mut response = match found {
        Ok(code) => {
            let typed = Typed::default().with("code", &code);
            let w = visit.words;
            let above = notice(w, Tone::Ok, w.t("verify-done"), &html! { p { (w.t("verify-done-note")) } });
            page_with(&visit, &facts, (&typed, first(facts.poll(), &typed)), None, &above)
        }
        Err(refusal) => refused(&visit, &facts, Some(&refusal)),
    };
    if !again {
        let (name, value) = brief::set(&rim, COOKIE, "", 0);
        response.headers_mut().append(name, value);
    }
    Ok(response)
}

/// The code of the row to which the provider's answer leads.
async fn come_back(
    rim: &Rim,
    id: &PollId,
    brought: &Brought,
    browser: &str,
) -> Result<Result<String, Refusal>, Problem> {
    // before the state is used up
    let place = match Place::take() {
        Ok(place) => place,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let (cx, key, state, browser) = (rim.context(Actor::Voter), id.clone(), brought.state.clone(), browser.to_owned());
    let taken = rim.db.write(move |tx| begin::take_back(tx, &cx, &key, (&state, &browser))).await?;
    let back = match taken {
        Ok(back) => back,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if !brought.error.is_empty() || brought.code.is_empty() || brought.code.len() > MAX_CODE {
        return Ok(Err(Refusal::new(Kind::Forbidden, "verify-declined")));
    }
    if !brought.iss.is_empty() && brought.iss != back.issuer {
        return Ok(Err(Refusal::new(Kind::Forbidden, "verify-untrusted")));
    }
    let verifiers = &rim.settings.verifiers;
    let provider = verifiers.providers.iter().find(|provider| provider.issuer == back.issuer).cloned();
    let provider = provider.ok_or_else(off)?;
    let (asks, now) = (provider.clone(), rim.context(Actor::Voter).now);
    let found = match subject(place, (asks, back_to(rim)), (brought.code.clone(), back), now).await {
        Ok(value) => Subject::of(&verifiers.key, id, &provider, &value),
        Err(refusal) => return Ok(Err(refusal)),
    };
    let (cx, key) = (rim.context(Actor::Voter), id.clone());
    shown(rim.db.write(move |tx| admit(tx, &mut cx.clone(), &key, found)).await)
}

/// The ballot's page with what was refused, and the other ways to vote.
fn refused(visit: &Visit, facts: &Facts, refusal: Option<&Refusal>) -> Response {
    let typed = Typed::default();
    page_with(visit, facts, (&typed, first(facts.poll(), &typed)), refusal, &Markup::default())
}

#[cfg(feature = "oidc")]
mod asked {
    use kernel::{Instant, Kind};
    use tokio::sync::{Semaphore, SemaphorePermit};

    use super::{Back, Errand, Provider, Refusal};
    use crate::verify::{provider, unreachable};

    static PLACES: Semaphore = Semaphore::const_new(16);

    /// One of the questions to providers that are asked at a time: each holds a thread until the provider answers.
    pub struct Place(SemaphorePermit<'static>);

    impl Place {
        pub fn take() -> Result<Place, Refusal> {
            PLACES.try_acquire().map(Place).map_err(|_| Refusal::new(Kind::Conflict, "busy"))
        }

        async fn ask<T: Send + 'static>(
            self,
            ask: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
        ) -> Result<T, Refusal> {
            // the place goes with the question: whoever asked may have gone meanwhile
            let held = move || {
                let _place = self.0;
                ask()
            };
            tokio::task::spawn_blocking(held).await.unwrap_or_else(|_| Err(unreachable()))
        }
    }

    pub async fn way(place: Place, provider: Provider, redirect: String, errand: Errand) -> Result<String, Refusal> {
        place.ask(move || provider::way(&provider, &redirect, &errand)).await
    }

    pub async fn subject(
        place: Place,
        (provider, redirect): (Provider, String),
        (code, back): (String, Back),
        now: Instant,
    ) -> Result<String, Refusal> {
        place.ask(move || provider::subject(&provider, &redirect, (&code, &back), now)).await
    }
}

/// A program that was built without the protocol asks nobody.
#[cfg(not(feature = "oidc"))]
mod asked {
    use kernel::Instant;

    use super::{Back, Errand, Provider, Refusal};
    use crate::verify::unreachable;

    pub struct Place;

    impl Place {
        pub fn take() -> Result<Place, Refusal> {
            Err(unreachable())
        }
    }

    pub async fn way(_: Place, _: Provider, _: String, _: Errand) -> Result<String, Refusal> {
        Err(unreachable())
    }

    pub async fn subject(_: Place, _: (Provider, String), _: (String, Back), _: Instant) -> Result<String, Refusal> {
        Err(unreachable())
    }
}
