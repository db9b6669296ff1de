"""Clients of an Outway: who may use it, and for which grants."""
