"""sortition-algorithms: `run_sortition_algorithms.py --categories FILE --people FILE --size N --rule NAME [--id COLUMN]`.

The distribution alone: no panel is drawn and no list is made, which ours does as well.
"""

import argparse
import csv
import json
import sys

from sortition_algorithms import committee_generation as generation
from sortition_algorithms.features import read_in_features
from sortition_algorithms.people import read_in_people
from sortition_algorithms.settings import Settings

asked = argparse.ArgumentParser()
for name in ("--categories", "--people", "--rule", "--id"):
    asked.add_argument(name)
asked.add_argument("--size", type=int)
options = asked.parse_args()


def rows(path: str) -> tuple[list[str], list[dict[str, str]]]:
    """Heading and rows of a CSV file."""
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or []), list(reader)


head, body = rows(options.people)
key = options.id or "row"
if options.id is None:
    head, body = [key, *head], [{key: str(at), **row} for at, row in enumerate(body, 1)]
quotas_head, quotas = rows(options.categories)
if "category" in quotas_head:
    # what it calls a feature with values
    names = {"category": "feature", "feature": "value"}
    quotas_head = [names.get(name, name) for name in quotas_head]
    quotas = [{names.get(name, name): cell for name, cell in row.items()} for row in quotas]
features = read_in_features(quotas_head, quotas)[0]
people = read_in_people(head, body, features, Settings(id_column=key, columns_to_keep=[]))[0]
find = getattr(generation, f"find_distribution_{options.rule}", None)
if find is None:
    sys.exit(f"no rule {options.rule}")
if options.rule == "leximin" and not generation.GUROBI_AVAILABLE:
    sys.exit("leximin needs Gurobi")
committees, weights, _ = find(features, people, options.size, [])
chances = dict.fromkeys(people, 0.0)
for committee, weight in zip(committees, weights, strict=True):
    for person in committee:
        chances[person] += weight
print(json.dumps({"probabilities": list(chances.values())}))
