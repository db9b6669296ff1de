"""The Outway: which grant a call uses, and the Inways it may reach."""
