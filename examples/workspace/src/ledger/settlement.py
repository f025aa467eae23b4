"""Settlement: what the bank is told at the end of a day."""

import json
import socket

from ledger.balances import balances


def batch(path):
    """The payouts of a day: every account that is owed money."""
    return [{"account": account, "minor_units": total} for account, total in balances(path).items() if total > 0]


def submit(path, host, port):
    """Sends the batch to the bank's gateway."""
    with socket.create_connection((host, port), timeout=10) as gateway:
        # TODO: the gateway answers with a receipt; read it before the day counts as settled
        gateway.sendall(json.dumps(batch(path)).encode())
