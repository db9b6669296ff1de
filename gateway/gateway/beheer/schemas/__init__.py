"""Wire models of the management API, a module per area."""
