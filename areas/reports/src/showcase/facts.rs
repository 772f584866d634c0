//! What a showcase is told from: the figures of the season, its projects, its money, and what each name in a text says.

use std::collections::BTreeMap;

use activities::figures::queries as counted;
use db::{Fault, Snapshot};
use funds::{
    book::{AccountKind, queries as book},
    source::queries::{Given, given},
};
use kernel::Fen;
use programmes::{Season, Template, template::name_of, web::shown};
use ui::Words;

use crate::{
    done::{Done, done},
    figure::{self, Report, Unit},
};

/// Money of a season, in the smallest unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Money {
    /// What was granted to the projects of the list.
    pub granted: Fen,
    /// What was paid to them and not given back.
    pub paid: Fen,
    /// What they spent, by approved vouchers.
    pub spent: Fen,
    /// What the sources gave.
    pub given: Given,
}

/// What is known of a season.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The figures, with the season.
    pub report: Report,
    /// The template by which it runs.
    pub template: Template,
    /// Its projects.
    pub done: Vec<Done>,
    /// Its money; none where it is not kept here.
    pub money: Option<Money>,
    /// Different people who checked in, as far as they are known, and visits that were estimated.
    pub counts: activities::figures::Counts,
}

impl Facts {
    /// The season.
    pub fn season(&self) -> &Season {
        &self.report.season
    }
}

/// Reads it: as many statements for a large season as for a small one.
///
/// # Errors
/// Database faults.
pub fn facts(s: &mut Snapshot<'_>, (season, template): (Season, Template)) -> Result<Facts, Fault> {
    let done = done(s, &season)?;
    let money = match template.funds {
        Some(_) => {
            let sums = book::sums(s, &season.id)?;
            let granted = Fen(done.iter().map(|row| row.grant.0).fold(0, i64::saturating_add));
            let (paid, spent) = (sums.paid(), sums.of(AccountKind::Spent));
            Some(Money { granted, paid, spent, given: given(s, &season.id)? })
        }
        None => None,
    };
    let counts = counted::of_season(s, &season.id)?;
    Ok(Facts { report: figure::report(s, season)?, template, done, money, counts })
}

/// What a name in a text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The number, for the question whether there is anything to tell.
    pub value: u64,
    /// As it is printed.
    pub shown: String,
    /// Where its records are; empty where it is no figure.
    pub href: String,
}

/// What each name says, in a language.
pub type Values = BTreeMap<String, Said>;

/// What each name says that a text of this season may hold.
pub fn values(w: Words, facts: &Facts) -> Values {
    let mut all = Values::new();
    let season = facts.season();
    let base = format!("/seasons/{}", season.id);
    for figure in &facts.report.figures {
        let shown = match figure.unit {
            Unit::Visits => figure.printed().attendances(w),
            _ => ui::format::count(figure.value),
        };
        all.insert(figure.key.to_owned(), Said { value: figure.value, shown, href: figure.page(season) });
    }
    let mut put = |name: &str, value: u64, shown: String, href: String| {
        all.entry(name.to_owned()).or_insert(Said { value, shown, href });
    };
    put("season", 1, season.name.clone(), String::new());
    put("place", 1, facts.report.scope.place.clone(), String::new());
    let locale = w.locale();
    let comma = w.t("showcase-and");
    let mut fields: Vec<&str> = Vec::new();
    for row in &facts.done {
        let name = name_of(&facts.template.fields, &row.field, locale);
        if !name.is_empty() && !fields.contains(&name) {
            fields.push(name);
        }
    }
    let of = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    put("field_names", of(fields.len()), fields.join(comma), format!("{base}/figures/fields"));
    let given = |key: &str| facts.done.iter().any(|row| row.awards.iter().any(|award| award == key));
    let awards: Vec<&str> =
        (facts.template.awards.iter()).filter(|term| given(&term.key)).map(|term| term.name.of(locale)).collect();
    put("award_names", of(awards.len()), awards.join(comma), format!("{base}/awards"));
    if let Some(money) = &facts.money {
        let sums = [
            ("granted", money.granted),
            ("paid", money.paid),
            ("spent", money.spent),
            ("public_money", money.given.public),
            ("other_money", money.given.other()),
        ];
        for (name, sum) in sums {
            let value = u64::try_from(sum.0).unwrap_or(0);
            put(name, value, shown::amount(w, season, sum.0), format!("{base}/money"));
        }
    }
    all
}
