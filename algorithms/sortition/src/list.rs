//! The numbered list of panels that is published before the draw.
//!
//! Text in UTF-8 with one line feed after each line. First line: `sortition-list 1`, members of a panel, number of panels,
//! parted by tabs. Then a line for each panel: its number from 1, and the keys of its members in order of their bytes,
//! parted by tabs. The digest is the SHA-256 of these bytes in lower-case hexadecimal, as `sha256sum` prints it. There is
//! one text for a list, so a digest stands for a list.

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::kinds::Problem;
use crate::pool::is_key;
use crate::quotas::MAX_SIZE;

/// Panels of a list at most.
pub const MAX_PANELS: usize = 10_000;
/// Seats of a list in all at most.
pub const MAX_SEATS: usize = 2_000_000;

const MAGIC: &str = "sortition-list 1";

/// A numbered list of panels, each as likely as the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct PanelList {
    panels: Vec<Vec<String>>,
}

/// Why a list cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ListError {
    /// Not the first line of a list, or one beyond the limits.
    #[error(
        "line 1 is not `{MAGIC}`, members of a panel and number of panels, parted by tabs: is this the published list, unchanged?"
    )]
    Head,
    /// A line that is not a panel, counted from 1.
    #[error("line {line}: {fault}")]
    Line {
        /// Which line.
        line: usize,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// Fewer or more lines than the first one says.
    #[error("the list has {found} panels, and its first line says {said}")]
    Count {
        /// Panels found.
        found: usize,
        /// Panels announced.
        said: usize,
    },
}

impl PanelList {
    /// A list of panels of people.
    pub(crate) fn of(problem: &Problem, panels: &[Vec<usize>]) -> Self {
        let people = problem.pool().people();
        let mut order: Vec<usize> = (0..people.len()).collect();
        order.sort_by(|a, b| people[*a].key.cmp(&people[*b].key));
        let mut rank = vec![0; people.len()];
        order.iter().enumerate().for_each(|(at, person)| rank[*person] = at);
        let keys = |panel: &Vec<usize>| -> Vec<String> {
            let mut ranks: Vec<usize> = panel.iter().map(|person| rank[*person]).collect();
            ranks.sort_unstable();
            ranks.into_iter().map(|at| people[order[at]].key.clone()).collect()
        };
        Self { panels: panels.iter().map(keys).collect() }
    }

    /// The panels; the first has number 1.
    #[must_use]
    pub fn panels(&self) -> &[Vec<String>] {
        &self.panels
    }

    /// The text that is published.
    #[must_use]
    pub fn text(&self) -> String {
        let size = self.panels.first().map_or(0, Vec::len);
        let mut text = format!("{MAGIC}\t{size}\t{}\n", self.panels.len());
        for (number, panel) in (1..).zip(&self.panels) {
            text.push_str(&usize::to_string(&number));
            for key in panel {
                text.push('\t');
                text.push_str(key);
            }
            text.push('\n');
        }
        text
    }

    /// SHA-256 of [`Self::text`] in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> String {
        hex(&Sha256::digest(self.text().as_bytes()))
    }

    /// Reads a published list. Whatever is not exactly as [`Self::text`] writes it is refused.
    ///
    /// # Errors
    /// [`ListError`] with the line.
    pub fn read(bytes: &[u8]) -> Result<Self, ListError> {
        let text = std::str::from_utf8(bytes).map_err(|_| ListError::Head)?;
        let mut lines = text.split('\n');
        let (size, said) = lines.next().and_then(head).ok_or(ListError::Head)?;
        let fault = |line: usize, fault| ListError::Line { line, fault };
        let mut panels: Vec<Vec<String>> = Vec::new();
        let mut ended = false;
        for (line, text) in (2..).zip(lines) {
            if ended {
                return Err(fault(line - 1, "an empty line between panels"));
            }
            if text.is_empty() {
                ended = true;
                continue;
            }
            if panels.len() == said {
                return Err(ListError::Count { found: panels.len() + 1, said });
            }
            panels.push(panel(text, panels.len() + 1, size).map_err(|what| fault(line, what))?);
        }
        if panels.len() != said {
            return Err(ListError::Count { found: panels.len(), said });
        }
        if !ended {
            return Err(fault(said + 1, "the last line does not end with a line feed"));
        }
        Ok(Self { panels })
    }
}

/// Members of a panel and number of panels.
fn head(line: &str) -> Option<(usize, usize)> {
    let mut parts = line.strip_prefix(MAGIC)?.strip_prefix('\t')?.split('\t');
    let (size, said) = (whole(parts.next()?)?, whole(parts.next()?)?);
    let fits = size <= MAX_SIZE as usize && said <= MAX_PANELS && size * said <= MAX_SEATS;
    (fits && parts.next().is_none()).then_some((size, said))
}

/// A whole number above 0 as [`PanelList::text`] writes it.
fn whole(text: &str) -> Option<usize> {
    let plain = text.len() <= 9 && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

fn panel(line: &str, number: usize, size: usize) -> Result<Vec<String>, &'static str> {
    let mut parts = line.split('\t');
    if parts.next().and_then(whole) != Some(number) {
        return Err("panels are numbered 1, 2, 3 and so on");
    }
    let keys: Vec<String> = parts.map(str::to_owned).collect();
    if keys.len() != size {
        return Err("the panel has more or fewer members than the first line says");
    }
    if !keys.iter().all(|key| is_key(key)) {
        return Err("a key is empty, too long, has space at its ends, or holds control characters");
    }
    if !keys.windows(2).all(|pair| pair[0] < pair[1]) {
        return Err("keys are not in order, or one stands twice");
    }
    Ok(keys)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
