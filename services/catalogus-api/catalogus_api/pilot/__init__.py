"""Pilots: who tries what, when, and what came of it."""
