"""The whole suite on one machine: what `make demo`, `make start` and the tests run."""
