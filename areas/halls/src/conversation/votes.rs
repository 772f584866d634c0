//! All votes of one participant: one for each statement, in one text.

use std::fmt::Write as _;

use opinion::Vote;

/// What one participant says, in order of the statements' numbers. There is no way to say two things about one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Votes(Vec<(u32, Vote)>);

impl Votes {
    /// Reads `3+7-12.`: a statement's number and `+` for agree, `-` for disagree, `.` for pass. Nothing where a number
    /// stands twice, out of order, or is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Votes> {
        let mut list: Vec<(u32, Vote)> = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(['+', '-', '.'])?;
            let (digits, tail) = rest.split_at(end);
            let plain = digits.bytes().all(|b| b.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
            let number: u32 = digits.parse().ok().filter(|_| plain)?;
            if list.last().is_some_and(|(last, _)| *last >= number) {
                return None;
            }
            let (sign, after) = tail.split_at(1);
            list.push((number, vote_of(sign)?));
            rest = after;
        }
        Some(Votes(list))
    }

    /// The text that [`Votes::parse`] reads.
    #[must_use]
    pub fn print(&self) -> String {
        let mut text = String::with_capacity(self.0.len() * 4);
        for (number, vote) in &self.0 {
            // writing into a string cannot fail
            let _ = write!(text, "{number}{}", sign_of(*vote));
        }
        text
    }

    /// Says something about a statement, instead of what was said before; false where it is the same.
    pub fn say(&mut self, number: u32, vote: Vote) -> bool {
        match self.0.binary_search_by_key(&number, |(n, _)| *n) {
            Ok(at) => self.0.get_mut(at).is_some_and(|(_, old)| std::mem::replace(old, vote) != vote),
            Err(at) => {
                self.0.insert(at, (number, vote));
                true
            }
        }
    }

    /// What is said about a statement.
    #[must_use]
    pub fn of(&self, number: u32) -> Option<Vote> {
        let at = self.0.binary_search_by_key(&number, |(n, _)| *n).ok()?;
        self.0.get(at).map(|(_, vote)| *vote)
    }

    /// Statement and vote, in order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Vote)> + '_ {
        self.0.iter().copied()
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was said yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn vote_of(sign: &str) -> Option<Vote> {
    match sign {
        "+" => Some(Vote::Agree),
        "-" => Some(Vote::Disagree),
        "." => Some(Vote::Pass),
        _ => None,
    }
}

fn sign_of(vote: Vote) -> char {
    match vote {
        Vote::Agree => '+',
        Vote::Disagree => '-',
        Vote::Pass => '.',
    }
}

/// The word of a vote in forms, the API and message keys.
#[must_use]
pub fn word_of(vote: Vote) -> &'static str {
    match vote {
        Vote::Agree => "agree",
        Vote::Disagree => "disagree",
        Vote::Pass => "pass",
    }
}

/// The vote of a word.
#[must_use]
pub fn of_word(word: &str) -> Option<Vote> {
    match word.trim() {
        "agree" => Some(Vote::Agree),
        "disagree" => Some(Vote::Disagree),
        "pass" => Some(Vote::Pass),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_has_one_vote_and_the_last_counts() {
        let mut votes = Votes::default();
        assert!(votes.say(7, Vote::Agree) && votes.say(3, Vote::Pass) && votes.say(7, Vote::Disagree));
        assert!(!votes.say(7, Vote::Disagree));
        assert_eq!((votes.print().as_str(), votes.len(), votes.of(7)), ("3.7-", 2, Some(Vote::Disagree)));
        assert_eq!(Votes::parse("3.7-"), Some(votes));
    }

    #[test]
    fn what_is_no_row_of_votes_is_refused() {
        for text in ["+", "3", "3+3-", "7+3-", "03+", "3 +", "3+x", "99999999999+", "3＋", "-3+"] {
            assert_eq!(Votes::parse(text), None, "{text}");
        }
        assert_eq!(Votes::parse("0+1-2.").map(|v| v.len()), Some(3));
    }
}
