//! What cannot be undone is asked once more, on a page that needs no script.

use super::*;

#[test]
fn who_takes_an_idea_back_is_asked_once_more() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let me = town.person(&town.flat, "某", "");
        let site = Site::new(&town, me.clone());
        let mine = town.posted(&known(&me, Vec::new()), "长椅").id;
        let page = format!("/seasons/{}/ideas/{mine}", town.season);
        let asked = format!("{page}/withdraw");
        assert!(site.get(&page, 7).text().contains(&format!("href=\"{asked}\"")));
        let told = site.get(&asked, 7);
        assert!(told.status == 200 && told.text().contains("长椅") && told.text().contains("别人就看不到了"));
        assert_eq!(town.shown(&mine).state, State::Shown, "to look changes nothing");
        assert_eq!((site.get(&asked, 1).status, site.get(&asked, 0).status), (403, 303));
        assert_eq!(site.post((&asked, &asked), 7, &[], &[]).location(), page);
        assert_eq!(town.shown(&mine).state, State::Withdrawn);
        assert_eq!(site.get(&asked, 7).location(), page, "nothing is left to ask");
    });
}
