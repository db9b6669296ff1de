"""What a factsheet shows a reader, in whatever form: questions, answers and amounts as texts. It says nothing of how it looks."""

from __future__ import annotations

from datetime import date
from typing import Any

from catalogus_api.factsheet.rules import NIET_GENOEMD, Post, bereik, telling
from catalogus_api.factsheet.schemas import Factsheet, Kostenpost

VRAGEN = (
    ("Wie heeft het ontwikkeld?", "ontwikkeld_door"),
    ("Wat is het precies, wat kun je er mee?", "wat_is_het"),
    ("Wie gaat het gebruiken: gemeente of ketenpartner?", "wie_gebruikt_het"),
    ("Wat moet je als gemeente doen om het in te voeren?", ""),
    ("Wat kost het gebruik en wat levert het op aan besparing?", "kosten_en_besparing"),
)
"""The five fixed questions (BALV 30-11-2016, voorstel A, annex); the fourth has an answer in four parts."""
DELEN = (
    ("IT", "implementatie_it"),
    ("Werkproces", "implementatie_werkproces"),
    ("Veranderkundig", "implementatie_veranderkundig"),
    ("Personeel", "implementatie_personeel"),
)
_MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_VOOR = {"gemeente": "gemeente", "ketenpartner": "ketenpartners", "inwoner": "inwoners", "ondernemer": "ondernemers"}


def beeld_van(factsheet: Factsheet) -> dict[str, Any]:
    """The factsheet as texts; only JSON types. What the source does not name is null, and is shown as `niet_genoemd`."""
    return {
        "naam": factsheet.naam,
        "versie": factsheet.versie,
        "datum": [factsheet.datum.year, factsheet.datum.month, factsheet.datum.day],
        "datum_iso": factsheet.datum.isoformat(),
        "stand": dag_in_woorden(factsheet.datum),
        "concept": factsheet.publicatiestatus == "concept",
        "vragen": [
            {
                "vraag": vraag,
                "antwoord": getattr(factsheet, naam) if naam else None,
                "delen": [] if naam else [{"kop": kop, "antwoord": getattr(factsheet, deel)} for kop, deel in DELEN],
            }
            for vraag, naam in VRAGEN
        ],
        "groepen": [
            {"kop": kop, "posten": [_post(post) for post in factsheet.posten if post.soort == soort]}
            for soort, kop in (("kosten", "Kosten"), ("besparing", "Besparing"))
        ],
        "bron": factsheet.bronvermelding,
        "niet_genoemd": NIET_GENOEMD,
        "lengte": len(factsheet.model_dump_json()),
    }


def dag_in_woorden(dag: date) -> str:
    """ "30 november 2016"."""
    return f"{dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"


def _post(vermeld: Kostenpost) -> dict[str, Any]:
    plaats = vermeld.vindplaats
    return {
        "omschrijving": vermeld.omschrijving,
        "voor": _VOOR.get(vermeld.voor, f"{vermeld.voor}s"),
        "ritme": vermeld.ritme,
        "bedragen": bedragen(Post.van(vermeld.model_dump())),
        "bladzij": plaats and plaats.pagina and f"p. {plaats.pagina}",
        "stuk": plaats and plaats.stuk,
        "citaat": plaats and plaats.citaat,
    }


def bedragen(post: Post) -> list[str]:
    """What a post comes to, a line per band; empty when the source does not name it."""
    waarvan = "inwoners" if post.basis == "naar inwoners" else "gebruikers"
    if post.staffel:
        return [
            (f"vanaf {telling(band.vanaf)}" if band.tot is None else f"{telling(band.vanaf)} tot {telling(band.tot)}")
            + f" {waarvan}: {bereik(band.laag, band.hoog, post.eenheid)}"
            for band in post.staffel
        ]
    if post.laag is None or post.hoog is None:
        return []
    hoe = {"per inwoner": " per inwoner", "per gebruiker": " per gebruiker", "vast": ""}.get(
        post.basis or "vast", f", naar het aantal {waarvan}"
    )
    return [bereik(post.laag, post.hoog, post.eenheid) + hoe + (", landelijk" if post.reikwijdte == "landelijk" else "")]
