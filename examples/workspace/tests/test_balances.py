import tempfile
import unittest
from pathlib import Path

from ledger.balances import balances, is_even
from ledger.journal import append


class BalanceTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "journal.jsonl"

    def test_entries_of_an_account_add_up(self):
        append(self.path, "till", 500, "sale 1")
        append(self.path, "till", 700, "sale 2")
        self.assertEqual(balances(self.path), {"till": 1200})

    def test_an_even_account_is_left_out(self):
        append(self.path, "till", 500, "sale 1")
        append(self.path, "till", -500, "refund 1")
        self.assertEqual(balances(self.path), {})

    def test_money_only_moves(self):
        append(self.path, "till", 500, "sale 1")
        self.assertFalse(is_even(self.path))
        append(self.path, "customer", -500, "sale 1")
        self.assertTrue(is_even(self.path))
