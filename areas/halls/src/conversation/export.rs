//! A conversation as files in the export format of Polis, which other programs and `linli opinion` read.

use std::{collections::HashMap, fmt::Write as _};

use kernel::Refusal;
use matters::duty::web::cell;
use office::zip::Writer;
use opinion::Vote;

use super::{
    Standing,
    map::{Gathered, Picture, each_member},
};

/// Statements: what they say, how many agree and disagree.
pub const COMMENTS: &str = opinion::export::COMMENTS;

/// The archive: `comments.csv`, `participants-votes.csv`, `votes.csv`, `summary.csv`, `README.txt`.
///
/// # Errors
/// Refusal `office-file-too-large`.
pub fn archive(gathered: &Gathered, picture: &Picture, members: &str) -> Result<Vec<u8>, Refusal> {
    let mut zip = Writer::default();
    zip.add(COMMENTS, &comments(gathered))?;
    zip.add(opinion::export::MATRIX, &matrix(gathered, members))?;
    zip.add(opinion::export::VOTES, &votes(gathered))?;
    zip.add("summary.csv", &summary(gathered, picture))?;
    zip.add("README.txt", &readme(gathered))?;
    zip.finish()
}

fn sign(vote: Vote) -> &'static str {
    match vote {
        Vote::Agree => "1",
        Vote::Disagree => "-1",
        Vote::Pass => "0",
    }
}

/// Of each statement how many agree, how many disagree.
fn totals(gathered: &Gathered) -> HashMap<u32, [u32; 2]> {
    let mut totals: HashMap<u32, [u32; 2]> = HashMap::new();
    for (number, vote) in gathered.people.iter().flat_map(|(_, votes)| votes.iter()) {
        let of = totals.entry(number).or_default();
        of[0] += u32::from(vote == Vote::Agree);
        of[1] += u32::from(vote == Vote::Disagree);
    }
    totals
}

/// No time of a vote or a statement is kept, and nobody is told as an author: these cells are 0 or empty.
fn comments(gathered: &Gathered) -> String {
    let totals = totals(gathered);
    let mut out = String::from("timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n");
    for one in &gathered.statements {
        let [agrees, disagrees] = totals.get(&one.number).copied().unwrap_or_default();
        let counts = one.state == Standing::Accepted;
        let (moderated, text) = if counts { (1, cell(&one.text)) } else { (-1, String::new()) };
        // writing into a string cannot fail
        let _ = writeln!(out, "0,,{},,{agrees},{disagrees},{moderated},{text}", one.number);
    }
    out
}

fn matrix(gathered: &Gathered, members: &str) -> String {
    let groups: HashMap<u32, u32> = each_member(members).filter_map(|(n, _, _, group)| Some((n, group?))).collect();
    let mut out = String::from("participant,group-id,n-comments,n-votes,n-agree,n-disagree");
    for one in &gathered.statements {
        let _ = write!(out, ",{}", one.number);
    }
    out.push('\n');
    for (participant, votes) in &gathered.people {
        let count = |side: Vote| votes.iter().filter(|(_, vote)| *vote == side).count();
        let group = groups.get(participant).map(ToString::to_string).unwrap_or_default();
        let (agrees, disagrees) = (count(Vote::Agree), count(Vote::Disagree));
        let _ = write!(out, "{participant},{group},0,{},{agrees},{disagrees}", votes.len());
        for one in &gathered.statements {
            let _ = write!(out, ",{}", votes.of(one.number).map_or("", sign));
        }
        out.push('\n');
    }
    out
}

fn votes(gathered: &Gathered) -> String {
    let mut out = String::from("timestamp,datetime,comment-id,voter-id,vote\n");
    for (participant, votes) in &gathered.people {
        for (number, vote) in votes.iter() {
            let _ = writeln!(out, "0,,{number},{participant},{}", sign(vote));
        }
    }
    out
}

fn summary(gathered: &Gathered, picture: &Picture) -> String {
    let one = &gathered.conversation;
    let from = &one.provenance;
    let mut out = String::new();
    let rows = [
        ("topic", cell(&one.title)),
        ("url", cell(&from.url)),
        ("voters", picture.people.to_string()),
        ("voters-in-conv", picture.grouped.to_string()),
        ("commenters", "0".to_owned()),
        ("comments", gathered.statements.len().to_string()),
        ("groups", picture.groups.len().to_string()),
        ("conversation-description", cell(&one.body)),
        ("source", cell(&from.source)),
        ("licence", cell(&from.licence)),
        ("seed", one.seed.to_string()),
    ];
    for (name, value) in rows {
        let _ = writeln!(out, "{name},{value}");
    }
    out
}

fn readme(gathered: &Gathered) -> String {
    let one = &gathered.conversation;
    let from = &one.provenance;
    let mut out = format!("{}\n\n", one.title);
    for (name, value) in [("来源 Source", &from.source), ("许可 Licence", &from.licence), ("网址 URL", &from.url)]
    {
        if !value.is_empty() {
            let _ = writeln!(out, "{name}: {value}");
        }
    }
    let _ = write!(
        out,
        "\n1 赞成，-1 反对，0 略过，空格没有看到。participant 是随机的编号，不是账号。不保存谁在什么时候表的态。\n\
         撤下的意见（moderated 是 -1）不写内容，也不算进地图。\n\
         1 agrees, -1 disagrees, 0 passes, empty was not seen. A participant is a number drawn by chance and no account. No \
         time of a vote is kept. Statements taken down (moderated -1) have no words and do not shape the map.\n\n\
         linli opinion . --seed {}\n",
        one.seed
    );
    out
}
