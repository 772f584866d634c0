//! One's own account.

use axum::{
    extract::{Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use kernel::Refusal;
use serde::Deserialize;
use ui::{
    Locale, Markup, Words, html,
    parts::{CheckList, Choice, Field, Input, Tone, Weight, acts, button, checks, flash, link_button, sheet, tag},
};
use web::{Fields, Problem, Rim, SignedIn, Visit};

use super::shown::{Line, code_line, demo_code, form, page, press, run, shown, to, token, told, top};
use crate::account::{
    Account, Contact, Reached, VerifiedHow, add_contact,
    ask::{self, AskCode, Purpose, Sent},
    erasure, password, prove,
    prove::Prove,
    queries, remove_contact,
    rename::{self, Rename},
    rules,
    set_password::{self, SetPassword},
    settings::{self, View},
};

/// Whether something was just saved.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Saved {
    saved: String,
}

/// What the contact forms send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct TypedContact {
    contact: String,
    challenge: String,
    code: String,
}

/// What the password's form sends; never shown by `Debug`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct TypedPassword {
    now: String,
    new: String,
    others: String,
}

/// What a page shows besides the account.
#[derive(Default)]
struct Shown<'a> {
    saved: bool,
    refusal: Option<&'a Refusal>,
    names: Option<&'a Rename>,
}

async fn facts(rim: &Rim, visit: &Visit) -> Result<(Account, Vec<Reached>), Problem> {
    let cx = rim.context_of(visit);
    Ok(rim.db.read(move |s| queries::mine(s, &cx)).await?)
}

/// `GET /me`: two statements.
pub(crate) async fn show(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Query(saved): Query<Saved>,
) -> Result<Response, Problem> {
    let (account, contacts) = facts(&rim, &visit).await?;
    let state = Shown { saved: !saved.saved.is_empty(), ..Shown::default() };
    Ok(me_page(&visit, &account, &contacts, &state))
}

async fn again(rim: &Rim, visit: &Visit, state: &Shown<'_>) -> Result<Response, Problem> {
    let (account, contacts) = facts(rim, visit).await?;
    Ok(me_page(visit, &account, &contacts, state))
}

fn me_page(visit: &Visit, account: &Account, contacts: &[Reached], state: &Shown<'_>) -> Response {
    let w = visit.words;
    let body = html! {
        (top(w.t("me-title"), w.t("me-lead")))
        @if state.saved { (flash(Tone::Ok, w.t("me-saved"))) }
        (told(w, state.refusal))
        (acts(&[
            link_button(Weight::Plain, "/me/devices", w.t("me-devices")),
            link_button(Weight::Plain, "/me/family", w.t("family-title")),
            link_button(Weight::Plain, "/me/roles", w.t("me-roles-link")),
            link_button(Weight::Plain, "/me/password", w.t("me-password")),
            link_button(Weight::Plain, "/sign-out", w.t("sign-out")),
        ]))
        (sheet(w.t("me-contacts"), &contact_list(visit, account, contacts, state.refusal)))
        (sheet(w.t("me-names"), &name_form(visit, account, state)))
        (sheet(w.t("me-view"), &view_form(visit, account)))
        (sheet(w.t("me-data"), &data(visit, account)))
    };
    page(visit, w.t("me-title"), &body, state.refusal)
}

fn verified(w: Words, how: VerifiedHow) -> Markup {
    let (tone, key) = match how {
        VerifiedHow::No => (Tone::Due, "me-verified-no"),
        VerifiedHow::Email => (Tone::Due, "me-verified-email"),
        VerifiedHow::Phone => (Tone::Ok, "me-verified-phone"),
        VerifiedHow::Desk => (Tone::Ok, "me-verified-desk"),
    };
    html! {
        p { (tag(tone, w.t(key))) }
        @if !how.is_verified() { p.small { (w.t("me-verified-hint")) } }
    }
}

fn contact_list(visit: &Visit, account: &Account, contacts: &[Reached], refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let line = Line {
        name: "contact",
        label: w.t("me-contact-new"),
        hint: "",
        value: "",
        input: Input::Line,
        most: 120,
        required: true,
    };
    let new = html! { (line.show(w, refusal)) (acts(&[button(Weight::Plain, w.t("sign-in-send"))])) };
    html! {
        (verified(w, account.verified))
        ul {
            @for reached in contacts {
                li {
                    (reached.contact.masked())
                    @if reached.verified_day.is_none() { " " (tag(Tone::Due, w.t("me-contact-unread"))) }
                    (press(visit, "/me/contacts/remove", &[("contact", reached.contact.as_str())], w.t("btn-delete")))
                }
            }
        }
        (form(visit, "/me/contacts", &[], &new))
    }
}

fn name_form(visit: &Visit, account: &Account, state: &Shown<'_>) -> Markup {
    let w = visit.words;
    let (name, shown) = match state.names {
        Some(typed) => (&typed.name, &typed.shown_name),
        None => (&account.name, &account.shown_name),
    };
    let name = Line {
        name: "name",
        label: w.t("me-name"),
        hint: w.t("me-name-hint"),
        value: name,
        input: Input::Name,
        most: 60,
        required: true,
    };
    let shown = Line {
        name: "shown-name",
        label: w.t("me-shown"),
        hint: w.t("me-shown-hint"),
        value: shown,
        input: Input::Line,
        most: 30,
        required: false,
    };
    let body = html! {
        (name.show(w, state.refusal))
        (shown.show(w, state.refusal))
        (acts(&[button(Weight::Plain, w.t("btn-save"))]))
    };
    form(visit, "/me/names", &[], &body)
}

fn view_form(visit: &Visit, account: &Account) -> Markup {
    let w = visit.words;
    let of = |name, label| Field { name, label, required: true, ..Field::default() };
    let mut languages = vec![Choice { value: "", label: w.t("me-language-auto"), more: "" }];
    languages.extend(Locale::ALL.iter().map(|l| Choice { value: l.tag(), label: l.own_name(), more: "" }));
    let views = [("", "me-elder-auto"), ("elder", "me-elder-on"), ("plain", "me-elder-off")];
    let views = views.map(|(value, key)| Choice { value, label: w.t(key), more: "" });
    let view = match account.elder {
        None => "",
        Some(true) => "elder",
        Some(false) => "plain",
    };
    let language = [account.language.as_str()];
    let language =
        CheckList { field: of("language", w.t("me-language")), choices: &languages, chosen: &language, one: true };
    let view = CheckList { field: of("view", w.t("me-elder")), choices: &views, chosen: &[view], one: true };
    let body = html! { (checks(w, &language)) (checks(w, &view)) (acts(&[button(Weight::Plain, w.t("btn-save"))])) };
    form(visit, "/me/view", &[], &body)
}

fn data(visit: &Visit, account: &Account) -> Markup {
    let w = visit.words;
    html! {
        p { (w.t("me-data-lead")) }
        (acts(&[link_button(Weight::Plain, "/me/data.json", w.t("me-data-take"))]))
        @match &account.erasure_asked {
            Some(day) => { p { (w.t_with("me-erase-asked", &[("day", day.as_str().into())])) } }
            None => { (press(visit, "/me/erasure", &[], w.t("me-erase"))) }
        }
    }
}

/// `POST /me/names`.
pub(crate) async fn names(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<Rename>,
) -> Result<Response, Problem> {
    let (cx, input) = (rim.context_of(&visit), typed.clone());
    match shown(run(&rim.db, &cx, move |tx, cx| rename::rename(tx, cx, &input)).await)? {
        Ok(()) => Ok(to("/me?saved=1")),
        Err(refusal) => {
            let state = Shown { refusal: Some(&refusal), names: Some(&typed), ..Shown::default() };
            again(&rim, &visit, &state).await
        }
    }
}

/// `POST /me/view`. The language takes effect at once.
pub(crate) async fn view(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<View>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let language = typed.language.clone();
    match shown(run(&rim.db, &cx, move |tx, cx| settings::settings(tx, cx, &typed)).await)? {
        Ok(()) if language.is_empty() => Ok(to("/me?saved=1")),
        Ok(()) => Ok(to(&format!("/me?saved=1&lang={language}"))),
        Err(refusal) => again(&rim, &visit, &Shown { refusal: Some(&refusal), ..Shown::default() }).await,
    }
}

/// `POST /me/contacts`: sends a code to a new contact.
pub(crate) async fn send(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<TypedContact>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let input = AskCode {
        contact: typed.contact,
        purpose: Purpose::AddContact,
        locale: visit.locale(),
        network: visit.network(),
    };
    match shown(run(&rim.db, &cx, move |tx, cx| ask::ask(tx, cx, &input)).await)? {
        Ok(sent) => {
            let challenge = sent.challenge.to_text();
            Ok(code_page(&rim, &visit, (&sent.contact, &challenge), (Some(&sent), None)))
        }
        Err(refusal) => again(&rim, &visit, &Shown { refusal: Some(&refusal), ..Shown::default() }).await,
    }
}

fn code_page(rim: &Rim, visit: &Visit, asked: (&Contact, &str), state: (Option<&Sent>, Option<&Refusal>)) -> Response {
    let (w, (contact, challenge)) = (visit.words, asked);
    let again = [("contact", contact.as_str())];
    let hidden = [again[0], ("challenge", challenge)];
    let lead = w.t_with("sign-in-code-lead", &[("contact", (&contact.masked()).into())]);
    let body = html! { (code_line(w, state.1)) (acts(&[button(Weight::First, w.t("btn-confirm"))])) };
    let body = html! {
        (top(w.t("sign-in-code-title"), &lead))
        (told(w, state.1))
        (demo_code(w, state.0.and_then(|sent| sent.shown(rim.settings.demo))))
        (form(visit, "/me/contacts/code", &hidden, &body))
        (press(visit, "/me/contacts", &again, w.t("sign-in-again")))
    };
    page(visit, w.t("sign-in-code-title"), &body, state.1)
}

/// `POST /me/contacts/code`: the contact is one's own.
pub(crate) async fn prove(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<TypedContact>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let input = Prove {
        contact: typed.contact.clone(),
        challenge: typed.challenge.clone(),
        code: typed.code,
        purpose: Purpose::AddContact,
    };
    let proved = run(&rim.db, &cx, move |tx, cx| prove::prove(tx, cx, &input)).await;
    let added = match proved.and_then(|proved| Ok(proved.ticket()?)) {
        Ok(ticket) => run(&rim.db, &cx, move |tx, cx| add_contact::add_contact(tx, cx, &ticket)).await,
        Err(fault) => Err(fault),
    };
    match shown(added)? {
        Ok(_) => Ok(to("/me?saved=1")),
        Err(refusal) => match Contact::parse(&typed.contact) {
            Some(contact) => Ok(code_page(&rim, &visit, (&contact, &typed.challenge), (None, Some(&refusal)))),
            None => again(&rim, &visit, &Shown { refusal: Some(&refusal), ..Shown::default() }).await,
        },
    }
}

/// `POST /me/contacts/remove`.
pub(crate) async fn remove(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(typed): Fields<TypedContact>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let removed = run(&rim.db, &cx, move |tx, cx| remove_contact::remove_contact(tx, cx, &typed.contact)).await;
    match shown(removed)? {
        Ok(()) => Ok(to("/me?saved=1")),
        Err(refusal) => again(&rim, &visit, &Shown { refusal: Some(&refusal), ..Shown::default() }).await,
    }
}

/// `GET /me/password`.
pub(crate) async fn password(State(rim): State<Rim>, SignedIn(visit): SignedIn) -> Result<Response, Problem> {
    let (account, _) = facts(&rim, &visit).await?;
    Ok(password_page(&visit, account.has_password, None))
}

fn password_page(visit: &Visit, has_one: bool, refusal: Option<&Refusal>) -> Response {
    let w = visit.words;
    let line = |name, label, hint| Line {
        name,
        label: w.t(label),
        hint,
        value: "",
        input: Input::Password,
        most: 128,
        required: true,
    };
    let others = [Choice { value: "yes", label: w.t("me-password-others"), more: "" }];
    let others = CheckList {
        choices: &others,
        chosen: &["yes"],
        field: Field { name: "others", required: true, ..Field::default() },
        one: false,
    };
    let body = html! {
        @if has_one { (line("now", "me-password-now", "").show(w, refusal)) }
        (line("new", "me-password-new", w.t("me-password-hint")).show(w, refusal))
        (checks(w, &others))
        (acts(&[button(Weight::First, w.t("btn-save"))]))
    };
    let body = html! {
        (top(w.t("me-password"), w.t("me-password-lead")))
        (told(w, refusal))
        (form(visit, "/me/password", &[], &body))
    };
    page(visit, w.t("me-password"), &body, refusal)
}

/// `POST /me/password`.
pub(crate) async fn set_password(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    headers: HeaderMap,
    Fields(typed): Fields<TypedPassword>,
) -> Result<Response, Problem> {
    let (account, contacts) = facts(&rim, &visit).await?;
    match shown(change(&rim, &visit, &contacts, (token(&headers, &rim), typed)).await)? {
        Ok(()) => Ok(to("/me?saved=1")),
        Err(refusal) => Ok(password_page(&visit, account.has_password, Some(&refusal))),
    }
}

async fn change(
    rim: &Rim,
    visit: &Visit,
    contacts: &[Reached],
    typed: (Option<crate::session::Token>, TypedPassword),
) -> Result<(), db::Fault> {
    let (this, typed) = typed;
    let mut cx = rim.context_of(visit);
    rules::password("new", &typed.new, contacts)?;
    password::confirm(&rim.db, &cx, &typed.now).await?;
    let hashed = password::hash(typed.new, &mut cx.chance).await?;
    let input = SetPassword { password: Some(hashed), end_others: this.filter(|_| !typed.others.is_empty()) };
    run(&rim.db, &cx, move |tx, cx| set_password::set_password(tx, cx, &input)).await
}

/// `GET /me/data.json`.
pub(crate) async fn data_file(State(rim): State<Rim>, SignedIn(visit): SignedIn) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let data = rim.db.read(move |s| queries::export(s, &cx)).await?;
    let name = [(header::CONTENT_DISPOSITION, "attachment; filename=\"linli-my-data.json\"")];
    Ok((name, web::Json(data)).into_response())
}

/// `POST /me/erasure`.
pub(crate) async fn erasure(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    Fields(_): Fields<Saved>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    run(&rim.db, &cx, erasure::ask_erasure).await?;
    Ok(to("/me?saved=1"))
}
