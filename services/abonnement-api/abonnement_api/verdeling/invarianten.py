"""What always holds of distributions (A6): a query each, that returns the violations."""

INVARIANTEN = {
    "A6 received = distributed + still to distribute + not matched + gone back": """
        SELECT 1 WHERE (SELECT coalesce(sum(bedrag_cent), 0) FROM betaling) <>
            (SELECT coalesce(sum(bedrag_cent), 0) FROM verdelingsregel)
            + (SELECT coalesce(sum(bedrag_cent), 0) FROM toewijzingstand WHERE verdeling IS NULL)
            + (SELECT coalesce(sum(bedrag_cent - gekoppeld_cent - terug_cent), 0) FROM betalingstand)
            + (SELECT coalesce(sum(terug_cent), 0) FROM betalingstand)""",
    "A6 a distribution is the sum of what it distributes": """
        SELECT regel.verdeling::text, regel.dienst FROM verdelingsregel AS regel WHERE bedrag_cent IS DISTINCT FROM (
            SELECT sum(bedrag_cent) FROM toewijzingstand AS stand
            WHERE stand.verdeling = regel.verdeling AND stand.dienst = regel.dienst)
        UNION ALL SELECT id::text, 'totaal' FROM verdeling
        WHERE bedrag_cent IS DISTINCT FROM (SELECT sum(bedrag_cent) FROM verdelingsregel WHERE verdeling = id)
        UNION ALL SELECT stand.verdeling::text, stand.dienst FROM toewijzingstand AS stand
        LEFT JOIN verdelingsregel AS regel USING (verdeling, dienst)
        WHERE stand.verdeling IS NOT NULL AND regel.verdeling IS NULL""",
    "A6 other eyes fixed what was proposed": """
        SELECT id::text FROM verdeling LEFT JOIN verdelingsvoorstel AS v USING (id)
        LEFT JOIN verdelingsbesluit AS b ON b.voorstel = v.id
        WHERE v.id IS NOT NULL AND (b.uitkomst, (b.peer_id, b.rol) = (v.peer_id, v.rol), b.contract = v.contract)
            IS DISTINCT FROM ('vastgesteld', false, false)""",
    "A9 what was distributed is closed": """
        SELECT coalesce(pad, onderwerp) FROM (SELECT '/v1/verdelingen/' || id AS pad FROM verdeling) AS eigen
        FULL JOIN (SELECT onderwerp FROM afgesloten WHERE onderwerp LIKE '/v1/verdelingen/%') AS dicht ON onderwerp = pad
        WHERE pad IS NULL OR onderwerp IS NULL""",
}
DOCUMENTEN = "SELECT '/v1/verdelingen/' || id, bedrag_cent FROM verdeling"
ONVERANDERLIJK = ("verdeling", "verdelingsregel", "verdeelde_toewijzing", "verdelingsbesluit", "verdelingsvoorstel")
GRENDELS = (
    "verdeling_verse_blik",
    "verdeling_bevroren",
    "verdeling_niet_legen",
    "verdeling_compleet",
    "verdelingsregel_bevroren",
    "verdelingsregel_niet_legen",
    "verdelingsregel_bij_verdeling",
    "verdeelde_toewijzing_bevroren",
    "verdeelde_toewijzing_niet_legen",
    "verdeelde_toewijzing_bij_verdeling",
    "verdelingsbesluit_bevroren",
    "verdelingsbesluit_kan",
    "verdelingsbesluit_klopt",
    "verdelingsbesluit_niet_legen",
    "verdelingsvoorstel_bevroren",
    "verdelingsvoorstel_niet_legen",
)
