//! What the pages of several nouns share.

use axum::response::Response;
use db::{Fault, Tx};
use kernel::{Context, Day, Refusal};
use ui::{Civil, Markup, Words};
pub(crate) use ui::{
    format::excerpt,
    parts::{day, prose, told},
};
use web::{Rim, Section, Visit, problem};

/// A day as text; empty for none.
pub(crate) fn date(w: Words, day: Option<&Day>) -> String {
    day.map(|day| Civil::from(day).long(w.locale())).unwrap_or_default()
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
