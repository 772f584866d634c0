//! A process that is killed while it does a job.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use db::{Address, Db};
use testkit::{Folder, FreshPostgres};
use work::jobs::{Outcome, Step};

use crate::support::{Hand, asked, does, options, runner};

/// Set in the process that is to die: the address of its database and the file that says it has begun.
const VICTIM: &str = "LINLI_WORK_VICTIM";

/// Not a story by itself: the process that [`a_job_whose_process_is_killed_is_done_after_the_lease`] kills.
#[test]
fn victim() {
    let Ok(told) = std::env::var(VICTIM) else { return };
    let (address, marker) = told.split_once('|').unwrap();
    let marker = marker.to_owned();
    let db = Db::open(&address.parse().unwrap(), &options()).unwrap();
    let work = does("a", move |job| {
        std::fs::write(&marker, job.id.as_str()).unwrap();
        std::thread::sleep(Duration::from_secs(60));
        Ok(Outcome::Done)
    });
    let _ = runner(&db, &Hand::new(), vec![work]).step();
}

fn killed_between(address: &Address) {
    let folder = Folder::new();
    let marker = folder.path().join("begun");
    let db = Db::open(address, &options()).unwrap();
    let id = asked(&db, "a");
    drop(db);
    let text = match address {
        Address::Sqlite(path) => format!("sqlite:{}", path.display()),
        Address::Postgres(text) => text.clone(),
    };
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::victim"])
        .env(VICTIM, format!("{text}|{}", marker.display()))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    for _ in 0..600 {
        if std::fs::read_to_string(&marker).is_ok_and(|text| text == id.as_str()) {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(marker.exists(), "the process never began");

    let db = Db::open(address, &options()).unwrap();
    let clock = Hand::new();
    let work = does("a", |job| {
        assert_eq!(job.attempt, 2);
        Ok(Outcome::Done)
    });
    let runner = runner(&db, &clock, vec![work]);
    clock.on(299);
    assert_eq!(runner.step(), Ok(Step::Idle), "the dead process's lease still runs");
    clock.on(1);
    assert_eq!(runner.step(), Ok(Step::Done(id)));
}

#[test]
fn a_job_whose_process_is_killed_is_done_after_the_lease() {
    let folder = Folder::new();
    killed_between(&folder.address());
    if let Some(fresh) = FreshPostgres::new() {
        killed_between(&fresh.address);
    }
}
