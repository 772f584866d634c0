"""Opinion maps: red-dwarf, which maps the same exports without base clusters."""

import argparse
import csv
import json
import re
import subprocess
from pathlib import Path
from typing import Any

from case import Aim, Answer, Case, agree
from invent import conversation

# folder of the data, what it should stay below
ROWS = [
    ("american-assembly.bowling-green", Aim(0.2)),
    ("vtaiwan.uberx", Aim()),
    ("canadian-electoral-reform", Aim()),
]
# people, statements, votes; a conversation as large as the aims speak of
LARGE = (10_000, 1_000, 1_000_000)
MATRIX = "participants-votes.csv"


def cases(data: Path | None, inputs: Path, asked: argparse.Namespace) -> list[Case]:
    """The rows."""
    found = [case(name, data / "opinion" / name, inputs, asked, aim) for name, aim in ROWS] if data else []
    large = f"invented, {LARGE[0]:,} × {LARGE[1]:,}, about {LARGE[2]:,} votes"
    more = f"one more vote and a new report, {LARGE[0]:,} × {LARGE[1]:,}"
    folder = inputs / "opinion" / "-".join(map(str, LARGE))
    if asked.only in large or asked.only in more:
        conversation(folder, *LARGE)
    found.append(case(large, folder, inputs, asked, Aim(2)))
    # inside one process, by its own clock: no command keeps a map, and the peer begins anew
    found.append(Case(
        "opinion", more, [str(folder)], "none (it maps anew)", compare=lambda ours, theirs: "not compared",
        aim=Aim(0.01), example="opinion", seconds=told_after,
    ))  # fmt: skip
    return found


def case(name: str, folder: Path, inputs: Path, asked: argparse.Namespace, aim: Aim) -> Case:
    """One conversation."""

    def compare(ours: dict[str, Any], theirs: Answer) -> str:
        if theirs is None:
            return "not compared"
        axes = [(f"axis {at}", f"{a:.6f}", f"{b:.6f}") for at, (a, b) in enumerate(zip(*both(ours, theirs)), 1)]
        found = agree([*axes, ("in conversation", ours["in_conversation"], theirs["in_conversation"])])
        if found != "same":
            return found
        with_its = with_groups(folder, inputs / "opinion" / f"{folder.name}-red-dwarf", theirs["groups"], asked.linli)
        sizes = f"groups {told_sizes(ours)}, its {told_sizes(with_its)}"
        consensus = {str(ranked[0]): f"{ranked[1]:.9f}" for ranked in with_its["gac_agree"]}
        wanted = {statement: f"{value:.9f}" for statement, value in theirs["gac_agree"].items()}
        # statements that nobody of a group saw are in ours alone
        consensus = {statement: consensus[statement] for statement in wanted if statement in consensus}
        return agree([("consensus", consensus, wanted)], f"same axes; same consensus of its groups ({sizes})")

    found = Case("opinion", name, ["opinion", str(folder), "--json"], "red-dwarf", compare=compare, aim=aim)
    found.theirs = ["run_red_dwarf.py", str(folder)]
    found.needs = [folder / MATRIX]
    return found


def both(ours: dict[str, Any], theirs: dict[str, Any]) -> tuple[list[float], list[float]]:
    """The parts of the variance that the axes show."""
    return ours["explained_variance"], theirs["explained_variance"]


def told_sizes(answer: dict[str, Any]) -> str:
    """Sizes of groups, the largest first."""
    return "+".join(str(size) for size in sorted((group["size"] for group in answer["groups"]), reverse=True))


def with_groups(folder: Path, copy: Path, groups: dict[str, int], linli: Path) -> dict[str, Any]:
    """Ours with the peer's groups: a copy of the export whose column of groups holds them."""
    copy.mkdir(parents=True, exist_ok=True)
    (copy / "comments.csv").write_bytes((folder / "comments.csv").read_bytes())
    with (folder / MATRIX).open(newline="") as source, (copy / MATRIX).open("w", newline="") as target:
        rows, to = csv.reader(source), csv.writer(target)
        head = next(rows)
        to.writerow(head)
        at = head.index("group-id")
        for row in rows:
            row[at] = str(groups.get(row[0], ""))
            to.writerow(row)
    command = [str(linli), "opinion", str(copy), "--groups", "exported", "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def told_after(told: str) -> float:
    """Seconds from `one more vote 7.1µs, told after 2.3ms, …`."""
    found = re.search(r"told after ([\d.]+)(s|ms|µs|ns), ", told)
    if found is None:
        return float("inf")
    return float(found[1]) * {"s": 1.0, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9}[found[2]]
