//! A form that keeps photos can always be sent.

use super::*;

#[test]
fn a_form_whose_photos_are_gone_or_used_lets_them_go_and_can_be_sent() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let resident = town.person(&town.flat, "某", "");
        let site = Site::new(&town, resident);
        let list = format!("/seasons/{}/ideas", town.season);
        let typed = |once, title| [("title", title), ("body", "树下放一条。"), ("field", "elders"), ("once", once)];
        let send = |typed: &[(&str, &str)], kept: &str| {
            let all: Vec<(&str, &str)> = typed.iter().copied().chain([("files", kept)]).collect();
            site.post((&list, &list), 7, &all, &[])
        };
        // a photo that came with a form which was refused
        let again = site.post((&list, &list), 7, &typed("1", ""), &[&photo()]);
        let kept = hidden(&again.text(), "files").unwrap();
        assert_eq!(send(&typed("1", "长椅"), &kept).status, 303);
        for (gone, status) in [(kept.as_str(), 409), ("1-0123456789abcdefghjk", 404)] {
            let again = send(&typed("2", "扶手"), gone);
            assert_eq!(again.status, status);
            let page = again.text();
            assert!(page.contains("树下放一条。") && page.contains("请重新选"), "{page}");
            assert_eq!(hidden(&page, "files"), None, "what cannot be used is not sent again");
        }
        assert_eq!(send(&typed("2", "扶手"), "").status, 303);
    });
}
