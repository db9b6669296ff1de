"""The accounts of each fonds."""
