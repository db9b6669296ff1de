"""How the three services are operated: what they tell of themselves, built from `observe`."""
