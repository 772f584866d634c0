//! Type a paper in: two people, and a third where they differ.

use consent::Channel;
use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, EntryId, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;
use work::files::{self, FileId};

use super::{
    Cast, Door, Paper, Reading, State, admitted, channel_of, choice_of, no_door,
    rules::{self, Next},
    store,
};
use crate::{
    register::site,
    round::{Later, Round, RoundId, State as Standing, meanwhile, not_found, rules as rounds},
};

/// Photos of a paper at most.
pub const MAX_PHOTOS: usize = 3;

/// A paper as somebody reads it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct TypePaper {
    /// The unit's number.
    pub unit: String,
    /// `agree`, `disagree`, `abstain` or `invalid`.
    pub choice: String,
    /// `paper`, or `proxy` with a written instruction.
    pub channel: String,
    /// Of a proxy: who keeps the written instruction, at most 120 characters. A photo of it will do as well.
    pub instruction: String,
    /// Ids of photos that the same person added before and that belong to nothing yet, at most [`MAX_PHOTOS`].
    pub files: Vec<String>,
}

/// Who types papers: who keeps rolls of votes at the place of the round; the round is held meanwhile.
pub(crate) fn hold(tx: &mut Tx<'_>, cx: &Context, id: &RoundId) -> Result<(Round, Permit), Fault> {
    let round = crate::round::store::held(tx, id)?.ok_or_else(not_found)?;
    let permit = authorize(&cx.actor, Action::Enrol, &site(tx, &round.place)?)?;
    rounds::expect(&round, &[Standing::Open, Standing::Closed])?;
    Ok((round, permit))
}

/// Takes what the actor reads on a unit's paper and answers how far it is then. When two agree, the ballot is cast. Sent
/// again, it changes nothing.
///
/// # Errors
/// Refusals `invalid-input`, `round-not-found`, `round-wrong-state`, `door-not-found`, `unit-has-voted`,
/// `paper-other-hands`, `paper-matches-neither`, `channel-not-admitted`, `file-not-found`, `file-in-use`,
/// `changed-meanwhile`, `sign-in-first`, `not-allowed`; database faults.
pub fn read(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId, input: &TypePaper) -> Result<(Door, State), Fault> {
    let (round, permit) = hold(tx, cx, id)?;
    let who = cx.actor.person().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let (unit, reading, photos) = shaped(input)?;
    let door = store::door_of(tx, id, &unit)?.ok_or_else(no_door)?;
    admitted(&round, cx, reading.channel)?;
    let paper = store::paper(tx, id, door.number)?;
    let next = rules::next(paper.as_ref(), (&who, &reading), (door.ballots > 0, round.later))?;
    let state = match (next, paper) {
        (Next::Same, Some(paper)) => return Ok((door, paper.state)),
        (Next::Decided { third }, Some(paper)) => {
            decide(tx, cx, &permit, (&round, &door), (paper, (who, reading), third))?;
            State::Counted
        }
        (Next::Differ, Some(paper)) => {
            let paper = Paper { state: State::Differ, second: Some((who, reading)), ..paper };
            store::put_paper(tx, &permit, id, &paper)?;
            State::Differ
        }
        _ => {
            let paper = Paper {
                door: door.number,
                state: State::Once,
                first: (who, reading),
                second: None,
                photos: Vec::new(),
            };
            store::put_paper(tx, &permit, id, &paper)?;
            State::Once
        }
    };
    keep_photos(tx, cx, &permit, (id, door.number), &photos)?;
    store::touch(tx, &permit, id)?.then_some(()).ok_or_else(meanwhile)?;
    let (told, words) = (json!({ "round": id, "state": state }), json!({ "unit": door.unit, "by": cx.actor.person() }));
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "ballot.typed", subject: id.as_str(), public: &told, private: Some(&words) },
    )?;
    Ok((door, state))
}

fn shaped(input: &TypePaper) -> Result<(String, Reading, Vec<FileId>), Refusal> {
    let mut shape = Shape::new();
    let unit = shape.line("unit", &input.unit, crate::register::MAX_NUMBER);
    let instruction = shape.optional_line("instruction", &input.instruction, 120);
    let choice = choice_of(&input.choice);
    if choice.is_none() {
        shape.error("choice", if input.choice.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    let channel = match input.channel.trim() {
        "" => Some(Channel::Paper),
        word => channel_of(word).filter(|channel| matches!(channel, Channel::Paper | Channel::Proxy)),
    };
    if channel.is_none() {
        shape.error("channel", "unknown-choice");
    }
    let mut photos: Vec<FileId> = Vec::new();
    for file in input.files.iter().filter(|file| !file.trim().is_empty()) {
        match file.trim().parse() {
            Ok(file) => photos.push(file),
            Err(_) => shape.error("files", "unknown-choice"),
        }
    }
    photos.dedup();
    if channel == Some(Channel::Proxy) && instruction.is_empty() && photos.is_empty() {
        shape.error("instruction", "instruction-needed");
    }
    let (unit, instruction) = shape.finish((unit, instruction))?;
    if photos.len() > MAX_PHOTOS {
        let limit = i64::try_from(MAX_PHOTOS).unwrap_or(0);
        return Err(Refusal::new(Kind::Invalid, "too-many-files").with_int("limit", limit));
    }
    let choice = choice.unwrap_or(consent::Choice::Invalid);
    let channel = channel.unwrap_or(Channel::Paper);
    let instruction = if channel == Channel::Proxy { instruction } else { String::new() };
    Ok((unit, Reading { choice, channel, instruction }, photos))
}

fn keep_photos(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (id, door): (&RoundId, u32),
    photos: &[FileId],
) -> Result<(), Fault> {
    if photos.is_empty() {
        return Ok(());
    }
    for photo in photos {
        files::attach(tx, cx, permit, photo, id.as_str())?;
    }
    Ok(store::add_photos(tx, permit, (id, door), photos)?)
}

fn decide(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (round, door): (&Round, &Door),
    (paper, (who, reading), third): (Paper, (kernel::PersonId, Reading), bool),
) -> Result<(), Fault> {
    let others = [Some(&paper.first), paper.second.as_ref()];
    let told = others.into_iter().flatten().map(|by| &by.1.instruction).find(|words| !words.is_empty());
    let instruction = if reading.instruction.is_empty() {
        // a photo of it lies with the paper
        told.cloned()
            .unwrap_or_else(|| if reading.channel == Channel::Proxy { "photo".to_owned() } else { String::new() })
    } else {
        reading.instruction.clone()
    };
    let second = if third { paper.second.as_ref().map(|by| by.0.clone()) } else { Some(who.clone()) };
    let cast = Cast {
        choice: reading.choice,
        channel: reading.channel,
        instruction,
        by: Some(paper.first.0.clone()),
        second,
        decided: third.then(|| who.clone()),
    };
    let paper = Paper {
        state: State::Counted,
        second: if third { paper.second.clone() } else { Some((who, reading)) },
        ..paper
    };
    store::put_paper(tx, permit, &round.id, &paper)?;
    put(tx, cx, permit, (round, door), &cast).map(|_| ())
}

/// Casts a unit's ballot: the first, or a later one where the round says that it takes the place of the one before. Answers
/// the entry that tells of it.
///
/// # Errors
/// Refusals `unit-has-voted`, `changed-meanwhile`; database faults.
pub(crate) fn put(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (round, door): (&Round, &Door),
    cast: &Cast,
) -> Result<EntryId, Fault> {
    if door.ballots > 0 && round.later == Later::Refuse {
        return Err(Refusal::new(Kind::Conflict, "unit-has-voted").into());
    }
    let told = json!({ "round": round.id, "channel": cast.channel, "nth": door.ballots + 1 });
    let words = json!({
        "unit": door.unit, "choice": cast.choice, "by": cast.by, "second": cast.second, "decided": cast.decided,
    });
    let entry = Draft { kind: "ballot.named", subject: round.id.as_str(), public: &told, private: Some(&words) };
    let entry = append(tx, cx, permit, &entry)?;
    if !store::cast(tx, permit, (&round.id, door), (cast, &cx.day, &entry))? {
        return Err(meanwhile().into());
    }
    Ok(entry)
}
