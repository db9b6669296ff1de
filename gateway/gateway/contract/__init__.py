"""Contracts: content, hashes, signatures, derived state."""
