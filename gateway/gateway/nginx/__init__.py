"""The data plane: nginx, its configuration rendered from the database."""
