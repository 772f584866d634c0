//! The doors of a verdict sheet: those of a building, or all of them to be printed. Numbers and areas, and nobody's name.

use consent::{Sheet, SheetBuilding, SheetUnit};
use ui::{
    Markup, Words, html,
    parts::{Column, Table, table},
};

use super::{super::count::choice_word, One};
use crate::page::area;

/// Doors of a building that the page lists; the file has all of them.
const DOORS: usize = 300;
/// Doors that a print of all buildings lists.
const PRINTED: usize = 2_000;

/// Those of a building, the first one where none is chosen.
pub(super) fn of_one(w: Words, one: &One, sheet: &Sheet, chosen: &str) -> Markup {
    let columns =
        [Column::text(w.t("register-unit")), Column::number(w.t("register-area")), Column::text(w.t("sheet-choice"))];
    let here = sheet.buildings.iter().find(|building| building.building == chosen).or(sheet.buildings.first());
    let units = here.iter().flat_map(|building| &building.floors).flat_map(|floor| &floor.units).take(DOORS);
    let rows: Vec<Vec<Markup>> = units
        .map(|unit| vec![html! { (unit.unit) }, html! { (area(unit.area.0)) }, html! { (told_choice(w, unit.choice)) }])
        .collect();
    let name = here.map_or("", |building| building.building.as_str());
    html! {
        p.soft { (w.t("sheet-doors-note")) }
        ul.links { @for building in &sheet.buildings { li {
            @if building.building == name { strong { (building.building) } }
            @else { a href={ (one.here()) "/sheet?building=" (web::in_query(&building.building)) "#doors" } { (building.building) } }
        } } }
        (table(w, &Table { id: "doors", caption: name, columns: &columns, rows: &rows }))
    }
}

/// Those of all buildings, a line a floor, so that an estate fits on few pages.
pub(super) fn of_all(w: Words, sheet: &Sheet) -> Markup {
    let all: usize = sheet.buildings.iter().map(units_of).sum();
    let mut left = PRINTED;
    let mut rows: Vec<Vec<Markup>> = Vec::new();
    for building in &sheet.buildings {
        for floor in &building.floors {
            let units: Vec<String> = floor.units.iter().take(left).map(|unit| told(w, unit)).collect();
            left -= units.len();
            if !units.is_empty() {
                let told = units.join(w.t("list-comma"));
                rows.push(vec![html! { (building.building) }, html! { (floor.floor) }, html! { (told) }]);
            }
        }
    }
    let columns =
        [Column::text(w.t("register-building")), Column::text(w.t("register-floor")), Column::text(w.t("sheet-flats"))];
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    html! {
        p.soft { (w.t_with("sheet-all-note", &[("n", count(all).into())])) }
        @if all > PRINTED { p { (w.t_with("sheet-all-cut", &[("n", count(PRINTED).into())])) } }
        (table(w, &Table { id: "doors", caption: w.t("sheet-flats"), columns: &columns, rows: &rows }))
    }
}

fn units_of(building: &SheetBuilding) -> usize {
    building.floors.iter().map(|floor| floor.units.len()).sum()
}

/// A door as a line of a floor has it: number, area, choice.
fn told(w: Words, unit: &SheetUnit) -> String {
    format!("{}（{}）{}", unit.unit, area(unit.area.0), told_choice(w, unit.choice))
}

/// What a ballot says, or that there is none.
pub(super) fn told_choice(w: Words, choice: Option<consent::Choice>) -> &'static str {
    choice.map_or_else(|| w.t("sheet-no-ballot"), |choice| w.t(&format!("ballot-choice-{}", choice_word(choice))))
}
