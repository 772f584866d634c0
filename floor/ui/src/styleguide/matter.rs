//! A matter's way, and what is due.

use maud::{Markup, html};

use super::{PICTURE, TODAY, s};
use crate::format::Civil;
use crate::parts::{
    Attendee, Board, BoardRow, Cell, Chip, Due, DueRow, Event, Light, Photo, Presence, Seal, Stage, Weight, acts,
    attendance, board, button_named, due as due_day, due_list, empty, link_button, org, person, photos, seals,
    sheet_needs_you, thread,
};
use crate::words::Words;

fn day(month: u8, day: u8) -> Civil {
    Civil::new(2026, month, day)
}

pub(super) fn matter(w: Words) -> Markup {
    let l = w.locale();
    let dates = [day(7, 2), day(7, 19), day(8, 24)].map(|day| day.short(l));
    let past = |at: usize| Seal { stage: Stage::Past, note: &dates[at] };
    let next = Seal::default();
    let begun = Seal { stage: Stage::Now, note: "" };
    let now = Seal { stage: Stage::Now, note: s(w, "due-today") };
    html! {
        (seals(w, &[past(0), past(1), past(2), now, next]))
        (seals(w, &[begun, next, next, next, next]))
        (sheet_needs_you(s(w, "now-title"), &html! {
            p { (s(w, "now-text")) }
            p.acts { (link_button(Weight::First, "#matter", s(w, "now-act"))) }
        }))
        h3 { (w.t("thread-title")) }
        (the_thread(w))
        (empty(s(w, "thread-none"), s(w, "thread-none-hint"), None))
    }
}

fn the_thread(w: Words) -> Markup {
    let l = w.locale();
    let texts = [day(9, 30), day(9, 18), day(8, 24), day(7, 19)].map(|day| (day.short(l), day.iso()));
    let three = ["photo1", "photo2", "photo3"].map(|key| Photo {
        src: PICTURE,
        alt: s(w, key),
        href: Some(PICTURE),
        caption: s(w, key),
    });
    let rows = [
        (Stage::Next, "e4", html! {}),
        (Stage::Now, "e1", html! { p.soft { (s(w, "e1-text")) } }),
        (Stage::Past, "e2", html! { p { (s(w, "e2-text")) } (photos(&three)) }),
        (Stage::Past, "e3", html! { p { (s(w, "e3-text")) } }),
    ];
    let events: Vec<Event<'_>> = rows
        .into_iter()
        .zip(&texts)
        .map(|((stage, key, body), (when, iso))| Event {
            stage,
            when,
            datetime: iso,
            title: s(w, key),
            href: (stage == Stage::Past).then_some("#matter"),
            body,
        })
        .collect();
    thread(w, &events)
}

pub(super) fn due(w: Words) -> Markup {
    let on = |day: Civil, time| Due { day, today: TODAY, time, soon: 1, provisional: false, done: false };
    let row = |due, title, href, who, basis, act| DueRow { due, title, href, who, basis, act };
    let chip = |name, role| Chip { name: s(w, name), role: s(w, role), href: None };
    let committee = org(&Chip { name: s(w, "committee"), ..Chip::default() });
    html! {
        (due_list(w, &[
            row(on(day(9, 16), ""), s(w, "d1"), "#due", committee.clone(), s(w, "d1-basis"),
                link_button(Weight::Plain, "#due", s(w, "btn-plain"))),
            row(on(day(9, 18), "17:00"), s(w, "d2"), "#due", person(&chip("person2", "property")), s(w, "d2-basis"), html! {}),
            row(on(day(9, 19), ""), s(w, "d3"), "#due", committee, "", html! {}),
            row(Due { provisional: true, ..on(day(10, 9), "") }, s(w, "long-name"), "#due",
                person(&chip("person-long", "role-lift")), "", html! {}),
            row(Due { done: true, ..on(day(9, 15), "") }, s(w, "d4"), "#due", person(&chip("person3", "role-worker")), "", html! {}),
        ]))
        p { (due_day(w, &on(day(9, 16), ""))) }
        p { (due_day(w, &Due { provisional: true, ..on(Civil::new(2027, 2, 19), "12:00") })) }
        (the_board(w))
    }
}

/// Meetings held in January to August; 0 is a month without one. September is today, the rest is to come.
const HELD: [(&str, [u8; 8]); 3] =
    [("community", [1, 1, 2, 1, 1, 1, 3, 1]), ("community2", [1; 8]), ("community3", [1, 1, 1, 1, 0, 1, 0, 1])];

fn the_board(w: Words) -> Markup {
    let months: Vec<String> = (1..=12_u8).map(|month| month.to_string()).collect();
    let texts: Vec<Vec<(Light, String, String)>> = HELD.iter().map(|(_, held)| texts_of(w, held)).collect();
    let cells: Vec<Vec<Cell<'_>>> = texts
        .iter()
        .map(|row| {
            row.iter()
                .map(|(light, mark, label)| Cell {
                    light: *light,
                    mark,
                    label,
                    href: (*light != Light::Idle).then_some("#due"),
                })
                .collect()
        })
        .collect();
    let sums: Vec<[Markup; 1]> =
        HELD.iter().map(|(_, held)| [html! { (held.iter().map(|n| u32::from(*n)).sum::<u32>()) }]).collect();
    let rows: Vec<BoardRow<'_>> = HELD
        .iter()
        .zip(&cells)
        .zip(&sums)
        .map(|(((name, _), cells), sums)| BoardRow { name: s(w, name), href: "#due", cells, sums })
        .collect();
    board(
        w,
        &Board {
            id: "meetings",
            caption: s(w, "board"),
            place: s(w, "board-place"),
            months: &months.iter().map(String::as_str).collect::<Vec<_>>(),
            sums: &[s(w, "board-sum")],
            rows: &rows,
        },
    )
}

fn texts_of(w: Words, held: &[u8]) -> Vec<(Light, String, String)> {
    let label = |key: &str, month: u8, n: u8| w.t_with(key, &[("month", month.into()), ("n", n.into())]);
    (1..=12_u8)
        .map(|month| match held.get(usize::from(month) - 1) {
            Some(0) => (Light::Late, s(w, "board-missing").to_owned(), label("sg-cell-late", month, 0)),
            Some(n) => (Light::Done, n.to_string(), label("sg-cell-done", month, *n)),
            None if month == TODAY.month => {
                (Light::Soon, s(w, "board-today").to_owned(), label("sg-cell-soon", month, 0))
            }
            None => (Light::Idle, String::new(), String::new()),
        })
        .collect()
}

pub(super) fn attendance_list(w: Words) -> Markup {
    let who = |name, role| Chip { name: s(w, name), role: s(w, role), href: None };
    let row = |who, presence, note, act| Attendee { who, presence, note, act };
    let here = button_named(Weight::Plain, "present", "1", w.t("presence-present"));
    html! {
        form action="/styleguide" method="get" {
            (attendance(w, &[
                row(who("person1", "role-rep"), Presence::Present, "9:02", html! {}),
                row(who("person2", "property"), Presence::Open, "", acts(&[here])),
                row(who("person3", "role-worker"), Presence::Excused, "", html! {}),
                row(who("person-long", "role-lift"), Presence::Proxy, s(w, "person1"), html! {}),
                row(who("person1", "role-rep"), Presence::Absent, "", html! {}),
            ]))
        }
    }
}
