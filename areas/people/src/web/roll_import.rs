//! A file of residents on a page: shown row by row first, then taken.

use axum::{extract::State, response::Response};
use db::Fault;
use kernel::{Kind, PlaceId, Refusal};
use rights::{Action, authorize};
use ui::{
    Markup, Words, html,
    parts::{Column, Weight, acts, link_button},
};
use web::{Fields, PathId, Problem, Rim, SignedIn, Upload, Visit};

use super::{
    file_page::{Preview, SHOWN, Typed, accept, preview, read, sent, wrong},
    shown::{page, run, shown, told, top},
};
use crate::resident::{
    import::{self, Change, Counts, MAX_CHUNK},
    mask,
    sheet::{Row, RowError},
};

/// `GET /residents/{place}/import`: one statement.
pub(crate) async fn ask(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(place): PathId<PlaceId>,
) -> Result<Response, Problem> {
    ask_page(&rim, &visit, place, None).await
}

async fn ask_page(rim: &Rim, visit: &Visit, id: PlaceId, refusal: Option<&Refusal>) -> Result<Response, Problem> {
    let cx = rim.context_of(visit);
    let read = rim.db.read(move |s| {
        let place = crate::find::place(s, &id)?;
        authorize(&cx.actor, Action::KeepRoll, &place.site()?)?;
        Ok::<_, Fault>(place)
    });
    let (place, w) = (read.await?, visit.words);
    let back = format!("/residents/{}", place.id);
    let body = html! {
        (top(&format!("{} · {}", w.t("import-title"), place.shown), w.t("import-lead")))
        (told(w, refusal))
        (accept(visit, (&format!("{back}/import"), &back), w.t("import-file-hint"), refusal))
    };
    Ok(page(visit, w.t("import-title"), &body, refusal))
}

/// `POST /residents/{place}/import`: what the file would do. Writes nothing.
pub(crate) async fn look(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(place): PathId<PlaceId>,
    upload: Upload<Typed>,
) -> Result<Response, Problem> {
    let bytes = match sent(upload) {
        Ok(bytes) => bytes,
        Err(refusal) => return ask_page(&rim, &visit, place, Some(&refusal)).await,
    };
    let found = match read(&bytes) {
        Ok((rows, errors)) => shown(looked(&rim, &visit, &place, (rows, errors)).await)?,
        Err(refusal) => Err(refusal),
    };
    match (found, String::from_utf8(bytes)) {
        (Ok(found), Ok(text)) => Ok(looked_page(&visit, &place, &found, &text)),
        (Err(refusal), _) => ask_page(&rim, &visit, place, Some(&refusal)).await,
        (_, Err(_)) => ask_page(&rim, &visit, place, Some(&Refusal::new(Kind::Invalid, "not-utf8"))).await,
    }
}

/// What the rows would do, and those of them that the page shows: line, flat, masked name, change.
struct Found {
    counts: Counts,
    lines: Vec<(usize, String, String, Change)>,
}

async fn looked(
    rim: &Rim,
    visit: &Visit,
    place: &PlaceId,
    (rows, errors): (Vec<Row>, Vec<RowError>),
) -> Result<Found, Fault> {
    let (cx, place) = (rim.context_of(visit), place.clone());
    let read = rim.db.read(move |s| {
        let mut found = Found { counts: Counts { errors: errors.clone(), ..Counts::default() }, lines: Vec::new() };
        for chunk in rows.chunks(MAX_CHUNK) {
            for (row, change) in import::look(s, &cx, &place, chunk)? {
                match change {
                    Ok(change) => {
                        found.counts.count(change);
                        if change != Change::Unchanged && found.lines.len() < SHOWN {
                            found.lines.push((row.line, row.flat.clone(), mask::name(&row.name), change));
                        }
                    }
                    Err(error) => found.counts.errors.push(error),
                }
            }
        }
        found.counts.errors.sort_by_key(|error| error.line);
        Ok::<_, Fault>(found)
    });
    read.await
}

/// How many rows of each kind.
fn counted(w: Words, counts: &Counts) -> String {
    let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let told = [
        ("new", n(counts.new).into()),
        ("changed", n(counts.changed).into()),
        ("unchanged", n(counts.unchanged).into()),
        ("wrong", n(counts.errors.len()).into()),
    ];
    w.t_with("import-counts", &told)
}

fn looked_page(visit: &Visit, place: &PlaceId, found: &Found, text: &str) -> Response {
    let (w, counts) = (visit.words, &found.counts);
    let columns = ["import-line", "roll-flat", "roll-name", "import-change"].map(|key| Column::text(w.t(key)));
    let rows: Vec<Vec<Markup>> = found
        .lines
        .iter()
        .map(|(line, flat, name, change)| {
            let change = if *change == Change::New { "import-new" } else { "import-changed" };
            vec![html! { (line) }, html! { (flat) }, html! { (name) }, html! { (w.t(change)) }]
        })
        .collect();
    let here = format!("/residents/{place}/import");
    let found = Preview {
        counted: &counted(w, counts),
        wrong: &counts.errors,
        columns: &columns,
        rows: &rows,
        takes: counts.new + counts.changed > 0,
        text,
    };
    let body = html! {
        (top(w.t("import-title"), w.t("import-looked-lead")))
        (preview(visit, &here, &found))
    };
    page(visit, w.t("import-title"), &body, None)
}

/// `POST /residents/{place}/import/take`: takes the file, a transaction for each chunk. Broken off, the same file again
/// goes on where it stopped, because what is there changes nothing.
pub(crate) async fn take(
    State(rim): State<Rim>,
    SignedIn(visit): SignedIn,
    PathId(place): PathId<PlaceId>,
    Fields(typed): Fields<Typed>,
) -> Result<Response, Problem> {
    let (rows, errors) = match read(typed.rows.as_bytes()) {
        Ok(read) => read,
        Err(refusal) => return ask_page(&rim, &visit, place, Some(&refusal)).await,
    };
    let mut counts = Counts { errors, ..Counts::default() };
    for chunk in rows.chunks(MAX_CHUNK) {
        // of its own for each chunk: ids come of its chance
        let (cx, at, chunk) = (rim.context_of(&visit), place.clone(), chunk.to_vec());
        match shown(run(&rim.db, &cx, move |tx, cx| import::import(tx, cx, &at, &chunk)).await)? {
            Ok(taken) => counts.add(taken),
            Err(refusal) => return ask_page(&rim, &visit, place, Some(&refusal)).await,
        }
    }
    counts.errors.sort_by_key(|error| error.line);
    let w = visit.words;
    let roll = link_button(Weight::First, &format!("/residents/{place}"), w.t("roll-title"));
    let body = html! {
        (top(w.t("import-title"), w.t("import-taken")))
        p { strong { (counted(w, &counts)) } }
        (wrong(w, &counts.errors))
        (acts(&[roll]))
    };
    Ok(page(&visit, w.t("import-title"), &body, None))
}
