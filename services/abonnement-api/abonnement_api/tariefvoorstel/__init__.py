"""A price per inhabitant, computed from budgets and inhabitants, with what it covers."""
