//! The residents' vote.

use super::{Row, officer, public, read, signed_in};

/// Its rows; they come after those of seasons, which open the votes.
pub fn rows() -> Vec<Row> {
    vec![
        read("/seasons/{season:voting}/vote"),
        read("/seasons/{season:voting}/vote?by=code"),
        read("/seasons/{season:collecting}/vote"),
        read("/seasons/{season:published}/vote"),
        public("/seasons/{season:voting}/vote/review").form("choice=1&code=code-of-letter-2"),
        // sent again it comes to the same ballot
        public("/seasons/{season:voting}/vote")
            .form("choice=1&code=code-of-letter-2&once=0123456789abcdef0123456789abcdef&act=send"),
        public("/api/v1/seasons/{season:voting}/ballots/change")
            .json(r#"{"secret":"0123456789abcdef0123456789abcdef","choices":[2]}"#),
        read("/seasons/{season:voting}/vote/mine?key=ffffffffffffffffffffffffffffffff").answers(404),
        read("/seasons/{season:published}/vote/receipt/{ballot:row}"),
        signed_in("POST", "/seasons/{season:voting}/vote/enrol").form("ok=1").answers(403),
        officer("GET", "/seasons/{season:voting}/vote/roll"),
        officer("POST", "/seasons/{season:voting}/vote/roll").form("ok=1"),
        officer("POST", "/seasons/{season:voting}/vote/letters").form("flat=1-"),
        officer("GET", "/seasons/{season:voting}/vote/papers?flat=1-"),
        officer("POST", "/seasons/{season:voting}/vote/papers").form("number=1&choice=1").answers(404),
        officer("POST", "/seasons/{season:voting}/vote/papers/give").form("resident=<row>&flat=1-").once(),
        officer("POST", "/seasons/{season:voting}/vote/papers/discard").form("number=1&why=missing").answers(404),
        officer("POST", "/seasons/{season:voting}/vote/papers/print").form("ok=1"),
        officer("POST", "/seasons/{season:opening}/vote/close").form("ok=1").once(),
        officer("POST", "/seasons/{season:opening}/vote/publish").form("ok=1").once(),
    ]
}
