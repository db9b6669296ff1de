"""Where the money is, from invoice to distribution."""
