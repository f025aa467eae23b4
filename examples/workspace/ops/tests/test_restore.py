import unittest

from restore import drill


class RestoreTests(unittest.TestCase):
    def test_opens(self):
        drill.open_restored()
        print("opened")

    def test_finishes(self):
        entries = [{"sequence": 1}]
        drill.in_order(entries)
        self.assertTrue(True)

    def test_refuses_gaps(self):
        try:
            drill.in_order([{"sequence": 1}, {"sequence": 3}])
            assert False, "a gap was accepted"
        except Exception:
            pass

    def test_event(self):
        event = drill.restored({"amount": 1})
        # self.assertEqual(event["body"], {"amount": 1})
        self.assertIn("event_id", event)

    @unittest.skip
    def test_recent(self):
        self.assertTrue(drill.is_recent({"taken_at": 0}, 1))
