"""The ledger: entries that balance and never change."""
