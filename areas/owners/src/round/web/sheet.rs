//! The verdict sheet: the outcome on both bases, by building and floor, and by door without names; to be printed.

use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use consent::{Channel, Report, Sheet, rules::Rule};
use db::Fault;
use kernel::{Kind, Refusal};
use serde::Deserialize;
use ui::{
    Civil, Markup, Words, format, html,
    parts::{
        Column, Head, Table, Tone, Verdict as Shown, Weight, day, fold, head, link_button, notice, pairs, print_button,
        proof, section, table, verdict,
    },
};
use web::{PathId, Problem, Rim, Visit};

use super::{
    super::{
        Compared, Outcome, RoundId, State as Standing, Terms,
        count::{self, Facts as Counted, channel_word},
    },
    One, doors, rule,
    steps::committee_facts,
};
use crate::{
    ballot::{self, import::Official},
    page::{self, area},
    register,
};

struct Facts {
    one: One,
    counted: Counted,
    report: Report,
    sheet: Sheet,
    /// Counted again, it is what was recorded.
    same: bool,
    terms: Terms,
    /// Official results that were taken in.
    official: Vec<Official>,
    /// How it was counted.
    rule: Option<Rule>,
    /// What the rules of today would say, where they are others.
    today: Option<(Report, Option<Rule>)>,
}

async fn facts(rim: &Rim, visit: &Visit, id: &RoundId) -> Result<Facts, Problem> {
    let (id, actor, today) = (id.clone(), visit.actor.clone(), rim.context_of(visit).day);
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        if !one.inside && one.round.state < Standing::Posted {
            return Err(Refusal::new(Kind::NotFound, "round-not-counted").into());
        }
        let (counted, report, same) = count::recount(s, &id)?;
        let official = ballot::queries::official(s, &id)?;
        Ok::<_, Fault>((one, official, (counted, report, same)))
    });
    let (one, official, (counted, report, same)) = read.await?;
    let terms = one.round.terms(&today).map_err(Fault::from)?;
    let rule = one.round.rule(&today).map_err(Fault::from)?;
    let on = today.as_str().parse().map_err(|e| Fault::from(db::DbError::Data(format!("rounds: {e}"))))?;
    let work = tokio::task::spawn_blocking(move || {
        let sheet = consent::sheet(&counted.roll, &counted.ballots, &counted.rules, &counted.question);
        let question = consent::Question { on, ..counted.question.clone() };
        let today = consent::count(&counted.roll, &counted.ballots, &counted.rules, &question).ok();
        (counted, sheet, today)
    });
    let (counted, sheet, today) = work.await.map_err(|e| db::DbError::Data(format!("counting: {e}")))?;
    let sheet = sheet.map_err(|e| db::DbError::Data(format!("rounds: {e}")))?;
    let today = today.filter(|today| today.rule != report.rule).map(|today| {
        let rule = counted.rules.on(today.on).and_then(|period| period.rule(today.item)).cloned();
        (today, rule)
    });
    Ok(Facts { one, counted, report, sheet, same, terms, official, rule, today })
}

/// Which building's doors; those of all with `all=1`, to be printed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    building: String,
    all: String,
}

/// `GET /rounds/{round}/sheet`: six statements. Doors are listed building by building.
pub(super) async fn show(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let f = facts(&rim, &visit, &id).await?;
    let (w, one) = (visit.words, &f.one);
    let csv = link_button(Weight::Plain, &format!("{}/sheet.csv", one.here()), w.t("sheet-csv"));
    let whole = link_button(Weight::Plain, &format!("{}/sheet?all=1", one.here()), w.t("sheet-print-all"));
    let (kept, all) = (one.round.outcome.as_ref(), which.all == "1");
    let body = html! {
        (one.way(w, w.t("round-sheet")))
        (head(&Head {
            kicker: &[html! { (one.place.shown) }, html! { (w.t(&format!("consent-item-{}", one.round.item.name()))) }],
            title: &one.round.title,
            lead: &one.round.question,
            acts: &if all { vec![print_button(w), csv] } else { vec![whole, csv] },
        }))
        @if !f.same { (notice(w, Tone::NeedsYou, "", &html! { p { (w.t("sheet-differs")) } })) }
        div.stack {
            @if let Some(kept) = kept { (outcome(w, one, kept)) }
            @if let Some(rule) = &f.rule { (section(w.t("round-rule"), &rule::told(w, rule))) }
            @if let Some((today, rule)) = &f.today { (by_today(w, today, rule.as_ref())) }
            @let heard = one.round.committee.told.is_some() || one.round.committee.came.is_some();
            @if f.terms.hears.is_some() && heard {
                (section(w.t("committee-title"), &pairs(&committee_facts(w, (&one.round, &f.terms), one.inside))))
            }
            (section(w.t("sheet-bases"), &bases(w, &f.report)))
            (section(w.t("sheet-by-building"), &groups(w, &f.report, false)))
            (section(w.t("sheet-by-floor"), &groups(w, &f.report, true)))
            (section(w.t("sheet-ballots"), &html! {
                (ways(w, &f.report))
                @for one in &f.official { p { (told_official(w, one)) } }
            }))
            @if all { (section(w.t("sheet-doors"), &doors::of_all(w, &f.sheet))) }
            @else { (section(w.t("sheet-doors"), &doors::of_one(w, one, &f.sheet, &which.building))) }
            (fold(w.t("sheet-proof"), &again(w, &f)))
        }
    };
    Ok(page::page(&visit, w.t("round-sheet"), &body, None))
}

/// The verdict with its gates.
pub(super) fn outcome(w: Words, one: &One, kept: &Outcome) -> Markup {
    let inputs: Vec<(&str, Markup)> =
        (kept.gates.iter()).map(|gate| (w.t(&format!("sheet-gate-{}", gate.gate)), told_gate(w, gate, kept))).collect();
    let rule_page =
        one.round.verdict.as_ref().map_or_else(|| "/verdicts?kind=consent".to_owned(), |id| format!("/verdicts/{id}"));
    let because = w.t_with(
        &format!("verdict-explained-consent-{}", kept.reason),
        &[
            ("area", area(kept.area.all).as_str().into()),
            ("area-took-part", area(kept.area.took_part).as_str().into()),
            ("area-agree", area(kept.area.agree).as_str().into()),
            ("heads", kept.heads.all.into()),
            ("heads-took-part", kept.heads.took_part.into()),
            ("heads-agree", kept.heads.agree.into()),
        ],
    );
    let on = kernel::Day::parse(&kept.on);
    html! {
        (verdict(w, &Shown {
            outcome: w.t(if kept.passed { "round-passed" } else { "round-failed" }),
            tone: if kept.passed { Tone::Ok } else { Tone::Plain },
            because: &because,
            rule: (&kept.source, &rule_page),
            inputs: &inputs,
            digest: &kept.inputs,
            compute: &rule_page,
        }))
        @if let Some(on) = &on { p.soft { (w.t("sheet-law-day")) " " (day(w, on)) } }
    }
}

fn told_gate(w: Words, gate: &Compared, kept: &Outcome) -> Markup {
    let is_area = gate.gate.ends_with("area");
    let show = |n: u64| if is_area { format!("{} m²", area(n)) } else { format::count(n) };
    let key = match (gate.gate.starts_with("approval"), kept.of.as_str()) {
        (true, "participants") => "sheet-of-participants",
        _ => "sheet-of-all",
    };
    let needs = needs(w, &gate.needs);
    let (part, whole, share, missing) =
        (show(gate.part), show(gate.of), format::percent(gate.part, gate.of), show(gate.missing));
    let args = [
        ("part", part.as_str().into()),
        ("whole", whole.as_str().into()),
        ("share", share.as_str().into()),
        ("needs", needs.as_str().into()),
        ("missing", missing.as_str().into()),
    ];
    html! {
        (w.t_with(key, &args)) " "
        @if gate.met { (ui::parts::tag(Tone::Ok, w.t("sheet-met"))) }
        @else { (ui::parts::tag(Tone::Due, w.t("sheet-not-met"))) " " (w.t_with("sheet-missing", &args)) }
    }
}

/// A threshold as people say it: 以上 includes the number, 过 does not.
fn needs(w: Words, threshold: &str) -> String {
    let (key, fraction) = match threshold.strip_prefix(">=") {
        Some(rest) => ("sheet-at-least", rest.trim()),
        None => ("sheet-more-than", threshold.trim_start_matches('>').trim()),
    };
    w.t_with(key, &[("fraction", fraction.into())])
}

/// What today's rules would say about the same ballots.
fn by_today(w: Words, today: &Report, rule: Option<&Rule>) -> Markup {
    let passed = w.t(if today.passed { "round-passed" } else { "round-failed" });
    let (area_all, area_took) = (area(today.sums.area.all), area(today.sums.area.took_part));
    let area_agree = area(today.sums.area.agree);
    let args = [
        ("passed", passed.into()),
        ("source", today.source.as_str().into()),
        ("area", area_all.as_str().into()),
        ("area-took-part", area_took.as_str().into()),
        ("area-agree", area_agree.as_str().into()),
        ("heads", today.sums.heads.all.into()),
        ("heads-took-part", today.sums.heads.took_part.into()),
        ("heads-agree", today.sums.heads.agree.into()),
    ];
    notice(
        w,
        Tone::Plain,
        w.t("sheet-today"),
        &html! {
            @if let Some(rule) = rule { (rule::told(w, rule)) }
            p { (w.t_with("sheet-today-says", &args)) }
        },
    )
}

/// Shares of all and of participants, by area and by heads: every denominator is printed.
fn bases(w: Words, report: &Report) -> Markup {
    let columns = [
        Column::text(w.t("sheet-what")),
        Column::number(w.t("sheet-area")),
        Column::number(w.t("sheet-heads")),
        Column::number(w.t("sheet-units")),
    ];
    let (units, size, heads) = (&report.sums.units, &report.sums.area, &report.sums.heads);
    let row = |key, a: u64, h: u64, u: u64| {
        vec![html! { (w.t(key)) }, html! { (area(a)) }, html! { (format::count(h)) }, html! { (format::count(u)) }]
    };
    let share = |key, part: [u64; 3], of: [u64; 3]| {
        let cell = |at: usize| html! { (format::percent(part[at], of[at])) };
        vec![html! { (w.t(key)) }, cell(0), cell(1), cell(2)]
    };
    let all = [size.all, heads.all, units.all];
    let took = [size.took_part, heads.took_part, units.took_part];
    let agree = [size.agree, heads.agree, units.agree];
    let rows = vec![
        row("sheet-all", size.all, heads.all, units.all),
        row("sheet-took-part", size.took_part, heads.took_part, units.took_part),
        share("sheet-participation", took, all),
        row("sheet-agree", size.agree, heads.agree, units.agree),
        share("sheet-agree-of-all", agree, all),
        share("sheet-agree-of-participants", agree, took),
        row("sheet-disagree", size.disagree, heads.disagree, units.disagree),
        row("sheet-abstain", size.abstain, heads.abstain, units.abstain),
        row("sheet-invalid", size.invalid, heads.invalid, units.invalid),
        row("sheet-mixed", 0, heads.mixed, 0),
    ];
    html! {
        (table(w, &Table { id: "bases", caption: w.t("sheet-bases"), columns: &columns, rows: &rows }))
        p.soft { (w.t("sheet-heads-note")) }
    }
}

fn groups(w: Words, report: &Report, floors: bool) -> Markup {
    let mut columns = vec![Column::text(w.t("register-building"))];
    if floors {
        columns.push(Column::text(w.t("register-floor")));
    }
    columns.extend([
        Column::number(w.t("sheet-area-took-part")),
        Column::number(w.t("sheet-area-agree")),
        Column::number(w.t("sheet-heads-took-part")),
        Column::number(w.t("sheet-heads-agree")),
    ]);
    let list = if floors { &report.floors } else { &report.buildings };
    let rows: Vec<Vec<Markup>> = (list.iter().take(1_000))
        .map(|group| {
            let sums = &group.sums;
            let mut row = vec![html! { (group.building) }];
            if floors {
                row.push(html! { (group.floor.as_deref().unwrap_or_default()) });
            }
            row.extend([
                html! { (area(sums.area.took_part)) " / " (area(sums.area.all)) },
                html! { (area(sums.area.agree)) },
                html! { (sums.heads.took_part) " / " (sums.heads.all) },
                html! { (sums.heads.agree) },
            ]);
            row
        })
        .collect();
    let (id, caption) =
        if floors { ("floors", w.t("sheet-by-floor")) } else { ("buildings", w.t("sheet-by-building")) };
    table(w, &Table { id, caption, columns: &columns, rows: &rows })
}

fn ways(w: Words, report: &Report) -> Markup {
    let columns = [Column::text(w.t("sheet-channel")), Column::number(w.t("sheet-ballots-n"))];
    let of = &report.ballots;
    let n = |channel| match channel {
        Channel::Online => of.online,
        Channel::Paper => of.paper,
        Channel::Proxy => of.proxy,
        Channel::Import => of.import,
    };
    let rows: Vec<Vec<Markup>> = (Channel::ALL.iter())
        .map(|channel| {
            let word = w.t(&format!("ballot-channel-{}", channel_word(*channel)));
            vec![html! { (word) }, html! { (n(*channel)) }]
        })
        .collect();
    table(w, &Table { id: "ways", caption: w.t("sheet-ballots"), columns: &columns, rows: &rows })
}

/// Who published a result that was taken in, when, and where it is to be read.
fn told_official(w: Words, one: &Official) -> Markup {
    let (published, taken) = [&one.published, &one.day].map(|day| Civil::from(day).long(w.locale())).into();
    let args = [
        ("source", one.source.as_str().into()),
        ("published", published.as_str().into()),
        ("taken", taken.as_str().into()),
        ("n", (i64::from(one.n_new) + i64::from(one.n_replaced)).into()),
    ];
    let is_address = ["https://", "http://"].iter().any(|scheme| one.document.starts_with(scheme));
    html! {
        (w.t_with("result-told", &args)) " "
        @if is_address { a href=(one.document) rel="nofollow noopener" { (one.document) } }
        @else { (one.document) }
    }
}

fn again(w: Words, f: &Facts) -> Markup {
    let (here, digest) = (f.one.here(), f.one.round.outcome.as_ref().map_or("", |kept| kept.inputs.as_str()));
    html! {
        p { (w.t("sheet-proof-note")) }
        (proof(w, w.t("verdict-digest"), digest))
        @if f.one.inside {
            ul.links {
                li { a href={ (here) "/inputs/roll.csv" } { (w.t("sheet-roll-file")) } }
                li { a href={ (here) "/inputs/ballots.csv" } { (w.t("sheet-ballots-file")) } }
            }
            (ui::parts::code(&format!(
                "linli consent --roll roll.csv --ballots ballots.csv --rules {} --item {} --on {}",
                f.one.round.rules, f.counted.question.item, f.counted.question.on
            )))
        }
    }
}

/// `GET /rounds/{round}/sheet.csv`: a line a door, without names; UTF-8 with a mark that spreadsheets know.
pub(super) async fn csv(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
) -> Result<Response, Problem> {
    let f = facts(&rim, &visit, &id).await?;
    let w = visit.words;
    let heads = ["register-building", "register-floor", "register-unit", "register-area", "sheet-choice"];
    let mut rows = vec![heads.map(|key| w.t(key).to_owned()).to_vec()];
    for building in &f.sheet.buildings {
        for floor in &building.floors {
            rows.extend(floor.units.iter().map(|unit| {
                let choice = doors::told_choice(w, unit.choice).to_owned();
                vec![building.building.clone(), floor.floor.clone(), unit.unit.clone(), area(unit.area.0), choice]
            }));
        }
    }
    Ok(page::csv_file("sheet.csv", &rows))
}

/// `GET /rounds/{round}/inputs/{file}`: the roll with signs for the owners, or the ballots, byte by byte as they were
/// counted. For those who work there, supervisors and auditors: a sign tells which doors have the same owner.
pub(super) async fn inputs(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, file)): PathId<(RoundId, String)>,
) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        if !one.inside {
            let code = if actor == kernel::Actor::Visitor { "sign-in-first" } else { "not-allowed" };
            return Err(Refusal::new(Kind::Forbidden, code).into());
        }
        let (counted, ..) = count::recount(s, &id)?;
        match file.as_str() {
            "roll.csv" => Ok::<_, Fault>(register::text(counted.roll.units())),
            "ballots.csv" => Ok(counted.ballots_text()),
            _ => Err(Refusal::new(Kind::NotFound, "file-not-found").into()),
        }
    });
    let text = read.await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment"),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, text).into_response())
}
