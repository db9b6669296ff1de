"""The whole suite on one machine, as `make demo`, `make start` and the tests run it."""
