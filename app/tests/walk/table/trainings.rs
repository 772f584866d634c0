//! Trainings of a season that runs.

use super::{Row, officer, read, signed_in};

pub(super) fn rows() -> Vec<Row> {
    let new = "title=Step&day=2026-11-22&room=Hall&teacher=Adviser&once=walk";
    vec![
        read("/seasons/{season:running}/trainings"),
        officer("GET", "/seasons/{season:running}/trainings/new"),
        officer("POST", "/seasons/{season:running}/trainings").form(new),
        read("/seasons/{season:running}/trainings/{training:training}"),
        officer("POST", "/seasons/{season:running}/trainings/{training:training}/signups").form("number=0"),
        signed_in("POST", "/seasons/{season:running}/trainings/{training:training}/signups/leave").form("ok=1"),
        officer("POST", "/seasons/{season:running}/trainings/{training:training}/attendance").form("others=3"),
        signed_in("POST", "/seasons/{season:running}/trainings/{training:training}/feedback")
            .form("grade=5&words=Fine")
            .answers(409),
        read("/api/v1/seasons/{season:running}/trainings"),
        officer("POST", "/api/v1/seasons/{season:running}/trainings")
            .json(r#"{"title":"Next","day":"2026-11-22","room":"Hall","teacher":"Adviser","once":"api"}"#),
        officer("POST", "/api/v1/seasons/{season:running}/trainings/{training:training}/signup")
            .json(r#"{"number":0}"#)
            .personal(),
        signed_in("DELETE", "/api/v1/seasons/{season:running}/trainings/{training:training}/signup").personal(),
        officer("POST", "/api/v1/seasons/{season:running}/trainings/{training:training}/attendance")
            .json(r#"{"others":3}"#),
        signed_in("PUT", "/api/v1/seasons/{season:running}/trainings/{training:training}/feedback")
            .json(r#"{"grade":5,"words":"Fine"}"#)
            .personal()
            .answers(409),
    ]
}
