//! Acting for one another.

use axum::{extract::State, http::HeaderMap, response::Response};
use kernel::{Kind, PersonId, Refusal};
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{CheckList, Choice, Field, Input, Tone, Weight, acts, button, checks, notice, sheet, tag},
};
use web::{Fields, Problem, Rim, SignedIn, Visit};

use super::shown::{Line, code_line, demo_code, form, page, press, run, shown, to, token, told, top};
use crate::{
    account::{
        Contact,
        ask::{self, AskCode, Purpose as CodeFor, Sent},
        prove::{self, Prove},
    },
    consent::{
        self, ConsentId, Purpose,
        agree::{self, Agree, Side},
        queries::Bound,
    },
    session::switch,
};

/// What the forms send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    contact: String,
    name: String,
    side: String,
    challenge: String,
    code: String,
    /// For whom to act; empty for oneself.
    giver: String,
    consent: String,
    purpose: String,
}

impl Typed {
    fn side(&self) -> Side {
        if self.side == "lets-act" { Side::LetsAct } else { Side::ActsFor }
    }

    fn side_word(&self) -> &'static str {
        if self.side() == Side::LetsAct { "lets-act" } else { "acts-for" }
    }
}

/// `GET /me/family`.
pub(crate) async fn show(State(rim): State<Rim>, SignedIn(visit): SignedIn) -> Result<Response, Problem> {
    family_page(&rim, &visit, &Typed::default(), None).await
}

async fn family_page(rim: &Rim, visit: &Visit, typed: &Typed, refusal: Option<&Refusal>) -> Result<Response, Problem> {
    let cx = rim.context_of(visit);
    let (taken, given) = rim.db.read(move |s| consent::queries::bound(s, &cx)).await?;
    let (theirs, shown): (Vec<Bound>, Vec<Bound>) = given.into_iter().partition(|b| b.consent.purpose.is_to_one());
    let w = visit.words;
    let body = html! {
        (top(w.t("family-title"), w.t("family-lead")))
        (told(w, refusal))
        @if let Some(behalf) = &visit.behalf {
            @let name = taken.iter().find(|b| b.consent.giver == behalf.person).map_or("", |b| b.name.as_str());
            (notice(w, Tone::Due, "", &html! { p { (w.t_with("family-now", &[("name", name.into())])) } }))
            (press(visit, "/me/family/act", &[], w.t("family-stop")))
        }
        (sheet(w.t("family-mine"), &listed(visit, &taken, true)))
        (sheet(w.t("family-theirs"), &listed(visit, &theirs, false)))
        (sheet(w.t("family-new"), &new_form(visit, typed, refusal)))
        (sheet(w.t("family-show"), &to_show(visit, &shown)))
    };
    Ok(page(visit, w.t("family-title"), &body, refusal))
}

fn listed(visit: &Visit, list: &[Bound], mine: bool) -> Markup {
    let w = visit.words;
    html! {
        @if list.is_empty() { p { (w.t("family-none")) } }
        ul {
            @for bound in list {
                li {
                    (bound.name)
                    @if mine {
                        (press(visit, "/me/family/act", &[("giver", bound.consent.giver.as_str())],
                            &w.t_with("family-act", &[("name", (&bound.name).into())])))
                    }
                    (press(visit, "/me/family/end", &[("consent", bound.consent.id.as_str())], w.t("family-end")))
                }
            }
        }
    }
}

/// What concerns oneself alone: a button to agree, or to take it back.
fn to_show(visit: &Visit, given: &[Bound]) -> Markup {
    let w = visit.words;
    html! {
        @for purpose in Purpose::all().filter(|purpose| !purpose.is_to_one()) {
            @let word = purpose.as_str();
            @let held = given.iter().find(|b| b.consent.purpose == purpose && b.consent.version == purpose.version());
            h3 {
                (w.t(&format!("purpose-{word}")))
                @if held.is_some() { " " (tag(Tone::Ok, w.t("family-agreed"))) }
            }
            p.small { (w.t(&format!("purpose-{word}-text"))) }
            @match held {
                Some(bound) => {
                    (press(visit, "/me/family/end", &[("consent", bound.consent.id.as_str())], w.t("family-end")))
                }
                None => { (press(visit, "/me/family/show", &[("purpose", word)], w.t("family-agree"))) }
            }
        }
    }
}

fn new_form(visit: &Visit, typed: &Typed, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let sides = [("acts-for", "family-side-acts-for"), ("lets-act", "family-side-lets-act")];
    let sides = sides.map(|(value, key)| Choice { value, label: w.t(key), more: "" });
    let field = Field { name: "side", label: w.t("family-side"), required: true, ..Field::default() };
    let side = CheckList { field, choices: &sides, chosen: &[typed.side_word()], one: true };
    let line = |name, label, value, input, most| Line {
        name,
        label: w.t(label),
        hint: "",
        value,
        input,
        most,
        required: true,
    };
    let body = html! {
        p.small { (w.t("purpose-act-for-text")) }
        (checks(w, &side))
        (line("name", "family-name", &typed.name, Input::Line, 60).show(w, refusal))
        (line("contact", "family-contact", &typed.contact, Input::Phone, 120).show(w, refusal))
        (acts(&[button(Weight::First, w.t("family-send"))]))
    };
    form(visit, "/me/family", &[], &body)
}

/// `POST /me/family`: sends the other one a code.
pub(crate) async fn send(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let (contact, locale) = (typed.contact.clone(), visit.locale());
    let input = AskCode { contact, purpose: CodeFor::Agree, locale, network: visit.network() };
    match shown(run(&rim.db, &cx, move |tx, cx| ask::ask(tx, cx, &input)).await)? {
        Ok(sent) => Ok(code_page(&rim, &visit, (&typed, &sent.contact), (Some(&sent), None))),
        Err(refusal) => family_page(&rim, &visit, &typed, Some(&refusal)).await,
    }
}

fn code_page(rim: &Rim, visit: &Visit, what: (&Typed, &Contact), state: (Option<&Sent>, Option<&Refusal>)) -> Response {
    let (w, (typed, contact)) = (visit.words, what);
    let challenge = state.0.map_or_else(|| typed.challenge.clone(), |sent| sent.challenge.to_text());
    let hidden = [
        ("contact", contact.as_str()),
        ("challenge", &challenge),
        ("name", typed.name.as_str()),
        ("side", typed.side_word()),
    ];
    let lead = w.t_with("family-code-lead", &[("contact", (&contact.masked()).into())]);
    let body = html! { (code_line(w, state.1)) (acts(&[button(Weight::First, w.t("family-go"))])) };
    let body = html! {
        (top(w.t("sign-in-code-title"), &lead))
        (told(w, state.1))
        (demo_code(w, state.0.and_then(|sent| sent.shown(rim.settings.demo))))
        (form(visit, "/me/family/code", &hidden, &body))
    };
    page(visit, w.t("sign-in-code-title"), &body, state.1)
}

/// `POST /me/family/code`: the two are agreed.
pub(crate) async fn prove(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let input = Prove {
        contact: typed.contact.clone(),
        challenge: typed.challenge.clone(),
        code: typed.code.clone(),
        purpose: CodeFor::Agree,
    };
    let proved = run(&rim.db, &cx, move |tx, cx| prove::prove(tx, cx, &input)).await;
    let agreed = match proved.and_then(|proved| Ok(proved.ticket()?)) {
        Ok(ticket) => {
            let input = Agree { ticket, name: typed.name.clone(), side: typed.side() };
            run(&rim.db, &cx, move |tx, cx| agree::agree(tx, cx, &input)).await
        }
        Err(fault) => Err(fault),
    };
    match (shown(agreed)?, Contact::parse(&typed.contact)) {
        (Ok(_), _) => Ok(to("/me/family")),
        (Err(refusal), Some(contact)) => Ok(code_page(&rim, &visit, (&typed, &contact), (None, Some(&refusal)))),
        (Err(refusal), None) => family_page(&rim, &visit, &typed, Some(&refusal)).await,
    }
}

/// `POST /me/family/act`: from now on this session acts for somebody, or for nobody.
pub(crate) async fn act(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    headers: HeaderMap,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let giver = typed.giver.parse::<PersonId>().ok();
    if let Some(token) = token(&headers, &rim) {
        let switched = run(&rim.db, &cx, move |tx, cx| switch::switch(tx, cx, &token, giver.as_ref())).await;
        if let Err(refusal) = shown(switched)? {
            return family_page(&rim, &visit, &Typed::default(), Some(&refusal)).await;
        }
    }
    Ok(to("/me/family"))
}

/// `POST /me/family/show`: agrees that one's name or photos may be shown.
pub(crate) async fn agree_to_show(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let purpose: Purpose = typed.purpose.parse().map_err(|()| Refusal::new(Kind::Conflict, "wrong-purpose"))?;
    run(&rim.db, &cx, move |tx, cx| consent::give::give(tx, cx, purpose)).await?;
    Ok(to("/me/family"))
}

/// `POST /me/family/end`.
pub(crate) async fn end(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    if let Ok(id) = typed.consent.parse::<ConsentId>() {
        run(&rim.db, &cx, move |tx, cx| consent::end::end(tx, cx, &id)).await?;
    }
    Ok(to("/me/family"))
}
