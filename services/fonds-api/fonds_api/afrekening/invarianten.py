"""What always holds of settlements (F10): a query each, that returns the violations."""

INVARIANTEN = {
    "F10 a settlement is what was charged and the difference, to the cent": """
        SELECT a.id FROM afrekening a JOIN afrekeningregel r ON r.afrekening = a.id GROUP BY a.id HAVING sum(r.bedrag_cent) <>
        a.totaal_cent OR sum(r.verschil_cent) <> a.verschil_cent OR count(*) <> a.aantal OR sum(r.berekend_cent) +
        a.verschil_cent <> a.totaal_cent""",
}
ONVERANDERLIJK = (
    "afrekening",
    "afrekeningregel",
)
GRENDELS = (
    "afrekening_kan",
    "afrekening_geboekt",
    "afrekening_klopt",
    "afrekening_bevroren",
    "afrekeningregel_kan",
    "afrekeningregel_bevroren",
)
