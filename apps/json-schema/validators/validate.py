"""Validates a corpus with python3-jsonschema: validate.py SCHEMA CORPUS. Exits with 1 if a result differs from the corpus."""

import json
import sys

from jsonschema.validators import validator_for

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
validator = validator_for(schema, default=None)(schema)

agreed, differing = 0, []
with open(sys.argv[2], encoding="ascii") as corpus:
    for line in corpus:
        entry = json.loads(line)
        if validator.is_valid(entry["value"]) == entry["valid"]:
            agreed += 1
        else:
            differing.append(line.strip())

print(json.dumps({"agreed": agreed, "disagreed": len(differing), "first": differing[:3]}))
sys.exit(1 if differing else 0)
