"""The foundations and the administratiebureau, and the services that they deliver."""
