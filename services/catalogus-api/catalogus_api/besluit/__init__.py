"""What was decided about voorzieningen, by whom, and what that permits."""
