"""The data plane: nginx, with its configuration rendered from the database."""
