"""The fondsen: each a fund with its own ledger, and the roles that may see it and book in it."""
