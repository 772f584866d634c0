//! The form of a visit: lists are typed one thing a line, as one writes them down on the way.

use std::collections::BTreeMap;

use kernel::{FieldError, Refusal};
use ui::{
    Markup, Words, html,
    parts::{self, Choice, Field, Input, Weight, acts, button, fieldset, told},
};
use web::Visit as Asker;

use super::{Has, HasLine, Lists, Met, MetLine, Need, Visit, correct::CorrectVisit, record::RecordVisit};
use crate::{
    page::{self, Line},
    season::web::shown,
};

/// What was typed, by name of the field.
pub(super) type Typed = BTreeMap<String, String>;

fn of<'a>(typed: &'a Typed, name: &str) -> &'a str {
    typed.get(name).map_or("", String::as_str)
}

/// Reads the fields; what is no number is refused with its field.
pub(super) fn read(typed: &Typed) -> Result<RecordVisit, Refusal> {
    let mut wrong = Vec::new();
    let mut met = Vec::new();
    for kind in Met::ALL {
        match of(typed, &format!("met-{}", kind.as_str())).trim() {
            "" | "0" => {}
            number => match number.parse() {
                Ok(people) => met.push(MetLine { kind: *kind, people }),
                Err(_) => wrong.push(FieldError::new("met", "not-a-number")),
            },
        }
    }
    let mut needs = Vec::new();
    for line in lines(of(typed, "needs")) {
        match need(line) {
            Some(need) => needs.push(need),
            None => wrong.push(FieldError::new("needs", "number-at-the-end")),
        }
    }
    let mut has = Vec::new();
    for kind in Has::ALL {
        has.extend(lines(of(typed, &format!("has-{}", kind.as_str()))).map(|line| thing(*kind, line)));
    }
    wrong.dedup();
    let [place, day, staff, findings, once] =
        ["place", "day", "staff", "findings", "once"].map(|name| of(typed, name).to_owned());
    if wrong.is_empty() {
        Ok(RecordVisit { place, day, staff, findings, met, needs, has, once })
    } else {
        Err(Refusal::invalid(wrong))
    }
}

/// The same for a visit that is there.
pub(super) fn read_correction(typed: &Typed) -> Result<CorrectVisit, Refusal> {
    let visit = read(typed)?;
    // a form that names no revision saw none
    Ok(CorrectVisit { revision: of(typed, "revision").parse().unwrap_or(u32::MAX), visit })
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    // one more than any list may have, so that too many are told and a flood ends
    text.lines().map(str::trim).filter(|line| !line.is_empty()).take(super::MAX_HAS + 1)
}

/// `楼道照明 23`, `楼道照明：23人`.
fn need(line: &str) -> Option<Need> {
    let line = line.trim_end_matches(['人', '次', '户', '位']).trim_end();
    let words = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let mentioned = line.get(words.len()..)?.parse().ok()?;
    let need = words.trim_end_matches([' ', '\t', '：', ':', '，', ',', '、', '　']);
    Some(Need { need: need.to_owned(), mentioned })
}

/// `文化活动室：约六十平方米`; what stands behind the colon is the note.
fn thing(kind: Has, line: &str) -> HasLine {
    let (name, note) = line.split_once(['：', ':']).unwrap_or((line, ""));
    HasLine { kind, name: name.trim().to_owned(), note: note.trim().to_owned() }
}

/// The fields of a visit that is there.
pub(super) fn filled(visit: &Visit, lists: &Lists) -> Typed {
    let mut typed: Typed = [
        ("place", visit.place.as_str()),
        ("day", visit.day.as_str()),
        ("staff", &visit.staff),
        ("findings", &visit.findings),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    for line in &lists.met {
        typed.insert(format!("met-{}", line.kind.as_str()), line.people.to_string());
    }
    let needs: Vec<String> = lists.needs.iter().map(|n| format!("{} {}", n.need, n.mentioned)).collect();
    typed.insert("revision".into(), visit.revision.to_string());
    typed.insert("needs".into(), needs.join("\n"));
    for kind in Has::ALL {
        let things = lists.has.iter().filter(|line| line.kind == *kind);
        let things: Vec<String> = things
            .map(|line| if line.note.is_empty() { line.name.clone() } else { format!("{}：{}", line.name, line.note) })
            .collect();
        typed.insert(format!("has-{}", kind.as_str()), things.join("\n"));
    }
    typed
}

/// The form. `places` are ids and names.
pub(super) fn show(
    asker: &Asker,
    action: &str,
    places: &[(String, String)],
    (typed, refusal): (&Typed, Option<&Refusal>),
) -> Markup {
    let w = asker.words;
    let errors = page::errors(w, refusal);
    let labels =
        ["place", "day", "staff", "met", "findings", "needs", "has"].map(|n| (n, w.t(&format!("visit-field-{n}"))));
    let field = |name: &'static str, hint: &'static str, required| Field {
        name,
        label: w.t(&format!("visit-field-{name}")),
        hint: if hint.is_empty() { "" } else { w.t(hint) },
        value: of(typed, name),
        error: errors.of(name),
        required,
    };
    let choices: Vec<Choice<'_>> =
        places.iter().map(|(id, name)| Choice { value: id, label: name, more: "" }).collect();
    let body = html! {
        (errors.summary(&labels))
        (told(w, refusal))
        (parts::select(w, &field("place", "", true), &choices))
        (parts::text(w, &field("day", "", true), Input::Day, Some(10)))
        (parts::text(w, &field("staff", "visit-field-staff-hint", true), Input::Line, Some(200)))
        (met_fields(w, typed, errors.of("met")))
        (parts::textarea(w, &field("findings", "visit-field-findings-hint", true), 8, Some(4_000)))
        (parts::textarea(w, &field("needs", "visit-field-needs-hint", false), 5, Some(3_000)))
        (has_fields(w, typed, errors.of("has")))
        (acts(&[button(Weight::First, w.t("btn-save"))]))
    };
    let hidden = [("once", of(typed, "once")), ("revision", of(typed, "revision"))];
    html! { section.sheet.stack { (page::form(asker, action, &hidden, &body)) } }
}

fn met_fields(w: Words, typed: &Typed, wrong: Option<String>) -> Markup {
    let body = html! {
        @if let Some(wrong) = wrong { p.error { (wrong) } }
        @for kind in Met::ALL {
            @let name = format!("met-{}", kind.as_str());
            (Line {
                name: &name,
                label: w.t(&format!("visit-met-{}", kind.as_str())),
                hint: "",
                value: of(typed, &name),
                input: Input::Number,
                most: 6,
                required: false,
            }.show(w, None))
        }
    };
    html! { div #f-met { (fieldset(w.t("visit-field-met"), w.t("visit-field-met-hint"), &body)) } }
}

fn has_fields(w: Words, typed: &Typed, wrong: Option<String>) -> Markup {
    let body = html! {
        @if let Some(wrong) = wrong { p.error { (wrong) } }
        @for kind in Has::ALL {
            @let name = format!("has-{}", kind.as_str());
            @let field = Field {
                name: &name,
                label: w.t(&format!("visit-has-{}", kind.as_str())),
                value: of(typed, &name),
                ..Field::default()
            };
            (parts::textarea(w, &field, 3, Some(6_000)))
        }
    };
    html! { div #f-has { (fieldset(w.t("visit-field-has"), w.t("visit-field-has-hint"), &body)) } }
}

/// The lists of a visit, as its page shows them.
pub(super) fn lists(w: Words, here: &str, lists: &Lists) -> Markup {
    html! {
        @if !lists.needs.is_empty() {
            (parts::section(w.t("visit-field-needs"), &html! {
                ul.plain {
                    @for need in &lists.needs {
                        li { a href={ (here) "?need=" (escaped(&need.need)) } { (need.need) } " "
                            span.soft { (w.n("visit-mentioned", need.mentioned)) } }
                    }
                }
            }))
        }
        @if !lists.has.is_empty() {
            (parts::section(w.t("visit-field-has"), &html! {
                @for kind in Has::ALL {
                    @let things: Vec<&HasLine> = lists.has.iter().filter(|line| line.kind == *kind).collect();
                    @if !things.is_empty() {
                        h3 { (w.t(&format!("visit-has-{}", kind.as_str()))) }
                        ul.plain { @for thing in things {
                            li { (thing.name) @if !thing.note.is_empty() { " " span.soft { (thing.note) } } }
                        } }
                    }
                }
            }))
        }
    }
}

/// Whom they met, a kind a line with its number.
pub(super) fn met(w: Words, lists: &Lists) -> Markup {
    html! {
        ul.plain {
            @for line in &lists.met {
                li { (w.t(&format!("visit-met-{}", line.kind.as_str()))) " " span.num { (line.people) } }
            }
        }
    }
}

/// Text for a query string (RFC 3986: everything but unreserved characters).
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A day as the pages of visits show it.
pub(super) fn day(w: Words, visit: &Visit) -> Markup {
    shown::day(w, &visit.day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_need_is_its_words_and_the_number_at_the_end() {
        for (line, want) in [
            ("楼道照明 23", Some(("楼道照明", 23))),
            ("楼道照明：23人", Some(("楼道照明", 23))),
            ("3号楼加扶手，12 户", Some(("3号楼加扶手", 12))),
            ("楼道照明", None),
            ("7", Some(("", 7))),
            ("多 99999999999", None),
        ] {
            let read = need(line);
            assert_eq!(read.as_ref().map(|n| (n.need.as_str(), n.mentioned)), want, "{line}");
        }
    }

    #[test]
    fn what_is_typed_is_read_and_shown_again_as_it_was() {
        let typed: Typed = [
            ("place", "1-x"),
            ("day", "2024-03-05"),
            ("staff", "甲、乙"),
            ("findings", "缺活动场地。"),
            ("met-elders", "12"),
            ("met-young", "0"),
            ("needs", "活动场地 20\n\n 助餐：8 人"),
            ("has-rooms", "活动室：六十平方米\n小广场"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        let input = read(&typed).unwrap();
        assert_eq!(input.met, [MetLine { kind: Met::Elders, people: 12 }]);
        assert_eq!(
            input.needs.iter().map(|n| (n.need.as_str(), n.mentioned)).collect::<Vec<_>>(),
            [("活动场地", 20), ("助餐", 8)]
        );
        assert_eq!(input.has.len(), 2);
        assert_eq!((input.has[0].name.as_str(), input.has[0].note.as_str()), ("活动室", "六十平方米"));
        let wrong = Typed::from([("met-elders".to_owned(), "many".to_owned()), ("needs".to_owned(), "灯".to_owned())]);
        let codes: Vec<_> = read(&wrong).unwrap_err().fields.iter().map(|f| (f.field, f.code)).collect();
        assert_eq!(codes, [("met", "not-a-number"), ("needs", "number-at-the-end")]);
    }

    #[test]
    fn any_text_stands_in_an_address() {
        assert_eq!(escaped("灯 a&b"), "%E7%81%AF%20a%26b");
    }
}
