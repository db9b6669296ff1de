"""The subscriptions of gemeenten to packages, and the collective registration that makes them."""
