"""Balances: the journal, folded. Nothing is stored that can be computed."""

from collections import defaultdict

from ledger.journal import entries


def balances(path):
    """Account to minor units; accounts that are even are left out."""
    totals = defaultdict(int)
    for entry in entries(path):
        totals[entry["account"]] += entry["minor_units"]
    return {account: total for account, total in sorted(totals.items()) if total}


def is_even(path):
    """Whether money only moved: what left one account has reached another."""
    return sum(balances(path).values()) == 0
