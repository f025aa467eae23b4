"""The journal: one JSON object a line, each bound to the one before it by a digest."""

import hashlib
import json
import os
from pathlib import Path

GENESIS = "0" * 64


class BrokenChain(Exception):
    """An entry does not follow from the entry before it."""


def digest(entry):
    """The digest that the next entry carries as `previous`."""
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def entries(path):
    """All entries, checked against each other as they are read."""
    previous = GENESIS
    for number, line in enumerate(Path(path).read_text().splitlines(), start=1):
        entry = json.loads(line)
        if entry["previous"] != previous:
            raise BrokenChain(f"{path}:{number}: expected {previous}, found {entry['previous']}")
        previous = digest(entry)
        yield entry


def append(path, account, minor_units, reference):
    """Adds an entry, and returns only when it is on the disk."""
    if minor_units == 0:
        raise ValueError("an entry moves money, or it is no entry")
    path = Path(path)
    previous = GENESIS
    if path.exists():
        for entry in entries(path):
            previous = digest(entry)
    entry = {"account": account, "minor_units": minor_units, "previous": previous, "reference": reference}
    with path.open("a") as journal:
        journal.write(json.dumps(entry, sort_keys=True) + "\n")
        journal.flush()
        os.fsync(journal.fileno())
    return entry
