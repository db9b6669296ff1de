"""Gemeenten that take part in voorzieningen: joining, on which conditions, and leaving."""
