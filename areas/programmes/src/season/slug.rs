//! A season's short name: where and in which year it began, such as `beiyuan-2024`.

use db::{DbError, Tx};
use kernel::Day;
use places::{Level, names};
use rights::Permit;

use super::{SeasonId, store};

/// Seasons of one place and year that are told apart by a number; a further one is named by its id.
const MOST: u32 = 50;

/// Gives a new season its slug: the place in Latin letters and the year, with a number where that is taken.
pub(super) fn give(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (level, place): (Level, &str),
    first: &Day,
) -> Result<String, DbError> {
    let base = base(level, place, first);
    for number in 1..=MOST {
        let slug = if number == 1 { base.clone() } else { format!("{base}-{number}") };
        if store::insert_slug(tx, permit, season, &slug)? {
            return Ok(slug);
        }
    }
    store::insert_slug(tx, permit, season, season.as_str())?;
    Ok(season.to_string())
}

fn base(level: Level, place: &str, first: &Day) -> String {
    // 潍坊新村街道 is 潍坊 to everybody who lives there
    let short = place.strip_suffix("新村街道").filter(|short| level == Level::Subdistrict && !short.is_empty());
    let mut word = names::latin(level, short.unwrap_or(place));
    word.truncate(40);
    let year = first.parts().0;
    if word.is_empty() { format!("season-{year}") } else { format!("{word}-{year}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_tells_where_and_when() {
        let day = Day::parse("2024-05-20").unwrap();
        for (level, place, slug) in [
            (Level::Subdistrict, "北苑街道", "beiyuan-2024"),
            (Level::Subdistrict, "潍坊新村街道", "weifang-2024"),
            (Level::Subdistrict, "新村街道", "xincun-2024"),
            (Level::Community, "潍坊新村街道", "weifangxincun-2024"),
            (Level::Community, "中山街社区居委会", "zhongshanjie-2024"),
            (Level::Subdistrict, "街道", "jiedao-2024"),
            (Level::Community, "⌂", "season-2024"),
        ] {
            assert_eq!(base(level, place, &day), slug, "{place}");
        }
    }
}
