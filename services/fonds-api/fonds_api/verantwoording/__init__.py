"""Realisation against budget, and where the money comes from."""
