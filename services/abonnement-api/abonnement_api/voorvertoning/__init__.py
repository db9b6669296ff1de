"""What a round of a year would be: per gemeente, in total, and against the year before."""
