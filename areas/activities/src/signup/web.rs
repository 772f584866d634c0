//! Pages of sign-ups: one's own; and for those who take the check-ins the list, on which a tap says that they came, and
//! the list pasted from a chat group.

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::{Query, State as Shared},
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::Refusal;
use programmes::page::{act, errors, form as page_form, press, shown, to};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Column, Field, Head, Input, Table, Tone, Weight, acts, apart, button, button_named, empty, flash, fold, head,
        link_button, notice, pager, sheet, table, tag, text, textarea, told,
    },
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Visit, optional_id};

use super::{
    SignUp, SignUpId, State,
    join::{self, Enter, Join},
    paste::{self, PasteList},
    queries, rules, step_back,
};
use crate::{
    ActivityId,
    activity::web::{Again, again},
    checkin::{
        CheckId, CheckNoun, queries as check_ins,
        take::{self, Arrival, CheckIn},
    },
    page::{self, One},
};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/activities/{activity}/sign-up", post(sign_up))
        .route("/activities/{activity}/step-back", post(leave))
        .route("/activities/{activity}/list", get(list).post(enter))
        .route("/activities/{activity}/list/paste", get(blank).post(take_over))
        .route("/activities/{activity}/list/{signup}/came", post(came))
        .route("/activities/{activity}/list/{signup}/out", post(out))
}

/// What the forms send.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
    heads: String,
    once: String,
    after: u32,
    list: String,
    /// `take` takes the list over; anything else looks at it.
    act: String,
    /// A person's code, as it was scanned.
    #[serde(skip)]
    code: String,
    /// The form of the code was sent, and not that of a name.
    #[serde(skip)]
    by_code: bool,
}

/// `POST /activities/{activity}/sign-up`.
async fn sign_up(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let (of, input) = (id.clone(), Join { heads: page::number(&typed.heads) });
    match shown(act(&rim, &visit, move |tx, cx| join::join(tx, cx, &of, &input)).await)? {
        Ok(_) => Ok(to(&format!("/activities/{id}"))),
        Err(refusal) => {
            let refusal = page::whole(refusal, &[("heads", &typed.heads)]);
            let filled = Again { heads: &typed.heads, sign_up: Some(&refusal), ..Again::default() };
            again(&rim, &visit, &id, filled).await
        }
    }
}

/// `POST /activities/{activity}/step-back`.
async fn leave(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
    Fields(_): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = id.clone();
    act(&rim, &visit, move |tx, cx| step_back::step_back(tx, cx, &of)).await?;
    Ok(to(&format!("/activities/{id}")))
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct After {
    after: u32,
    /// A person's code as a camera read it from their telephone.
    code: String,
    /// The check-in that was just taken by a code, or was there before.
    came: String,
    again: String,
}

/// `GET /activities/{activity}/list`.
async fn list(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
    Query(asked): Query<After>,
) -> Result<Response, Problem> {
    let After { after, code, came, again } = asked;
    // what was scanned is looked up by its id and never shown as it came
    let done = optional_id::<CheckNoun>(Some(&came)).map(|check| (check, true));
    let done = done.or_else(|| optional_id::<CheckNoun>(Some(&again)).map(|check| (check, false)));
    let code: String = code.chars().take(MAX_CODE).collect();
    let typed = Typed { after, code, once: rim.once(), ..Typed::default() };
    list_page(&rim, &visit, &id, (&typed, None), done).await
}

/// Characters of a scanned code at most.
const MAX_CODE: usize = 300;

/// The list with a scanned code that was refused.
pub(crate) async fn code_refused(
    rim: &Rim,
    visit: &Visit,
    id: &ActivityId,
    refusal: &Refusal,
) -> Result<Response, Problem> {
    let typed = Typed { once: rim.once(), by_code: true, ..Typed::default() };
    list_page(rim, visit, id, (&typed, Some(refusal)), None).await
}

async fn list_page(
    rim: &Rim,
    visit: &Visit,
    id: &ActivityId,
    (typed, refusal): (&Typed, Option<&Refusal>),
    done: Option<(CheckId, bool)>,
) -> Result<Response, Problem> {
    let one = page::one(rim, visit, id).await?.inside()?;
    let (of, after) = (id.clone(), typed.after);
    let read = rim.db.read(move |s| {
        let rows = queries::list(s, &of, after)?;
        let until = rows.last().map_or(after, |row| row.number);
        let done = match &done {
            Some((check, new)) => match check_ins::check(s, &of, check) {
                Ok(check) => Some((check.name, *new)),
                // an address that somebody made up
                Err(Fault::Refused(_)) => None,
                Err(fault) => return Err(fault),
            },
            None => None,
        };
        Ok::<_, Fault>((check_ins::came(s, &of, (after, until))?, rows, done))
    });
    let (came, rows, done) = read.await?;
    let (w, here) = (visit.words, one.here());
    let base = format!("{here}/list");
    let full = i64::try_from(rows.len()).is_ok_and(|n| n >= queries::PAGE);
    let next = rows.last().filter(|_| full).map(|last| format!("{base}?after={}", last.number));
    let buttons = [
        link_button(Weight::Plain, &format!("{base}/paste"), w.t("list-paste")),
        link_button(Weight::Plain, &format!("{here}/checks"), w.t("checks-title")),
    ];
    let (by_name, by_code) = if typed.by_code { (None, refusal) } else { (refusal, None) };
    let add = add_form(visit, &base, typed, by_name);
    let scanned = code_form(visit, &base, &typed.code, by_code);
    let texts = ["waiting", "refused", "lost"].map(|what| w.t_with(&format!("taps-{what}"), &[("n", "#".into())]));
    let to = format!("/api/v1/activities/{}/check-ins", one.activity.id);
    let body = html! {
        (one.way(w, w.t("sign-ups-title")))
        (head(&Head { title: w.t("sign-ups-title"), lead: w.t("sign-ups-lead"), acts: &buttons, ..Head::default() }))
        p { (summary(w, &one)) }
        @if let Some((name, new)) = &done {
            (flash(Tone::Ok, &w.t_with(if *new { "scan-came" } else { "scan-again" }, &[("name", name.as_str().into())])))
        }
        p.notice #taps hidden role="status" data-to=(to) data-waiting=(texts[0]) data-refused=(texts[1])
            data-lost=(texts[2]) {}
        @if by_code.is_some() || !typed.code.is_empty() { (sheet(w.t("scan-title"), &scanned)) }
        @else { (fold(w.t("scan-title"), &scanned)) }
        @if by_name.is_some() { (sheet(w.t("sign-up-enter"), &add)) } @else { (fold(w.t("sign-up-enter"), &add)) }
        @if rows.is_empty() { (empty(w.t(if after > 0 { "list-end" } else { "sign-ups-none" }), "", None)) }
        @for row in &rows { (entry(visit, &base, row, &came)) }
        (pager(w, (after > 0).then_some(base.as_str()), next.as_deref()))
        (visit.script(ui::TAPS_PATH))
    };
    Ok(page::page(visit, w.t("sign-ups-title"), &body, refusal))
}

fn code_form(visit: &Visit, base: &str, code: &str, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let code = Field {
        name: "code",
        label: w.t("scan-field"),
        hint: w.t("scan-field-hint"),
        value: code,
        error: errors(w, refusal).of("code"),
        required: true,
    };
    let form = page_form(
        visit,
        &format!("{base}/code"),
        &[],
        &html! {
            (told(w, refusal))
            (text(w, &code, Input::Line, Some(300)))
            (acts(&[button(Weight::Plain, w.t("check-came"))]))
        },
    );
    apart("scan", &form)
}

fn summary(w: Words, one: &One) -> String {
    let a = &one.activity;
    w.t_with(
        "sign-ups-summary",
        &[("heads", a.heads.into()), ("waiting", a.waiting.into()), ("came", a.checked.into())],
    )
}

fn entry(visit: &Visit, base: &str, row: &SignUp, came: &BTreeMap<SignUpId, u32>) -> Markup {
    let w = visit.words;
    let here = came.get(&row.id).copied().unwrap_or(0);
    let action = format!("{base}/{}/came", row.id);
    let whole = html! {
        @if row.heads > 1 {
            (text(w, &Field {
                name: "heads",
                label: w.t("check-heads"),
                value: &row.heads.to_string(),
                required: true,
                ..Field::default()
            }, Input::Number, Some(2)))
        } @else { input type="hidden" name="heads" value="1"; }
        (acts(&[button(Weight::Plain, w.t("check-came"))]))
    };
    let tone = match row.state {
        State::In => Tone::Ok,
        State::Waiting => Tone::Due,
        State::Out => Tone::Plain,
    };
    html! {
        article.sheet.stack #{ "row-" (row.number) } {
            p.meta {
                span.num { (row.number) }
                span { strong { (row.name) } @if row.name.is_empty() { (w.t("sign-up-nameless")) } }
                span { (w.n("sign-up-heads-n", row.heads)) }
                (tag(tone, w.t(&format!("sign-up-state-{}", row.state.as_str()))))
                @if here > 0 { (tag(Tone::Ok, &w.n("check-came-n", here))) }
            }
            @if row.state != State::Out {
                @if here < row.heads {
                    div data-tap=(row.id) { (apart(&format!("r{}", row.number), &page_form(visit, &action, &[], &whole))) }
                }
                @if here == 0 {
                    (press(visit, &format!("{base}/{}/out", row.id), &[], Weight::Quiet, w.t("sign-up-take-out")))
                }
            }
        }
    }
}

fn add_form(visit: &Visit, base: &str, typed: &Typed, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let name = Field {
        name: "name",
        label: w.t("sign-up-name"),
        hint: w.t("sign-up-name-hint"),
        value: &typed.name,
        error: errors(w, refusal).of("name"),
        required: true,
    };
    let heads = Field {
        name: "heads",
        label: w.t("sign-up-heads"),
        value: if typed.heads.is_empty() { "1" } else { &typed.heads },
        error: errors(w, refusal).of("heads"),
        required: true,
        ..Field::default()
    };
    page_form(
        visit,
        base,
        &[("once", &typed.once)],
        &html! {
            (told(w, refusal))
            (text(w, &name, Input::Line, Some(30)))
            (text(w, &heads, Input::Number, Some(2)))
            (acts(&[button(Weight::Plain, w.t("sign-up-enter"))]))
        },
    )
}

/// `POST /activities/{activity}/list`.
async fn enter(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = Enter { name: typed.name.clone(), heads: page::number(&typed.heads), once: typed.once.clone() };
    let of = id.clone();
    match shown(act(&rim, &visit, move |tx, cx| join::enter(tx, cx, &of, &input)).await)? {
        Ok(row) => {
            let page = row.number.saturating_sub(1) / 50 * 50;
            Ok(to(&format!("/activities/{id}/list?after={page}#row-{}", row.number)))
        }
        Err(refusal) => {
            let refusal = page::whole(refusal, &[("heads", &typed.heads)]);
            list_page(&rim, &visit, &id, (&typed, Some(&refusal)), None).await
        }
    }
}

/// `POST /activities/{activity}/list/{signup}/came`: one tap for a household; sent twice it counts once.
async fn came(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, signup)): PathId<(ActivityId, SignUpId)>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let heads = page::number(&typed.heads).clamp(1, rules::MAX_HEADS);
    let tap = |nth| Arrival { sign_up: signup.to_string(), nth, ..Arrival::default() };
    let (of, input) = (id.clone(), CheckIn { sent: None, rows: (1..=heads).map(tap).collect() });
    let done = act(&rim, &visit, move |tx, cx| take::take(tx, cx, &of, &input)).await?;
    // what is in doubt is seen at once
    if done.iter().any(|(check, _)| check.state == crate::checkin::State::Open) {
        return Ok(to(&format!("/activities/{id}/checks")));
    }
    Ok(to(&format!("/activities/{id}/list")))
}

/// `POST /activities/{activity}/list/{signup}/out`.
async fn out(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId((id, signup)): PathId<(ActivityId, SignUpId)>,
    Fields(_): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = id.clone();
    act(&rim, &visit, move |tx, cx| step_back::take_out(tx, cx, &of, &signup)).await?;
    Ok(to(&format!("/activities/{id}/list")))
}

/// `GET /activities/{activity}/list/paste`.
async fn blank(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
) -> Result<Response, Problem> {
    let one = page::one(&rim, &visit, &id).await?.inside()?;
    Ok(paste_page(&visit, &one, &Typed::default(), None))
}

/// `POST /activities/{activity}/list/paste`: looks at a list, or takes it over.
async fn take_over(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<ActivityId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    if typed.act != "take" {
        let one = page::one(&rim, &visit, &id).await?.inside()?;
        return Ok(paste_page(&visit, &one, &typed, None));
    }
    let (of, input) = (id.clone(), PasteList { list: typed.list.clone() });
    match shown(act(&rim, &visit, move |tx, cx| paste::paste(tx, cx, &of, &input)).await)? {
        Ok(_) => Ok(to(&format!("/activities/{id}/list"))),
        Err(refusal) => {
            let one = page::one(&rim, &visit, &id).await?.inside()?;
            Ok(paste_page(&visit, &one, &typed, Some(&refusal)))
        }
    }
}

fn paste_page(visit: &Visit, one: &One, typed: &Typed, refusal: Option<&Refusal>) -> Response {
    let w = visit.words;
    let base = format!("{}/list", one.here());
    let short: String = typed.list.chars().take(rules::MAX_TEXT).collect();
    let mut rows = rules::read(&short, rules::most_heads(&one.activity));
    rows.truncate(rules::MAX_LINES);
    let bad = rows.iter().any(|line| line.read.is_err());
    let box_of = Field {
        name: "list",
        label: w.t("list-field"),
        hint: w.t("list-field-hint"),
        value: &typed.list,
        error: errors(w, refusal).of("list"),
        required: true,
    };
    let take = !rows.is_empty() && !bad;
    let body = html! {
        (one.way(w, w.t("list-paste")))
        (head(&Head { title: w.t("list-paste"), lead: w.t("list-paste-lead"), ..Head::default() }))
        (page_form(visit, &format!("{base}/paste"), &[], &html! {
            (told(w, refusal))
            (textarea(w, &box_of, 10, u32::try_from(rules::MAX_TEXT).ok()))
            (acts(&[
                button_named(if take { Weight::Plain } else { Weight::First }, "act", "look", w.t("list-look")),
                html! { @if take { (button_named(Weight::First, "act", "take", w.t("list-take"))) } },
            ]))
        }))
        @if bad { (notice(w, Tone::NeedsYou, "", &html! { p { (w.t("list-mend")) } })) }
        @if !rows.is_empty() { (preview(w, &rows)) }
    };
    page::page(visit, w.t("list-paste"), &body, refusal)
}

fn preview(w: Words, rows: &[rules::Line]) -> Markup {
    let columns =
        [Column::number(w.t("list-line")), Column::text(w.t("sign-up-name")), Column::number(w.t("sign-up-heads"))];
    let cells: Vec<Vec<Markup>> = rows
        .iter()
        .map(|line| match &line.read {
            Ok((name, heads)) => vec![html! { (line.at) }, html! { (name) }, html! { (heads) }],
            Err(code) => vec![
                html! { (line.at) },
                html! { (line.text) " " (tag(Tone::Due, w.t(&format!("list-{code}")))) },
                html! {},
            ],
        })
        .collect();
    table(w, &Table { id: "list-rows", caption: w.t("list-caption"), columns: &columns, rows: &cells })
}
