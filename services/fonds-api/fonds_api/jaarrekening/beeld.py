"""What a jaarrekening shows a reader, in whatever form: texts and amounts as texts. It says nothing of how it looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from gemeengoed_kit.dutch import day_in_words, euros
from gemeengoed_kit.sheets import Column, Sheet

from fonds_api.jaarrekening.schemas import Balanspost, Jaarrekening, Staatregel


def beeld_van(van: Jaarrekening) -> dict[str, Any]:
    """The jaarrekening as texts; only JSON types. `balk` of a row is the share, in percents, of the largest amount of lasten."""
    grootste = max([1, *(max(een.begroot_cent, een.bedrag_cent) for een in van.lasten[:-1])])
    begroting = van.begroting
    return {
        "naam": van.naam,
        "omschrijving": van.omschrijving,
        "jaar": van.jaar,
        "concept": van.status == "concept",
        "besluit": van.vaststelling.besluit.pad if van.vaststelling else None,
        "opgemaakt": day_in_words(van.opgemaakt_op),
        "datum": [van.opgemaakt_op.year, van.opgemaakt_op.month, van.opgemaakt_op.day],
        "begroting": f"{begroting.titel} ({begroting.soort}, versie {begroting.versie})" if begroting else None,
        "balansdatum": day_in_words(van.balans.datum),
        "vorige_datum": day_in_words(van.balans.vorige_datum),
        "kanten": [
            {
                "kop": kop,
                "posten": [
                    {
                        "rekening": een.rekening or "",
                        "naam": een.omschrijving,
                        "bedragen": [euros(een.bedrag_cent), euros(een.vorig_cent)],
                    }
                    for een in posten
                ],
                "totaal": [euros(van.balans.totaal_cent), euros(van.balans.vorig_totaal_cent)],
            }
            for kop, posten in (("Activa", van.balans.activa), ("Passiva", van.balans.passiva))
        ],
        "staat": [
            {"kop": kop, "rijen": [_staatrij(een) for een in rijen[:-1]], "totaal": _staatrij(rijen[-1]) if rijen else None}
            for kop, rijen in (("Baten", van.baten), ("Lasten", van.lasten))
        ],
        "resultaat": [euros(van.resultaat_cent), euros(van.vorig_resultaat_cent)],
        "bestemming": _bestemming(van),
        "balken": [
            {
                "naam": een.omschrijving,
                "begroot": round(100 * max(een.begroot_cent, 0) / grootste, 2),
                "besteed": round(100 * max(een.bedrag_cent, 0) / grootste, 2),
                "boven": een.bedrag_cent > een.begroot_cent,
                "bedragen": f"{euros(een.bedrag_cent)} van {euros(een.begroot_cent)}",
            }
            for een in van.lasten[:-1]
        ],
        "toelichting": [
            {
                "kop": f"{een.prioriteit} {een.omschrijving}",
                "tekst": een.tekst,
                "posten": [
                    {
                        "naam": (post.budgetsoort or "zonder budgetsoort").capitalize(),
                        "bedragen": [
                            euros(cent) for cent in (post.begroot_cent, post.besteed_cent, post.verplicht_cent, post.vrij_cent)
                        ],
                    }
                    for post in een.posten
                ],
            }
            for een in van.toelichting
        ],
        "boekingen": f"{van.aantal_boekingen:,}".replace(",", "."),
    }


_ZINNEN = {
    "vastgesteld": "Bestemd met besluit {} in de catalogus.",
    "aangevraagd": "Voorgesteld; of besluit {} in de catalogus dit draagt, wordt nagevraagd.",
    "geweigerd": "Gevraagd, en geweigerd: besluit {} in de catalogus draagt dit niet.",
}


def _bestemming(van: Jaarrekening) -> dict[str, Any] | None:
    """What becomes of the resultaat: a sentence, and rows with an amount; None when there is no resultaat."""
    een = van.bestemming
    if een is None:
        return {"tekst": "Wat er met het resultaat gebeurt, is nog niet besloten.", "rijen": []} if van.resultaat_cent else None
    reserve = ("Naar de reserve", een.reserve_cent) if een.reserve_cent >= 0 else ("Uit de reserve", -een.reserve_cent)
    rijen = [("Terug naar de deelnemers", een.uitkeren_cent), reserve]
    return {
        "tekst": _ZINNEN[een.status].format(een.besluit.pad),
        "rijen": [{"naam": naam, "bedragen": [euros(cent)]} for naam, cent in rijen if cent],
    }


def _staatrij(een: Staatregel) -> dict[str, Any]:
    bedragen = (een.begroot_cent, een.bedrag_cent, een.verschil_cent, een.vorig_cent)
    return {"naam": een.omschrijving, "bedragen": [euros(cent) for cent in bedragen]}


def bladen_van(van: Jaarrekening) -> list[Sheet]:
    """The jaarrekening as tables: balans, staat van baten en lasten, and toelichting."""
    balans = [
        *(Column("kant"), Column("rekening", width=10), Column("omschrijving", width=50)),
        *(Column("bedragCent", "cents", 18), Column("vorigCent", "cents", 18)),
    ]
    staat = [
        *(Column("soort"), Column("omschrijving", width=60)),
        *(Column(f"{naam}Cent", "cents", 18) for naam in ("begroot", "bedrag", "verschil", "vorig")),
        Column("herleiding", width=60),
    ]
    posten = [
        *(Column("prioriteit", width=10), Column("omschrijving", width=50), Column("budgetsoort")),
        *(Column(f"{naam}Cent", "cents", 18) for naam in ("begroot", "besteed", "verplicht", "vrij")),
        Column("herleiding", width=60),
    ]
    return [
        Sheet("Balans", balans, [*_kant("activa", van.balans.activa, van), *_kant("passiva", van.balans.passiva, van)]),
        Sheet("Baten en lasten", staat, staat_rijen(van)),
        Sheet(
            "Toelichting",
            posten,
            [
                [
                    *(een.prioriteit, een.omschrijving, post.budgetsoort),
                    *(post.begroot_cent, post.besteed_cent, post.verplicht_cent, post.vrij_cent),
                    " ".join(post.herleiding),
                ]
                for een in van.toelichting
                for post in een.posten
            ],
        ),
    ]


def staat_rijen(van: Jaarrekening) -> Iterable[Sequence[Any]]:
    """Rows of the staat van baten en lasten, with the resultaat, and what becomes of it, below."""
    for soort, rijen in (("baten", van.baten), ("lasten", van.lasten)):
        for een in rijen:
            bedragen = (een.begroot_cent, een.bedrag_cent, een.verschil_cent, een.vorig_cent)
            yield [soort, een.omschrijving, *bedragen, " ".join(een.herleiding)]
    yield ["resultaat", "Baten min lasten", None, van.resultaat_cent, None, van.vorig_resultaat_cent, ""]
    if besloten := van.bestemming:
        for naam, cent in (("Terug naar de deelnemers", besloten.uitkeren_cent), ("Naar de reserve", besloten.reserve_cent)):
            yield ["bestemming", f"{naam} ({besloten.status})", None, cent, None, None, besloten.pad]


def _kant(kant: str, posten: Sequence[Balanspost], van: Jaarrekening) -> Iterable[Sequence[Any]]:
    for een in posten:
        yield [kant, een.rekening, een.omschrijving, een.bedrag_cent, een.vorig_cent]
    yield [kant, None, "Totaal", van.balans.totaal_cent, van.balans.vorig_totaal_cent]
