//! The message files: complete, alike and without empty places in all four languages.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a broken message file should stop the test where it breaks")]

use std::collections::{BTreeMap, BTreeSet};

use ui::{Locale, Words, words};

/// Message key to (file, variables) for one language, read from the text itself.
fn messages(locale: Locale) -> BTreeMap<String, (String, BTreeSet<String>)> {
    let mut all = BTreeMap::new();
    for (_, file, text) in words::sources().iter().filter(|(folder, ..)| *folder == locale.tag()) {
        let mut key = None;
        for line in text.lines() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            if !line.starts_with([' ', '}']) {
                let name = line.split_once('=').unwrap_or_else(|| panic!("{file}: {line}")).0.trim().to_owned();
                let before = all.insert(name.clone(), ((*file).to_owned(), BTreeSet::new()));
                assert!(before.is_none(), "{}/{file}: {name} is written twice", locale.tag());
                key = Some(name);
            }
            let entry = all.get_mut(key.as_ref().unwrap()).unwrap();
            entry.1.extend(
                line.split('$').skip(1).map(|rest| {
                    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>()
                }),
            );
        }
    }
    all
}

#[test]
fn the_files_are_well_formed() {
    assert_eq!(words::faults(), Vec::<String>::new());
    assert!(messages(Locale::ZhHans).len() > 100);
}

#[test]
fn every_language_has_every_message_in_the_same_file_with_the_same_variables() {
    let first = messages(Locale::ZhHans);
    for locale in Locale::ALL {
        let other = messages(locale);
        for (key, entry) in &first {
            assert_eq!(other.get(key), Some(entry), "{}: {key}", locale.tag());
        }
        let extra: Vec<_> = other.keys().filter(|key| !first.contains_key(*key)).collect();
        assert!(extra.is_empty(), "{}: not in zh-Hans: {extra:?}", locale.tag());
    }
}

#[test]
fn no_message_is_empty_and_each_takes_its_arguments() {
    let before = words::misses();
    for locale in Locale::ALL {
        let w = Words::of(locale);
        for (key, (_, variables)) in messages(locale) {
            let text = if variables.is_empty() {
                w.t(&key).to_owned()
            } else {
                for n in [0_i64, 1, 2, 12_345] {
                    let args: Vec<_> = variables.iter().map(|name| (name.as_str(), n.into())).collect();
                    let said = w.t_with(&key, &args);
                    assert!(!said.contains(['{', '}', '⟦', '\u{2068}']), "{}: {key}: {said}", locale.tag());
                }
                let args: Vec<_> = variables.iter().map(|name| (name.as_str(), "x".into())).collect();
                w.t_with(&key, &args)
            };
            assert!(!text.trim().is_empty(), "{}: {key} is empty", locale.tag());
            assert!(!text.contains(['<', '⟦']), "{}: {key}: {text}", locale.tag());
        }
    }
    assert_eq!(words::misses(), before, "a message was looked for in vain");
}

#[test]
fn scripts_do_not_mix() {
    // Characters that exist in one script only; a slip of the pen shows here.
    let simplified = "们这来对说时会个为么没见员议评标题选区楼门问题请输发现费应关认证该类种财产经济总权书务团预间帐号码电话变样写读订单实际亲邻里华东从业专与习乡买卖产亿仅价众优传伤体";
    let traditional = "們這來對說時會個為麼沒見員議評標題選區樓門問請輸發現費應關認證該類種財產經濟總權書務團預間帳號碼電話變樣寫讀訂單實際親鄰華東從業專與習鄉買賣億僅價眾優傳傷體";
    let only_simplified: BTreeSet<char> = simplified.chars().filter(|c| !traditional.contains(*c)).collect();
    let only_traditional: BTreeSet<char> = traditional.chars().filter(|c| !simplified.contains(*c)).collect();
    for (folder, file, text) in words::sources() {
        let foreign = match *folder {
            "zh-Hans" => &only_traditional,
            "zh-Hant" => &only_simplified,
            _ => continue,
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            // 里 is also Traditional in 鄰里.
            let wrong: String = line.chars().filter(|c| foreign.contains(c) && *c != '里').collect();
            assert!(wrong.is_empty(), "{folder}/{file}: {wrong} in {line}");
        }
    }
    let hangul = |c: char| ('\u{ac00}'..='\u{d7a3}').contains(&c);
    for (folder, file, text) in words::sources().iter().filter(|(folder, ..)| *folder == "ko") {
        for line in text.lines().filter(|line| line.contains(" = ") && !line.contains("-mark = ")) {
            let value = line.split_once(" = ").unwrap().1;
            let bare = value.chars().all(|c| !c.is_alphabetic());
            assert!(bare || value.chars().any(hangul) || value.is_ascii(), "{folder}/{file}: {line}");
        }
    }
}

#[test]
fn numbers_are_grouped_and_exact_and_plurals_follow_the_language() {
    let en = Words::of(Locale::En);
    assert_eq!(en.n("count-people", 1), "1 person");
    assert_eq!(en.n("count-people", 1_204), "1,204 people");
    let zh = Words::of(Locale::ZhHans);
    assert_eq!(zh.n("count-people", 1_204), "1,204 人");
    assert_eq!(zh.n("count-people", i64::MAX), "9,223,372,036,854,775,807 人");
    assert_eq!(zh.n("count-people", -7_i64), "−7 人");
}

#[test]
fn codes_become_keys() {
    assert_eq!(words::key_of("rule", "mes_add1u:cost:cost"), "rule-mes-add1u-cost-cost");
    for code in ["greedy:cost", "mes:cost", "mes_add1u:cost:cost"] {
        assert!(Words::of(Locale::En).has(&words::key_of("rule", code)), "{code}");
    }
}
