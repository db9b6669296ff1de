"""What always holds of accounts (F11): a query each, that returns the violations."""

INVARIANTEN = {
    "nothing is booked on an account that adds up others": """
        SELECT DISTINCT r.fonds, r.rekening FROM boekingsregel r JOIN rekening k ON k.fonds = r.fonds AND k.nummer =
        r.rekening WHERE NOT k.boekbaar""",
    "an account rolls up into one that adds up": """
        SELECT r.fonds, r.nummer FROM rekening r JOIN rekening b ON b.fonds = r.fonds AND b.nummer = r.boven WHERE b.boekbaar""",
    "F11 an account stays within its floor and ceiling": """
        SELECT r.fonds, r.nummer, b.saldo_cent FROM rekening r LEFT JOIN begrensd b ON (b.fonds, b.rekening) = (r.fonds,
        r.nummer) LEFT JOIN (SELECT fonds, rekening, sum(bedrag_cent) AS cent FROM boekingsregel GROUP BY 1, 2) s ON (s.fonds,
        s.rekening) = (r.fonds, r.nummer) WHERE (r.minimum_cent IS NOT NULL OR r.maximum_cent IS NOT NULL) AND (b.saldo_cent
        IS DISTINCT FROM coalesce(s.cent, 0) OR coalesce(s.cent, 0) < r.minimum_cent OR coalesce(s.cent, 0) > r.maximum_cent)""",
}
ONVERANDERLIJK: tuple[str, ...] = ()
GRENDELS = ("rekening_niet_legen", "rekening_grens_erbij", "rekening_grens_anders", "rekening_klopt", "rekening_blijft")
