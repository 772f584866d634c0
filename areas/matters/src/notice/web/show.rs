//! One notice: its text, its days, its wordings with their differences, objections with their answers.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::Fault;
use kernel::{Day, Kind as No, Refusal};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Due, Head, Tone, breadcrumb, cols, due, flash, fold, head, notice as box_of, pager, pairs, print_button,
        section, sheet, tag,
    },
};
use web::{PathId, Problem, Rim, Section, Visit, optional_id};

use super::{
    board,
    forms::{self, Sent},
};
use crate::{
    duty::queries::Named,
    notice::{
        Notice, NoticeId, Objection, ObjectionId, ObjectionState, Part, State as Stands, Version, difference, owe,
        queries,
    },
    page, site,
};

/// Where the objections begin, and what was just done.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    after: String,
    done: String,
}

pub(super) struct Facts {
    pub(super) notice: Notice,
    versions: Vec<Version>,
    objections: Vec<Objection>,
    /// Who owes the answers to these.
    owed: Vec<Named>,
    after: Option<ObjectionId>,
    done: String,
    pub(super) today: Day,
    pub(super) may_post: bool,
    may_answer: bool,
    pub(super) once: String,
}

/// Four statements. A draft is there only for those who may post it.
pub(super) async fn facts(rim: &Rim, visit: &Visit, id: NoticeId, which: &Query<Which>) -> Result<Facts, Problem> {
    let (actor, today, once) = (visit.actor.clone(), page::today(rim), rim.once());
    let Query(Which { after, done }) = which.clone();
    let read = rim.db.read(move |s| {
        let notice = queries::notice(s, &id)?;
        // the way down that is kept with it follows the place
        let site = site::of(notice.id.home(), &notice.path)?;
        let may_post = may(&actor, Action::PostNotice, &site);
        if notice.state == Stands::Draft && !may_post {
            return Err(Fault::from(Refusal::new(No::NotFound, "notice-not-found")));
        }
        let after: Option<ObjectionId> = optional_id(Some(&after));
        Ok(Facts {
            versions: queries::versions(s, &id)?,
            objections: queries::objections(s, &id, after.as_ref())?,
            owed: owe::owed(s, &id, after.as_ref())?,
            notice,
            after,
            done: done.clone(),
            today: today.clone(),
            may_post,
            may_answer: may(&actor, Action::AnswerObjection, &site),
            once: once.clone(),
        })
    });
    Ok(read.await?)
}

/// `GET /notices/{notice}`.
pub(crate) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<NoticeId>,
    which: Query<Which>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, id, &which).await?;
    let fresh = Sent::fresh(&facts.once);
    Ok(visit.page(Section::Notices, &facts.notice.title, &page_of(&visit, &facts, &fresh)))
}

pub(super) fn page_of(visit: &Visit, facts: &Facts, sent: &Sent<'_>) -> Markup {
    let (w, notice) = (visit.words, &facts.notice);
    let kind = w.t(&format!("notice-kind-{}", notice.kind));
    html! {
        (breadcrumb(w, &[("/notices", w.t("notices-title"))], &notice.title))
        (done(w, facts))
        (page::told(w, sent.refusal))
        (head(&Head {
            kicker: &[board::state(w, notice.state), html! { (notice.place_name) }, html! { (kind) }],
            title: &notice.title,
            ..Head::default()
        }))
        (cols(
            &html! {
                (standing(w, facts))
                article.stack.flow { (page::prose(&notice.body)) }
                @if notice.subject_kind == "season" {
                    @if notice.kind == "assessment" {
                        p { a href={ "/seasons/" (notice.subject) "/running" } { (w.t("notice-whole-results")) } }
                    } @else {
                        p { a href={ "/seasons/" (notice.subject) "/selection" } { (w.t("notice-whole-list")) } }
                    }
                }
                (versions(w, facts))
                (objections(visit, facts, sent))
                (forms::objecting(visit, facts, sent))
            },
            &html! {
                (days(w, facts))
                (forms::keeping(visit, facts, sent))
                (proof(w, notice))
                @if notice.state == Stands::Posted { (to_the_group(visit, notice)) }
                (print_button(w))
            },
        ))
    }
}

fn done(w: Words, facts: &Facts) -> Markup {
    let known = ["object", "answer", "post", "correct", "end", "withdraw"];
    html! { @if known.contains(&facts.done.as_str()) { (flash(Tone::Ok, w.t(&format!("notice-done-{}", facts.done)))) } }
}

/// What is to be known before the text: withdrawn, corrected.
fn standing(w: Words, facts: &Facts) -> Markup {
    let notice = &facts.notice;
    html! {
        @if notice.state == Stands::Withdrawn {
            (box_of(w, Tone::NeedsYou, w.t("notice-was-withdrawn"), &html! { p { (notice.reason) } }))
        }
        @if let (Some(newest), true) = (facts.versions.first(), notice.version > 1) {
            (box_of(w, Tone::Due, w.t("notice-was-corrected"), &html! { p { (newest.why) } }))
        }
    }
}

fn days(w: Words, facts: &Facts) -> Markup {
    let notice = &facts.notice;
    let law = w.t(&format!("law-{}", notice.law));
    let counted = w.n(&format!("notice-counted-{}", notice.counted.as_str()), notice.days);
    let least = w.n("notice-least", notice.min_days);
    let mut list =
        vec![(w.t("notice-law"), html! { (law) }), (w.t("notice-days"), html! { (counted) p.small.soft { (least) } })];
    if let Some(from) = &notice.from_day {
        list.push((w.t("notice-from"), page::day(w, from)));
    }
    if let Some(until) = &notice.until_day {
        let left = Due {
            day: ui::Civil::from(until),
            today: ui::Civil::from(&facts.today),
            time: "",
            soon: 1,
            provisional: notice.provisional,
            done: notice.state != Stands::Posted,
        };
        list.push((w.t("notice-until"), html! { (page::day(w, until)) " " (due(w, &left)) }));
    }
    if let Some(closed) = &notice.closed_day {
        list.push((w.t(&format!("notice-closed-{}", notice.state.as_str())), page::day(w, closed)));
    }
    sheet(w.t("notice-days-title"), &html! { (pairs(&list)) p.small.soft { (w.t("notice-counting")) } })
}

/// Earlier wordings, each beside what replaced it.
fn versions(w: Words, facts: &Facts) -> Markup {
    html! {
        @if facts.versions.len() > 1 {
            (section(w.t("notice-versions"), &html! {
                @for pair in facts.versions.windows(2) {
                    (fold(&heading(w, &pair[0]), &html! {
                        p { (w.t("notice-field-why")) " " (pair[0].why) }
                        p { strong { (changes(&pair[1].title, &pair[0].title)) } }
                        div.flow { (changes(&pair[1].body, &pair[0].body)) }
                        (fold(&heading(w, &pair[1]), &html! { p { strong { (pair[1].title) } } (page::prose(&pair[1].body)) }))
                    }))
                }
            }))
        }
    }
}

fn heading(w: Words, version: &Version) -> String {
    let (from, until) = (page::date(w, Some(&version.from_day)), page::date(w, Some(&version.until_day)));
    let args = [("n", version.version.into()), ("from", from.as_str().into()), ("until", until.as_str().into())];
    w.t_with("notice-version", &args)
}

fn changes(old: &str, new: &str) -> Markup {
    html! {
        @for part in difference(old, new) {
            @match part {
                Part::Same(text) => { (text) },
                Part::Gone(text) => { del { (text) } " " },
                Part::New(text) => { ins { (text) } " " },
            }
        }
    }
}

/// Answers are public; what was said only for its author and for those who answer.
fn objections(visit: &Visit, facts: &Facts, sent: &Sent<'_>) -> Markup {
    let (w, notice) = (visit.words, &facts.notice);
    let me = visit.actor.person();
    let here = format!("/notices/{}#objections", notice.id);
    let full = i64::try_from(facts.objections.len()).is_ok_and(|n| n >= queries::PAGE);
    let next = facts.objections.last().filter(|_| full);
    let next = next.map(|last| format!("/notices/{}?after={}#objections", notice.id, last.id));
    html! {
        section.stack #objections {
            h2 { (w.n("objections-title", notice.n_objections)) }
            @if facts.objections.is_empty() { p.soft { (w.t("objections-none")) } }
            @for objection in &facts.objections {
                @let own = me.is_some() && objection.author.as_ref() == me;
                (one(visit, facts, objection, own, sent))
            }
            (pager(w, facts.after.as_ref().map(|_| here.as_str()), next.as_deref()))
        }
    }
}

fn one(visit: &Visit, facts: &Facts, objection: &Objection, own: bool, sent: &Sent<'_>) -> Markup {
    let w = visit.words;
    let me = visit.actor.person();
    let posted = facts.versions.iter().any(|version| version.posted_by.is_some() && version.posted_by.as_ref() == me);
    let drafted = facts.notice.drafted_by.is_some() && facts.notice.drafted_by.as_ref() == me;
    let open = objection.state == ObjectionState::Open;
    let tone = if open { Tone::Due } else { Tone::Plain };
    let by_when = Due {
        day: ui::Civil::from(&objection.due_day),
        today: ui::Civil::from(&facts.today),
        time: "",
        soon: 1,
        provisional: objection.due_provisional,
        done: !open,
    };
    let who = if objection.shown_as.is_empty() { w.t("objection-by-resident") } else { &objection.shown_as };
    html! {
        article.sheet.stack id={ "objection-" (objection.id) } {
            p.meta {
                (tag(tone, w.t(&format!("objection-state-{}", objection.state.as_str()))))
                span { (who) }
                span { (page::day(w, &objection.made_day)) }
                @if open {
                    span { (w.t("objection-due")) " " (due(w, &by_when)) }
                    span { (owed_by(w, facts, objection)) }
                }
            }
            @if own || facts.may_answer { blockquote { (page::prose(&objection.words)) } }
            @if own { p.small.soft { (w.t("objection-yours")) } }
            @if !open {
                h3 { (w.t("objection-answer-title")) }
                (page::prose(&objection.answer))
                @if let Some(version) = objection.corrected_in { p.small { (w.n("objection-corrected-in", version)) } }
            } @else if facts.may_answer && !own && !posted && !drafted {
                (forms::answering(visit, objection, sent))
            } @else if facts.may_answer {
                p.small.soft { (w.t("objection-in-conflict")) }
            }
        }
    }
}

/// Which office owes the answer, without a person's name.
fn owed_by(w: Words, facts: &Facts, objection: &Objection) -> String {
    let page = owe::page_of(&objection.notice, &objection.id);
    match facts.owed.iter().find(|named| named.duty.page == page) {
        Some(named) => w.t_with("objection-owed-by", &[("holder", (&crate::shown::holder(w, named)).into())]),
        None => w.t("objection-owed-by-nobody").to_owned(),
    }
}

fn proof(w: Words, notice: &Notice) -> Markup {
    let about = subject_page(&notice.subject_kind, &notice.subject);
    sheet(
        w.t("notice-proof-title"),
        &html! {
            p { (w.t("notice-proof")) }
            ul.links {
                li { a href={ "/ledger?about=" (notice.id) } { (w.t("notice-proof-link")) } }
                li { a href={ "/verdicts?about=" (notice.id) } { (w.t("notice-verdict-link")) } }
                li { a href={ "/api/v1/notices/" (notice.id) } { (w.t("notice-api")) } }
                @if let Some(href) = about { li { a href=(href) { (w.t("notice-subject-link")) } } }
            }
        },
    )
}

/// The page of the record that is posted, for the kinds that have one.
pub(crate) fn subject_page(kind: &str, id: &str) -> Option<String> {
    Some(match kind {
        "season" => format!("/seasons/{id}"),
        "notice" => format!("/notices/{id}"),
        "matter" => format!("/matters/{id}"),
        "work" => format!("/works/{id}"),
        "round" => format!("/rounds/{id}"),
        "poll" => format!("/polls/{id}"),
        "lot" => format!("/lots/{id}"),
        "conversation" => format!("/conversations/{id}"),
        _ => return None,
    })
}

fn to_the_group(visit: &Visit, notice: &Notice) -> Markup {
    let w = visit.words;
    let until = page::date(w, notice.until_day.as_ref());
    let args = [
        ("title", notice.title.as_str().into()),
        ("place", notice.place_name.as_str().into()),
        ("until", until.as_str().into()),
    ];
    let text = w.t_with("notice-share", &args);
    visit.share("group", &text, &format!("/notices/{}", notice.id))
}
