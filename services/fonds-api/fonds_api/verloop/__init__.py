"""What moved on the accounts of a fonds in a period, and the entries behind it."""
