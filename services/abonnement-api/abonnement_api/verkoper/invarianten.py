"""What always holds of sellers: their settings have versions, and none changes."""

INVARIANTEN = {
    "A3 versions of settings of sellers have no gap": """
        SELECT aanbieder FROM verkopergegevens GROUP BY aanbieder HAVING min(versie) <> 1 OR max(versie) <> count(*)
        UNION ALL SELECT verkoper || ' ' || dienst FROM btw_behandeling GROUP BY verkoper, dienst
        HAVING min(versie) <> 1 OR max(versie) <> count(*)
        UNION ALL SELECT vanaf_jaar::text FROM verkoopwijze GROUP BY vanaf_jaar
        HAVING min(versie) <> 1 OR max(versie) <> count(*)""",
}
ONVERANDERLIJK = ("verkopergegevens", "btw_behandeling", "verkoopwijze")
GRENDELS = (
    "verkopergegevens_bevroren",
    "verkopergegevens_niet_legen",
    "btw_behandeling_bevroren",
    "btw_behandeling_niet_legen",
    "verkoopwijze_bevroren",
    "verkoopwijze_niet_legen",
)
