"""What always holds of budgets (F8): a query each, that returns the violations."""

INVARIANTEN = {
    "F8 of no post is more committed and spent than there is": """
        SELECT fonds, jaar, prioriteit, budgetsoort FROM budgetstand WHERE begroot_cent + overgeheveld_cent < verplicht_cent +
        besteed_cent""",
    "F8 a post has what the version that was adopted last gives it": """
        SELECT s.* FROM budgetstand s WHERE begroot_cent <> coalesce((SELECT sum(r.bedrag) * max(b.eenheid_euro) * 100 FROM
        begroting b JOIN begrotingsregel r ON r.begroting = b.id AND r.rij IN ('regel', 'btw') WHERE b.id = (SELECT id FROM
        begroting JOIN begrotingsvaststelling ON begroting = id WHERE fonds = s.fonds AND jaar = s.jaar ORDER BY versie DESC
        LIMIT 1) AND (coalesce(r.prioriteit, ''), coalesce(r.budgetsoort, 'btw')) = (s.prioriteit, s.budgetsoort)), 0)""",
    "F8 what is committed and spent of a post is that of its parts": """
        SELECT s.*, d.* FROM budgetstand s FULL JOIN (SELECT v.fonds, d.jaar, p.prioriteit, p.budgetsoort, sum(p.bedrag -
        p.vrijgevallen - p.besteed) AS verplicht, sum(p.besteed) AS besteed FROM verplichtingsdeel d JOIN verplichting v ON
        v.id = d.verplichting, LATERAL (VALUES (v.prioriteit, v.budgetsoort, d.bedrag_cent, d.vrijgevallen_cent,
        d.besteed_cent), ('', 'btw', d.btw_cent, d.vrijgevallen_btw_cent, d.besteed_btw_cent)) AS p (prioriteit, budgetsoort,
        bedrag, vrijgevallen, besteed) GROUP BY 1, 2, 3, 4) d USING (fonds, jaar, prioriteit, budgetsoort) WHERE
        (coalesce(s.verplicht_cent, 0), coalesce(s.besteed_cent, 0)) <> (coalesce(d.verplicht, 0), coalesce(d.besteed, 0))""",
    "F8 what is spent of a post is what its account shows": """
        SELECT * FROM (SELECT r.fonds, extract(year FROM b.boekdatum)::int AS jaar, coalesce(a.prioriteit, '') AS prioriteit,
        coalesce(a.budgetsoort, 'btw') AS budgetsoort, sum(r.bedrag_cent) AS geboekt FROM boekingsregel r JOIN boeking b ON
        b.id = r.boeking JOIN rekening a ON (a.fonds, a.nummer) = (r.fonds, r.rekening) WHERE b.bron = 'fonds' AND b.pad LIKE
        '/v1/uitgaven/%' AND (a.prioriteit IS NOT NULL OR a.nummer = '4900') GROUP BY 1, 2, 3, 4) g FULL JOIN budgetstand s
        USING (fonds, jaar, prioriteit, budgetsoort) WHERE coalesce(g.geboekt, 0) <> coalesce(s.besteed_cent, 0)""",
    "what is carried over leaves one year and comes in the next": """
        SELECT fonds, prioriteit, budgetsoort, sum(overgeheveld_cent) FROM budgetstand GROUP BY 1, 2, 3 HAVING
        sum(overgeheveld_cent) <> 0""",
}
ONVERANDERLIJK = ("budgetstand",)
GRENDELS = (
    "begrotingsvaststelling_begroot",
    "budgetstand_niet_legen",
    "overheveling_verwerkt",
    "overheveling_geboekt",
)
