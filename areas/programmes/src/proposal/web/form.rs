//! The long form of a proposal: what it sends, and how it looks.

use kernel::{FieldError, Refusal};
use places::Place;
use ui::{
    Markup, Words, html,
    parts::{
        Choice, Errors, Field, Input, Weight, acts, button_named, fieldset, fold, money, select, text, textarea, told,
    },
};
use web::Visit;

use super::{Facts, page_of};
use crate::{
    Stage, Template, page,
    proposal::{
        MAX_FUNDS, MAX_LINES, State, Typed, TypedFund, TypedLine,
        names::{self, FUND, LINE},
    },
    template::{EntryKind, Names},
};

/// Rows of a fresh budget, and how many more come at once.
pub(super) const ROWS: usize = 12;

/// What the form sends.
#[derive(Debug, Clone, Default)]
pub(super) struct Sent {
    pub typed: Typed,
    pub revision: i64,
    /// The button: `save`, `version`, `more` or `submit`.
    pub then: String,
    pub rows: usize,
}

/// Reads the fields; what has no name in the form is left out.
pub(super) fn parse(pairs: Vec<(String, String)>, template: &Template) -> Sent {
    let mut sent = Sent::default();
    let mut lines = vec![TypedLine::default(); MAX_LINES];
    let mut funds = vec![TypedFund::default(); MAX_FUNDS];
    for (name, value) in pairs {
        let (part, rest) = name.split_once('-').unwrap_or((&name, ""));
        let (row, what) = rest.split_once('-').unwrap_or((rest, ""));
        let at = row.parse::<usize>().ok().and_then(|row| row.checked_sub(1));
        let typed = &mut sent.typed;
        match (part, at) {
            ("line", Some(at)) if at < MAX_LINES => {
                let line = &mut lines[at];
                let cells = [&mut line.kind, &mut line.what, &mut line.quantity, &mut line.price, &mut line.from];
                if let Some((_, cell)) = LINE.iter().zip(cells).find(|(part, _)| **part == what) {
                    *cell = value;
                }
            }
            ("fund", Some(at)) if at < MAX_FUNDS => {
                let fund = &mut funds[at];
                let cells = [&mut fund.whom, &mut fund.amount];
                if let Some((_, cell)) = FUND.iter().zip(cells).find(|(part, _)| **part == what) {
                    *cell = value;
                }
            }
            ("answer", Some(at)) => {
                if let Some(entry) = template.form.get(at) {
                    typed.answers.insert(entry.key.clone(), value);
                }
            }
            ("title", _) => typed.title = value,
            ("summary", _) => typed.summary = value,
            ("place", _) => typed.place = value,
            ("field", _) => typed.field = value,
            ("tier", _) => typed.tier = value,
            ("group", _) => typed.group = value,
            ("revision", _) => sent.revision = value.parse().unwrap_or(-1),
            ("rows", _) => sent.rows = value.parse().unwrap_or(ROWS),
            ("then", _) => sent.then = value,
            _ => {}
        }
    }
    (sent.typed.lines, sent.typed.funds) = (lines, funds);
    sent.typed = sent.typed.packed();
    sent
}

/// What the form shows.
pub(super) struct Shown<'a> {
    pub typed: &'a Typed,
    pub revision: i64,
    pub rows: usize,
    /// What is wrong with what is typed.
    pub faults: &'a [FieldError],
    pub refusal: Option<&'a Refusal>,
    pub places: &'a [Place],
}

struct Form<'a> {
    w: Words,
    facts: &'a Facts,
    shown: &'a Shown<'a>,
    errors: Errors<'a>,
}

/// The whole form.
pub(super) fn form(visit: &Visit, facts: &Facts, shown: &Shown<'_>) -> Markup {
    let w = visit.words;
    let f = Form { w, facts, shown, errors: Errors::new(w, shown.faults) };
    let labels = f.labels();
    let labels: Vec<(&str, &str)> = labels.iter().map(|(name, label)| (*name, label.as_str())).collect();
    let rows = shown.rows.max(shown.typed.lines.len() + 2).clamp(ROWS, MAX_LINES);
    let submits = facts.season.stage == Stage::Proposals;
    let first = |yes| if yes { Weight::First } else { Weight::Plain };
    let mut buttons = vec![button_named(first(!submits), "then", "save", w.t("proposal-save"))];
    if facts.proposal.state == State::Draft {
        buttons.push(button_named(Weight::Plain, "then", "version", w.t("proposal-save-version")));
    }
    if submits {
        buttons.push(button_named(first(true), "then", "submit", w.t("proposal-submit")));
    }
    let (revision, rows_sent) = (shown.revision.to_string(), rows.to_string());
    page::form(
        visit,
        &format!("{}/edit", page_of(facts)),
        &[("revision", &revision), ("rows", &rows_sent)],
        &html! {
            (f.errors.summary(&labels))
            (told(w, shown.refusal))
            (f.basics())
            (fieldset(w.t("proposal-part-content"), "", &f.answers()))
            (f.budget(rows))
            (f.funds())
            (acts(&buttons))
            p.small.soft { (w.t(if submits { "proposal-submit-hint" } else { "proposal-not-yet" })) }
        },
    )
}

impl Form<'_> {
    fn field<'b>(&self, name: &'b str, (label, hint): (&'b str, &'b str), value: &'b str, required: bool) -> Field<'b> {
        Field { name, label, hint, value, error: self.errors.of(name), required }
    }

    /// The names of the fields that have faults, for the summary.
    fn labels(&self) -> Vec<(&'static str, String)> {
        let (w, template) = (self.w, &self.facts.template);
        let mut labels: Vec<(&'static str, String)> = ["title", "summary", "place", "field", "tier", "group"]
            .map(|name| (name, w.t(&format!("proposal-field-{name}")).to_owned()))
            .into();
        labels.push(("budget", w.t("proposal-part-budget").to_owned()));
        labels.push(("funds", w.t("proposal-part-funds").to_owned()));
        for (row, entry) in (1..).zip(&template.form) {
            labels.push((names::answer(row), entry.name.of(w.locale()).to_owned()));
        }
        for fault in self.shown.faults {
            let mut parts = fault.field.splitn(3, '-');
            let (Some(list @ ("line" | "fund")), Some(row)) = (parts.next(), parts.next()) else { continue };
            let what = parts.next().unwrap_or("");
            let args = [("n", row.into()), ("what", w.t(&format!("proposal-{list}-{what}")).into())];
            labels.push((fault.field, w.t_with(&format!("proposal-{list}-cell"), &args)));
        }
        labels
    }

    fn basics(&self) -> Markup {
        let (w, t, typed) = (self.w, &self.facts.template, self.shown.typed);
        let say = |name: &str| (w.t(&format!("proposal-field-{name}")), w.t(&format!("proposal-field-{name}-hint")));
        let locale = w.locale();
        let terms = |list: &mut dyn Iterator<Item = (&str, &Names)>| -> Vec<(String, String)> {
            list.map(|(key, name)| (key.to_owned(), name.of(locale).to_owned())).collect()
        };
        let fields = terms(&mut t.fields.iter().map(|x| (x.key.as_str(), &x.name)));
        let tiers = terms(&mut t.tiers.iter().map(|x| (x.key.as_str(), &x.name)));
        let groups = terms(&mut t.groups.iter().map(|x| (x.key.as_str(), &x.name)));
        let places: Vec<(String, String)> =
            self.shown.places.iter().map(|place| (place.id.to_string(), place.shown.clone())).collect();
        let one = |name: &str, value: &str, list: &[(String, String)], required| {
            let choices: Vec<Choice<'_>> =
                list.iter().map(|(value, label)| Choice { value, label, more: "" }).collect();
            html! { @if !list.is_empty() { (select(w, &self.field(name, say(name), value, required), &choices)) } }
        };
        fieldset(
            w.t("proposal-part-basics"),
            "",
            &html! {
                (text(w, &self.field("title", say("title"), &typed.title, true), Input::Line, Some(60)))
                (textarea(w, &self.field("summary", say("summary"), &typed.summary, true), 3, Some(300)))
                (one("place", &typed.place, &places, true))
                (one("field", &typed.field, &fields, true))
                (one("tier", &typed.tier, &tiers, true))
                (one("group", &typed.group, &groups, false))
            },
        )
    }

    fn answers(&self) -> Markup {
        let (w, typed, locale) = (self.w, self.shown.typed, self.w.locale());
        html! {
            @for (row, entry) in (1..).zip(&self.facts.template.form) {
                @let value = typed.answers.get(&entry.key).map_or("", String::as_str);
                @let say = (entry.name.of(locale), entry.hint.of(locale));
                @let field = self.field(names::answer(row), say, value, entry.required);
                @match entry.kind {
                    EntryKind::Prose => { (textarea(w, &field, 6, Some(entry.most))) }
                    EntryKind::Line => { (text(w, &field, Input::Line, Some(entry.most))) }
                    EntryKind::Number => { (text(w, &field, Input::Number, Some(20))) }
                }
            }
        }
    }

    /// Rows with something in them and two blank ones; the other blank ones are folded.
    fn budget(&self, rows: usize) -> Markup {
        let w = self.w;
        let open = (self.shown.typed.lines.len() + 2).min(rows);
        let from = (open + 1).to_string();
        let args = [("from", from.as_str().into()), ("to", rows.into())];
        let many = |from: usize, to: usize| html! { @for row in from..=to { (self.line(row)) } };
        html! {
            div id="f-budget" tabindex="-1" {
                (fieldset(w.t("proposal-part-budget"), w.t("proposal-part-budget-hint"), &html! {
                    @if let Some(error) = self.errors.of("budget") { div.field.wrong { p.error { (error) } } }
                    (many(1, open))
                    @if open < rows { (fold(&w.t_with("proposal-more-rows", &args), &many(open + 1, rows))) }
                    @if rows < MAX_LINES { (acts(&[button_named(Weight::Quiet, "then", "more", w.t("proposal-rows-add"))])) }
                }))
            }
        }
    }

    fn line(&self, row: usize) -> Markup {
        let (w, locale) = (self.w, self.w.locale());
        let blank = TypedLine::default();
        let line = self.shown.typed.lines.get(row - 1).unwrap_or(&blank);
        let kinds: Vec<Choice<'_>> = (self.facts.template.budget.lines.iter())
            .map(|kind| Choice { value: &kind.key, label: kind.name.of(locale), more: "" })
            .collect();
        let purses = [("grant", w.t("proposal-from-grant")), ("own", w.t("proposal-from-own"))]
            .map(|(value, label)| Choice { value, label, more: "" });
        let from = if line.from.is_empty() { "grant" } else { &line.from };
        let say = |part: usize| (w.t(&format!("proposal-line-{}", LINE[part])), "");
        let field = |part: usize, value| self.field(names::line(row, part), say(part), value, true);
        let legend = w.t_with("proposal-line", &[("n", row.into())]);
        html! {
            fieldset.beside {
                legend { (legend) }
                (select(w, &field(0, &line.kind), &kinds))
                (text(w, &field(1, &line.what), Input::Line, Some(100)))
                (text(w, &field(2, &line.quantity), Input::Number, Some(20)))
                (money(w, &field(3, &line.price), w.t("unit-yuan")))
                (select(w, &field(4, from), &purses))
            }
        }
    }

    fn funds(&self) -> Markup {
        let w = self.w;
        let rows = (self.shown.typed.funds.len() + 2).min(MAX_FUNDS);
        let blank = TypedFund::default();
        html! {
            div id="f-funds" tabindex="-1" {
                (fieldset(w.t("proposal-part-funds"), w.t("proposal-part-funds-hint"), &html! {
                    @if let Some(error) = self.errors.of("funds") { div.field.wrong { p.error { (error) } } }
                    @for row in 1..=rows {
                        @let fund = self.shown.typed.funds.get(row - 1).unwrap_or(&blank);
                        fieldset.beside {
                            legend { (w.t_with("proposal-fund", &[("n", row.into())])) }
                            (text(w, &self.field(names::fund(row, 0), (w.t("proposal-fund-whom"), ""), &fund.whom, true),
                                Input::Line, Some(60)))
                            (money(w, &self.field(names::fund(row, 1), (w.t("proposal-fund-amount"), ""), &fund.amount, true),
                                w.t("unit-yuan")))
                        }
                    }
                }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::bundled;

    #[test]
    fn rows_and_answers_find_their_places_and_strange_names_none() {
        let pairs = [
            ("title", "画廊"),
            ("answer-1", "需要"),
            ("answer-0", "?"),
            ("answer-99", "?"),
            ("line-3-kind", "other"),
            ("line-3-price", "5"),
            ("line-1-from", "grant"),
            ("line-61-kind", "other"),
            ("line-x-kind", "other"),
            ("fund-2-amount", "9"),
            ("revision", "7"),
            ("then", "more"),
            ("rows", "24"),
            ("csrf", "x"),
        ];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let sent = parse(pairs, bundled("self-governance-fund").unwrap());
        assert_eq!((sent.typed.title.as_str(), sent.revision, sent.then.as_str(), sent.rows), ("画廊", 7, "more", 24));
        assert_eq!(sent.typed.answers.into_iter().collect::<Vec<_>>(), [("need".to_owned(), "需要".to_owned())]);
        assert_eq!((sent.typed.lines.len(), sent.typed.lines[0].price.as_str()), (1, "5"));
        assert_eq!(sent.typed.funds.len(), 1);
    }
}
