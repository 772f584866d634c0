#!/usr/bin/env python3
"""Invented inputs, the same bytes on every machine: for sizes that no real file has, and where real ones stay outside.

    python3 bench/peers/invent.py FOLDER      the small inputs of bench/instructions.sh
"""

import sys
from collections.abc import Iterator
from pathlib import Path


class Chance:
    """Numbers of a linear congruence (Knuth's MMIX), of which the upper bits are used."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, n: int) -> int:
        """A number from 0 to `n - 1`."""
        self.state = (self.state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        return (self.state >> 32) * n >> 32

    def percent(self, n: int) -> bool:
        """True `n` times of a hundred."""
        return self.below(100) < n


def write(path: Path, lines: Iterator[str]) -> Path:
    """Writes a file once: what is there already is not touched."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
        unfinished.rename(path)
    return path


def roll(path: Path, n: int) -> Path:
    """An estate of `n` units: one in thirty owners has several, one unit in twenty co-owners, few are unsold."""

    def lines() -> Iterator[str]:
        chance = Chance(n)
        yield "unit,building,floor,owner,area,status"
        for unit in range(n):
            building, floor, door = unit // 200 + 1, unit % 200 // 10 + 1, unit % 10 + 1
            owner = f"业主{unit - chance.below(min(unit, 500) + 1) if chance.percent(3) else unit}"
            if chance.percent(5):
                owner += f"+配偶{unit}"
            status = "unsold" if chance.percent(2) else "undelivered" if chance.percent(1) else "sold"
            area = 4_000 + chance.below(14_000)
            yield f"{building}-{floor}{door:02},{building},{floor},{owner},{area // 100}.{area % 100:02},{status}"

    return write(path, lines())


def ballots(path: Path, n: int, units: int) -> Path:
    """`n` rows of ballots: few twice, few that contradict each other, few for units that nobody has."""

    def lines() -> Iterator[str]:
        chance = Chance(n + 1)
        yield "unit,choice,channel,instruction"
        for row in range(n):
            unit = row * units // n if chance.percent(98) else chance.below(units)
            building, floor, door = unit // 200 + 1, unit % 200 // 10 + 1, unit % 10 + 1
            door = door if chance.below(1_000) else door + 50
            choice = ("agree", "disagree", "abstain", "invalid")[
                0 if chance.percent(76) else 1 + chance.below(10) // 8 if chance.percent(97) else 3
            ]
            channel = ("online", "paper", "proxy", "import")[min(chance.below(20) // 6, 3)]
            yield f"{building}-{floor}{door:02},{choice},{channel},{'' if chance.percent(5) else f'委{row}'}"

    return write(path, lines())


def election(path: Path, n_ballots: int, n_projects: int) -> Path:
    """Approval ballots of one to twelve projects, of which a few are liked much more than the others."""

    def lines() -> Iterator[str]:
        chance = Chance(n_ballots)
        costs = [1_000 * (5 + chance.below(200)) + 10 * chance.below(100) for _ in range(n_projects)]
        meta = {
            "description": "Invented", "country": "None", "unit": "None", "instance": "1", "num_projects": n_projects,
            "num_votes": n_ballots, "budget": sum(costs) // 4, "vote_type": "approval", "rule": "unknown",
            "date_begin": "2026", "date_end": "2026",
        }  # fmt: skip
        yield "META"
        yield "key;value"
        yield from (f"{key};{value}" for key, value in meta.items())
        yield "PROJECTS"
        yield "project_id;cost"
        yield from (f"{project + 1};{cost}" for project, cost in enumerate(costs))
        yield "VOTES"
        yield "voter_id;vote"
        for voter in range(n_ballots):
            liked = {chance.below(chance.below(n_projects) + 1) for _ in range(1 + chance.below(12))}
            yield f"{voter};{','.join(str(project + 1) for project in sorted(liked))}"

    return write(path, lines())


def conversation(folder: Path, people: int, statements: int, votes: int) -> Path:
    """Three camps that differ on a third of the statements, in the export format of Polis; about so many votes."""
    chance = Chance(people)
    share = votes * 10_000 // (people * statements)

    def said(person: int, statement: int) -> str:
        if chance.below(10_000) >= share:
            return ""
        leans = (statement // 3) % 3 == person % 3 if statement % 3 == 0 else statement % 2 == 0
        draw = chance.below(10)
        return "0" if draw < 2 else "1" if leans == (draw > 3) else "-1"

    def matrix() -> Iterator[str]:
        yield f"participant,group-id,n-comments,n-votes,n-agree,n-disagree,{','.join(map(str, range(statements)))}"
        for person in range(people):
            yield f"{person},,0,0,0,0,{','.join(said(person, statement) for statement in range(statements))}"

    def comments() -> Iterator[str]:
        yield "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body"
        yield from (f"0,,{statement},0,0,0,1," for statement in range(statements))

    write(folder / "participants-votes.csv", matrix())
    write(folder / "comments.csv", comments())
    return folder


def pool(folder: Path, people: int, size: int) -> Path:
    """Volunteers who are older and better schooled than the quotas want."""
    features = {"gender": ("female", "male"), "age": ("18-29", "30-44", "45-59", "60+"), "school": ("1", "2", "3")}
    chance = Chance(people)

    def respondents() -> Iterator[str]:
        yield f"id,{','.join(features)}"
        for person in range(people):
            drawn = (max(chance.below(len(names)), chance.below(len(names))) for names in features.values())
            yield f"p{person},{','.join(names[at] for names, at in zip(features.values(), drawn, strict=True))}"

    def quotas() -> Iterator[str]:
        yield "category,feature,min,max"
        for category, names in features.items():
            for name in names:
                yield f"{category},{name},{size // len(names) - 1},{-(-size // len(names)) + 1}"

    write(folder / "respondents.csv", respondents())
    write(folder / "categories.csv", quotas())
    return folder


def main() -> None:
    """The small inputs."""
    folder = Path(sys.argv[1])
    election(folder / "election.pb", 6_000, 40)
    roll(folder / "roll.csv", 10_000)
    ballots(folder / "ballots.csv", 8_000, 10_000)
    conversation(folder / "conversation", 400, 120, 16_000)
    pool(folder / "pool", 300, 24)


if __name__ == "__main__":
    main()
