"""Reads reports of `crosscheck runtime --json` and prints a line for each profile; exit status 1 when one holds
anything that nothing explains."""

import json
import sys

unexplained = 0
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        reports = json.load(file)
    if not reports:
        unexplained += 1
        print(f"{path}: no report in it")
    for report in reports:
        new = [difference for difference in report["differences"] if difference.get("known") is None]
        unexplained += len(new)
        clauses = ", ".join(explanation["clause"] for explanation in report["explanations"])
        print(f"{report['runtime']['name']}: {report['source']}: {report['outcome']}, "
              f"{report['inside']['calls']} calls inside, {len(new)} unexplained"
              + (f" ({clauses})" if clauses else ""))
        for difference in new:
            print(f"  {difference['parties']}: expected {difference['expected']}, found {difference['found']}")
sys.exit(1 if unexplained else 0)
