//! What a visitor is told when the database cannot take more.

use std::{sync::mpsc, time::Duration};

use axum::http::StatusCode;
use db::{DbError, Options};
use testkit::each_engine_with;

use super::site::{form, seed};

#[test]
fn a_full_queue_answers_503_with_retry_after_and_posts_nothing() {
    let options = Options { queue: 1, writers: 1, jobs: 1, ..Options::default() };
    each_engine_with(&options, |db| {
        let (site, seasons) = seed(db);
        let (started, wait) = mpsc::channel();
        // one closure holds the only writer, a second one fills the queue
        let hold = |started: Option<mpsc::Sender<()>>| {
            let db = db.clone();
            std::thread::spawn(move || {
                db.write_wait(move |_| {
                    if let Some(started) = &started {
                        let _ = started.send(());
                    }
                    std::thread::sleep(Duration::from_millis(400));
                    Ok::<_, DbError>(())
                })
            })
        };
        let first = hold(Some(started));
        wait.recv().unwrap();
        let second = hold(None);
        std::thread::sleep(Duration::from_millis(100));
        let path = format!("/seasons/{}/ideas", seasons.collecting);
        let body = form(&[("title", "忙的时候提的点子"), ("body", "等一下再试"), ("once", "busy")]);
        let answer = site.post(&path, &body);
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.header("retry-after"), "2");
        assert!(answer.body.contains("<html"), "{}", answer.body);
        first.join().unwrap().unwrap();
        second.join().unwrap().unwrap();
        assert!(!site.get(&path).body.contains("忙的时候提的点子"));
        assert_eq!(site.post(&path, &body).status, StatusCode::SEE_OTHER, "a moment later it is taken");
    });
}
