//! The rule of a poll in plain words: what everybody reads before the opening.

use tally::motion::{Abstentions, Base, Bound, MotionRule, Presence};
use ui::{Words, words::key_of};

use crate::{Poll, PollKind, RankedRule, templates};

fn bound(bound: Bound) -> &'static str {
    if bound == Bound::MoreThan { "more-than" } else { "at-least" }
}

fn base(base: Base) -> &'static str {
    match base {
        Base::Roll => "roll",
        Base::Present => "present",
        Base::TookPart => "took-part",
        Base::Valid => "valid",
    }
}

/// The sentences of the rule, in the order in which they are read.
pub(crate) fn sentences(w: Words, poll: &Poll) -> Vec<String> {
    let mut all = Vec::new();
    let definition = &poll.definition;
    match poll.kind {
        PollKind::Motion => all.extend(definition.motion.iter().flat_map(|rule| motion(w, rule, poll.is_weighted()))),
        PollKind::Ranked => {
            if let Some(rule) = definition.ranked {
                let seats = u32::try_from(rule.seats).unwrap_or(1);
                all.push(match rule.rule {
                    RankedRule::Stv => w.n("poll-rule-stv", seats),
                    other => w.t(&key_of("poll-rule", other.as_str())).to_owned(),
                });
                all.push(w.t("poll-rule-some").to_owned());
                let never = rule.rule == RankedRule::Schulze;
                all.push(w.t(if never { "poll-rule-monotone" } else { "poll-rule-not-monotone" }).to_owned());
            }
        }
        PollKind::Dots => {
            if let Some(rule) = definition.dots {
                let seats = u32::try_from(rule.seats).unwrap_or(1);
                let args = [("dots", rule.dots.into()), ("cap", rule.cap.into()), ("seats", seats.into())];
                all.push(w.t_with("poll-rule-dots", &args));
                all.push(w.t("poll-rule-monotone-dots").to_owned());
            }
        }
        PollKind::Survey => {
            all.push(w.t("poll-rule-survey").to_owned());
            let groups = definition.questions.iter().filter(|question| question.groups);
            all.extend(groups.map(|by| w.t_with("poll-rule-groups", &[("question", (&by.text).into())])));
        }
    }
    if matches!(poll.kind, PollKind::Ranked | PollKind::Dots) {
        all.push(w.t("poll-rule-ties").to_owned());
    }
    if poll.is_weighted() {
        all.push(w.t("poll-rule-weighted").to_owned());
    }
    all.push(w.t(&key_of("poll-openness-says", poll.openness.as_str())).to_owned());
    if let Some(template) = templates::named(&poll.template).filter(|template| template.motion.is_some()) {
        all.push(w.t_with("poll-rule-law", &[("law", w.t(&key_of("law", template.law)).into())]));
    }
    all
}

/// Where votes have weights, quorum and threshold are shares of weight and not of people.
fn motion(w: Words, rule: &MotionRule, weighted: bool) -> Vec<String> {
    let prefix = if weighted { "poll-rule-weight" } else { "poll-rule" };
    let share = |n: u32, d: u32| format!("{n}/{d}");
    let mut all = Vec::new();
    match rule.quorum {
        None => all.push(w.t("poll-rule-no-quorum").to_owned()),
        Some(quorum) => {
            let counts = if quorum.counts == Presence::Present { "present" } else { "took-part" };
            let key = format!("{prefix}-quorum-{counts}-{}", bound(quorum.threshold.bound));
            let share = share(quorum.threshold.numerator, quorum.threshold.denominator);
            all.push(w.t_with(&key, &[("share", share.as_str().into())]));
        }
    }
    let threshold = rule.threshold;
    let key = format!("{prefix}-{}-{}", base(threshold.base), bound(threshold.bound));
    let share = share(threshold.numerator, threshold.denominator);
    all.push(w.t_with(&key, &[("share", share.as_str().into())]));
    if threshold.base == Base::Valid {
        let out = rule.abstentions == Abstentions::LeftOut;
        all.push(w.t(if out { "poll-rule-abstain-out" } else { "poll-rule-abstain-in" }).to_owned());
    }
    all
}
