"""Owners' consent: no other program does this, so the peer is a plain count written from the law in this folder."""

import argparse
from pathlib import Path
from typing import Any

from case import Aim, Answer, Case, agree
from invent import ballots, roll

# units, rows of ballots
ROWS = [(1_000, 800, Aim()), (100_000, 80_000, Aim()), (1_000_000, 800_000, Aim())]
TOLD = ["passed", "reason", "participation", "approval"]


def cases(data: Path | None, inputs: Path, asked: argparse.Namespace) -> list[Case]:
    """The rows; their inputs are invented."""
    return [case(inputs / "consent", *row) for row in ROWS if asked.only in name(*row[:2])]


def name(units: int, rows: int) -> str:
    """What a row is called."""
    return f"{units:,} units, {rows:,} ballots"


def case(folder: Path, units: int, rows: int, aim: Aim) -> Case:
    """One row."""
    files = [
        "--roll", str(roll(folder / f"roll-{units}.csv", units)),
        "--ballots", str(ballots(folder / f"ballots-{rows}-{units}.csv", rows, units)),
    ]  # fmt: skip
    ours = ["consent", *files, "--item", "use-fund", "--on", "2026-06-01", "--json"]
    return Case("consent", name(units, rows), ours, "plain Python", ["run_plain_consent.py", *files], compare, aim)


def compare(ours: dict[str, Any], theirs: Answer) -> str:
    """Every figure of the verdict."""
    if theirs is None:
        return "not compared"
    return agree([(key, ours[key], theirs[key]) for key in TOLD], f"same: {theirs['reason']}")
