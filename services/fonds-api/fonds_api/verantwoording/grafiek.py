"""A report as a picture: SVG without scripts or fonts from elsewhere, light or dark as its reader's system is.

Each row has a bar and, beside it, its amounts in columns as wide as the widest: so no label stands on a bar or on another label,
however small or large the amounts are.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax import saxutils

from gemeengoed_kit.typesetting import BOLD, certain, lines, width

from fonds_api.getallen import dag_in_woorden, getal, hele_euro, procent
from fonds_api.verantwoording.schemas import Herkomstregel, Realisatie, Realisatieregel

STIJL = """
svg{--vlak:#fff;--strook:#f5f7f9;--tekst:#1a2027;--zacht:#56616c;--streep:#e3e8ed;--as:#aab5c0;--spoor:#dde4eb;--rand:#7d8a97;
--besteed:#1d5fc2;--verplicht:#1d5fc2;--boven:#b42318;
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}
@media (prefers-color-scheme:dark){svg{--vlak:#13171c;--strook:#1a1f26;--tekst:#e9edf1;--zacht:#a3aeb9;--streep:#2a323b;
--as:#56626e;--spoor:#2f3944;--rand:#8996a3;--besteed:#74abff;--verplicht:#74abff;--boven:#ff8a7a}}
text{fill:var(--tekst);font-size:12px}
.titel{font-size:22px;font-weight:700}.kop{font-weight:600}.zacht,.klein{fill:var(--zacht)}.klein{font-size:10.5px}
.cijfer{font-variant-numeric:tabular-nums;text-anchor:end}.vet{font-weight:700}.min{fill:var(--boven);font-weight:600}
.vlak{fill:var(--vlak)}.strook{fill:var(--strook)}.streep{stroke:var(--streep)}.as{stroke:var(--as)}
.begroot{fill:var(--spoor);stroke:var(--rand)}.besteed{fill:var(--besteed)}.boven{fill:var(--boven)}
.verplicht{fill:url(#arcering);stroke:var(--verplicht)}.lijn{stroke:var(--verplicht);stroke-width:2px}.grond{fill:var(--vlak)}
"""
CSP = (
    "default-src 'none'; frame-ancestors 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(STIJL.encode()).digest()).decode()
    + "'"
)
"""What the picture needs of a browser: its own style and nothing else."""
LEEG = "Er is voor dit jaar niets begroot, verplicht of geboekt."
RAND, NAMEN, STAVEN, TUSSEN = 24.0, 250.0, 340.0, 18.0
KOP, HOOG, DIK, LETTER = 138.0, 48.0, 18.0, 12.0
_EENHEDEN = ((10**12, "bln"), (10**9, "mld"), (10**6, "mln"))


@dataclass(frozen=True, slots=True)
class Staaf:
    """A row of a chart; amounts in cents.

    Attributes:
        begroot: length of the track behind the bar; `besteed` fills it from the left, `verplicht` comes after that.
        getallen: amounts in the columns, one for each.
        balk: whether it has a bar; a total would dwarf what it adds up, and only has its amounts.
        grens: whether going beyond `begroot` is marked.
    """

    naam: str
    klein: str
    begroot: int
    besteed: int
    verplicht: int
    getallen: tuple[int, ...]
    balk: bool = True
    grens: bool = True


@dataclass(frozen=True, slots=True)
class Grafiek:
    titel: str
    onder: str
    kolommen: tuple[str, ...]
    legenda: tuple[tuple[str, str], ...]
    staven: tuple[Staaf, ...]
    beschrijving: str


def realisatie_svg(van: Realisatie) -> str:
    """Begroot, verplicht and besteed per prioriteit."""
    rijen = [rij for rij in van.regels if _eigen_staaf(rij)]
    return teken(
        Grafiek(
            f"Begroting en realisatie {van.jaar}",
            _onder(van),
            ("begroot", "verplicht", "besteed", "vrij"),
            (
                *(("begroot", "begroot"), ("besteed", "besteed"), ("verplicht", "verplicht, nog niet besteed")),
                ("boven", "boven de begroting"),
            ),
            tuple(
                Staaf(
                    _naam(rij),
                    "" if rij.soort != "totaal" else _deel(rij.besteed_cent, _beschikbaar(rij), "besteed"),
                    *(_beschikbaar(rij), rij.besteed_cent, rij.verplicht_cent),
                    (_beschikbaar(rij), rij.verplicht_cent, rij.besteed_cent, rij.vrij_cent),
                    rij.soort != "totaal",
                )
                for rij in rijen
            ),
            " ".join(
                f"{_naam(rij)}: begroot {_euros(_beschikbaar(rij))}, verplicht {_euros(rij.verplicht_cent)}, "
                f"besteed {_euros(rij.besteed_cent)}, vrij {_euros(rij.vrij_cent)}."
                for rij in rijen
            ),
        )
    )


def herkomst_svg(van: Realisatie) -> str:
    """Where the money comes from."""
    totaal = van.herkomst[-1].ontvangen_cent if van.herkomst else 0
    return teken(
        Grafiek(
            f"Waar het geld vandaan komt, {van.jaar}",
            _onder(van),
            ("begroot", "ontvangen", "verschil"),
            (("begroot", "begrote dekking"), ("besteed", "ontvangen")),
            tuple(
                Staaf(
                    rij.omschrijving,
                    "" if rij.soort == "totaal" else _deel(rij.ontvangen_cent, totaal, "van wat is ontvangen"),
                    *(rij.begroot_cent, rij.ontvangen_cent, 0),
                    (rij.begroot_cent, rij.ontvangen_cent, rij.verschil_cent),
                    rij.soort != "totaal",
                    grens=False,
                )
                for rij in van.herkomst
            ),
            " ".join(_bron_in_woorden(rij) for rij in van.herkomst),
        )
    )


def teken(van: Grafiek) -> str:
    """The picture of a chart."""
    kolommen = _kolommen(van)
    links = RAND + NAMEN
    breed = links + STAVEN + sum(kolommen) + RAND
    breed = max(breed, RAND * 2 + width(van.titel, 22) * BOLD, RAND * 2 + width(van.onder, LETTER))
    hoog = KOP + HOOG * max(1, len(van.staven)) + 40
    top = _schaal(max((een for staaf in van.staven if staaf.balk for een in _lengten(staaf)), default=0))
    delen = [
        f'<svg xmlns="http://www.w3.org/2000/svg" lang="nl" role="img" aria-labelledby="titel beschrijving" '
        f'width="{breed:.0f}" height="{hoog:g}" viewBox="0 0 {breed:.0f} {hoog:g}">',
        f'<title id="titel">{escape(van.titel)}</title>',
        f'<desc id="beschrijving">{escape(f"{van.onder}. {van.beschrijving or LEEG}")}</desc>',
        f"<style>{STIJL}</style>",
        '<defs><pattern id="arcering" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="grond" width="6" height="6"/><line class="lijn" x1="1.5" x2="1.5" y2="6"/></pattern></defs>',
        f'<rect class="vlak" width="{breed:.0f}" height="{hoog:g}"/>',
        _tekst(van.titel, "titel", RAND, 44),
        _tekst(van.onder, "zacht", RAND, 64),
        *_legenda(van.legenda),
        *_koppen(van.kolommen, kolommen, links + STAVEN),
        *(_as(top, links, KOP + HOOG * len(van.staven)) if van.staven else [_tekst(LEEG, "zacht", RAND, KOP + 24)]),
        *(
            f'<g class="rij">{"".join(_rij(staaf, kolommen, links, KOP + HOOG * nummer, top, breed, nummer))}</g>'
            for nummer, staaf in enumerate(van.staven)
        ),
        _tekst("Bedragen in euro, afgerond op hele euro's.", "klein", RAND, hoog - 14),
        "</svg>\n",
    ]
    return "\n".join(delen)


def escape(tekst: str) -> str:
    """A text as text in XML; the two characters that XML has no way to say become the sign for that."""
    return saxutils.escape(tekst.translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}))


def _onder(van: Realisatie) -> str:
    wat = f"{van.begroting.soort} versie {van.begroting.versie}" if van.begroting else "geen vastgestelde begroting"
    return f"{van.naam} · stand van {dag_in_woorden(van.peildatum)} · {wat}"


def _eigen_staaf(rij: Realisatieregel) -> bool:
    return rij.soort in ("prioriteit", "btw", "overig", "totaal") or (rij.soort == "post" and rij.prioriteit is None)


def _beschikbaar(rij: Realisatieregel) -> int:
    return rij.begroot_cent + rij.overgeheveld_cent


def _naam(rij: Realisatieregel) -> str:
    return f"{rij.prioriteit} {rij.omschrijving}" if rij.soort == "prioriteit" else rij.omschrijving


def _deel(deel: int, geheel: int, waarvan: str) -> str:
    gezegd = procent(deel, geheel)
    return f"{gezegd} {waarvan}" if gezegd else ""


def _bron_in_woorden(rij: Herkomstregel) -> str:
    return f"{rij.omschrijving}: begroot {_euros(rij.begroot_cent)}, ontvangen {_euros(rij.ontvangen_cent)}."


def _euros(cent: int) -> str:
    return f"€ {getal(hele_euro(cent))}"


def _kolommen(van: Grafiek) -> list[float]:
    """Width of each column of amounts."""
    return [
        TUSSEN
        + max(
            width(naam, LETTER) * BOLD,
            *(width(getal(hele_euro(staaf.getallen[nummer])), LETTER) * BOLD for staaf in van.staven),
            0,
        )
        for nummer, naam in enumerate(van.kolommen)
    ]


def _lengten(staaf: Staaf) -> tuple[int, int]:
    return staaf.begroot, max(staaf.besteed, 0) + max(staaf.verplicht, 0)


def _schaal(grootste: int) -> int:
    """End of the scale in cents: the first of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten that all fits in."""
    tien = 100
    while tien * 10 < grootste:
        tien *= 10
    return next(tien * stap // 2 for stap in (2, 3, 4, 6, 8, 10, 12, 16, 20) if tien * stap // 2 >= grootste)


def _kort(cent: int) -> str:
    """An amount on the scale: "€ 500.000", "€ 2,5 mln"."""
    euros = hele_euro(cent)
    for eenheid, naam in _EENHEDEN:
        if euros >= eenheid:
            heel, rest = divmod(euros * 10 // eenheid, 10)
            return f"€ {getal(heel)}{f',{rest}' if rest else ''} {naam}"
    return f"€ {getal(euros)}"


def _as(top: int, links: float, onder: float) -> Iterator[str]:
    """Lines at none, half and all of the scale."""
    for deel in (0, 1, 2):
        x = links + STAVEN * deel / 2
        ankers = ("start", "middle", "end")
        yield f'<line class="{"as" if deel == 0 else "streep"}" x1="{x:.1f}" x2="{x:.1f}" y1="{KOP - 6:g}" y2="{onder:g}"/>'
        if top * deel % 200 == 0:
            yield f'<text class="klein" text-anchor="{ankers[deel]}" x="{x:.1f}" y="{KOP - 12:g}">{_kort(top * deel // 2)}</text>'


def _koppen(namen: Sequence[str], kolommen: Sequence[float], x: float) -> Iterator[str]:
    for naam, breed in zip(namen, kolommen, strict=True):
        x += breed
        yield f'<text class="kop cijfer" x="{x:.1f}" y="{KOP - 12:g}">{naam}</text>'


def _rij(staaf: Staaf, kolommen: Sequence[float], links: float, y: float, top: int, breed: float, nummer: int) -> Iterator[str]:
    if nummer % 2 == 0:
        yield f'<rect class="strook" y="{y:g}" width="{breed:.0f}" height="{HOOG:g}"/>'
    if not staaf.balk:
        yield f'<line class="as" x1="{RAND:g}" x2="{breed - RAND:.1f}" y1="{y:g}" y2="{y:g}"/>'
    vet = "" if staaf.balk else " vet"
    namen = lines(staaf.naam, LETTER * (1 if staaf.balk else BOLD), NAMEN - 14, 2 if staaf.klein else 3)
    onder = staaf.klein if staaf.balk else ""
    hoogte = 14 * (len(namen) + bool(onder))
    for n, naam in enumerate(namen):
        yield _tekst(naam, f"naam{vet}", RAND, y + HOOG / 2 - hoogte / 2 + 11 + 14 * n)
    if onder:
        yield _tekst(onder, "klein", RAND, y + HOOG / 2 + hoogte / 2 - 3)
    if staaf.balk:
        yield from _balk(staaf, links, y + (HOOG - DIK) / 2, top)
    elif staaf.klein:
        yield _tekst(staaf.klein, "zacht", links + 8, y + HOOG / 2 + 4)
    x = links + STAVEN
    for cent, ruimte in zip(staaf.getallen, kolommen, strict=True):
        x += ruimte
        klasse = "min" if hele_euro(cent) < 0 else ""
        yield f'<text class="cijfer {klasse}{vet}" x="{x:.1f}" y="{y + HOOG / 2 + 4:.1f}">{getal(hele_euro(cent))}</text>'


def _balk(staaf: Staaf, links: float, y: float, top: int) -> Iterator[str]:
    """The track of the budget, what fills it, and apart from that what goes beyond it; nothing that is there is invisible."""

    def vak(klasse: str, van: int, tot: int, dik: float) -> str:
        x, breed = STAVEN * van / top, STAVEN * (tot - van) / top
        return (
            f'<rect class="{klasse}" x="{links + min(x, STAVEN - 2):.1f}" y="{y + (DIK - dik) / 2:.1f}" '
            f'width="{max(breed, 2):.1f}" height="{dik:g}"/>'
        )

    besteed = max(staaf.besteed, 0)
    samen = besteed + max(staaf.verplicht, 0)
    if staaf.begroot > 0:
        yield vak("begroot", 0, staaf.begroot, DIK)
    if besteed:
        yield vak("besteed", 0, besteed, DIK - 8)
    if samen > besteed:
        yield vak("verplicht", besteed, samen, DIK - 8)
    if staaf.grens and samen > max(staaf.begroot, 0):
        yield vak("boven", max(staaf.begroot, 0), samen, 4)


def _legenda(delen: Sequence[tuple[str, str]]) -> Iterator[str]:
    x = RAND
    for klasse, tekst in delen:
        dik = 4 if klasse == "boven" else 10
        yield f'<rect class="{klasse}" x="{x:.1f}" y="{88 - dik / 2:g}" width="22" height="{dik:g}"/>'
        yield _tekst(tekst, "zacht", x + 29, 92)
        x += 29 + width(tekst, LETTER) + 18


def _tekst(tekst: str, klasse: str, x: float, y: float) -> str:
    """A line of text; one whose width no table knows is told it."""
    dwang = "" if certain(tekst) else f' textLength="{width(tekst, LETTER):.1f}" lengthAdjust="spacingAndGlyphs"'
    return f'<text class="{klasse}" x="{x:.1f}" y="{y:.1f}"{dwang}>{escape(tekst)}</text>'
