"""Contracts that are accepted automatically, and the rules that describe exactly which."""
