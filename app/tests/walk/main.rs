//! Every route as everybody: who has not signed in, a stranger, the right role at the wrong place, the right role whose
//! period is over, and the right role.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops where it fails")]

mod routes;
mod seed;
mod site;
mod table;

use std::{cell::RefCell, collections::BTreeSet};

use seed::{SECRETS, SHOWN_INSIDE, Seed, seed};
use site::{Answer, Sent, Site, Who};
use table::{EXEMPT, Kind, Row};

#[test]
fn every_route_is_expected_or_exempt() {
    let there = routes::all();
    let expected: BTreeSet<_> = table::rows().iter().map(Row::route).collect();
    let exempt: BTreeSet<_> = EXEMPT.iter().map(|(method, path, _)| ((*method).into(), (*path).into())).collect();
    assert!(there.len() > 150, "{} routes: they are not where they were", there.len());
    let forgotten: Vec<_> =
        there.iter().filter(|route| !expected.contains(*route) && !exempt.contains(*route)).collect();
    assert!(forgotten.is_empty(), "in neither the table nor the exemptions: {forgotten:#?}");
    let gone: Vec<_> = expected.union(&exempt).filter(|route| !there.contains(*route)).collect();
    assert!(gone.is_empty(), "no longer there: {gone:#?}");
    assert!(expected.is_disjoint(&exempt), "both expected and exempt");
}

#[test]
fn every_route_opens_to_the_right_role_alone() {
    testkit::each_engine(|db| {
        let seed = seed(db);
        let walk =
            Walk { site: Site::new(db, &seed.persons), seed, faults: RefCell::default(), seen: RefCell::default() };
        let rows = table::rows();
        // rights are the same on both engines; what differs is the SQL of those who have them
        let both = db.dialect() == db::Dialect::Sqlite;
        if both {
            rows.iter().for_each(|row| walk.refusals(row));
            rows.iter().for_each(|row| walk.without_token(row));
        }
        rows.iter().for_each(|row| walk.welcome(row));
        if both {
            rows.iter().filter(|row| row.method == "GET").for_each(|row| walk.everybody(row));
            walk.log(seed::logged(db));
            let seen = walk.seen.into_inner();
            let unseen: Vec<_> = SHOWN_INSIDE.iter().filter(|secret| !seen.contains(*secret)).collect();
            assert!(unseen.is_empty(), "that nobody outside sees it means nothing where nobody does: {unseen:?}");
        }
        let faults = walk.faults.into_inner();
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    });
}

/// Whoever never has a right here.
const OUTSIDE: [Who; 4] = [Who::Anonymous, Who::Stranger, Who::WrongPlace, Who::Expired];

struct Walk {
    site: Site,
    seed: Seed,
    faults: RefCell<Vec<String>>,
    /// Secrets that were shown to somebody whose business they are.
    seen: RefCell<BTreeSet<&'static str>>,
}

impl Walk {
    fn expect(&self, holds: bool, (row, who): (&Row, Who), answer: &Answer, what: &str) {
        if !holds {
            let body = if answer.body.contains("<html") { refusal_of(&answer.body) } else { answer.body.as_str() };
            let told: String = body.chars().take(300).collect();
            let line = format!(
                "{} {} as {who:?}: {} {} — {what}: {told}",
                row.method,
                row.path,
                answer.status,
                answer.location()
            );
            self.faults.borrow_mut().push(line);
        }
    }

    /// Asks, and looks into the answer for what is nobody's business.
    fn ask(&self, row: &Row, who: Who, with_token: bool) -> Answer {
        let (path, sent) = (row.address(&self.seed), row.sent(&self.seed));
        let answer = if with_token {
            self.site.send(who, row.method, &path, &sent)
        } else {
            self.site.ask(who, row.method, &path, &sent)
        };
        self.expect(!answer.status.is_server_error(), (row, who), &answer, "a fault of the server");
        for secret in SECRETS.into_iter().filter(|secret| answer.body.contains(secret)) {
            if !OUTSIDE.contains(&who) {
                self.seen.borrow_mut().insert(secret);
            } else {
                self.expect(false, (row, who), &answer, &format!("shows {secret}"));
            }
        }
        answer
    }

    /// What is refused, and that it writes nothing.
    fn refusals(&self, row: &Row) {
        let outside: &[Who] = match row.kind {
            Kind::Public => &[],
            Kind::Person => &[Who::Anonymous],
            Kind::Right(_) => &OUTSIDE,
            Kind::Nobody => {
                &[Who::Anonymous, Who::Stranger, Who::WrongPlace, Who::Expired, Who::Officer, Who::Admin, Who::Operator]
            }
            Kind::Operator => {
                &[Who::Anonymous, Who::Stranger, Who::WrongPlace, Who::Expired, Who::Officer, Who::Impostor]
            }
        };
        for who in outside {
            let before = self.site.entries();
            let answer = self.ask(row, *who, true);
            let status = answer.status.as_u16();
            let holds = match (row.kind, *who) {
                (Kind::Nobody, _) => status == 403,
                (Kind::Operator, Who::Anonymous) => status == 401,
                // a token that is not the right one is no token; who has signed in may know what there is
                (Kind::Operator, _) => status == 401 || status == 403,
                (_, Who::Anonymous) if row.method == "GET" => {
                    status == 401
                        || (row.hidden && status == 404)
                        || (status == 303 && answer.location().starts_with("/sign-in"))
                }
                (_, Who::Anonymous) => status == 401 || (row.hidden && status == 404),
                _ => status == 403 || status == 404,
            };
            self.expect(holds, (row, *who), &answer, "was not refused for want of a right");
            self.expect(self.site.entries() == before, (row, *who), &answer, "wrote");
        }
    }

    /// A form that did not come from a page of this site.
    fn without_token(&self, row: &Row) {
        // the style guide's samples change nothing
        if !matches!(row.sent(&self.seed), Sent::Form(_) | Sent::Parts(..)) || row.path == "/styleguide" {
            return;
        }
        let (who, before) = (row.right(), self.site.entries());
        let answer = self.ask(row, who, false);
        let says = ui::Words::of(ui::Locale::ZhHans).t("refusal-form-expired");
        let holds = answer.status.as_u16() == 403 && answer.body.contains(says);
        self.expect(holds, (row, who), &answer, "a form without a token was taken");
        self.expect(self.site.entries() == before, (row, who), &answer, "wrote");
    }

    /// Whom it is for.
    fn welcome(&self, row: &Row) {
        let inside: &[Who] = match row.kind {
            Kind::Public => &[Who::Anonymous, Who::Stranger, Who::WrongPlace, Who::Expired, Who::Officer],
            Kind::Person => &[Who::Stranger, Who::WrongPlace, Who::Expired, Who::Officer],
            Kind::Right(who) => &[who],
            Kind::Operator => &[Who::Operator],
            Kind::Nobody => &[],
        };
        for (n, who) in inside.iter().enumerate() {
            let answer = self.ask(row, *who, true);
            let status = answer.status.as_u16();
            // what can be done once is done by the first
            let holds = match row.answer {
                _ if n > 0 && row.once => ![401, 403].contains(&status) && status < 500,
                Some(wanted) => status == wanted,
                None => status < 300 || (row.method != "GET" && status == 303),
            };
            self.expect(holds, (row, *who), &answer, "was not let in");
        }
        // the operator may do all of it, unless it takes a person
        if row.path.starts_with("/api/") && !row.personal {
            let answer = self.ask(row, Who::Operator, true);
            self.expect(![401, 403].contains(&answer.status.as_u16()), (row, Who::Operator), &answer, "refused");
        }
    }

    /// What all of this wrote into the log that everybody can read, entry by entry and in bundles.
    fn log(&self, size: u64) {
        let bundle = |n: u64| match size - n * 256 {
            left if left < 256 => format!("/tile/entries/{n:03}.p/{left}"),
            _ => format!("/tile/entries/{n:03}"),
        };
        let bundles = (0..size.div_ceil(256)).map(bundle);
        let mut bytes = 0;
        for path in bundles.chain((0..size).map(|n| format!("/ledger/entries/{n}"))) {
            let answer = self.site.ask(Who::Anonymous, "GET", &path, &Sent::None);
            bytes += answer.body.len();
            let shown: Vec<_> = SECRETS.into_iter().filter(|secret| answer.body.contains(secret)).collect();
            if !answer.status.is_success() || !shown.is_empty() {
                self.faults.borrow_mut().push(format!("{path}: {} shows {shown:?}", answer.status));
            }
        }
        assert!(size > 200 && bytes > 100_000, "{size} entries of {bytes} bytes: the log is not where it was");
    }

    /// A page may be refused, but it never breaks, whoever asks.
    fn everybody(&self, row: &Row) {
        for who in Who::PERSONS.into_iter().chain([Who::Anonymous, Who::Operator, Who::Impostor]) {
            self.ask(row, who, true);
        }
    }
}

/// The sentence of a page that refuses.
fn refusal_of(page: &str) -> &str {
    page.split_once("<h1>").map_or(page, |(_, rest)| rest)
}
