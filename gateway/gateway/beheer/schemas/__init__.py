"""Models for the requests and answers of the management API, one module per area."""
