"""Periods of boekdata of a fonds: open, provisionally closed, closed for good."""
