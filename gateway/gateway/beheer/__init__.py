"""The management API: for the organisation's own staff and tools, on loopback."""
