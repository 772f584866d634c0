//! `linli opinion`: map a conversation, so that anybody can check its groups and what is said of them.

use std::{collections::BTreeMap, fs::File, io::ErrorKind, io::Write, path::Path, process::ExitCode};

use opinion::{
    Grouping, Moderation, OpinionMap, Options, Side,
    export::{self, COMMENTS, Export, MATRIX, Source, VOTES},
    representative,
};

use crate::cli::{self, OpinionGroups};

/// Statements a list shows in text.
const SHOWN: usize = 5;

/// Maps the folder's conversation; on standard output the result only, progress on standard error.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn run(options: &cli::Opinion) -> Result<ExitCode, String> {
    let read = read(&options.folder)?;
    let conversation = read.conversation;
    let (people, statements) = (conversation.participants().len(), conversation.statements().len());
    eprintln!("{people} participants, {statements} statements, {} votes", conversation.n_votes());
    let how = Options { seed: options.seed, strict: options.strict, ..Options::default() };
    let map = match options.groups {
        OpinionGroups::Found => OpinionMap::new(conversation, how, &BTreeMap::new()),
        OpinionGroups::Exported if read.groups.is_empty() => {
            return Err(format!(
                "the export names no groups in column group-id of {MATRIX}; leave out --groups exported"
            ));
        }
        OpinionGroups::Exported => {
            let grouping = Grouping::by_participant(&conversation, &read.groups);
            OpinionMap::with_groups(conversation, how, grouping)
        }
    };
    let mut out = std::io::stdout().lock();
    let written =
        if options.json { super::print_json(&mut out, &map.document(options.details)) } else { text(&mut out, &map) };
    super::written(written)
}

/// Reads a folder; of the two files with votes the matrix, which alone holds groups, where it is there.
fn read(folder: &Path) -> Result<Export, String> {
    let open = |name: &str| {
        let path = folder.join(name);
        match File::open(&path) {
            Ok(file) => Ok(Some(file)),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            Err(e) => Err(format!("cannot read {}: {e}", path.display())),
        }
    };
    let place = folder.display();
    let comments = open(COMMENTS)?.ok_or_else(|| format!("cannot find {COMMENTS} in {place}"))?;
    let votes = match (open(MATRIX)?, open(VOTES)?) {
        (Some(matrix), _) => Source::Matrix(matrix),
        (None, Some(lines)) => Source::Lines(lines),
        (None, None) => return Err(format!("cannot find {MATRIX} or {VOTES} in {place}")),
    };
    let read = export::read(comments, votes).map_err(|e| format!("{place}/{e}"))?;
    read.complete().map_err(|e| format!("{place}/{e}"))?;
    Ok(read)
}

fn text(out: &mut impl Write, map: &OpinionMap) -> std::io::Result<()> {
    let (report, quality) = (map.report(), map.quality());
    let ids =
        |ids: &mut dyn Iterator<Item = u64>| ids.take(SHOWN).map(|id| id.to_string()).collect::<Vec<_>>().join(" ");
    writeln!(out, "{} of {} in conversation", report.in_conversation, report.participants)?;
    let [x, y] = report.explained_variance.map(|part| part * 100.0);
    writeln!(out, "the map shows {x:.1} % and {y:.1} % of all differences")?;
    let typical = representative(map.conversation(), map.counts(), map.counted());
    for (place, group) in report.groups.iter().enumerate() {
        let typical = typical.get(place).map(Vec::as_slice).unwrap_or_default();
        let on = |side| typical.iter().filter(move |one| one.side == side).map(|one| one.statement);
        let stable = quality.group_stability.get(place).map(|s| format!(", stability {s:.2}")).unwrap_or_default();
        writeln!(out, "group {}: {} people{stable}", group.id, group.size)?;
        for (side, what) in [(Side::Agree, "agrees"), (Side::Disagree, "disagrees")] {
            let mut on = on(side).peekable();
            if on.peek().is_some() {
                writeln!(out, "  {what} more than the others with: {}", ids(&mut on))?;
            }
        }
    }
    for (list, what) in [(&report.gac_agree, "agree"), (&report.gac_disagree, "disagree")] {
        let kept = list.iter().filter(|r| r.moderation != Moderation::Rejected);
        writeln!(out, "all groups {what} with: {}", ids(&mut kept.map(|r| r.statement)))?;
    }
    writeln!(out, "most agree with: {}", ids(&mut report.majority.agree.into_iter()))?;
    writeln!(out, "most disagree with: {}", ids(&mut report.majority.disagree.into_iter()))
}
