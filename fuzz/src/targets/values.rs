//! Single values: money, ids, days, numbers that people read to each other. What is read and written is read again as the
//! same value.

use std::{fmt::Display, str::FromStr};

use kernel::{Day, Fen, Id, Instant, PlaceNoun, Role, Source, local_day};

use super::text;
use crate::Target;

pub const TARGETS: &[Target] = &[
    Target::new("money", "amounts: fen, scaled amounts of Pabulib, areas, fractions; written and read again", money)
        .words(&[
            "0.01",
            "26000.50",
            "999999999",
            "1000000000000000",
            ",",
            ".",
            "-",
            "/",
            ">= 2/3",
            "> 1/2",
            "㎡",
            "m2",
        ]),
    Target::new(
        "ids",
        "ids, roles, official codes, receipt numbers, keys of voters, holders, addresses; both ways",
        ids,
    )
    .words(&[
        "1-cr6p4d1t47h77pz9h15r",
        "1-000m80q5hs20zp4561p6bfqh",
        "110101001000",
        "L110101001001",
        "post:",
        "org:",
        "4294967295",
        "sqlite:",
        "postgres://",
        "officer",
        "desk",
        "-",
    ])
    .made(|| {
        [receipt(), "1-cr6p4d1t47h77pz9h15r".into(), "110101001000".into(), "7QK2-M9DX-4T".into()]
            .map(String::into_bytes)
            .to_vec()
    }),
    Target::new("days", "days, hours, rules of time, spans; both ways, and days about every instant", days).words(&[
        "2026-11-22",
        "workdays:5",
        "days-to-workday:30",
        "every-month",
        "on:2026-12-31",
        "times-a-year:12",
        "24:00",
        "09:30",
        "-9999-01-01",
        "9999-12-31",
        "3660",
    ]),
    Target::new(
        "contacts",
        "telephone numbers and addresses of e-mail; a contact's one spelling reads as itself",
        contacts,
    )
    .words(&["+86", "139 0013 0001", "(010)", "w@example.org", "@", "．", "＠", "１３９", "\u{3000}"]),
    Target::new("cells", "cells of a sheet: B5, $B$5, 'A b'!C3; both ways", cells).words(&[
        "XFD1048576",
        "A1",
        "!",
        "'",
        "''",
        "！",
        "$",
    ]),
];

/// What is read is written, and read again as the same.
fn both_ways<T: FromStr + Display + PartialEq>(text: &str) {
    if let Ok(value) = text.parse::<T>() {
        let written = value.to_string();
        assert!(
            written.parse::<T>().is_ok_and(|again| again == value),
            "{text:?} is written {written:?}, read as another"
        );
    }
}

fn money(input: &[u8]) {
    let text = text(input);
    if let Ok(fen) = Fen::parse(&text) {
        assert_eq!(Fen::parse(&fen.to_string()), Ok(fen));
    }
    if let Ok(scale) = tally::Scale::of(&text)
        && let Ok(amount) = scale.parse(&text)
    {
        assert_eq!(scale.parse(&scale.format(amount)).ok(), Some(amount));
        assert_eq!(scale.parse(&scale.shortest(amount)).ok(), Some(amount));
    }
    both_ways::<consent::Area>(&text);
    both_ways::<tally::Ratio>(&text);
    both_ways::<consent::rules::Threshold>(&text);
}

fn receipt() -> String {
    let entry = "1-cr6p4d1t47h77pz9h15r".parse().expect("an id");
    people::desk::ReceiptNumber::of(&entry, 0).to_string()
}

fn ids(input: &[u8]) {
    let text = text(input);
    if let Ok(id) = text.parse::<Id<PlaceNoun>>() {
        assert_eq!(id.to_string(), text);
        assert!(text.starts_with(&format!("{}-", id.home())));
    }
    if let Ok(role) = text.parse::<Role>() {
        assert_eq!(role.as_str(), text);
    }
    if let Ok(source) = text.parse::<Source>() {
        assert_eq!(source.as_str(), text);
    }
    both_ways::<places::Code>(&text);
    both_ways::<people::desk::ReceiptNumber>(&text);
    both_ways::<matters::duty::Holder>(&text);
    if let Some(key) = people::VoterKey::from_hex(&text) {
        assert_eq!(key.to_hex(), text.to_ascii_lowercase());
    }
    assert!(people::VoterKey::typed("1-cr6p4d1t47h77pz9h15r", &text).count() <= 2);
    if let Some(ticket) = people::account::Ticket::parse(&text) {
        assert_eq!(ticket.to_text(), text);
    }
    if let Some(challenge) = people::account::Challenge::parse(&text) {
        assert_eq!(challenge.to_text(), text);
    }
    if let Some(number) = programmes::award::certificate::read(&text) {
        let printed = programmes::award::certificate::printed(&number);
        assert_eq!(programmes::award::certificate::read(&printed), Some(number));
    }
    // an address is never shown with what may be a password
    if let Ok(address) = text.parse::<db::Address>() {
        let _ = address.to_string();
    }
}

fn days(input: &[u8]) {
    let text = text(input);
    if let Some(day) = Day::parse(&text) {
        assert_eq!((day.as_str(), Day::parse(day.as_str())), (&*text, Some(day.clone())));
        let _ = day.parts();
    }
    if let Some(day) = ui::Civil::parse(&text) {
        assert_eq!(ui::Civil::parse(&day.iso()), Some(day));
        assert_eq!(ui::Civil::of_number(day.number()), day);
        let _ = day.long(ui::Locale::ZhHans);
    }
    both_ways::<consent::Day>(&text);
    both_ways::<work::clock::Rule>(&text);
    both_ways::<work::clock::Span>(&text);
    if let Some(minutes) = activities::activity::rules::minutes(&text) {
        assert!((0..=1_440).contains(&minutes));
    }
    if let Some(bytes) = input.first_chunk::<8>() {
        let day = local_day(Instant(i64::from_le_bytes(*bytes)), 480);
        assert_eq!(Day::parse(day.as_str()), Some(day));
    }
}

fn contacts(input: &[u8]) {
    let text = text(input);
    if let Some(contact) = people::account::Contact::parse(&text) {
        let again = people::account::Contact::parse(contact.as_str());
        assert!(again.is_some_and(|again| again == contact), "{:?} reads as another", contact.as_str());
        assert!(contact.as_str().len() <= 254 && contact.masked() != contact.as_str());
    }
    for read in [work::messages::Contact::phone, work::messages::Contact::email] {
        if let Ok(contact) = read(&text) {
            let again = read(contact.reveal());
            assert!(again.is_ok_and(|again| again.reveal() == contact.reveal()));
        }
    }
}

fn cells(input: &[u8]) {
    use office::xlsx::{Address, cell, letters};
    let text = text(input);
    if let Some((column, row)) = cell(&text) {
        assert_eq!(cell(&format!("{}{row}", letters(column))), Some((column, row)));
    }
    if let Ok(at) = text.parse::<Address>() {
        assert!(at.sheet.chars().count() <= 31 && (1..=16_384).contains(&at.column));
        assert!(at.to_string().parse::<Address>().is_ok_and(|again| again == at), "{text:?} is written {at}");
    }
}
