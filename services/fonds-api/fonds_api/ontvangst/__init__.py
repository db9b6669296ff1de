"""Money that came in from gemeenten, or went back to them, and which nota's it pays."""
