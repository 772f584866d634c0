//! `linli serve`: an installation for real.

use std::{
    io::Write,
    net::SocketAddr,
    path::PathBuf,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use sha2::{Digest, Sha256};
use tracing_subscriber::EnvFilter;
use web::{Rim, Settings, Verifiers};

use crate::{
    behind::Behind,
    cli,
    commands::setup,
    home::{self, Home, OFFSET_MINUTES, SystemClock},
    pdf::Pdf,
    router, settings,
};

/// Characters of an operator's token at least.
const MIN_TOKEN: usize = 24;

/// Serves until the process is told to stop.
///
/// # Errors
/// A sentence for the operator.
pub fn run(options: cli::Serve) -> Result<ExitCode, String> {
    let file = options.config.as_deref().map(settings::read).transpose()?.unwrap_or_default();
    let data = options.data.or(file.data).unwrap_or_else(|| PathBuf::from("data"));
    let listen = options.listen.or(file.listen).unwrap_or_else(|| "127.0.0.1:8080".into());
    let address: SocketAddr = listen.parse().map_err(|_| format!("{listen} is not an address and port"))?;
    let token = options.operator_token.or(file.operator_token).filter(|t| !t.is_empty());
    if token.as_ref().is_some_and(|t| t.len() < MIN_TOKEN) {
        return Err(format!("the operator's token must have at least {MIN_TOKEN} characters"));
    }
    logs("info");
    let origin = file.origin.unwrap_or_default();
    let providers = settings::providers(&file.oidc, &origin)?;
    let home = home::open(&data, options.database.or(file.database).as_deref())?;
    if settings::get(&home.db, "demo").map_err(|e| e.to_string())?.is_some() {
        return Err("this database holds a demonstration; serve it with linli demo, or name another data folder".into());
    }
    let kept = settings::get(&home.db, "name").map_err(|e| e.to_string())?;
    let token_of_setup = setup::offer(&home.db)?;
    let settings = Settings {
        demo: false,
        offset_minutes: file.offset_minutes.unwrap_or(OFFSET_MINUTES),
        operator: token.map(|t| Sha256::digest(t.as_bytes()).into()),
        name: options.name.or(file.name).or(kept).unwrap_or_default(),
        origin,
        https: options.https || file.https.unwrap_or(false),
        proxied: options.proxied || file.proxied.unwrap_or(false),
        demo_people: Vec::new(),
        pdf: Pdf::look(options.pdf_font.or(file.pdf_font).as_deref()).fonts(),
        verifiers: Verifiers { providers, key: home.subjects },
    };
    serve(&home, settings, address, |address| {
        say(&format!("http://{address}/"));
        if let Some(token) = token_of_setup {
            say(&format!("nobody holds an office yet; set up once at http://{address}/setup?token={token}"));
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

/// A line for whoever started the program; that they no longer listen does not stop it.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Structured logs on standard error, without personal data; `RUST_LOG` chooses others.
pub(crate) fn logs(level: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    let subscriber = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr);
    // a second call in one process (tests) keeps the first subscriber
    let _ = subscriber.try_init();
}

/// Serves an opened installation; `ready` is called with the address once requests are taken.
pub(crate) fn serve(
    home: &Home,
    settings: Settings,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|e| e.to_string())?;
    let stop = Arc::new(AtomicBool::new(false));
    let (sequencer, halt) = (home.sequencer.clone(), stop.clone());
    let follower = std::thread::Builder::new().name("sequencer".into()).spawn(move || sequencer.run(&halt));
    let follower = follower.map_err(|e| e.to_string())?;
    let behind = Behind::new(home, &settings);
    let workers = behind.start(&stop)?;
    let door = people::door::Door::new(&home.db).map_err(|e| e.to_string())?;
    let rim = Rim::new(home.db.clone(), settings, Arc::new(SystemClock), home::entropy);
    let rim = rim.with_door(Arc::new(door)).with_files(behind.files);
    let served = runtime.block_on(async {
        let listener = web::server::bind(address).await?;
        ready(listener.local_addr().map_err(|e| e.to_string())?);
        web::server::serve(listener, router::site(rim), stopped()).await.map_err(|e| e.to_string())
    });
    stop.store(true, Relaxed);
    let _ = follower.join();
    workers.into_iter().for_each(|worker| drop(worker.join()));
    served?;
    // what the last requests committed gets its place before the process ends
    home.sequencer.drain().map(|_| ()).map_err(|e| e.to_string())
}

/// Done when the process is asked to stop (interrupt, or terminate where there is such a signal).
async fn stopped() {
    let interrupt = async { drop(tokio::signal::ctrl_c().await) };
    #[cfg(unix)]
    {
        let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(signal) => signal,
            Err(_) => return interrupt.await,
        };
        tokio::select! {
            () = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}
