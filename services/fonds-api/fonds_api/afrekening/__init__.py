"""Settlements: what a round should have been by definitive figures, less what it was, per gemeente and to the cent."""
