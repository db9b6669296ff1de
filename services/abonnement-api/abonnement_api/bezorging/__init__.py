"""How documents get to gemeenten, and what became of each."""
