"""How many gemeenten and inhabitants the voorzieningen reach."""
