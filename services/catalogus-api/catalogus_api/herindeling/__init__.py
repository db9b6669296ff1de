"""Changes of the indeling: which gemeente went into which, and the one operation that brings that about."""
