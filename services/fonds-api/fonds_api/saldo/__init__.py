"""The balances of a fonds's accounts on a day."""
