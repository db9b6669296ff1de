"""Levies: how much the gemeenten pay into a fonds in a year and by which rule, as proposed and as decided."""
