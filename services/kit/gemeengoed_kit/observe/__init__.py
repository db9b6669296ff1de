"""Observability of a process: metrics, logs, health. The gateway and the services share it."""
