"""The command `gateway`: a client of the management API, and the gateway's own processes."""
