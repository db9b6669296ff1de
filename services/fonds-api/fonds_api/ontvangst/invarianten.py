"""What always holds of receipts: a query each, that returns the violations."""

INVARIANTEN = {
    "nobody pays more than is left of a receipt": """
        SELECT o.id FROM ontvangst o JOIN toerekening t ON t.ontvangst = o.id GROUP BY o.id HAVING abs(sum(t.bedrag_cent)) >
        abs(o.bedrag_cent) OR sign(min(t.bedrag_cent)) <> sign(o.bedrag_cent) OR sign(max(t.bedrag_cent)) <>
        sign(o.bedrag_cent)""",
}
ONVERANDERLIJK = (
    "ontvangst",
    "toerekening",
)
GRENDELS = (
    "ontvangst_kan",
    "ontvangst_geboekt",
    "herroeping_klopt",
    "ontvangst_bevroren",
    "toerekening_kan",
    "toerekening_bevroren",
)
