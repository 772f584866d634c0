//! The figures of the demonstration in the manner of the self-governance fund of 2024, counted from its records.

use std::sync::Arc;

use db::Fault;
use programmes::{Stage, group, midterm, running, season, training};
use reports::figure;
use work::files::FolderStore;

#[test]
fn fifty_five_projects_in_six_groups_are_trained_and_assessed() {
    testkit::story::each_engine(|db| {
        let folder = std::env::temp_dir().join(format!("linli-weifang-{}", std::process::id()));
        linli::demo::load(db, Arc::new(FolderStore::new(folder.clone()))).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        db.read_wait(|s| {
            let season = season::queries::by_slug(s, "weifang-2024")?;
            assert!(season.name.starts_with("2024 年自治金项目"), "{}", season.name);
            assert_eq!((season.stage, season.n_projects), (Stage::Midterm, 55));
            // what the article of 2024-11-20 tells
            let report = figure::report(s, season.clone())?;
            for (key, value) in [
                ("projects", 55),
                ("projects_demonstration", 8),
                ("projects_brand", 21),
                ("projects_seedling", 26),
                ("groups", 6),
                ("group_leaders", 6),
                ("trainings", 1),
                ("midterm_reviews", 1),
            ] {
                assert_eq!(figure::one(&report, key)?.value, value, "{key}");
            }
            let runs = running::queries::runs(s, &season.id, 0)?;
            assert_eq!(runs.len(), 55);
            assert!(runs.iter().all(|run| run.midterm == midterm::State::Passed && run.matter.is_some()));
            assert_eq!(group::queries::leaders(s, &season.id)?.len(), 6);
            let held = training::queries::held(s, &season)?;
            assert_eq!(held.iter().map(|one| one.title.as_str()).collect::<Vec<_>>(), ["向前一步：高质量社区协作治理"]);
            assert!(training::queries::said(s, &held[0].id)?.is_some());
            // results are posted, and no project of a real community is told to have failed
            assert!(!midterm::queries::waits(s, &season.id)?);
            Ok::<_, Fault>(())
        })
        .unwrap();
    });
}
