"""Technique that the services of the suite share. It knows no domain noun and imports no other package of the suite."""

VERSION = "0.2.0"
"""The version of the whole suite: of its packages, specifications, `/v1/health` and CHANGELOG.md. URLs stay under /v1."""
