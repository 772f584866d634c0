"""pabutools on a file and a rule: `run_pabutools.py FILE RULE`. Exact fractions, equal ballots merged, as it is fastest."""

import json
import sys

from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.rules import (
    completion_by_rule_combination,
    greedy_utilitarian_welfare,
    method_of_equal_shares,
    sequential_phragmen,
)

instance, profile = parse_pabulib(sys.argv[1])
profile = profile.as_multiprofile()
match sys.argv[2]:
    case "greedy:cost":
        winners = greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat)
    case "phragmen":
        winners = sequential_phragmen(instance, profile)
    case "mes:cost":
        winners = method_of_equal_shares(instance, profile, sat_class=Cost_Sat)
    case "mes_add1:cost":
        winners = method_of_equal_shares(instance, profile, sat_class=Cost_Sat, voter_budget_increment=1)
    case "mes_add1u:cost:cost":
        winners = completion_by_rule_combination(
            instance,
            profile,
            [method_of_equal_shares, greedy_utilitarian_welfare],
            [{"sat_class": Cost_Sat, "voter_budget_increment": 1}, {"sat_class": Cost_Sat}],
        )
    case other:
        sys.exit(f"pabutools is not asked for {other}")
print(json.dumps({"winners": [p.name for p in winners], "total_cost": str(sum(p.cost for p in winners))}))
