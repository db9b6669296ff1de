"""Invoices: one per gemeente per year, never edited."""
