"""Indexatie: published figures, clauses that say what is done with them, and tariffs that follow."""
