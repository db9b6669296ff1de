"""What is on the accounts of a fonds on a day."""
