"""The management API: for the organisation's own people and tools, on loopback."""
