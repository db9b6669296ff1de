"""Which gemeente has subscribed to which package, and the collective registration that makes subscriptions."""
