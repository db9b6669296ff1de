"""What catalogus answered about gemeenten and their inhabitants, kept as it was on the moment of asking."""
