//! The list as a file, and one's duties in one's calendar.

use std::sync::Arc;

use axum::{
    extract::{Path, Query, State as Shared},
    http::header,
    response::{IntoResponse, Response},
};
use db::Fault;
use kernel::{Actor, Kind, Principal, Refusal};
use ui::{
    html,
    parts::{Head, code, head, sheet},
};
use web::{Fields, Problem, Rim, Section, SignedIn, Visit};

use super::due::{Which, asked, scope};
use crate::{
    duty::{
        feed,
        queries::{self, FILE, Filter, Scope},
    },
    shown::{self, said},
};

/// A cell of a file that no spreadsheet takes for a formula (OWASP, CSV Injection), also when it drops what stands before
/// the sign unseen.
pub fn cell(text: &str) -> String {
    let seen = text.trim_start_matches(is_unseen);
    let is_formula =
        seen.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || text.starts_with(['\t', '\r', '\n']);
    let guard = if is_formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// Spaces, controls, and the characters of Unicode's category Cf that stand in running text.
fn is_unseen(c: char) -> bool {
    let is_format = matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}'..='\u{e007f}');
    is_format || c.is_whitespace() || c.is_control()
}

/// `GET /due/list.csv`: the filtered list, at most 5,000 rows, UTF-8 with a mark that spreadsheets know.
pub(super) async fn csv(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let (cx, w) = (rim.context_of(&visit), visit.words);
    let read = rim.db.read(move |s| {
        let at = scope(s, &cx, &which)?;
        Ok::<_, Fault>(queries::page(s, (at.home, cx.now), &at.scope, &asked(&which), FILE)?)
    });
    let rows = read.await?;
    let heads = ["duty-due", "duty-field-title", "duty-holder", "matter-field-place", "duty-rule", "word-status"];
    let mut out = String::from("\u{feff}");
    out.push_str(&heads.map(|key| cell(w.t(key))).join(","));
    out.push_str("\r\n");
    for named in &rows {
        let duty = &named.duty;
        let due = duty.deadline.as_ref().map_or("", |d| d.day.as_str());
        let cells = [
            cell(due),
            cell(&duty.title),
            cell(&shown::holder(w, named)),
            cell(&named.place),
            cell(&shown::rule(w, &duty.rule)),
            cell(said(w, "duty-state", duty.state.as_str())),
        ];
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=due.csv"),
    ];
    Ok((headers, out).into_response())
}

/// Only the form's token.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Nothing {}

/// `POST /due/calendar`: a new secret address, told once.
pub(super) async fn make(
    Shared(rim): Shared<Rim>,
    SignedIn(visit): SignedIn,
    Fields(Nothing {}): Fields<Nothing>,
) -> Result<Response, Problem> {
    let cx = rim.context_of(&visit);
    let token = rim.db.write(move |tx| feed::make(tx, &mut cx.clone())).await?;
    let w = visit.words;
    let body = html! {
        (head(&Head { title: w.t("due-calendar"), lead: w.t("due-calendar-made"), ..Head::default() }))
        (sheet("", &html! { (code(&format!("{}/due/calendar/{token}.ics", visit.origin))) p.small { (w.t("due-calendar-secret")) } }))
    };
    Ok(visit.page(Section::Due, w.t("due-calendar"), &body))
}

/// `GET /due/calendar/{token}`: for calendar programs, which do not sign in.
pub(super) async fn calendar(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let token = token.trim_end_matches(".ics").to_owned();
    if token.len() != 64 {
        return Err(Refusal::new(Kind::NotFound, "feed-not-found").into());
    }
    let cx = rim.context(Actor::Visitor);
    let read = rim.db.read(move |s| {
        let person = feed::person(s, &token)?;
        let home = person.home();
        let principal = Principal { person, verified: true, posts: Vec::new(), seats: Vec::new() };
        let mine = queries::mine(s, &Actor::Person(Arc::new(principal)), &cx.day)?;
        Ok::<_, Fault>(queries::page(s, (home, cx.now), &Scope::Mine(mine), &Filter::default(), 500)?)
    });
    let text = feed::calendar(visit.words.t("due-title"), &read.await?);
    Ok(([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response())
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("say \"hi\", 您"), "\"say \"\"hi\"\", 您\"");
        for before in
            ["", " ", "\u{3000}", "\t", "\r\n", "\0", "\u{feff}", "\u{200b}", "\u{200b} \u{feff}\t", "\u{2066}"]
        {
            for sign in ["=", "+", "-", "@", "＝", "＠"] {
                let text = format!("{before}{sign}HYPERLINK(1)");
                assert_eq!(cell(&text), format!("\"'{text}\""), "{before:?}");
            }
        }
        for plain in ["", "3 号楼 = 东门", "\u{feff}路灯", " 二月-三月", "，@"] {
            assert_eq!(cell(plain), format!("\"{plain}\""));
        }
        assert_eq!(cell("\t路灯"), "\"'\t路灯\"", "a tab alone moves a cell");
    }
}
