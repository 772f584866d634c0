//! Tables: how wide the columns are, and rows over pages.

use pdf_writer::types::StructRole;

use super::{
    canvas::{BOTTOM, LEFT, Owner, RIGHT, TOP},
    flow::{Flow, foot},
    lines::{Line, Text},
};
use crate::paper::Span;

/// In thousandths of a point: the letters, from line to line, and to the edges of a cell.
const SIZE: i64 = 12_000;
const PITCH: i64 = 17_000;
const BESIDE: i64 = 5_000;
const ABOVE: i64 = 3_000;

struct Cell {
    text: Text,
    lines: Vec<Line>,
    owner: Owner,
}

struct Row {
    cells: Vec<Cell>,
    n_lines: usize,
}

/// Draws a table. Columns are as wide as what they hold, where there is room.
pub fn table(flow: &mut Flow<'_>, titles: &[String], rows: &[Vec<String>]) {
    let n = titles.len().max(1);
    let node = flow.canvas.part(0, StructRole::Table);
    let set = |flow: &Flow<'_>, cells: &[String], strong: bool| -> Vec<Text> {
        let setting = flow.canvas.setting(SIZE, strong);
        (0..n).map(|at| setting.text(&[Span::Text(cells.get(at).cloned().unwrap_or_default())])).collect()
    };
    let head = set(flow, titles, true);
    let texts: Vec<Vec<Text>> = rows.iter().map(|row| set(flow, row, false)).collect();
    let mut wants = vec![(0, 0); n];
    for row in texts.iter().chain([&head]) {
        for (want, text) in wants.iter_mut().zip(row) {
            let (whole, word) = text.wants();
            *want = (want.0.max(whole + 2 * BESIDE), want.1.max(word + 2 * BESIDE));
        }
    }
    let widths = widths(&wants, RIGHT - LEFT);
    let head = row(flow, head, &widths, (node, StructRole::TH));
    let high = height(head.n_lines);
    // titles that would fill half a page come once
    let again = high <= (BOTTOM - TOP) / 2;
    let mut head = Some(head).filter(|_| !titles.is_empty());
    if flow.room() < high + height(1) {
        flow.turn();
    }
    if let Some(head) = &mut head {
        draw(flow, head, &widths, None);
        head.cells.iter_mut().for_each(|cell| cell.owner = Owner::new(None));
    }
    let mut head = head.filter(|_| again);
    for texts in texts {
        let mut row = row(flow, texts, &widths, (node, StructRole::TD));
        draw(flow, &mut row, &widths, head.as_mut());
    }
    flow.y += 9_000;
}

fn row(flow: &mut Flow<'_>, texts: Vec<Text>, widths: &[i64], (table, role): (usize, StructRole)) -> Row {
    let node = flow.canvas.part(table, StructRole::TR);
    let mut cells = Vec::with_capacity(texts.len());
    for (text, width) in texts.into_iter().zip(widths) {
        let owner = Owner::new(Some(flow.canvas.part(node, role)));
        let lines = text.lines(width - 2 * BESIDE, 0);
        cells.push(Cell { text, lines, owner });
    }
    let n_lines = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1);
    Row { cells, n_lines }
}

/// How high a row of so many lines is.
fn height(n_lines: usize) -> i64 {
    i64::try_from(n_lines).unwrap_or(i64::MAX / 100_000) * PITCH + 2 * ABOVE
}

/// How many lines of a row fit into so much room.
fn fitting(room: i64) -> usize {
    usize::try_from((room - 2 * ABOVE) / PITCH).unwrap_or(0)
}

/// Draws a row. It stays whole where a page can hold it; `head` comes again on each new page.
fn draw(flow: &mut Flow<'_>, row: &mut Row, widths: &[i64], mut head: Option<&mut Row>) {
    let fresh = fitting(BOTTOM - TOP - head.as_ref().map_or(0, |head| height(head.n_lines))).max(1);
    let mut from = 0;
    while from < row.n_lines && !flow.is_over() {
        let (left, fits) = (row.n_lines - from, fitting(flow.room()));
        // what a page holds stays together; what none holds begins here
        if left > fits && (left <= fresh || fits == 0) && flow.y > TOP {
            flow.turn();
            if let Some(head) = head.as_deref_mut() {
                let all = head.n_lines;
                lay(flow, head, widths, 0..all);
            }
            continue;
        }
        let to = from + left.min(fits.max(1));
        lay(flow, row, widths, from..to);
        from = to;
    }
}

/// Lays some lines of a row onto the page, with its edges.
fn lay(flow: &mut Flow<'_>, row: &mut Row, widths: &[i64], which: std::ops::Range<usize>) {
    let (top, below) = (flow.y, flow.y + height(which.len()));
    let mut x = LEFT;
    flow.canvas.rule([x, top, x, below]);
    for (cell, width) in row.cells.iter_mut().zip(widths) {
        let lines = cell.lines.iter().skip(which.start).take(which.len());
        for (y, line) in (top + ABOVE..).step_by(PITCH as usize).zip(lines) {
            flow.canvas.line(&cell.text, *line, &mut cell.owner, (x + BESIDE, y + foot(SIZE, PITCH)));
        }
        x += width;
        flow.canvas.rule([x, top, x, below]);
    }
    flow.canvas.rule([LEFT, top, x, top]);
    flow.canvas.rule([LEFT, below, x, below]);
    flow.y = below;
}

/// How wide columns are that together fill `room`, from how wide each wants to be and how wide its widest word is. Who
/// wants little gets it; the others share the rest, half of it evenly, half by what they want.
fn widths(wants: &[(i64, i64)], room: i64) -> Vec<i64> {
    let mut got: Vec<Option<i64>> = vec![None; wants.len()];
    loop {
        let rest = room - got.iter().flatten().sum::<i64>();
        let n = i64::try_from(got.iter().filter(|width| width.is_none()).count()).unwrap_or(1);
        if n == 0 {
            break;
        }
        let even = rest / n;
        let modest = |(width, want): &(&mut Option<i64>, &(i64, i64))| width.is_none() && want.0 <= even;
        let mut any = false;
        for (width, want) in got.iter_mut().zip(wants).filter(modest) {
            *width = Some(want.0);
            any = true;
        }
        if any {
            continue;
        }
        let floor = |want: &(i64, i64)| (even / 2).max(want.1.min(even));
        let open = || got.iter().zip(wants).filter(|(width, _)| width.is_none()).map(|(_, want)| want);
        let (floors, over): (i64, i64) = open().fold((0, 0), |sum, w| (sum.0 + floor(w), sum.1 + w.0 - floor(w)));
        let share = |want: &(i64, i64)| floor(want) + (rest - floors) * (want.0 - floor(want)) / over.max(1);
        return got.iter().zip(wants).map(|(width, want)| width.unwrap_or_else(|| share(want))).collect();
    }
    // all have what they want: what is left goes to all by it
    let all: i64 = wants.iter().map(|want| want.0).sum::<i64>().max(1);
    wants.iter().map(|want| want.0 * room / all).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_page_and_words_stay_whole() {
        for wants in [
            vec![(10, 5), (20, 20)],
            vec![(30, 10), (5_000, 60), (900, 120), (9_000, 80)],
            vec![(5_000, 4_000); 3],
            vec![(0, 0), (7, 7)],
        ] {
            let widths = widths(&wants, 440);
            let sum: i64 = widths.iter().sum();
            assert!((440 - 4..=440).contains(&sum), "{wants:?}: {widths:?}");
        }
        let widths = widths(&[(30, 10), (5_000, 60), (900, 120), (9_000, 80)], 440);
        assert_eq!(widths[0], 30, "who wants little gets it");
        assert!(widths[2] >= 120 && widths[1] < widths[3], "{widths:?}");
    }
}
