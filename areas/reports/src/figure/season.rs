//! What each figure of a season counts. Pure: records in, figures out.

use super::{
    Count, Figure, Record, Unit,
    facts::{Facts, Supported, Visited},
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
    told.push(Figure::counted(("projects", Unit::Projects, Count::Each), projects(&all, &none)));
    for (tier, key) in TIERS.iter().filter(|(tier, _)| facts.tiers.iter().any(|has| has == tier)) {
        let records = projects(&|project| project.tier == *tier, &none);
        told.push(Figure::counted((key, Unit::Projects, Count::Each), records));
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
    }
}

fn on_list(facts: &Facts, project: &Supported, part: String) -> Record {
    Record {
        id: format!("{}/{}", facts.season, project.number),
        part,
        title: project.name.clone(),
        day: None,
        page: format!("/seasons/{}/projects/{}", facts.season, project.number),
    }
}

#[cfg(test)]
mod tests {
    use kernel::Day;

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
