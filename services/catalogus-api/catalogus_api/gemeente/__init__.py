"""Gemeenten with their inhabitants per peildatum, and how they merged."""
