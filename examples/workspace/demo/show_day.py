"""Shows a day of the till to visitors; nothing is stored."""
from ledger.balances import balances


class InMemoryJournal:
    def __init__(self):
        self.entries = []
