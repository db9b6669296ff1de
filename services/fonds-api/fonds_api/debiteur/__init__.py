"""What gemeenten have open, by age, and how that agrees with the ledger; it only reads."""
