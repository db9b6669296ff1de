"""Budget of a year that goes on in the next, by decision."""
