"""Peers: those hosted here, and those they know."""
