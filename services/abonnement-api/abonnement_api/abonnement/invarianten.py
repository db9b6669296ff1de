"""What always holds of subscriptions (A1): a query each, that returns the violations."""

INVARIANTEN = {
    "A1 the subscriptions of a gemeente do not overlap": """
        SELECT een.abonnement::text, ander.abonnement::text FROM abonnementstand AS een JOIN abonnementstand AS ander
        ON ander.gemeentecode = een.gemeentecode AND ander.abonnement > een.abonnement
        AND ander.begindatum <= een.einddatum AND een.begindatum <= ander.einddatum""",
    "A1 every subscription has a state that follows from what happened to it": """
        SELECT abonnement.id::text FROM abonnement LEFT JOIN abonnementstand AS stand ON stand.abonnement = abonnement.id
        WHERE (stand.gemeentecode, stand.begindatum, stand.gebeurtenissen) IS DISTINCT FROM (
            abonnement.gemeentecode, abonnement.begindatum,
            (SELECT count(*) FROM abonnementsgebeurtenis WHERE abonnementsgebeurtenis.abonnement = abonnement.id))
        OR (stand.overgegaan_op IS NOT NULL) IS DISTINCT FROM EXISTS (
            SELECT FROM abonnementsgebeurtenis AS deel WHERE deel.abonnement = abonnement.id AND soort = 'overgang')""",
    "A1 what went over is in a herindeling, and what is decided has its subscription": """
        SELECT gebeurd.abonnement::text FROM abonnementsgebeurtenis AS gebeurd WHERE soort = 'overgang' AND NOT EXISTS (
            SELECT FROM overgangsdeel JOIN overgang ON overgang.id = overgang WHERE overgangsdeel.abonnement = gebeurd.abonnement
            AND overgang.ingangsdatum = gebeurd.ingangsdatum)
        UNION ALL SELECT abonnement.id::text FROM abonnement
        LEFT JOIN overgangsbesluit AS besluit ON besluit.abonnement = abonnement.id
        LEFT JOIN antwoord ON antwoord.abonnement = abonnement.id
        WHERE abonnement.overgang IS DISTINCT FROM besluit.overgang
           OR CASE WHEN abonnement.overgang IS NULL THEN abonnement.aanbod END IS DISTINCT FROM antwoord.aanbod""",
    "A1 a subscription of a registration is what a registration that is done asks for": """
        SELECT abonnement.id::text FROM abonnement LEFT JOIN collectieve_aanmelding AS aanmelding
        ON aanmelding.id = abonnement.aanmelding AND aanmelding.status = 'verwerkt'
        AND (aanmelding.begindatum, aanmelding.einddatum) = (abonnement.begindatum, abonnement.einddatum)
        AND coalesce(aanmelding.uitzonderingen ->> abonnement.gemeentecode, aanmelding.pakket) = abonnement.pakket
        WHERE abonnement.aanmelding IS NOT NULL AND aanmelding.id IS NULL""",
}
ONVERANDERLIJK = ("abonnement", "abonnementsgebeurtenis")
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
    "abonnement_begint",
    "abonnementsgebeurtenis_bevroren",
    "abonnementsgebeurtenis_niet_legen",
    "abonnementsgebeurtenis_verwerken",
    "abonnementstand_blijft",
    "abonnementstand_niet_legen",
)
