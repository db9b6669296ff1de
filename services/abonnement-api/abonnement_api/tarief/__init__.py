"""What a decision of the members makes the price per inhabitant."""
