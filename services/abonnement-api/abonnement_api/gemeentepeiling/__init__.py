"""Which gemeenten there were on a day, with their inhabitants: what catalogus answered, kept as it was."""
