//! How money flowed, as a picture of layers with bands between them, and the same as a table. Lengths are whole numbers.

use kernel::Fen;
use ui::{
    Markup, Words, html,
    parts::{Column, Table, section, table},
};

/// Nodes of a layer that the picture shows; the caller puts the rest together.
pub const MOST: usize = 10;
/// Width of the picture in its own units, which is the width of a phone.
const WIDTH: i64 = 360;
/// Height that the largest layer shares out among its bars.
const BARS: i64 = 160;
/// Room above each bar for its label.
const LABEL: i64 = 20;
/// Width of a bar.
const THICK: i64 = 8;

/// Something that money comes from, goes through or goes to.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its name.
    pub label: String,
    /// Its page; may be empty.
    pub href: String,
    /// How much, 0 or more.
    pub value: i64,
}

/// Money between two nodes of neighbouring layers.
#[derive(Debug, Clone, Copy)]
pub struct Band {
    /// The layer it comes from.
    pub layer: usize,
    /// The node there.
    pub from: usize,
    /// The node in the next layer.
    pub to: usize,
    /// How much.
    pub value: i64,
}

/// Where a bar stands and how high it is.
struct Bar {
    top: i64,
    height: i64,
}

fn height(value: i64, whole: i64) -> i64 {
    let exact = i128::from(value) * i128::from(BARS) / i128::from(whole.max(1));
    i64::try_from(exact).unwrap_or(BARS).clamp(2, BARS)
}

fn bars(layer: &[Node], whole: i64) -> Vec<Bar> {
    let mut top = 0;
    let mut bars = Vec::new();
    for node in layer {
        let height = height(node.value, whole);
        bars.push(Bar { top: top + LABEL, height });
        top += LABEL + height + 6;
    }
    bars
}

/// The picture with its table. Nothing where nothing flowed.
pub fn show(w: Words, title: &str, (layers, bands): (&[Vec<Node>], &[Band]), amount: impl Fn(Fen) -> String) -> Markup {
    let sum = |layer: &Vec<Node>| layer.iter().map(|node| node.value).sum::<i64>();
    let whole = layers.iter().map(sum).max().unwrap_or(0);
    if whole == 0 {
        return html! {};
    }
    let columns =
        [Column::text(w.t("money-flow-from")), Column::text(w.t("money-flow-to")), Column::number(w.t("money-amount"))];
    let named = |node: &Node| {
        html! { @if node.href.is_empty() { (node.label) } @else { a href=(node.href) { (node.label) } } }
    };
    let rows: Vec<Vec<Markup>> = (bands.iter())
        .filter_map(|band| {
            let (from, to) = (layers.get(band.layer)?.get(band.from)?, layers.get(band.layer + 1)?.get(band.to)?);
            Some(vec![named(from), named(to), html! { (amount(Fen(band.value))) }])
        })
        .collect();
    section(
        title,
        &html! {
            (picture(title, layers, (bands, whole), &amount))
            (table(w, &Table { id: "flow", caption: w.t("money-flow-table"), columns: &columns, rows: &rows }))
        },
    )
}

fn picture(
    title: &str,
    layers: &[Vec<Node>],
    (bands, whole): (&[Band], i64),
    amount: &impl Fn(Fen) -> String,
) -> Markup {
    let placed: Vec<Vec<Bar>> = layers.iter().map(|layer| bars(layer, whole)).collect();
    let bottom = placed.iter().flatten().map(|bar| bar.top + bar.height).max().unwrap_or(0) + 6;
    let last = i64::try_from(layers.len().saturating_sub(1)).unwrap_or(1).max(1);
    let x = |layer: usize| i64::try_from(layer).unwrap_or(0) * (WIDTH - THICK) / last;
    html! {
        svg role="img" aria-label=(title) width="100%" height=(bottom) viewBox={ "0 0 " (WIDTH) " " (bottom) }
            preserveAspectRatio="xMinYMin meet" {
            g.track { @for path in paths(&placed, bands, whole, &x) { path.ground d=(path) {} } }
            @for (at, (layer, bars)) in layers.iter().zip(&placed).enumerate() {
                @for (node, bar) in layer.iter().zip(bars) {
                    rect.fill x=(x(at)) y=(bar.top) width=(THICK) height=(bar.height) {}
                    @let (anchor, from) = if at == 0 { ("start", 0) }
                        else if at + 1 == layers.len() { ("end", WIDTH) } else { ("middle", x(at)) };
                    // between two labels there is room for a name alone; the table has its sum
                    text x=(from) y=(bar.top - 6) text-anchor=(anchor) font-size="12" fill="currentColor" {
                        (short(&node.label)) @if anchor != "middle" { " " (amount(Fen(node.value))) }
                    }
                }
            }
        }
    }
}

/// Bands leave and reach a bar in the order in which they come, under one another.
fn paths(placed: &[Vec<Bar>], bands: &[Band], whole: i64, x: &impl Fn(usize) -> i64) -> Vec<String> {
    let mut out: Vec<Vec<i64>> = placed.iter().map(|layer| vec![0; layer.len()]).collect();
    let mut into = out.clone();
    let mut paths = Vec::new();
    for band in bands {
        let (Some(from), Some(to)) = (
            placed.get(band.layer).and_then(|layer| layer.get(band.from)),
            placed.get(band.layer + 1).and_then(|layer| layer.get(band.to)),
        ) else {
            continue;
        };
        let thick = height(band.value, whole);
        let left = from.top + out[band.layer][band.from].min((from.height - thick).max(0));
        let right = to.top + into[band.layer + 1][band.to].min((to.height - thick).max(0));
        out[band.layer][band.from] += thick;
        into[band.layer + 1][band.to] += thick;
        let (a, b) = (x(band.layer) + THICK, x(band.layer + 1));
        let middle = i64::midpoint(a, b);
        let (left_end, right_end) = (left + thick, right + thick);
        paths.push(format!(
            "M{a} {left}C{middle} {left} {middle} {right} {b} {right}V{right_end}C{middle} {right_end} {middle} \
             {left_end} {a} {left_end}Z"
        ));
    }
    paths
}

/// A label that leaves room for the other side.
fn short(label: &str) -> String {
    let cut: String = label.chars().take(7).collect();
    if cut.len() < label.len() { format!("{cut}…") } else { cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_keep_within_the_picture_and_bands_within_their_bars() {
        let node = |value| Node { label: "财政资金专项拨款".into(), href: String::new(), value };
        let layers = [vec![node(700), node(300)], vec![node(1_000)]];
        let bands = [
            Band { layer: 0, from: 0, to: 0, value: 700 },
            Band { layer: 0, from: 1, to: 0, value: 300 },
            // a node that is not there draws nothing
            Band { layer: 0, from: 9, to: 0, value: 1 },
        ];
        let placed: Vec<Vec<Bar>> = layers.iter().map(|layer| bars(layer, 1_000)).collect();
        assert_eq!(placed[0].iter().map(|bar| (bar.top, bar.height)).collect::<Vec<_>>(), [(20, 112), (158, 48)]);
        assert_eq!(paths(&placed, &bands, 1_000, &|at| if at == 0 { 0 } else { 352 }).len(), 2);
        assert_eq!(short("财政资金专项拨款"), "财政资金专项拨…");
        let w = Words::of(ui::Locale::ZhHans);
        assert_eq!(show(w, "x", (&[Vec::new()], &[]), |fen| fen.to_string()).0, "");
        let shown = show(w, "x", (&layers, &bands), |fen| fen.to_string()).0;
        assert_eq!(shown.matches("<path").count(), 2);
    }
}
