"""What each gemeente wants on its invoice."""
