"""Entries from an amount on wait until somebody else confirms them."""
