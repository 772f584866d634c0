//! The office's page of a poll: the roll, its freezing, the opening, the close and the count.

use axum::{
    extract::{Query, State as From},
    response::Response,
};
use ballots::paper::{Counts, store as kept};
use db::{Fault, Snapshot};
use kernel::{Day, Kind, Refusal};
use people::VoterKey;
use rights::Action;
use serde::Deserialize;
use ui::{
    Civil, Markup, Words, html,
    parts::{Field, Input, Tone, Weight, acts, button, empty, flash, fold, link_button, notice, sheet, text, told},
};
use web::{
    Fields, PathId, Problem, Rim, SignedIn, Visit,
    page::{act, errors, form, press, shown, to},
};
use work::calendar::add_days;

use super::{
    One, answer,
    hanging::{freeze_sheet, opening_sheet},
    letters,
    result::top,
    show::turnout,
};
use crate::{
    PollId, PollKind, Source, State,
    commands::{close as closing, open as opening, publish as publishing},
    queries::{self, Hangs},
    roll::{
        Listed,
        freeze::{self as freezing, FreezeRoll},
        residents as listing,
        store::Building,
        strike as striking,
    },
    rules::closes_by_itself,
};

/// Chunks of one press: some thousands of residents, within a request's time.
const CHUNKS: usize = 30;
/// Rows of the roll that the page shows for a flat.
const SHOWN: i64 = 30;

/// What was looked for, what was done.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Which {
    flat: String,
    new: Option<u32>,
    after_flat: String,
    after: String,
}

pub(super) struct Facts {
    pub one: One,
    pub counts: (u64, u64),
    papers: Counts,
    letters: Vec<Building>,
    found: Vec<Listed>,
    /// How the roll hangs, or would from today on.
    pub hangs: Option<Hangs>,
    pub today: Day,
}

fn facts(s: &mut Snapshot<'_>, (visit, today): (&Visit, Day), id: &PollId, flat: &str) -> Result<Facts, Fault> {
    let one = One::inside(s, &visit.actor, id)?;
    let counts = queries::turnout(s, id)?;
    let found = if flat.is_empty() { Vec::new() } else { queries::voters(s, id, flat, ("", &[]), SHOWN)? };
    let papers = kept::counts(s, id.home(), id.as_str())?;
    let sends = matches!(one.poll.state, State::Roll | State::Open);
    let letters = if sends { queries::letters(s, id)? } else { Vec::new() };
    let hangs = queries::hangs(s, &one.poll, &today)?;
    Ok(Facts { one, counts, papers, letters, found, hangs, today })
}

/// What a page says besides its own: something done, something refused.
type Said<'a> = (&'a Markup, Option<&'a Refusal>);

async fn page(rim: &Rim, visit: &Visit, id: &PollId, which: &Which, said: Said<'_>) -> Result<Response, Problem> {
    let (key, who, flat) = (id.clone(), visit.clone(), which.flat.trim().chars().take(80).collect::<String>());
    let today = rim.context_of(visit).day;
    let facts = rim.db.read(move |s| facts(s, (&who, today.clone()), &key, &flat)).await?;
    let w = visit.words;
    let fields = [
        ("reason", "poll-reason"),
        ("present", "poll-present"),
        ("title", "poll-notice-field-title"),
        ("body", "poll-notice-field-body"),
    ];
    let labels = fields.map(|(name, key)| (name, w.t(key)));
    let (note, refusal) = said;
    let poll = &facts.one.poll;
    let body = html! {
        (top(&facts.one, w, (w.t("poll-roll-title"), w.t("poll-roll-lead"))))
        div.stack {
            @if let Some(new) = which.new { (flash(Tone::Ok, &w.n("vote-enrolled", new))) }
            (note)
            (told(w, refusal))
            (errors(w, refusal).summary(&labels))
            (turnout(w, facts.counts))
            @match poll.state {
                State::Draft => { (sources(visit, &facts)) (freeze_sheet(visit, &facts)) }
                State::Roll => (opening_sheet(visit, &facts, refusal)),
                State::Open => (closing_sheet(visit, &facts, refusal)),
                State::Closed => (counting_sheet(visit, &facts)),
                State::Published => {}
            }
            @if poll.state >= State::Closed && poll.kind == PollKind::Survey && facts.one.publishes {
                (sheet(w.t("poll-answers-title"), &html! {
                    p { (w.t("poll-answers-note")) }
                    (press(visit, &format!("{}/answers.csv", facts.one.here()), &[], Weight::Plain, w.t("poll-answers-csv")))
                }))
            }
            @if matches!(poll.state, State::Roll | State::Open) { (letters_sheet(visit, &facts)) }
            @if poll.state < State::Closed { (looking(visit, &facts, which)) }
        }
    };
    Ok(answer(visit, w.t("poll-roll-title"), &body, refusal))
}

/// `GET /polls/{poll}/roll`: nine statements at most.
pub(crate) async fn show(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    page(&rim, &visit, &id, &which, (&html! {}, None)).await
}

fn sources(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    let (poll, here) = (&facts.one.poll, facts.one.here());
    let import = format!("{here}/roll/import");
    html! {
        @if poll.source != Some(Source::File) {
            (sheet(w.t("poll-residents-title"), &html! {
                p { (w.t("poll-residents-note")) }
                (press(visit, &format!("{here}/roll"), &[], Weight::First, w.t("vote-enrol-all")))
            }))
        }
        @if poll.source != Some(Source::Residents) {
            (sheet(w.t("poll-import-title"), &html! {
                p { (w.t("poll-import-note")) }
                (acts(&[link_button(Weight::Plain, &import, w.t("poll-import"))]))
            }))
        }
    }
}

/// A reason, alone on its page: with what is wrong about it.
pub(super) fn reason_field(w: Words, refusal: Option<&Refusal>) -> Markup {
    let error = errors(w, refusal).of("reason");
    let field = Field { name: "reason", label: w.t("poll-reason"), error, required: true, ..Field::default() };
    text(w, &field, Input::Line, Some(200))
}

fn closing_sheet(visit: &Visit, facts: &Facts, refusal: Option<&Refusal>) -> Markup {
    let w = visit.words;
    let one = &facts.one;
    let present = Field {
        name: "present",
        label: w.t("poll-present"),
        hint: w.t("poll-present-hint"),
        error: errors(w, refusal).of("present"),
        required: true,
        ..Field::default()
    };
    let fields = html! {
        p { (w.t("poll-close-note")) }
        p { (by_itself(w, facts)) }
        @if one.poll.counts_present() { (text(w, &present, Input::Number, Some(7))) }
        (acts(&[button(Weight::Danger, w.t("vote-close"))]))
    };
    html! {
        @if one.runs { (fold(w.t("vote-close-title"), &form(visit, &format!("{}/close", one.here()), &[], &fields))) }
    }
}

/// When the poll closes by itself, and what the office still has to do before.
fn by_itself(w: Words, facts: &Facts) -> String {
    let poll = &facts.one.poll;
    let day = closes_by_itself(poll, &facts.papers);
    let key = if poll.counts_present() {
        "poll-closes-itself-present"
    } else if day > add_days(&poll.closes_day, 1) {
        "poll-closes-itself-papers"
    } else {
        "poll-closes-itself"
    };
    let day = Civil::from(&day).full(w.locale());
    w.t_with(key, &[("day", (&day).into())])
}

fn counting_sheet(visit: &Visit, facts: &Facts) -> Markup {
    let w = visit.words;
    html! {
        @if facts.one.publishes {
            (sheet(w.t("vote-count-title"), &html! {
                p { (w.t("vote-count-note")) }
                (press(visit, &format!("{}/publish", facts.one.here()), &[], Weight::First, w.t("vote-count")))
            }))
        }
    }
}

/// How many letters there are, and the way to them.
fn letters_sheet(visit: &Visit, facts: &Facts) -> Markup {
    let (w, here) = (visit.words, facts.one.here());
    sheet(
        w.t("vote-letters-title"),
        &html! {
            (letters::counted(w, &here, &facts.letters))
            (acts(&[link_button(Weight::Plain, &format!("{here}/letters"), w.t("poll-letters-to"))]))
        },
    )
}

/// Look for somebody by flat: a code at the desk, or off the roll before it is frozen.
fn looking(visit: &Visit, facts: &Facts, which: &Which) -> Markup {
    let w = visit.words;
    let (poll, here) = (&facts.one.poll, facts.one.here());
    let field =
        Field { name: "flat", label: w.t("papers-flat"), value: &which.flat, required: true, ..Field::default() };
    sheet(
        w.t("poll-find-title"),
        &html! {
            form.form method="get" action={ (here) "/roll" } {
                (ui::parts::apart("find", &text(w, &field, Input::Line, Some(80))))
                (acts(&[button(Weight::Plain, w.t("papers-find"))]))
            }
            @if facts.found.is_empty() && !which.flat.is_empty() { (empty(w.t("vote-letters-none"), "", None)) }
            @for row in &facts.found {
                @let voter = row.voter.to_hex();
                p {
                    (row.flat) " " (row.name)
                    @if row.weight != 1 { " · " (w.n("poll-weight-n", i64::try_from(row.weight).unwrap_or(0))) }
                    @if row.voted { " · " (w.t("poll-has-voted")) }
                    @else if row.returned { " · " (w.t("poll-letter-was-returned")) }
                    @else if row.letters > 0 { " · " (w.t("poll-letter-was-printed")) }
                }
                @if poll.state == State::Draft {
                    (fold(w.t("poll-strike"), &ui::parts::apart(&voter, &form(visit, &format!("{here}/roll/strike"), &[("voter", &voter), ("flat", &which.flat)], &html! {
                        (reason_field(w, None))
                        (acts(&[button(Weight::Danger, w.t("poll-strike"))]))
                    }))))
                } @else if !row.voted {
                    (press(visit, &format!("{here}/letters"), &[("voter", &voter)], Weight::Plain, w.t("poll-desk-code")))
                    @if row.letters > 0 && !row.returned {
                        (press(visit, &format!("{here}/letters/returned"), &[("voter", &voter)], Weight::Plain, w.t("poll-letter-came-back")))
                    }
                }
            }
        },
    )
}

/// `POST /polls/{poll}/roll`: puts the residents of the place on the roll, chunk by chunk. Pressed again, it begins again
/// and finds those who are there.
pub(crate) async fn residents(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(from): Fields<Which>,
) -> Result<Response, Problem> {
    let (mut after, mut new) = ((from.after_flat, from.after), 0);
    for _ in 0..CHUNKS {
        let (poll, at) = (id.clone(), after.clone());
        let done = act(&rim, &visit, move |tx, cx| listing::residents(tx, cx, &poll, (&at.0, &at.1))).await;
        let chunk = match shown(done)? {
            Ok(chunk) => chunk,
            Err(refusal) => return page(&rim, &visit, &id, &Which::default(), (&html! {}, Some(&refusal))).await,
        };
        new += chunk.new;
        match chunk.after {
            Some(next) => after = next,
            None => return Ok(to(&format!("/polls/{id}/roll?new={new}"))),
        }
    }
    let w = visit.words;
    let hidden = [("after_flat", after.0.as_str()), ("after", after.1.as_str())];
    let note = notice(
        w,
        Tone::Due,
        "",
        &html! {
            p { (w.n("vote-enrolled", u32::try_from(new).unwrap_or(u32::MAX))) " " (w.t("vote-enrol-more")) }
            (press(&visit, &format!("/polls/{id}/roll"), &hidden, Weight::First, w.t("vote-enrol-go-on")))
        },
    );
    page(&rim, &visit, &id, &Which::default(), (&note, None)).await
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Struck {
    voter: String,
    flat: String,
    reason: String,
}

/// Back to the roll after a command, or the page again with what was refused.
async fn ended<T>(
    rim: &Rim,
    visit: &Visit,
    id: &PollId,
    done: Result<T, Fault>,
    way_on: &str,
) -> Result<Response, Problem> {
    match shown(done)? {
        Ok(_) => Ok(to(&format!("/polls/{id}{way_on}"))),
        Err(refusal) if refusal.code == "not-allowed" => Err(refusal.into()),
        Err(refusal) => page(rim, visit, id, &Which::default(), (&html! {}, Some(&refusal))).await,
    }
}

/// `POST /polls/{poll}/roll/strike`.
pub(crate) async fn strike(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(typed): Fields<Struck>,
) -> Result<Response, Problem> {
    let none = || Refusal::new(Kind::NotFound, "not-on-the-roll");
    let voter = VoterKey::from_hex(&typed.voter).ok_or_else(none)?;
    let (poll, reason) = (id.clone(), typed.reason.clone());
    let done = act(&rim, &visit, move |tx, cx| striking::strike(tx, cx, &poll, voter, &reason)).await;
    match shown(done)? {
        Ok(()) => Ok(to(&format!("/polls/{id}/roll"))),
        Err(refusal) => {
            let which = Which { flat: typed.flat, ..Which::default() };
            page(&rim, &visit, &id, &which, (&html! {}, Some(&refusal))).await
        }
    }
}

/// `POST /polls/{poll}/roll/freeze`.
pub(crate) async fn freeze(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(words): Fields<FreezeRoll>,
) -> Result<Response, Problem> {
    let poll = id.clone();
    let done = act(&rim, &visit, move |tx, cx| freezing::freeze(tx, cx, &poll, &words)).await;
    ended(&rim, &visit, &id, done, "/roll").await
}

/// `POST /polls/{poll}/roll/thaw`.
pub(crate) async fn thaw(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(typed): Fields<Struck>,
) -> Result<Response, Problem> {
    let poll = id.clone();
    let done = act(&rim, &visit, move |tx, cx| freezing::thaw(tx, cx, &poll, &typed.reason)).await;
    ended(&rim, &visit, &id, done, "/roll").await
}

/// `POST /polls/{poll}/open`.
pub(crate) async fn open(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(_): Fields<Which>,
) -> Result<Response, Problem> {
    let poll = id.clone();
    let done = act(&rim, &visit, move |tx, cx| opening::open(tx, cx, &poll)).await;
    ended(&rim, &visit, &id, done, "").await
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Present {
    present: String,
}

/// `POST /polls/{poll}/close`.
pub(crate) async fn close(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(typed): Fields<Present>,
) -> Result<Response, Problem> {
    let (poll, present) = (id.clone(), typed.present.trim().parse().ok());
    let done = act(&rim, &visit, move |tx, cx| closing::close(tx, cx, &poll, present)).await;
    ended(&rim, &visit, &id, done, "/roll").await
}

/// `POST /polls/{poll}/publish`: counts outside a write, then publishes.
pub(crate) async fn publish(
    From(rim): From<Rim>,
    SignedIn(visit): SignedIn,
    PathId(id): PathId<PollId>,
    Fields(_): Fields<Which>,
) -> Result<Response, Problem> {
    let done = counted(&rim, &visit, &id).await;
    ended(&rim, &visit, &id, done, "").await
}

/// Counts a closed poll and publishes what came out, for who may.
///
/// # Errors
/// As [`publishing::count`] and [`publishing::publish`].
pub(crate) async fn counted(rim: &Rim, visit: &Visit, id: &PollId) -> Result<crate::Poll, Fault> {
    // asked before long work begins
    let (actor, key) = (visit.actor.clone(), id.clone());
    let poll = rim.db.read(move |s| queries::may(s, &actor, &key, Action::PublishVerdict)).await?;
    if poll.state == State::Published {
        return Ok(poll);
    }
    let (db, key) = (rim.db.jobs(), id.clone());
    let counted = tokio::task::spawn_blocking(move || publishing::count(&db, &key));
    let counted = counted.await.map_err(|e| db::DbError::Data(e.to_string()))??;
    let cx = rim.context_of(visit);
    rim.db.write(move |tx| publishing::publish(tx, &mut cx.clone(), &counted)).await
}
