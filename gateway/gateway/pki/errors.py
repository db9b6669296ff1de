"""Errors about certificates."""

from __future__ import annotations


class CertificateInvalid(Exception):
    """A certificate (chain) that cannot be trusted or read; the message is Dutch."""
