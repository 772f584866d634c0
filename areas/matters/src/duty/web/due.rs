//! What is due: mine, and that of my place; then the board of places and months.

use axum::{
    extract::{Query, State as Shared},
    response::Response,
};
use db::{Fault, Snapshot};
use kernel::{Context, Day, Home, Instant, Kind, PlaceId, Refusal, Role};
use rights::{Action, authorize, reach};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        self, Board, BoardRow, Cell, Choice, DueRow, Field, Filter as Bar, Head, Tab, Weight, acts, board, button,
        due_list, empty, filter, form, head, link_button, pager, section, select, tabs,
    },
};
use web::{Problem, Rim, Section, SignedIn, Visit, optional_id};
use work::calendar::{add_days, first_of_month, next_month};

use crate::{
    duty::{
        api::light,
        queries::{self, BoardCell, Counts, Filter, Named, PAGE, Scope},
    },
    matter::web::web_query,
    shown::{self, said},
};

/// Months of the board.
const MONTHS: usize = 6;

/// Which part.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Which {
    /// `mine` or `place`.
    #[serde(default)]
    pub of: String,
    #[serde(default)]
    pub place: String,
    #[serde(default)]
    pub light: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    after: String,
}

/// Where and whose.
pub(super) struct Where {
    pub home: Home,
    pub scope: Scope,
}

struct Facts {
    counts: Counts,
    rows: Vec<Named>,
    cells: Vec<BoardCell>,
    months: Vec<String>,
    now: Instant,
    offset_minutes: i32,
}

/// Whose duties are asked for: at most one statement.
pub(super) fn scope(s: &mut Snapshot<'_>, cx: &Context, which: &Which) -> Result<Where, Fault> {
    let principal = cx.actor.principal().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let reached = reach(principal, Action::SeeDuties);
    if which.of != "place" {
        let mine = queries::mine(s, &cx.actor, &cx.day)?;
        let asked: Option<PlaceId> = optional_id(Some(&which.place));
        let home = asked.as_ref().or(reached.first()).map_or(principal.person.home(), kernel::Id::home);
        return Ok(Where { home, scope: Scope::Mine(mine) });
    }
    let id: PlaceId = optional_id(Some(&which.place))
        .or_else(|| reached.first().cloned())
        .ok_or_else(|| Refusal::new(Kind::Forbidden, "not-allowed"))?;
    let place = places::queries::show(s, &id)?;
    let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
    authorize(&cx.actor, Action::SeeDuties, &place.site()?)?;
    Ok(Where { home: place.home, scope: Scope::Below(place.path) })
}

/// The filter of an address.
pub(super) fn asked(which: &Which) -> Filter {
    let after = which.after.split_once('~').and_then(|(at, id)| Some((Instant(at.parse().ok()?), id.parse().ok()?)));
    Filter { light: light(Some(&which.light)), kind: which.kind.clone(), role: which.role.clone(), after }
}

/// What the page opens on where the address does not say: on one's own, unless one owes nothing and sees what a place
/// owes. At most two statements.
fn opens_on(s: &mut Snapshot<'_>, cx: &Context, which: &Which) -> Result<&'static str, Fault> {
    if cx.actor.principal().is_none_or(|p| reach(p, Action::SeeDuties).is_empty()) {
        return Ok("mine");
    }
    let own = scope(s, cx, which)?;
    let n = queries::counts(s, own.home, cx.now, &own.scope)?;
    Ok(if n.red + n.amber + n.green + n.paused == 0 { "place" } else { "mine" })
}

/// Four statements: whose, how many, the list, and of a place the board.
fn facts(s: &mut Snapshot<'_>, cx: &Context, which: &Which, offset_minutes: i32) -> Result<Facts, Fault> {
    let at = scope(s, cx, which)?;
    let counts = queries::counts(s, at.home, cx.now, &at.scope)?;
    let rows = queries::page(s, (at.home, cx.now), &at.scope, &asked(which), PAGE)?;
    let (from, to, months) = months(&cx.day);
    let cells = match &at.scope {
        Scope::Below(path) => queries::board(s, (at.home, cx.now), path, (&from, &to))?,
        Scope::Mine(_) => Vec::new(),
    };
    Ok(Facts { counts, rows, cells, months, now: cx.now, offset_minutes })
}

/// Four months back, this one, and the next.
fn months(today: &Day) -> (Day, Day, Vec<String>) {
    let mut first = first_of_month(today);
    for _ in 0..MONTHS - 2 {
        first = first_of_month(&add_days(&first, -1));
    }
    let (from, mut months) = (first.clone(), Vec::new());
    for _ in 0..MONTHS {
        months.push(first.as_str().chars().take(7).collect());
        first = next_month(&first);
    }
    (from, first, months)
}

/// `GET /due`.
pub(super) async fn show(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let (cx, offset_minutes) = (rim.context_of(&visit), rim.settings.offset_minutes);
    let sees = cx.actor.principal().is_some_and(|p| !reach(p, Action::SeeDuties).is_empty());
    let read = rim.db.read(move |s| {
        let mut which = which.clone();
        if which.of.is_empty() {
            opens_on(s, &cx, &which)?.clone_into(&mut which.of);
        }
        Ok::<_, Fault>((facts(s, &cx, &which, offset_minutes)?, which))
    });
    let (facts, which) = read.await?;
    let w = visit.words;
    let body = html! {
        (head(&Head { title: w.t("due-title"), lead: w.t("due-lead"), ..Head::default() }))
        @if sees { (whose(w, &which)) }
        (lights(w, &which, facts.counts))
        (bar(w, &which))
        (list(w, &which, &facts))
        @if !facts.cells.is_empty() { (the_board(w, &facts)) }
        (along(&visit, &which))
    };
    Ok(visit.page(Section::Due, w.t("due-title"), &body))
}

fn whose(w: Words, which: &Which) -> Markup {
    let tab = |of: &'static str, label| Tab {
        href: if of == "mine" { "/due?of=mine" } else { "/due?of=place" },
        label: w.t(label),
        count: None,
        here: which.of == of,
    };
    tabs(w.t("due-whose"), &[tab("mine", "due-mine"), tab("place", "due-place")])
}

/// The same list otherwise.
pub(super) fn address(path: &str, which: &Which, light: &str, after: &str) -> String {
    let pairs = [
        ("of", which.of.as_str()),
        ("place", which.place.as_str()),
        ("light", light),
        ("kind", which.kind.as_str()),
        ("role", which.role.as_str()),
        ("after", after),
    ];
    let pairs: Vec<(&str, &str)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    format!("{path}?{}", web_query(&pairs))
}

fn lights(w: Words, which: &Which, n: Counts) -> Markup {
    let all = [
        ("", "due-all", n.red + n.amber + n.green),
        ("red", "due-red", n.red),
        ("amber", "due-amber", n.amber),
        ("green", "due-green", n.green),
        ("paused", "due-paused", n.paused),
    ];
    let hrefs = all.map(|(light, ..)| address("/due", which, light, ""));
    let list: Vec<Tab<'_>> = all
        .iter()
        .zip(&hrefs)
        .map(|((light, label, count), href)| Tab {
            href,
            label: w.t(label),
            count: Some(*count),
            here: which.light == *light,
        })
        .collect();
    tabs(w.t("due-lights"), &list)
}

fn bar(w: Words, which: &Which) -> Markup {
    let roles: Vec<Choice<'_>> = Role::all()
        .map(|r| Choice { value: r.as_str(), label: shown::role(w, r.as_str()), ..Choice::default() })
        .collect();
    let kinds = ["answer", "objection", "task", "joint-meeting"].map(|k| Choice {
        value: k,
        label: said(w, "duty-kind", k),
        ..Choice::default()
    });
    let field = |name, label, value| Field { name, label: w.t(label), value, ..Field::default() };
    let fields = [
        html! {
            input type="hidden" name="of" value=(which.of);
            @if !which.place.is_empty() { input type="hidden" name="place" value=(which.place); }
            @if !which.light.is_empty() { input type="hidden" name="light" value=(which.light); }
        },
        select(w, &field("kind", "duty-field-kind", &which.kind), &kinds),
        select(w, &field("role", "duty-field-role", &which.role), &roles),
    ];
    filter(w, &Bar { action: "/due", label: "", fields: &fields, on: &[], found: "" })
}

fn list(w: Words, which: &Which, f: &Facts) -> Markup {
    let hrefs: Vec<String> = f.rows.iter().map(|n| format!("/duties/{}", n.duty.id)).collect();
    let rules: Vec<String> = f.rows.iter().map(|n| shown::rule(w, &n.duty.rule)).collect();
    let rows: Vec<DueRow<'_>> = f
        .rows
        .iter()
        .enumerate()
        .filter_map(|(at, named)| {
            Some(DueRow {
                due: shown::due(&named.duty, f.now, f.offset_minutes)?,
                title: &named.duty.title,
                href: &hrefs[at],
                who: html! { (shown::holder(w, named)) " · " (named.place) },
                basis: &rules[at],
                act: html! {},
            })
        })
        .collect();
    let full = i64::try_from(f.rows.len()).is_ok_and(|n| n >= PAGE);
    let next = f.rows.last().filter(|_| full).map(|last| {
        let at = last.duty.deadline.as_ref().map_or(0, |d| d.until.0);
        address("/due", which, &which.light, &format!("{at}~{}", last.duty.id))
    });
    let first = (!which.after.is_empty()).then(|| address("/due", which, &which.light, ""));
    html! {
        @if f.rows.is_empty() { (empty(w.t("due-none"), w.t("due-none-hint"), None)) }
        @else if rows.is_empty() {
            ul.plain { @for (at, named) in f.rows.iter().enumerate() { li {
                a href=(hrefs[at]) { (named.duty.title) } " " (shown::due_or_state(w, &named.duty, f.now, f.offset_minutes))
            } } }
        } @else { (due_list(w, &rows)) }
        (pager(w, first.as_deref(), next.as_deref()))
    }
}

/// Each place a row, each month a cell with its worst light and how many are open.
fn the_board(w: Words, f: &Facts) -> Markup {
    let months: Vec<&str> = f.months.iter().map(|month| &month[5..]).collect();
    let mut places: Vec<(&PlaceId, &str)> = f.cells.iter().map(|c| (&c.place, c.name.as_str())).collect();
    places.dedup();
    let cell = |place: &PlaceId, month: &str| f.cells.iter().find(|c| c.place == *place && c.month == month);
    let lit = |c: &BoardCell| match c {
        c if c.red > 0 => (parts::Light::Late, c.red),
        c if c.amber > 0 => (parts::Light::Soon, c.amber),
        c if c.green > 0 => (parts::Light::Fine, c.green),
        c => (parts::Light::Done, c.met + c.late),
    };
    let marks: Vec<Vec<(parts::Light, String, String)>> = places
        .iter()
        .map(|(place, name)| {
            let one = |month: &String| match cell(place, month) {
                Some(c) => {
                    let (light, n) = lit(c);
                    let label = w.t_with(
                        "due-cell",
                        &[
                            ("place", (*name).into()),
                            ("month", month.as_str().into()),
                            ("late", c.red.into()),
                            ("open", (c.amber + c.green).into()),
                            ("done", (c.met + c.late).into()),
                        ],
                    );
                    (light, n.to_string(), label)
                }
                None => (parts::Light::Idle, String::new(), String::new()),
            };
            f.months.iter().map(one).collect()
        })
        .collect();
    let cells: Vec<Vec<Cell<'_>>> = marks
        .iter()
        .map(|row| row.iter().map(|(light, mark, label)| Cell { light: *light, mark, label, href: None }).collect())
        .collect();
    let hrefs: Vec<String> = places.iter().map(|(place, _)| format!("/due?of=place&place={place}")).collect();
    let rows: Vec<BoardRow<'_>> = places
        .iter()
        .zip(&hrefs)
        .zip(&cells)
        .map(|(((_, name), href), cells)| BoardRow { name, href, cells, sums: &[] })
        .collect();
    section(
        w.t("due-board"),
        &board(
            w,
            &Board {
                id: "due-board",
                caption: w.t("due-board-caption"),
                place: w.t("matter-field-place"),
                months: &months,
                sums: &[],
                rows: &rows,
            },
        ),
    )
}

fn along(visit: &Visit, which: &Which) -> Markup {
    let w = visit.words;
    let calendar = html! { (visit.csrf_field()) (button(Weight::Plain, w.t("due-calendar-make"))) };
    section(
        w.t("due-along"),
        &html! {
            (acts(&[link_button(Weight::Plain, &address("/due/list.csv", which, &which.light, ""), w.t("due-csv"))]))
            p.small.soft { (w.t("due-calendar-hint")) }
            (form("/due/calendar", &[], &calendar))
        },
    )
}
