"""Publication: showing a service in a Directory, withdrawing it, and finding what others show."""
