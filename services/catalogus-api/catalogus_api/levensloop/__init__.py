"""How a voorziening goes from initiatief to beheer, or stops, and what allowed each step."""
