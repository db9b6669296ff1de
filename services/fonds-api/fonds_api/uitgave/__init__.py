"""Spending: it draws down a commitment and is booked in the ledger."""
