"""The routekaart as a picture: SVG without scripts or fonts from elsewhere, light or dark as its reader's system is."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from xml.sax import saxutils

from gemeengoed_kit.typesetting import certain, width

from catalogus_api.routekaart import rules
from catalogus_api.routekaart.indeling import (
    BREED,
    JAREN,
    KLEIN,
    KOP,
    LETTER,
    RAND,
    RECHTS,
    Regel,
    Teken,
    Tekening,
    Vak,
    indelen,
)
from catalogus_api.routekaart.schemas import Mijlpaal, Routekaart, Soort

STIJL = """
svg{--vlak:#fff;--strook:#f5f7f9;--tekst:#1a2027;--zacht:#56616c;--streep:#e3e8ed;--jaar:#c3ccd5;--plan:#1d5fc2;--klaar:#1a7a4c;
--weg:#76808a;--nu:#c2410c;--lijn:#98a4b0;font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}
@media (prefers-color-scheme:dark){svg{--vlak:#13171c;--strook:#1a1f26;--tekst:#e9edf1;--zacht:#a3aeb9;--streep:#262d35;
--jaar:#3d4853;--plan:#74abff;--klaar:#58c78f;--weg:#8e98a2;--nu:#ff9d66;--lijn:#66727e}}
text{fill:var(--tekst);font-size:12px}
.titel{font-size:22px;font-weight:700}.naam,.jaartal{font-weight:600}.klein{font-size:10.5px}.zacht,.klein{fill:var(--zacht)}
.vlak{fill:var(--vlak)}.strook{fill:var(--strook)}.streep{stroke:var(--streep)}.jaar{stroke:var(--jaar)}
.label{paint-order:stroke;stroke:var(--vlak);stroke-width:4px;stroke-linejoin:round}.om .label{stroke:var(--strook)}
.lijn{fill:none;stroke:var(--lijn);stroke-width:1.4px}.punt{fill:var(--lijn)}
.nu{stroke:var(--nu);stroke-width:1.5px;stroke-dasharray:5 4}.nutekst{fill:var(--nu);font-weight:600}
.voorgenomen{fill:var(--vlak);stroke:var(--plan);stroke-width:2px}.vastgesteld{fill:var(--plan);stroke:var(--plan);stroke-width:2px}
.gehaald{fill:var(--klaar);stroke:var(--klaar);stroke-width:2px}.vervallen{fill:var(--vlak);stroke:var(--weg);stroke-width:2px}
.duur{stroke-width:2px;opacity:.55}.vink{fill:none;stroke:var(--vlak);stroke-width:1.8px}.kruis{stroke:var(--weg);stroke-width:1.8px}
.door{fill:var(--zacht);text-decoration:line-through}
"""
CSP = (
    "default-src 'none'; frame-ancestors 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(STIJL.encode()).digest()).decode()
    + "'"
)
"""What the picture needs of a browser: its own style and nothing else."""
LEGE_KAART = "Er staat niets op deze routekaart."
_BOCHT = 4.0
"""Radius of a corner of a line."""
_HOOG_GENOEG = 900.0
"""From what height the years stand below the picture too."""


def teken(kaart: Routekaart, vanaf: date | None = None, tot: date | None = None) -> str:
    """The picture of a routekaart; `vanaf` and `tot` as for `indelen`."""
    tekening = indelen(kaart, vanaf, tot)
    delen = [
        f'<svg xmlns="http://www.w3.org/2000/svg" lang="nl" role="img" aria-labelledby="titel beschrijving" '
        f'width="{BREED:g}" height="{tekening.hoog:g}" viewBox="0 0 {BREED:g} {tekening.hoog:g}">',
        f'<title id="titel">Routekaart</title><desc id="beschrijving">{escape(beschrijving(kaart))}</desc>',
        f"<style>{STIJL}</style>",
        '<defs><marker id="punt" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="5" markerHeight="5" orient="auto">'
        '<path class="punt" d="M0 0.8L8 4L0 7.2z"/></marker></defs>',
        f'<rect class="vlak" width="{BREED:g}" height="{tekening.hoog:g}"/>',
        *_kop(kaart),
        *_stroken(tekening),
        *_tijd(tekening),
        *(_lijn(een, ander) for een, ander in tekening.lijnen),
        *_vandaag(tekening),
        *_namen(tekening),
        *(f'<g class="{"om" if n % 2 else "rond"}">{_mijlpaal(deel)}</g>' for n, deel in _tekens(tekening)),
        *_legenda(tekening.hoog - 24),
        "</svg>\n",
    ]
    return "\n".join(delen)


def beschrijving(kaart: Routekaart) -> str:
    """What the picture shows, for who does not see it."""
    mijlpalen = [mijlpaal for baan in kaart.banen for mijlpaal in baan.mijlpalen]
    if not mijlpalen or kaart.begin is None or kaart.eind is None:
        return LEGE_KAART
    statussen = Counter(een.status for een in mijlpalen)
    staat = [f"{aantal} {status}" for status, aantal in statussen.items()]
    straks = [een for een in mijlpalen if een.begin >= kaart.peildatum and een.status in ("voorgenomen", "vastgesteld")]
    hierna = ""
    if straks:
        een = min(straks, key=lambda een: een.begin)
        hierna = f" Als eerste komt: {een.naam} ({rules.wanneer(een.begin, een.eind, een.nauwkeurigheid)})."
    return (
        f"{geteld(mijlpalen)} in {_aantal(len(kaart.banen), 'baan', 'banen')}, van {kaart.begin.year} tot en met "
        f"{kaart.eind.year}: {', '.join(staat)}; {_aantal(len(kaart.afhankelijkheden), 'afhankelijkheid', 'afhankelijkheden')}."
        f"{hierna} Alles staat in tekst op /v1/mijlpalen."
    )


def geteld(mijlpalen: Sequence[Mijlpaal]) -> str:
    """How many there are of each soort, in words."""
    soorten = Counter(een.soort for een in mijlpalen)
    delen = [_aantal(soorten[een], een, meer) for een, meer in _SOORTEN if soorten[een]]
    return " en ".join(delen) if len(delen) < 3 else f"{', '.join(delen[:-1])} en {delen[-1]}"


_SOORTEN: tuple[tuple[Soort, str], ...] = (("fase", "fasen"), ("mijlpaal", "mijlpalen"), ("besluit", "besluiten"))


def _aantal(aantal: int, een: str, meer: str) -> str:
    return f"{aantal} {een if aantal == 1 else meer}"


def escape(tekst: str) -> str:
    """A text as text in XML; the two characters that XML has no way to say become the sign for that."""
    return saxutils.escape(tekst.translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}))


def _tekst(regel: Regel, klasse: str, grootte: float) -> str:
    """A line of text; one whose width no table knows is told it."""
    dwang = "" if certain(regel.tekst) else f' textLength="{width(regel.tekst, grootte):.1f}" lengthAdjust="spacingAndGlyphs"'
    return f'<text class="{klasse}" x="{regel.x:.1f}" y="{regel.y:.1f}"{dwang}>{escape(regel.tekst)}</text>'


def _midden(tekst: str, klasse: str, x: float, y: float) -> str:
    return f'<text class="{klasse}" text-anchor="middle" x="{x:.1f}" y="{y:.1f}">{escape(tekst)}</text>'


def _kop(kaart: Routekaart) -> Iterator[str]:
    mijlpalen = [mijlpaal for baan in kaart.banen for mijlpaal in baan.mijlpalen]
    stand = rules.wanneer(kaart.peildatum, kaart.peildatum, "dag")
    onder = f"{geteld(mijlpalen)} · stand van {stand}" if mijlpalen else LEGE_KAART
    yield f'<text class="titel" x="{RAND:g}" y="44">Routekaart</text>'
    yield f'<text class="zacht" x="{RAND:g}" y="64">{onder}</text>'


def _stroken(tekening: Tekening) -> Iterator[str]:
    for n, strook in enumerate(tekening.stroken):
        if n % 2:
            yield f'<rect class="strook" y="{strook.vak.y:.1f}" width="{BREED:g}" height="{strook.vak.hoog:.1f}"/>'


def _namen(tekening: Tekening) -> Iterator[str]:
    for strook in tekening.stroken:
        yield from (_tekst(regel, "naam", LETTER) for regel in strook.naam)


def _tijd(tekening: Tekening) -> Iterator[str]:
    """The grid, with the years and quarters above it, and the years again below a long one."""
    boven, onder = KOP, tekening.onder
    for streep in sorted(tekening.strepen, key=lambda een: een.jaar):
        top = boven if streep.jaar else boven + JAREN
        klasse = "jaar" if streep.jaar else "streep"
        yield f'<line class="{klasse}" x1="{streep.x:.1f}" x2="{streep.x:.1f}" y1="{top:g}" y2="{onder:.1f}"/>'
        if streep.label and streep.jaar:
            yield _midden(streep.label, "jaartal", streep.midden, boven + 16)
            if onder > _HOOG_GENOEG:
                yield _midden(streep.label, "jaartal", streep.midden, onder + 17)
        elif streep.label:
            yield _midden(streep.label, "klein", streep.midden, boven + JAREN + 12)
    for y in (tekening.boven, onder):
        yield f'<line class="jaar" x1="{RAND:g}" x2="{RECHTS:g}" y1="{y:.1f}" y2="{y:.1f}"/>'


def _vandaag(tekening: Tekening) -> Iterator[str]:
    if tekening.vandaag is not None:
        x = tekening.vandaag
        yield f'<line class="nu" x1="{x:.1f}" x2="{x:.1f}" y1="{KOP - 4:g}" y2="{tekening.onder:.1f}"/>'
        yield _midden("vandaag", "nutekst", min(x, RECHTS - 34), KOP - 10)


def _tekens(tekening: Tekening) -> Iterator[tuple[int, Teken]]:
    return ((n, deel) for n, strook in enumerate(tekening.stroken) for deel in strook.tekens)


def _lijn(een: Teken, ander: Teken) -> str:
    """From what comes first to the top of what follows; aside only between rows, where no label is."""
    x1 = een.merk.rechts - 6 if een.mijlpaal.soort == rules.FASE else een.merk.x + een.merk.breed / 2
    x2, y2 = ander.merk.x + min(ander.merk.breed / 2, 10), ander.merk.y - 1
    omlaag = ander.merk.y > een.merk.y
    y1, opzij = (een.merk.onder if omlaag else een.merk.y), y2 - 8
    naar = 1 if x2 > x1 else -1
    if abs(x2 - x1) < 2 * _BOCHT:
        weg = f"C{x1 - 40:.1f} {y1 - 10:.1f} {x2 - 40:.1f} {y2 - 20:.1f}" if not omlaag else "L"
    else:
        voor = opzij - _BOCHT if omlaag else opzij + _BOCHT
        weg = (
            f"V{voor:.1f}Q{x1:.1f} {opzij:.1f} {x1 + naar * _BOCHT:.1f} {opzij:.1f}"
            f"H{x2 - naar * _BOCHT:.1f}Q{x2:.1f} {opzij:.1f} {x2:.1f} {opzij + _BOCHT:.1f}L"
        )
    return f'<path class="lijn" marker-end="url(#punt)" d="M{x1:.1f} {y1:.1f}{weg} {x2:.1f} {y2:.1f}"/>'


def _mijlpaal(deel: Teken) -> str:
    """Mark and label, with all that is known when somebody points at it."""
    mijlpaal = deel.mijlpaal
    wanneer = rules.wanneer(mijlpaal.begin, mijlpaal.eind, mijlpaal.nauwkeurigheid)
    wijzer = "\n".join(
        (
            mijlpaal.naam,
            f"{mijlpaal.soort}, {mijlpaal.status}, {wanneer}",
            mijlpaal.omschrijving,
            f"Bron: {mijlpaal.bronvermelding}",
        )
    )
    klein = [_tekst(regel, "label klein", KLEIN) for regel in deel.regels if regel.klein]
    klassen = ("label", "door") if mijlpaal.status == "vervallen" else ("label",)  # the ring around letters hides a line in them
    groot = [_tekst(regel, klasse, LETTER) for klasse in klassen for regel in deel.regels if not regel.klein]
    merk = _merk(mijlpaal.soort, mijlpaal.status, deel.merk, deel.duur)
    return f"<title>{escape(wijzer)}</title>{merk}{''.join(groot)}{''.join(klein)}"


def _merk(soort: str, status: str, merk: Vak, duur: Vak) -> str:
    """A bar for a fase, a diamond for a mijlpaal and a circle for a besluit; the status by colour and by form."""
    x, y = merk.x + merk.breed / 2, merk.y + merk.hoog / 2
    if soort == rules.FASE:
        streepjes = ' stroke-dasharray="6 3"' if status == "voorgenomen" else ""
        vorm = (
            f'<rect class="{status}" x="{merk.x + 1:.1f}" y="{merk.y + 1:.1f}" width="{merk.breed - 2:.1f}" '
            f'height="{merk.hoog - 2:.1f}" rx="3"{streepjes}/>'
        )
    else:
        vorm = ""
        if duur.breed > merk.breed:
            vorm = f'<line class="{status} duur" x1="{duur.x:.1f}" x2="{duur.rechts:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
        if soort == rules.MIJLPAAL:
            vorm += f'<path class="{status}" d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z"/>'
        else:
            vorm += f'<circle class="{status}" cx="{x:.1f}" cy="{y:.1f}" r="5.5"/>'
    if status == "gehaald" and merk.breed >= 12:
        vorm += f'<path class="vink" d="M{x - 3:.1f} {y:.1f}l2.2 2.4l4 -4.6"/>'
    elif status == "vervallen":
        vorm += f'<path class="kruis" d="M{x - 3:.1f} {y - 3:.1f}l6 6m0 -6l-6 6"/>'
    return vorm


def _legenda(y: float) -> Iterator[str]:
    """What the marks mean."""
    x = RAND
    for soort, status, tekst in (
        (rules.FASE, "vastgesteld", "fase"),
        (rules.MIJLPAAL, "vastgesteld", "mijlpaal"),
        (rules.BESLUIT, "vastgesteld", "besluit"),
        (rules.MIJLPAAL, "voorgenomen", "voorgenomen"),
        (rules.MIJLPAAL, "vastgesteld", "vastgesteld"),
        (rules.MIJLPAAL, "gehaald", "gehaald"),
        (rules.MIJLPAAL, "vervallen", "vervallen"),
    ):
        breed = 28.0 if soort == rules.FASE else 14.0
        vak = Vak(x, y - 11, breed, 14)
        yield _merk(soort, status, vak, vak)
        yield _tekst(Regel(tekst, x + breed + 6, y), "zacht", LETTER)
        x += breed + 6 + width(tekst, LETTER) + 20
    yield f'<path class="lijn" marker-end="url(#punt)" d="M{x:.1f} {y - 4:.1f}h26"/>'
    yield _tekst(Regel("gaat vooraf aan", x + 34, y), "zacht", LETTER)
