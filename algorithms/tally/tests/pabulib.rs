//! Files as they are, files as they should not be, and the way there and back.
#![expect(clippy::unwrap_used, reason = "a test may fall")]

mod common;

use std::fs::File;
use std::io::Read;

use proptest::prelude::*;
use tally::pabulib::{
    Fault, Header, OwnedBallot, Pabulib, ParseError, ProjectRow, Reader, VoteType, WriteError, Writer, read_election,
};
use tally::{AmountError, Scale};

const GOOD: &str = "META\nkey;value\ndescription;Street\nnum_projects;2\nnum_votes;3\nbudget;100\nvote_type;approval\n\
PROJECTS\nproject_id;cost;name\n1;60;Bench\n2;50;Lamp\nVOTES\nvoter_id;vote;age\na;1,2;30\nb;;\nc;2;41\n";

fn fault(text: &str) -> (u64, Fault) {
    let ParseError { line, fault } = Pabulib::read(text.as_bytes()).unwrap_err();
    (line, fault)
}

fn ballots(file: &Pabulib) -> Vec<OwnedBallot> {
    file.ballots().map(|ballot| ballot.to_owned()).collect()
}

#[test]
fn reads_a_file() {
    let file = Pabulib::read(GOOD.as_bytes()).unwrap();
    let header = &file.header;
    assert_eq!((header.budget, header.scale.digits(), header.vote_type), (100, 0, VoteType::Approval));
    assert_eq!((header.meta("description"), header.meta("rule")), (Some("Street"), None));
    assert_eq!(header.projects[1], ProjectRow { id: "2".into(), cost: 50, cells: vec!["Lamp".into()] });
    let all = ballots(&file);
    assert_eq!(all[0], OwnedBallot { voter_id: "a".into(), choices: vec![0, 1], cells: vec!["30".into()] });
    assert_eq!((all[1].choices.len(), all[1].cells[0].as_str()), (0, ""));
    let election = file.election().unwrap();
    assert_eq!((election.n_ballots(), election.n_supporters(1)), (3, 2));
    assert_eq!(read_election(GOOD.as_bytes()).unwrap(), (file.header, election));
}

#[test]
fn takes_what_real_files_have() {
    let same: &[(&str, String)] = &[
        ("byte order mark", format!("\u{feff}{GOOD}")),
        ("CRLF", GOOD.replace('\n', "\r\n")),
        ("no last line end", GOOD.trim_end().to_owned()),
        (
            "titles in any case",
            GOOD.replace("META", "Meta").replace("PROJECTS", "projects;;").replace("VOTES", "Votes"),
        ),
        ("quotes", GOOD.replace("Bench", "\"Bench\"").replace("1,2", "\"1,2\"")),
        ("none for empty", GOOD.replace("b;;", "b;None;none")),
        ("cells missing at the end", GOOD.replace("b;;", "b;")),
        (
            "columns without a name at the end",
            GOOD.replace("cost;name", "cost;name;;;").replace("vote;age", "vote;age;;"),
        ),
        ("cells too many, but empty", GOOD.replace("b;;", "b;;;;")),
        ("spaces", GOOD.replace("1,2", " 1 , 2 ").replace("budget;", "budget; ")),
        ("blank lines", GOOD.replace("PROJECTS", "\n;;\nPROJECTS")),
    ];
    let good = Pabulib::read(GOOD.as_bytes()).unwrap();
    for (what, text) in same {
        let read = Pabulib::read(text.as_bytes()).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!((&read.header, ballots(&read)), (&good.header, ballots(&good)), "{what}");
    }
    let broken = GOOD.replace("Bench", "\"a \"\"b\"\";\r\nc\"").replace("Street", "one;two");
    let read = Pabulib::read(broken.as_bytes()).unwrap();
    assert_eq!(read.header.projects[0].cells[0], "a \"b\";\r\nc");
    assert_eq!(read.header.meta("description"), Some("one;two"));
    // Lines are counted through quoted line ends.
    assert_eq!(fault(&broken.replace("c;2;41", "c;7;41")), (17, Fault::UnknownProject("7".into())));
}

#[test]
fn amounts_share_the_finest_scale() {
    let file = Pabulib::read(GOOD.replace(";60;", ";60,5;").replace(";50;", ";50.125;").as_bytes()).unwrap();
    let costs: Vec<i64> = file.header.projects.iter().map(|project| project.cost).collect();
    assert_eq!((file.header.scale.digits(), file.header.budget, costs), (3, 100_000, vec![60_500, 50_125]));
}

#[test]
fn points_belong_to_choices() {
    let points = GOOD.replace("approval", "cumulative").replace("age", "points").replace("1,2;30", "2,2;3,1");
    let points = points.replace("2;41", "2;4");
    let file = Pabulib::read(points.as_bytes()).unwrap();
    assert_eq!(ballots(&file)[0].choices, [1, 1]);
    assert_eq!(file.election().unwrap().n_supporters(1), 2);
    assert_eq!(fault(&points.replace("3,1", "3")), (14, Fault::Points { choices: 2, points: 1 }));
    assert_eq!(fault(&points.replace("points", "age")), (13, Fault::MissingColumn("VOTES", "points")));
}

#[test]
fn points_are_read_to_thousandths_and_the_last_for_a_project_count() {
    let points = GOOD.replace("approval", "scoring").replace("age", "points").replace("1,2;30", "2,2,1;3,1,-0.125");
    let points = points.replace("2;41", "2;4.50");
    let file = Pabulib::read(points.as_bytes()).unwrap();
    let read: Vec<Vec<i32>> = file.ballots().map(|ballot| ballot.points().to_vec()).collect();
    assert_eq!(read, [vec![3_000, 1_000, -125], vec![], vec![4_500]]);
    let header = Pabulib::read(points.as_bytes()).unwrap().header;
    let mut builder = header.builder().unwrap();
    builder.add_points(&[0, 1], &[-125, 1_000], 1).unwrap();
    builder.add_ballot(&[]).unwrap();
    builder.add_points(&[1], &[4_500], 1).unwrap();
    assert_eq!(file.election().unwrap(), builder.finish());
    assert_eq!(read_election(points.as_bytes()).unwrap().1, file.election().unwrap());
    for wrong in ["x", "", "1e3", "+1", "--1", "1.2345", "1000000.001", "99999999999999999999", "."] {
        assert_eq!(
            fault(&points.replace("4.50", &format!("{wrong},"))),
            (16, Fault::NotPoints(wrong.into())),
            "{wrong}"
        );
    }
    assert_eq!(fault(&points.replace("3,1,-0.125", "3,1")), (14, Fault::Points { choices: 3, points: 2 }));
}

#[test]
fn refuses_with_a_line() {
    let swap = |from: &str, to: &str| fault(&GOOD.replacen(from, to, 1));
    assert_eq!(fault(""), (1, Fault::MissingSection("META")));
    assert_eq!(fault("key;value\n"), (1, Fault::MissingSection("META")));
    assert_eq!(fault("META\n"), (2, Fault::MissingHeader("META")));
    assert_eq!(swap("key;value", "description;x"), (2, Fault::MetaHeader("description;x".into())));
    assert_eq!(swap("description;", "description:"), (3, Fault::NoValue("description:Street".into())));
    assert_eq!(swap("description;Street", "budget;3"), (6, Fault::DuplicateKey("budget".into())));
    assert_eq!(swap("budget;100\n", ""), (7, Fault::MissingKey("budget")));
    assert_eq!(swap("num_votes;3", "num_votes;x"), (5, Fault::NotACount("num_votes", "x".into())));
    assert_eq!(swap("approval", "mood"), (7, Fault::VoteType("mood".into())));
    assert_eq!(swap("budget;100", "budget;-1"), (6, Fault::Amount("budget", AmountError::Negative("-1".into()))));
    assert_eq!(swap("PROJECTS", "PROJEKTE"), (8, Fault::NoValue("PROJEKTE".into())));
    assert_eq!(swap("cost", "price"), (9, Fault::MissingColumn("PROJECTS", "cost")));
    assert_eq!(swap("cost;name", "cost;cost"), (9, Fault::DuplicateColumn("cost".into())));
    assert_eq!(swap("1;60", "1;-60"), (10, Fault::Amount("cost", AmountError::Negative("-60".into()))));
    assert_eq!(swap("1;60", "1;6,000"), (10, Fault::Amount("cost", AmountError::Ambiguous("6,000".into()))));
    let huge = "9".repeat(30);
    assert_eq!(swap("1;60", &format!("1;{huge}")), (10, Fault::Amount("cost", AmountError::TooLarge(huge.clone()))));
    assert_eq!(swap("2;50", "1;50"), (11, Fault::DuplicateProject("1".into())));
    assert_eq!(swap("2;50", ";50"), (11, Fault::EmptyId("project_id")));
    assert_eq!(swap("2;50", "\"2,3\";50"), (11, Fault::CommaInId("2,3".into())));
    assert_eq!(swap("2;50;Lamp", "2"), (11, Fault::RowTooShort("cost")));
    assert_eq!(swap("Lamp", "Lamp;x"), (11, Fault::TooManyCells { found: 4, columns: 3 }));
    assert_eq!(swap("2;50;Lamp\n", ""), (11, Fault::Count { what: "projects", said: 2, found: 1 }));
    assert_eq!(swap("VOTES\n", ""), (12, Fault::Amount("cost", AmountError::NotANumber("vote".into()))));
    assert_eq!(fault(&GOOD[..GOOD.find("VOTES").unwrap()]), (12, Fault::MissingSection("VOTES")));
    assert_eq!(swap("a;1,2", ";1,2"), (14, Fault::EmptyId("voter_id")));
    assert_eq!(swap("a;1,2", "a;1,1"), (14, Fault::DuplicateChoice("1".into())));
    assert_eq!(swap("a;1,2", "a;1,"), (14, Fault::UnknownProject(String::new())));
    assert_eq!(swap("c;2", "a;2"), (16, Fault::DuplicateVoter("a".into())));
    assert_eq!(swap("c;2;41\n", ""), (16, Fault::Count { what: "votes", said: 3, found: 2 }));
    assert_eq!(swap("approval", "choose-1"), (14, Fault::ChooseOne(2)));
    assert_eq!(swap("Bench", "\"Bench"), (10, Fault::OpenQuote));
    assert_eq!(swap("Bench", "\"Be\"nch"), (10, Fault::AfterQuote));
    let mut bytes = GOOD.as_bytes().to_vec();
    bytes[GOOD.find("Lamp").unwrap()] = 0xFF;
    assert_eq!(Pabulib::read(&bytes[..]).unwrap_err(), ParseError { line: 11, fault: Fault::NotUtf8 });
    let message = Pabulib::read(GOOD.replace("1,2", "1,5").as_bytes()).unwrap_err().to_string();
    assert_eq!(message, "line 14: the ballot names `5`, which is no project's id");
}

#[test]
fn every_cut_is_noticed() {
    // Cut after the last vote's last comma-separated part, a shorter file can still be whole; nowhere else.
    for end in 0..GOOD.len() - "c;2;41\n".len() {
        assert!(Pabulib::read(&GOOD.as_bytes()[..end]).is_err(), "cut at {end}");
    }
}

/// A source that goes on for as long as it is read, and counts.
struct Endless<'a> {
    start: &'a [u8],
    filler: u8,
    n_read: &'a mut u64,
}

impl Read for Endless<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        *self.n_read += buffer.len() as u64;
        if self.start.is_empty() {
            buffer.fill(self.filler);
            return Ok(buffer.len());
        }
        self.start.read(buffer)
    }
}

#[test]
fn endless_cells_are_refused_early() {
    let start = &GOOD[..GOOD.find("Bench").unwrap()];
    for (start, filler) in [(start.to_owned(), b'x'), (format!("{start}\""), b'x'), (format!("{start}\""), b'\n')] {
        let mut n_read = 0;
        let input = Endless { start: start.as_bytes(), filler, n_read: &mut n_read };
        let error = Pabulib::read(input).unwrap_err();
        assert_eq!((error.fault, n_read < 3 << 20), (Fault::RecordTooLong, true));
    }
    let cell = GOOD.replace("Bench", &"x".repeat(10 << 20));
    assert_eq!(fault(&cell), (10, Fault::RecordTooLong));
    let cell = GOOD.replace("Bench", &"x".repeat(100_000));
    assert_eq!(fault(&cell), (10, Fault::FieldTooLong));
    let columns = GOOD.replace("cost;name", &(0..300).map(|i| format!("c{i};")).collect::<String>());
    assert_eq!(fault(&columns), (9, Fault::TooManyColumns));
}

#[test]
fn reading_ends_after_an_error() {
    let text = GOOD.replace("b;;", "a;;");
    let read: Vec<bool> = Reader::new(text.as_bytes()).unwrap().map(|ballot| ballot.is_ok()).collect();
    assert_eq!(read, [true, false]);
}

#[test]
fn writing_checks_the_header_and_the_number_of_ballots() {
    let header = Pabulib::read(GOOD.as_bytes()).unwrap().header;
    let change = |change: &dyn Fn(&mut Header)| {
        let mut other = header.clone();
        change(&mut other);
        Writer::new(Vec::new(), &other).map(|_| ()).unwrap_err()
    };
    assert!(matches!(change(&|h| h.budget = 7), WriteError::Disagrees { key: "budget", .. }));
    assert!(matches!(change(&|h| h.n_votes = 7), WriteError::Disagrees { key: "num_votes", .. }));
    assert!(matches!(change(&|h| h.projects[0].id = "1,2".into()), WriteError::ProjectId(_)));
    assert!(matches!(change(&|h| h.projects[0].cells.clear()), WriteError::Cells { found: 0, columns: 1 }));
    let mut writer = Writer::new(Vec::new(), &header).unwrap();
    assert!(matches!(writer.ballot("a", &[2], [""]), Err(WriteError::UnknownProject(2))));
    assert!(matches!(writer.ballot("a", &[1], []), Err(WriteError::Cells { found: 0, columns: 1 })));
    writer.ballot("a", &[1], [""]).unwrap();
    assert!(matches!(writer.finish(), Err(WriteError::Count { said: 3, found: 1 })));
}

#[test]
fn a_header_made_by_hand_needs_no_counts_in_meta() {
    let header = Header {
        meta: vec![("description".into(), "a;b".into())],
        scale: Scale::new(2).unwrap(),
        budget: 1050,
        vote_type: VoteType::Approval,
        n_votes: 1,
        project_columns: vec![],
        projects: vec![ProjectRow { id: "x".into(), cost: 5, cells: vec![] }],
        vote_columns: vec![],
    };
    let mut writer = Writer::new(Vec::new(), &header).unwrap();
    writer.ballot("v", &[0], []).unwrap();
    let text = String::from_utf8(writer.finish().unwrap()).unwrap();
    assert!(
        text.contains("description;\"a;b\"\nnum_projects;1\nnum_votes;1\nbudget;10.50\nvote_type;approval\n"),
        "{text}"
    );
    let read = Pabulib::read(text.as_bytes()).unwrap();
    assert_eq!((read.header.projects[0].cost, read.header.scale), (5, header.scale));
}

#[test]
fn real_files_come_back_as_they_were() {
    let Some(folder) = common::real_data("real_files_come_back_as_they_were") else { return };
    let files = common::real_files(&folder);
    assert!(!files.is_empty());
    for path in files {
        let file = Pabulib::read(File::open(&path).unwrap()).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        let written = file.write(Vec::new()).unwrap();
        let read = Pabulib::read(&written[..]).unwrap_or_else(|error| panic!("{path:?} written: {error}"));
        assert_eq!(read.header, file.header, "{path:?}");
        assert!(read.ballots().eq(file.ballots()), "{path:?}");
        assert_eq!(file.ballots().len(), file.header.n_votes as usize);
        let (_, election) = read_election(File::open(&path).unwrap()).unwrap();
        assert_eq!(election, file.election().unwrap(), "{path:?}");
    }
}

/// Any text that a cell can hold: without spaces around it, and not the word for empty.
fn cell() -> impl Strategy<Value = String> {
    "[ -~\n\r;\"é里]{0,12}"
        .prop_map(|text| text.trim().to_owned())
        .prop_filter("a word for empty", |text| !text.eq_ignore_ascii_case("none"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_is_read_back(
        cells in prop::collection::vec((cell(), cell()), 1..6),
        votes in prop::collection::vec((prop::collection::hash_set(0..5_u32, 0..4), cell()), 0..8),
        digits in 0..3_u8,
    ) {
        let n = cells.len() as u32;
        let row = |(i, (id, name)): (usize, &(String, String))| {
            // Ids differ, are not empty and have no comma.
            ProjectRow { id: format!("{}{i}", id.replace(',', "")).trim().to_owned(), cost: 10 * i as i64, cells: vec![name.clone()] }
        };
        let header = Header {
            meta: vec![("comment".into(), cells[0].1.trim_end_matches(';').trim().to_owned())],
            scale: Scale::new(digits).unwrap(),
            budget: 77,
            vote_type: VoteType::Ordinal,
            n_votes: votes.len() as u32,
            project_columns: vec!["name".into()],
            projects: cells.iter().enumerate().map(row).collect(),
            vote_columns: vec!["note".into()],
        };
        let mut writer = Writer::new(Vec::new(), &header).unwrap();
        let choices = |vote: &std::collections::HashSet<u32>| vote.iter().copied().filter(|p| *p < n).collect::<Vec<_>>();
        for (voter, (vote, note)) in votes.iter().enumerate() {
            writer.ballot(&voter.to_string(), &choices(vote), [note.as_str()]).unwrap();
        }
        let written = writer.finish().unwrap();
        let read = Pabulib::read(&written[..]).unwrap();
        prop_assert_eq!(&read.header.projects, &header.projects);
        prop_assert_eq!((read.header.scale, read.header.budget), (header.scale, header.budget));
        prop_assert_eq!(read.header.meta("comment"), header.meta("comment"));
        for ((ballot, (vote, note)), voter) in read.ballots().zip(&votes).zip(0..) {
            let voter: i32 = voter;
            prop_assert_eq!(ballot.voter_id(), voter.to_string());
            prop_assert_eq!(ballot.choices(), choices(vote));
            prop_assert_eq!(ballot.cells().collect::<Vec<_>>(), [note.as_str()]);
        }
    }

    #[test]
    fn no_bytes_make_the_reader_fall(bytes in prop::collection::vec(any::<u8>(), 0..300), cut in 0..GOOD.len()) {
        let mut text = GOOD.as_bytes()[..cut].to_vec();
        text.extend(bytes);
        let _ = Pabulib::read(&text[..]);
    }

    #[test]
    fn bytes_of_any_kind_are_refused_or_counted(
        vote_type in prop::sample::select(vec!["approval", "choose-1", "ordinal", "cumulative", "scoring"]),
        splices in prop::collection::vec((any::<prop::sample::Index>(), 0..12_usize, splice()), 0..4),
    ) {
        let mut bytes = GOOD.replace("approval", vote_type).replace("age", "points").replace("1,2;30", "1,2;3,1").into_bytes();
        for (at, n, splice) in splices {
            let at = at.index(bytes.len());
            bytes.splice(at..(at + n).min(bytes.len()), splice);
            bytes.push(b'\n');
        }
        if let Ok((_, election)) = read_election(&bytes[..]) {
            let options = tally::CountOptions { max_runs: 20, ..tally::CountOptions::default() };
            for rule in tally::Rule::all() {
                let counted = tally::count(&election, rule, &options);
                prop_assert!(counted.is_err() || rule.counts(election.kind()));
                prop_assert!(counted.is_ok_and(|outcome| outcome.total_cost <= election.budget()) || rule.takes_increment()
                    || !rule.counts(election.kind()));
            }
        }
    }

    #[test]
    fn bytes_alone_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Pabulib::read(&bytes[..]).is_err());
    }
}

/// Bytes at random, and such as change numbers and structure.
fn splice() -> impl Strategy<Value = Vec<u8>> {
    let words = ["", ";", ",", "\n", "\"", "-", "999999999999999", "0", "1.5", "-3", "VOTES\n", "a;", "\r"];
    let word = prop::sample::select(words.to_vec()).prop_map(|word| word.as_bytes().to_vec());
    prop_oneof![3 => word, 1 => prop::collection::vec(any::<u8>(), 0..9)]
}

#[test]
fn votes_before_projects_are_told_as_such() {
    let text =
        "META\nkey;value\nbudget;10\nvote_type;approval\nVOTES\nvoter_id;vote\n1;a\nPROJECTS\nproject_id;cost\na;5\n";
    let fault = tally::pabulib::read_election(text.as_bytes()).unwrap_err();
    let wanted =
        "line 5: the section VOTES stands before PROJECTS: put the sections in the order META, PROJECTS, VOTES";
    assert_eq!(fault.to_string(), wanted);
}
