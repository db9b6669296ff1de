"""Contracts that are accepted without a person: rules that say exactly which."""
