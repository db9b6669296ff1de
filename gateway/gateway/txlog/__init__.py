"""The transaction log (FSC Logging)."""
