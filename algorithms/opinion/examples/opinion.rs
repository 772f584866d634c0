//! The map of a folder in the Polis export format: `opinion DIR [--groups exported] [--strict] [--seed N] [--details]`;
//! or, to time it, of an invented conversation: `opinion --invent PARTICIPANTS STATEMENTS VOTES`, or such a folder
//! written: `opinion --invent PARTICIPANTS STATEMENTS VOTES --write DIR`.

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use opinion::export::{self, COMMENTS, MATRIX, Source, VOTES};
use opinion::{Conversation, ConversationBuilder, Grouping, OpinionMap, Options, Statement, Vote};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let after = |flag: &str| args.iter().position(|a| a == flag).map(|place| &args[place + 1..]);
    let flag = |flag: &str| args.iter().any(|a| a == flag);
    let seed = after("--seed").and_then(|rest| rest.first()).map_or(Ok(0), |text| text.parse())?;
    let options = Options { seed, strict: flag("--strict"), ..Options::default() };
    let start = Instant::now();
    let map = if let Some([people, statements, votes, ..]) = after("--invent") {
        let conversation = invent(people.parse()?, statements.parse()?, votes.parse()?)?;
        if let Some([folder, ..]) = after("--write") {
            return Ok(write(&conversation, Path::new(folder))?);
        }
        eprintln!("invented after {:?}", start.elapsed());
        OpinionMap::new(conversation, options, &Default::default())
    } else {
        let folder = args.first().ok_or("usage: opinion DIR [--groups exported] [--strict] [--seed N] [--details]")?;
        let (comments, folder) = (File::open(Path::new(folder).join(COMMENTS))?, Path::new(folder));
        let votes = match File::open(folder.join(MATRIX)) {
            Ok(matrix) => Source::Matrix(matrix),
            Err(_) => Source::Lines(File::open(folder.join(VOTES))?),
        };
        let read = export::read(comments, votes)?;
        eprintln!("read after {:?}", start.elapsed());
        if flag("--groups") {
            let grouping = Grouping::by_participant(&read.conversation, &read.groups);
            OpinionMap::with_groups(read.conversation, options, grouping)
        } else {
            OpinionMap::new(read.conversation, options, &Default::default())
        }
    };
    eprintln!("mapped after {:?}", start.elapsed());
    println!("{}", serde_json::to_string(&map.document(flag("--details")))?);
    eprintln!("told after {:?}", start.elapsed());
    one_more(map)
}

/// Times one more vote.
fn one_more(mut map: OpinionMap) -> Result<(), Box<dyn Error>> {
    let ids = (map.conversation().participants().first(), map.conversation().statements().last());
    if let (Some(participant), Some(statement)) = (ids.0.copied(), ids.1.map(|s| s.id)) {
        let start = Instant::now();
        map.cast(participant, statement, Vote::Agree, i64::MAX)?;
        let cast = start.elapsed();
        let report = map.report();
        eprintln!("one more vote {cast:?}, told after {:?}, {} votes", start.elapsed(), report.votes);
    }
    Ok(())
}

/// Three camps that differ on a third of the statements; most people see the earlier ones.
fn invent(people: u64, statements: u64, votes: u64) -> Result<Conversation, Box<dyn Error>> {
    let all: Vec<Statement> = (0..statements).map(Statement::accepted).collect();
    let mut builder = ConversationBuilder::new(&all)?;
    let mut state = 1_u64;
    let mut draw = |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((u128::from(state ^ (state >> 31)) * u128::from(n)) >> 64) as u64
    };
    for vote in 0..votes {
        let participant = vote % people.max(1);
        let statement = draw(statements.max(1));
        let camp = participant % 3;
        let leans = if statement % 3 == 0 { (statement / 3) % 3 == camp } else { statement % 2 == 0 };
        let said = match draw(10) {
            0..=1 => Vote::Pass,
            2..=3 => [Vote::Disagree, Vote::Agree][usize::from(!leans)],
            _ => [Vote::Disagree, Vote::Agree][usize::from(leans)],
        };
        builder.vote(participant, statement, said, i64::try_from(vote)?)?;
    }
    Ok(builder.finish())
}

fn write(conversation: &Conversation, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut comments =
        String::from("timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n");
    let mut matrix = String::from("participant,group-id,n-comments,n-votes,n-agree,n-disagree");
    for statement in conversation.statements() {
        comments.push_str(&format!("0,,{},0,0,0,{},\n", statement.id, statement.moderation.value()));
        matrix.push_str(&format!(",{}", statement.id));
    }
    matrix.push('\n');
    for (index, participant) in conversation.participants().iter().enumerate() {
        let mut cells = vec![String::new(); conversation.statements().len()];
        for (column, vote) in conversation.votes_of(index) {
            cells[column] = vote.value().to_string();
        }
        matrix.push_str(&format!("{participant},,0,0,0,0,{}\n", cells.join(",")));
    }
    File::create(folder.join(COMMENTS))?.write_all(comments.as_bytes())?;
    File::create(folder.join(MATRIX))?.write_all(matrix.as_bytes())
}
