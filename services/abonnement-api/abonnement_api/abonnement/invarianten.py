"""What always holds of subscriptions (A1): a query each, that returns the violations."""

INVARIANTEN = {
    "A1 the subscriptions of a gemeente do not overlap": """
        SELECT een.id, ander.id FROM abonnement AS een JOIN abonnement AS ander
        ON ander.gemeentecode = een.gemeentecode AND ander.id > een.id
        AND ander.begindatum <= een.einddatum AND een.begindatum <= ander.einddatum""",
    "A1 a subscription is what a registration that is done asks for": """
        SELECT abonnement.id FROM abonnement LEFT JOIN collectieve_aanmelding AS aanmelding
        ON aanmelding.id = abonnement.aanmelding AND aanmelding.status = 'verwerkt'
        AND (aanmelding.begindatum, aanmelding.einddatum) = (abonnement.begindatum, abonnement.einddatum)
        AND coalesce(aanmelding.uitzonderingen ->> abonnement.gemeentecode, aanmelding.pakket) = abonnement.pakket
        WHERE aanmelding.id IS NULL""",
}
ONVERANDERLIJK = ("abonnement",)
GRENDELS = (
    "collectieve_aanmelding_verse_blik",
    "abonnement_verse_blik",
    "abonnement_bevroren",
    "abonnement_niet_legen",
    "abonnement_in_aanmelding",
    "abonnement_klopt",
    "collectieve_aanmelding_dagen",
    "collectieve_aanmelding_vast",
    "collectieve_aanmelding_blijft",
    "collectieve_aanmelding_niet_legen",
)
