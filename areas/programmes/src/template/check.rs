//! What a template must keep to.

use std::collections::HashSet;

use kernel::{FieldError, Kind, Refusal};

use matters::notice::KINDS;
use serde::Deserialize;
use toml::Spanned;

use super::{Assessment, Combine, Names, Promotion, Template, Tie};
use crate::Stage;

/// A template's text at most.
pub const MAX_BYTES: usize = 200_000;
/// Entries of a list in a template at most.
const MOST: usize = 100;

/// Reads a template from TOML and checks it.
///
/// # Errors
/// `template-unreadable` with the parser's words and line; `template-too-large`; `unknown-notice-kind` with its line;
/// `invalid-input` with the places that are wrong.
pub fn read(text: &str) -> Result<Template, Refusal> {
    if text.len() > MAX_BYTES {
        let limit = i64::try_from(MAX_BYTES).unwrap_or(i64::MAX);
        return Err(Refusal::new(Kind::LimitReached, "template-too-large").with_int("limit", limit));
    }
    let template: Template = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(0, |span| line_at(text, span.start));
        Refusal::new(Kind::Invalid, "template-unreadable").with_text("why", error.message()).with_int("line", line)
    })?;
    check(&template)?;
    notice(text, &template)?;
    Ok(template)
}

/// The line of a byte, counted from 1.
fn line_at(text: &str, byte: usize) -> i64 {
    i64::try_from(text.get(..byte).map_or(0, |before| before.split('\n').count())).unwrap_or(0)
}

/// A list can be posted only as a kind of notice that there is.
fn notice(text: &str, t: &Template) -> Result<(), Refusal> {
    #[derive(Deserialize)]
    struct Part {
        notice: Placed,
    }
    #[derive(Deserialize)]
    struct Placed {
        kind: Spanned<String>,
    }
    let Some(named) = &t.notice else { return Ok(()) };
    if KINDS.iter().any(|kind| kind.word == named.kind) {
        return Ok(());
    }
    let line = toml::from_str::<Part>(text).map_or(0, |part| line_at(text, part.notice.kind.span().start));
    let refusal = Refusal::new(Kind::Invalid, "unknown-notice-kind").with_text("kind", &*named.kind);
    Err(refusal.with_int("line", line))
}

struct Faults(Vec<FieldError>);

impl Faults {
    fn add(&mut self, field: &'static str, code: &'static str) {
        if self.0.len() < MOST {
            self.0.push(FieldError::new(field, code));
        }
    }

    fn unless(&mut self, good: bool, field: &'static str, code: &'static str) {
        if !good {
            self.add(field, code);
        }
    }

    fn keys<'a>(&mut self, field: &'static str, keys: impl Iterator<Item = &'a str>) {
        let mut seen = HashSet::new();
        for key in keys {
            self.unless(is_key(key), field, "not-a-key");
            self.unless(seen.insert(key), field, "named-twice");
        }
        self.unless(seen.len() <= MOST, field, "too-long-a-list");
    }

    fn names<'a>(&mut self, field: &'static str, names: impl Iterator<Item = &'a Names>) {
        for name in names {
            let each = [&name.zh_hans, &name.zh_hant, &name.en, &name.ko];
            let good = each.iter().all(|text| !text.trim().is_empty() && text.chars().count() <= 400);
            self.unless(good, field, "needs-four-languages");
        }
    }
}

fn is_key(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn check(t: &Template) -> Result<(), Refusal> {
    let mut faults = Faults(Vec::new());
    let f = &mut faults;
    f.unless(is_key(&t.key), "key", "not-a-key");
    f.names("name", [&t.name, &t.about].into_iter());
    stages(f, t);
    f.keys("fields", t.fields.iter().map(|x| x.key.as_str()));
    f.names("fields", t.fields.iter().map(|x| &x.name));
    f.keys("groups", t.groups.iter().map(|x| x.key.as_str()));
    f.names("groups", t.groups.iter().map(|x| &x.name));
    f.keys("tiers", t.tiers.iter().map(|x| x.key.as_str()));
    f.names("tiers", t.tiers.iter().map(|x| &x.name));
    f.unless(t.tiers.iter().all(|x| x.cap.0 > 0), "tiers", "out-of-range");
    f.keys("questions", t.questions.iter().map(|x| x.key.as_str()));
    f.names("questions", t.questions.iter().flat_map(|x| [&x.name, &x.hint]));
    f.keys("form", t.form.iter().map(|x| x.key.as_str()));
    f.names("form", t.form.iter().flat_map(|x| [&x.name, &x.hint]));
    f.unless(t.form.iter().all(|x| (1..=1_000_000).contains(&x.most)), "form", "out-of-range");
    f.keys("budget", t.budget.lines.iter().map(|x| x.key.as_str()));
    f.names("budget", t.budget.lines.iter().map(|x| &x.name));
    let shares = t.budget.lines.iter().filter_map(|x| x.share).chain(t.budget.grant_share);
    f.unless(shares.into_iter().all(|(part, whole)| whole > 0 && part <= whole), "budget", "out-of-range");
    f.unless((1..=120).contains(&t.ideas.answer_workdays), "ideas", "out-of-range");
    f.unless((1..=100).contains(&t.ideas.per_person), "ideas", "out-of-range");
    review(f, t);
    vote(f, t);
    if let Some(midterm) = &t.midterm {
        assessment(f, midterm);
    }
    if let Some(rule) = t.promotion {
        promotion(f, rule);
    }
    f.keys("awards", t.awards.iter().map(|x| x.key.as_str()));
    f.names("awards", t.awards.iter().map(|x| &x.name));
    f.unless(t.awards.iter().all(|x| (1..=20).contains(&x.places)), "awards", "out-of-range");
    f.unless(t.places.is_none_or(|n| (1..=2_000).contains(&n)), "places", "out-of-range");
    if let Some(code) = t.funds.as_ref().and_then(super::Funds::fault) {
        f.add("funds", code);
    }
    if faults.0.is_empty() { Ok(()) } else { Err(Refusal::invalid(faults.0)) }
}

fn stages(f: &mut Faults, t: &Template) {
    f.unless(!t.stages.is_empty(), "stages", "required");
    f.unless(t.stages.windows(2).all(|pair| pair[0].stage < pair[1].stage), "stages", "not-in-order");
    f.unless(t.stages.iter().all(|x| (1..=366).contains(&x.days)), "stages", "out-of-range");
    f.unless(t.has(Stage::Deciding) && t.has(Stage::Approved), "stages", "stage-missing");
    f.unless(t.has(Stage::Notice) == t.notice.is_some(), "notice", "stage-missing");
}

fn review(f: &mut Faults, t: &Template) {
    let needed = t.combine != Combine::VoteOnly;
    let Some(review) = &t.review else { return f.unless(!needed, "review", "required") };
    f.keys("review", review.criteria.iter().map(|x| x.key.as_str()));
    f.names("review", review.criteria.iter().flat_map(|x| [&x.name, &x.hint]));
    f.unless(review.criteria.iter().map(|x| u64::from(x.weight)).sum::<u64>() == 100, "review", "weights-not-100");
    f.unless(review.criteria.iter().all(|x| (1..=100).contains(&x.most)), "review", "out-of-range");
    f.unless((1..=50).contains(&review.reviewers) && review.drop_from >= 3, "review", "out-of-range");
    f.unless(review.pass.is_none_or(|points| points <= 100), "review", "out-of-range");
    f.unless(t.combine != Combine::ReviewThenVote || review.pass.is_some(), "review", "pass-mark-missing");
    let known = |tie: &Tie| match tie {
        Tie::Criterion(key) => review.criteria.iter().any(|x| x.key == *key),
        Tie::Supporters => t.vote.is_some(),
        Tie::LowerCost => true,
    };
    f.unless(review.ties.iter().all(known), "review", "unknown-tie");
}

fn promotion(f: &mut Faults, rule: Promotion) {
    f.unless(rule.points <= 100 && rule.content <= 100, "promotion", "out-of-range");
    f.unless((1..=1_000).contains(&rule.activities), "promotion", "out-of-range");
    f.unless((5..=1_000).contains(&rule.answers), "promotion", "out-of-range");
}

fn assessment(f: &mut Faults, midterm: &Assessment) {
    f.keys("midterm", midterm.criteria.iter().map(|x| x.key.as_str()));
    f.names("midterm", midterm.criteria.iter().flat_map(|x| [&x.name, &x.hint]));
    f.unless(midterm.criteria.iter().map(|x| u64::from(x.weight)).sum::<u64>() == 100, "midterm", "weights-not-100");
    f.unless(midterm.criteria.iter().all(|x| (1..=100).contains(&x.most)), "midterm", "out-of-range");
    f.unless(midterm.criteria.len() <= 20, "midterm", "too-long-a-list");
    f.unless((1..=20).contains(&midterm.sheets) && midterm.pass <= 100, "midterm", "out-of-range");
}

fn vote(f: &mut Faults, t: &Template) {
    let needed = t.combine != Combine::ReviewOnly;
    let Some(vote) = &t.vote else { return f.unless(!needed, "vote", "required") };
    f.unless(crate::season::rules::is_votable(&vote.rule), "vote", "unknown-rule");
    f.unless((1..=2_000).contains(&vote.max_choices), "vote", "out-of-range");
    f.unless(vote.increment_permille.is_none_or(|n| (1..=1_000).contains(&n)), "vote", "out-of-range");
    f.unless(!(needed && vote.advisory), "vote", "advisory-decides");
    if let Combine::WeightedRanks { review, vote } = t.combine {
        f.unless((1..=1_000).contains(&review) && (1..=1_000).contains(&vote), "combine", "out-of-range");
    }
}

#[cfg(test)]
mod tests {
    use kernel::Arg;

    use super::*;

    #[test]
    fn a_kind_of_notice_that_there_is_not_is_told_with_its_line() {
        let text = include_str!("../../templates/star-pick.toml").replace("\"grant-approval\"", "\"gossip\"");
        let line = text.lines().position(|line| line.contains("gossip")).map(|at| i64::try_from(at + 1).unwrap());
        let refusal = read(&text).unwrap_err();
        let args = vec![("kind", Arg::Text("gossip".into())), ("line", Arg::Int(line.unwrap()))];
        assert_eq!((refusal.code, refusal.args), ("unknown-notice-kind", args));
        // a wrong word is told with its line too, also where it begins the line
        let refusal = read("key = \"a\"\ngossip = 1\n").unwrap_err();
        assert_eq!(refusal.code, "template-unreadable");
        assert_eq!(refusal.args.get(1), Some(&("line", Arg::Int(2))));
    }
}
