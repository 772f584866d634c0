//! Renders every component in its states, in four languages, into a folder: `cargo run -p ui --example gallery -- DIR`.
//! Serve the folder (`python3 -m http.server -d DIR`) and look at it at 360, 768 and 1280 px, light and dark.

use std::path::Path;
use std::{env, fs, io};

use ui::parts::{
    Bar, Card, CheckList, Choice, Column, Errors, Event, Field, Figure, Head, Input, Seal, Stage, Table, Tone, Weight,
    acts, bars, breadcrumb, budget, button, cards, checks, code, cols, empty, figures, form, head, link_button, notice,
    pager, pairs, problem, proof, seals, section, select, sheet, sheet_needs_you, steps, table, tag, text, textarea,
    thread,
};
use ui::{ASSETS, Civil, Locale, Markup, Money, Page, Theme, Words, format, html, main_nav, page};

const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

fn main() -> io::Result<()> {
    let Some(folder) = env::args().nth(1) else {
        return Err(io::Error::other("name the folder to write to"));
    };
    let folder = Path::new(&folder);
    for asset in ASSETS {
        let path = folder.join(asset.path.trim_start_matches('/'));
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, asset.bytes)?;
    }
    for locale in Locale::ALL {
        let w = Words::of(locale);
        let into = folder.join(locale.tag());
        fs::create_dir_all(&into)?;
        let pages = [
            ("home", "/", w.t("home-title"), home(w)),
            ("matter", "/matters/1", "matter", matter(w)),
            ("result", "/seasons/1", w.t("result-title"), result(w)),
            ("ideas", "/ideas", w.t("ideas-title"), ideas(w)),
            ("form", "/ideas/new", w.t("idea-form-title"), idea_form(w)),
            ("ledger", "/ledger", w.t("ledger-title"), ledger(w)),
            ("empty", "/seasons", w.t("seasons-title"), nothing(w)),
            ("problem", "/gone", w.t("problem-404-title"), problem(w, 404, None)),
        ];
        for (name, path, title, body) in pages {
            let nav = main_nav(w);
            let document = page(&Page {
                words: w,
                title,
                description: w.t("home-lead"),
                path,
                place: "安贞街道",
                source: "/source",
                demo: name != "empty",
                elder: name == "problem",
                theme: Theme::Auto,
                nonce: "",
                account: html! {},
                nav: &nav,
                body,
            });
            fs::write(into.join(format!("{name}.html")), document.into_string())?;
        }
    }
    Ok(())
}

fn long_name(w: Words) -> &'static str {
    match w.locale() {
        Locale::ZhHans => {
            "把安贞街道安外社区四区十四号楼东侧闲置多年的自行车棚改造成全天开放的邻里议事小屋和儿童图书角并加装坡道扶手与夜间照明灯"
        }
        Locale::ZhHant => {
            "把安貞街道安外社區四區十四號樓東側閒置多年的自行車棚改造成全天開放的鄰里議事小屋和兒童圖書角並加裝坡道扶手與夜間照明燈"
        }
        Locale::En => "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaften",
        Locale::Ko => {
            "안전하고따뜻한우리동네골목길조명과긴의자와어린이도서관을함께만드는주민참여사업을위한이웃모임공동작업공간조성과운영을위한아주아주긴이름의프로젝트제안서입니다"
        }
    }
}

fn day(w: Words, month: u8, day: u8) -> String {
    Civil::new(2026, month, day).short(w.locale())
}

fn home(w: Words) -> Markup {
    let until = day(w, 9, 30);
    let voting = w.t_with("season-voting-until", &[("date", (&until).into())]);
    html! {
        (head(&Head {
            title: w.t("home-title"),
            lead: w.t("home-lead"),
            acts: &[
                link_button(Weight::First, "/seasons/1", w.t("season-vote-now")),
                link_button(Weight::Plain, "/ideas/new", w.t("idea-new")),
            ],
            ..Head::default()
        }))
        (cols(
            &html! {
                (section(w.t("home-now"), &cards(&[
                    Card {
                        title: "星选计划 2026",
                        href: "/seasons/1",
                        tag: tag(Tone::Due, w.t("season-state-voting")),
                        meta: &[html! { (w.n("count-projects", 14)) }, html! { (Money::cny(30_000_000).short(w.locale())) }],
                        excerpt: &voting,
                    },
                ])))
                (section(w.t("home-ideas"), &idea_cards(w)))
            },
            &html! {
                (sheet("", &figures(&[
                    Figure { label: w.t("season-ideas"), value: "50", href: Some("/ideas"), ..Figure::default() },
                    Figure { label: w.t("season-projects"), value: "14", href: Some("/seasons/1"), ..Figure::default() },
                    Figure { label: w.t("season-voters"), value: "3,412", ..Figure::default() },
                    Figure { label: w.t("turnout-label"), value: &format::percent(3_412, 10_000), ..Figure::default() },
                ])))
                (sheet(w.t("ledger-what-title"), &html! {
                    p { (w.t("ledger-what")) }
                    p { a href="/ledger" { (w.t("footer-check")) } }
                }))
            },
        ))
    }
}

fn idea_cards(w: Words) -> Markup {
    let by = w.t_with("idea-by", &[("name", "刘阿姨".into())]);
    cards(&[
        Card {
            title: "在 14 号楼前装一排长椅",
            href: "/ideas/1",
            tag: tag(Tone::Ok, w.t("idea-state-adopted")),
            meta: &[html! { (by) }, html! { "安外社区" }, html! { (day(w, 7, 2)) }],
            excerpt: "老人买菜回来走到一半没地方歇脚，想在树下装三把带扶手的长椅。",
        },
        Card {
            title: long_name(w),
            href: "/ideas/2",
            tag: tag(Tone::Plain, w.t("idea-state-received")),
            meta: &[html! { (w.t("idea-by-resident")) }, html! { (day(w, 7, 1)) }],
            excerpt: "",
        },
    ])
}

fn matter(w: Words) -> Markup {
    let days: Vec<String> = [(7, 2), (7, 19), (8, 24), (9, 18), (9, 30)].iter().map(|(m, d)| day(w, *m, *d)).collect();
    let stages = [Stage::Past, Stage::Past, Stage::Past, Stage::Now, Stage::Next];
    let five: [Seal<'_>; 5] =
        std::array::from_fn(|at| Seal { stage: stages[at], note: if at == 3 { w.t("when-today") } else { &days[at] } });
    let knot = |at: usize, stage, title, words| Event {
        stage,
        when: &days[at],
        datetime: "2026-07-02",
        title,
        href: (at == 2).then_some("/x"),
        body: html! { p.soft { (words) } },
    };
    html! {
        (breadcrumb(w, &[("/", w.t("nav-home")), ("/seasons", w.t("nav-seasons"))], "星选计划 2026"))
        (head(&Head {
            kicker: &[html! { "110105008060-2021-0037" }, html! { (w.n("count-people", 23)) }, tag(Tone::Due, w.t("state-now"))],
            title: "四区14号楼的电动车往哪里停、到哪里充",
            ..Head::default()
        }))
        div.stack {
            (seals(w, &five))
            (cols(
                &html! {
                    (sheet_needs_you(w.t("notice-needs-you"), &html! {
                        p { "监督人 " strong { "刘阿姨（居民代表）" } "今天要到充电车棚看一次现场，写下三句话，拍一张照片。" }
                        (acts(&[link_button(Weight::First, "/x", "去看过了，我来写"), link_button(Weight::Plain, "/x", w.t("btn-details"))]))
                    }))
                    (section(w.t("thread-title"), &thread(w, &[
                        knot(4, Stage::Next, "居民评议", "由反映过的 23 位居民打分。"),
                        knot(3, Stage::Now, "第二次现场监督", "上次提出的“夜间照明不够”，物业答应装灯，请看是否装好。"),
                        knot(2, Stage::Past, "充电车棚启用，30 个车位", "街道“吹哨”，消防、城管、供电三家报到；费用 4.8 万元，票据 6 张可查。"),
                        knot(1, Stage::Past, long_name(w), "到会 26 人（应到 31 人，达到三分之二）。赞成 22，反对 3，弃权 1。"),
                        knot(0, Stage::Past, "23 位居民先后反映", "有人担心楼道起火，有人问“住十层，车去哪里充”。"),
                    ])))
                },
                &html! {
                    (sheet("", &figures(&[
                        Figure { label: "反映过的人", value: "23", unit: "人", href: Some("/x"), note: "" },
                        Figure { label: "议事", value: "3", unit: "次", href: None, note: "" },
                        Figure { label: "用时", value: "53", unit: "天", href: None, note: "" },
                        Figure { label: "楼道停车", value: "0", unit: "辆", href: None, note: "原 17" },
                    ])))
                    (sheet(w.t("budget-title"), &html! {
                        (budget(w, Money::cny(6_000_000), Money::cny(4_800_000)))
                        (budget(w, Money::cny(4_000_000), Money::cny(4_800_000)))
                        (budget(w, Money::cny(4_000_000), Money::cny(0)))
                    }))
                    (sheet(w.t("proof-title"), &html! { (proof(w, "", HASH)) p.small.soft { (w.t("proof-explain")) } }))
                },
            ))
        }
    }
}

fn result(w: Words) -> Markup {
    let l = w.locale();
    let money = |yuan: i64| Money::cny(yuan * 100).short(l);
    let measure = |votes: i64, yuan: i64| {
        w.t_with("result-votes-cost", &[("votes", votes.into()), ("cost", (&money(yuan)).into())])
    };
    let pair = |key, a: (&str, i64), b: (&str, i64), c: (&str, i64)| {
        let (x, y, z) = (money(a.1), money(b.1), money(c.1));
        w.t_with(key, &[(a.0, (&x).into()), (b.0, (&y).into()), (c.0, (&z).into())])
    };
    let left = |n: i64, yuan| w.t_with("result-step-left", &[("n", n.into()), ("left", (&money(yuan)).into())]);
    let spent = money(26_000);
    let short = html! {
        p { (pair("lost-supporters-short", ("had", 41_790), ("cost", 48_000), ("missing", 6_210))) " "
            (w.t_with("lost-spent", &[("amount", (&spent).into()), ("project", "楼道里的银龄画廊".into())])) }
        p { (w.t_with("whatif-both", &[("n", 122.into()), ("cost", (&money(41_800)).into())])) }
    };
    let bar = |name, votes: i64, yuan, won, why| (name, measure(votes, yuan), votes.unsigned_abs(), won, why);
    let rows = [
        bar("楼道里的银龄画廊", 1_204, 26_000, true, html! { (left(1, 274_000)) }),
        bar("七点半接送岗", 1_117, 19_000, true, html! { (left(2, 255_000)) }),
        bar("屋顶菜园", 938, 48_000, false, short),
        bar(
            long_name(w),
            77,
            61_234,
            false,
            html! {
                (pair("lost-does-not-fit", ("left", 55_000), ("cost", 61_234), ("missing", 6_234)))
            },
        ),
        bar("胡同口的旧钟", 0, 3_000, false, html! { (w.t("lost-no-supporters")) }),
    ];
    let list: Vec<Bar<'_>> = rows
        .iter()
        .map(|(name, measure, votes, won, why)| Bar {
            name,
            href: Some("/p"),
            measure,
            part: *votes,
            whole: 1_204,
            won: *won,
            why: why.clone(),
        })
        .collect();
    let turnout = w.t_with(
        "turnout-line",
        &[
            ("roll", 10_000.into()),
            ("voters", 3_412.into()),
            ("percent", format::percent(3_412, 10_000).as_str().into()),
        ],
    );
    let rule_key = ui::words::key_of("rule", "mes_add1u:cost:cost");
    html! {
        (breadcrumb(w, &[("/seasons", w.t("nav-seasons"))], "星选计划 2026"))
        (head(&Head {
            kicker: &[tag(Tone::Ok, w.t("season-state-published")), html! { (day(w, 9, 18)) }],
            title: w.t("result-title"),
            lead: &turnout,
            ..Head::default()
        }))
        (cols(&html! { (bars(w, &list)) }, &html! {
            (sheet(w.t("rule-title"), &html! { h3 { (w.t(&rule_key)) } p { (w.t(&format!("{rule_key}-plain"))) } }))
            (sheet(w.t("verdict-title"), &html! {
                p { (w.t("verdict-explain")) }
                (proof(w, w.t("verdict-inputs"), HASH))
                (acts(&[link_button(Weight::Plain, "/ledger", w.t("verdict-recount"))]))
            }))
        }))
        div.stack {
            (table(w, &Table {
                id: "projects",
                caption: w.t("season-projects"),
                columns: &[
                    Column::text(w.t("word-name")),
                    Column::number(w.t("project-votes")),
                    Column::number(w.t("project-cost")),
                    Column::text(w.t("project-place")),
                    Column::text(w.t("project-result")),
                ],
                rows: &rows
                    .iter()
                    .map(|(name, _, votes, won, _)| vec![
                        html! { a href="/p" { (name) } },
                        html! { (format::count(*votes)) },
                        html! { (Money::cny(2_600_000).exact(l)) },
                        html! { "安外社区" },
                        if *won { tag(Tone::Ok, w.t("project-chosen")) } else { tag(Tone::Plain, w.t("project-not-chosen")) },
                    ])
                    .collect::<Vec<_>>(),
            }))
            (pager(w, Some("/a"), Some("/b")))
        }
    }
}

fn ideas(w: Words) -> Markup {
    html! {
        (head(&Head {
            title: w.t("ideas-title"),
            lead: w.t("ideas-lead"),
            acts: &[link_button(Weight::First, "/ideas/new", w.t("idea-new"))],
            ..Head::default()
        }))
        div.stack {
            (notice(w, Tone::Ok, w.t("idea-thanks"), &html! {
                p { (w.t_with("idea-thanks-number", &[("number", "0037".into())])) }
            }))
            (notice(w, Tone::Due, "", &html! { p { (w.t("season-closed-note")) } }))
            (idea_cards(w))
            (pager(w, None, Some("/b")))
        }
    }
}

fn idea_form(w: Words) -> Markup {
    let list = [
        kernel::FieldError::new("title", "too-long").with_limit(60),
        kernel::FieldError::new("place", "required"),
        kernel::FieldError::new("projects", "too-many").with_limit(2),
    ];
    let errors = Errors::new(w, &list);
    let field = |name, label, hint, value, required| Field {
        name,
        label: w.t(label),
        hint: w.t(hint),
        value,
        error: errors.of(name),
        required,
    };
    let labels =
        [("title", w.t("idea-field-title")), ("place", w.t("idea-field-place")), ("projects", w.t("vote-title"))];
    let places =
        [Choice { value: "1", label: "安外社区", more: "" }, Choice { value: "2", label: long_name(w), more: "" }];
    let limit = w.t_with("vote-hint", &[("limit", 2.into())]);
    html! {
        (head(&Head { title: w.t("idea-form-title"), lead: w.t("idea-form-lead"), ..Head::default() }))
        (form("/ideas", &[("token", "x")], &html! {
            (errors.summary(&labels))
            (text(w, &field("title", "idea-field-title", "idea-field-title-hint", long_name(w), true), Input::Line, Some(60)))
            (textarea(w, &field("body", "idea-field-body", "idea-field-body-hint", "老人买菜回来没地方歇脚。", true), 5, None))
            (select(w, &field("place", "idea-field-place", "idea-field-place-hint", "", true), &places))
            (text(w, &field("name", "idea-field-name", "idea-field-name-hint", "", false), Input::Name, None))
            (checks(w, &CheckList {
                field: Field {
                    name: "projects",
                    label: w.t("vote-title"),
                    hint: &limit,
                    error: errors.of("projects"),
                    required: true,
                    ..Field::default()
                },
                choices: &[
                    Choice { value: "1", label: "楼道里的银龄画廊", more: &Money::cny(2_600_000).short(w.locale()) },
                    Choice { value: "2", label: long_name(w), more: &Money::cny(123_456).short(w.locale()) },
                    Choice { value: "3", label: "屋顶菜园", more: "" },
                ],
                chosen: &["1", "2"],
                one: false,
            }))
            p.small.soft { (w.t("idea-privacy")) }
            (acts(&[button(Weight::First, w.t("idea-send")), link_button(Weight::Plain, "/ideas", w.t("btn-cancel"))]))
        }))
    }
}

fn ledger(w: Words) -> Markup {
    html! {
        (head(&Head { title: w.t("ledger-title"), lead: w.t("ledger-lead"), ..Head::default() }))
        (cols(
            &html! {
                (section(w.t("ledger-verify-title"), &html! {
                    p { (w.t("ledger-verify-lead")) }
                    (steps(&[
                        html! { a href="/x" { (w.t("ledger-verify-step-download")) } },
                        html! { (w.t("ledger-verify-step-run")) (code("linli verify export-2026-09-18.zip")) },
                        html! { (w.t("ledger-verify-step-compare")) },
                        html! { (w.t("ledger-verify-step-witness")) },
                    ]))
                }))
                (table(w, &Table {
                    id: "entries",
                    caption: w.t("ledger-entries"),
                    columns: &[
                        Column::number(w.t("ledger-entry-number")),
                        Column::text(w.t("ledger-entry-kind")),
                        Column::text(w.t("ledger-entry-when")),
                    ],
                    rows: &[vec![html! { "3,412" }, html! { "programmes.idea.received" }, html! { (day(w, 9, 18)) }]],
                }))
            },
            &html! {
                (sheet(w.t("ledger-checkpoint"), &html! {
                    (pairs(&[
                        (w.t("ledger-size"), html! { span.num { "3,413" } }),
                        (w.t("ledger-origin"), html! { "linli.example/anzhen" }),
                        (w.t("ledger-key"), html! { "linli.example/anzhen+1b0f00a0+AZ3Jq0+VYQ8b" }),
                    ]))
                    (proof(w, w.t("ledger-root"), HASH))
                    p.small.soft { (w.t("ledger-checkpoint-explain")) }
                }))
                (sheet(w.t("ledger-what-title"), &html! { p { (w.t("ledger-what")) } p { (w.t("ledger-privacy")) } }))
            },
        ))
    }
}

fn nothing(w: Words) -> Markup {
    html! {
        (head(&Head { title: w.t("seasons-title"), lead: w.t("seasons-lead"), ..Head::default() }))
        (empty(w.t("seasons-none"), w.t("seasons-none-hint"), Some(("/ideas/new", w.t("idea-new")))))
    }
}
