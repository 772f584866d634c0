//! 演示数据: a season that stands after its assessment halfway, in the manner of the self-governance fund that 潍坊新村街道
//! in Shanghai held in 2024. The names of the subdistrict and its twenty-nine residents' committees are the official ones,
//! eleven names of projects are those of an article; everything else, all money too, is invented.

mod course;
mod load;

use std::collections::BTreeMap;

use serde::Deserialize;

pub(super) use load::load;

/// The district, so named that nobody takes the demonstration for the office's own record.
const DISTRICT: &str = "浦东新区（演示数据）";
/// The subdistrict, code 310115004.
const SUBDISTRICT: &str = "潍坊新村街道";
/// What all grants together may be, in yuan.
const BUDGET_YUAN: i64 = 1_000_000;
/// The key of the template.
const TEMPLATE: &str = "self-governance-fund";
/// The residents' committees as people say them, by the official list; that says 居委会 after each.
const COMMUNITIES: [&str; 29] = [
    "潍坊一村",
    "潍坊二村",
    "潍坊三村",
    "潍坊四村",
    "潍坊五村",
    "潍坊六七",
    "潍坊八村",
    "潍坊九村",
    "潍坊十村第一",
    "潍坊十村第二",
    "竹园",
    "源竹",
    "竹南",
    "福竹",
    "张杨",
    "朱家滩",
    "泉东第一",
    "王家宅",
    "崂山东路",
    "杨家渡",
    "张家浜",
    "谢家宅",
    "陈家宅",
    "东南",
    "泉东第二",
    "香榭丽",
    "世茂滨江第一",
    "滨江凯旋门",
    "东明新村",
];

/// A project.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProjectData {
    name: String,
    /// A key of the template's tiers.
    tier: String,
    /// A key of the template's groups.
    group: String,
    /// A key of the template's fields.
    field: String,
    community: String,
    need: String,
    does: String,
}

/// What a project of a tier plans: events, and yuan for an event, for its things, and for telling of it. Invented.
#[derive(Debug, Clone, Copy)]
struct Size {
    events: i64,
    event: i64,
    things: i64,
    telling: i64,
}

impl ProjectData {
    /// The `n`-th project's size, so that not all are alike.
    fn size(&self, n: usize) -> Size {
        let more = i64::try_from(n % 9).unwrap_or(0);
        match self.tier.as_str() {
            "demonstration" => Size { events: 12, event: 1_500 + 100 * more, things: 900, telling: 4_000 },
            "brand" => Size { events: 10, event: 900 + 50 * more, things: 500, telling: 2_000 },
            _ => Size { events: 6, event: 500 + 30 * more, things: 300, telling: 600 },
        }
    }
}

/// Reads the file that comes with the program.
///
/// # Errors
/// A sentence for developers: what is wrong with it.
fn data() -> Result<Vec<ProjectData>, String> {
    let mut read: BTreeMap<String, Vec<ProjectData>> =
        toml::from_str(include_str!("projects.toml")).map_err(|e| format!("projects.toml: {e}"))?;
    read.remove("projects").ok_or_else(|| "projects.toml holds no projects".to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use programmes::template::bundled;

    use super::*;

    #[test]
    fn fifty_five_projects_in_three_tiers_and_six_groups_each_with_its_own_name() {
        let projects = data().unwrap();
        let of = |tier: &str| projects.iter().filter(|p| p.tier == tier).count();
        assert_eq!((of("demonstration"), of("brand"), of("seedling"), projects.len()), (8, 21, 26, 55));
        let names: BTreeSet<&str> = projects.iter().map(|p| p.name.as_str()).collect();
        let needs: BTreeSet<&str> = projects.iter().map(|p| p.need.as_str()).collect();
        assert_eq!((names.len(), needs.len()), (55, 55));
        let places: BTreeSet<&str> = projects.iter().map(|p| p.community.as_str()).collect();
        assert_eq!(places, BTreeSet::from(COMMUNITIES));
        let template = bundled(TEMPLATE).unwrap();
        assert_eq!((template.groups.len(), template.review.is_some(), template.vote.is_none()), (6, true, true));
        for group in &template.groups {
            assert!(projects.iter().filter(|p| p.group == group.key).count() >= 2, "{}", group.key);
        }
        for project in &projects {
            assert!(template.fields.iter().any(|field| field.key == project.field), "{}", project.name);
        }
    }

    #[test]
    fn what_the_article_names_stands_where_the_article_says() {
        let projects = data().unwrap();
        let found = |name: &str| projects.iter().find(|p| p.name == name).unwrap();
        for (tier, names) in [
            ("demonstration", ["活力二村益路同行", "开心坊自治家园理事会", "618客堂间"]),
            ("brand", ["空中蔬菜乐园", "欢乐帮帮团", "相悦邻聚里"]),
            ("seedling", ["文明养宠和谐社区", "凯往家的列车", "福源连心桥"]),
        ] {
            assert!(names.iter().all(|name| found(name).tier == tier), "{tier}");
        }
        let knights = found("社区骑士计划");
        assert_eq!((knights.group.as_str(), knights.community.as_str()), ("newcomers", "泉东第二"));
        let yard = found("共融庭院，共享清风");
        assert_eq!((yard.group.as_str(), yard.community.as_str()), ("garden", "杨家渡"));
        assert!(projects.iter().any(|p| p.community == "潍坊八村" && p.group == "service"));
    }
}
