"""What always holds of what gemeenten want on their invoices: it has versions, and none changes."""

INVARIANTEN = {
    "A3 versions of invoice settings have no gap": """
        SELECT gemeentecode FROM factuurgegevens GROUP BY gemeentecode HAVING min(versie) <> 1 OR max(versie) <> count(*)""",
}
ONVERANDERLIJK = ("factuurgegevens",)
GRENDELS = ("factuurgegevens_bevroren", "factuurgegevens_niet_legen")
