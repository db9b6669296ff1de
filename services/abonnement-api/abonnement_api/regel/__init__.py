"""What invoices, receipts and distributions are per dienst: the lines that concern an aanbieder, or a gemeente."""
