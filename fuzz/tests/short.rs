//! The short form: every target on its seeds, on what was once found, and on changes of both that nobody has seen before.
//!
//! The changes are the same in each run; with `LINLI_FUZZ_ANEW` set they are drawn anew.
//! `LINLI_FUZZ_CASES` sets how many changed inputs an ordinary target gets (1,000), `LINLI_FUZZ_TARGET` which one alone runs.

#![expect(clippy::expect_used, reason = "a test stops where it fails")]

use std::{
    cell::RefCell,
    collections::BTreeSet,
    env,
    panic::{self, AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    process,
    sync::{
        Arc, Mutex, Once, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

use fuzz::{Target, all};
use peak_alloc::PeakAlloc;
use proptest::{
    prelude::*,
    sample::{Index, select},
    test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner},
};

/// Counts what the readers take, so that a bound can be held against it.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Wall-clock time after which a reader is taken to hang. Thousands of times what any input takes here.
const HANGS: Duration = Duration::from_secs(60);
const CASES: u32 = 1_000;

/// Memory is counted for the whole program, so that what counts it runs alone.
static ALONE: Mutex<()> = Mutex::new(());

/// One change of an input. Places are parts of its length.
#[derive(Debug, Clone)]
enum Change {
    Set(Index, u8),
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, Index),
    /// A part of it, so many times more.
    Repeat(Index, Index, u8),
    /// A word of the target's format, put in or put over.
    Word(Index, Index, bool),
    /// A part of another seed.
    Part(Index, Index, Index),
    /// A run of digits becomes another number.
    Number(Index, &'static str),
    Cut(Index),
}

const NUMBERS: [&str; 12] = [
    "0",
    "1",
    "-1",
    "00",
    "255",
    "65536",
    "2147483648",
    "4294967295",
    "9223372036854775807",
    "18446744073709551616",
    "1.005",
    "",
];

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let at = any::<Index>;
    let byte = prop_oneof![any::<u8>(), select(b"\0\t\n\r \"',-./0159:;<=>[]{}\x7f\x80\xff".to_vec())];
    let change = prop_oneof![
        3 => (at(), byte.clone()).prop_map(|(at, to)| Change::Set(at, to)),
        1 => (at(), 0..8_u8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        2 => (at(), prop::collection::vec(byte, 1..8)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        2 => (at(), at()).prop_map(|(from, n)| Change::Remove(from, n)),
        1 => (at(), at(), 1..60_u8).prop_map(|(from, n, times)| Change::Repeat(from, n, times)),
        4 => (at(), at(), any::<bool>()).prop_map(|(at, word, over)| Change::Word(at, word, over)),
        2 => (at(), at(), at()).prop_map(|(seed, from, at)| Change::Part(seed, from, at)),
        3 => (at(), select(NUMBERS.to_vec())).prop_map(|(at, number)| Change::Number(at, number)),
        1 => at().prop_map(Change::Cut),
    ];
    prop::collection::vec(change, 0..10)
}

/// A place from 0 up to and with `n`.
fn place(at: &Index, n: usize) -> usize {
    at.index(n + 1)
}

fn change(input: &mut Vec<u8>, change: &Change, target: &Target, seeds: &[Vec<u8>]) {
    let n = input.len();
    match change {
        Change::Set(at, to) if n > 0 => input[at.index(n)] = *to,
        Change::Flip(at, bit) if n > 0 => input[at.index(n)] ^= 1 << bit,
        Change::Set(..) | Change::Flip(..) => {}
        Change::Insert(at, bytes) => {
            let at = place(at, n);
            input.splice(at..at, bytes.iter().copied());
        }
        Change::Remove(from, some) => {
            let from = place(from, n);
            // mostly little: what is far apart stays there
            let some = place(some, (n - from).min(40));
            input.drain(from..from + some);
        }
        Change::Repeat(from, some, times) => {
            let from = place(from, n);
            let part = input[from..from + place(some, (n - from).min(200))].to_vec();
            input.splice(from..from, part.repeat(usize::from(*times)));
        }
        Change::Word(at, word, over) if !target.words.is_empty() => {
            let word = target.words[word.index(target.words.len())].as_bytes();
            let at = place(at, n);
            let end = if *over { (at + word.len()).min(n) } else { at };
            input.splice(at..end, word.iter().copied());
        }
        Change::Word(..) => {}
        Change::Part(seed, from, at) => {
            let seed = &seeds[seed.index(seeds.len())];
            let from = place(from, seed.len());
            let part = &seed[from..(from + 200).min(seed.len())];
            let at = place(at, n);
            input.splice(at..at, part.iter().copied());
        }
        Change::Number(at, number) => {
            let is = |at: usize| input[at].is_ascii_digit();
            let Some(from) = (place(at, n)..n).find(|at| is(*at)) else { return };
            let end = (from..n).find(|at| !is(*at)).unwrap_or(n);
            input.splice(from..end, number.bytes());
        }
        Change::Cut(at) => input.truncate(place(at, n)),
    }
    input.truncate(target.longest);
}

/// What is read at present, for the one who watches the time.
#[derive(Clone, Default)]
struct Watched(Arc<Mutex<Option<Reading>>>);

/// Since when, by which target, and what.
type Reading = (Instant, &'static str, Vec<u8>);

impl Watched {
    fn begins(&self, target: &Target, input: &[u8]) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), target.name, input.to_vec()));
    }

    fn ends(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Ends the program when one input takes too long.
    fn watch(&self) {
        let watched = self.clone();
        thread::spawn(move || {
            loop {
                thread::sleep(Duration::from_secs(1));
                let now = watched.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
                if let Some((begun, name, input)) = now
                    && begun.elapsed() > HANGS
                {
                    eprintln!("{name} hangs; the input is in {}", keep(name, &input).display());
                    process::exit(1);
                }
            }
        });
    }
}

/// Whether a target reads: while an input is made small it falls a thousand times, and is told of once, at the end.
static READING: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// Panics of targets are not printed.
fn hush() {
    HOOK.call_once(|| {
        let told = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !READING.load(Relaxed) {
                told(info);
            }
        }));
    });
}

/// Lays an input down where somebody can take it.
fn keep(name: &str, input: &[u8]) -> PathBuf {
    let path = env::temp_dir().join(format!("linli-fuzz-{name}-{}", input.len()));
    std::fs::write(&path, input).expect("the temporary folder can be written");
    path
}

/// Reads one input: it falls nowhere, and takes no more memory than is stated.
fn read(target: &Target, input: &[u8], watched: &Watched) -> Result<(), String> {
    watched.begins(target, input);
    let before = PeakAlloc.current_usage();
    MEMORY.reset_peak_usage();
    READING.store(true, Relaxed);
    let fell = catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    READING.store(false, Relaxed);
    let took = MEMORY.peak_usage().saturating_sub(before);
    watched.ends();
    if let Err(panic) = fell {
        let said =
            panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
        return Err(said.unwrap_or_default());
    }
    let bound = target.memory.of(input.len());
    if took > bound {
        Err(format!("took {took} bytes of memory for {} bytes, at most {bound}", input.len()))
    } else {
        Ok(())
    }
}

/// An input without the bytes that its fault does not need, and the fault: proptest stops where it knows no smaller change.
fn least(target: &Target, (mut input, mut why): (Vec<u8>, String), watched: &Watched) -> (Vec<u8>, String) {
    let (mut at, mut tries) = (0, 2_000);
    while at < input.len() && tries > 0 {
        tries -= 1;
        let mut less = input.clone();
        less.remove(at);
        match read(target, &less, watched) {
            Err(still) => (input, why) = (less, still),
            Ok(()) => at += 1,
        }
    }
    (input, why)
}

/// Reads changed inputs; the least that still goes wrong is told and kept.
fn read_changed(target: &Target, cases: u32, watched: &Watched) -> Result<(), String> {
    let seeds: Vec<Vec<u8>> =
        target.seeds().into_iter().chain(target.found().into_iter().map(|(_, bytes)| bytes)).collect();
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() };
    let worst = RefCell::new(None);
    // the same inputs in each run: what is new is looked for by whoever asks for it, and never in the way of others
    let mut runner = match std::env::var_os("LINLI_FUZZ_ANEW") {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    let found = runner.run(&(any::<Index>(), changes()), |(seed, changes)| {
        let mut input = seeds[seed.index(seeds.len())].clone();
        changes.iter().for_each(|one| change(&mut input, one, target, &seeds));
        read(target, &input, watched).map_err(|why| {
            *worst.borrow_mut() = Some(input);
            TestCaseError::fail(why)
        })
    });
    match found {
        Ok(()) => Ok(()),
        Err(TestError::Fail(why, _)) => {
            let (input, why) = least(target, (worst.into_inner().unwrap_or_default(), why.to_string()), watched);
            let shown = String::from_utf8_lossy(&input[..input.len().min(600)]).into_owned();
            Err(format!("{why}\n  input: {shown:?}\n  kept as {}", keep(target.name, &input).display()))
        }
        Err(TestError::Abort(why)) => Err(why.to_string()),
    }
}

#[test]
fn no_input_fells_a_reader() {
    hush();
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let cases = env::var("LINLI_FUZZ_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(CASES);
    let only = env::var("LINLI_FUZZ_TARGET").ok();
    let watched = Watched::default();
    watched.watch();
    let mut faults = Vec::new();
    let mut n = 0;
    for target in all().iter().filter(|target| only.as_ref().is_none_or(|only| only == target.name)) {
        let began = Instant::now();
        n += 1;
        // what is made once and kept is none of the input's memory
        let _ = catch_unwind(AssertUnwindSafe(|| (target.run)(target.seeds().first().unwrap())));
        for (at, seed) in target.seeds().iter().enumerate() {
            if let Err(why) = read(target, seed, &watched) {
                faults.push(format!("{}, seed {at}: {why}", target.name));
            }
        }
        for (name, input) in target.found() {
            if let Err(why) = read(target, &input, &watched) {
                faults.push(format!("{}, found/{0}/{name}: {why}", target.name));
            }
        }
        if let Err(why) = read_changed(target, (cases / target.slow).max(1), &watched) {
            faults.push(format!("{}: {why}", target.name));
        }
        println!("{:>16} {:>6} ms", target.name, began.elapsed().as_millis());
    }
    assert!(n > 0, "no such target");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// What finds nothing may be unable to.
#[test]
fn a_planted_fault_is_found_and_made_small() {
    hush();
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let of = |run| Target { run, ..fuzz::named("money").unwrap() };
    let falls = of(|input: &[u8]| assert!(!input.contains(&0x80), "planted"));
    let told = read_changed(&falls, 5_000, &Watched::default()).unwrap_err();
    assert!(told.starts_with("planted"), "{told}");
    let takes = of(|input: &[u8]| drop(vec![0_u8; if input.len() > 12 { 2 << 20 } else { 0 }]));
    let told = read_changed(&takes, 5_000, &Watched::default()).unwrap_err();
    assert!(told.starts_with("took 2097152 bytes of memory for 13 bytes"), "{told}");
}

#[test]
fn every_target_takes_its_seeds_and_has_its_own_name() {
    hush();
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let names: BTreeSet<&str> = all().iter().map(|target| target.name).collect();
    assert_eq!(names.len(), all().len());
    for part in ["seeds", "found"] {
        for entry in std::fs::read_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(part)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(names.contains(&*name) || name == "README.md", "{part}/{name} belongs to no target");
        }
    }
    for target in all() {
        assert!(target.seeds().iter().all(|seed| seed.len() <= target.longest), "{}", target.name);
    }
}
