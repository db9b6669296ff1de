"""Who pays for others: a samenwerkingsverband or a supplier, and for which gemeenten from which day."""
