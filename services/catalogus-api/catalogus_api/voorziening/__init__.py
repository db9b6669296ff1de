"""Voorzieningen that gemeenten share."""
