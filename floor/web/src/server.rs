//! The server: routes, health, metrics, graceful stop.

use std::net::SocketAddr;

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;

use crate::{Rim, assets, guard, share};

/// The whole site: the areas' routes, assets, health and metrics, with the guards around them.
pub fn site(areas: Router<Rim>, rim: Rim) -> Router {
    let metrics = recorder();
    let routes = areas
        .merge(assets::routes())
        .merge(share::routes())
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(move |state: State<Rim>| numbers(state, metrics.clone())));
    guard::around(routes, rim)
}

/// Binds the address.
///
/// # Errors
/// A sentence for the operator when the port is in use or may not be used.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("port {} is in use by another program; choose one with --port", address.port())
        }
        _ => format!("cannot listen on {address}: {error}"),
    })
}

/// Serves until `stop` is done, then lets the requests that have begun end.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    site: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let site = site.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, site).with_graceful_shutdown(stop).await
}

/// Ready when the database answers.
async fn ready(State(rim): State<Rim>) -> impl IntoResponse {
    let answer = rim.db.read(|s| s.ping()).await;
    match answer {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "not ready\n"),
    }
}

/// One recorder a process; a second site in the same process (tests) shows the numbers of its own handle.
fn recorder() -> PrometheusHandle {
    static HANDLE: std::sync::OnceLock<PrometheusHandle> = std::sync::OnceLock::new();
    let make = || {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        // another recorder can be there only in tests; then the numbers go to that one
        let _ = metrics::set_global_recorder(recorder);
        handle
    };
    HANDLE.get_or_init(make).clone()
}

async fn numbers(State(rim): State<Rim>, handle: PrometheusHandle) -> impl IntoResponse {
    let counters = rim.db.counters();
    let absolute = [
        ("linli_db_statements_total", counters.statements()),
        ("linli_db_writes_total", counters.writes()),
        ("linli_db_reads_total", counters.reads()),
        ("linli_db_commits_total", counters.commits()),
        ("linli_db_retries_total", counters.retries()),
        ("linli_db_over_budget_total", counters.over_budget()),
    ];
    for (name, value) in absolute {
        metrics::counter!(name).absolute(value);
    }
    if let Some(bytes) = rim.db.wal_bytes() {
        metrics::gauge!("linli_db_wal_bytes").set(bytes as f64);
    }
    handle.run_upkeep();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], handle.render())
}
