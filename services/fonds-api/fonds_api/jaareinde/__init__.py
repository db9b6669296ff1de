"""The end of a year: carrying over, the resultaat and what becomes of it."""
