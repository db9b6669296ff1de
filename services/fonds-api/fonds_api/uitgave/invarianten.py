"""What always holds of spending: a query each, that returns the violations."""

INVARIANTEN = {
    "an invoice counts once per commitment": """
        SELECT u.id FROM uitgave u LEFT JOIN uitgavestorno s ON s.uitgave = u.id LEFT JOIN uitgavefactuur f ON (f.uitgave,
        f.verplichting, f.factuurnummer) = (u.id, u.verplichting, u.factuurnummer) WHERE (f.uitgave IS NULL) <> (s.uitgave IS
        NOT NULL)""",
    "spending is booked for its amount": """
        SELECT u.id FROM uitgave u LEFT JOIN boekingsregel r ON r.boeking = u.boeking AND r.rekening = '1600' GROUP BY u.id
        HAVING coalesce(sum(r.bedrag_cent), 0) <> -u.bedrag_cent - u.btw_cent""",
}
ONVERANDERLIJK = (
    "uitgave",
    "uitgavebetaling",
    "uitgavestorno",
)
GRENDELS = (
    "uitgave_verwerkt",
    "uitgavestorno_verwerkt",
    "uitgavebetaling_kan",
    "uitgave_bevroren",
    "uitgavebetaling_bevroren",
    "uitgavestorno_bevroren",
)
