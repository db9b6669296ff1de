"""Decisions in catalogus on which something here rests."""
