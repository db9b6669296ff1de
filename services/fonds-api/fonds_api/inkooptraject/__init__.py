"""Inkooptraject: what VNG pre-finances for a joint tender, and what its participants repay, to the cent."""
