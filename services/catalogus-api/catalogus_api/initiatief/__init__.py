"""Ideas that gemeenten bring in, from concept to voorziening."""
