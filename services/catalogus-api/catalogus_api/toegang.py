"""Roles that a contract may give at this service (`gemeengoed.rol`); without a token a caller is the public."""

BEHEER = "catalogusbeheer"
