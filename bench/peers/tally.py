"""Counting budgets: pabutools, and what was recorded of it where it does not come to an end."""

import argparse
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from case import Aim, Answer, Case, agree

# file, name, rule, what it should stay below
ROWS = [
    ("Poland_Lodz_2022.pb", "Łódź 2022", "greedy:cost", Aim()),
    ("Poland_Lodz_2022.pb", "Łódź 2022", "phragmen", Aim()),
    ("Poland_Lodz_2022.pb", "Łódź 2022", "mes:cost", Aim(0.15, 60)),
    ("Poland_Lodz_2022.pb", "Łódź 2022", "mes_add1u:cost:cost", Aim(0.3, 60)),
    ("Poland_Wroclaw_2015_150_-_500.pb", "Wrocław 2015", "mes_add1u:cost:cost", Aim()),
    ("Poland_Warszawa_2026.pb", "Warszawa 2026", "mes_add1u:cost:cost", Aim(2, 60)),
    # full of ties, which only exact numbers decide
    ("France_Toulouse_2022.pb", "Toulouse 2022", "mes_add1u:cost:cost", Aim()),
    # official results of cities that count by equal shares
    ("Poland_Swiecie_2023.pb", "Świecie 2023", "mes_add1:cost", Aim()),
    ("Netherlands_Assen_2024.pb", "Assen 2024", "mes_add1:cost", Aim()),
    # equalshares.net is in no registry: what a plain count by its rules found was recorded
    ("Poland_Wieliczka_2023_Green_Budget.pb", "Wieliczka 2023", "eqs_add1:integral", Aim()),
    ("Poland_Wieliczka_2023_Green_Budget.pb", "Wieliczka 2023", "eqs_add1:integral,exhaustive", Aim()),
    ("Poland_Lodz_2022.pb", "Łódź 2022", "eqs_add1:integral,exhaustive", Aim()),
]


def cases(data: Path | None, inputs: Path, asked: argparse.Namespace) -> list[Case]:
    """The rows."""
    if data is None:
        return []
    expected = data / "tally" / "expected.json"
    files = json.loads(expected.read_text())["files"] if expected.exists() else []
    known = {entry["file"]: entry["rules"] for entry in files}

    def case(file: str, name: str, rule: str, aim: Aim) -> Case:
        path = data / "tally" / file
        recorded = known.get(file, {}).get(rule)

        def compare(ours: dict[str, Any], theirs: Answer) -> str:
            if theirs is not None:
                return same(ours, theirs, "same", ordered=rule != "phragmen")
            # Phragmén's set alone was recorded of the reference
            return same(ours, recorded, "as recorded", ordered=rule != "phragmen") if recorded else "not compared"

        # with --increment as recorded; the rows here use one unit of the currency
        found = Case("tally", f"{name} {rule}", ["tally", str(path), "--rule", rule, "--json"], compare=compare, aim=aim)
        if rule.startswith("eqs"):
            found.peer = "a plain count, recorded"
        else:
            found.peer, found.theirs = "pabutools", ["run_pabutools.py", str(path), rule]
        found.needs = [path]
        return found

    return [case(*row) for row in ROWS]


def same(ours: dict[str, Any], theirs: dict[str, Any], word: str, ordered: bool) -> str:
    """Whether both name the same winners, in the same order, at the same cost."""
    sort = list if ordered else sorted
    cost = [Fraction(str(answer["total_cost"])) for answer in (ours, theirs)]
    order = ", order too" if ordered else ""
    pairs = [("winners", sort(ours["winners"]), sort(theirs["winners"])), ("cost", *cost)]
    return agree(pairs, f"{word}: {len(ours['winners'])} winners{order}")
