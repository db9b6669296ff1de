"""Shared technique of the suite. Knows no domain noun and imports nothing of ours."""
