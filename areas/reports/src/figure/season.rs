//! What each figure of a season counts. Pure: records in, figures out.

use activities::figures::Held;
use kernel::Day;
use programmes::{Stage, award::Award, group::Member};

use super::{
    Count, Figure, Note, Record, Unit,
    facts::{Facts, Ran, Supported, Visited},
};

/// Keys of tiers (自治金) with those of their figures.
const TIERS: [(&str, &str); 3] =
    [("demonstration", "projects_demonstration"), ("brand", "projects_brand"), ("seedling", "projects_seedling")];

/// The figures that the season's programme knows, in the order in which they are told.
pub(super) fn figures(facts: &Facts) -> Vec<Figure> {
    let mut told = Vec::new();
    if let Some(visits) = &facts.visits {
        told.push(Figure::counted(
            ("communities_visited", Unit::Communities, Count::Parts),
            visits.iter().map(|visit| visited(facts, visit)).collect(),
        ));
    }
    if let Some(ideas) = &facts.ideas {
        let records = ideas.iter().map(|idea| Record {
            id: idea.id.to_string(),
            part: String::new(),
            title: idea.title.clone(),
            day: Some(idea.posted_day.clone()),
            page: format!("/seasons/{}/ideas/{}", facts.season, idea.id),
            note: Note::None,
        });
        told.push(Figure::counted(("ideas", Unit::Ideas, Count::Each), records.collect()));
    }
    let projects = |of: &dyn Fn(&Supported) -> bool, part: &dyn Fn(&Supported) -> String| -> Vec<Record> {
        (facts.supported.iter().filter(|project| of(project)))
            .map(|project| on_list(facts, project, part(project)))
            .collect()
    };
    let (all, none) = (|_: &Supported| true, |_: &Supported| String::new());
    told.push(Figure::counted(("supported_proposals", Unit::Projects, Count::Each), projects(&all, &none)));
    told.push(Figure::counted(
        ("fields", Unit::Fields, Count::Parts),
        projects(&|project| !project.field.is_empty(), &|project| project.field.clone()),
    ));
    told.extend(facts.ran.iter().flat_map(|ran| done(facts, ran)));
    told.push(Figure::counted(("projects", Unit::Projects, Count::Each), projects(&all, &none)));
    for (tier, key) in TIERS.iter().filter(|(tier, _)| facts.tiers.iter().any(|has| has == tier)) {
        let records = projects(&|project| project.tier == *tier, &none);
        told.push(Figure::counted((key, Unit::Projects, Count::Each), records));
    }
    told.extend(facts.ran.iter().flat_map(|ran| learnt(facts, ran)));
    told
}

/// What was done: activities, who came, whom it reached, awards, how long it took.
fn done(facts: &Facts, ran: &Ran) -> Vec<Figure> {
    let held = |part: &dyn Fn(&Held) -> Option<u64>, is_counted: bool| -> Vec<Record> {
        let each = |held: &Held| {
            let part = part(held)?;
            let basis = if is_counted { String::new() } else { held.basis.join("；") };
            Some(Record {
                id: held.id.to_string(),
                part: if part == 0 { String::new() } else { part.to_string() },
                title: held.title.clone(),
                day: Some(held.day.clone()),
                page: format!("/activities/{}", held.id),
                note: if basis.is_empty() { Note::None } else { Note::Basis(basis) },
            })
        };
        ran.held.iter().filter_map(each).collect()
    };
    let (direct, indirect) = (|held: &Held| held.direct_visits, |held: &Held| held.indirect_visits);
    let some = |n: u64| (n > 0).then_some(n);
    let mut told = vec![
        Figure::counted(("activities", Unit::Activities, Count::Each), held(&|_| Some(0), true)),
        Figure::counted(("direct_visits", Unit::Visits, Count::Sum), held(&|of| some(direct(of)), true)),
        Figure::counted(("indirect_visits", Unit::Visits, Count::Sum), held(&|of| some(indirect(of)), false))
            .estimated(),
    ];
    if let Some(awards) = &ran.awards {
        let records = awards.iter().map(|award| awarded(facts, award));
        told.push(Figure::counted(("awards", Unit::Awards, Count::Each), records.collect()));
    }
    told.extend(lasted(facts, ran));
    told
}

fn awarded(facts: &Facts, award: &Award) -> Record {
    let category = facts.categories.iter().find(|term| term.key == award.category);
    let page = match &award.certificate {
        Some(number) => format!("/certificates/{number}"),
        None => format!("/seasons/{}/awards", facts.season),
    };
    Record {
        id: format!("{}/{}/{}", facts.season, award.category, award.number),
        part: award.category.clone(),
        title: award.project.clone(),
        day: award.decided_day.clone(),
        page,
        note: category.map_or(Note::None, |term| Note::Named(term.name.clone())),
    }
}

/// How long the projects were done: from the day on which the season came into that stage to the day on which it came
/// out of the last one in which they are. Nothing while they still are.
fn lasted(facts: &Facts, ran: &Ran) -> Option<Figure> {
    let begun = ran.moves.iter().find(|(stage, _)| *stage == Stage::Running)?;
    let over = ran.moves.iter().find(|(stage, _)| *stage > Stage::Closing)?;
    let record = |(stage, day): &(Stage, Day)| Record {
        id: format!("{}/{}", facts.season, stage.as_str()),
        part: day.to_string(),
        title: String::new(),
        day: Some(day.clone()),
        page: format!("/ledger?about={}", facts.season),
        note: Note::Stage(*stage),
    };
    let records = vec![record(begun), record(over)];
    Some(Figure::counted(("implementation_months", Unit::Months, Count::Months), records))
}

/// What projects learnt from one another and from those who assessed them.
fn learnt(facts: &Facts, ran: &Ran) -> Vec<Figure> {
    let mut told = Vec::new();
    if let Some((members, leaders)) = &ran.groups {
        let record = |id: String, part: String, (title, team): (&str, &str)| Record {
            id,
            part,
            title: title.to_owned(),
            day: None,
            page: format!("/seasons/{}/groups/{team}", facts.season),
            note: facts
                .groups
                .iter()
                .find(|term| term.key == team)
                .map_or(Note::None, |term| Note::Named(term.name.clone())),
        };
        let of = |m: &Member| record(format!("{}/{}", facts.season, m.number), m.team.clone(), (&m.name, &m.team));
        let in_groups = members.iter().map(of).collect();
        told.push(Figure::counted(("groups", Unit::Groups, Count::Parts), in_groups));
        let name = |number: u32| members.iter().find(|m| m.number == number).map_or("", |m| m.name.as_str());
        let leading = leaders.iter().map(|leader| {
            let part = leader.number.to_string();
            record(format!("{}/{}", facts.season, leader.team), part, (name(leader.number), &leader.team))
        });
        told.push(Figure::counted(("group_leaders", Unit::Leaders, Count::Each), leading.collect()));
    }
    // a programme without groups may hold trainings all the same
    if ran.groups.is_some() || !ran.trainings.is_empty() {
        let records = ran.trainings.iter().map(|held| Record {
            id: held.id.to_string(),
            part: String::new(),
            title: held.title.clone(),
            day: Some(held.day.clone()),
            page: format!("/seasons/{}/trainings/{}", facts.season, held.id),
            note: Note::None,
        });
        told.push(Figure::counted(("trainings", Unit::Trainings, Count::Each), records.collect()));
    }
    if let Some(rounds) = &ran.midterms {
        let records = rounds.iter().map(|(number, round, name, day)| Record {
            id: format!("{}/{number}/{round}", facts.season),
            // the review is the season's: whatever its results, it is one
            part: facts.season.clone(),
            title: name.clone(),
            day: Some(day.clone()),
            page: format!("/seasons/{}/projects/{number}/running", facts.season),
            note: Note::Round(*round),
        });
        told.push(Figure::counted(("midterm_reviews", Unit::Reviews, Count::Parts), records.collect()));
    }
    told
}

fn visited(facts: &Facts, visit: &Visited) -> Record {
    Record {
        id: visit.id.clone(),
        part: visit.place.clone(),
        title: visit.name.clone(),
        day: Some(visit.day.clone()),
        page: format!("/seasons/{}/visits/{}", facts.season, visit.id),
        note: Note::None,
    }
}

fn on_list(facts: &Facts, project: &Supported, part: String) -> Record {
    Record {
        id: format!("{}/{}", facts.season, project.number),
        part,
        title: project.name.clone(),
        day: None,
        page: format!("/seasons/{}/projects/{}", facts.season, project.number),
        note: Note::None,
    }
}

#[cfg(test)]
mod tests {
    use programmes::group::{How, Leader};

    use super::*;

    fn visit(id: &str, place: &str) -> Visited {
        Visited { id: id.into(), place: place.into(), name: place.into(), day: Day::parse("2024-05-21").unwrap() }
    }

    fn project(number: u32, field: &str, tier: &str) -> Supported {
        Supported { number, name: format!("p{number}"), field: field.into(), tier: tier.into() }
    }

    fn values(facts: &Facts) -> Vec<(&'static str, u64)> {
        figures(facts).iter().map(|figure| (figure.key, figure.value)).collect()
    }

    #[test]
    fn a_community_that_was_visited_twice_counts_once() {
        let visits = Some(vec![visit("v3", "b"), visit("v1", "a"), visit("v2", "a")]);
        let facts = Facts { visits, ..Facts::default() };
        let counted = figures(&facts);
        assert_eq!((counted[0].key, counted[0].value, counted[0].records.len()), ("communities_visited", 2, 3));
        // sha256sum of "v1\ta\nv2\ta\nv3\tb\n"
        assert_eq!(counted[0].digest, "77d4a5726b66148ac8c0200b12c2235c8d7d1c56468fa2e5045833e434176326");
        assert!(counted[0].records.is_sorted_by_key(|record| record.id.clone()));
    }

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn held(id: &str, direct_visits: u64, indirect_visits: u64) -> Held {
        Held {
            id: format!("1-0123456789abcdefgh{id}").parse().unwrap(),
            title: "写春联".into(),
            day: day("2024-09-07"),
            direct_visits,
            indirect_visits,
            basis: if indirect_visits > 0 { vec!["数展板前的人".into()] } else { vec![] },
        }
    }

    #[test]
    fn attendances_are_added_up_and_estimates_stay_apart() {
        let ran = Ran { held: vec![held("12", 1_999, 0), held("11", 138, 4_268), held("13", 0, 9)], ..Ran::default() };
        let facts = Facts { ran: Some(ran), ..Facts::default() };
        let counted = figures(&facts);
        let one = |key| counted.iter().find(|figure| figure.key == key).unwrap();
        let told = |key| {
            let figure = one(key);
            (figure.value, figure.records.len(), figure.estimated, figure.printed().is_more())
        };
        assert_eq!(told("activities"), (3, 3, false, false));
        assert_eq!(told("direct_visits"), (2_137, 2, false, true));
        assert_eq!(told("indirect_visits"), (4_277, 2, true, true));
        assert!(counted.iter().all(|figure| figure.key != "implementation_months"), "it is not over");
        // printf '1-0123456789abcdefgh11\t138\n1-0123456789abcdefgh12\t1999\n' | sha256sum
        assert_eq!(one("direct_visits").digest, "f74796555c4a4852d080f8cf901c587e4d05a48a12b9d226171ca8f5b901555a");
        let basis = &one("indirect_visits").records[0].note;
        assert_eq!(*basis, Note::Basis("数展板前的人".into()));
    }

    #[test]
    fn months_are_whole_ones_between_two_days() {
        for (first, last, months) in [
            ("2024-09-02", "2024-12-02", 3),
            ("2024-09-02", "2024-12-01", 2),
            ("2024-08-31", "2024-11-30", 3),
            ("2024-08-31", "2024-11-29", 2),
            ("2024-01-31", "2024-02-29", 1),
            ("2023-12-15", "2024-12-15", 12),
            ("2024-09-02", "2024-09-02", 0),
        ] {
            let moves = vec![(Stage::Running, day(first)), (Stage::Midterm, day(first)), (Stage::Showcase, day(last))];
            let facts = Facts { ran: Some(Ran { moves, ..Ran::default() }), ..Facts::default() };
            let told = figures(&facts).into_iter().find(|figure| figure.key == "implementation_months").unwrap();
            assert_eq!((told.value, told.records.len()), (months, 2), "{first} {last}");
        }
    }

    #[test]
    fn a_season_has_one_review_whatever_its_rounds_and_a_leader_for_each_group() {
        let member =
            |number, team: &str| Member { number, team: team.into(), name: format!("p{number}"), tier: String::new() };
        let leader =
            |team: &str, number| Leader { team: team.into(), number, how: How::Elected, since: day("2024-09-07") };
        let ran = Ran {
            groups: Some((vec![member(1, "a"), member(2, "a"), member(3, "b")], vec![leader("a", 2)])),
            midterms: Some(vec![(1, 1, "p1".into(), day("2024-10-25")), (1, 2, "p1".into(), day("2024-11-12"))]),
            ..Ran::default()
        };
        let told = values(&Facts { season: "s".into(), ran: Some(ran), ..Facts::default() });
        let told: Vec<_> = told.into_iter().skip_while(|(key, _)| *key != "groups").collect();
        assert_eq!(told, [("groups", 2), ("group_leaders", 1), ("trainings", 0), ("midterm_reviews", 1)]);
    }

    #[test]
    fn a_programme_tells_what_it_knows() {
        let none = [("supported_proposals", 0), ("fields", 0), ("projects", 0)];
        assert_eq!(values(&Facts::default()), none, "neither visits nor ideas nor tiers");
        let supported = vec![project(2, "garden", "brand"), project(1, "garden", "seedling"), project(3, "", "brand")];
        let tiers = vec!["seedling".to_owned(), "brand".to_owned(), "of their own".to_owned()];
        let facts = Facts { visits: Some(vec![]), ideas: Some(vec![]), supported, tiers, ..Facts::default() };
        let told = [
            ("communities_visited", 0),
            ("ideas", 0),
            ("supported_proposals", 3),
            ("fields", 1),
            ("projects", 3),
            ("projects_brand", 2),
            ("projects_seedling", 1),
        ];
        assert_eq!(values(&facts), told);
    }
}
