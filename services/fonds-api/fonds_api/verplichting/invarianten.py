"""What always holds of commitments (F9): a query each, that returns the violations."""

INVARIANTEN = {
    "F9 what is spent of a part is its uitgaven": """
        SELECT d.* FROM verplichtingsdeel d WHERE (besteed_cent, besteed_btw_cent) <> (SELECT coalesce(sum(u.bedrag_cent), 0),
        coalesce(sum(u.btw_cent), 0) FROM uitgave u LEFT JOIN uitgavestorno s ON s.uitgave = u.id WHERE s.uitgave IS NULL AND
        (u.verplichting, u.jaar) = (d.verplichting, d.jaar))""",
    "F9 what is released of a part is its vrijvallen, what went to the next year, or all": """
        SELECT d.* FROM verplichtingsdeel d JOIN verplichting v ON v.id = d.verplichting WHERE (vrijgevallen_cent,
        vrijgevallen_btw_cent) <> CASE WHEN v.status = 'geweigerd' THEN (d.bedrag_cent, d.btw_cent) ELSE (SELECT
        (coalesce(sum(bedrag_cent), 0)::bigint, coalesce(sum(btw_cent), 0)::bigint) FROM (SELECT bedrag_cent, btw_cent FROM
        vrijval w WHERE (w.verplichting, w.jaar) = (d.verplichting, d.jaar) UNION ALL SELECT bedrag_cent, btw_cent FROM
        overheveling o WHERE (o.verplichting, o.jaar) = (d.verplichting, d.jaar) AND o.status = 'vastgesteld') alles) END""",
}
ONVERANDERLIJK = (
    "vrijval",
    "verplichtingsdeel",
)
GRENDELS = (
    "verplichtingsdeel_verplicht",
    "verplichting_beslist",
    "vrijval_verwerkt",
    "vrijval_bevroren",
)
