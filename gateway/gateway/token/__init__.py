"""Access tokens: made by the Manager, bound to a certificate, checked by the Inway."""
