"""What always holds of verrekeningen; what is open of nota's, `nota` says."""

INVARIANTEN = {
    "only nota's of one gemeente and fonds are set off": """
        SELECT v.id FROM notaverrekening v JOIN nota a ON a.id = v.van JOIN nota b ON b.id = v.met WHERE (a.fonds, a.gemeentecode)
        <> (v.fonds, v.gemeentecode) OR (b.fonds, b.gemeentecode) <> (v.fonds, v.gemeentecode)""",
}
ONVERANDERLIJK = ("notaverrekening",)
GRENDELS = ("notaverrekening_kan", "notaverrekening_bevroren")
