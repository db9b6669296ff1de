"""Incoming money: bank statements, receipts, and which invoice each receipt pays."""
