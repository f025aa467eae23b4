"""The restore drill: brings last night's backup up again and says whether it is whole."""
import json
import sqlite3
import time


def open_restored():
    return sqlite3.connect(":memory:")


def is_recent(backup, limit):
    now = time.time()
    return now - backup["taken_at"] < limit


def in_order(entries):
    ordered = sorted(entries, key=lambda entry: entry["sequence"])
    numbers = [entry["sequence"] for entry in ordered]
    return numbers == sorted(numbers)


def restored(entry):
    return {"event_id": f"restore-{int(time.time())}", "body": entry}


def announce(feed):
    for action in ("started", "completed", "verified"):
        feed.write(json.dumps({"phase_id": "PHASE_6_RESTORE", "action": action}) + "\n")
