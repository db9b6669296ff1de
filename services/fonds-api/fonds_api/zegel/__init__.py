"""Each fonds as a log that outsiders can check: leaves, checkpoints and proofs."""
