"""red-dwarf on a folder in the export format of Polis: `run_red_dwarf.py FOLDER`."""

import csv
import json
import sys
from pathlib import Path

from reddwarf.implementations.base import run_pipeline

folder = Path(sys.argv[1])
csv.field_size_limit(2**24)
with (folder / "comments.csv").open(newline="", encoding="utf-8") as file:
    rejected = [int(row["comment-id"]) for row in csv.DictReader(file) if row["moderated"] == "-1"]
votes = []
with (folder / "participants-votes.csv").open(newline="", encoding="utf-8") as file:
    rows = csv.reader(file)
    head = next(rows)
    statements = [(at, int(name)) for at, name in enumerate(head) if name.isdigit()]
    for row in rows:
        person = int(row[0])
        votes += [
            {"participant_id": person, "statement_id": statement, "vote": int(row[at])}
            for at, statement in statements
            if row[at]
        ]
found = run_pipeline(votes=votes, mod_out_statement_ids=rejected, random_state=0)
people = found.participants_df["cluster_id"].dropna()
consensus = found.group_aware_consensus["agree"]
print(json.dumps({
    "explained_variance": [float(part) for part in found.reducer.explained_variance_ratio_[:2]],
    "in_conversation": int(found.participants_df["to_cluster"].sum()),
    "groups": {str(person): int(group) for person, group in people.items()},
    "gac_agree": {str(statement): float(value) for statement, value in consensus.items() if value == value},
}))  # fmt: skip
