"""Money that leaves the account: payment orders, their message to the bank, and what became of each payment."""
