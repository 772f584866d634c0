//! The policies, parsed and checked once, and one question to them.

use std::{
    collections::{HashMap, HashSet},
    sync::{LazyLock, OnceLock},
};

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression, Schema, ValidationMode, Validator,
};
use kernel::{Actor, Home, PlaceId, Post, Principal, Role, Site};

use crate::{Action, permit::Resource};

/// The schema's text.
pub const SCHEMA: &str = include_str!("../../../policies/schema.cedarschema");
/// The policies' text.
pub const POLICIES: &str = include_str!("../../../policies/roles.cedar");

/// The embedded policies. Where they could not be read everything is refused; a test keeps that from being shipped.
pub(crate) static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::read(SCHEMA, POLICIES).unwrap_or_default());

/// What was parsed, and the answers that depend on no particular resource.
#[derive(Default)]
pub(crate) struct Engine {
    parsed: Option<Parsed>,
    /// Operator, visitor, voter: they have no attributes, so one answer an action holds for all resources.
    plain: Answers,
    /// What each role allows at its own place.
    roles: Answers,
}

/// Answers that never change, asked for once: a row for each kind of actor, a column for each action.
#[derive(Default)]
struct Answers(Vec<OnceLock<bool>>);

impl Answers {
    fn rows(n: usize) -> Answers {
        Answers((0..n * Action::ALL.len()).map(|_| OnceLock::new()).collect())
    }

    fn get(&self, row: usize, action: Action, ask: impl FnOnce() -> bool) -> bool {
        self.0.get(row * Action::ALL.len() + action as usize).is_some_and(|answer| *answer.get_or_init(ask))
    }
}

struct Parsed {
    schema: Schema,
    policies: PolicySet,
    /// The action entities with their groups.
    actions: Vec<Entity>,
    names: Names,
}

struct Names {
    place: EntityTypeName,
    person: EntityTypeName,
    organisation: EntityTypeName,
    record: EntityTypeName,
    action: EntityTypeName,
    /// The attribute of each role, such as `workerAt`.
    roles: Vec<(Role, String)>,
}

impl Engine {
    /// Parses and checks; a sentence for developers where something is wrong, warnings included.
    pub(crate) fn read(schema: &str, policies: &str) -> Result<Engine, String> {
        let (schema, warnings) = Schema::from_cedarschema_str(schema).map_err(|e| e.to_string())?;
        let warnings: Vec<String> = warnings.map(|w| w.to_string()).collect();
        let policies: PolicySet = policies.parse().map_err(|e: cedar_policy::ParseErrors| e.to_string())?;
        let found = Validator::new(schema.clone()).validate(&policies, ValidationMode::Strict);
        if !found.validation_passed_without_warnings() || !warnings.is_empty() {
            return Err(format!("{found} {warnings:?}"));
        }
        let names = Names::new().map_err(|e| e.to_string())?;
        let actions = schema.action_entities().map_err(|e| e.to_string())?.iter().cloned().collect();
        let parsed = Parsed { schema, policies, actions, names };
        Ok(Engine { parsed: Some(parsed), plain: Answers::rows(3), roles: Answers::rows(Role::all().count()) })
    }

    /// Whether the role allows the action at its own place and below, whoever holds it.
    pub(crate) fn role_allows(&self, role: Role, action: Action) -> bool {
        self.roles.get(role as usize, action, || {
            let site = Site { home: Home(0), place: sample(1), above: Vec::new() };
            let posts = vec![Post { role, place: site.place.clone() }];
            // one who is not verified: what verified persons may is not the role's
            let principal = Principal { person: sample(2), verified: false, posts, seats: Vec::new() };
            self.asks(&Actor::Person(principal.into()), action, &Resource::at(&site))
        })
    }

    /// Whether the actor may.
    pub(crate) fn allows(&self, actor: &Actor, action: Action, on: &Resource<'_>) -> bool {
        let row = match actor {
            Actor::Person(_) => return self.asks(actor, action, on),
            Actor::Operator => 0,
            Actor::Visitor => 1,
            Actor::Voter => 2,
        };
        self.plain.get(row, action, || {
            let site = Site { home: Home(0), place: sample(1), above: Vec::new() };
            self.asks(actor, action, &Resource::at(&site))
        })
    }

    /// Anything unclear (an error of a policy, an entity that the schema does not know) is a no.
    fn asks(&self, actor: &Actor, action: Action, on: &Resource<'_>) -> bool {
        self.parsed.as_ref().is_some_and(|parsed| parsed.answer(actor, action, on).unwrap_or(false))
    }
}

fn sample<K>(seed: u64) -> kernel::Id<K> {
    kernel::Id::random(Home(0), &mut kernel::Chance::seeded(seed))
}

fn plain_name(actor: &Actor) -> &'static str {
    match actor {
        Actor::Operator => "Operator",
        Actor::Voter => "Voter",
        Actor::Visitor | Actor::Person(_) => "Visitor",
    }
}

impl Names {
    fn new() -> Result<Names, Box<cedar_policy::ParseErrors>> {
        let name = |text: &str| text.parse().map_err(Box::new);
        let roles = Role::all().map(|role| (role, attribute(role))).collect();
        Ok(Names {
            place: name("Place")?,
            person: name("Person")?,
            organisation: name("Organisation")?,
            record: name("Record")?,
            action: name("Action")?,
            roles,
        })
    }
}

/// `stairwell-head` is `stairwellHeadAt` in the schema.
pub(crate) fn attribute(role: Role) -> String {
    let mut name = String::new();
    for (n, part) in role.as_str().split('-').enumerate() {
        let (first, rest) = part.split_at(1.min(part.len()));
        let first = if n == 0 { first.to_owned() } else { first.to_uppercase() };
        name.push_str(&first);
        name.push_str(rest);
    }
    name + "At"
}

fn uid(kind: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id))
}

fn reference(kind: &EntityTypeName, id: &str) -> RestrictedExpression {
    RestrictedExpression::new_entity_uid(uid(kind, id))
}

impl Parsed {
    /// One question.
    fn answer(&self, actor: &Actor, action: Action, on: &Resource<'_>) -> Result<bool, Box<dyn std::error::Error>> {
        let names = &self.names;
        let mut entities = self.actions.clone();
        let who = self.principal(actor, &mut entities)?;
        let what = self.resource(on, &mut entities)?;
        let maker = on.maker.map(|maker| ("maker".to_owned(), reference(&names.person, maker.as_str())));
        let context = Context::from_pairs(maker)?;
        let act = uid(&names.action, action.as_str());
        let entities = Entities::from_entities(entities, Some(&self.schema))?;
        let request = Request::new(who, act, what, context, Some(&self.schema))?;
        let response = Authorizer::new().is_authorized(&request, &self.policies, &entities);
        // a forbid that fails to evaluate would be skipped: any error is a no
        Ok(response.decision() == Decision::Allow && response.diagnostics().errors().next().is_none())
    }

    fn principal(&self, actor: &Actor, out: &mut Vec<Entity>) -> Result<EntityUid, Box<dyn std::error::Error>> {
        let names = &self.names;
        let Actor::Person(principal) = actor else {
            let who = uid(&plain_name(actor).parse()?, "it");
            out.push(Entity::new_no_attrs(who.clone(), HashSet::new()));
            return Ok(who);
        };
        let who = uid(&names.person, principal.person.as_str());
        let mut attributes = HashMap::with_capacity(names.roles.len() + 2);
        attributes.insert("verified".to_owned(), RestrictedExpression::new_bool(principal.verified));
        let seats = principal.seats.iter().map(|org| reference(&names.organisation, org.as_str()));
        attributes.insert("seats".to_owned(), RestrictedExpression::new_set(seats));
        for (role, name) in &names.roles {
            let held = principal.posts.iter().filter(|post| post.role == *role);
            let places = held.map(|post| reference(&names.place, post.place.as_str()));
            attributes.insert(name.clone(), RestrictedExpression::new_set(places));
        }
        out.push(Entity::new(who.clone(), attributes, HashSet::new())?);
        Ok(who)
    }

    /// The record and the places above it; nothing else of the tree is needed to decide.
    fn resource(&self, on: &Resource<'_>, out: &mut Vec<Entity>) -> Result<EntityUid, Box<dyn std::error::Error>> {
        let names = &self.names;
        let what = uid(&names.record, "it");
        let mut attributes = HashMap::new();
        if let Some(owner) = on.owner {
            attributes.insert("owner".to_owned(), reference(&names.person, owner.as_str()));
        }
        if let Some(organisation) = on.organisation {
            attributes.insert("organisation".to_owned(), reference(&names.organisation, organisation.as_str()));
        }
        let conflict = on.conflict.iter().map(|person| reference(&names.person, person.as_str()));
        attributes.insert("conflict".to_owned(), RestrictedExpression::new_set(conflict));
        let chain = on.site.map_or_else(Vec::new, |site| [&site.place].into_iter().chain(&site.above).collect());
        let chain: Vec<EntityUid> = chain.into_iter().map(|id: &PlaceId| uid(&names.place, id.as_str())).collect();
        out.push(Entity::new(what.clone(), attributes, chain.first().cloned().into_iter().collect())?);
        for (n, place) in chain.iter().enumerate() {
            let parent = chain.get(n + 1).cloned().into_iter().collect();
            out.push(Entity::new_no_attrs(place.clone(), parent));
        }
        Ok(what)
    }
}
