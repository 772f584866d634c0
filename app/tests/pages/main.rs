//! Stories of the pages, in-process, on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

mod busy;
mod site;

use axum::http::{StatusCode, header};
use programmes::idea::post::{PostIdea, post};
use testkit::each_engine;
use ui::{Locale, Words};

use site::{Seasons, Site, form, key, seed};

/// Every page with the statements it may take. Entries and receipts read one tile for each 256 entries' level besides.
fn pages(s: &Seasons) -> Vec<(String, u64)> {
    let mut pages: Vec<(String, u64)> = [("/", 7), ("/seasons", 1), ("/seasons?before=1", 1), ("/source", 0)]
        .into_iter()
        .chain([("/ledger", 2), ("/ledger?before=3", 2), ("/ledger/find", 0), ("/nowhere", 0)])
        .chain([("/ledger/entries/0", 4), ("/ledger/entries/5", 4), ("/ledger/entries/99999", 2)])
        .chain([("/ledger/find?id=1-000000000000000000000000", 1), ("/ledger/find?id=nonsense", 0)])
        .map(|(path, n)| (path.to_owned(), n))
        .collect();
    for id in [&s.collecting, &s.voting, &s.published] {
        pages.push((format!("/seasons/{id}"), 6));
        pages.push((format!("/seasons/{id}?after=900"), 6));
        pages.push((format!("/seasons/{id}/ideas"), 3));
        pages.push((format!("/seasons/{id}/result"), 5));
        pages.push((format!("/seasons/{id}/vote"), 6));
        pages.push((format!("/seasons/{id}/result?after=2"), 5));
        pages.push((format!("/seasons/{id}/projects/2"), 4));
        pages.push((format!("/ledger?about={id}"), 2));
    }
    pages.push((format!("/seasons/{}/ideas/{}", s.collecting, s.idea), 2));
    pages
}

#[test]
fn every_page_speaks_four_languages_under_strict_headers_with_few_statements() {
    each_engine(|db| {
        let (site, seasons) = seed(db);
        let misses = ui::words::misses();
        for (path, most) in pages(&seasons) {
            for locale in Locale::ALL {
                let joined = if path.contains('?') { '&' } else { '?' };
                let answer = site.get(&format!("{path}{joined}lang={}", locale.tag()));
                let (body, what) = (&answer.body, format!("{path} in {}", locale.tag()));
                assert!(answer.statements <= most, "{what}: {} statements, {most} allowed", answer.statements);
                assert!(body.contains(&format!("<html lang=\"{}\"", locale.tag())), "{what}");
                assert!(
                    !body.contains('⟦') && !body.contains("{ $") && !body.contains("{$"),
                    "{what}: a word is missing"
                );
                assert_eq!(body.matches("<h1>").count(), 1, "{what}");
                assert!(!body.contains("style="), "{what}: against the policy");
                for script in body.split("<script").skip(1) {
                    let inside = script.split("</script").next().unwrap();
                    assert!(inside.contains(" nonce=\"") && inside.ends_with('>'), "{what}: a script of its own");
                }
                assert!(body.len() < 100_000, "{what}: {} bytes", body.len());
                let policy = answer.header("content-security-policy");
                assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{what}");
                assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
                assert_eq!(answer.header("referrer-policy"), "same-origin", "{what}");
                assert_eq!(answer.header("x-request-id").len(), 16, "{what}");
            }
        }
        assert_eq!(ui::words::misses(), misses);
    });
}

#[test]
fn the_first_page_begins_with_what_one_can_do() {
    each_engine(|db| {
        let (site, seasons) = seed(db);
        let w = Words::of(Locale::ZhHans);
        let home = site.get("/").body;
        let main = home.split_once("<main").unwrap().1;
        let (todo, now) = (main.find(w.t("home-do-title")).unwrap(), main.find(w.t("home-now")).unwrap());
        assert!(todo < now);
        assert!(main.contains(&format!("href=\"/seasons/{}/ideas#idea-form\"", seasons.collecting)));
        assert!(
            main.contains(w.t("home-results")) && main.contains(&format!("href=\"/seasons/{}\"", seasons.published))
        );
        assert!(main.contains("测试点子"), "the newest ideas are shown");
    });
}

#[test]
fn a_resident_posts_an_idea_and_sees_it_listed() {
    each_engine(|db| {
        let (site, seasons) = seed(db);
        let path = format!("/seasons/{}/ideas", seasons.collecting);
        let typed = form(&[
            ("title", "<script>alert(1)</script>"),
            ("body", "第一行\n<b>第二行</b>"),
            ("author", ""),
            ("once", "a1"),
        ]);
        let first = site.post(&path, &typed);
        assert_eq!(first.status, StatusCode::SEE_OTHER);
        let shown = site.get(first.header("location"));
        let w = Words::of(Locale::ZhHans);
        assert!(shown.body.contains(w.t("idea-thanks")));
        assert!(shown.body.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !shown.body.contains("<script>"));
        // the same form again leads to the same idea
        assert_eq!(site.post(&path, &typed).header("location"), first.header("location"));
        let list = site.get(&path).body;
        assert_eq!(list.matches("&lt;script&gt;").count(), 1, "posted once");
        assert!(!list.contains(w.t("idea-thanks")), "thanks only once");
        let id = first.header("location").split_once("posted=").unwrap().1;
        let page = site.get(&format!("{path}/{id}")).body;
        assert!(page.contains("<p>第一行</p><p>&lt;b&gt;第二行&lt;/b&gt;</p>"));
        // thanks are not said for an idea that is not there
        let made_up = site.get(&format!("{path}?posted={}", seasons.published)).body;
        assert!(!made_up.contains(w.t("idea-thanks")));
    });
}

#[test]
fn a_form_with_faults_keeps_what_was_typed_and_names_the_fields() {
    each_engine(|db| {
        let (site, seasons) = seed(db);
        let path = format!("/seasons/{}/ideas?lang=en", seasons.collecting);
        let before = site.get(&path).body.matches("<li><h3>").count();
        let answer = site.post(
            &path,
            &form(&[("title", " "), ("body", "\nkept \"words\""), ("author", "somebody else"), ("once", "t0k")]),
        );
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let w = Words::of(Locale::En);
        assert!(answer.body.contains("kept &quot;words&quot;"), "the text is kept");
        assert!(answer.body.contains("name=\"once\" value=\"t0k\""), "still the same sending");
        for (field, key) in [("title", "field-required"), ("author", "field-own-name-only")] {
            assert!(answer.body.contains(&format!("href=\"#f-{field}\"")), "{field} is named on top");
            assert!(answer.body.contains(w.t(key)), "{key}");
        }
        assert!(answer.body.contains("id=\"f-title-error\""), "the field says what is wrong");
        assert!(!answer.body.contains("id=\"f-body-error\""));
        assert_eq!(site.get(&path).body.matches("<li><h3>").count(), before, "nothing was posted");
    });
}

#[test]
fn a_season_that_takes_no_ideas_says_so_and_gives_the_words_back() {
    each_engine(|db| {
        let (site, seasons) = seed(db);
        let w = Words::of(Locale::ZhHans);
        let path = format!("/seasons/{}/ideas", seasons.voting);
        let page = site.get(&path);
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(w.t("idea-closed")) && !page.body.contains("<textarea"));
        let late = site.post(&path, &form(&[("title", "来晚了"), ("body", "写了很久"), ("author", ""), ("once", "x")]));
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("来晚了") && late.body.contains("写了很久"), "nobody's words are lost");
    });
}

#[test]
fn what_is_not_there_is_said_in_the_readers_language() {
    each_engine(|db| {
        let (site, seasons) = seed(db);
        let other = seasons.published.replace(&seasons.published[seasons.published.len() - 4..], "zzzz");
        for locale in Locale::ALL {
            let w = Words::of(locale);
            let says = |path: &str, words: &str| {
                let answer = site.get(&format!("{path}?lang={}", locale.tag()));
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
                assert!(answer.body.contains(words), "{path} in {} says {words}", locale.tag());
                assert!(answer.body.contains(answer.header("x-request-id")), "the number to ask with");
            };
            says(&format!("/seasons/{other}"), w.t("refusal-season-not-found"));
            says(&format!("/seasons/{other}/ideas"), w.t("refusal-season-not-found"));
            says(&format!("/seasons/{other}/result"), w.t("refusal-season-not-found"));
            says(&format!("/seasons/{}/projects/99", seasons.published), w.t("refusal-project-not-found"));
            says("/seasons/nonsense", w.t("problem-404-what"));
            says("/ledger/entries/x", w.t("problem-404-what"));
        }
        let pending = site.get(&format!("/seasons/{}/result", seasons.voting));
        let w = Words::of(Locale::ZhHans);
        assert_eq!(pending.status, StatusCode::NOT_FOUND);
        assert!(pending.body.contains(w.t("result-pending")), "the reason, not a general page");
        assert!(pending.body.contains(&format!("href=\"/seasons/{}\"", seasons.voting)), "the way back");
    });
}

#[test]
fn results_show_the_numbers_that_were_computed() {
    each_engine(|db| {
        let (site, seasons) = seed(db);
        let base = format!("/seasons/{}", seasons.published);
        // budget 100; 1: 60 with 4 of 6 ballots, 2: 50 with 3, 3: 30 with 1, 4: 120 with 2; roll of 8
        let result = site.get(&format!("{base}/result")).body;
        for part in
            ["4 个项目参加，2 个入选；总预算 100 元，用了 90 元。", "4 票 · 60 元", "75.0%", "已用 90 元，还剩 10 元"]
        {
            assert!(result.contains(part), "{part}");
        }
        let order: Vec<usize> =
            ["长椅", "路灯", "画廊", "舞台"].iter().map(|name| result.find(name).unwrap()).collect();
        assert!(order.is_sorted(), "winners by choice, then the others by support");
        let reason = "轮到它时只剩 40 元，项目要 50 元，还差 10 元。";
        assert!(result.contains(reason));
        let digest = site.verdict(&seasons.published);
        assert!(result.contains(&digest), "the digest of the inputs is shown whole");
        let lost = site.get(&format!("{base}/projects/2")).body;
        for part in [reason, "费用降到 40 元 以内，就会入选。", "50.0%", ">3<", "画廊"] {
            assert!(lost.replace("40 元以内", "40 元 以内").contains(part), "{part}");
        }
        let too_dear = site.get(&format!("{base}/projects/4")).body;
        assert!(too_dear.contains("单个项目就超过了总预算：项目要 120 元，总预算是 100 元。"));
        let won = site.get(&format!("{base}/projects/1")).body;
        assert!(won.contains("第 1 个入选；选定它以后，预算还剩 40 元。"));
        // before the verdict nothing of the votes is shown
        let open = site.get(&format!("/seasons/{}", seasons.voting)).body;
        let w = Words::of(Locale::ZhHans);
        assert!(!open.contains(w.t("season-ballots")) && !open.contains(w.t("turnout-label")));
        // the verdict's own entry
        let found = site.get(&format!("/ledger/find?about={}&kind=verdict.published", seasons.published));
        assert_eq!(found.status, StatusCode::SEE_OTHER);
        let entry = site.get(found.header("location")).body;
        assert!(entry.contains("公布结果：6 张选票，选出 2 个项目。") && entry.contains(&digest));
    });
}

#[test]
fn lists_go_on_page_by_page_without_gap_or_repeat() {
    each_engine(|db| {
        let (site, seasons) = seed(db);
        let path = format!("/seasons/{}/ideas", seasons.collecting);
        for n in 0..60 {
            let id = seasons.collecting.parse::<programmes::SeasonId>().unwrap();
            let input = PostIdea { title: format!("第{n:03}号"), body: "字".into(), ..PostIdea::default() };
            site.run(kernel::Actor::Operator, move |tx, cx| post(tx, cx, &id, &input));
        }
        let (mut next, mut seen, mut rounds) = (Some(path.clone()), Vec::new(), 0);
        while let Some(at) = next {
            let body = site.get(&at).body;
            let titles = body
                .split("<li><h3>")
                .skip(1)
                .map(|part| part.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned());
            seen.extend(titles);
            next = body.split_once("rel=\"next\"").map(|(before, _)| {
                before.rsplit_once("href=\"").unwrap().1.split('"').next().unwrap().replace("&amp;", "&")
            });
            rounds += 1;
            assert!(rounds < 5, "it does not end");
        }
        assert_eq!((seen.len(), rounds), (61, 2));
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 61, "no idea twice");
    });
}

#[test]
fn a_voter_finds_their_ballot_once_the_vote_is_closed_and_the_receipt_holds() {
    each_engine(|db| {
        let (site, seasons) = seed(db);
        let w = Words::of(Locale::ZhHans);
        let sealed = site.get(&format!("/ledger/find?id={}", seasons.sealed_ballot));
        assert_eq!(sealed.status, StatusCode::NOT_FOUND);
        assert!(sealed.body.contains(w.t("ledger-find-none")));
        let nonsense = site.get("/ledger/find?id=%3Cscript%3E");
        assert!(nonsense.body.contains(w.t("ledger-find-not-an-id")) && !nonsense.body.contains("<script>"));

        let found = site.get(&format!("/ledger/find?id=%20{}", seasons.ballot.to_uppercase()));
        assert_eq!(found.status, StatusCode::SEE_OTHER, "typed from paper, in capitals");
        let entry = found.header("location").to_owned();
        let page = site.get(&entry).body;
        assert!(page.contains(w.t("ledger-proof-holds")) && page.contains("一张选票，选了这些项目：1, 2。"));
        assert!(page.contains(w.t("ledger-no-day")), "a ballot carries no time");

        let key = site.get("/ledger/key");
        assert_eq!(key.header(header::CONTENT_TYPE.as_str()), "text/plain; charset=utf-8");
        let key = ledger::note::Verifier::parse(key.body.trim()).unwrap();
        let receipt = ledger::proof::Receipt::parse(&site.get(&format!("{entry}/proof")).body).unwrap();
        let leaf = site.leaf(&seasons.ballot);
        let checkpoint = receipt.verify(&leaf, &key).unwrap();
        assert!(receipt.verify(&leaf[1..], &key).is_err());
        assert_eq!(key.open_checkpoint(&site.get("/checkpoint").body).unwrap(), checkpoint);
        assert!(page.contains(&checkpoint.root.to_string()));
    });
}

#[test]
fn tiles_are_served_as_their_standard_says_and_never_beyond_the_log() {
    each_engine(|db| {
        let (site, _) = seed(db);
        let size = site.size();
        let hashes = site.get_bytes(&format!("/tile/0/000.p/{size}"));
        assert_eq!(hashes.0, StatusCode::OK);
        assert_eq!(hashes.1.len(), usize::try_from(size).unwrap() * 32);
        let bundle = site.get_bytes(&format!("/tile/entries/000.p/{size}"));
        let mut rest = &bundle.1[..];
        for leaf in hashes.1.chunks_exact(32) {
            let (length, after) = rest.split_at(2);
            let (entry, after) = after.split_at(usize::from(u16::from_be_bytes([length[0], length[1]])));
            assert_eq!(ledger::tree::leaf_hash(entry).as_bytes(), leaf);
            rest = after;
        }
        assert!(rest.is_empty());
        let more = format!("/tile/0/000.p/{}", size + 1);
        let far = "/tile/0/x999/x999/x999/x999/x999/999";
        for path in
            [more.as_str(), far, "/tile/0/000", "/tile/64/000", "/tile/0/0", "/tile/9/000.p/1", "/tile/", "/tile/x"]
        {
            assert_eq!(site.get(path).status, StatusCode::NOT_FOUND, "{path}");
        }
    });
}

#[test]
fn an_empty_installation_has_its_pages_too() {
    each_engine(|db| {
        let site = Site::new(db);
        let w = Words::of(Locale::ZhHans);
        assert!(site.get("/").body.contains(w.t("seasons-none")));
        assert!(site.get("/seasons").body.contains(w.t("seasons-none-hint")));
        assert!(site.get("/ledger").body.contains(w.t("ledger-empty")));
        for path in ["/checkpoint", "/ledger/key"] {
            let answer = site.get(path);
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
            assert!(answer.body.contains(w.t("refusal-log-not-begun")), "{path}");
        }
        assert_eq!(site.get("/ledger/entries/0").status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_form_without_this_browsers_token_is_not_taken_and_nothing_typed_is_lost() {
    each_engine(|db| {
        let (site, seasons) = seed(db);
        let path = format!("/seasons/{}/ideas", seasons.collecting);
        let typed = form(&[("title", "树下的椅子"), ("body", "给等车的老人"), ("author", ""), ("once", "c1")]);
        let w = Words::of(Locale::ZhHans);
        for token in ["", "&csrf=", "&csrf=00000000000000000000000000000000", "&csrf=中"] {
            let answer = site.post_raw(&path, &key(), &format!("{typed}{token}"));
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{token}");
            assert!(answer.body.contains(w.t("refusal-form-expired")));
            assert!(answer.body.contains("树下的椅子") && answer.body.contains("给等车的老人"));
        }
        assert!(!site.get(&path).body.contains("树下的椅子"), "nothing was posted");
        // the page that says so carries a token of this browser: one press sends it again
        let again = site.post_raw(&path, &key(), &typed).body;
        let token = again.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
        let sent = site.post_raw(&path, &key(), &format!("{typed}&csrf={token}"));
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        // another browser's token opens nothing
        let stolen =
            site.post_raw(&path, "linli-form=0123456789abcdef0123456789abcdef", &format!("{typed}&csrf={token}"));
        assert_eq!(stolen.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn who_has_not_signed_in_reads_how_to_and_posts_nothing() {
    each_engine(|db| {
        let (site, seasons) = seed(db);
        let path = format!("/seasons/{}/ideas", seasons.collecting);
        let w = Words::of(Locale::ZhHans);
        let page = site.get(&path);
        assert!(page.body.contains(w.t("idea-before")) && !page.body.contains("<textarea"));
        assert!(page.body.contains(&format!("href=\"/sign-in?next={path}\"")));
        assert_eq!(page.header("set-cookie"), "", "a page without a form leaves no cookie");
        let page = site.get_with(&path, &key());
        assert!(page.body.contains("<textarea") && page.body.contains("王五"));
        assert_eq!(page.header("cache-control"), "private, no-store");
        let unknown = site.get_with(&path, &key().replace("07", "08"));
        assert!(!unknown.body.contains("<textarea"), "an unknown session is nobody's");
    });
}

#[test]
fn only_the_pages_own_scripts_run_and_tls_is_insisted_on_where_there_is_tls() {
    each_engine(|db| {
        let site = Site::new(db);
        let nonce = |answer: &site::Answer| {
            let policy = answer.header("content-security-policy").to_owned();
            policy.split_once("script-src 'nonce-").unwrap().1.split('\'').next().unwrap().to_owned()
        };
        let (one, two) = (site.get("/"), site.get("/"));
        assert_eq!(nonce(&one).len(), 32);
        assert_ne!(nonce(&one), nonce(&two), "a nonce is used once");
        for script in one.body.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            assert!(tag.contains(&format!("nonce=\"{}\"", nonce(&one))) && tag.contains(" src=\"/assets/"), "{tag}");
        }
        assert_eq!(one.header("strict-transport-security"), "");
        let behind = Site::with(db, web::Settings { https: true, ..web::Settings::default() });
        assert!(behind.get("/").header("strict-transport-security").starts_with("max-age=63072000"));
        // behind TLS the session's cookie has the name that no other host can set
        assert_eq!(behind.get_with("/", &key()).header("cache-control"), "");
    });
}

#[test]
fn the_look_that_the_address_names_is_kept() {
    each_engine(|db| {
        let site = Site::new(db);
        let chosen = site.get("/?view=elder&theme=dark&lang=ko");
        assert!(chosen.body.contains("class=\"elder\"") && chosen.body.contains("data-theme=\"dark\""));
        let kept = site.get_with("/", "view=elder; theme=dark; lang=ko");
        assert!(kept.body.contains("class=\"elder\"") && kept.body.contains("data-theme=\"dark\""));
        assert!(kept.body.contains("<html lang=\"ko\""));
        let plain = site.get_with("/?view=plain&theme=auto", "view=elder; theme=dark");
        assert!(!plain.body.contains("class=\"elder\"") && !plain.body.contains("data-theme"));
        let nonsense = site.get_with("/?view=%00&theme=%3Cb%3E", "view=x; theme=y");
        assert!(!nonsense.body.contains("class=\"elder\"") && nonsense.header("set-cookie").is_empty());
    });
}
