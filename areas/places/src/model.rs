//! What a place is.

use std::str::FromStr;

use db::DbError;
use kernel::{Day, Home, PlaceId, Site};

use crate::Code;

/// A place of the tree, in its present version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its id, which it keeps for ever.
    pub id: PlaceId,
    /// Its shard, which it keeps for ever.
    pub home: Home,
    /// The place it lies in.
    pub parent: Option<PlaceId>,
    /// How high in the tree it is.
    pub level: Level,
    /// Its full, official name.
    pub name: String,
    /// Its name as people say it.
    pub shown: String,
    /// Its code, if it has one.
    pub code: Option<Code>,
    /// Ids joined with `/`, the root's first, its own last.
    pub path: String,
    /// Whether it is in force.
    pub state: State,
    /// 1, 2, 3, …
    pub version: u32,
    /// The first day of the place; `None` where it is not known.
    pub valid_from: Option<Day>,
    /// The first day on which it was no longer; `None` while it is.
    pub valid_until: Option<Day>,
}

impl Place {
    /// The place with all places above it.
    ///
    /// # Errors
    /// [`DbError::Data`] when the stored path is no path.
    pub fn site(&self) -> Result<Site, DbError> {
        site_of(self.home, &self.path)
    }

    /// The places above, nearest first.
    ///
    /// # Errors
    /// As [`Place::site`].
    pub fn above(&self) -> Result<Vec<PlaceId>, DbError> {
        Ok(self.site()?.above)
    }

    /// Whether this is `place` or lies below it.
    pub fn is_within(&self, place: &PlaceId) -> bool {
        self.path.split('/').any(|id| id == place.as_str())
    }
}

/// A place as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The place.
    pub place: Place,
    /// The names above it, nearest first, at most three.
    pub above: Vec<String>,
    /// Whether another place in force is shown by the same name.
    pub has_twin: bool,
    /// Whether another place in force is shown by the name of the place above.
    pub parent_has_twin: bool,
}

impl Listed {
    /// The name; where another place has the same one, with the place above in parentheses, and with the one above
    /// that where the first does not tell them apart either: 果园（北苑街道）, 红庙（八里庄街道，朝阳区）.
    pub fn label(&self) -> String {
        let shown = &self.place.shown;
        match (self.has_twin, &self.above[..]) {
            (true, [near, far, ..]) if self.parent_has_twin => format!("{shown}（{near}，{far}）"),
            (true, [near, ..]) => format!("{shown}（{near}）"),
            _ => shown.clone(),
        }
    }
}

/// A stored path as a site.
pub(crate) fn site_of(home: Home, path: &str) -> Result<Site, DbError> {
    let ids: Result<Vec<PlaceId>, _> = path.rsplit('/').map(str::parse).collect();
    let mut ids = ids.map_err(|e| DbError::Data(format!("path {path}: {e}")))?.into_iter();
    let place = ids.next().ok_or_else(|| DbError::Data("an empty path".into()))?;
    Ok(Site { home, place, above: ids.collect() })
}

/// Whether a place is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, utoipa::ToSchema)]
#[schema(as = PlaceState)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// In force.
    Open,
    /// A level that stands only in the codes, such as 市辖区 between a municipality and its districts: it keeps its
    /// code, lies in the tree as a leaf, and is shown nowhere.
    Filler,
    /// Ended by a split or a merger; what was recorded there stays there.
    Closed,
}

/// How high in the tree a place is. The order is from the top down.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// 省、直辖市、自治区
    Province,
    /// 市
    City,
    /// 区、县
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

/// Why a place has a new version, and how one place came from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, utoipa::ToSchema)]
#[schema(as = PlaceReason)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It was added by hand.
    Added,
    /// It came with a file of official codes, or such a file changed it.
    Imported,
    /// It got another name or code.
    Renamed,
    /// It lies in another place now.
    Moved,
    /// It was divided, or it came from a division.
    Split,
    /// It was joined with others, or it came from such a joining.
    Merged,
}

macro_rules! words {
    ($type:ident: $($variant:ident $word:literal),+ $(,)?) => {
        impl $type {
            /// All of them, in order.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The word in the database, the API and the message keys.
            pub fn as_str(self) -> &'static str {
                match self { $($type::$variant => $word),+ }
            }
        }

        impl FromStr for $type {
            type Err = ();
            fn from_str(word: &str) -> Result<Self, ()> {
                match word { $($word => Ok($type::$variant),)+ _ => Err(()) }
            }
        }
    };
}

words!(State: Open "open", Filler "filler", Closed "closed");
words!(Level: Province "province", City "city", District "district", Subdistrict "subdistrict", Community "community",
    Estate "estate", Building "building", Entrance "entrance", Flat "flat");
words!(Reason: Added "added", Imported "imported", Renamed "renamed", Moved "moved", Split "split", Merged "merged");

/// One version of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// 1, 2, 3, …
    pub number: u32,
    /// The first day; `None` where it is not known.
    pub from: Option<Day>,
    /// The first day on which it no longer held; `None` for the present version.
    pub until: Option<Day>,
    /// The full name.
    pub name: String,
    /// Where it lay.
    pub parent: Option<PlaceId>,
    /// Its code.
    pub code: Option<Code>,
    /// What began this version.
    pub reason: Reason,
}

/// That one place came from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The earlier place.
    pub predecessor: PlaceId,
    /// The later place.
    pub successor: PlaceId,
    /// Since when.
    pub day: Day,
    /// By what.
    pub kind: Reason,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_site_nearest_first() {
        let (a, b, c) = ("1-0123456789abcdefghjk", "1-0123456789abcdefghjm", "4-0123456789abcdefghjn");
        let site = site_of(Home(4), &format!("{a}/{b}/{c}")).unwrap();
        assert_eq!((site.home, site.place.as_str()), (Home(4), c));
        assert_eq!(site.above.iter().map(PlaceId::as_str).collect::<Vec<_>>(), [b, a]);
        assert!(site.is_within(&a.parse().unwrap()));
        assert_eq!(site_of(Home(1), a).unwrap().above, []);
        assert!(site_of(Home(1), "").is_err() && site_of(Home(1), "1-x").is_err());
    }

    #[test]
    fn words_go_there_and_back() {
        assert!(Level::ALL.iter().all(|level| level.as_str().parse() == Ok(*level)));
        assert!(State::ALL.iter().all(|state| state.as_str().parse() == Ok(*state)));
        assert!(Reason::ALL.iter().all(|reason| reason.as_str().parse() == Ok(*reason)));
        assert!(Level::ALL.is_sorted());
    }
}
