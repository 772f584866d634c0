//! The frame of every page: the top bar with its navigation, the languages, the foot; and the page of a problem.

use kernel::Role;
use maud::{Markup, html};
use ui::{NavItem, Page, page, parts};

use crate::{Problem, Section, Visit};

/// Where the source of the running program is offered (AGPL-3.0, section 13).
const SOURCE: &str = "/source";

/// The document around `body`. The address marks the current entry of the navigation, and keeps the reader on the page
/// when the language changes.
pub(crate) fn frame(visit: &Visit, section: Section, title: &str, body: &Markup) -> Markup {
    let w = visit.words;
    let is_office = visit.actor.principal().is_some_and(|principal| !principal.posts.is_empty());
    let second = if is_office { ("/due", "nav-due") } else { ("/seasons", "nav-seasons") };
    let last = if is_office { ("/seasons", "nav-seasons") } else { ("/ledger", "nav-ledger") };
    let nav = [("/", "nav-home"), second, ("/matters", "nav-matters"), ("/notices", "nav-notices"), last];
    let nav = nav.map(|(href, key)| NavItem { href, label: w.t(key) });
    page(&Page {
        words: w,
        title,
        description: if section == Section::Home { w.t("home-lead") } else { w.t("app-tagline") },
        path: &visit.target,
        place: visit.place(),
        source: SOURCE,
        demo: visit.is_demo(),
        elder: visit.elder,
        theme: visit.theme,
        nonce: &visit.nonce,
        account: account(visit),
        nav: &nav,
        more: &more(visit),
        body: body.clone(),
    })
}

/// Ways in the foot: for everybody, for who works here, and for who keeps the installation.
fn more(visit: &Visit) -> Vec<NavItem<'static>> {
    let w = visit.words;
    let everybody: &[_] = &[
        ("/places", "nav-places"),
        ("/organisations", "nav-orgs"),
        ("/rounds", "rounds-title"),
        ("/polls", "polls-title"),
        ("/conversations", "conversations-title"),
        ("/halls", "halls-title"),
        ("/verdicts", "nav-verdicts"),
        ("/receipts", "nav-receipts"),
    ];
    let holds = |roles: &[Role]| visit.actor.principal().is_some_and(|who| roles.iter().any(|role| who.is(*role)));
    let at_work = holds(&[Role::Worker, Role::Secretary, Role::Officer]);
    let office: &[_] = if at_work {
        &[("/desk", "nav-desk"), ("/attendance", "nav-attendance"), ("/ledger", "nav-ledger")]
    } else {
        &[]
    };
    let keeps: &[_] = if holds(&[Role::Admin]) { &[("/work/jobs", "jobs-title")] } else { &[] };
    let calendar: &[_] = &[("/work/calendar", "calendar-title")];
    let all = [everybody, office, keeps, calendar].concat();
    all.into_iter().map(|(href, key)| NavItem { href, label: w.t(key) }).collect()
}

/// The way in, or who has signed in, and for whom they act.
fn account(visit: &Visit) -> Markup {
    let w = visit.words;
    match &visit.me {
        Some(_) if visit.behalf.is_some() => parts::account("/me", w.t("account-for-another")),
        Some(me) => parts::account("/me", if me.name.is_empty() { w.t("account-me") } else { &me.name }),
        None => parts::account(&format!("/sign-in?next={}", next(&visit.target)), w.t("account-sign-in")),
    }
}

/// A path and query as the value of `next`; pages of signing in lead to the first page.
pub(crate) fn next(target: &str) -> String {
    let target = if target.starts_with("/sign") || target.starts_with("/setup") { "/" } else { target };
    crate::in_query(target)
}

/// What happened, what to do now, and the request's id to name when asking for help.
pub(crate) fn problem(visit: &Visit, problem: &Problem, sentence: &str) -> Markup {
    let w = visit.words;
    let status = problem.status.as_u16();
    // the code of a bare status says less than the general words for that status
    let is_bare = Problem::of(problem.status).refusal.code == problem.refusal.code;
    html! {
        (parts::problem(w, status, (!is_bare).then_some(sentence)))
        @if !problem.refusal.fields.is_empty() {
            ul { @for error in &problem.refusal.fields { li { (crate::problem::field_sentence(w, error)) } } }
        }
        @match problem.refusal.code {
            "sign-in-first" => { p { a.btn.first href={ "/sign-in?next=" (next(&visit.target)) } { (w.t("account-sign-in")) } } }
            "verify-first" => { p { a.btn.first href="/me" { (w.t("account-verify")) } } }
            _ => {}
        }
        @if !problem.typed.is_empty() { (typed(visit, problem)) }
        p.small.soft { (w.t_with("problem-request", &[("id", visit.id.as_str().into())])) }
    }
}

/// What was typed into a form that had expired, and one button that sends it again. The person sees what is sent and
/// where, so another site cannot have it sent unseen.
fn typed(visit: &Visit, problem: &Problem) -> Markup {
    let w = visit.words;
    html! {
        form.stack method="post" action=(visit.asked) {
            (visit.csrf_field())
            dl.typed {
                @for (name, value) in problem.typed.iter().filter(|(_, value)| !value.is_empty()) {
                    input type="hidden" name=(name) value=(value);
                    @if name != "once" { dt.soft.small { (name) } dd { (value) } }
                }
            }
            button.btn.first type="submit" { (w.t("problem-send-again")) }
        }
    }
}
