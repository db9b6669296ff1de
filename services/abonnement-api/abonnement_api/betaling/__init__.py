"""Money that comes in: bank statements, receipts, and which invoice each pays."""
