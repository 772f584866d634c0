//! `linli consent`: whether owners have agreed together, from a roll and ballots, so that anybody can check it.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use consent::rules::{MAX_RULES_BYTES, Of};
use consent::{Area, Basis, Choice, Gate, GateCode, Question, Report, Rules, Sheet, Sums};
use serde::Serialize;
use ui::format::{count, percent};
use ui::words::key_of;
use ui::{Arg, Words};

use crate::cli;

/// A part of what was cast, on one of the bases.
type Part = fn(&Sums) -> u64;

/// Notes that are printed for people; all that the report has are in the JSON.
const NOTES_SHOWN: usize = 20;

/// Counts the files; on standard output the verdict only.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn run(options: &cli::Consent) -> Result<ExitCode, String> {
    let locale = super::locale(&options.lang)?;
    let rules = rules(&options.rules)?;
    let question = Question {
        item: options.item.parse().map_err(|e: consent::rules::UnknownItem| e.to_string())?,
        on: options.on.parse().map_err(|e: consent::NotADay| e.to_string())?,
        buildings: options.scope_building.clone(),
    };
    let at = |path: &Path, e: consent::ReadError| format!("{}: {e}", path.display());
    let roll = consent::read_roll(open(&options.roll)?).map_err(|e| at(&options.roll, e))?;
    let ballots = consent::read_ballots(open(&options.ballots)?).map_err(|e| at(&options.ballots, e))?;
    eprintln!("{} units, {} ballots", roll.units().len(), ballots.len());
    let mut report = consent::count(&roll, &ballots, &rules, &question).map_err(|e| e.to_string())?;
    let sheet = match options.sheet {
        true => Some(consent::sheet(&roll, &ballots, &rules, &question).map_err(|e| e.to_string())?),
        false => None,
    };
    let print = Print { w: Words::of(locale), report: &report };
    let reason = print.reason();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let written = if options.json {
        report.sentence = reason;
        super::print_json(&mut out, &Document { report: &report, sheet: sheet.as_ref() })
    } else {
        print.text(&mut out).and_then(|()| sheet.as_ref().map_or(Ok(()), |sheet| print.sheet(sheet, &mut out)))
    };
    super::written(written.and_then(|()| out.flush()))
}

/// The rules that come along under a name, or those of a file.
fn rules(name: &str) -> Result<Rules, String> {
    if let Some(rules) = Rules::builtin(name) {
        return Ok(rules);
    }
    let known = Rules::builtin_names().collect::<Vec<_>>().join(", ");
    let file = File::open(name).map_err(|e| format!("--rules {name} is none of {known}, and no file either: {e}"))?;
    let mut text = String::new();
    let most = u64::try_from(MAX_RULES_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    file.take(most).read_to_string(&mut text).map_err(|e| format!("cannot read {name}: {e}"))?;
    Rules::parse(&text).map_err(|e| format!("{name}: {e}"))
}

fn open(path: &Path) -> Result<File, String> {
    File::open(path).map_err(|e| format!("cannot read {}: {e}", path.display()))
}

/// The answer as JSON.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    report: &'a Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a Sheet>,
}

struct Print<'a> {
    w: Words,
    report: &'a Report,
}

impl Print<'_> {
    /// Why, with the figures of the first gate that is not met.
    fn reason(&self) -> String {
        let Some(gate) = self.report.gates.iter().find(|gate| !gate.met) else {
            let asked = self.report.gates.len() > 2;
            return self.w.t(if asked { "consent-reason-passed" } else { "consent-reason-passed-of-all" }).to_owned();
        };
        let key = format!("consent-reason-{}{}", gate.gate.short().name(), self.of_all(gate));
        let [part, of, missing] = [gate.share.part, gate.share.of, gate.missing].map(|n| number(n, gate.gate.basis()));
        self.say(&key, &[("part", &part), ("of", &of), ("missing", &missing)])
    }

    /// The end of a key where those who agree are a part of all owners.
    fn of_all(&self, gate: &Gate) -> &'static str {
        let approval = matches!(gate.gate, GateCode::ApprovalArea | GateCode::ApprovalHeads);
        if approval && self.report.approval_of == Of::All { "-of-all" } else { "" }
    }

    fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        let args: Vec<(&str, Arg<'_>)> = args.iter().map(|(name, text)| (*name, Arg::Text(text))).collect();
        self.w.t_with(key, &args)
    }

    fn text(&self, out: &mut impl Write) -> std::io::Result<()> {
        let (w, report) = (self.w, self.report);
        writeln!(out, "{}", w.t(if report.passed { "consent-passed" } else { "consent-failed" }))?;
        writeln!(out, "{}", self.reason())?;
        writeln!(out, "{}", self.say("consent-item", &[("item", w.t(&key_of("consent-item", report.item.name())))]))?;
        writeln!(out, "{}", self.say("consent-rule", &[("rule", &report.rule), ("on", &report.on.to_string())]))?;
        writeln!(out, "{}", self.say("consent-source", &[("source", &report.source)]))?;
        let sums = &report.sums;
        writeln!(out, "{}", self.basis("consent-asked", [sums.units.all, sums.area.all, sums.heads.all]))?;
        if let Some(buildings) = &report.scope {
            writeln!(out, "{}", self.say("consent-scope", &[("buildings", &buildings.join(", "))]))?;
        }
        writeln!(out, "\n{}", w.t("consent-gates"))?;
        for gate in &report.gates {
            self.gate(gate, out)?;
        }
        if report.gates.len() == 2 {
            writeln!(out, "  {}", w.t("consent-no-participation"))?;
        }
        self.cast(out)?;
        self.buildings(out)?;
        self.notes(out)
    }

    /// What was reached, and the two products that are compared.
    fn gate(&self, gate: &Gate, out: &mut impl Write) -> std::io::Result<()> {
        let basis = gate.gate.basis();
        let key = format!("consent-gate-{}{}", gate.gate.name(), self.of_all(gate));
        let (part, of) = (number(gate.share.part, basis), number(gate.share.of, basis));
        writeln!(out, "  {}", self.say(&key, &[("part", &part), ("of", &of)]))?;
        let strict = if gate.needs.is_strict() { "more" } else { "at-least" };
        let key = format!("consent-check-{strict}-{}", if gate.met { "met" } else { "short" });
        let (num, den) = gate.needs.fraction();
        let (left, right) = gate.needs.products(gate.share);
        let [left, right] = [left, right].map(|n| number(u64::try_from(n).unwrap_or(u64::MAX), basis));
        let (num, den) = (num.to_string(), den.to_string());
        let args = [("part", &part), ("of", &of), ("num", &num), ("den", &den), ("left", &left), ("right", &right)];
        writeln!(out, "    {}", self.say(&key, &args.map(|(name, text)| (name, text.as_str()))))
    }

    /// A sentence with units, area and heads.
    fn basis(&self, key: &str, [units, area, heads]: [u64; 3]) -> String {
        let (units, area, heads) = (count(units), number(area, Basis::Area), count(heads));
        self.say(key, &[("units", &units), ("area", &area), ("heads", &heads)])
    }

    fn cast(&self, out: &mut impl Write) -> std::io::Result<()> {
        writeln!(out, "\n{}", self.w.t("consent-cast"))?;
        let sums = &self.report.sums;
        let lines: [(&str, Part); 5] = [
            ("consent-cast-agree", |sums| sums.agree),
            ("consent-cast-disagree", |sums| sums.disagree),
            ("consent-cast-abstain", |sums| sums.abstain),
            ("consent-cast-invalid", |sums| sums.invalid),
            ("consent-cast-silent", silent),
        ];
        for (key, part) in lines {
            writeln!(out, "  {}", self.basis(key, [part(&sums.units), part(&sums.area), part(&sums.heads)]))?;
        }
        if sums.heads.mixed > 0 {
            writeln!(out, "  {}", self.say("consent-cast-mixed", &[("heads", &count(sums.heads.mixed))]))?;
        }
        Ok(())
    }

    fn buildings(&self, out: &mut impl Write) -> std::io::Result<()> {
        writeln!(out, "\n{}", self.w.t("consent-buildings"))?;
        for group in &self.report.buildings {
            let (area, heads) = (&group.sums.area, &group.sums.heads);
            let args = [
                ("building", group.building.clone()),
                ("part", number(area.took_part, Basis::Area)),
                ("share", percent(area.took_part, area.all)),
                ("heads", count(heads.took_part)),
                ("agree", number(area.agree, Basis::Area)),
                ("agreed", count(heads.agree)),
                ("area", number(area.all, Basis::Area)),
                ("all", count(heads.all)),
            ];
            writeln!(
                out,
                "  {}",
                self.say("consent-building", &args.each_ref().map(|(name, text)| (*name, text.as_str())))
            )?;
        }
        Ok(())
    }

    /// Door by door, and nobody's name.
    fn sheet(&self, sheet: &Sheet, out: &mut impl Write) -> std::io::Result<()> {
        writeln!(out, "\n{}", self.w.t("consent-sheet"))?;
        for building in &sheet.buildings {
            for floor in &building.floors {
                let place = [("building", building.building.as_str()), ("floor", floor.floor.as_str())];
                writeln!(out, "  {}", self.say("consent-sheet-floor", &place))?;
                for unit in &floor.units {
                    let key = match unit.choice {
                        Some(Choice::Agree) => "consent-sheet-agree",
                        Some(Choice::Disagree) => "consent-sheet-disagree",
                        Some(Choice::Abstain) => "consent-sheet-abstain",
                        Some(Choice::Invalid) => "consent-sheet-invalid",
                        None => "consent-sheet-silent",
                    };
                    let area = number(unit.area.0, Basis::Area);
                    writeln!(out, "    {}", self.say(key, &[("unit", &unit.unit), ("area", &area)]))?;
                }
            }
        }
        Ok(())
    }

    fn notes(&self, out: &mut impl Write) -> std::io::Result<()> {
        let notes = &self.report.notes;
        let all = u64::try_from(notes.len()).unwrap_or(u64::MAX).saturating_add(self.report.notes_left_out);
        if all == 0 {
            return Ok(());
        }
        writeln!(out, "\n{}", self.say("consent-notes", &[("n", &count(all))]))?;
        for note in notes.iter().take(NOTES_SHOWN) {
            let line = note.line.unwrap_or(0).to_string();
            let key = key_of("consent-note", note.code.name());
            writeln!(out, "  {}", self.say(&key, &[("unit", &note.unit), ("line", &line)]))?;
        }
        match all.saturating_sub(NOTES_SHOWN as u64) {
            0 => Ok(()),
            more => writeln!(out, "  {}", self.say("consent-notes-more", &[("n", &count(more))])),
        }
    }
}

/// Who cast nothing, and whoever cast nothing that is taking part.
fn silent(sums: &Sums) -> u64 {
    let said = [sums.agree, sums.disagree, sums.abstain, sums.invalid, sums.mixed];
    sums.all.saturating_sub(said.iter().sum())
}

/// A count of heads, or an area with two decimals, grouped.
fn number(n: u64, basis: Basis) -> String {
    match basis {
        Basis::Heads => count(n),
        Basis::Area => {
            let text = Area(n).to_string();
            let decimals = text.rsplit_once('.').map_or("00", |(_, decimals)| decimals);
            format!("{}.{decimals}", count(n / 100))
        }
    }
}
