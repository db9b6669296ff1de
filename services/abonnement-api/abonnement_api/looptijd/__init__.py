"""Term, notice, renewal, change of package and leaving."""
