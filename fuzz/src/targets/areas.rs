//! Files and lists that people of the office bring along: rolls, registers, codes, calendars, templates, surveys.

use polls::{Choice, PollKind, Weighed};

use super::{parts, text};
use crate::Target;

pub const TARGETS: &[Target] = &[
    Target::new("residents", "rolls of residents (CSV): each row is taken or named with its line", residents)
        .memory(1 << 20, 1_024)
        .words(&[
            "姓名",
            "房号",
            "手机",
            "票权",
            "身份",
            "name,flat",
            "13900130001",
            "业主",
            ",",
            "\"",
            "\u{feff}",
            "\r\n",
        ]),
    Target::new("codes", "official codes and aliases (CSV)", codes).memory(1 << 20, 1_024).words(&[
        "code,level,name,parent",
        "code,name",
        "subdistrict",
        "街道",
        "110101001000",
        "L110101001001",
        ",",
        "\"",
        "\u{feff}",
    ]),
    Target::new("register", "registers and imported results of owners (CSV or XLSX)", register)
        .memory(32 << 20, 2_048)
        .words(&[
            "unit,building,floor,owner,area,status",
            "unit,choice,channel",
            "import",
            "agree",
            "PK\x03\x04",
            ",",
            "\"",
            "\u{feff}",
        ]),
    Target::new(
        "flats",
        "flats that bear a cost (CSV, tabulators, Chinese commas): within bounds, no flat twice",
        flats,
    )
    .words(&["flat,owner,area", "，", "\t", "\"", "1-1-101", "88.50", "０１", "\u{feff}", "\r"]),
    Target::new("calendar", "announced holidays (JSON)", calendar).memory(1 << 20, 512).words(&[
        "holidays",
        "workdays",
        "inLieuDays",
        "2026-01-01",
        "Spring Festival,春节,4",
        "{",
        "}",
        "[[[[[[",
        "\\ud800",
    ]),
    Target::new("template", "templates of seasons (TOML)", template)
        .longest(16 << 10)
        .slow(8)
        .memory(4 << 20, 1_024)
        .made(|| {
            vec![
                include_bytes!("../../../areas/programmes/templates/plain.toml").to_vec(),
                include_bytes!("../../../areas/programmes/templates/self-governance-fund.toml").to_vec(),
            ]
        })
        .words(&["[[", "]]", "= ", "\"\"\"", "[notice]", "kind = ", "-9223372036854775808", "1e999", "inf", "\\u"]),
    Target::new("survey", "questions as they are typed; written and read again", survey).words(&[
        "# ",
        "[单选] ",
        "[several 3] ",
        "[number 1 10] ",
        "【打分】",
        "- ",
        "? 1 = 2, 3",
        " *",
        "\n",
        "[text]",
    ]),
    Target::new(
        "ballots",
        "ballots as they are kept: of motions, rankings, dots, surveys, seasons, score sheets; both ways",
        ballots,
    )
    .words(&["agree", "3,1,2", "1:4,3:1", "2*", "*", "-", ",", "4294967295", "{\"salt\":\"\",\"answers\":{}}"]),
    Target::new("sign-up-list", "lists from a chat, and what was scanned", sign_up_list).memory(1 << 20, 512).words(&[
        "1. 张三 2人",
        "2、李四+1",
        "③王五一家三口",
        "4）赵六（2大1小）",
        "\n",
        "１",
        "十二",
        "人",
        "+",
        "13900130001",
        "code=",
    ]),
    Target::new(
        "lot-quotas",
        "quotas of a lot as they are typed or pasted from a file: within their bounds",
        lot_quotas,
    )
    .words(&[
        "category,feature,min,max\n",
        "类别,特征,最少,最多\n",
        "：",
        ":",
        ",",
        "，",
        "-",
        "|",
        "\"",
        "10000",
        "\n",
    ]),
    Target::new("showcase", "texts with names of figures: the pieces are the text", showcase).words(&[
        "{activities}",
        "{direct_visits}",
        "{",
        "}",
        "{}",
        "。",
    ]),
];

fn residents(input: &[u8]) {
    let Ok((rows, errors)) = people::resident::sheet::parse(input) else { return };
    assert!(rows.is_sorted_by(|a, b| a.line < b.line) && errors.is_sorted_by(|a, b| a.line < b.line));
    for row in &rows {
        assert!((1..=60).contains(&row.name.chars().count()) && (1..=40).contains(&row.flat.chars().count()));
        assert!(errors.iter().all(|error| error.line != row.line), "a row is taken and refused");
    }
}

fn codes(input: &[u8]) {
    if let Ok(sheet) = places::import::read(input) {
        assert!(sheet.rows.iter().all(|row| !row.name.trim().is_empty()));
    }
    let _ = places::import::aliases(input);
}

fn register(input: &[u8]) {
    if let Ok(looked) = owners::register::sheet::look(input.to_vec()) {
        // the text is sent again to confirm it, and must then be the same register
        let again = owners::register::sheet::look(looked.text.clone().into_bytes()).expect("it was read before");
        assert_eq!(
            (again.text, again.units.len(), again.faults.len()),
            (looked.text.clone(), looked.units.len(), looked.faults.len())
        );
        let _ = looked.roll();
    }
    let _ = owners::ballot::import::look(input);
}

fn flats(input: &[u8]) {
    let Ok(flats) = funds::works::share::parse(&text(input)) else { return };
    assert!(!flats.is_empty() && flats.iter().all(|flat| flat.2 > 0));
    let names: std::collections::BTreeSet<_> = flats.iter().map(|flat| &flat.0).collect();
    assert_eq!(names.len(), flats.len(), "a flat stands there twice");
}

fn calendar(input: &[u8]) {
    if let Ok(years) = work::calendar::parse(&text(input)) {
        assert!(years.is_sorted_by(|a, b| a.year < b.year));
        assert!(years.iter().all(|year| year.days.iter().all(|day| day.day.parts().0 == year.year)));
    }
}

fn template(input: &[u8]) {
    let _ = programmes::template::read(&text(input));
}

fn survey(input: &[u8]) {
    let Ok(questions) = polls::survey::read(&text(input)) else { return };
    let printed = polls::survey::print(&questions);
    let again = polls::survey::read(&printed);
    assert!(again.as_ref().is_ok_and(|again| *again == questions), "printed as {printed:?}, read as {again:?}");
}

const KINDS: [PollKind; 4] = [PollKind::Motion, PollKind::Ranked, PollKind::Dots, PollKind::Survey];

fn ballots(input: &[u8]) {
    let text = text(input);
    for kind in KINDS {
        if let Some(choice) = Choice::parse(kind, &text) {
            assert_eq!(Choice::parse(kind, &choice.print()), Some(choice));
        }
        if let Some(weighed) = Weighed::parse(kind, &text) {
            assert!(weighed.weight > 0);
            assert_eq!(Weighed::parse(kind, &weighed.print()), Some(weighed));
        }
    }
    if let Some(votes) = halls::conversation::Votes::parse(&text) {
        assert_eq!(
            (votes.print().as_str(), halls::conversation::Votes::parse(&votes.print())),
            (&*text, Some(votes.clone()))
        );
    }
    if let Some(choices) = decisions::parse_choices(&text) {
        assert_eq!(decisions::parse_choices(&decisions::print_choices(&choices)), Some(choices));
    }
    if let Some(scores) = decisions::review::parse_scores(&text) {
        assert_eq!(decisions::review::parse_scores(&decisions::review::print_scores(&scores)), Some(scores));
    }
}

fn sign_up_list(input: &[u8]) {
    let [list, scanned] = parts::<2>(input);
    let lines = activities::signup::rules::read(&text(list), 10);
    assert!(lines.is_sorted_by(|a, b| a.at < b.at));
    let mut names = std::collections::BTreeSet::new();
    for (name, heads) in lines.iter().filter_map(|line| line.read.as_ref().ok()) {
        assert!((1..=10).contains(heads) && !name.is_empty() && names.insert(name), "{name} {heads}");
    }
    let scanned = text(scanned);
    assert!(scanned.contains(activities::checkin::scan::code_of(&scanned)));
}

fn lot_quotas(input: &[u8]) {
    use halls::delegates::lot::quotas::{MAX_CATEGORIES, MAX_VALUES, read, text as written};
    if let Ok(found) = read(&text(input)) {
        assert!(found.categories().len() <= MAX_CATEGORIES && found.features().count() <= MAX_VALUES);
        let _ = read(&written(&found));
    }
}

fn showcase(input: &[u8]) {
    use reports::showcase::text::{Piece, check, pieces};
    let text = text(input);
    if let Ok(pieces) = pieces(&text) {
        let whole: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => (*words).to_owned(),
                Piece::Figure(name) => format!("{{{name}}}"),
            })
            .collect();
        assert_eq!(whole, text);
    }
    let _ = check(&text, |name| name == "activities");
}
