"""Outcomes of reports, the jaarrekening and the files of the ledger."""

from __future__ import annotations

from tests.contract.proef import Proef

PER_JAAR = (
    *("realisatie", "realisatie.csv", "realisatie.xlsx", "realisatie.svg", "herkomst.csv", "herkomst.svg"),
    *("jaarrekening", "jaarrekening.html", "jaarrekening.pdf", "jaarrekening.xlsx", "jaarrekening.csv"),
)
PERIODE = "vanaf=2018-01-01&tot=2019-01-01"


def verslagen(proef: Proef) -> None:
    zonder = proef.kop("gemeente")
    for vorm in PER_JAAR:
        proef.doe("GET", f"/fondsen/ggu/{vorm}?jaar=2020", 200)
        proef.doe("GET", f"/fondsen/geen/{vorm}?jaar=2020", 404)
        proef.doe("GET", f"/fondsen/ggu/{vorm}?jaar=x", 400)
        proef.doe("GET", f"/fondsen/ggu/{vorm}?jaar=2020", 403, als=zonder)
    for vorm, vraag in (
        ("auditfile.xaf", "jaar=2018"),
        ("journaal.csv", PERIODE),
        ("rekeningen/1100/grootboekkaart.csv", PERIODE),
    ):
        proef.doe("GET", f"/fondsen/derdengelden/{vorm}?{vraag}", 200)
        proef.doe("GET", f"/fondsen/geen/{vorm}?{vraag}", 404)
        proef.doe("GET", f"/fondsen/derdengelden/{vorm}", 400)
    proef.doe("GET", f"/fondsen/ggu/rekeningen/9999/grootboekkaart.csv?{PERIODE}", 404)
