//! A round of the assessment as it is shown.

use kernel::Day;
use ledger::tree::Hash;
use ui::{
    Markup, Words, html,
    parts::{fold, pairs, proof, sheet},
};

use super::{board::midterm_tag, project::Facts};
use crate::{
    running::{midterm::Round, pack},
    season::web::shown,
};

/// A round: what was judged, what came out. Advice is for the team and the office.
pub(super) fn shown(w: Words, facts: &Facts, round: &Round) -> Markup {
    let inside = facts.standing.team || facts.standing.office;
    let day = |day: &Option<Day>| day.as_ref().map(|day| shown::day(w, day));
    let points = round.points.map(|n| format!("{}.{:02}", n / 100, n % 100));
    let mut list = vec![(w.t("midterm-opened-on"), shown::day(w, &round.opened_day))];
    if let Some(points) = &points {
        list.push((w.t("midterm-points"), html! { span.num { (points) } }));
    }
    list.extend(day(&round.decided_day).map(|day| (w.t("midterm-decided-on"), day)));
    list.extend(day(&round.until).map(|day| (w.t("midterm-until"), day)));
    let gathered = pack::opened(&round.pack).ok();
    sheet(
        &w.t_with("midterm-round", &[("round", round.round.into())]),
        &html! {
            p { (midterm_tag(w, round.state)) }
            (pairs(&list))
            @if round.is_unposted() { p.soft { (w.t("midterm-unposted")) } }
            @if inside && !round.advice.is_empty() {
                h3 { (w.t("midterm-advice")) }
                div.flow { (shown::prose(&round.advice)) }
            }
            @if inside && !round.mended.is_empty() {
                h3 { (w.t("midterm-mended")) }
                div.flow { (shown::prose(&round.mended)) }
            }
            @if let Some(gathered) = &gathered { (fold(w.t("midterm-evidence"), &evidence(w, facts, (round, gathered)))) }
            ul.links {
                @if let Some(verdict) = &round.verdict {
                    li { a href={ "/verdicts/" (verdict) } { (w.t("run-verdict")) } }
                }
                @if let Some(notice) = &round.notice {
                    li { a href={ "/notices/" (notice) } { (w.t("midterm-notice")) } }
                }
            }
        },
    )
}

/// What was judged, as it was on that day.
fn evidence(w: Words, facts: &Facts, (round, pack): (&Round, &pack::Pack)) -> Markup {
    let known = &pack.known;
    let or = |n: Option<u64>| n.map_or_else(|| "–".to_owned(), ui::format::count);
    let money = known.money.map(|m| [m.received, m.spent].map(|fen| shown::amount(w, &facts.case.season, fen.0)));
    let mut list = vec![
        (w.t("run-activities"), html! { (or(known.activities.map(u64::from))) }),
        (w.t("run-visits"), html! { (or(known.visits)) }),
        (w.t("run-estimated"), html! { (or(known.estimated)) }),
    ];
    if let Some([received, spent]) = &money {
        list.push((w.t("run-received"), html! { (received) }));
        list.push((w.t("run-spent"), html! { (spent) }));
    }
    html! {
        (pairs(&list))
        p { (w.t_with("run-duties", &[("open", pack.duties_open.into()), ("late", pack.duties_late.into())])) }
        (proof(w, w.t("midterm-digest"), &Hash(round.digest).to_string()))
    }
}
