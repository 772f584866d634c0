//! What a place is.

use std::str::FromStr;

use kernel::{Home, Id};

/// The noun of place ids.
pub enum PlaceNoun {}
/// The id of a place.
pub type PlaceId = Id<PlaceNoun>;

/// A place of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// Its shard.
    pub home: Home,
    /// The place it lies in.
    pub parent: Option<PlaceId>,
    /// How high in the tree it is.
    pub level: Level,
    /// Its name as people say it.
    pub name: String,
}

/// How high in the tree a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// 市
    City,
    /// 区
    District,
    /// 街道、镇、乡
    Subdistrict,
    /// 社区、居民区、村
    Community,
    /// 小区
    Estate,
    /// 楼
    Building,
    /// 单元、楼门
    Entrance,
    /// 户
    Flat,
}

const LEVELS: [(Level, &str); 8] = [
    (Level::City, "city"),
    (Level::District, "district"),
    (Level::Subdistrict, "subdistrict"),
    (Level::Community, "community"),
    (Level::Estate, "estate"),
    (Level::Building, "building"),
    (Level::Entrance, "entrance"),
    (Level::Flat, "flat"),
];

impl Level {
    /// The word in the database, the API and the message keys.
    pub fn as_str(self) -> &'static str {
        LEVELS.iter().find(|(level, _)| *level == self).map_or("city", |(_, word)| word)
    }
}

impl FromStr for Level {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        LEVELS.iter().find(|(_, w)| *w == word).map(|(level, _)| *level).ok_or(())
    }
}
