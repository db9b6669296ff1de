"""What a voorziening would mean for gemeenten, after a pilot."""
