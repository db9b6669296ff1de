"""What always holds of decisions: a query each, that returns the violations."""

INVARIANTEN = {
    "A4 a decision has packages, each with diensten, and a weight for each": """
        SELECT id FROM tariefbesluit WHERE NOT EXISTS (SELECT FROM pakket WHERE tariefbesluit = id)
        UNION ALL SELECT pakket.tariefbesluit FROM pakket LEFT JOIN pakketdienst AS deel
        ON (deel.tariefbesluit, deel.pakket) = (pakket.tariefbesluit, pakket.code)
        LEFT JOIN verdeelsleutel AS sleutel ON (sleutel.tariefbesluit, sleutel.dienst) = (deel.tariefbesluit, deel.dienst)
        WHERE sleutel.gewicht IS NULL""",
    "A7 every price of an indexed decision follows from the one before it": """
        SELECT regel.tariefindexatie::text, regel.pakket, regel.onderdeel FROM tariefindexatieregel AS regel
        JOIN tariefindexatie AS bron ON bron.id = regel.tariefindexatie
        JOIN tariefbesluit AS oud ON oud.id = bron.tariefbesluit
        LEFT JOIN tariefonderdeel AS deel
            ON (deel.tariefbesluit, deel.pakket, deel.onderdeel) = (oud.id, regel.pakket, regel.onderdeel)
        LEFT JOIN tariefindexatieregel AS schakel
            ON (schakel.tariefindexatie, schakel.pakket, schakel.onderdeel) = (oud.tariefindexatie, regel.pakket, regel.onderdeel)
        LEFT JOIN tariefonderdeel AS na
            ON (na.tariefbesluit, na.pakket, na.onderdeel) = (bron.nieuw, regel.pakket, regel.onderdeel)
        WHERE regel.oud IS DISTINCT FROM coalesce(schakel.nieuw, deel.bedrag)
            OR regel.nieuw <> afgerond(regel.oud * bron.factor, bron.keten_decimalen, bron.keten_afronding)
            OR regel.prijs <> afgerond(regel.nieuw, bron.prijs_decimalen, bron.prijs_afronding)
            OR bron.status = 'verwerkt' AND na.bedrag IS DISTINCT FROM regel.prijs""",
    "A9 what was decided is closed": """
        SELECT coalesce(pad, onderwerp) FROM (SELECT '/v1/tariefbesluiten/' || id AS pad FROM tariefbesluit) AS eigen
        FULL JOIN (SELECT onderwerp FROM afgesloten WHERE onderwerp LIKE '/v1/tariefbesluiten/%') AS dicht ON onderwerp = pad
        WHERE pad IS NULL OR onderwerp IS NULL""",
}
ONVERANDERLIJK = ("tariefbesluit", "pakket", "pakketdienst", "verdeelsleutel", "pakketband")
GRENDELS = (
    "tariefbesluit_verse_blik",
    "tariefbesluit_bevroren",
    "tariefbesluit_niet_legen",
    "tariefbesluit_compleet",
    "pakket_bevroren",
    "pakket_niet_legen",
    "pakket_bij_besluit",
    "pakketdienst_bevroren",
    "pakketdienst_niet_legen",
    "pakketdienst_bij_besluit",
    "verdeelsleutel_bevroren",
    "verdeelsleutel_niet_legen",
    "verdeelsleutel_bij_besluit",
    "pakketband_bevroren",
    "pakketband_bij_besluit",
    "pakketband_niet_legen",
)
