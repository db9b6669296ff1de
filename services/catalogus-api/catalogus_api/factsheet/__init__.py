"""What a voorziening is, costs and saves, on one page."""
