//! What is expected of each route: a row for each, some with several.
//!
//! In addresses `{place:a}` is the placeholder `{place}` filled with what [`super::seed`] made under the name `a`; in
//! bodies and queries the same is written `<a>`.

mod activities;
mod conversations;
mod funds;
mod ground;
mod halls;
mod handovers;
mod ideas;
mod matters;
mod owners;
mod people;
mod places;
mod plans;
mod polls;
mod proposals;
mod records;
mod reports;
mod reviews;
mod running;
mod seasons;
mod trainings;
mod visits;
mod votes;
mod works;

use super::{
    seed::Seed,
    site::{PHOTO, Sent, Who},
};

/// Routes that are not walked, with the reason. The list may only shrink: its length stands in its type.
pub const EXEMPT: [(&str, &str, &str); 0] = [];

/// Whom a route is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Everybody.
    Public,
    /// Whoever has signed in.
    Person,
    /// Whoever has the right there.
    Right(Who),
    /// Whoever has the operator's token.
    Operator,
    /// Nobody any more.
    Nobody,
}

/// What is expected of a route.
#[derive(Debug, Clone)]
pub struct Row {
    pub method: &'static str,
    /// With what the placeholders are filled with.
    pub path: &'static str,
    pub kind: Kind,
    sent: Sent,
    /// The status for whom it is for, where that is not a success.
    pub answer: Option<u16>,
    /// What is done once: a second time is refused, but not for want of a right.
    pub once: bool,
    /// Who may not know of it is told that it is not there, also before signing in.
    pub hidden: bool,
    /// It takes a person: the operator's token is none.
    pub personal: bool,
}

impl Row {
    fn new(method: &'static str, path: &'static str, kind: Kind) -> Row {
        Row { method, path, kind, sent: Sent::None, answer: None, once: false, hidden: false, personal: false }
    }

    fn form(self, fields: &str) -> Row {
        Row { sent: Sent::Form(fields.into()), ..self }
    }

    fn json(self, text: &str) -> Row {
        Row { sent: Sent::Json(text.into()), ..self }
    }

    fn csv(self, text: &str) -> Row {
        Row { sent: Sent::Csv(text.into()), ..self }
    }

    /// A form that may have files, with one.
    fn parts(self, fields: &str, file: (&'static str, &'static str, &'static [u8])) -> Row {
        Row { sent: Sent::Parts(fields.into(), file), ..self }
    }

    fn answers(self, status: u16) -> Row {
        Row { answer: Some(status), ..self }
    }

    fn once(self) -> Row {
        Row { once: true, ..self }
    }

    fn hidden(self) -> Row {
        Row { hidden: true, ..self }
    }

    fn personal(self) -> Row {
        Row { personal: true, ..self }
    }

    /// As the router knows it.
    pub fn route(&self) -> super::routes::Route {
        let path = self.path.split('?').next().unwrap();
        let part = |part: &str| match part.split_once(':') {
            Some((name, _)) => format!("{name}}}"),
            None => part.to_owned(),
        };
        (self.method.to_owned(), path.split_inclusive('}').map(part).collect())
    }

    /// Where it is asked.
    pub fn address(&self, seed: &Seed) -> String {
        let mut address = String::new();
        for part in self.path.split_inclusive('}') {
            match part.split_once('{') {
                Some((before, name)) => {
                    let name = name.trim_end_matches('}').rsplit(':').next().unwrap();
                    address.push_str(before);
                    address.push_str(seed.id(name));
                }
                None => address.push_str(part),
            }
        }
        filled(&address, seed)
    }

    /// What is sent.
    pub fn sent(&self, seed: &Seed) -> Sent {
        match &self.sent {
            Sent::None => Sent::None,
            Sent::Form(text) => Sent::Form(filled(text, seed)),
            Sent::Json(text) => Sent::Json(filled(text, seed)),
            Sent::Csv(text) => Sent::Csv(filled(text, seed)),
            Sent::Parts(text, file) => Sent::Parts(filled(text, seed), *file),
        }
    }

    /// One of those for whom it is.
    pub fn right(&self) -> Who {
        if let Kind::Right(who) = self.kind { who } else { Who::Officer }
    }
}

/// A photo of a matter.
const LAMP: (&str, &str, &[u8]) = ("photos", "lamp.png", PHOTO);
/// A file of residents.
const ROLL: (&str, &str, &[u8]) = ("file", "roll.csv", "姓名,手机,门牌,身份\n远山,13900008888,2-202,居民\n".as_bytes());

fn filled(text: &str, seed: &Seed) -> String {
    let mut parts = text.split('<');
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('>').unwrap();
        out.push_str(seed.id(name));
        out.push_str(rest);
    }
    out
}

fn read(path: &'static str) -> Row {
    Row::new("GET", path, Kind::Public)
}

fn signed_in(method: &'static str, path: &'static str) -> Row {
    Row::new(method, path, Kind::Person)
}

fn officer(method: &'static str, path: &'static str) -> Row {
    Row::new(method, path, Kind::Right(Who::Officer))
}

fn admin(method: &'static str, path: &'static str) -> Row {
    Row::new(method, path, Kind::Right(Who::Admin))
}

fn author(method: &'static str, path: &'static str) -> Row {
    Row::new(method, path, Kind::Right(Who::Author))
}

fn public(path: &'static str) -> Row {
    Row::new("POST", path, Kind::Public)
}

fn nobody(method: &'static str, path: &'static str) -> Row {
    Row::new(method, path, Kind::Nobody)
}

/// All rows.
pub fn rows() -> Vec<Row> {
    [
        ground::rows(),
        places::rows(),
        people::rows(),
        people::posts(),
        people::organisations(),
        people::desks(),
        seasons::rows(),
        funds::rows(),
        funds::api(),
        ideas::rows(),
        votes::rows(),
        matters::rows(),
        matters::duties(),
        matters::notices(),
        records::rows(),
        visits::rows(),
        reports::rows(),
        visits::workshops(),
        reviews::rows(),
        proposals::rows(),
        running::rows(),
        trainings::rows(),
        plans::rows(),
        activities::rows(),
        polls::rows(),
        halls::rows(),
        works::rows(),
        handovers::rows(),
        owners::rows(),
        conversations::rows(),
    ]
    .concat()
}
