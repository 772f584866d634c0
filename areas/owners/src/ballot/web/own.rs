//! What the vote online and the intent survey share: one's own doors, or the door of a letter's code.

use db::{Fault, Snapshot};
use kernel::{Context, Refusal};
use serde::Deserialize;
use ui::{
    Markup, Words, html,
    parts::{Input, Tone, acts, apart, link_button, notice, sheet, text},
};
use web::Visit;

use super::super::{
    Door, Said,
    letters::MAX_CODE,
    online,
    queries::{of_one_head, said_of},
};
use crate::{
    page::{self, Typed, area, field, typed},
    round::{Round, web::One},
};

/// By which way the page is asked for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct By {
    by: String,
}

impl By {
    /// As a form was sent.
    pub fn of(fields: &Typed) -> By {
        By { by: if typed(fields, "code").trim().is_empty() { "" } else { "code" }.to_owned() }
    }
}

/// Who is before the page.
#[derive(Debug)]
pub(crate) struct Own {
    /// Their doors by their account.
    pub doors: Vec<Door>,
    /// How many units of the round are theirs, and their area together.
    head: (u64, u64),
    /// What their ballots say that count.
    pub said: Vec<Said>,
    /// They speak by the code of a letter.
    pub by_code: bool,
}

impl Own {
    /// Three statements for who has signed in, else none.
    pub fn read(s: &mut Snapshot<'_>, round: &Round, cx: &Context, by: &By) -> Result<Own, Fault> {
        let me = cx.author().filter(|_| by.by != "code");
        let Some(me) = me else { return Ok(Own { doors: Vec::new(), head: (0, 0), said: Vec::new(), by_code: true }) };
        let doors = online::doors_of(s, round, me)?;
        let head = match doors.first() {
            Some(door) => of_one_head(s, &round.id, door.number)?,
            None => (0, 0),
        };
        let said = said_of(s, &round.id, &doors)?;
        Ok(Own { doors, head, said, by_code: false })
    }

    /// How many flats are theirs, where they have several: in a vote they are one head, and a survey asks for each.
    pub fn several(&self, w: Words, (title, how): (&str, &str)) -> Markup {
        let (units, size) = (self.head.0, area(self.head.1));
        let args = [("n", units.into()), ("area", size.as_str().into())];
        html! {
            @if units > 1 {
                (notice(w, Tone::Plain, w.t(title), &html! { p { (w.t_with(how, &args)) } }))
            }
        }
    }
}

/// A form for each of one's doors, or one with a code. `inner` makes the fields; its argument says whether what was typed before
/// belongs there.
pub(crate) fn forms(
    visit: &Visit,
    (one, page): (&One, &'static str),
    own: &Own,
    (fields, refusal): (&Typed, Option<&Refusal>),
    inner: impl Fn(Option<&Door>, bool) -> Option<Markup>,
) -> Markup {
    let w = visit.words;
    let here = format!("{}/{page}", one.here());
    let code = field(w, ("code", "vote-code", "vote-code-hint"), typed(fields, "code"), (true, refusal));
    html! {
        @if own.by_code {
            (sheet(w.t("own-by-letter"), &page::form(visit, &here, &[], &html! {
                (text(w, &code, Input::Line, u32::try_from(MAX_CODE).ok()))
                @if let Some(inner) = inner(None, true) { (inner) }
            })))
            @if visit.me.is_none() { p { a href={ "/sign-in?next=" (here) } { (w.t("own-sign-in")) } } }
            @else { p { a href=(here) { (w.t("own-by-account")) } } }
        } @else {
            @for door in &own.doors {
                @let inner = inner(Some(door), typed(fields, "unit") == door.unit);
                (sheet(&door.unit, &html! {
                    @if let Some(inner) = inner {
                        (apart(&format!("d{}", door.number), &page::form(visit, &here, &[("unit", &door.unit)], &inner)))
                    }
                }))
            }
            @if own.doors.is_empty() {
                (ui::parts::empty(w.t("survey-no-unit"), w.t("survey-no-unit-hint"), None))
            }
            (acts(&[link_button(ui::parts::Weight::Plain, &format!("{here}?by=code"), w.t("own-use-code"))]))
        }
    }
}
