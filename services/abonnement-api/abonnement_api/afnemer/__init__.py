"""The foundations and the bureau, and the services they deliver."""
