"""What always holds of documents (A3): a query each, that returns the violations."""

INVARIANTEN = {
    "A3 a document is of an invoice or credit note, and is kept seven years": """
        SELECT nummer FROM factuurstuk LEFT JOIN (SELECT nummer, factuurdatum AS datum FROM factuur
            UNION ALL SELECT nummer, datum FROM creditnota) AS alle USING (nummer)
        WHERE alle.datum IS NULL OR bewaren_tot <> make_date(extract(year FROM alle.datum)::integer + 8, 1, 1)""",
    "A3 a document has the bytes that it had": """
        SELECT nummer FROM factuurstuk
        WHERE ubl_sha256 <> encode(sha256(ubl), 'hex') OR pdf_sha256 <> encode(sha256(pdf), 'hex')""",
}
ONVERANDERLIJK = ("factuurstuk",)
GRENDELS = ("factuurstuk_bevroren", "factuurstuk_niet_legen", "factuurstuk_van_factuur")
