"""One row of the comparison: a question, who is asked, and how the answers are held against each other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Answer = dict[str, Any] | None


@dataclass
class Aim:
    """What the row should stay below; `None` where nothing was set."""

    cpu: float | None = None
    megabytes: float | None = None


@dataclass
class Case:
    """A question to both sides."""

    crate: str
    name: str
    # the arguments after the binary
    ours: list[str]
    # the peer's name in requirements.txt (`plain` is a plain count in this folder), its script and arguments
    peer: str | None = None
    theirs: list[str] = field(default_factory=list)
    # from both answers, of which the peer's may be missing, to a few words; what begins with DIFFERENT fails the run
    compare: Callable[[dict[str, Any], Answer], str] = lambda ours, theirs: "not compared"
    aim: Aim = field(default_factory=Aim)
    # files that must be there
    needs: list[Path] = field(default_factory=list)
    # an example of the crate is asked instead of the binary, and this tells its seconds from what it said
    example: str | None = None
    seconds: Callable[[str], float] | None = None


DIFFERENT = "DIFFERENT"


def agree(pairs: list[tuple[str, Any, Any]], same: str = "same") -> str:
    """`same` when each pair is equal; else what differs."""
    wrong = [f"{what} {short(a)} and {short(b)}" for what, a, b in pairs if a != b]
    return f"{DIFFERENT}: {'; '.join(wrong)}" if wrong else same


def short(value: Any) -> str:
    """A value as a message repeats it."""
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
