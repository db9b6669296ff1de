"""What goes to the ledger of fonds, and how far it is."""
