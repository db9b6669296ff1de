"""Questions of gemeenten to foundations about what they account for, and the answers."""
