"""Peers: those that are hosted here, and the peers that they know."""
