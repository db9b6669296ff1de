"""Which gemeenten support an initiatief."""
