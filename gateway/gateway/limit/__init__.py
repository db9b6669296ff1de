"""Limits on calls that reach an Inway, per service and per calling peer."""
