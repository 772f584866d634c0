//! One work: what it is, who does it for how much, how far it is, what it cost in the end.

use axum::{extract::State, response::Response};
use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use programmes::page;
use ui::{
    Markup, html,
    parts::{
        Choice, Column, Head, Input, Table, Weight, acts, apart, breadcrumb, button, day, fold, head, link_button,
        pairs, print_button, progress, prose, section, select, sheet, table, text, told,
    },
};
use web::{Fields, PathId, Problem, Rim, Visit};

use super::{
    super::{
        Quote, State as Standing, Unit, WorkId, queries,
        quote::{self, AddQuote, ChooseQuote},
        settle::{self, SettleWork},
    },
    One, Typed, field, kind, money, state, typed,
};

struct Facts {
    one: One,
    quotes: Vec<Quote>,
    units: Vec<Unit>,
    matter: Option<String>,
}

async fn facts(rim: &Rim, visit: &Visit, id: &WorkId) -> Result<Facts, Problem> {
    let (id, actor) = (id.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let matter = match &one.work.matter {
            Some(matter) => Some(matters::matter::queries::matter(s, matter)?.number),
            None => None,
        };
        Ok::<_, Fault>(Facts { quotes: queries::quotes(s, &id)?, units: queries::units(s, &id)?, matter, one })
    });
    Ok(read.await?)
}

/// `GET /works/{work}`: five statements.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, &id).await?;
    Ok(shown(&visit, &facts, ("", &Typed::new(), None)))
}

/// A form that was refused: which, what was typed, why.
type Again<'a> = (&'a str, &'a Typed, Option<&'a Refusal>);

fn shown(visit: &Visit, f: &Facts, again: Again<'_>) -> Response {
    let (w, one, work) = (visit.words, &f.one, &f.one.work);
    let here = one.here();
    let list = format!("/works?place={}", one.place.id);
    let units = w.t("work-units");
    let shares = link_button(Weight::Plain, &format!("{here}/apportionment"), w.t("work-apportionment"));
    let unit_list = link_button(Weight::First, &format!("{here}/units"), units);
    let body = html! {
        (breadcrumb(w, &[(&list, w.t("works-title"))], &work.title))
        (head(&Head {
            kicker: &[html! { a href={ "/places/" (one.place.id) } { (one.place.shown) } }, state(w, work.state)],
            title: &work.title,
            lead: "",
            acts: &[unit_list, shares, print_button(w)],
        }))
        (told(w, again.2))
        @if !work.about.is_empty() { (prose(&work.about)) }
        div.stack {
            (pairs(&terms(visit, f)))
            (section(units, &progressed(visit, f)))
            (section(w.t("work-quotes"), &quotes(visit, f)))
            @if one.office || one.approves { (forms(visit, f, again)) }
        }
    };
    page::page(visit, &work.title, &body, again.2)
}

fn terms(visit: &Visit, f: &Facts) -> Vec<(&'static str, Markup)> {
    let (w, work) = (visit.words, &f.one.work);
    let mut facts = vec![
        (w.t("work-field-kind"), html! { (kind(w, work.kind)) }),
        (w.t("work-schedule"), html! { (day(w, &work.from)) " – " (day(w, &work.until)) }),
    ];
    if !work.decision.is_empty() {
        facts.push((w.t("work-field-decision"), html! { (work.decision) }));
    }
    if let (Some(id), Some(number)) = (&work.matter, &f.matter) {
        facts.push((w.t("work-field-matter"), html! { a href={ "/matters/" (id) } { (number) } }));
    }
    if let Some(id) = &work.verdict {
        facts.push((w.t("work-field-verdict"), html! { a href={ "/verdicts/" (id) } { (w.t("work-verdict-see")) } }));
    }
    if let Some(quote) = f.quotes.iter().find(|quote| Some(quote.number) == work.chosen) {
        facts.push((w.t("work-contractor"), html! { (quote.bidder) }));
        facts.push((w.t("work-quoted"), html! { (money(w, quote.amount)) }));
    }
    if let Some(sum) = work.final_sum {
        facts.push((w.t("work-final"), html! { (money(w, sum)) }));
        if !work.settled_reason.is_empty() {
            facts.push((w.t("work-settled-reason"), html! { (work.settled_reason) }));
        }
        if let Some(on) = &work.settled_day {
            facts.push((w.t("work-settled-day"), day(w, on)));
        }
    }
    facts
}

fn progressed(visit: &Visit, f: &Facts) -> Markup {
    let w = visit.words;
    let since = |least: Standing| f.units.iter().filter(|unit| unit.state >= least).count();
    let all = f.units.len();
    let line = |key, least| {
        let part = u64::try_from(since(least)).unwrap_or(0);
        progress(w, w.t(key), part, u64::try_from(all).unwrap_or(0))
    };
    html! {
        @if all == 0 { p.soft { (w.t("work-units-none")) } } @else {
            (line("work-count-started", Standing::Started))
            (line("work-count-finished", Standing::Done))
            (line("work-count-accepted", Standing::Accepted))
        }
    }
}

fn quotes(visit: &Visit, f: &Facts) -> Markup {
    let (w, work) = (visit.words, &f.one.work);
    let columns = [
        Column::text(w.t("work-field-bidder")),
        Column::number(w.t("money-amount")),
        Column::text(w.t("work-field-note")),
    ];
    let rows: Vec<Vec<Markup>> = (f.quotes.iter())
        .map(|quote| {
            let chosen = Some(quote.number) == work.chosen;
            vec![
                html! { (quote.bidder) @if chosen { " " (ui::parts::tag(ui::parts::Tone::Ok, w.t("work-chosen"))) } },
                html! { (money(w, quote.amount)) },
                html! { (quote.note) },
            ]
        })
        .collect();
    html! {
        @if rows.is_empty() { p.soft { (w.t("work-quotes-none")) } } @else {
            (table(w, &Table { id: "quotes", caption: w.t("work-quotes-caption"), columns: &columns, rows: &rows }))
        }
        @if !work.chosen_reason.is_empty() { p { (w.t("work-chosen-reason")) " " (work.chosen_reason) } }
    }
}

/// What the reader may do with it where it stands.
fn forms(visit: &Visit, f: &Facts, (form, fields, refusal): Again<'_>) -> Markup {
    let (w, one, work) = (visit.words, &f.one, &f.one.work);
    let none = Typed::new();
    let of = |name: &str| if form == name { (fields, refusal) } else { (&none, None) };
    let folded = |name: &str, title: &str, inner: Markup| {
        let inner = apart(name, &inner);
        html! { @if form == name { (sheet(title, &inner)) } @else { (fold(title, &inner)) } }
    };
    html! {
        @if one.office && work.state == Standing::Planned {
            (folded("quote", w.t("work-quote-add"), quote_form(visit, one, of("quote"))))
            @if !f.quotes.is_empty() {
                (folded("choose", w.t("work-choose"), choose_form(visit, f, of("choose"))))
            }
        }
        @if one.approves && work.state == Standing::Accepted {
            (folded("settle", w.t("work-settle"), settle_form(visit, one, of("settle"))))
        }
    }
}

fn quote_form(visit: &Visit, one: &One, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let of = |name: &'static str, required| field(visit, (name, ""), typed(fields, name), (required, refusal));
    page::form(
        visit,
        &format!("{}/quotes", one.here()),
        &[],
        &html! {
            (text(w, &of("bidder", true), Input::Line, Some(60)))
            (ui::parts::money(w, &of("amount", true), w.t("money-unit")))
            (text(w, &of("note", false), Input::Line, Some(300)))
            (acts(&[button(Weight::First, w.t("work-quote-add"))]))
        },
    )
}

fn choose_form(visit: &Visit, f: &Facts, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let of = |name: &'static str, hint| field(visit, (name, hint), typed(fields, name), (true, refusal));
    let numbers: Vec<(String, String)> = (f.quotes.iter())
        .map(|quote| (quote.number.to_string(), format!("{} · {}", quote.bidder, money(w, quote.amount))))
        .collect();
    let choices: Vec<Choice<'_>> = numbers.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
    page::form(
        visit,
        &format!("{}/choose", f.one.here()),
        &[],
        &html! {
            (select(w, &of("quote", ""), &choices))
            (text(w, &of("reason", "work-choose-hint"), Input::Line, Some(300)))
            (acts(&[button(Weight::First, w.t("work-choose"))]))
        },
    )
}

fn settle_form(visit: &Visit, one: &One, (fields, refusal): (&Typed, Option<&Refusal>)) -> Markup {
    let w = visit.words;
    let of = |name: &'static str, hint, required| field(visit, (name, hint), typed(fields, name), (required, refusal));
    page::form(
        visit,
        &format!("{}/settle", one.here()),
        &[],
        &html! {
            (ui::parts::money(w, &of("amount", "", true), w.t("money-unit")))
            (text(w, &of("reason", "work-settle-hint", false), Input::Line, Some(300)))
            (acts(&[button(Weight::First, w.t("work-settle"))]))
        },
    )
}

/// Runs a verb of a form: to the work, or its page again with what was typed and why not.
async fn done<T: Send + 'static>(
    (rim, visit): (&Rim, &Visit),
    id: WorkId,
    (form, fields): (&str, &Typed),
    verb: impl Fn(&mut Tx<'_>, &mut Context, &WorkId) -> Result<T, Fault> + Clone + Send + 'static,
) -> Result<Response, Problem> {
    let of = id.clone();
    match page::shown(page::act(rim, visit, move |tx, cx| verb(tx, cx, &of)).await)? {
        Ok(_) => Ok(page::to(&format!("/works/{id}"))),
        Err(refusal) if refusal.kind == Kind::Forbidden => Err(refusal.into()),
        Err(refusal) => {
            let facts = facts(rim, visit, &id).await?;
            Ok(shown(visit, &facts, (form, fields, Some(&refusal))))
        }
    }
}

/// `POST /works/{work}/quotes`.
pub(super) async fn quote(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let of = |name| typed(&fields, name).to_owned();
    let input = AddQuote { bidder: of("bidder"), amount: of("amount"), note: of("note") };
    done((&rim, &visit), id, ("quote", &fields), move |tx, cx, id| quote::add(tx, cx, id, &input)).await
}

/// `POST /works/{work}/choose`.
pub(super) async fn choose(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = ChooseQuote { quote: typed(&fields, "quote").to_owned(), reason: typed(&fields, "reason").to_owned() };
    done((&rim, &visit), id, ("choose", &fields), move |tx, cx, id| quote::choose(tx, cx, id, &input)).await
}

/// `POST /works/{work}/settle`.
pub(super) async fn settle(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<WorkId>,
    Fields(fields): Fields<Typed>,
) -> Result<Response, Problem> {
    let input = SettleWork { amount: typed(&fields, "amount").to_owned(), reason: typed(&fields, "reason").to_owned() };
    done((&rim, &visit), id, ("settle", &fields), move |tx, cx, id| settle::settle(tx, cx, id, &input)).await
}
