//! Who lives and works in the demonstration's subdistrict. Everybody here is invented.

use db::{Db, DbError, Fault};
use kernel::{Actor, OrgId, PersonId, PlaceId, Role};
use people::{
    account::{ask, enter, prove, register, verify},
    org, post, session,
};

use super::load::{Places, write};

/// A person: what they are for the reader of the sign-in page (`demo-as-<word>`), name, telephone, roles with the
/// community (none: the subdistrict).
type NewPerson = (&'static str, &'static str, &'static str, &'static [(Role, Option<usize>)]);

/// Everybody who can sign in. The last two share a telephone, as old couples do.
const PERSONS: [NewPerson; 16] = [
    ("officer", "周敏", "13900000001", &[(Role::Officer, None)]),
    ("secretary", "何平", "13900000002", &[(Role::Secretary, Some(0))]),
    ("worker", "许冬梅", "13900000003", &[(Role::Worker, Some(0))]),
    ("other-worker", "罗成", "13900000004", &[(Role::Worker, Some(1))]),
    ("property", "陈立新", "13900000005", &[]),
    ("resident", "吴桂芳", "13900000006", &[(Role::Resident, Some(0))]),
    ("supervisor", "郑文", "13900000007", &[(Role::Supervisor, None)]),
    ("admin", "梁瑞", "13900000008", &[(Role::Admin, None)]),
    ("stairwell-head", "孙玉兰", "13900000009", &[(Role::StairwellHead, Some(0))]),
    ("neighbour", "沈遥", "13900000010", &[(Role::Resident, Some(1))]),
    ("reviewer", "顾行之", "13900000012", &[(Role::Reviewer, None)]),
    ("coach", "宋亦可", "13900000013", &[(Role::FederationStaff, None)]),
    ("applicant", "丁小满", "13900000014", &[(Role::Resident, Some(0))]),
    ("checker", "韩书宁", "13900000015", &[(Role::Officer, None)]),
    ("couple", "马德福", "13900000011", &[(Role::Resident, Some(2))]),
    ("couple", "田秀英", "13900000011", &[(Role::Resident, Some(2))]),
];

/// An owner of three flats, whom the roll of residents brings in: word, name, telephone.
pub(super) const OWNER: (&str, &str, &str) = ("owner", "吴桂安", "13900000016");

/// Who was registered, and what they hold.
pub struct Cast {
    persons: Vec<(&'static str, PersonId)>,
    /// The post of each appointment, with the person's word.
    posts: Vec<(&'static str, post::PostId)>,
    /// The property company of the first community.
    pub property: OrgId,
    /// The club of residents there that applies for grants.
    pub club: OrgId,
}

impl Cast {
    /// The person with this word; there is one for each word of [`PERSONS`].
    pub fn person(&self, word: &str) -> Option<&PersonId> {
        self.persons.iter().find(|(is, _)| *is == word).map(|(_, id)| id)
    }

    /// The first post of the person with this word.
    pub fn post(&self, word: &str) -> Option<&post::PostId> {
        self.posts.iter().find(|(is, _)| *is == word).map(|(_, id)| id)
    }
}

/// Telephone and role of everybody, for the sign-in page of the demonstration: the word of the role's line and the
/// number to type.
pub fn lines() -> Vec<(&'static str, &'static str)> {
    let mut lines: Vec<_> = PERSONS.iter().map(|(word, _, phone, _)| (*word, *phone)).collect();
    lines.dedup();
    lines.push((OWNER.0, OWNER.2));
    lines
}

/// Registers everybody, says that the desk has checked them, gives the roles, and seats the property company.
pub(super) fn load(db: &Db, places: &Places) -> Result<Cast, Fault> {
    let (mut persons, mut posts) = (Vec::new(), Vec::new());
    for (word, name, phone, roles) in PERSONS {
        let at = places.of(roles.first().and_then(|(_, community)| *community));
        let person = register(db, &at, name, phone)?;
        come_in(db, name, phone)?;
        for (role, community) in roles {
            let post = appoint(db, &places.of(*community), &person, *role)?;
            posts.push((word, post));
        }
        persons.push((word, person));
    }
    let at = places.of(Some(0));
    let found = |word| persons.iter().find(|(is, _)| *is == word).map(|(_, id): &(_, PersonId)| id.clone());
    let missing = || DbError::Data("nobody leads an organisation".into());
    let property = seat(db, &at, (found("property").ok_or_else(missing)?, "项目经理"), PROPERTY)?;
    let club = seat(db, &at, (found("applicant").ok_or_else(missing)?, "负责人"), CLUB)?;
    Ok(Cast { persons, posts, property, club })
}

fn register(db: &Db, place: &PlaceId, name: &'static str, phone: &'static str) -> Result<PersonId, Fault> {
    let place = place.clone();
    write(db, Actor::Operator, move |tx, cx| {
        let site = super::load::site(tx, &place)?;
        let new = register::Register { name: name.into(), contact: phone.into() };
        let person = register::register(tx, cx, &site, &new)?;
        verify::verify(tx, cx, &site, &person, &verify::Verify { document: "known-in-person".into() })?;
        Ok(person)
    })
}

/// The person has come in by their telephone once, so that it is known to be theirs; that session ends at once.
pub(super) fn come_in(db: &Db, name: &'static str, phone: &'static str) -> Result<(), Fault> {
    write(db, Actor::Visitor, move |tx, cx| {
        let purpose = ask::Purpose::SignIn;
        let wanted = ask::AskCode { contact: phone.into(), purpose, locale: ui::Locale::ZhHans, network: None };
        let sent = ask::ask(tx, cx, &wanted)?;
        let code = sent.shown(true).unwrap_or_default().to_owned();
        let challenge = sent.challenge.to_text();
        let typed = prove::Prove { contact: phone.into(), challenge, code, purpose };
        let ticket = prove::prove(tx, cx, &typed)?.ticket()?;
        let who = enter::Who::Named { name: name.into(), place: None };
        let (token, _) = enter::enter(tx, cx, &enter::Enter { ticket, who, device: String::new() })?;
        session::end::this(tx, &token)
    })
}

/// Gives a person a role at a place from today on.
pub(super) fn appoint(db: &Db, place: &PlaceId, person: &PersonId, role: Role) -> Result<post::PostId, Fault> {
    let (place, person) = (place.clone(), person.to_string());
    write(db, Actor::Operator, move |tx, cx| {
        let from = cx.day.to_string();
        let role = role.as_str().to_owned();
        let new = post::appoint::Appoint { person: person.clone(), role, from, ..Default::default() };
        Ok(post::appoint::appoint(tx, cx, &place, &new)?.id)
    })
}

/// Kind, name, short name.
type NewOrg = (&'static str, &'static str, &'static str);

const PROPERTY: NewOrg = ("property-company", "槐树里安居物业服务中心（虚构）", "安居物业");
const CLUB: NewOrg = ("community-org", "槐树里手作社（虚构）", "手作社");

/// An organisation with its leading seat.
fn seat(
    db: &Db,
    place: &PlaceId,
    (leads, title): (PersonId, &'static str),
    (kind, name, short): NewOrg,
) -> Result<OrgId, Fault> {
    let place = place.clone();
    write(db, Actor::Operator, move |tx, cx| {
        let new = org::register::Register { kind: kind.into(), name: name.into(), short: short.into() };
        let org = org::register::register(tx, cx, &place, &new)?.id;
        let seat = org::seat::GiveSeat {
            person: leads.to_string(),
            title: title.into(),
            leads: "on".into(),
            from: cx.day.to_string(),
            until: String::new(),
        };
        org::seat::seat(tx, cx, &org, &seat)?;
        Ok(org)
    })
}
