"""What always holds of rounds (A1): a query each, that returns the violations."""

INVARIANTEN = {
    "A1 a round that is done has an invoice for every line of its proposal": """
        SELECT ronde.jaar, regel.gemeentecode FROM facturatieronde AS ronde
        JOIN voorvertoningsregel AS regel ON regel.voorvertoning = ronde.voorstel AND regel.abonnement IS NOT NULL
        LEFT JOIN factuur ON factuur.jaar = ronde.jaar AND factuur.abonnement = regel.abonnement
        WHERE ronde.status = 'gefactureerd' AND factuur.nummer IS NULL
        UNION ALL SELECT ronde.jaar, factuur.nummer FROM facturatieronde AS ronde JOIN factuur USING (jaar)
        WHERE ronde.status NOT IN ('goedgekeurd', 'gefactureerd')""",
    "A1 an invoice is what was approved by other eyes": """
        SELECT factuur.nummer FROM factuur JOIN facturatieronde AS ronde USING (jaar)
        LEFT JOIN voorvertoningsregel AS regel ON (regel.voorvertoning, regel.abonnement) = (ronde.voorstel, factuur.abonnement)
        LEFT JOIN facturatierondebesluit AS besluit ON besluit.voorvertoning = ronde.voorstel
        LEFT JOIN voorvertoning AS voorstel ON voorstel.id = ronde.voorstel
        WHERE ronde.voorstel IS NOT NULL AND (besluit.uitkomst IS DISTINCT FROM 'goedgekeurd'
            OR besluit.contract = voorstel.contract
            OR (besluit.peer_id, besluit.rol) = (voorstel.peer_id, voorstel.rol)
            OR factuur.vervangt IS NULL AND regel.inwoners IS DISTINCT FROM factuur.inwoners)""",
}
ONVERANDERLIJK = ("facturatierondebesluit",)
GRENDELS = (
    "facturatieronde_verse_blik",
    "facturatieronde_dagen",
    "facturatieronde_andere_dag",
    "facturatieronde_vast",
    "facturatieronde_blijft",
    "facturatieronde_niet_legen",
    "facturatieronde_klopt",
    "facturatieronde_van_jaar",
    "facturatieronde_vooruit",
    "facturatierondebesluit_bevroren",
    "facturatierondebesluit_kan",
    "facturatierondebesluit_niet_legen",
)
