"""The entries that go to the ledger of fonds, and their progress."""
