"""What always holds of inkoopopgaven: a query each, that returns the violations."""

INVARIANTEN = {
    "inhabitants of an inkoopopgave are those of its gemeenten": """
        SELECT o.id FROM inkoopopgave o LEFT JOIN inkoopopgavelid l ON l.opgave = o.id GROUP BY o.id HAVING o.inwoners IS
        DISTINCT FROM sum(l.inwoners)""",
}
ONVERANDERLIJK = ("inkoopopgavelid",)
GRENDELS = (
    "inkoopopgave_blijft",
    "inkoopopgave_klopt",
    "inkoopopgavelid_kan",
    "inkoopopgavelid_klopt",
    "inkoopopgavelid_bevroren",
)
