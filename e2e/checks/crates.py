#!/usr/bin/env python3
"""Checks the dependencies against deny.toml: licences, sources, banned crates; and that each one named is used.

    crates.py             needs Python 3.11 and cargo, no package

It reads the graph that Cargo.lock pins for all platforms, development included, and judges the licence each package
declares; it does not read licence texts. Known vulnerabilities are not looked up: that needs a fresh database from the
network.
"""

import json
import re
import subprocess
import tomllib
from collections import defaultdict
from pathlib import Path

from report import Report

ROOT = Path(__file__).resolve().parents[2]
# macros whose expansion names a crate that the code itself does not
IMPLIED = {"maud": "html"}
TOKEN = re.compile(r"\(|\)|[A-Za-z0-9.+-]+")


class Expression:
    """A licence expression (SPDX 2.3, annex D): is there a way to satisfy it with allowed licences only?"""

    def __init__(self, text: str, allowed: set[str]) -> None:
        self.tokens = TOKEN.findall(text.replace("/", " OR "))
        self.at, self.allowed, self.text = 0, allowed, text

    def holds(self) -> bool:
        """Whether it is satisfied; ValueError where the expression cannot be read."""
        held = self.either()
        if self.at != len(self.tokens):
            raise ValueError(f"cannot read {self.text!r}")
        return held

    def take(self, word: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at].upper() == word:
            self.at += 1
            return True
        return False

    def either(self) -> bool:
        held = self.both()
        while self.take("OR"):
            held = self.both() or held
        return held

    def both(self) -> bool:
        held = self.one()
        while self.take("AND"):
            held = self.one() and held
        return held

    def one(self) -> bool:
        if self.take("("):
            held = self.either()
            if not self.take(")"):
                raise ValueError(f"cannot read {self.text!r}")
            return held
        if self.at >= len(self.tokens):
            raise ValueError(f"cannot read {self.text!r}")
        name = self.tokens[self.at]
        self.at += 1
        if self.take("WITH") and self.at < len(self.tokens):
            name = f"{name} WITH {self.tokens[self.at]}"
            self.at += 1
        return name in self.allowed


def judge(licence: str | None, allowed: set[str]) -> str:
    """Why a declared licence is refused, or nothing."""
    if not licence:
        return "declares no licence"
    try:
        return "" if Expression(licence, allowed).holds() else f"is under {licence}"
    except ValueError as error:
        return str(error)


def self_test(report: Report) -> None:
    """The reader of expressions is right on cases where a wrong one would let a licence through."""
    allowed = {"MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"}
    cases = {
        "MIT": True, "MIT OR GPL-3.0-only": True, "GPL-3.0-only OR MIT": True, "MIT AND GPL-3.0-only": False,
        "GPL-3.0-only": False, "(MIT OR GPL-2.0-only) AND Apache-2.0": True, "MIT OR (MIT AND GPL-2.0-only)": True,
        "(GPL-2.0-only OR GPL-3.0-only) AND MIT": False, "MIT/Apache-2.0": True, "GPL-2.0-only WITH LLVM-exception": False,
        "Apache-2.0 WITH LLVM-exception": True, "MIT AND": False, "(MIT": False, "": False,
    }  # fmt: skip
    report.check("reads licence expressions", [text for text, want in cases.items() if (judge(text, allowed) == "") != want])


def users(name: str) -> set[str]:
    """Who uses a crate in what is really built, on any target: the lock file also names optional uses nobody chose."""
    tree = ["cargo", "tree", "--workspace", "--locked", "--target", "all", "--depth", "1", "--prefix", "depth", "-i", name]
    said = subprocess.run(tree, cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return {line[1:].split()[0] for line in said.stdout.splitlines() if line.startswith("1")}


def check_graph(report: Report, rules: dict, packages: list[dict]) -> None:
    """Licences, sources and bans over every package of the graph."""
    allowed = set(rules["licenses"]["allow"])
    licences, sources, versions = [], [], defaultdict(list)
    for package in packages:
        title = f"{package['name']} {package['version']}"
        versions[package["name"]].append(package["version"])
        if why := judge(package["license"], allowed):
            licences.append(f"{title} {why}")
        source = package["source"]
        if source and not (source.startswith("registry+") and source.endswith("/crates.io-index")):
            sources.append(f"{title} comes from {source}")
    foreign = sum(1 for p in packages if p["source"])
    report.check("licences are on the list", licences, f"{foreign} packages of others")
    report.check("every package comes from crates.io", sources)
    banned = {entry["crate"]: set(entry.get("wrappers", [])) for entry in rules["bans"]["deny"]}
    # a banned crate may have wrappers: crates that alone may use it
    faults = [f"{name} is used by {user}" for name in banned if name in versions for user in users(name) - banned[name]]
    report.check("no banned crate", sorted(faults))
    twice = [f"{name}: {', '.join(sorted(found))}" for name, found in sorted(versions.items()) if len(found) > 1]
    report.warn("crates in several versions", twice, 30)


def check_named(report: Report, members: list[dict]) -> None:
    """Each dependency of ours has a version or a path, and its name occurs in the code."""
    wild, unused = [], []
    for package in members:
        folder = Path(package["manifest_path"]).parent
        code = "\n".join(p.read_text() for p in sorted(folder.rglob("*.rs")) if "target" not in p.parts)
        for dependency in package["dependencies"]:
            if dependency["req"] == "*" and not dependency.get("path"):
                wild.append(f"{package['name']}: {dependency['name']}")
            name = (dependency["rename"] or dependency["name"]).replace("-", "_")
            implied = name in IMPLIED and re.search(rf"\b{IMPLIED[name]}!", code)
            if not implied and not re.search(rf"\b{name}\b", code):
                unused.append(f"{package['name']}: {dependency['name']}")
    report.check("no dependency without a version", wild)
    report.check("every dependency is used", sorted(set(unused)))


def check_node(report: Report, allowed: set[str]) -> None:
    """The browser tests' packages: pinned by digest, bound to no server, allowed licences."""
    lock = json.loads((ROOT / "e2e/package-lock.json").read_text())
    faults = []
    for path, package in lock["packages"].items():
        if path and "resolved" in package:
            faults.append(f"{path} names a server")
        if path and "integrity" not in package:
            faults.append(f"{path} has no digest")
        if path and (why := judge(package.get("license"), allowed)):
            faults.append(f"{path} {why}")
    report.check("Node packages", faults, f"{len(lock['packages']) - 1} packages")


def main() -> None:
    """Runs every check."""
    report = Report()
    rules = tomllib.loads((ROOT / "deny.toml").read_text())
    said = subprocess.run(
        ["cargo", "metadata", "--format-version=1", "--locked"], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    graph = json.loads(said.stdout)
    members = [p for p in graph["packages"] if p["id"] in set(graph["workspace_members"])]
    self_test(report)
    check_graph(report, rules, graph["packages"])
    check_named(report, members)
    check_node(report, set(rules["licenses"]["allow"]))
    report.end()


if __name__ == "__main__":
    main()
