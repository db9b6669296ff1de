"""Indexation of a decision: fonds says what its prices become, other eyes make it the next decision."""
