//! The statements with their counts, and one of them by group.

use axum::{
    extract::{Query, State as From},
    response::Response,
};
use db::Fault;
use kernel::{Instant, Refusal};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{Column, Head, Table, Weight, acts, empty, head, link_button, pager, table},
};
use web::{PathId, Problem, Rim, Visit};

use super::{One, answer, mine::standing, picture, provenance, said, state};
use crate::conversation::{
    ConversationId, GROUP_VOTES, MAP_PEOPLE, Standing, State, Statement,
    map::{Counted, Picture},
    queries,
};

/// Rows of a page.
const ROWS: usize = 40;

/// Which part of the list.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    /// Behind this number.
    after: Option<u32>,
}

struct Facts {
    one: One,
    shown: Vec<Statement>,
    picture: Option<(Instant, Picture)>,
}

/// `GET /conversations/{conversation}/statements`: four statements.
pub(crate) async fn list(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<ConversationId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let shown = queries::shown(s, &id)?;
        Ok::<_, Fault>(Facts { one, shown, picture: queries::map(s, &id)? })
    });
    let facts = read.await?;
    let w = visit.words;
    let title = w.t("conversation-statements-title");
    let behind = |one: &&Statement| which.after.is_none_or(|after| one.number > after);
    let accepted = facts.shown.iter().filter(|one| one.state == Standing::Accepted);
    let rest: Vec<&Statement> = accepted.filter(behind).collect();
    let rows = rest.get(..ROWS).unwrap_or(&rest);
    let here = format!("{}/statements", facts.one.here());
    let last = rows.last().filter(|_| rest.len() > ROWS).map(|last| format!("{here}?after={}", last.number));
    let body = html! {
        (facts.one.way(w, title))
        (head(&Head { kicker: &[state(w, &facts.one.conversation)], title, lead: w.t("conversation-statements-lead"), ..Head::default() }))
        div.stack {
            @if rows.is_empty() { (empty(w.t("list-end"), "", Some((&here, w.t("list-first"))))) }
            @else { (counts(w, &facts, rows)) }
            (pager(w, which.after.is_some().then_some(here.as_str()), last.as_deref()))
            p.small.soft { (w.n("conversation-few-rule", i64::from(GROUP_VOTES))) }
            (provenance(w, &facts.one.conversation))
        }
    };
    Ok(answer(&visit, title, &body, None))
}

/// The groups, once there are enough people to tell of any.
fn groups_of(picture: Option<&Picture>) -> &[crate::conversation::map::Group] {
    picture.filter(|picture| picture.people >= MAP_PEOPLE).map_or(&[], |picture| &picture.groups[..])
}

fn counts(w: Words, facts: &Facts, rows: &[&Statement]) -> Markup {
    let picture = facts.picture.as_ref().map(|(_, picture)| picture);
    let groups = groups_of(picture);
    let names: Vec<String> = groups.iter().map(|group| picture::name(w, group.id)).collect();
    let fixed =
        ["conversation-statement", "conversation-vote-agree", "conversation-vote-disagree", "conversation-vote-pass"];
    let mut columns: Vec<Column<'_>> = Vec::new();
    for (at, key) in fixed.into_iter().enumerate() {
        columns.push(if at == 0 { Column::text(w.t(key)) } else { Column::number(w.t(key)) });
    }
    columns.extend(names.iter().map(|name| Column::number(name)));
    let here = facts.one.here();
    let cells: Vec<Vec<Markup>> = rows
        .iter()
        .map(|one| {
            let counted = picture.and_then(|picture| picture.of(one.number));
            let all = counted.map_or([0; 3], |counted| counted.all);
            let link = html! { a href={ (here) "/statements/" (one.number) } { (said(w, one)) } };
            let totals = all.iter().map(|n| html! { (n) });
            let shares = (0..groups.len()).map(|at| share(w, counted, at));
            std::iter::once(link).chain(totals).chain(shares).collect()
        })
        .collect();
    let caption = if groups.is_empty() { "conversation-counts" } else { "conversation-counts-groups" };
    table(w, &Table { id: "counts", caption: w.t(caption), columns: &columns, rows: &cells })
}

/// What part of a group agrees, of those of it who voted; a word where that is not told.
fn share(w: Words, counted: Option<&Counted>, at: usize) -> Markup {
    match counted.and_then(|counted| counted.groups.get(at)) {
        Some(count) if count.iter().sum::<u32>() > 0 => {
            html! { (ui::format::percent(u64::from(count[0]), u64::from(count.iter().sum::<u32>()))) }
        }
        Some(_) => html! { "–" },
        None => html! { span.soft { (w.t("conversation-few")) } },
    }
}

/// `GET /conversations/{conversation}/statements/{number}`: four statements. What was not taken is there for its author and
/// the office alone.
pub(crate) async fn show(
    From(rim): From<Rim>,
    visit: Visit,
    PathId((id, number)): PathId<(ConversationId, u32)>,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        let statement = queries::statement(s, &id, number)?;
        let mine = statement.author.is_some() && statement.author.as_ref() == actor.person();
        if statement.state != Standing::Accepted && !one.keeps && !mine {
            return Err(Refusal::new(kernel::Kind::NotFound, "statement-not-found").into());
        }
        Ok::<_, Fault>((Facts { one, shown: Vec::new(), picture: queries::map(s, &id)? }, statement))
    });
    let (facts, statement) = read.await?;
    let w = visit.words;
    let title = w.n("conversation-statement-n", i64::from(statement.number));
    let here = facts.one.here();
    let open = facts.one.conversation.state == State::Open && statement.state == Standing::Accepted;
    let body = html! {
        (facts.one.way(w, &title))
        (head(&Head { kicker: &[standing(w, &statement)], title: &title, lead: &facts.one.conversation.title, ..Head::default() }))
        div.stack {
            p.statement { (said_inside(w, &facts.one, &statement)) }
            @if statement.state == Standing::Accepted { (by_group(w, &facts, &statement)) }
            @if !statement.reason.is_empty() { p { (w.t_with("conversation-because", &[("reason", (&statement.reason).into())])) } }
            (acts(&ways(w, (&here, open), &statement)))
            @if facts.one.decides && open { (take_down(&visit, &facts.one, &statement)) }
            (provenance(w, &facts.one.conversation))
        }
    };
    Ok(answer(&visit, &title, &body, None))
}

fn said_inside(w: Words, one: &One, statement: &Statement) -> String {
    // the office sees what it took down
    if one.keeps && !statement.text.is_empty() { statement.text.clone() } else { said(w, statement) }
}

fn ways(w: Words, (here, open): (&str, bool), statement: &Statement) -> Vec<Markup> {
    let mut ways =
        vec![link_button(Weight::Plain, &format!("{here}/statements"), w.t("conversation-statements-title"))];
    if open {
        let vote = format!("{here}/vote?statement={}", statement.number);
        ways.push(link_button(Weight::Plain, &vote, w.t("conversation-vote-on-this")));
    }
    ways
}

fn by_group(w: Words, facts: &Facts, statement: &Statement) -> Markup {
    let picture = facts.picture.as_ref().map(|(_, picture)| picture);
    let counted = picture.and_then(|picture| picture.of(statement.number));
    let Some(counted) = counted else { return html! { p.soft { (w.t("conversation-not-counted-yet")) } } };
    let groups = groups_of(picture);
    let columns = [
        Column::text(w.t("conversation-who")),
        Column::number(w.t("conversation-vote-agree")),
        Column::number(w.t("conversation-vote-disagree")),
        Column::number(w.t("conversation-vote-pass")),
        Column::number(w.t("conversation-agree-share")),
    ];
    let row = |name: Markup, count: &[u32; 3]| -> Vec<Markup> {
        let whole: u32 = count.iter().sum();
        let share =
            if whole == 0 { "–".to_owned() } else { ui::format::percent(u64::from(count[0]), u64::from(whole)) };
        let cells = count.iter().map(|n| html! { (n) });
        std::iter::once(name).chain(cells).chain([html! { (share) }]).collect()
    };
    let mut rows = vec![row(html! { (w.t("conversation-everybody")) }, &counted.all)];
    for (group, count) in groups.iter().zip(&counted.groups) {
        rows.push(row(html! { (picture::sign(group.id)) (picture::name(w, group.id)) }, count));
    }
    let hidden = !groups.is_empty() && counted.groups.is_empty();
    html! {
        (table(w, &Table { id: "groups", caption: w.t("conversation-by-group"), columns: &columns, rows: &rows }))
        @if hidden { p.soft { (w.n("conversation-few-rule", i64::from(GROUP_VOTES))) } }
    }
}

/// The office takes a statement down, with a reason.
fn take_down(visit: &web::Visit, one: &One, statement: &Statement) -> Markup {
    use ui::parts::{Field, Input, button, fold, text};
    let w = visit.words;
    let field = Field {
        name: "reason",
        label: w.t("conversation-reason"),
        hint: w.t("conversation-reason-hint"),
        required: true,
        ..Field::default()
    };
    let fields = html! {
        p { (w.t("conversation-remove-note")) }
        (text(w, &field, Input::Line, Some(200)))
        (acts(&[button(Weight::Plain, w.t("conversation-remove"))]))
    };
    let action = format!("{}/statements/{}/decide", one.here(), statement.number);
    fold(w.t("conversation-remove"), &web::page::form(visit, &action, &[("act", "reject")], &fields))
}
