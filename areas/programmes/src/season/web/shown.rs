//! How the facts of a season look on every page that shows them.

use kernel::{Day, Fen};
use ui::{
    Civil, Locale, Markup, Money, Words, html,
    parts::{Card, Tab, Tone, cards, tag},
};

pub use ui::{
    format::excerpt,
    parts::{day, prose},
};

use crate::{Phase, Season, Stage, Template, season::PlannedStage};

/// A day of the calendar as text.
pub fn date(locale: Locale, day: &Day) -> String {
    let (year, month, day) = day.parts();
    let small = |n: i8| u8::try_from(n).unwrap_or(0);
    Civil::new(i32::from(year), small(month), small(day)).long(locale)
}

/// An amount in the season's currency.
pub fn money(season: &Season, amount: Fen) -> Money<'_> {
    Money::new(amount.0, &season.currency, 2)
}

/// An amount in the season's currency as text: short, and still exact.
pub fn amount(w: Words, season: &Season, amount: i64) -> String {
    money(season, Fen(amount)).short(w.locale())
}

/// Where a season stands, in a word.
fn phase(w: Words, phase: Phase) -> Markup {
    let tone = match phase {
        Phase::Collecting | Phase::Voting => Tone::Due,
        Phase::Closed => Tone::Plain,
        Phase::Published => Tone::Ok,
    };
    tag(tone, w.t(&format!("season-state-{}", phase.as_str())))
}

/// Where a season stands, in a word: what its vote asks for now, else its stage.
pub fn state(w: Words, season: &Season) -> Markup {
    match (season.stage, season.phase) {
        (_, Phase::Voting | Phase::Closed) => phase(w, season.phase),
        (Stage::Approved, Phase::Published) if season.template == "plain" => phase(w, season.phase),
        (stage, _) => {
            let tone = match stage {
                Stage::Ideas | Stage::Notice => Tone::Due,
                stage if stage >= Stage::Approved => Tone::Ok,
                _ => Tone::Plain,
            };
            tag(tone, w.t(&format!("stage-{}", stage.as_str())))
        }
    }
}

/// Ways to the parts of a season that its template has. `here` is the part's name in the address, empty for the season.
pub fn tabs(w: Words, season: &Season, template: &Template, here: &str) -> Markup {
    let runs = season.stage >= Stage::Approved && !template.is_plain_vote();
    let parts = [
        ("", "season-tab-season", true),
        ("visits", "visits-title", template.has(Stage::Visits)),
        ("workshops", "workshops-title", template.has(Stage::Visits)),
        ("ideas", "ideas-title", template.has(Stage::Ideas)),
        ("proposals", "proposals-title", template.has(Stage::Proposals)),
        ("review", "review-title", template.review.is_some()),
        ("vote", "ballot-title", template.vote.is_some() || season.phase != Phase::Collecting),
        ("selection", "selection-title", !template.is_plain_vote()),
        ("running", "running-title", runs),
        ("trainings", "trainings-title", runs),
        ("groups", "groups-title", runs && !template.groups.is_empty()),
        ("awards", "awards-title", runs && !template.awards.is_empty()),
        ("money", "money-title", template.funds.is_some() && season.stage >= Stage::Approved),
        ("figures", "figures-title", true),
        ("showcase", "showcase-title", season.stage >= Stage::Showcase),
        ("activities", "activities-title", season.stage >= Stage::Approved),
    ];
    let base = format!("/seasons/{}", season.id);
    let shown: Vec<_> = parts.iter().filter(|(_, _, has)| *has).collect();
    let hrefs: Vec<String> = shown
        .iter()
        .map(|(part, _, _)| match *part {
            "" => base.clone(),
            // they are listed with those that belong to no season
            "activities" => format!("/activities?season={}", season.id),
            part => format!("{base}/{part}"),
        })
        .collect();
    let list: Vec<Tab<'_>> = (shown.iter().zip(&hrefs))
        .map(|((part, key, _), href)| Tab { label: w.t(key), href, here: *part == here, ..Tab::default() })
        .collect();
    ui::parts::tabs(w.t("season-tabs"), &list)
}

/// The stages with their days; the one the season is in is marked.
pub fn calendar(w: Words, season: &Season, plan: &[PlannedStage]) -> Markup {
    html! {
        ol.links {
            @for planned in plan {
                li aria-current=[(planned.stage == season.stage).then_some("step")] {
                    @if planned.stage == season.stage { strong { (w.t(&format!("stage-{}", planned.stage.as_str()))) } }
                    @else { (w.t(&format!("stage-{}", planned.stage.as_str()))) }
                    br;
                    span.small.soft { (day(w, &planned.from)) " – " (day(w, &planned.until)) }
                }
            }
        }
    }
}

/// Seasons under one another.
pub fn season_cards(w: Words, seasons: &[&Season]) -> Markup {
    let hrefs: Vec<String> = seasons.iter().map(|s| format!("/seasons/{}", s.id)).collect();
    let excerpts: Vec<String> = seasons.iter().map(|s| excerpt(&s.about, 120)).collect();
    let metas: Vec<Vec<Markup>> = seasons.iter().map(|s| meta(w, s)).collect();
    let list = seasons.iter().enumerate().map(|(at, season)| Card {
        title: &season.name,
        href: &hrefs[at],
        tag: state(w, season),
        meta: &metas[at],
        excerpt: &excerpts[at],
    });
    cards(&list.collect::<Vec<_>>())
}

fn meta(w: Words, season: &Season) -> Vec<Markup> {
    let opened = date(w.locale(), &season.opened_day);
    let mut facts = vec![
        html! { (w.t_with("season-opened-on", &[("date", (&opened).into())])) },
        html! { (money(season, season.budget).short(w.locale())) },
    ];
    if season.n_projects > 0 {
        facts.push(html! { (w.n("count-projects", season.n_projects)) });
    }
    if season.n_ideas > 0 {
        facts.push(html! { (w.n("count-ideas", season.n_ideas)) });
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_line_cut_at_a_character() {
        assert_eq!(excerpt(" 长椅\n三把 ", 9), "长椅 三把");
        assert_eq!(excerpt("长椅三把", 2), "长椅…");
        assert_eq!(excerpt("长椅", 2), "长椅");
        assert_eq!(excerpt("", 2), "");
    }

    #[test]
    fn days_and_prose_are_shown_for_readers_and_machines() {
        let w = Words::of(Locale::En);
        let shown = Day::parse("2026-11-22").map(|d| day(w, &d).into_string());
        assert_eq!(shown.as_deref(), Some("<time datetime=\"2026-11-22\">22 November 2026</time>"));
        assert_eq!(prose("a\n\n<b>\n").into_string(), "<p>a</p><p>&lt;b&gt;</p>");
    }
}
