//! How the facts of a review look on every page that shows them.

use programmes::{
    Season, Template,
    page::errors,
    season::web::shown,
    template::{Criterion, Tie},
};
use tally::{
    Ratio,
    panel::{PanelLine, PanelTie, Standing},
};
use ui::{
    Markup, Words, html,
    parts::{Head, Tone, breadcrumb, head, tag},
};

use crate::review::rules;

/// The way to a page of the review, its title and the tabs of the season.
pub(super) fn top(w: Words, (season, template): (&Season, &Template), title: &str, lead: &str) -> Markup {
    let here = format!("/seasons/{}", season.id);
    let review = format!("{here}/review");
    let steps =
        [("/seasons", w.t("nav-seasons")), (here.as_str(), season.name.as_str()), (&review, w.t("review-title"))];
    // the review's own page ends the way
    let way = if title == w.t("review-title") { &steps[..2] } else { &steps[..] };
    html! {
        (breadcrumb(w, way, title))
        (head(&Head { kicker: &[html! { (season.name) }], title, lead, ..Head::default() }))
        (shown::tabs(w, season, template, "review"))
    }
}

/// What a project has come to, in a word.
pub(crate) fn standing(w: Words, standing: Standing) -> Markup {
    let (tone, key) = match standing {
        Standing::Proposed => (Tone::Ok, "review-standing-proposed"),
        Standing::Reserve => (Tone::Due, "review-standing-reserve"),
        Standing::NoPlace => (Tone::Plain, "review-standing-no-place"),
        Standing::Below => (Tone::Plain, "review-standing-below"),
        Standing::TooFewSheets => (Tone::Plain, "review-standing-too-few"),
    };
    tag(tone, w.t(key))
}

/// Why a project stands behind the one before it with the same points.
pub(super) fn tie(w: Words, template: &Template, line: &PanelLine) -> Option<String> {
    Some(match line.tie? {
        PanelTie::Criterion(at) => {
            let criteria = template.review.as_ref().map_or(&[][..], |review| &review.criteria);
            let name = criteria.get(at).map_or("", |criterion| criterion.name.of(w.locale()));
            w.t_with("review-tie-criterion", &[("criterion", name.into())])
        }
        PanelTie::Supporters => w.t("review-tie-supporters").to_owned(),
        PanelTie::LowerCost => w.t("review-tie-lower-cost").to_owned(),
        PanelTie::LowerNumber => w.t("review-tie-lower-number").to_owned(),
    })
}

/// The order of tie-breaks, a sentence each.
pub(super) fn ties(w: Words, template: &Template) -> Vec<String> {
    let review = template.review.as_ref();
    let name = |key: &String| {
        let found = review.and_then(|review| review.criteria.iter().find(|c| c.key == *key));
        let name = found.map_or(key.as_str(), |criterion| criterion.name.of(w.locale()));
        w.t_with("review-by-criterion", &[("criterion", name.into())])
    };
    let list = review.map_or(&[][..], |review| &review.ties).iter().map(|tie| match tie {
        Tie::Criterion(key) => name(key),
        Tie::Supporters => w.t("review-by-supporters").to_owned(),
        Tie::LowerCost => w.t("review-by-lower-cost").to_owned(),
    });
    list.chain([w.t("review-by-lower-number").to_owned()]).collect()
}

/// A fraction to two decimals; a dash for none.
pub(super) fn points(ratio: Option<&Ratio>) -> String {
    ratio.map_or_else(|| "–".to_owned(), Ratio::hundredths_text)
}

/// The field of a criterion: a number with its range.
pub(super) fn score_field(
    w: Words,
    (at, criterion): (usize, &Criterion),
    value: &str,
    refusal: Option<&kernel::Refusal>,
) -> Markup {
    let name = rules::field(at);
    let most = criterion.most.to_string();
    let range = w.t_with("review-score-range", &[("most", most.as_str().into()), ("weight", criterion.weight.into())]);
    let hint = format!("{} {range}", criterion.hint.of(w.locale()));
    let field = ui::parts::Field {
        name,
        label: criterion.name.of(w.locale()),
        hint: &hint,
        value,
        error: errors(w, refusal).of(name),
        required: true,
    };
    ui::parts::text(w, &field, ui::parts::Input::Number, Some(6))
}
