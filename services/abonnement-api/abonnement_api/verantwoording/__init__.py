"""Where the money stands, from invoice to distribution."""
