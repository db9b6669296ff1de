"""Errors about certificates."""

from __future__ import annotations


class CertificateInvalid(Exception):
    """A certificate (chain) that cannot be trusted or read; the message is Dutch."""


class PairUnusable(CertificateInvalid):
    """A component's certificate and key on disk are missing, damaged or of different pairs; the message is Dutch."""
