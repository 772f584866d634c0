//! JSON faces of the same verbs.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use db::Fault;
use kernel::{PersonId, PlaceId};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, optional_id, problem::Document};

use super::{Appointment, PostId, appoint, end, queries, rules, stand_in};
use crate::{find, shown::Sees};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_posts, appoint_person))
        .routes(routes!(end_post))
        .routes(routes!(let_stand_in))
}

/// A role that somebody holds at a place for a period.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PostView {
    #[schema(value_type = String)]
    id: PostId,
    role: &'static str,
    #[schema(value_type = String)]
    place: PlaceId,
    term: u32,
    /// The first day.
    from: String,
    /// The last day; absent means until further notice.
    until: Option<String>,
    /// The first day on which it was no longer in force, when it was ended early.
    ended: Option<String>,
    #[schema(value_type = Option<String>)]
    stand_in_for: Option<PostId>,
    /// Whose it is; absent from lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    person: Option<PersonId>,
    /// The name as the caller may see it; absent from answers to changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

impl From<Appointment> for PostView {
    fn from(post: Appointment) -> Self {
        PostView {
            id: post.id,
            role: post.role.as_str(),
            place: post.place,
            term: post.term,
            from: post.from.to_string(),
            until: post.until.map(|day| day.to_string()),
            ended: post.ended.map(|day| day.to_string()),
            stand_in_for: post.stand_in_for,
            person: Some(post.person),
            name: None,
        }
    }
}

/// Which posts.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Which {
    /// Only this role.
    role: Option<String>,
    /// After this post.
    after: Option<String>,
}

/// Who holds what at a place and below it today, in the order of the tree, 50 a page.
#[utoipa::path(get, path = "/places/{place}/posts", tag = "people", params(("place" = String, Path), Which),
    responses((status = 200, body = Vec<PostView>), (status = "4XX", body = Document)))]
async fn list_posts(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(place): PathId<PlaceId>,
    Query(which): Query<Which>,
) -> Result<Json<Vec<PostView>>, Problem> {
    let role = which.role.as_deref().and_then(|word| word.parse().ok());
    let which = queries::Which { role, after: optional_id(which.after.as_deref()) };
    let today = rim.context_of(&visit).day;
    let read = rim.db.read(move |s| {
        let place = find::place(s, &place)?;
        Ok::<_, Fault>(queries::list(s, &place, &which, &today)?)
    });
    let (found, sees) = (read.await?, Sees::of(&visit.actor));
    let views = found.into_iter().map(|holder| {
        let name = sees.name(&holder.name, &holder.path, rules::is_public(holder.post.role));
        PostView { person: None, name: Some(name), ..PostView::from(holder.post) }
    });
    Ok(Json(views.collect()))
}

/// Appoint a person to a role at a place.
#[utoipa::path(post, path = "/places/{place}/posts", tag = "people", params(("place" = String, Path)),
    request_body = appoint::Appoint, responses((status = 201, body = PostView), (status = "4XX", body = Document)))]
async fn appoint_person(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(place): PathId<PlaceId>,
    Json(input): Json<appoint::Appoint>,
) -> Result<(StatusCode, Json<PostView>), Problem> {
    let cx = rim.context_of(&visit);
    let post = rim.db.write(move |tx| appoint::appoint(tx, &mut cx.clone(), &place, &input)).await?;
    Ok((StatusCode::CREATED, Json(post.into())))
}

/// End a post before its last day.
#[utoipa::path(post, path = "/posts/{post}/end", tag = "people", params(("post" = String, Path)),
    request_body = end::End, responses((status = 200, body = PostView), (status = "4XX", body = Document)))]
async fn end_post(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(post): PathId<PostId>,
    Json(input): Json<end::End>,
) -> Result<Json<PostView>, Problem> {
    let cx = rim.context_of(&visit);
    let post = rim.db.write(move |tx| end::end(tx, &mut cx.clone(), &post, &input)).await?;
    Ok(Json(post.into()))
}

/// Let somebody stand in during a leave.
#[utoipa::path(post, path = "/posts/{post}/stand-in", tag = "people", params(("post" = String, Path)),
    request_body = stand_in::StandIn, responses((status = 201, body = PostView), (status = "4XX", body = Document)))]
async fn let_stand_in(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(post): PathId<PostId>,
    Json(input): Json<stand_in::StandIn>,
) -> Result<(StatusCode, Json<PostView>), Problem> {
    let cx = rim.context_of(&visit);
    let post = rim.db.write(move |tx| stand_in::stand_in(tx, &mut cx.clone(), &post, &input)).await?;
    Ok((StatusCode::CREATED, Json(post.into())))
}
