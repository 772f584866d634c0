"""The rows as a table in Markdown that can also be read as it is."""

from typing import Any

HEAD = ["what", "CPU s", "clock s", "MB", "aim", "peer", "CPU s", "clock s", "MB", "CPU", "memory", "answers"]
LEFT = {0, 5, 11}


def number(value: float | None, over: bool = False) -> str:
    """Three figures that mean something; `>` where the process was ended at the limit."""
    if value is None:
        return "–"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{'> ' if over else ''}{value:,.{digits}f}"


def ratio(value: float | None, over: bool) -> str:
    """How many times ours goes into theirs."""
    if value is None:
        return "–"
    return f"{'> ' if over else ''}{value:,.0f}×" if value >= 10 else f"{'> ' if over else ''}{value:.1f}×"


def aim(row: dict[str, Any]) -> str:
    """What it should stay below, and whether it does."""
    parts = []
    for key, unit, measured in (("aim_cpu", "s", row["ours"]["cpu"]), ("aim_mb", "MB", row["ours"]["megabytes"])):
        if row[key] is not None:
            parts.append(f"{row[key]:g} {unit} {'met' if measured <= row[key] else 'MISSED'}")
    return ", ".join(parts) or "–"


def cells(row: dict[str, Any]) -> list[str]:
    """A row's cells."""
    ours, theirs = row["ours"], row["theirs"]
    own = [row["name"], number(ours["cpu"]), number(ours["wall"]), number(ours["megabytes"]), aim(row)]
    if theirs is None:
        return [*own, row["peer"] or "none", "–", "–", "–", "–", "–", row["answers"]]
    over = theirs["over"]
    return [
        *own, row["peer"], number(theirs["cpu"], over), number(theirs["wall"], over), number(theirs["megabytes"], over),
        ratio(row["cpu_ratio"], over), ratio(row["memory_ratio"], over), row["answers"],
    ]  # fmt: skip


def table(rows: list[dict[str, Any]]) -> str:
    """All rows."""
    lines = [HEAD, *(cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]

    def text(line: list[str]) -> str:
        padded = (cell.ljust(w) if at in LEFT else cell.rjust(w) for at, (cell, w) in enumerate(zip(line, widths)))
        return f"| {' | '.join(padded)} |"

    rule = "|".join("-" * (w + 1) + ("-" if at in LEFT else ":") for at, w in enumerate(widths))
    return "\n".join([text(HEAD), f"|{rule}|", *(text(line) for line in lines[1:])])
