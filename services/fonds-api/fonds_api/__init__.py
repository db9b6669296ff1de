"""fonds-api: the collective funds of gemeenten, and the ledger that accounts for them."""
