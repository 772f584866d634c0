//! What changed between two wordings.

/// A piece of text that stayed, went or came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// In both.
    Same(&'a str),
    /// Only in the old one.
    Gone(&'a str),
    /// Only in the new one.
    New(&'a str),
}

/// Pieces of each text at most that are compared one by one; what is longer is told as a whole. The table of the
/// comparison has this number squared.
const MOST: usize = 600;

/// The difference, sentence by sentence, by a longest common subsequence. The old text is what is [`Part::Same`] and
/// [`Part::Gone`], the new one what is [`Part::Same`] and [`Part::New`].
pub fn difference<'a>(old: &'a str, new: &'a str) -> Vec<Part<'a>> {
    let (a, b) = (pieces(old), pieces(new));
    if a.len() > MOST || b.len() > MOST {
        return if old == new { vec![Part::Same(old)] } else { vec![Part::Gone(old), Part::New(new)] };
    }
    // longest[i][j]: how many pieces of a[i..] and b[j..] can be kept
    let mut longest = vec![vec![0_u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i][j] =
                if a[i] == b[j] { longest[i + 1][j + 1] + 1 } else { longest[i + 1][j].max(longest[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut parts) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            parts.push(Part::Same(a[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || (i < a.len() && longest[i + 1][j] >= longest[i][j + 1]) {
            parts.push(Part::Gone(a[i]));
            i += 1;
        } else {
            parts.push(Part::New(b[j]));
            j += 1;
        }
    }
    parts
}

/// Sentences and lines, each with the mark that ends it.
fn pieces(text: &str) -> Vec<&str> {
    text.split_inclusive(['\n', '。', '！', '？', '；', '，', '.', ',', ';']).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_changed_sentence_stands_beside_its_old_wording() {
        let parts = difference("资助五个团队。下周一发放。", "资助六个团队。下周一发放。");
        assert_eq!(parts, [Part::Gone("资助五个团队。"), Part::New("资助六个团队。"), Part::Same("下周一发放。")]);
        assert_eq!(difference("", ""), []);
        assert_eq!(difference("a", "a"), [Part::Same("a")]);
        let (long, other) = ("\n".repeat(601), "\n".repeat(602));
        assert_eq!(difference(&long, &other), [Part::Gone(&long), Part::New(&other)]);
        assert_eq!(difference(&long, &long), [Part::Same(&long)]);
    }

    proptest! {
        #[test]
        fn both_wordings_can_be_read_out_of_the_difference(old in "[ab。\n]{0,40}", new in "[ab。\n]{0,40}") {
            let parts = difference(&old, &new);
            let of = |wanted: fn(&Part<'_>) -> bool| -> String {
                let kept = parts.iter().filter(|part| wanted(part));
                kept.map(|part| match part { Part::Same(t) | Part::Gone(t) | Part::New(t) => *t }).collect()
            };
            prop_assert_eq!(of(|part| !matches!(part, Part::New(_))), old.clone());
            prop_assert_eq!(of(|part| !matches!(part, Part::Gone(_))), new.clone());
        }
    }
}
