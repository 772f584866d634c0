//! Files of a conversation: places of the map, and all data in the export format of Polis.

use axum::{
    extract::State as From,
    http::header,
    response::{IntoResponse, Response},
};
use db::Fault;
use kernel::{Kind, Refusal};
use web::{PathId, Problem, Rim, Visit};

use super::{One, one};
use crate::conversation::{
    ConversationId, MAP_PEOPLE, State,
    export::archive,
    map::{Picture, gather},
    queries, store,
};

fn none() -> Refusal {
    Refusal::new(Kind::NotFound, "conversation-no-map")
}

/// `GET /conversations/{conversation}/map.csv`: x, y, group and how many people at each place of the map; no numbers of
/// participants.
pub(crate) async fn places(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<ConversationId>,
) -> Result<Response, Problem> {
    let read = rim.db.read(move |s| {
        One::read(s, &visit.actor, &id)?;
        let found = queries::map(s, &id)?.map(|(_, picture)| picture);
        Ok::<_, Fault>(found.filter(|picture| picture.people >= MAP_PEOPLE).ok_or_else(none)?)
    });
    let picture: Picture = read.await?;
    let mut out = String::from("x,y,group,people\n");
    let groups = picture.groups.iter().map(|group| (group.id.to_string(), &group.dots));
    for (group, dots) in groups.chain([(String::new(), &picture.alone)]) {
        for [x, y, people] in dots {
            out.push_str(&format!("{x},{y},{group},{people}\n"));
        }
    }
    Ok(file(("text/csv; charset=utf-8", "map.csv"), out.into_bytes()))
}

/// `GET /conversations/{conversation}/data.zip`: once the map is published.
pub(crate) async fn data(
    From(rim): From<Rim>,
    visit: Visit,
    PathId(id): PathId<ConversationId>,
) -> Result<Response, Problem> {
    let there = one(&rim, &visit, &id).await?.conversation;
    if there.state != State::Published {
        return Err(Refusal::new(Kind::Conflict, "conversation-data-later").into());
    }
    let db = rim.db.jobs();
    let packed = tokio::task::spawn_blocking(move || {
        let gathered = gather(&db, &id)?;
        let read = db.read_wait(move |s| Ok::<_, Fault>((queries::map(s, &id)?, store::members(s, &id)?)))?;
        let (Some((_, picture)), Some(members)) = read else { return Err(none().into()) };
        Ok::<_, Fault>(archive(&gathered, &picture, &members)?)
    });
    let packed = packed.await.map_err(|e| Fault::Db(db::DbError::Data(e.to_string())))??;
    Ok(file(("application/zip", "data.zip"), packed))
}

fn file((kind, name): (&'static str, &str), bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename={name}")),
    ];
    (headers, bytes).into_response()
}
