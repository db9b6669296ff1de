"""The catalogue as files."""
