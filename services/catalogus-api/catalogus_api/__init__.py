"""catalogus-api: the one source of gemeenten and of the voorzieningen they share."""
