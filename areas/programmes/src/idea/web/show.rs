//! One idea: what it says, what the office answered, who else wants it, what is said of it.

use axum::{
    extract::{Query, State as Shared},
    response::Response,
};
use db::Fault;
use kernel::{Refusal, Source};
use rights::{Action, may};
use serde::Deserialize;
use ui::{
    Civil, Markup, Words, html,
    parts::{Due, Head, Tone, Weight, acts, breadcrumb, cols, due, fold, head, link_button, notice, sheet, told},
};
use web::{PathId, Problem, Rim, Section, Visit, problem};
use work::{calendar::days_between, files::File};

use super::{acts::Typed, by, cards, talk, where_it_stands, withdraw::may_withdraw};
use crate::{
    Season, SeasonId, Stage, Template,
    idea::{Comment, Idea, IdeaId, Outcome, State, queries, rules},
    page::press,
    season::{queries as seasons, web::shown},
    template::{self, name_of},
    workshop::{self, WorkshopId},
};

/// Where the comments begin.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct After {
    after: String,
}

/// What the page shows.
pub(super) struct Facts {
    pub season: Season,
    template: Option<Template>,
    pub idea: Idea,
    pub comments: Vec<Comment>,
    after: String,
    files: Vec<File>,
    /// What was merged into it, or what it was split into.
    others: Vec<Idea>,
    /// Where it goes on, or what it was a part of.
    other: Option<Idea>,
    /// The workshop at which it was written on a card.
    workshop: Option<(WorkshopId, String)>,
    supported: bool,
    mine: bool,
    pub office: bool,
    /// The reader may comment and support.
    pub talks: bool,
    /// The name by which others see the reader.
    pub shown_name: String,
    pub once: String,
    today: kernel::Day,
}

/// A form of the page that was refused.
pub(super) struct Again {
    /// Which one: the last part of its address.
    pub which: &'static str,
    pub typed: Typed,
    pub refusal: Refusal,
}

/// `GET /seasons/{season}/ideas/{idea}`: two statements, one more each for its field, photos, comments, merged ideas, workshop;
/// three for who may talk; one for who holds a post.
pub(super) async fn show(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(ids): PathId<(SeasonId, IdeaId)>,
    Query(After { after }): Query<After>,
) -> Result<Response, Problem> {
    let facts = facts(&rim, &visit, ids, after).await?;
    Ok(visit.page(Section::Seasons, &facts.idea.title, &page(&visit, &facts, None)))
}

/// The page again, with the form that was refused.
pub(super) async fn again(
    rim: &Rim,
    visit: &Visit,
    ids: (SeasonId, IdeaId),
    form: &Again,
) -> Result<Response, Problem> {
    let facts = facts(rim, visit, ids, String::new()).await?;
    let mut response = visit.page(Section::Seasons, &facts.idea.title, &page(visit, &facts, Some(form)));
    *response.status_mut() = problem::status_of(&form.refusal);
    Ok(response)
}

async fn facts(rim: &Rim, visit: &Visit, (id, idea): (SeasonId, IdeaId), after: String) -> Result<Facts, Problem> {
    let (cx, once) = (rim.context_of(visit), rim.once());
    let read = rim.db.read(move |s| {
        let season = seasons::season(s, &id)?;
        let (idea, office) = queries::seen(s, &cx, &season, &idea)?;
        let on = (&id, &idea.id);
        let template = if idea.field.is_empty() { None } else { Some(template::queries::of_season(s, &season)?) };
        let comments = if idea.n_comments > 0 { queries::comments(s, on, &after)? } else { Vec::new() };
        let files =
            if idea.n_photos > 0 { work::files::of_subject(s, id.home(), idea.id.as_str())? } else { Vec::new() };
        let sees = |other: &Idea| rules::may_see(other, cx.author(), office);
        let mut others = match idea.state {
            State::Split => queries::parts(s, &id, &idea.id)?,
            _ if idea.n_merged > 0 => queries::merged(s, &id, &idea.id)?,
            _ => Vec::new(),
        };
        others.retain(sees);
        let other = match idea.merged_into.as_ref().or(idea.split_from.as_ref()) {
            Some(other) => Some(queries::idea(s, &id, other)?).filter(sees),
            None => None,
        };
        let workshop = match idea.source {
            Source::Workshop => workshop::queries::of_idea(s, &id, &idea.id)?,
            _ => None,
        };
        let talks = idea.state == State::Shown
            && rules::may_talk(&season).is_ok()
            && may(&cx.actor, Action::PostIdea, id.home());
        let (mut supported, mut shown_name) = (false, String::new());
        if let Some(me) = cx.author().filter(|_| talks) {
            supported = queries::supported(s, on, me)?;
            shown_name = people::account::queries::shown_name(s, me)?;
        }
        let mine = cx.author().is_some() && idea.person.as_ref() == cx.author();
        let (after, once, today) = (after.clone(), once.clone(), cx.day.clone());
        Ok::<_, Fault>(Facts {
            season,
            template,
            idea,
            comments,
            after,
            files,
            others,
            other,
            workshop,
            supported,
            mine,
            office,
            talks,
            shown_name,
            once,
            today,
        })
    });
    Ok(read.await?)
}

fn page(visit: &Visit, f: &Facts, again: Option<&Again>) -> Markup {
    let (w, idea) = (visit.words, &f.idea);
    let here = format!("/seasons/{}", f.season.id);
    let (list, base) = (format!("{here}/ideas"), format!("{here}/ideas/{}", idea.id));
    let mut kicker = vec![by(w, idea), shown::day(w, &idea.posted_day)];
    if !idea.place_name.is_empty() {
        kicker.push(html! { (idea.place_name) });
    }
    if let Some(template) = &f.template {
        kicker.push(html! { (name_of(&template.fields, &idea.field, w.locale())) });
    }
    if idea.source != Source::Web {
        kicker.push(html! { (w.t(&format!("source-{}", idea.source.as_str()))) });
    }
    let tag = where_it_stands(w, idea);
    if !tag.0.is_empty() {
        kicker.push(tag);
    }
    let main = html! {
        div.stack {
            (told(w, again.map(|a| &a.refusal)))
            (state(w, f, &here))
            div.stack.flow { (shown::prose(&idea.body)) }
            @if let Some((workshop, title)) = &f.workshop {
                p.soft { (w.t("idea-from-workshop")) " " a href={ (here) "/workshops/" (workshop) } { (title) } }
            }
            (web::photos::side_by_side(w, &base, f.files.iter()))
            (answered(w, f))
            (supports(visit, f, &base))
            (made_of(w, f, &here))
            (talk::comments(visit, f, &base, again))
            (more(w, f, &base))
        }
    };
    let aside = html! {
        div.stack {
            @if idea.state == State::Shown { (fold(w.t("share-title"), &for_the_group(visit, f, &base))) }
            @if f.office { (talk::office(visit, f, &base, again)) }
            @if f.mine && may_withdraw(idea) {
                (acts(&[link_button(Weight::Quiet, &format!("{base}/withdraw"), w.t("idea-withdraw"))]))
            }
            p.small.soft { (w.t_with("idea-number", &[("number", idea.id.as_str().into())])) }
            (acts(&[link_button(Weight::Plain, &list, w.t("ideas-all"))]))
        }
    };
    html! {
        (breadcrumb(
            w,
            &[("/seasons", w.t("nav-seasons")), (&here, &f.season.name), (&list, w.t("ideas-title"))],
            &idea.title,
        ))
        (head(&Head { kicker: &kicker, title: &idea.title, ..Head::default() }))
        (cols(&main, &aside))
    }
}

/// Who sees it and why, and where it goes on.
fn state(w: Words, f: &Facts, here: &str) -> Markup {
    let idea = &f.idea;
    let link = |other: &Idea| html! { p { a href={ (here) "/ideas/" (other.id) } { (other.title) } } };
    let say = |key: &str, more: &Markup| notice(w, Tone::Due, "", &html! { p { (w.t(key)) } (more) });
    let none = html! {};
    match (idea.state, &f.other) {
        (State::Waiting, _) => say("idea-waiting-told", &none),
        (State::Hidden, _) => say("idea-hidden-told", &shown::prose(&idea.reason)),
        (State::Withdrawn, _) => say("idea-withdrawn-told", &none),
        (State::Merged, Some(other)) => say("idea-merged-told", &link(other)),
        (State::Merged, None) => say("idea-merged-away", &none),
        (State::Split, _) => say("idea-split-told", &shown::prose(&idea.reason)),
        (State::Shown, Some(other)) => html! { div.soft { p { (w.t("idea-part-of")) } (link(other)) } },
        _ => none,
    }
}

/// Whether what was taken up can be written as a proposal now.
fn may_propose(f: &Facts) -> bool {
    let now = matches!(f.season.stage, Stage::Screening | Stage::Coaching | Stage::Proposals);
    now && f.template.as_ref().is_some_and(|template| template.has(Stage::Proposals))
}

/// What the office said, or by when it will.
fn answered(w: Words, f: &Facts) -> Markup {
    let idea = &f.idea;
    let date = |day| shown::date(w.locale(), day);
    match (&idea.answer, &idea.promise) {
        (Some(answer), promise) => sheet(
            w.t("idea-answer"),
            &html! {
                p { strong { (w.t(&format!("idea-outcome-{}", answer.outcome.as_str()))) } }
                (shown::prose(&answer.words))
                p.small.soft {
                    (w.t_with("idea-answered-on", &[("date", (&date(&answer.day)).into())]))
                    @if let Some(promise) = promise.as_ref().filter(|_| idea.is_late()) {
                        " " (w.t_with("idea-answered-late", &[("date", (&date(&promise.day)).into())]))
                    }
                }
                @if f.mine && answer.outcome == Outcome::TakenUp && may_propose(f) {
                    @let new = format!("/seasons/{}/proposals/new?idea={}", f.season.id, idea.id);
                    (acts(&[link_button(Weight::First, &new, w.t("proposal-new"))]))
                }
            },
        ),
        (None, Some(promise)) if matches!(idea.state, State::Shown | State::Waiting) => html! {
            p {
                (w.t_with("idea-promise", &[("date", (&date(&promise.day)).into())])) " "
                (due_of(w, idea, &f.today))
            }
        },
        _ => html! {},
    }
}

/// The light of an idea without an answer.
pub(super) fn due_of(w: Words, idea: &Idea, today: &kernel::Day) -> Markup {
    let Some(promise) = &idea.promise else { return html! {} };
    let soon = days_between(&promise.soon, &promise.day);
    due(
        w,
        &Due {
            day: Civil::from(&promise.day),
            today: Civil::from(today),
            time: "",
            soon: u16::try_from(soon).unwrap_or(0),
            provisional: promise.provisional,
            done: idea.answer.is_some(),
        },
    )
}

/// How many support it, and the button. Never who.
fn supports(visit: &Visit, f: &Facts, base: &str) -> Markup {
    let w = visit.words;
    let open = f.idea.state == State::Shown && rules::may_talk(&f.season).is_ok();
    let button = match (f.talks, f.supported) {
        (true, false) => press(visit, &format!("{base}/support"), &[], Weight::First, w.t("idea-support")),
        (true, true) => press(visit, &format!("{base}/unsupport"), &[], Weight::Quiet, w.t("idea-unsupport")),
        (false, _) if open && visit.me.is_none() => {
            acts(&[link_button(Weight::Plain, &format!("/sign-in?next={base}"), w.t("idea-support-sign-in"))])
        }
        (false, _) => html! {},
    };
    html! { p { (w.n("idea-supports", f.idea.n_supports)) } (button) }
}

/// Whose thoughts went into it, or what became of its parts.
fn made_of(w: Words, f: &Facts, here: &str) -> Markup {
    if f.others.is_empty() {
        return html! {};
    }
    if f.idea.state == State::Split {
        return sheet(w.t("idea-parts"), &cards(w, &f.season.id, &f.others, None));
    }
    sheet(
        w.t("idea-credits"),
        &html! {
            ul.links {
                @for other in &f.others {
                    li { a href={ (here) "/ideas/" (other.id) } { (other.title) } " " span.small.soft { (by(w, other)) } }
                }
            }
        },
    )
}

/// The next page of comments.
fn more(w: Words, f: &Facts, base: &str) -> Markup {
    let full = i64::try_from(f.comments.len()).is_ok_and(|n| n >= queries::COMMENTS);
    let next = f.comments.last().filter(|_| full).map(|last| format!("{base}?after={}.{}", last.thread, last.id));
    ui::parts::pager(w, (!f.after.is_empty()).then_some(base), next.as_deref())
}

/// A text for the neighbours' group, without anybody's name.
fn for_the_group(visit: &Visit, f: &Facts, base: &str) -> Markup {
    let w = visit.words;
    let said = f.idea.answer.as_ref().map_or("idea-share", |answer| match answer.outcome {
        Outcome::TakenUp => "idea-share-taken-up",
        _ => "idea-share-answered",
    });
    let text = w.t_with(
        said,
        &[("season", (&f.season.name).into()), ("title", (&f.idea.title).into()), ("n", f.idea.n_supports.into())],
    );
    visit.share("idea-share", &text, base)
}
