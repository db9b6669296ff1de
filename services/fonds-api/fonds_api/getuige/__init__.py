"""Witnesses: gemeenten that cosign the checkpoints of a fonds."""
