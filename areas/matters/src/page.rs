//! What the pages of several nouns share.

use axum::response::Response;
use db::{Fault, Tx};
use kernel::{Context, Day, Refusal};
use ui::{
    Civil, Markup, Words, html,
    parts::{Errors, Tone, notice},
};
use web::{Rim, Section, Visit, problem};

/// A day for the parts of `ui`.
pub(crate) fn civil(day: &Day) -> Civil {
    let (year, month, day) = day.parts();
    let small = |n: i8| u8::try_from(n).unwrap_or(0);
    Civil::new(i32::from(year), small(month), small(day))
}

/// A day of the calendar, in full and for machines.
pub(crate) fn day(w: Words, day: &Day) -> Markup {
    html! { time datetime=(day) { (civil(day).long(w.locale())) } }
}

/// A day as text; empty for none.
pub(crate) fn date(w: Words, day: Option<&Day>) -> String {
    day.map(|day| civil(day).long(w.locale())).unwrap_or_default()
}

/// What people wrote, line by line.
pub(crate) fn prose(text: &str) -> Markup {
    html! { @for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) { p { (line) } } }
}

/// The beginning of what people wrote, on one line, at most `most` characters.
pub(crate) fn excerpt(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// A text nobody else makes up, so that sending a form twice does it once.
pub(crate) fn once(rim: &Rim) -> String {
    format!("{:032x}", rim.context(kernel::Actor::Visitor).chance.bits128())
}

/// Today, where the installation is.
pub(crate) fn today(rim: &Rim) -> Day {
    rim.context(kernel::Actor::Visitor).day
}

/// Runs a command of the person who visits.
pub(crate) async fn act<T: Send + 'static>(
    rim: &Rim,
    visit: &Visit,
    mut command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let cx = rim.context_of(visit);
    rim.db.write(move |tx| command(tx, &mut cx.clone())).await
}

/// Why a verb was refused, where no field says it.
pub(crate) fn told(w: Words, refusal: Option<&Refusal>) -> Markup {
    let Some(refusal) = refusal.filter(|refusal| refusal.fields.is_empty()) else { return html! {} };
    let sentence = Errors::refusal(w, refusal).unwrap_or_else(|| w.t("problem-409-what").to_owned());
    notice(w, Tone::NeedsYou, "", &html! { p { (sentence) } })
}

/// A page that shows again what was typed, with the status of the refusal.
pub(crate) fn again(visit: &Visit, section: Section, title: &str, body: &Markup, refusal: &Refusal) -> Response {
    let mut response = visit.page(section, title, body);
    *response.status_mut() = problem::status_of(refusal);
    response
}

#[cfg(test)]
mod tests {
    use ui::Locale;

    use super::*;

    #[test]
    fn days_and_excerpts_are_told_for_readers() {
        let w = Words::of(Locale::En);
        let shown = Day::parse("2026-11-22").map(|d| day(w, &d).into_string());
        assert_eq!(shown.as_deref(), Some("<time datetime=\"2026-11-22\">22 November 2026</time>"));
        assert_eq!(date(w, None), "");
        assert_eq!(excerpt(" 长椅\n三把 ", 2), "长椅…");
        assert_eq!(prose("a\n\n<b>\n").into_string(), "<p>a</p><p>&lt;b&gt;</p>");
    }
}
