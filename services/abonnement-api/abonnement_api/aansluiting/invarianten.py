"""What always holds of comparisons: a query each, that returns the violations."""

INVARIANTEN = {
    "A8 a comparison names the differences that it counts": """
        SELECT id FROM aansluiting WHERE (SELECT count(*) FROM aansluitingsverschil WHERE aansluiting = id) <>
            least(10000, coalesce((SELECT sum(aantal::bigint) FROM jsonb_each_text(verschillen) AS soort (naam, aantal)), 0))""",
    "A8 what was read of fonds is kept until the comparison": """
        SELECT id FROM aansluiting WHERE status <> 'aangevraagd'
        AND EXISTS (SELECT FROM aansluitingsboeking WHERE aansluiting = id)""",
}
ONVERANDERLIJK = ("aansluitingsverschil",)
GRENDELS = (
    "aansluiting_vast",
    "aansluiting_blijft",
    "aansluiting_niet_legen",
    "aansluitingsverschil_bevroren",
    "aansluitingsverschil_niet_legen",
    "aansluitingsverschil_bij_aansluiting",
)
