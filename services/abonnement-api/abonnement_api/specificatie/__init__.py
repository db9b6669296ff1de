"""The statement of what a distribution gives to an aanbieder: to read, for a spreadsheet, and on paper."""
