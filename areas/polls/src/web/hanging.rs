//! A roll that is frozen and hangs, or is to be: until when, and what that leaves to do.

use kernel::{Day, Refusal};
use matters::notice::State as NoticeState;
use ui::{
    Markup, Words, html,
    parts::{Field, Input, Tone, Weight, acts, button, fold, link_button, notice, sheet, text, textarea},
    words::Arg,
};
use web::{Visit, page::form, page::press};

use super::office::{Facts, reason_field};
use crate::{Poll, queries::Hangs};

/// A sentence with days in full.
pub(super) fn on_days(w: Words, key: &str, days: &[(&str, &Day)]) -> String {
    let told: Vec<(&str, String)> =
        days.iter().map(|(name, day)| (*name, ui::Civil::from(*day).full(w.locale()))).collect();
    let args: Vec<(&str, Arg<'_>)> = told.iter().map(|(name, day)| (*name, day.as_str().into())).collect();
    w.t_with(key, &args)
}

/// When a poll whose roll is frozen can open.
pub(super) fn when(w: Words, poll: &Poll, (hangs, today): (Option<&Hangs>, &Day)) -> String {
    let hanging = hangs.filter(|hangs| hangs.notice != Some(NoticeState::Ended));
    match hanging {
        None => on_days(w, "poll-opens-on", &[("day", &poll.opens_day)]),
        Some(Hangs { notice: Some(NoticeState::Withdrawn), .. }) => w.t("poll-roll-withdrawn").to_owned(),
        Some(hangs) if hangs.first > poll.closes_day => {
            on_days(w, "poll-roll-too-late", &[("until", &hangs.until), ("closes", &poll.closes_day)])
        }
        Some(hangs) if *today > hangs.until => on_days(w, "poll-roll-to-end", &[("until", &hangs.until)]),
        Some(hangs) => {
            let first = (&hangs.first).max(&poll.opens_day);
            on_days(w, "poll-roll-until", &[("until", &hangs.until), ("first", first)])
        }
    }
}

/// The roll is to be frozen: with the wording of its notice, or with what stands in the way.
pub(super) fn freeze_sheet(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let poll = &facts.one.poll;
    if let Some(hangs) = facts.hangs.as_ref().filter(|hangs| hangs.first > poll.opens_day) {
        return too_long(w, facts, hangs);
    }
    let title = w.t_with("poll-notice-title", &[("title", (&poll.title).into())]);
    let voters = i64::try_from(facts.counts.0).unwrap_or(i64::MAX);
    let text_ = w.t_with("poll-notice-body", &[("title", (&poll.title).into()), ("n", voters.into())]);
    let title = Field {
        name: "title",
        label: w.t("poll-notice-field-title"),
        value: &title,
        required: true,
        ..Field::default()
    };
    let body =
        Field { name: "body", label: w.t("poll-notice-field-body"), value: &text_, required: true, ..Field::default() };
    let fields = html! {
        p { (w.t("poll-freeze-note")) }
        @if poll.roll_days > 0 {
            p { (w.n("poll-freeze-days", poll.roll_days)) }
            @if let Some(hangs) = &facts.hangs {
                p { (on_days(w, "poll-freeze-until", &[("until", &hangs.until), ("first", &hangs.first)])) }
            }
            (text(w, &title, Input::Line, Some(120)))
            (textarea(w, &body, 4, Some(4_000)))
        }
        (acts(&[button(Weight::First, w.t("poll-freeze"))]))
    };
    sheet(w.t("poll-freeze-title"), &form(visit, &format!("{}/roll/freeze", facts.one.here()), &[], &fields))
}

/// What stands in the way of freezing: the roll would hang longer than there is time, and the days are then frozen too.
fn too_long(w: Words, facts: &Facts, hangs: &Hangs) -> Markup {
    let days = [("until", &hangs.until), ("first", &hangs.first), ("opens", &facts.one.poll.opens_day)];
    let change = format!("{}/change", facts.one.here());
    notice(
        w,
        Tone::NeedsYou,
        w.t("poll-freeze-title"),
        &html! {
            p { (on_days(w, "poll-freeze-too-long", &days)) }
            (acts(&[link_button(Weight::First, &change, w.t("poll-change-days"))]))
        },
    )
}

/// The poll is to be opened, or goes back to a draft.
pub(super) fn opening_sheet(visit: &Visit, facts: &Facts, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let (one, here) = (&facts.one, facts.one.here());
    let posted = facts.hangs.as_ref().and_then(|hangs| hangs.notice) == Some(NoticeState::Posted);
    let (back, note) =
        if posted { ("poll-thaw-withdraw", "poll-thaw-withdraw-note") } else { ("poll-thaw", "poll-thaw-note") };
    html! {
        (notice(w, Tone::Due, "", &html! {
            p { (when(w, &one.poll, (facts.hangs.as_ref(), &facts.today))) }
            @if let Some(notice) = &one.poll.notice {
                p { a href={ "/notices/" (notice) } { (w.t("poll-roll-notice")) } }
            }
        }))
        @if posted {}
        @else if one.runs {
            (sheet(w.t("poll-open-title"), &html! {
                p { (w.t("poll-open-note")) }
                (press(visit, &format!("{here}/open"), &[], Weight::First, w.t("poll-open")))
            }))
        } @else { (notice(w, Tone::Due, "", &html! { p { (w.t("poll-open-by-officer")) } })) }
        (fold(w.t(back), &form(visit, &format!("{here}/roll/thaw"), &[], &html! {
            p { (w.t(note)) }
            (reason_field(w, refusal))
            (acts(&[button(Weight::Plain, w.t(back))]))
        })))
    }
}
