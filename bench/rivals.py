"""What the Python libraries need to do the same work: rivals.py yaml|jsonl|schema PATH…

Each prints its answer, so that it can be compared, and does nothing that the work does not need.
"""

import json
import sys
from collections import Counter


def yaml(path: str) -> None:
    """Loads a YAML file by PyYAML's binding to libyaml."""
    from yaml import CSafeLoader, load

    with open(path, "rb") as file:
        print(len(load(file, Loader=CSafeLoader)))


def jsonl(path: str) -> None:
    """Counts the events of a feed by phase and action, by orjson."""
    from orjson import loads

    counts: Counter = Counter()
    with open(path, "rb") as file:
        for line in file:
            event = loads(line)
            counts[event["phase_id"], event["action"]] += 1
    for (phase, action), count in sorted(counts.items()):
        print(phase, action, count)


def schema(path: str, names: str) -> None:
    """Prints which of the JSON files that `names` lists (each ended by NUL) are not valid, by jsonschema."""
    from jsonschema import Draft202012Validator

    with open(path, "rb") as file:
        validator = Draft202012Validator(json.load(file))
    with open(names) as file:
        instances = file.read().split("\0")[:-1]
    for instance in instances:
        with open(instance, "rb") as file:
            if not validator.is_valid(json.load(file)):
                print(instance)


# The exit status where a rival is not installed.
ABSENT = 77

if __name__ == "__main__":
    try:
        {"yaml": yaml, "jsonl": jsonl, "schema": schema}[sys.argv[1]](*sys.argv[2:])
    except ModuleNotFoundError as missing:
        print(f"{missing}; pip install -r bench/requirements.txt", file=sys.stderr)
        sys.exit(ABSENT)
