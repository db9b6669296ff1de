"""What an operator can see of the gateway: metrics, traces, logs, health."""
