"""Panels by lot: sortition-algorithms with HiGHS, and for leximin with Gurobi, whose free licence limits the size."""

import argparse
import json
from pathlib import Path
from typing import Any

from case import DIFFERENT, Aim, Answer, Case

# folder, quotas, people, column of ids, size, rule, what it should stay below
SMALL = ("example_small_20", "categories.csv", "respondents.csv", None, 20)
LARGE = ("example_large_200", "categories.csv", "respondents.csv", None, 200)
SCOTTISH = ("sf_scotland_fixture_22", "features.csv", "candidates.csv", "nationbuilder_id", 22)
ROWS = [
    (SMALL, "maximin", Aim()),
    (SMALL, "leximin", Aim()),
    (LARGE, "maximin", Aim()),
    (LARGE, "leximin", Aim(0.2)),
    (SCOTTISH, "maximin", Aim()),
    (SCOTTISH, "nash", Aim()),
    (SCOTTISH, "leximin", Aim(2)),
]
# the peer's solvers end within 10⁻⁴ or so of the best
NEAR = 1e-3


def cases(data: Path | None, inputs: Path, asked: argparse.Namespace) -> list[Case]:
    """The rows."""
    if data is None:
        return []
    expected = data / "sortition" / "expected.json"
    known = json.loads(expected.read_text())["instances"] if expected.exists() else []
    recorded = {entry["instance"]: entry for entry in known}
    return [case(data / "sortition", row, recorded.get(row[0][0], {})) for row in ROWS]


def case(data: Path, row: tuple[Any, ...], recorded: dict[str, Any]) -> Case:
    """One pool and rule."""
    (folder, quotas, people, key, size), rule, aim = row
    files = ["--categories", str(data / folder / quotas), "--people", str(data / folder / people), "--size", str(size)]
    ours = ["sortition", *files, "--rule", rule, "--json", *(["--id", key] if key else [])]

    def compare(ours: dict[str, Any], theirs: Answer) -> str:
        mine = sorted(ours["probabilities"].values())
        if theirs is not None:
            return near(rule, mine, sorted(theirs["probabilities"]), "same")
        if rule == "nash" and "nash_min" in recorded:
            return near(rule, [mine[0], mine[-1]], [recorded["nash_min"], recorded["nash_max"]], "as recorded")
        if rule == "leximin" and "leximin_levels" in recorded:
            levels = [(fraction(level), n) for level, n in recorded["leximin_levels"]]
            return near(rule, mine, sorted(p for level, n in levels for p in [level] * n), "as recorded")
        if rule == "maximin" and "maximin" in recorded:
            return near(rule, mine, [fraction(recorded["maximin"])], "as recorded")
        return "not compared"

    found = Case("sortition", f"{folder} {rule}", ours, compare=compare, aim=aim)
    found.peer = "sortition-algorithms, Gurobi" if rule == "leximin" else "sortition-algorithms, HiGHS"
    found.theirs = ["run_sortition_algorithms.py", *files, "--rule", rule, *(["--id", key] if key else [])]
    found.needs = [data / folder / quotas, data / folder / people]
    return found


def near(rule: str, ours: list[float], theirs: list[float], word: str) -> str:
    """Whether chances agree: all of them, or with maximin, which leaves the others open, the lowest."""
    if rule == "maximin":
        ours, theirs, what = ours[:1], theirs[:1], "lowest chance"
    else:
        what = f"{len(ours)} chances" if len(ours) > 2 else "lowest and highest chance"
    apart = max((abs(a - b) for a, b in zip(ours, theirs, strict=True)), default=0)
    if apart > NEAR and rule == "leximin":
        # of two lotteries the fairer has the higher chance where they first differ, from the lowest on
        place, a, b = next((n, a, b) for n, (a, b) in enumerate(zip(ours, theirs), 1) if abs(a - b) > NEAR)
        if a > b:
            return f"ours fairer: {ordinal(place)} lowest chance {a:.4f}, its {b:.4f}"
    if apart > NEAR:
        return f"{DIFFERENT}: {what} up to {apart:.4f} apart"
    return f"{word}: {what} within {apart:.0e}" if apart >= 1e-9 else f"{word}: {what}"


def ordinal(n: int) -> str:
    """1st, 2nd, 3rd, 4th."""
    end = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th") if n % 100 not in (11, 12, 13) else "th"
    return f"{n}{end}"


def fraction(text: str | float) -> float:
    """A number, or a fraction as text."""
    over, _, under = str(text).partition("/")
    return float(over) / float(under or 1)
