"""fonds-api: what gemeenten put together in one purse, and the ledger that accounts for it."""
