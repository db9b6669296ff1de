"""How the three services are operated: metrics, health and state of a service, built on `observe`."""
