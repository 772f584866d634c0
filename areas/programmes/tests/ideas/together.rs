//! What is merged and split shows only what everybody may read, also when two of the office work at the same time.

use testkit::story::meanwhile;

use super::*;

fn hidden_by(town: &Town<'_>, idea: &IdeaId) {
    let why = Why { reason: "写了别人的电话。".into() };
    town.on(&town.officer(), idea, move |tx, cx, on| hide::hide(tx, cx, on, &why)).unwrap();
}

fn merged(town: &Town<'_>, from: &IdeaId, into: &IdeaId) -> Result<Idea, Fault> {
    let input = MergeIdeas { ideas: vec![from.to_string()], into: into.to_string(), words: "同一件事。".into() };
    let season = town.season.clone();
    town.run(&town.officer(), move |tx, cx| merge::merge(tx, cx, &season, &input))
}

#[test]
fn a_page_does_not_name_parts_and_targets_that_are_not_for_its_reader() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let (aunt, resident) = (town.resident("刘阿姨"), town.person(&town.flat, "某", ""));
        let site = Site::new(&town, resident);
        let both = town.posted(&aunt, "两件事").id;
        let part = |title: &str| Part { title: title.into(), body: "详细。".into(), ..Part::default() };
        let two = SplitIdea { parts: vec![part("长椅"), part("张三的电话")], reason: "两件事。".into() };
        let parts = town.on(&town.officer(), &both, move |tx, cx, on| split::split(tx, cx, on, &two)).unwrap();
        hidden_by(&town, &parts[1].id);
        let page = |idea: &IdeaId, who: u8| site.get(&format!("/seasons/{}/ideas/{idea}", town.season), who).text();
        for who in [0, 7] {
            assert!(page(&both, who).contains("长椅") && !page(&both, who).contains("张三"), "{who}");
        }
        assert!(page(&both, 1).contains("张三的电话"), "the office still sees what it hid");

        let (seat, chair) = (town.posted(&aunt, "李四的门牌").id, town.posted(&aunt, "椅子").id);
        merged(&town, &chair, &seat).unwrap();
        assert!(page(&chair, 7).contains("李四的门牌"));
        hidden_by(&town, &seat);
        let told = page(&chair, 7);
        assert!(!told.contains("李四") && told.contains("合并到了另一个点子里"), "{told}");
        assert!(page(&chair, 1).contains("李四的门牌"));
    });
}

#[test]
fn the_form_of_a_proposal_does_not_tell_what_an_idea_said() {
    each_engine(|db| {
        let town = Town::new(db, "self-governance-fund");
        let me = town.person(&town.flat, "某", "");
        let site = Site::new(&town, me.clone());
        let field = |title: &str| PostIdea { field: "stairwells".into(), ..idea(title) };
        let other = town.post(&town.resident("刘阿姨"), field("张三的电话")).unwrap();
        let mine = town.post(&known(&me, Vec::new()), field("李四的门牌")).unwrap();
        town.go_on();
        let form = |idea: &IdeaId, who| site.get(&format!("/seasons/{}/proposals/new?idea={idea}", town.season), who);
        assert_eq!(form(&other.id, 7).status, 404);
        let own = form(&mine.id, 7);
        assert!(own.status == 409 && !own.text().contains("李四"), "{}", own.text());
        assert_eq!(hidden(&own.text(), "idea").as_deref(), Some(""), "the form goes on without it");
        town.on(&town.officer(), &mine.id, show_it::show).unwrap();
        let own = form(&mine.id, 7);
        assert!(own.status == 200 && own.text().contains("李四的门牌"));
    });
}

#[test]
fn nothing_is_merged_into_an_idea_that_went_away_meanwhile() {
    each_engine(|db| {
        let town = Town::new(db, "star-pick");
        let aunt = town.resident("刘阿姨");
        let (bench, chair) = (town.posted(&aunt, "长椅").id, town.posted(&aunt, "椅子").id);
        let (officer, season, target) = (town.officer(), town.season.clone(), bench.clone());
        let why = Why { reason: "写了别人的电话。".into() };
        let (gone, tried) = meanwhile(
            |open| {
                testkit::story::act(db, officer, move |tx, cx| {
                    let idea = hide::hide(tx, cx, (&season, &target), &why)?;
                    open.wait();
                    Ok(idea)
                })
            },
            || merged(&town, &chair, &bench),
        );
        assert_eq!((gone.unwrap().state, refused(tried).as_str()), (State::Hidden, "idea-wrong-state"));
        assert_eq!(town.shown(&chair).state, State::Shown, "it was not taken along");
    });
}
