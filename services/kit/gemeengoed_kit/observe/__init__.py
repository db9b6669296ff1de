"""Looking at a process from outside: metrics, logs, health. The gateway and the services share it."""
