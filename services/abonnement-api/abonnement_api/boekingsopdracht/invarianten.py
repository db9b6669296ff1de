"""What always holds of messages, answers and the trail, whatever they are about: a query each, that returns the violations."""

INVARIANTEN = {
    "A8 every entry that is on its way adds up to zero": """
        SELECT onderwerp FROM outbox WHERE inhoud IS NOT NULL AND bron = 'fonds' AND pad = '/v1/boekingen'
        AND 0 IS DISTINCT FROM (
            SELECT sum((regel ->> 'bedragCent')::bigint) FROM jsonb_array_elements(inhoud -> 'regels') AS regel)""",
    "A8 what was delivered has an entry of its own": """
        SELECT onderwerp FROM outbox WHERE (verzonden_op IS NULL) <> (antwoord_pad IS NULL)
        UNION ALL SELECT min(onderwerp) FROM outbox WHERE antwoord_pad IS NOT NULL GROUP BY antwoord_pad HAVING count(*) > 1""",
    "A9 every idempotency key has its answer": "SELECT sleutel FROM idempotentie WHERE status IS NULL",
}
ONVERANDERLIJK = ("audit", "afgesloten")
GRENDELS = (
    "outbox_verse_blik",
    "outbox_bericht_blijft",
    "outbox_onbezorgd",
    "outbox_bezorgd_blijft",
    "outbox_op_tijd",
    "outbox_opdracht_klopt",
    "idempotentie_antwoord_blijft",
    "audit_bevroren",
    "audit_niet_legen",
    "outbox_in_journaal",
)
