"""What each gemeente contributes to a fonds in a year, to the cent."""
