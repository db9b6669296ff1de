"""What always holds of rounds (A1): a query each, that returns the violations."""

INVARIANTEN = {
    "A1 a round that is done has an invoice for every subscription": """
        SELECT ronde.jaar, abonnement.gemeentecode FROM facturatieronde AS ronde
        JOIN abonnement ON ronde.peildatum BETWEEN abonnement.begindatum AND abonnement.einddatum
        LEFT JOIN factuur ON factuur.jaar = ronde.jaar AND factuur.abonnement = abonnement.id
        WHERE ronde.status = 'gefactureerd' AND factuur.nummer IS NULL AND abonnement.aanmelding IN (
            SELECT id FROM collectieve_aanmelding WHERE afgerond_op <= ronde.gefactureerd_op)
        UNION ALL SELECT ronde.jaar, factuur.nummer FROM facturatieronde AS ronde JOIN factuur USING (jaar)
        WHERE ronde.status <> 'gefactureerd'""",
}
ONVERANDERLIJK: tuple[str, ...] = ()
GRENDELS = (
    "facturatieronde_verse_blik",
    "facturatieronde_dagen",
    "facturatieronde_andere_dag",
    "facturatieronde_vast",
    "facturatieronde_blijft",
    "facturatieronde_niet_legen",
    "facturatieronde_klopt",
    "facturatieronde_van_jaar",
)
