"""Services that hosted peers offer through their Inway."""
