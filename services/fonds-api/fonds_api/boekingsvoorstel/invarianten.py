"""What always holds of proposals: a query each, that returns the violations."""

INVARIANTEN = {
    "what was confirmed, was confirmed by somebody else and booked as it was proposed": """
        SELECT a.voorstel FROM boekingsvoorstelafhandeling a JOIN boekingsvoorstel v ON v.id = a.voorstel JOIN boeking b ON
        b.id = a.boeking WHERE a.contract = v.contract OR (a.peer_id, a.rol) = (v.peer_id, v.rol) OR (b.fonds, b.bron, b.pad)
        <> (v.fonds, v.bron, v.pad)""",
}
ONVERANDERLIJK = ("boekingsvoorstel", "boekingsvoorstelafhandeling")
GRENDELS = (
    "boeking_vier_ogen",
    "boekingsvoorstel_bevroren",
    "boekingsvoorstelafhandeling_bevroren",
    "boekingsvoorstelafhandeling_kan",
)
