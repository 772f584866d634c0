//! Signing in: a number, a code, and where several share the number, who. One field a page.

use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kernel::{Actor, PersonId, PlaceId, Refusal, Role};
use serde::Deserialize;
use ui::{
    Markup, html,
    parts::{Choice, Field, Input, Weight, acts, button, link_button, select, sheet},
};
use web::{Fields, Problem, Rim, Visit, in_query};

use super::shown::{Line, code_line, demo_code, device, form, page, run, shown, to, token, told, top, way_back};
use crate::{
    account::{
        self, Contact, Ticket,
        ask::{self, AskCode, Purpose, Sent},
        enter::{self, Enter, Who},
        password::{self, PasswordSignIn},
        prove::{self, Prove},
    },
    post,
    session::{self, Token},
};

/// Everything that the forms of signing in send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    next: String,
    by: String,
    contact: String,
    challenge: String,
    code: String,
    ticket: String,
    person: String,
    name: String,
    place: String,
}

/// Of the password's form; never shown by `Debug`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct TypedPassword {
    next: String,
    contact: String,
    password: String,
}

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Next {
    next: String,
    by: String,
}

/// `GET /sign-in`: no statement.
pub(crate) async fn ask(visit: Visit, Query(next): Query<Next>) -> Response {
    if visit.me.is_some() {
        return to(way_back(&next.next));
    }
    contact_page(&visit, &Typed { next: next.next, by: next.by, ..Typed::default() }, None)
}

fn contact_page(visit: &Visit, typed: &Typed, refusal: Option<&Refusal>) -> Response {
    let w = visit.words;
    let next = way_back(&typed.next);
    // the number keys of a phone have no letters
    let by_mail = typed.by == "mail" || typed.contact.contains('@');
    let line = Line {
        name: "contact",
        label: w.t(if by_mail { "sign-in-mail" } else { "sign-in-phone" }),
        hint: w.t(if by_mail { "sign-in-mail-hint" } else { "sign-in-contact-hint" }),
        value: &typed.contact,
        input: if by_mail { Input::Line } else { Input::Phone },
        most: 120,
        required: true,
    };
    let body = html! { (line.show(w, refusal)) (acts(&[button(Weight::First, w.t("sign-in-send"))])) };
    let password = format!("/sign-in/password?next={}", in_query(next));
    let (other, label) = if by_mail { ("", "sign-in-by-phone") } else { ("&by=mail", "sign-in-by-mail") };
    let body = html! {
        (top(w.t("sign-in-title"), w.t("sign-in-lead")))
        (told(w, refusal))
        (form(visit, "/sign-in", &[("next", next)], &body))
        p { a href={ "/sign-in?next=" (in_query(next)) (other) } { (w.t(label)) } }
        p { a href=(password) { (w.t("sign-in-by-password")) } }
        @if !visit.demo_people().is_empty() { (cast(visit, next)) }
    };
    page(visit, w.t("sign-in-title"), &body, refusal)
}

/// Those who live and work in a demonstration: a button each, so that every role can be tried.
fn cast(visit: &Visit, next: &str) -> Markup {
    let w = visit.words;
    let list = html! {
        p { (w.t("demo-cast-lead")) }
        @for (word, phone) in visit.demo_people() {
            (form(visit, "/sign-in", &[("next", next), ("contact", phone)],
                &acts(&[button(Weight::Plain, w.t(&format!("demo-as-{word}")))])))
        }
    };
    sheet(w.t("demo-cast"), &list)
}

/// `POST /sign-in`: sends a code, whoever it is.
pub(crate) async fn send(
    State(rim): State<Rim>,
    visit: Visit,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let input = AskCode {
        contact: typed.contact.clone(),
        purpose: Purpose::SignIn,
        locale: visit.locale(),
        network: visit.network(),
    };
    Ok(match shown(run(&rim.db, &cx, move |tx, cx| ask::ask(tx, cx, &input)).await)? {
        Ok(sent) => code_page(&rim, &visit, &typed, &Told { sent: Some(&sent), contact: &sent.contact, refusal: None }),
        Err(refusal) => contact_page(&visit, &typed, Some(&refusal)),
    })
}

struct Told<'a> {
    sent: Option<&'a Sent>,
    contact: &'a Contact,
    refusal: Option<&'a Refusal>,
}

fn code_page(rim: &Rim, visit: &Visit, typed: &Typed, told_: &Told<'_>) -> Response {
    let w = visit.words;
    let (contact, next) = (told_.contact, way_back(&typed.next));
    let challenge = told_.sent.map_or_else(|| typed.challenge.clone(), |sent| sent.challenge.to_text());
    let again = [("next", next), ("contact", contact.as_str())];
    let hidden = [again[0], again[1], ("challenge", &challenge)];
    let lead = w.t_with("sign-in-code-lead", &[("contact", (&contact.masked()).into())]);
    let body = html! { (code_line(w, told_.refusal)) (acts(&[button(Weight::First, w.t("sign-in-go"))])) };
    let body = html! {
        (top(w.t("sign-in-code-title"), &lead))
        (told(w, told_.refusal))
        (demo_code(w, told_.sent.and_then(|sent| sent.shown(rim.settings.demo))))
        (form(visit, "/sign-in/code", &hidden, &body))
        (super::shown::press(visit, "/sign-in", &again, w.t("sign-in-again")))
    };
    page(visit, w.t("sign-in-code-title"), &body, told_.refusal)
}

/// `POST /sign-in/code`: in, where one person uses the number; else the question who.
pub(crate) async fn prove(
    State(rim): State<Rim>,
    visit: Visit,
    headers: HeaderMap,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let input = Prove {
        contact: typed.contact.clone(),
        challenge: typed.challenge.clone(),
        code: typed.code.clone(),
        purpose: Purpose::SignIn,
    };
    let proved = run(&rim.db, &cx, move |tx, cx| prove::prove(tx, cx, &input)).await;
    let ticket = match shown(proved.and_then(|proved| Ok(proved.ticket()?)))? {
        Ok(ticket) => ticket,
        Err(refusal) => {
            let Some(contact) = Contact::parse(&typed.contact) else {
                return Ok(contact_page(&visit, &typed, Some(&refusal)));
            };
            let told = Told { sent: None, contact: &contact, refusal: Some(&refusal) };
            return Ok(code_page(&rim, &visit, &typed, &told));
        }
    };
    let facts = facts(&rim, &visit, &ticket).await?;
    if let [(only, _)] = facts.persons.as_slice() {
        let input = Enter { ticket, who: Who::Known(only.clone()), device: device(&headers) };
        let (token, person) = run(&rim.db, &cx, move |tx, cx| enter::enter(tx, cx, &input)).await?;
        return inside(&rim, &headers, (&token, &person), &typed.next).await;
    }
    Ok(who_page(&visit, &ticket, &facts, (&typed, None)))
}

/// Whom the number serves, and the places to choose from.
struct Facts {
    persons: Vec<(PersonId, String)>,
    places: Vec<places::Place>,
}

async fn facts(rim: &Rim, visit: &Visit, ticket: &Ticket) -> Result<Facts, Problem> {
    let (cx, ticket) = (rim.context_of(visit), ticket.clone());
    let read = rim.db.read(move |s| {
        let (_, persons) = enter::choices(s, &cx, &ticket)?;
        let roots = places::queries::list(s, None)?;
        let places = match roots.as_slice() {
            [root] => places::queries::list(s, Some(&root.id))?,
            _ => roots,
        };
        Ok::<_, db::Fault>(Facts { persons: account::queries::names(s, &persons)?, places })
    });
    Ok(read.await?)
}

fn who_page(visit: &Visit, ticket: &Ticket, facts: &Facts, state: (&Typed, Option<&Refusal>)) -> Response {
    let (w, (typed, refusal)) = (visit.words, state);
    let (ticket, next) = (ticket.to_text(), way_back(&typed.next));
    let hidden = [("ticket", ticket.as_str()), ("next", next)];
    let several = !facts.persons.is_empty();
    let persons = html! {
        @for (person, name) in &facts.persons {
            (form(visit, "/sign-in/who", &[hidden[0], hidden[1], ("person", person.as_str())],
                &acts(&[button(Weight::First, name)])))
        }
    };
    let somebody_new = new_form(visit, &hidden, facts, state);
    let title = w.t(if several { "sign-in-who-title" } else { "sign-in-new-title" });
    let body = html! {
        (top(title, w.t(if several { "sign-in-who-lead" } else { "sign-in-new-lead" })))
        (told(w, refusal))
        @if several { (persons) (sheet(w.t("sign-in-new-title"), &somebody_new)) } @else { (somebody_new) }
    };
    page(visit, title, &body, refusal)
}

fn new_form(visit: &Visit, hidden: &[(&str, &str)], facts: &Facts, state: (&Typed, Option<&Refusal>)) -> Markup {
    let (w, (typed, refusal)) = (visit.words, state);
    let name = Line {
        name: "name",
        label: w.t("sign-in-name"),
        hint: "",
        value: &typed.name,
        input: Input::Name,
        most: 60,
        required: true,
    };
    let ids: Vec<(String, &str)> = facts.places.iter().map(|p| (p.id.to_string(), p.shown.as_str())).collect();
    let choices: Vec<Choice<'_>> = ids.iter().map(|(id, name)| Choice { value: id, label: name, more: "" }).collect();
    let place =
        Field { name: "place", label: w.t("sign-in-place"), value: &typed.place, required: false, ..Field::default() };
    let body = html! {
        (name.show(w, refusal))
        @if choices.len() > 1 { (select(w, &place, &choices)) }
        (acts(&[button(Weight::First, w.t("sign-in-new-go"))]))
    };
    form(visit, "/sign-in/who", hidden, &body)
}

/// `POST /sign-in/who`: in, as one of those the number serves or as somebody new.
pub(crate) async fn who(
    State(rim): State<Rim>,
    visit: Visit,
    headers: HeaderMap,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let gone = || Refusal::new(kernel::Kind::Conflict, "code-gone");
    let Some(ticket) = Ticket::parse(&typed.ticket) else { return Ok(contact_page(&visit, &typed, Some(&gone()))) };
    let who = match typed.person.parse::<PersonId>() {
        Ok(person) => Who::Known(person),
        Err(_) => Who::Named { name: typed.name.clone(), place: typed.place.parse::<PlaceId>().ok() },
    };
    let cx = rim.context_of(&visit);
    let input = Enter { ticket: ticket.clone(), who, device: device(&headers) };
    match shown(run(&rim.db, &cx, move |tx, cx| enter::enter(tx, cx, &input)).await)? {
        Ok((token, person)) => inside(&rim, &headers, (&token, &person), &typed.next).await,
        Err(refusal) if refusal.code == "code-gone" => Ok(contact_page(&visit, &typed, Some(&refusal))),
        Err(refusal) => {
            let facts = facts(&rim, &visit, &ticket).await?;
            Ok(who_page(&visit, &ticket, &facts, (&typed, Some(&refusal))))
        }
    }
}

/// In: back to where they came from; whoever works here, and came from nowhere, to what is due. The session that this
/// browser had before ends: its cookie is about to be overwritten, and nobody could sign out of it any more.
async fn inside(
    rim: &Rim,
    headers: &HeaderMap,
    (token, person): (&Token, &PersonId),
    next: &str,
) -> Result<Response, Problem> {
    // the second half of a double tap comes with the session that it asks for
    if let Some(before) = super::shown::token(headers, rim).filter(|before| before != token) {
        rim.db.write(move |tx| session::end::this(tx, &before)).await?;
    }
    let (way, person, cx) = (way_back(next), person.clone(), rim.context(Actor::Visitor));
    let posts = match way {
        "/" => rim.db.read(move |s| post::in_force(s, &person, &cx.day)).await?,
        _ => Vec::new(),
    };
    let at_work = posts.iter().any(|post| matches!(post.role, Role::Worker | Role::Secretary | Role::Officer));
    Ok(([web::session::start(rim, &token.0)], to(if at_work { "/due" } else { way })).into_response())
}

/// `GET /sign-in/password`: no statement.
pub(crate) async fn password(visit: Visit, Query(next): Query<Next>) -> Response {
    password_page(&visit, (&next.next, ""), None)
}

fn password_page(visit: &Visit, typed: (&str, &str), refusal: Option<&Refusal>) -> Response {
    let (w, next) = (visit.words, way_back(typed.0));
    let contact = Line {
        name: "contact",
        label: w.t("sign-in-contact"),
        hint: "",
        value: typed.1,
        input: Input::Line,
        most: 120,
        required: true,
    };
    let password = Line {
        name: "password",
        label: w.t("sign-in-password"),
        hint: "",
        value: "",
        input: Input::Password,
        most: 128,
        required: true,
    };
    let body = html! {
        (contact.show(w, refusal))
        (password.show(w, refusal))
        (acts(&[button(Weight::First, w.t("sign-in-go"))]))
    };
    let body = html! {
        (top(w.t("sign-in-by-password"), ""))
        (told(w, refusal))
        (form(visit, "/sign-in/password", &[("next", next)], &body))
        p { a href={ "/sign-in?next=" (in_query(next)) } { (w.t("sign-in-by-code")) } }
    };
    page(visit, w.t("sign-in-by-password"), &body, refusal)
}

/// `POST /sign-in/password`.
pub(crate) async fn by_password(
    State(rim): State<Rim>,
    visit: Visit,
    headers: HeaderMap,
    Fields(typed): Fields<TypedPassword>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let TypedPassword { next, contact, password } = typed;
    let input = PasswordSignIn { contact: contact.clone(), password, device: device(&headers) };
    Ok(match shown(password::sign_in(&rim.db, &cx, &input).await)? {
        Ok((token, person)) => inside(&rim, &headers, (&token, &person), &next).await?,
        Err(refusal) => password_page(&visit, (&next, &contact), Some(&refusal)),
    })
}

/// `GET /sign-out`: asks, for a link must not change anything.
pub(crate) async fn leave(visit: Visit) -> Response {
    let w = visit.words;
    let body = html! { (acts(&[button(Weight::First, w.t("sign-out")), link_button(Weight::Plain, "/me", w.t("btn-cancel"))])) };
    let body = html! { (top(w.t("sign-out-title"), w.t("sign-out-lead"))) (form(&visit, "/sign-out", &[], &body)) };
    page(&visit, w.t("sign-out-title"), &body, None)
}

/// `POST /sign-out`.
pub(crate) async fn left(
    State(rim): State<Rim>,
    headers: HeaderMap,
    Fields(_): Fields<Next>,
) -> Result<Response, Problem> {
    if let Some(token) = token(&headers, &rim) {
        rim.db.write(move |tx| session::end::this(tx, &token)).await?;
    }
    Ok(([web::session::end(&rim)], to("/")).into_response())
}
