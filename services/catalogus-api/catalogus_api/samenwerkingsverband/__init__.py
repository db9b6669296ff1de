"""Samenwerkingsverbanden and their members over time."""
