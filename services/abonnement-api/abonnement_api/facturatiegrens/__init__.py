"""Safety bounds: what a round may be before somebody must say that it is meant so."""
