"""A plain count of owners' consent, from the Civil Code's article 278 and the interpretation's articles 8 and 9.

`run_plain_consent.py --roll FILE --ballots FILE`: an ordinary item (the use of the fund). The standard library alone, as
somebody would write it in an afternoon: it checks no input and explains nothing.
"""

import argparse
import csv
import json

asked = argparse.ArgumentParser()
asked.add_argument("--roll")
asked.add_argument("--ballots")
files = asked.parse_args()

# unit: area in 0.01 m², who is its head
units: dict[str, tuple[int, str]] = {}
with open(files.roll, encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        whole, _, part = row["area"].partition(".")
        area = int(whole) * 100 + int((part + "00")[:2])
        if row["status"] in ("unsold", "undelivered"):
            head = "the developer"
        elif row["owner"]:
            head = "+".join(sorted(set(row["owner"].split("+"))))
        else:
            head = f"nobody named at {row['unit']}"
        units[row["unit"]] = (area, head)

cast: dict[str, set[str]] = {}
with open(files.ballots, encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        if row["unit"] in units and (row["channel"] != "proxy" or row["instruction"]):
            cast.setdefault(row["unit"], set()).add(row["choice"])

area_all = area_part = area_agree = 0
heads: dict[str, set[str]] = {}
for unit, (area, head) in units.items():
    said = heads.setdefault(head, set())
    area_all += area
    if unit in cast:
        # rows that differ are one invalid ballot
        choice = next(iter(cast[unit])) if len(cast[unit]) == 1 else "invalid"
        said.add(choice)
        area_part += area
        area_agree += area if choice == "agree" else 0
heads_part = sum(1 for said in heads.values() if said)
heads_agree = sum(1 for said in heads.values() if said == {"agree"})

gates = [
    ("participation-area-short", 3 * area_part >= 2 * area_all),
    ("participation-heads-short", 3 * heads_part >= 2 * len(heads)),
    ("approval-area-short", 2 * area_agree > area_part),
    ("approval-heads-short", 2 * heads_agree > heads_part),
]
missed = [reason for reason, met in gates if not met]
print(json.dumps({
    "passed": not missed,
    "reason": missed[0] if missed else "passed",
    "participation": {"area": [area_part, area_all], "heads": [heads_part, len(heads)]},
    "approval": {"area": [area_agree, area_part], "heads": [heads_agree, heads_part]},
}))  # fmt: skip
