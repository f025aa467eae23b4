import json
import tempfile
import unittest
from pathlib import Path

from ledger.journal import GENESIS, BrokenChain, append, digest, entries


class JournalTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "journal.jsonl"

    def test_first_entry_follows_nothing(self):
        self.assertEqual(append(self.path, "till", 500, "sale 1")["previous"], GENESIS)

    def test_next_entry_carries_the_digest_of_the_last(self):
        first = append(self.path, "till", 500, "sale 1")
        self.assertEqual(append(self.path, "fees", -20, "fee 1")["previous"], digest(first))

    def test_an_edited_entry_breaks_the_chain(self):
        append(self.path, "till", 500, "sale 1")
        append(self.path, "till", 700, "sale 2")
        lines = self.path.read_text().splitlines()
        edited = json.loads(lines[0]) | {"minor_units": 5000}
        self.path.write_text("\n".join([json.dumps(edited), lines[1]]) + "\n")
        with self.assertRaises(BrokenChain):
            list(entries(self.path))

    def test_an_entry_that_moves_nothing_is_refused(self):
        with self.assertRaises(ValueError):
            append(self.path, "till", 0, "nothing")
        self.assertFalse(self.path.exists())
