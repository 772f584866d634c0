//! The frame of every page: the top bar with its navigation, the languages, the foot; and the page of a problem.

use maud::{Markup, html};
use ui::{NavItem, Page, page, parts};

use crate::{Problem, Section, Visit};

/// Where the source of the running program is offered (AGPL-3.0, section 13).
const SOURCE: &str = "/source";

/// The document around `body`. The address marks the current entry of the navigation, and keeps the reader on the page
/// when the language changes.
pub(crate) fn frame(visit: &Visit, section: Section, title: &str, body: &Markup) -> Markup {
    let w = visit.words;
    let nav = [("/", "nav-home"), ("/seasons", "nav-seasons"), ("/ledger", "nav-ledger")];
    let nav = nav.map(|(href, key)| NavItem { href, label: w.t(key) });
    page(&Page {
        words: w,
        title,
        description: if section == Section::Home { w.t("home-lead") } else { w.t("app-tagline") },
        path: &visit.target,
        place: visit.place(),
        source: SOURCE,
        demo: visit.is_demo(),
        elder: false,
        theme: ui::Theme::Auto,
        nonce: "",
        account: html! {},
        nav: &nav,
        body: body.clone(),
    })
}

/// What happened, what to do now, and the request's id to name when asking for help.
pub(crate) fn problem(visit: &Visit, problem: &Problem, sentence: &str) -> Markup {
    let w = visit.words;
    let status = problem.status.as_u16();
    // the code of a bare status says less than the general words for that status
    let is_bare = Problem::of(problem.status).refusal.code == problem.refusal.code;
    html! {
        (parts::problem(w, status, (!is_bare).then_some(sentence)))
        p.small.soft { (w.t_with("problem-request", &[("id", visit.id.as_str().into())])) }
    }
}
