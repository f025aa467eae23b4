"""Till, a small payments ledger: an append-only journal, and everything else computed from it."""
