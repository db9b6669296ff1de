"""The price per inhabitant, as decided by the members."""
