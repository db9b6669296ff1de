"""What is left of adopted budgets."""
