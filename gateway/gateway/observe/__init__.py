"""Looking at the gateway from outside: metrics, traces, logs, health."""
