"""Publication: show a service in a Directory, withdraw it, and find the services of others."""
