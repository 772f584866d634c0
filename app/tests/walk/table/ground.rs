//! The site itself, its log, its calendar, its jobs.

use super::{Row, admin, public, read};

pub(super) fn rows() -> Vec<Row> {
    let days = ["01-01", "02-02", "02-03", "02-04", "05-01", "10-01", "10-02"];
    let days: Vec<String> = days.iter().map(|day| format!("%222030-{day}%22:%22day%22")).collect();
    let year = format!("%7B%22holidays%22:%7B{}%7D,%22workdays%22:%7B%7D%7D", days.join(","));
    vec![
        read("/"),
        read("/assets/{name:asset}"),
        // these requests do not say which site they want, so that there is no address to draw
        read("/share/qr.png?to=/matters").answers(400),
        read("/healthz"),
        read("/readyz"),
        read("/metrics"),
        read("/source"),
        read("/styleguide"),
        public("/styleguide").form("name=x"),
        read("/api/v1/openapi.json"),
        read("/checkpoint"),
        read("/ledger"),
        read("/ledger?about=<collecting>"),
        read("/ledger/find"),
        read("/ledger/find?about=<published>&kind=verdict.published").answers(303),
        read("/ledger/key"),
        read("/ledger/entries/{seq:first}"),
        read("/ledger/entries/{seq:first}/proof"),
        read("/tile/{*path:tile}"),
        read("/work/calendar"),
        admin("POST", "/work/calendar").form(&format!("text={year}&source=test&act=look")),
        admin("POST", "/work/calendar").form(&format!("text={year}&source=test&act=import")),
        admin("GET", "/work/jobs"),
        admin("POST", "/work/jobs/{job:job0}/retry").form("ok=1"),
        admin("POST", "/work/jobs/{job:job1}/discard").form("ok=1"),
    ]
}
