"""The Outway: which grant a call uses, and which Inways it may reach."""
