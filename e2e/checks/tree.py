#!/usr/bin/env python3
"""Checks how the tree is built: who may use whom, who names a database driver, how large files are.

    tree.py [--long]      --long tells every long file and function, not the first twelve

Needs Python 3.11 and git, no package.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from report import Report

ROOT = Path(__file__).resolve().parents[2]
MAX_FILE_BYTES = 1_000_000
LONG_FILE_LINES = 400
LONG_FUNCTION_LINES = 60
DRIVERS = {"rusqlite", "libsqlite3-sys", "postgres", "tokio-postgres"}
# crates that may name a driver, and which: testkit makes and drops the databases of the test server, bench measures the
# bare drivers beside ours
NAMES_A_DRIVER = {"db": DRIVERS, "testkit": {"postgres"}, "bench": DRIVERS}
# the binary's tests look into its databases from outside
TESTS_NAME_A_DRIVER = {"linli": DRIVERS}
SQL = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET)\b", re.S)
FLOAT = re.compile(r"\bf(32|64)\b")
# what is numerical by nature, and why a float there decides nothing
INEXACT = {
    "algorithms/sortition/src/solve": "linear programmes; they end in whole weights of panels checked by integers",
    "algorithms/sortition/src/report.rs": "figures for reading, printed after the draw",
    "algorithms/opinion": "components and distances of a map; who agreed how often is counted in whole numbers",
}
# what the description of the API names: a type that derives it, or an enum of `kernel::words!`
SCHEMA = re.compile(
    r"#\[derive\((?P<derived>[^\]]*?)\)\]\s*(?P<notes>(?:#\[[^\]]*\]\s*)*)(?:pub(?:\([a-z]+\))? )?(?:struct|enum) (?P<name>\w+)"
    r"|words! \{\s*(?P<told>(?:(?:///[^\n]*\n|#\[[^\]]*\])\s*)*)(?P<word>\w+) \{"
)
# targets of many readers at once, and of what is written
GENERAL_TARGETS = {"requests", "shown-texts"}
SHOWN_AS = re.compile(r"schema\(as = (\w+)\)")
# functions that read a text or bytes; an argument `word` is a word of a closed list, and whoever has a transaction or a
# path reads what is ours
READER = re.compile(
    r"\bfn (?:(?:parse|read|from_str|from_bytes|from_hex|from_base64|from_tag|from_text|negotiate|prepare)\w*|look|opened)(?:<[^>]*>)?"
    r"\((?:(?:(?!Tx<|Path)[^()])*?,)?\s*(?:mut )?(?!word\b|path\b)\w+: (?:&(?:'\w+ )?(?:str|\[u8\])|Vec<u8>|String|impl (?:std::io::)?Read|R\b)"
)
FUNCTION = re.compile(r"^(\s*)(?:pub(?:\([^)]*\))? )?(?:const )?(?:async )?fn (\w+)")


def tracked() -> list[Path]:
    """The project's files: known to git, or new and not ignored."""
    said = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, check=True, capture_output=True
    )
    names = said.stdout.decode().split("\0")
    return [path for name in sorted(set(names)) if name and (path := ROOT / name).is_file()]


class Crate:
    """A member of the workspace as its manifest tells it."""

    def __init__(self, manifest: Path) -> None:
        self.folder = manifest.parent
        self.layer = self.folder.relative_to(ROOT).parts[0]
        parsed = tomllib.loads(manifest.read_text())
        self.name = parsed["package"]["name"]
        tables = [parsed, *parsed.get("target", {}).values()]
        self.uses = {name for t in tables for name in t.get("dependencies", {})}
        self.uses |= {name for t in tables for name in t.get("build-dependencies", {})}
        self.tests_use = {name for t in tables for name in t.get("dev-dependencies", {})}


def crates() -> dict[str, Crate]:
    """Every crate by name."""
    members = tomllib.loads((ROOT / "Cargo.toml").read_text())["workspace"]["members"]
    found = [Crate(m) for member in members for m in sorted(ROOT.glob(f"{member}/Cargo.toml"))]
    return {crate.name: crate for crate in found}


def edges() -> dict[str, set[str]]:
    """The list of who may use whom among the areas."""
    allowed: dict[str, set[str]] = {}
    for line in (ROOT / "policies/edges.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            area, arrow, others = line.partition("->")
            if not arrow:
                sys.exit(f"policies/edges.txt: {line!r} is not `area -> areas`")
            allowed[area.strip()] = set(others.split())
    return allowed


def check_edges(report: Report, house: dict[str, Crate]) -> None:
    """The layers and the edges between areas."""
    areas = {n for n, c in house.items() if c.layer == "areas"}
    algorithms = {n for n, c in house.items() if c.layer == "algorithms"}
    floor = {n for n, c in house.items() if c.layer == "floor"}
    allowed = edges()
    used: set[tuple[str, str]] = set()
    faults = []
    for crate in house.values():
        mine = {"areas": floor | algorithms | allowed.get(crate.name, set()), "floor": floor, "algorithms": algorithms}
        # the binary, and what measures it, see everything
        may = mine.get(crate.layer, set(house))
        for other in sorted((crate.uses | crate.tests_use) & set(house)):
            used.add((crate.name, other))
            if other not in may:
                faults.append(f"{crate.layer}/{crate.name} must not use {house[other].layer}/{other}")
        if "testkit" in crate.uses and crate.layer != "bench":
            faults.append(f"{crate.name} uses testkit outside its tests")
    faults += [f"policies/edges.txt names {n}, which is no area" for n in set(allowed) | set().union(*allowed.values()) if n not in areas]
    report.check("layers, and edges between areas as listed", faults, f"{len(house)} crates")
    idle = [f"{a} -> {b} is allowed and not used" for a, others in allowed.items() for b in others if (a, b) not in used]
    report.warn("policies/edges.txt", sorted(idle))


def check_drivers(report: Report, house: dict[str, Crate]) -> None:
    """Only floor/db names a database driver."""
    faults = []
    for crate in house.values():
        may = NAMES_A_DRIVER.get(crate.name, set())
        over = (crate.uses & DRIVERS) - may | (crate.tests_use & DRIVERS) - may - TESTS_NAME_A_DRIVER.get(crate.name, set())
        faults += [f"{crate.layer}/{crate.name} names the driver {driver}" for driver in sorted(over)]
    report.check("only floor/db names a database driver", faults)


def code(path: Path) -> str:
    """A Rust file without its comments and without the tests at its end."""
    text = re.sub(r"^\s*//.*$", "", path.read_text(), flags=re.M)
    return re.split(r"^#\[cfg\(test\)\]\nmod tests? \{", text, maxsplit=1, flags=re.M)[0]


def check_sources(report: Report) -> None:
    """SQL is in the stores, floats are not in what decides."""
    pages, deciding = [], []
    for path in sorted(ROOT.glob("areas/*/src/**/*.rs")):
        inside = path.relative_to(ROOT)
        if {"web", "api", "api.rs", "web.rs", "rules", "rules.rs", "model.rs"} & set(inside.parts) and SQL.search(code(path)):
            pages.append(f"{inside} holds SQL; it belongs into the store")
    folders = ("areas/*/src/rules*", "areas/*/src/rules/**/*", "algorithms/*/src/**/*")
    for path in sorted({p for f in folders for p in ROOT.glob(f) if p.suffix == ".rs"}):
        inside = path.relative_to(ROOT)
        if not any(inside.is_relative_to(part) for part in INEXACT) and FLOAT.search(code(path)):
            deciding.append(f"{path.relative_to(ROOT)} uses floating point")
    report.check("no SQL in pages, interfaces, models and rules", pages)
    report.check("no floating point in rules and algorithms", deciding)


def check_schemas(report: Report) -> None:
    """Two types of one name would be one in the description of the API, and one of them told wrongly."""
    places: dict[str, list[str]] = {}
    for path in sorted({p for f in ("areas", "floor", "app") for p in (ROOT / f).glob("**/src/**/*.rs")}):
        for found in SCHEMA.finditer(code(path)):
            if found["name"] and "ToSchema" not in found["derived"]:
                continue
            shown = SHOWN_AS.search(found["notes"] or found["told"] or "")
            name = shown[1] if shown else found["name"] or found["word"]
            places.setdefault(name, []).append(str(path.relative_to(ROOT)))
    faults = [f"{name} is told by {', '.join(of)}; give it #[schema(as = …)]" for name, of in places.items() if len(of) > 1]
    report.check("each name in the description of the API is one type", faults, f"{len(places)} names")


def check_readers(report: Report) -> None:
    """Every file that reads from outside is listed with the fuzz target that feeds it, or with why there is none."""
    faults, listed = [], {}
    for line in (ROOT / "fuzz/parsers.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            path, _, target = line.partition(" ")
            name, _, why = target.strip().partition(" ")
            if not name or (name == "-") != bool(why.strip()):
                faults.append(f"fuzz/parsers.txt: {line!r} is neither `file target` nor `file - why`")
            listed[path] = name
    targets = "\n".join(path.read_text() for path in (ROOT / "fuzz/src/targets").glob("*.rs"))
    named = set(re.findall(r'Target::new\(\s*"([a-z-]+)"', targets))
    faults += [f"{path} names {name}, which is no target" for path, name in listed.items() if name != "-" and name not in named]
    faults += [f"target {name} reads no file of fuzz/parsers.txt" for name in sorted(named - set(listed.values()) - GENERAL_TARGETS)]
    faults += [f"fuzz/parsers.txt: {path} is gone" for path in listed if not (ROOT / path).is_file()]
    for path in sorted(p for f in ("algorithms", "floor", "areas", "app") for p in (ROOT / f).glob("**/src/**/*.rs")):
        inside = str(path.relative_to(ROOT))
        if inside not in listed and path.stem != "tests" and READER.search(code(path)):
            faults.append(f"{inside} reads from outside and is not in fuzz/parsers.txt")
    report.check("readers of what comes from outside are fuzzed", faults, f"{len(listed)} files, {len(named)} targets")


def long_functions(path: Path) -> list[str]:
    """Functions over the limit, found by their indentation as rustfmt writes it."""
    found, start = [], None
    for number, line in enumerate(path.read_text().splitlines(), 1):
        match = FUNCTION.match(line)
        if match and start is None and not line.rstrip().endswith((";", "}")):
            start = (number, match[1], match[2])
        elif start and line.startswith(start[1] + "}"):
            if number - start[0] + 1 > LONG_FUNCTION_LINES:
                found.append(f"{path.relative_to(ROOT)}:{start[0]} fn {start[2]} has {number - start[0] + 1} lines")
            start = None
    return found


def main() -> None:
    """Runs every check."""
    report, house, files = Report(), crates(), tracked()
    large = [f"{p.relative_to(ROOT)} has {p.stat().st_size:,} bytes" for p in files if p.stat().st_size > MAX_FILE_BYTES]
    report.check(f"no file over {MAX_FILE_BYTES:,} bytes", large, f"{len(files)} files")
    check_edges(report, house)
    check_drivers(report, house)
    check_sources(report)
    check_schemas(report)
    check_readers(report)
    show = 10_000 if "--long" in sys.argv else 12
    written = [p for p in files if p.suffix in {".rs", ".mjs", ".js", ".py", ".css", ".sql"}]
    sizes = ((p, len(p.read_text().splitlines())) for p in written)
    report.warn(f"files over {LONG_FILE_LINES} lines", [f"{p.relative_to(ROOT)} {n}" for p, n in sizes if n > LONG_FILE_LINES], show)
    rust = [p for p in files if p.suffix == ".rs"]
    report.warn(f"functions over {LONG_FUNCTION_LINES} lines", [line for p in rust for line in long_functions(p)], show)
    report.end()


if __name__ == "__main__":
    main()
