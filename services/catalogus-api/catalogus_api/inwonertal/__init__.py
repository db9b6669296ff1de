"""A new year of inhabitants, as a file."""
