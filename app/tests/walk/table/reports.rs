//! Figures of a season: everybody may count them again.

use super::{Row, read};

pub(super) fn rows() -> Vec<Row> {
    vec![
        read("/seasons/{season:visiting}/figures"),
        read("/seasons/{season:visiting}/figures/{figure:communities_visited}"),
        read("/seasons/{season:collecting}/figures/{figure:ideas}?after=1"),
        read("/api/v1/seasons/{season:visiting}/figures"),
    ]
}
