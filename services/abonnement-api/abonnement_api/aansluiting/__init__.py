"""Whether fonds has exactly what was sent to it (A8): asked of fonds itself, every day and on request."""
