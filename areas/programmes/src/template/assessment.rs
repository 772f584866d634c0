//! How projects are assessed halfway.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Criterion, Names};

/// How projects are assessed halfway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Assessment {
    /// What is scored, at most 20; the weights add up to 100.
    pub criteria: Vec<Criterion>,
    /// Score sheets a project needs at least, 1 to 20.
    pub sheets: u32,
    /// Points of 100 that a project needs.
    pub pass: u32,
}

// the four dimensions and the pass mark are those of Suzhou's mid-term assessments of public-benefit projects; the
// weights and the number of sheets are this project's own
static USUAL: LazyLock<Assessment> = LazyLock::new(|| Assessment {
    criteria: vec![
        criterion(
            "doing",
            30,
            ["项目实施", "項目實施", "Doing", "사업 실행"],
            [
                "按计划做了没有，居民参加得怎么样。",
                "按計劃做了沒有，居民參加得怎麼樣。",
                "Whether it goes as planned, and how residents take part.",
                "계획대로 하고 있는지, 주민이 어떻게 참여하는지.",
            ],
        ),
        criterion(
            "means",
            20,
            ["人力物资投入", "人力物資投入", "People and means", "인력과 물자"],
            [
                "人手和物资到位没有，用得是不是合适。",
                "人手和物資到位沒有，用得是不是合適。",
                "Whether people and things are there and well used.",
                "사람과 물자가 갖춰지고 알맞게 쓰이는지.",
            ],
        ),
        criterion(
            "money",
            20,
            ["财务管理", "財務管理", "Money", "재무 관리"],
            [
                "钱按预算花了没有，票据齐不齐。",
                "錢按預算花了沒有，票據齊不齊。",
                "Whether money is spent by the budget, with receipts.",
                "예산대로 쓰고 영수증이 갖춰져 있는지.",
            ],
        ),
        criterion(
            "effect",
            30,
            ["项目成效", "項目成效", "Effect", "성과"],
            [
                "居民得到了什么，有没有看得见的变化。",
                "居民得到了什麼，有沒有看得見的變化。",
                "What residents have from it, and what has visibly changed.",
                "주민이 무엇을 얻었고 눈에 띄는 변화가 있는지.",
            ],
        ),
    ],
    sheets: 2,
    pass: 60,
});

fn criterion(key: &str, weight: u32, name: [&str; 4], hint: [&str; 4]) -> Criterion {
    let names = |[zh_hans, zh_hant, en, ko]: [&str; 4]| Names {
        zh_hans: zh_hans.into(),
        zh_hant: zh_hant.into(),
        en: en.into(),
        ko: ko.into(),
    };
    Criterion { key: key.into(), name: names(name), hint: names(hint), weight, most: 100 }
}

impl Assessment {
    /// Four dimensions, 100 points, passed from 60 on.
    pub fn usual() -> &'static Assessment {
        &USUAL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_weights_add_up() {
        let usual = Assessment::usual();
        assert_eq!(usual.criteria.iter().map(|c| c.weight).sum::<u32>(), 100);
        assert_eq!((usual.criteria.len(), usual.pass), (4, 60));
    }
}
