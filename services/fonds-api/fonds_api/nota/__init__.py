"""Claims on gemeenten and what they get back, numbered without a gap, each booked when it is made."""
