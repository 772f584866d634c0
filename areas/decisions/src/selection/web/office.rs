//! What the office does next with a list, and the words of its notice.

use kernel::FieldError;
use matters::notice;
use programmes::{Season, page, web::shown::amount};
use ui::{
    Markup, Words, html,
    parts::{Errors, Field, Input, Tone, Weight, acts, button, notice as note, sheet_needs_you, text, textarea},
};
use web::Visit;

use super::{
    super::{Row, Selection, State as At},
    Facts, Refused,
};

/// Characters of a notice's text in which the list itself stands; a longer list is told with its number and its page.
const MOST: usize = 7_000;
/// Projects that are read for a notice at most: more never fit into its text.
pub(super) const MOST_ROWS: u32 = 500;

/// What the office does next.
pub(super) fn office(visit: &Visit, facts: &Facts, selection: &Selection, state: &Refused<'_>) -> Markup {
    let (w, id) = (visit.words, &facts.season.id);
    let approve = format!("/seasons/{id}/selection/approve");
    let pressed = |label: &str| page::press(visit, &approve, &[], Weight::First, w.t(label));
    let ended = facts.notice.as_ref().is_some_and(|notice| notice.state == notice::State::Ended);
    match selection.state {
        At::Decided if selection.n_open > 0 => {
            note(w, Tone::Due, "", &html! { p { (w.n("selection-conditions-open", selection.n_open)) } })
        }
        At::Decided | At::Posted if facts.announces => announce_form(visit, facts, selection, state),
        At::Decided => sheet_needs_you(w.t("selection-next"), &pressed("selection-approve")),
        At::Posted if ended => sheet_needs_you(
            w.t("selection-next"),
            &html! { p { (w.t("selection-approve-hint")) } (pressed("selection-approve")) },
        ),
        At::Posted => note(w, Tone::Due, "", &html! { p { (w.t("selection-wait-notice")) } }),
        At::Approved if facts.waiting => sheet_needs_you(w.t("selection-next"), &pressed("selection-open-matters")),
        At::Approved => html! {},
    }
}

/// The notice in words, ready to be mended.
fn announce_form(visit: &Visit, facts: &Facts, selection: &Selection, state: &Refused<'_>) -> Markup {
    const NONE: &[FieldError] = &[];
    let (w, season) = (visit.words, &facts.season);
    let typed = !state.announce.title.is_empty() || !state.announce.body.is_empty();
    let (title, body) = if typed {
        (state.announce.title.clone(), state.announce.body.clone())
    } else {
        let address = format!("{}/seasons/{}/selection", visit.origin, season.id);
        let list = (facts.named.as_deref(), address.as_str());
        let title = w.t_with("selection-notice-title", &[("season", (&season.name).into())]);
        (title, wording(w, facts.template.combine.word(), (season, selection), list))
    };
    let errors = Errors::new(w, state.refusal.filter(|_| state.number == 0).map_or(NONE, |r| &r.fields));
    let labels = [("title", w.t("selection-notice-field-title")), ("body", w.t("selection-notice-field-body"))];
    let field = |at: usize, value| {
        let (name, label): (&str, &str) = labels[at];
        Field { name, label, hint: "", value, error: errors.of(name), required: true }
    };
    let fields = html! {
        (errors.summary(&labels))
        (text(w, &field(0, &title), Input::Line, Some(120)))
        (textarea(w, &field(1, &body), 12, Some(8_000)))
        (acts(&[button(Weight::First, w.t("selection-announce"))]))
    };
    let withdrawn = facts.notice.as_ref().filter(|notice| notice.state == notice::State::Withdrawn);
    sheet_needs_you(
        w.t("selection-next"),
        &html! {
            @if let Some(old) = withdrawn {
                p { (w.t_with("selection-notice-withdrawn", &[("reason", (&old.reason).into())])) }
            }
            p { (w.t("selection-announce-hint")) }
            (page::form(visit, &format!("/seasons/{}/selection/announce", season.id), &[], &fields))
        },
    )
}

/// The text of the notice: each project of the list; where they are too many, how many, and the address of their page.
/// Never a part of the list. `how` is the word of the rule that gave it.
fn wording(
    w: Words,
    how: &str,
    (season, selection): (&Season, &Selection),
    (rows, address): (Option<&[Row]>, &str),
) -> String {
    let end = w.t("selection-notice-end");
    if selection.n_approved == 0 {
        return format!("{}\n\n{end}", w.t("selection-notice-nothing"));
    }
    let spent = amount(w, season, selection.total_cost.0);
    let args = [("n", selection.n_approved.into()), ("spent", (&spent).into()), ("address", address.into())];
    if let Some(rows) = rows {
        let mut text = w.t_with(&format!("selection-notice-lead-{how}"), &args);
        for row in rows {
            let cost = amount(w, season, row.cost.0);
            let names =
                [("reference", (&row.reference).into()), ("name", (&row.name).into()), ("cost", (&cost).into())];
            text.push('\n');
            text.push_str(&w.t_with("selection-notice-line", &names));
        }
        if text.chars().count() <= MOST {
            return format!("{text}\n\n{end}");
        }
    }
    format!("{}\n\n{end}", w.t_with(&format!("selection-notice-long-{how}"), &args))
}

#[cfg(test)]
mod tests {
    use kernel::{Day, Fen, Instant};
    use programmes::{Phase, Stage, template::Combine};
    use ui::Locale;

    use super::{
        super::super::{Line, Why},
        *,
    };

    fn season() -> Season {
        Season {
            id: "1-0123456789abcdefghjk".parse().unwrap(),
            place: "1-0123456789abcdefghjk".parse().unwrap(),
            name: "星选".into(),
            about: String::new(),
            template: "star-pick".into(),
            stage: Stage::Deciding,
            phase: Phase::Collecting,
            budget: Fen(1_000_000),
            currency: "CNY".into(),
            rule: "greedy:cost".into(),
            increment: None,
            max_choices: 1,
            revision: 0,
            decided: true,
            plan_revision: 0,
            n_projects: 0,
            n_ideas: 0,
            n_voters: 0,
            n_ballots: 0,
            source: String::new(),
            opened_at: Instant(0),
            opened_day: Day::parse("2026-01-01").unwrap(),
        }
    }

    fn selection(n_approved: u32) -> Selection {
        Selection {
            state: At::Decided,
            rule_set: String::new(),
            inputs: [0; 32],
            n_approved,
            total_cost: Fen(100),
            n_open: 0,
            notice: None,
            decided_at: Instant(0),
            decided_day: Day::parse("2026-01-01").unwrap(),
        }
    }

    fn row(number: u32) -> Row {
        let why = Why::Approved { left: 0 };
        Row {
            line: Line { rank: number, number, approved: true, reserve: None, score: None, why },
            condition: String::new(),
            met: false,
            matter: None,
            reference: format!("P{number:03}"),
            name: "楼下的共享工具间和晾衣架".into(),
            cost: Fen(100),
        }
    }

    /// As somebody reads it: without the marks around what was filled in.
    fn text(locale: Locale, how: Combine, n: u32) -> String {
        let rows: Vec<Row> = (1..=n).map(row).collect();
        let list = ((n <= MOST_ROWS).then_some(&rows[..]), "https://linli.example/seasons/1/selection");
        let text = wording(Words::of(locale), how.word(), (&season(), &selection(n)), list);
        text.replace(['\u{2068}', '\u{2069}'], "")
    }

    const RULES: [Combine; 4] = [
        Combine::ReviewOnly,
        Combine::VoteOnly,
        Combine::ReviewThenVote,
        Combine::WeightedRanks { review: 3, vote: 2 },
    ];

    #[test]
    fn a_notice_names_every_project_or_says_how_many_there_are_and_where() {
        for (locale, how) in Locale::ALL.iter().flat_map(|locale| RULES.map(|how| (*locale, how))) {
            for n in [1, 30, 120] {
                let said = text(locale, how, n);
                assert!((1..=n).all(|number| said.contains(&format!("P{number:03}"))), "{said}");
                assert!(said.chars().count() <= 8_000 && !said.contains("linli.example") && !said.contains('⟦'));
            }
            for n in [400, 600, 2_000] {
                let said = text(locale, how, n);
                assert!(!said.contains("P001"), "no part of a list: {said}");
                assert!(said.contains("https://linli.example/seasons/1/selection"), "{said}");
                assert!(said.replace([',', ' '], "").contains(&n.to_string()) && !said.contains('⟦'), "{said}");
            }
            assert!(!text(locale, how, 0).contains('0'), "nothing is said in words");
        }
    }

    #[test]
    fn a_notice_says_by_what_the_list_came_about() {
        let said = RULES.map(|how| text(Locale::ZhHans, how, 1));
        assert_eq!(said.each_ref().map(|t| t.contains("评审")), [true, false, true, true]);
        assert_eq!(said.each_ref().map(|t| t.contains("投票")), [false, true, true, true]);
    }
}
