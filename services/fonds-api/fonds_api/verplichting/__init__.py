"""Commitments: they reserve budget of a begrotingspost."""
