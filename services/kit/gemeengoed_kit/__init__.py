"""Shared technique of the suite. Knows no domain noun and imports nothing of ours."""

VERSION = "0.2.0"
"""Of the whole suite. Its packages, specifications, `/v1/health` and CHANGELOG.md tell this one; the URLs stay under /v1."""
