#!/usr/bin/env python3
"""Ours and the peers on the same files in one run: processor time, memory, and whether the answers agree.

    python3 bench/peers [tally] [consent] [opinion] [sortition] [--linli BINARY] [--data FOLDER] [--json]

Builds nothing. What is missing is told in lines that begin with MISSING. Ends with 1 when answers differ.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import consent
import opinion
import sortition
import tally
from case import DIFFERENT, Case
from machine import machine
from measure import STARTER, Run, measure
from table import table

HERE = Path(__file__).resolve().parent
CRATES = {"tally": tally, "consent": consent, "opinion": opinion, "sortition": sortition}
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "linli" / "bench"


def arguments() -> argparse.Namespace:
    """What was typed."""
    target = Path(os.environ.get("CARGO_TARGET_DIR") or HERE.parents[1] / "target")
    parser = argparse.ArgumentParser(prog="bench/peers", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("crates", nargs="*", metavar="CRATE", help=f"of {', '.join(CRATES)}; all when none is named")
    linli = os.environ.get("LINLI_BIN") or target / "release" / "linli"
    parser.add_argument("--linli", type=Path, default=linli, help="the binary [LINLI_BIN, else target/release/linli]")
    parser.add_argument("--examples", type=Path, default=target / "release" / "examples",
                        help="folder of the crates' examples, for what no command measures")  # fmt: skip
    parser.add_argument("--data", type=Path, default=os.environ.get("LINLI_TEST_DATA"),
                        help="folder of real data [LINLI_TEST_DATA]")  # fmt: skip
    parser.add_argument("--limit", type=float, default=120, help="seconds by the clock after which a peer is ended [120]")
    parser.add_argument("--repeat", type=int, default=5, help="runs of what takes less than a second at most [5]")
    parser.add_argument("--only", default="", metavar="WORD", help="rows whose name has this word")
    parser.add_argument("--no-peers", action="store_true", help="ours alone, held against recorded answers")
    parser.add_argument("--venv", type=Path, default=CACHE / "venv", help="where the peers are installed")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of tables")
    asked = parser.parse_args()
    unknown = [crate for crate in asked.crates if crate not in CRATES]
    if unknown:
        parser.error(f"no crate is called {', '.join(unknown)}: choose of {', '.join(CRATES)}")
    if not asked.linli.is_file():
        parser.error(f"there is no binary {asked.linli}: cargo build --release -p linli, or --linli FILE")
    if not os.access(STARTER, os.X_OK):
        parser.error(f"there is no {STARTER}: apt-get install time")
    return asked


def tell(line: str) -> None:
    """Progress goes to standard error."""
    print(line, file=sys.stderr, flush=True)


MISSING: list[str] = []


def miss(line: str) -> None:
    """What is not measured is told at once, and again at the end."""
    MISSING.append(f"MISSING {line}")
    tell(MISSING[-1])


def install(asked: argparse.Namespace) -> tuple[Path, list[str]]:
    """Makes the peers' environment where it is not there; its Python, and the packages it was asked for."""
    python = asked.venv / "bin" / "python"
    wanted = [line.strip() for line in (HERE / "requirements.txt").read_text().splitlines()]
    wanted = [line for line in wanted if line and not line.startswith("#")]
    names = [line.partition("==")[0] for line in wanted]
    if asked.no_peers:
        return Path(sys.executable), []
    stamp = asked.venv / "installed"
    if not stamp.is_file() or not set(wanted) <= set(stamp.read_text().splitlines()):
        tell(f"installing {', '.join(wanted)} into {asked.venv}")
        asked.venv.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "venv", str(asked.venv)], check=True)
        pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--only-binary=:all:"]
        subprocess.run([*pip, *wanted], check=True)
        stamp.write_text("\n".join(wanted))
    return python, names


def figures(run: Run | None) -> dict[str, Any] | None:
    """A run as it is told."""
    if run is None:
        return None
    return {"cpu": run.cpu, "wall": run.wall, "megabytes": run.megabytes, "runs": run.n, "over": run.over}


def row(case: Case, asked: argparse.Namespace, python: Path) -> dict[str, Any] | None:
    """Asks both sides, the peer first; `None` where something is missing."""
    command = [str(asked.linli), *case.ours]
    if case.example:
        command = [str(asked.examples / case.example), *case.ours]
        case.needs.append(asked.examples / case.example)
    missing = [path for path in case.needs if not path.exists()]
    if missing:
        how = f" (cargo build --release --examples -p {case.crate})" if case.example else ""
        miss(f"{case.crate}: {case.name} is not measured without {', '.join(map(str, missing))}{how}")
        return None
    tell(f"{case.crate}: {case.name}")
    theirs = None
    if case.theirs and not asked.no_peers:
        script, *rest = case.theirs
        theirs = measure([str(python), "-P", str(HERE / script), *rest], asked.limit, asked.repeat)
        if theirs.code != 0 and not theirs.over:
            miss(f"{case.crate}: {case.name}: {case.peer} failed: {last_line(theirs.told)}")
            theirs = None
        elif not theirs.over and theirs.answer() is None:
            miss(f"{case.crate}: {case.name}: {case.peer} gave no answer that can be read")
    ours = measure(command, 10 * asked.limit, asked.repeat)
    answer = ours.answer()
    if answer is None:
        answers = f"{DIFFERENT}: ours failed: {last_line(ours.told)}"
    else:
        answers = case.compare(answer, theirs.answer() if theirs else None)
    told = figures(ours) or {}
    if case.seconds:
        told["cpu"] = told["wall"] = case.seconds(ours.told)
    return {
        "crate": case.crate, "name": case.name, "ours": told, "theirs": figures(theirs), "peer": case.peer,
        "aim_cpu": case.aim.cpu, "aim_mb": case.aim.megabytes, "answers": answers,
        "cpu_ratio": theirs.cpu / told["cpu"] if theirs and told["cpu"] else None,
        "memory_ratio": theirs.megabytes / ours.megabytes if theirs and ours.megabytes else None,
    }  # fmt: skip


def last_line(text: str) -> str:
    """What a failing process said at last."""
    lines = text.strip().splitlines()
    return lines[-1][:300] if lines else "it said nothing"


def main() -> int:
    """Measures and prints."""
    asked = arguments()
    data = Path(asked.data) if asked.data else None
    if data is None:
        miss("real data: name its folder with --data or LINLI_TEST_DATA; only invented inputs are measured")
    python, peers = install(asked)
    around = machine(asked.linli, python, peers)
    inputs = CACHE / "inputs"
    rows: list[dict[str, Any]] = []
    for crate in asked.crates or CRATES:
        cases = [case for case in CRATES[crate].cases(data, inputs, asked) if asked.only in case.name]
        rows += [found for case in cases if (found := row(case, asked, python))]
    around["load_after"] = [round(part, 1) for part in os.getloadavg()]
    if asked.json:
        print(json.dumps({"machine": around, "limit": asked.limit, "missing": MISSING, "rows": rows}, ensure_ascii=False, indent=1))
    else:
        for key, value in around.items():
            print(f"{key}: {', '.join(f'{k} {v}' for k, v in value.items()) if isinstance(value, dict) else value}")
        for crate in asked.crates or CRATES:
            if found := [row for row in rows if row["crate"] == crate]:
                print(f"\n## {crate}\n\n{table(found)}")
        print("\n".join(["", *MISSING]) if MISSING else "")
    return 1 if any(row["answers"].startswith(DIFFERENT) for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
