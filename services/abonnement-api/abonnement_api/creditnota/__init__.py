"""Credit notes, and the invoices that correct another."""
