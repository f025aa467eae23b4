"""Settings. Two of them should never have been written down."""

import os

JOURNAL = os.environ.get("TILL_JOURNAL", "var/journal.jsonl")
REPLICA_DSN = "postgresql://till_writer:Vq7mTz31hK@ledger-replica.internal/till"
GATEWAY = {
    "host": os.environ.get("TILL_GATEWAY_HOST", "gateway.internal"),
    "api_key": "tz9KqL2wVb7RxNc4HdPf81Ms",
}
