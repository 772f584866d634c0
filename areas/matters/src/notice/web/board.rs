//! The board: what hangs now, what has hung, and drafts for those who may post them.

use axum::{
    extract::{Query, State},
    response::Response,
};
use db::DbError;
use kernel::{Day, Instant, PlaceId};
use places::Place;
use rights::{Action, may, reach};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{
        Card, Choice, Field, Filter as Bar, Head, Posting, Tab, Tone, Weight, cards, empty, filter, head, link_button,
        pager, posting, select, tabs, tag,
    },
};
use web::{Problem, Rim, Section, Visit, optional_id};

use crate::{
    notice::{
        Notice, NoticeId, State as Stands, kinds,
        queries::{self, Filter},
    },
    page,
};

/// Which notices, and where the page begins.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    place: String,
    #[serde(default)]
    kind: String,
    /// `past` or `drafts`; else what hangs now.
    #[serde(default)]
    view: String,
    /// The last row of the page before: a day or an instant, and an id.
    #[serde(default)]
    at: String,
    #[serde(default)]
    id: String,
}

impl Which {
    /// The address of the list with other parts.
    fn href(&self, view: &str, kind: &str, rest: &str) -> String {
        let pairs = [("place", self.place.as_str()), ("kind", kind), ("view", view)];
        let pairs: Vec<String> = pairs.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| format!("{k}={v}")).collect();
        let query = pairs.join("&");
        match (query.is_empty(), rest.is_empty()) {
            (true, true) => "/notices".to_owned(),
            (true, false) => format!("/notices?{rest}"),
            (false, true) => format!("/notices?{query}"),
            (false, false) => format!("/notices?{query}&{rest}"),
        }
    }

    /// Only what the list knows, so that nothing strange comes back in a link.
    fn known(mut self) -> Which {
        if optional_id::<kernel::PlaceNoun>(Some(&self.place)).is_none() {
            self.place.clear();
        }
        if !kinds::KINDS.iter().any(|kind| kind.word == self.kind) {
            self.kind.clear();
        }
        if !["past", "drafts"].contains(&self.view.as_str()) {
            self.view.clear();
        }
        self
    }
}

struct Facts {
    which: Which,
    place: Option<Place>,
    notices: Vec<Notice>,
    today: Day,
    /// May see drafts and write new notices: where.
    drafts: Option<PlaceId>,
}

/// `GET /notices`: two statements, three with drafts.
pub(crate) async fn list(
    State(rim): State<Rim>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let (which, today) = (which.known(), page::today(&rim));
    let own = visit.actor.principal().and_then(|me| reach(me, Action::PostNotice).into_iter().next());
    let actor = visit.actor.clone();
    let facts = rim.db.read(move |s| {
        let asked: Option<PlaceId> = optional_id(Some(&which.place));
        let place = asked.as_ref().map(|id| places::queries::show(s, id)).transpose()?.flatten();
        let home = match (&place, &own) {
            (None, Some(own)) if which.view == "drafts" => places::queries::show(s, own)?,
            _ => place.clone(),
        };
        let site = home.as_ref().map(Place::site).transpose()?;
        let allowed = site.as_ref().is_some_and(|site| may(&actor, Action::PostNotice, site));
        let filter = Filter { path: place.as_ref().map(|p| p.path.clone()), kind: which.kind.clone() };
        let notices = match (which.view.as_str(), &home) {
            ("past", _) => queries::past(s, &filter, instant(&which).as_ref().map(|(at, id)| (*at, id)))?,
            ("drafts", Some(home)) if allowed => queries::drafts(s, &home.path, optional_id(Some(&which.id)).as_ref())?,
            ("drafts", _) => Vec::new(),
            _ => queries::running(s, &filter, last_day(&which).as_ref().map(|(day, id)| (day, id)))?,
        };
        let drafts = if allowed { home.map(|p| p.id) } else { own.clone() };
        Ok::<_, DbError>(Facts { which: which.clone(), place, notices, today: today.clone(), drafts })
    });
    let facts = facts.await?;
    let w = visit.words;
    Ok(visit.page(Section::Notices, w.t("notices-title"), &board(w, &facts)))
}

fn last_day(which: &Which) -> Option<(Day, NoticeId)> {
    Some((Day::parse(&which.at)?, which.id.parse().ok()?))
}

fn instant(which: &Which) -> Option<(Instant, NoticeId)> {
    Some((Instant(which.at.parse().ok()?), which.id.parse().ok()?))
}

fn board(w: Words, facts: &Facts) -> Markup {
    let which = &facts.which;
    let new = facts.drafts.as_ref().map(|place| format!("/notices/new?place={place}"));
    let new = new.map(|href| link_button(Weight::Plain, &href, w.t("notice-new")));
    let views = [("", "notices-tab-now"), ("past", "notices-tab-past"), ("drafts", "notices-tab-drafts")];
    let hrefs = views.map(|(view, _)| which.href(view, &which.kind, ""));
    let list: Vec<Tab<'_>> = (views.iter().zip(&hrefs))
        .filter(|((view, _), _)| *view != "drafts" || facts.drafts.is_some())
        .map(|((view, key), href)| Tab { href, label: w.t(key), count: None, here: *view == which.view })
        .collect();
    html! {
        (head(&Head {
            kicker: &facts.place.iter().map(|place| html! { (place.shown) }).collect::<Vec<_>>(),
            title: w.t("notices-title"),
            lead: w.t("notices-lead"),
            acts: new.as_slice(),
        }))
        div.stack {
            (tabs(w.t("notices-title"), &list))
            (bar(w, which))
            (listed(w, facts))
            p.small.soft { a href={ "/notices.atom" @if !which.place.is_empty() { "?place=" (which.place) } } { (w.t("notices-feed")) } }
        }
    }
}

fn bar(w: Words, which: &Which) -> Markup {
    let mut words: Vec<&str> = kinds::KINDS.iter().map(|kind| kind.word).collect();
    words.dedup();
    let choices: Vec<Choice<'_>> = words
        .into_iter()
        .map(|value| Choice { value, label: w.t(&format!("notice-kind-{value}")), more: "" })
        .collect();
    let field = Field { name: "kind", label: w.t("notice-field-kind"), value: &which.kind, ..Field::default() };
    let mut fields = vec![select(w, &field, &choices)];
    for (name, value) in [("place", &which.place), ("view", &which.view)] {
        if !value.is_empty() {
            fields.push(html! { input type="hidden" name=(name) value=(value); });
        }
    }
    filter(w, &Bar { action: "/notices", label: "", fields: &fields, on: &[], found: "" })
}

fn listed(w: Words, facts: &Facts) -> Markup {
    let which = &facts.which;
    let full = i64::try_from(facts.notices.len()).is_ok_and(|n| n >= queries::PAGE);
    let next = facts.notices.last().filter(|_| full).map(|last| {
        let at = match which.view.as_str() {
            "past" => last.closed_at.map(|at| at.0.to_string()),
            _ => last.until_day.as_ref().map(ToString::to_string),
        };
        which.href(&which.view, &which.kind, &format!("at={}&id={}", at.unwrap_or_default(), last.id))
    });
    let first = which.href(&which.view, &which.kind, "");
    html! {
        @if facts.notices.is_empty() && !which.id.is_empty() {
            (empty(w.t("list-end"), "", Some((&first, w.t("list-first")))))
        } @else if facts.notices.is_empty() {
            (empty(w.t("notices-none"), w.t("notices-none-hint"), None))
        } @else if which.view.is_empty() {
            @for notice in &facts.notices { (hanging(w, notice, &facts.today)) }
        } @else {
            (closed(w, &facts.notices))
        }
        (pager(w, (!which.id.is_empty()).then_some(first.as_str()), next.as_deref()))
    }
}

/// A notice that hangs, with its days left.
fn hanging(w: Words, notice: &Notice, today: &Day) -> Markup {
    let href = format!("/notices/{}", notice.id);
    let form = format!("{href}#object");
    let (Some(from), Some(until)) = (&notice.from_day, &notice.until_day) else { return html! {} };
    let kind = w.t(&format!("notice-kind-{}", notice.kind));
    posting(
        w,
        &Posting {
            title: &notice.title,
            href: &href,
            by: html! { (notice.place_name) " · " (kind) },
            from: ui::Civil::from(from),
            until: ui::Civil::from(until),
            today: ui::Civil::from(today),
            provisional: notice.provisional,
            objections: u64::from(notice.n_objections),
            object_href: Some(&form),
            excerpt: &page::excerpt(&notice.body, 80),
        },
    )
}

/// Notices that do not hang: ended, withdrawn, or not yet up.
fn closed(w: Words, notices: &[Notice]) -> Markup {
    let hrefs: Vec<String> = notices.iter().map(|n| format!("/notices/{}", n.id)).collect();
    let excerpts: Vec<String> = notices.iter().map(|n| page::excerpt(&n.body, 80)).collect();
    let metas: Vec<Vec<Markup>> = notices.iter().map(|n| meta(w, n)).collect();
    let list = notices.iter().enumerate().map(|(at, notice)| Card {
        title: &notice.title,
        href: &hrefs[at],
        tag: state(w, notice.state),
        meta: &metas[at],
        excerpt: &excerpts[at],
    });
    cards(&list.collect::<Vec<_>>())
}

fn meta(w: Words, notice: &Notice) -> Vec<Markup> {
    let mut facts = vec![html! { (notice.place_name) }, html! { (w.t(&format!("notice-kind-{}", notice.kind))) }];
    if let (Some(from), Some(until)) = (&notice.from_day, &notice.until_day) {
        let (from, until) = (page::date(w, Some(from)), page::date(w, Some(until)));
        let dates = w.t_with("posting-dates", &[("from", from.as_str().into()), ("until", until.as_str().into())]);
        facts.push(html! { (dates) });
    }
    facts
}

/// Where a notice stands, in a word.
pub(super) fn state(w: Words, state: Stands) -> Markup {
    let tone = match state {
        Stands::Draft => Tone::Plain,
        Stands::Posted => Tone::Due,
        Stands::Ended => Tone::Ok,
        Stands::Withdrawn => Tone::NeedsYou,
    };
    tag(tone, w.t(&format!("notice-state-{}", state.as_str())))
}
