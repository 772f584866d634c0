//! The export format: what is read, and what is refused with a sentence that helps.
#![expect(clippy::unwrap_used, reason = "a test may fall")]

use opinion::export::{self, Export, Source};
use opinion::{Moderation, Vote};

const COMMENTS: &str = "comment-id,moderated\n0,1\n1,0\n2,-1\n";

fn matrix(comments: &str, votes: &str) -> Result<Export, String> {
    export::read(comments.as_bytes(), Source::Matrix(votes.as_bytes())).map_err(|e| e.to_string())
}

fn lines(comments: &str, votes: &str) -> Result<Export, String> {
    export::read(comments.as_bytes(), Source::Lines(votes.as_bytes())).map_err(|e| e.to_string())
}

fn votes_of(export: &Export, participant: u64) -> Vec<(u64, Vote)> {
    let conversation = &export.conversation;
    let index = conversation.index_of(participant).unwrap();
    conversation.votes_of(index).map(|(column, vote)| (conversation.statements()[column].id, vote)).collect()
}

#[test]
fn a_matrix_is_read_with_its_groups() {
    let read = matrix(COMMENTS, "participant,group-id,n-votes,2,0,7\n5,1,2,-1,,1\n3,,1,,0.0,\n").unwrap();
    let conversation = &read.conversation;
    assert_eq!(conversation.participants(), [3, 5]);
    assert_eq!(conversation.statements().iter().map(|s| s.id).collect::<Vec<_>>(), [0, 2, 7]);
    let moderation: Vec<Moderation> = conversation.statements().iter().map(|s| s.moderation).collect();
    assert_eq!(moderation, [Moderation::Accepted, Moderation::Rejected, Moderation::Unmoderated]);
    assert_eq!(votes_of(&read, 5), [(2, Vote::Disagree), (7, Vote::Agree)]);
    assert_eq!(votes_of(&read, 3), [(0, Vote::Pass)]);
    assert_eq!(read.groups.into_iter().collect::<Vec<_>>(), [(5, 1)]);
}

#[test]
fn lines_are_read_in_any_order_of_columns() {
    let comments =
        "\u{feff}comment-body,moderated,comment-id\r\n\"two\nlines, and \"\"quotes\"\"\",1,4\r\nplain \"word\",0,1\r\n";
    let votes = "vote,voter-id,comment-id,datetime,timestamp\n1,8,4,Mon,20\n-1,8,4,Sun,10\n\n0,8,6,Mon,5\n";
    let read = lines(comments, votes).unwrap();
    assert_eq!(votes_of(&read, 8), [(4, Vote::Agree), (6, Vote::Pass)]);
    assert_eq!(read.conversation.statements().len(), 3);
    assert!(read.groups.is_empty());
}

#[test]
fn statements_without_a_row_are_named_and_refused_where_it_matters() {
    let read = matrix(COMMENTS, "participant,group-id,7,2,0,9,8\n5,1,1,-1,,,0\n").unwrap();
    // 9 has no row either, but nobody voted on it
    assert_eq!(read.unlisted, [7, 8]);
    let refused = read.complete().unwrap_err();
    assert!(refused.starts_with("comments.csv has no row for 2 statements that are voted on (7, 8): "), "{refused}");
    let head = "timestamp,comment-id,voter-id,vote\n";
    let read = lines(COMMENTS, &format!("{head}1,2,1,1\n2,6,1,1\n3,6,2,1\n")).unwrap();
    assert_eq!(read.unlisted, [6]);
    let read = lines(COMMENTS, &format!("{head}1,2,1,1\n")).unwrap();
    assert_eq!((read.unlisted.len(), read.complete()), (0, Ok(())));
    let many: String = (10..40).map(|id| format!("1,{id},1,1\n")).collect();
    let refused = lines(COMMENTS, &format!("{head}{many}")).unwrap().complete().unwrap_err();
    assert!(refused.contains("18, 19 and 20 more)"), "{refused}");
}

#[test]
fn a_column_of_votes_that_is_no_number_is_refused() {
    for name in ["5x", "1e1", "-3", "99999999999999999999", "9223372036854775808", "1.5"] {
        let refused = matrix(COMMENTS, &format!("participant,n-votes,0,{name}\n5,1,1,1\n")).unwrap_err();
        assert!(refused.starts_with(&format!("participants-votes.csv, line 1: the column `{name}` ")), "{refused}");
    }
    assert!(matrix(COMMENTS, "participant,xid,0\n5,1,1\n").is_ok());
}

#[test]
fn statements_may_ask_who_somebody_is() {
    let read =
        lines("comment-id,moderated,is-meta\n1,1,true\n2,1,false\n", "timestamp,comment-id,voter-id,vote\n").unwrap();
    assert_eq!(read.conversation.counted(false), [false, true]);
}

#[test]
fn faults_name_the_line_and_what_to_do() {
    let of_matrix = |votes: &str| matrix(COMMENTS, votes).unwrap_err();
    let of_lines = |votes: &str| lines(COMMENTS, votes).unwrap_err();
    let m = "participants-votes.csv";
    assert_eq!(of_matrix(""), format!("{m}, line 1: the file is empty; its first line names the columns"));
    assert_eq!(
        of_matrix("a,b\n"),
        format!("{m}, line 1: there is no column `participant`; the first line names the columns")
    );
    assert_eq!(
        of_matrix("participant,0\n1,1\n\n2,1,1\n"),
        format!("{m}, line 4: 3 cells where the first line has 2; add or remove commas")
    );
    assert_eq!(
        of_matrix("participant,0\n1,2\n"),
        format!("{m}, line 2: 2 is no vote: 1 agrees, -1 disagrees, 0 passes; correct it")
    );
    assert_eq!(
        of_matrix("participant,0\n1,yes\n"),
        format!("{m}, line 2: `yes` in column `0` is no whole number in range; correct it")
    );
    assert_eq!(
        of_matrix("participant,0\n1,1\n1,0\n"),
        format!("{m}, line 3: participant 1 has two rows; leave one out")
    );
    assert_eq!(of_matrix("participant,0,0\n"), format!("{m}, line 1: the column `0` stands twice; leave one out"));
    assert_eq!(
        of_matrix("participant,0\n\"1,1\n"),
        format!("{m}, line 2: the quote that opens here is never closed; close it")
    );
    assert_eq!(
        of_lines("timestamp,comment-id,voter-id,vote\nnow,0,1,1\n"),
        "votes.csv, line 2: `now` in column `timestamp` is no whole number in range; correct it"
    );
    assert_eq!(
        lines("comment-id,moderated\n1,5\n", "").unwrap_err(),
        "comments.csv, line 2: 5 is no moderation: 1 accepts, -1 rejects, 0 is undecided; correct it"
    );
    assert_eq!(
        lines("comment-id,moderated\n1,1\n1,0\n", "").unwrap_err(),
        "comments.csv, line 3: statement 1 has two rows that differ in moderation; leave one out"
    );
}

#[test]
fn sizes_are_bounded() {
    let long = format!("participant,0\n{},1\n", "1".repeat(2 << 20));
    assert!(matrix(COMMENTS, &long).unwrap_err().contains("line 2: a row of more than 1048576 bytes"));
    let many: String = (0..25_000).map(|s| format!(",{s}")).collect();
    assert!(matrix(COMMENTS, &format!("participant{many}\n")).unwrap_err().contains("more than 20000 statements"));
    let groups: String = (0..101).map(|p| format!("{p},{p},1\n")).collect();
    let refused = matrix(COMMENTS, &format!("participant,group-id,0\n{groups}")).unwrap_err();
    assert_eq!(refused, "participants-votes.csv, line 102: more than 100 groups in column `group-id`; a map has few");
}
