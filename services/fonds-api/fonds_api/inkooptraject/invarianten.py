"""What always holds of joint tenders: a query each, that returns the violations."""

INVARIANTEN = {
    "a settlement divides its costs to the cent": """
        SELECT a.traject, a.nummer FROM inkoopafrekening a JOIN inkoopafrekeningsregel r ON (r.traject, r.afrekening) =
        (a.traject, a.nummer) GROUP BY a.traject, a.nummer HAVING sum(r.aandeel_cent) <> a.kosten_cent OR count(*) <>
        a.aantal_regels""",
    "what participants owe is what the ledger says": """
        SELECT t.code FROM inkooptraject t WHERE coalesce((SELECT sum(r.verschil_cent) FROM inkoopafrekeningsregel r WHERE
        r.traject = t.code), 0) - coalesce((SELECT sum(CASE soort WHEN 'ontvangst' THEN bedrag_cent WHEN 'teruggave' THEN
        -bedrag_cent END) FROM inkooppost WHERE traject = t.code), 0) <> coalesce((SELECT sum(bedrag_cent) FROM boekingsregel
        WHERE fonds = t.code AND rekening = '1300'), 0)""",
    "every balance of a closed inkooptraject is zero": """
        SELECT s.traject, r.rekening FROM inkoopsluiting s JOIN boekingsregel r ON r.fonds = s.traject GROUP BY s.traject,
        r.rekening HAVING sum(r.bedrag_cent) <> 0""",
    "large posts of a joint tender were let by somebody else": """
        SELECT p.traject, p.nummer FROM inkooppost p LEFT JOIN inkoopmachtiging m ON (m.traject, m.nummer) = (p.traject,
        p.machtiging) WHERE p.machtiging IS NOT NULL AND (m.contract = p.contract OR (m.peer_id, m.rol) = (p.peer_id, p.rol)
        OR m.bedrag_cent <> abs(p.bedrag_cent))""",
}
ONVERANDERLIJK = (
    "inkooptraject",
    "inkoopmutatie",
    "inkoopmachtiging",
    "inkooppost",
    "inkoopafrekening",
    "inkoopafrekeningsregel",
    "inkoopsluiting",
)
GRENDELS = (
    "inkoopmutatie_volgt_op",
    "inkooppost_volgt_op",
    "inkoopafrekening_volgt_op",
    "inkoopmutatie_kan",
    "inkooppost_kan",
    "inkooppost_gemachtigd",
    "inkooppost_geboekt",
    "inkoopmachtiging_volgt_op",
    "inkoopmachtiging_bevroren",
    "inkoopmachtiging_niet_legen",
    "inkoopafrekeningsregel_niet_erbij",
    "inkoopafrekening_klopt",
    "inkoopsluiting_kan",
    "inkooptraject_bevroren",
    "inkooptraject_niet_legen",
    "inkoopmutatie_bevroren",
    "inkoopmutatie_niet_legen",
    "inkooppost_bevroren",
    "inkooppost_niet_legen",
    "inkoopafrekening_bevroren",
    "inkoopafrekening_niet_legen",
    "inkoopafrekeningsregel_bevroren",
    "inkoopafrekeningsregel_niet_legen",
    "inkoopsluiting_bevroren",
    "inkoopsluiting_niet_legen",
)
