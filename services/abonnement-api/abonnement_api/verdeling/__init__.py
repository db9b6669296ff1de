"""The distribution of receipts over the aanbieders."""
